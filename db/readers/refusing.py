"""What can't be read as a filing, recognised by its first bytes and refused by name with what to give instead."""

from __future__ import annotations

import codecs
import re

from grammar.errors import ReadError

MAX_BYTES = 64 * 1024 * 1024

GIVE_FILING = "give the filing's text or HTML document, or EDGAR's full submission (the .txt of the accession number)"
GIVE_UNPACKED = "unpack it and give the text or HTML file inside"
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "EDGAR keeps the same document as HTML or text: " + GIVE_FILING),
    (b"%!PS", "a PostScript document", GIVE_FILING),
    (b"{\\rtf", "a rich text (RTF) document", "save it as plain text, or " + GIVE_FILING),
    (b"\x1f\x8b", "a gzip archive", GIVE_UNPACKED),
    (b"\x1f\x9d", "a compressed (.Z) file", GIVE_UNPACKED),
    (b"BZh", "a bzip2 archive", GIVE_UNPACKED),
    (b"\xfd7zXZ", "an xz archive", GIVE_UNPACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", GIVE_UNPACKED),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", GIVE_UNPACKED),
    (b"Rar!", "a RAR archive", GIVE_UNPACKED),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)", "save it as text or HTML, or " + GIVE_FILING),
    (b"SQLite format 3\x00", "an SQLite database", "name it with --store if it is a store; to add, " + GIVE_FILING),
    (b"\x7fELF", "an executable", GIVE_FILING),
    (b"MZ", "an executable", GIVE_FILING),
    (b"\x89PNG", "an image (PNG)", GIVE_FILING),
    (b"\xff\xd8\xff", "an image (JPEG)", GIVE_FILING),
    (b"GIF8", "an image (GIF)", GIVE_FILING),
    (b"BM", "an image (BMP)", GIVE_FILING),
    (b"II*\x00", "an image (TIFF)", GIVE_FILING),
    (b"MM\x00*", "an image (TIFF)", GIVE_FILING),
    (b"RIFF", "an image or sound (RIFF)", GIVE_FILING),
)
ZIP_INSIDE: tuple[tuple[bytes, str, str], ...] = (
    (b"xl/workbook", "an Excel workbook (.xlsx)", GIVE_FILING),
    (b"word/document", "a Word document (.docx)", "save it as text or HTML, or " + GIVE_FILING),
    (b".xsd", "an XBRL zip", "the HTML document of the same filing has the figures: " + GIVE_FILING),
)
XML_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
UUENCODED = re.compile(rb"\s*begin [0-7]{3} \S")
# Of a text, the odd form feed, tab or stray byte is normal; a file full of others is no text.
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"


def refuse_unreadable(data: bytes, name: str) -> None:
    """Raise ReadError, naming ``name``, what it is and what to give instead, unless ``data`` can be a text or HTML."""
    if not data.strip(b"\x00\t\n\r\f\v "):
        raise ReadError(f"{name} is empty: {GIVE_FILING}.")
    if len(data) > MAX_BYTES:
        limit, size = MAX_BYTES >> 20, len(data) / (1 << 20)
        raise ReadError(
            f"{name} has {size:.0f} MB, more than the {limit} MB that are read at once: "
            "give the main document or the exhibit you need as a file of its own."
        )
    kind, advice = _what_it_is(data)
    if kind:
        raise ReadError(f"{name} is {kind}, which can't be read as a filing: {advice}.")


def _what_it_is(data: bytes) -> tuple[str, str]:
    """The name of an unreadable format with its advice, or two empty strings."""
    for magic, kind, advice in MAGIC:
        if data.startswith(magic) and not (len(magic) == 2 and magic.isalpha() and _mostly_text(data)):
            return kind, advice
    if data.startswith(b"PK"):
        return next(
            ((kind, advice) for mark, kind, advice in ZIP_INSIDE if mark in data), ("a zip archive", GIVE_UNPACKED)
        )
    if UUENCODED.match(data):
        return "a uuencoded attachment", GIVE_FILING
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", ""
    if not _mostly_text(data):
        return "a binary file", GIVE_FILING
    return _xml_that_is_no_html(data)


def _mostly_text(data: bytes) -> bool:
    head = data[:65536]
    return b"\x00" not in head and len(head) - len(head.translate(None, CONTROL)) <= len(head) // 100


def _xml_that_is_no_html(data: bytes) -> tuple[str, str]:
    head = data[:8192].decode("latin-1").lstrip("ï»¿ \t\r\n")
    if not head.startswith("<?xml"):
        return "", ""
    head = re.sub(r"<!--.*?-->|<!doctype[^>]*>", "", head, flags=re.DOTALL | re.IGNORECASE)
    root = XML_ROOT.search(head)
    if root and root[1].lower() == "html":
        return "", ""
    kind = "an XBRL instance" if root and root[1].lower() in {"xbrl", "schema", "linkbase"} else "an XML data file"
    return kind, "the HTML document of the same filing has the figures: " + GIVE_FILING
