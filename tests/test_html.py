"""HTML to blocks: what a reader of the page sees, each piece at its place in the file."""

import time
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model import Grid, Paragraph
from db.readers import read
from db.readers.markup import anchor_near
from grammar.figures import as_seen
from tests.loader import load


def blocks_of(html):
    """The blocks of a page (none where it is preformatted text) and the lines of its source."""
    source = read(f"<html><body>{html}</body></html>".encode(), "page.htm")
    return source.parts[0].blocks or (), source.text.split("\n")


def places(blocks):
    """Every piece of every block."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.pieces
        else:
            yield from (piece for row in block.rows for cell in row.cells for piece in cell.pieces)


def rows_of(blocks):
    """The rows of the only grid as texts."""
    (grid,) = (block for block in blocks if isinstance(block, Grid))
    return [[cell.text for cell in row.cells] for row in grid.rows]


@pytest.mark.parametrize("case", load("html"))
def test_blocks_read_as_the_page_shows(case):
    blocks, lines = blocks_of(case["html"])
    if "rows" in case:
        assert rows_of(blocks) == case["rows"]
    if "paragraphs" in case:
        assert [block.text for block in blocks if isinstance(block, Paragraph)] == case["paragraphs"]
    if "kinds" in case:
        assert [block.kind for block in blocks if isinstance(block, Paragraph)] == case["kinds"]
    if "indents" in case:
        assert [row.indent for block in blocks if isinstance(block, Grid) for row in block.rows] == case["indents"]
    for piece in places(blocks):
        assert lines[piece.line - 1][piece.start : piece.end] == piece.text


def test_the_digits_of_a_figure_are_its_first_piece():
    blocks, lines = blocks_of("<table><tr><td>Loss</td><td>$</td><td>(1,234</td><td>)</td></tr></table>")
    figure = blocks[0].rows[0].cells[1]
    assert figure.text == "$(1,234)"
    assert [piece.text for piece in figure.pieces] == ["(1,234", "$", ")"]
    assert lines[0][figure.pieces[0].start : figure.pieces[0].end] == "(1,234"


def test_a_number_that_markup_cuts_is_one_place():
    blocks, lines = blocks_of("<table><tr><td>Sales</td><td>12<b>,</b>404</td><td>1,118<sup>2</sup></td></tr></table>")
    cut, marked = blocks[0].rows[0].cells[1:]
    assert (cut.text, [piece.text for piece in cut.pieces]) == ("12,404", ["12<b>,</b>404"])
    assert lines[0][cut.pieces[0].start : cut.pieces[0].end] == "12<b>,</b>404"
    assert [piece.text for piece in marked.pieces] == ["1,118", "2"]


def test_figures_of_a_column_share_its_extent():
    row = "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>&nbsp;</td><td>{}</td></tr>"
    blocks, _ = blocks_of(
        f"<table>{row.format('a b', '$', '1', '', '2')}{row.format('c d', '', '(3', ')', '4')}</table>"
    )
    extents = [[(cell.left, cell.right) for cell in row.cells[1:]] for row in blocks[0].rows]
    assert extents == [[(1, 4), (5, 6)], [(1, 4), (5, 6)]]


def test_a_header_covers_the_columns_that_it_spans():
    head = "<tr><td></td><td colspan=3>2018</td><td colspan='3'>2017</td></tr>"
    body = "<tr><td>Sales</td><td>$</td><td>12</td><td></td><td>$</td><td>34</td><td></td></tr>"
    blocks, _ = blocks_of(f"<table>{head}{body}</table>")
    assert [(cell.left, cell.right) for cell in blocks[0].rows[0].cells] == [(1, 4), (4, 7)]
    assert [(cell.left, cell.right) for cell in blocks[0].rows[1].cells] == [(0, 1), (1, 4), (4, 7)]


def test_other_headings_further_down_begin_another_grid():
    rows = [("", "2018", "2017"), ("Silver", "1", "2"), ("", "Ounces", "Pounds"), ("Gold", "3", "4")]
    html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    blocks, _ = blocks_of(f"<table>{html}</table>")
    texts = [[[cell.text for cell in row.cells] for row in block.rows] for block in blocks]
    assert texts == [[["2018", "2017"], ["Silver", "1", "2"]], [["Ounces", "Pounds"], ["Gold", "3", "4"]]]


def test_headings_over_others_stay_where_those_change():
    rows = [
        ("", "Deep Adit", "Old Shaft"),
        ("", "Q1 2018", "Q1 2018"),
        ("Silver", "1", "2"),
        ("", "Q2 2018", "Q2 2018"),
    ]
    html = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [*rows, ("Gold", "3", "4")]
    )
    blocks, _ = blocks_of(f"<table>{html}</table>")
    texts = [[cell.text for cell in row.cells] for row in blocks[1].rows]
    assert texts == [["Deep Adit", "Old Shaft"], ["Q2 2018", "Q2 2018"], ["Gold", "3", "4"]]


def test_an_anchor_is_the_nearest_one_before():
    lines = ["<a name=top></a>", "<p>x</p>", '<p id="sales">y</p><td>1</td>', "z"]
    assert [anchor_near(lines, line) for line in (1, 2, 3, 4)] == ["top", "top", "sales", "sales"]
    assert anchor_near(lines, 3, 5) == "top"
    assert anchor_near(["<p>x</p>"], 1) is None


TAGS = """<table> </table> <tr> </tr> <td> </td> <td|colspan=2> <td|rowspan=3> <p> </p> <b> </b> <sup> </sup> <br>
<div|style='display:none'> </div> <!--|x|--> <!-- < > <a|href=' <font|size= <li> <pre> </pre> ' \" """
WORDS = [
    "&nbsp;",
    "&#151;",
    "&amp",
    "&#xZ;",
    "&shy;",
    "$",
    "(",
    ")",
    "1,234",
    "(5",
    "Silver",
    "12%",
    "—",
    "é",
    "\U0001f600",
]
PIECES = [*(tag.replace("|", " ") for tag in TAGS.split()), *WORDS, "\n", "\r\n", " ", "\u00a0"]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40)


@settings(deadline=None, max_examples=300)
@given(SOUP)
def test_every_piece_is_exactly_what_stands_at_its_place(parts):
    """Whatever the markup: places re-read to their text, no piece is blank, and no figure is read twice."""
    blocks, lines = blocks_of("".join(parts))
    seen = []
    for piece in places(blocks):
        assert lines[piece.line - 1][piece.start : piece.end] == piece.text
        assert piece.text.strip()
        if piece.text in {"1,234", "(5", "12%"}:
            seen.append((piece.line, piece.start))
    assert len(seen) == len(set(seen))


@settings(deadline=None, max_examples=100)
@given(SOUP)
def test_running_text_has_the_characters_of_its_places(parts):
    """So that any word of a paragraph can be found in the source again, through entities and over lines."""
    parts = [part for part in parts if "sup" not in part]
    blocks, _ = blocks_of("".join(parts))
    for block in blocks:
        if isinstance(block, Paragraph):
            pieces = "".join(unescape(piece.text) for piece in block.pieces)
            assert "".join(block.text.split()) == "".join(pieces.split())


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.integers(-9_999_999, 9_999_999), min_size=2, max_size=2), min_size=1, max_size=6))
def test_any_figures_come_out_as_they_went_in(numbers):
    printed = [[f"({abs(n):,}" if n < 0 else f"{n:,}" for n in row] for row in numbers]
    cells = [[f"<td>$</td><td align=right>{p}</td><td>{')' * (p[0] == '(')}</td>" for p in row] for row in printed]
    html = "".join(f"<tr><td>Row name</td>{''.join(row)}</tr>\n" for row in cells)
    blocks, _ = blocks_of(f"<table>{html}</table>")
    want = [["Row name", *(f"${p}{')' * (p[0] == '(')}" for p in row)] for row in printed]
    assert rows_of(blocks) == want


@pytest.mark.parametrize(
    "html",
    [
        "<div>x " * 5_000,
        "<p><font size=2>x</p> " * 5_000,
        '<a "' * 20_000,
        "<table><tr><td>x" * 2_000,
        "<table>" + "<tr><td colspan=1000 rowspan=1000>1</td></tr>" * 300 + "</table>",
        "<div style='display:none'>x" * 2_000,
        "<p>" + ("x" + " " * 50) * 3_000 + "y</p>",
    ],
    ids=lambda html: html[:24],
)
def test_markup_that_means_harm_takes_no_time(html):
    started = time.process_time()
    blocks_of(html)
    assert time.process_time() - started < 5


@pytest.mark.shared
def test_a_real_quarterly_report_keeps_its_places_and_is_fast(shared):
    data = (shared / "filings" / "other" / "alcoa_10Q_2018Q2.html").read_bytes()
    started = time.process_time()
    source = read(data, "report.html")
    seconds = time.process_time() - started
    lines = source.text.split("\n")
    blocks = source.parts[0].blocks
    for piece in places(blocks):
        assert lines[piece.line - 1][piece.start : piece.end] == piece.text
    assert sum(isinstance(block, Grid) for block in blocks) == 31
    assert len(data) / seconds > 500_000, "half a megabyte in a second of the processor's time"


@pytest.mark.shared
def test_words_behind_images_are_kept_but_unseen(shared):
    source = read((shared / "filings" / "other" / "d284129dex992.htm").read_bytes(), "slides.htm")
    assert {block.kind for block in source.parts[0].blocks} == {"furniture"}
    assert "too small to be seen" in source.log[0]


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("&#36;1,204", "$1,204"),
        ("&#40;0.48&#41;", "(0.48)"),
        ("12<b>,</b>404", "12,404"),
        ("&#151;", "\u2014"),
        ("1,204", "1,204"),
    ],
)
def test_a_printed_figure_is_told_as_it_is_seen(printed, seen):
    assert as_seen(printed) == seen
