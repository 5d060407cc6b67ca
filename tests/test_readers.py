"""Which bytes are read as what, which are refused and with what advice, and how a submission is split."""

import gzip
import io
import zipfile

import pytest

from db.readers import MAX_BYTES, decode, read
from grammar.errors import ReadError
from tests.loader import load

HEADER = """<SEC-DOCUMENT>0000012345-04-000067.txt : 20040211
<SEC-HEADER>0000012345-04-000067.hdr.sgml : 20040211
ACCESSION NUMBER:\t\t0000012345-04-000067
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20040210
ITEM INFORMATION:\t\tOther events
ITEM INFORMATION:\t\tExhibits
FILED AS OF DATE:\t\t20040211
FILER:
\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tGALENA BASIN CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000012345
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tSILVER ORES [1044]
\t\tFISCAL YEAR END:\t\t\t0630
\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tBASIN SILVER INC
</SEC-HEADER>
"""
TEXT = "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<DESCRIPTION>REPORT\n<TEXT>\nSilver 12\n</TEXT>\n</DOCUMENT>\n"
HTML = "<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n<HTML><BODY><P>Gold</P></BODY></HTML>\n</TEXT>\n</DOCUMENT>\n"
PICTURE = "<DOCUMENT>\n<TYPE>GRAPHIC\n<TEXT>\nbegin 644 a.jpg\nM_]C_X\n`\nend\n</TEXT>\n</DOCUMENT>\n"


def zipped(*names):
    """A zip archive of empty files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize("case", load("unreadable"))
def test_an_unreadable_format_is_refused_by_name(case):
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    with pytest.raises(ReadError, match=case["named"]) as refusal:
        read(data, "given.dat")
    assert str(refusal.value).startswith("given.dat")
    assert case.get("advice", "give the filing's text or HTML document") in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (gzip.compress(b"Silver", mtime=0), "gzip"),
        (zipped("a.xsd", "a_htm.xml"), "XBRL zip"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("word/document.xml"), "docx"),
        (zipped("a.txt"), "zip archive"),
        (b"Silver " * (MAX_BYTES // 7 + 1), "64 MB"),
    ],
)
def test_archives_and_giants_are_refused(data, named):
    with pytest.raises(ReadError, match=named):
        read(data, "given.dat")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Bécancour".encode(), "Bécancour"),
        (b"B\xe9cancour \x97", "Bécancour —"),
        (b"\xef\xbb\xbfSilver", "\ufeffSilver"),
        ("\ufeffSilver".encode("utf-16-le"), "\ufeffSilver"),
        (b"\x81\x8d", "\x81\x8d"),
    ],
)
def test_decoding_keeps_every_character(data, text):
    assert decode(data) == text


def test_a_plain_text_is_one_part():
    source = read(b"Silver 12\nGold 3\n", "a.txt")
    assert (source.format, source.header, source.log) == ("text", {}, ())
    assert [(part.lines, part.blocks, part.part.format) for part in source.parts] == [((1, 3), None, "text")]


def test_a_page_of_html_is_html_whatever_its_name():
    source = read(b"<!DOCTYPE html><html><p>Silver</p></html>", "a.txt")
    assert source.format == "html"
    assert [block.text for block in source.parts[0].blocks] == ["Silver"]


def test_ascii_tables_of_edgar_are_no_html():
    text = "<TABLE>\n<CAPTION>\n<S>  <C>\nSilver   12\n</TABLE>\n"
    assert read(text.encode(), "a.txt").format == "text"


def test_a_submission_is_split_and_its_header_kept():
    source = read((HEADER + TEXT + HTML + "</SEC-DOCUMENT>\n").encode(), "a.txt")
    assert source.format == "submission"
    assert source.header == {
        "accession": "0000012345-04-000067",
        "form": "8-K",
        "period": "2004-02-10",
        "items": "Other events; Exhibits",
        "filed": "2004-02-11",
        "company": "GALENA BASIN CORP",
        "cik": "12345",
        "sic": "SILVER ORES [1044]",
        "fiscal_year_end": "06-30",
        "former_names": "BASIN SILVER INC",
    }
    assert [(p.part.number, p.part.type, p.part.description, p.part.format) for p in source.parts] == [
        (1, "8-K", "REPORT", "text"),
        (2, "EX-99.1", "", "html"),
    ]
    lines = source.text.split("\n")
    assert [lines[p.lines[0] - 1 : p.lines[1]] for p in source.parts] == [
        ["Silver 12"],
        ["<HTML><BODY><P>Gold</P></BODY></HTML>"],
    ]
    piece = source.parts[1].blocks[0].pieces[0]
    assert lines[piece.line - 1][piece.start : piece.end] == "Gold"


def test_pictures_are_left_out_and_said():
    source = read((HEADER + TEXT + PICTURE).encode(), "a.txt")
    assert [p.part.type for p in source.parts] == ["8-K"]
    assert source.log == ("part 2 (GRAPHIC, lines 29 to 32) left out: an encoded attachment",)


def test_a_submission_of_pictures_only_is_refused():
    with pytest.raises(ReadError, match="encoded attachment"):
        read((HEADER + PICTURE).encode(), "a.txt")


def test_a_cut_off_submission_is_read_and_said():
    source = read((HEADER + TEXT + HTML[:60]).encode(), "a.txt")
    assert [p.part.type for p in source.parts] == ["8-K", "EX-99.1"]
    assert [block.text for block in source.parts[1].blocks] == ["Gold"]
    assert "cut off" in source.log[0]


def test_a_privacy_enhanced_message_is_unwrapped():
    message = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n" + HEADER + TEXT
    source = read((message + "</SEC-DOCUMENT>\n-----END PRIVACY-ENHANCED MESSAGE-----\n").encode(), "a.txt")
    assert source.header["company"] == "GALENA BASIN CORP"
    assert source.text.split("\n")[source.parts[0].lines[0] - 1] == "Silver 12"


def test_preformatted_text_in_html_is_a_text_part_of_its_own():
    html = "<html><body>\n<p>Before</p>\n<pre>\n a 1\n b 2\n c 3\n d 4\n</pre>\n<p>After</p></body></html>\n"
    source = read(html.encode(), "a.htm")
    assert [(p.part.format, p.lines) for p in source.parts] == [("html", (1, 3)), ("text", (4, 7)), ("html", (8, 10))]
    assert [p.blocks and p.blocks[0].text for p in source.parts] == ["Before", None, "After"]


@pytest.mark.shared
def test_real_submissions_have_headers_and_parts(shared):
    paths = sorted((shared / "filings" / "other").glob("*.txt"))
    assert len(paths) > 10
    for path in paths:
        source = read(path.read_bytes(), path.name)
        cik, form, year = path.name.split("_")[:3]
        assert (source.header["cik"], source.header["accession"]) == (cik, path.stem.split("_")[3])
        assert source.header["form"].replace("-", "") == form
        assert year in {source.header["filed"][:4], source.header["period"][:4]}
        assert not source.log
        lines = source.text.split("\n")
        for part in source.parts:
            assert lines[part.lines[0] - 2].strip() == "<TEXT>"
            assert lines[part.lines[1]].strip() == "</TEXT>"
