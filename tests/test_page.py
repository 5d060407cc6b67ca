"""An HTML filing as a page: what a reader sees, and every word's way back to the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import cli
from assistant.page import words_of
from assistant.page_layout import page_of
from db.model import Cell
from tests.fake_engine import LINES as PLAIN
from tests.fake_engine import ORE, ROW_LINE, FakeEngine
from tests.test_tui import ask, opened, screen_text, settle

HTML = [
    "<html><body>",
    "<p>Quill &amp; Sons&nbsp;mined more",
    "than ever<sup>1</sup>, it says.</p>",
    "<table>",
    '<tr><td></td><td colspan="4">Quarter ended<br>March 31,</td></tr>',
    '<tr><td></td><td colspan="2">2011</td><td colspan="2">2010</td></tr>',
    "<tr><td>Cash cost per ounce</td><td>$</td><td>4.62</td><td>$</td><td>(5.31</td><td>)</td></tr>",
    "<tr><td>&nbsp;&nbsp;Ore milled, tons, at both of the mills of the company together</td>"
    "<td></td><td>12,000</td><td></td><td>&#151;</td></tr>",
    "</table>",
    "<p>&bull; One.</p>",
    "</body></html>",
]
PAGE = [
    (2, "Quill & Sons mined more than ever ¹ , it says."),
    (0, ""),
    (5, "                                                       Quarter ended"),
    (5, "                                                           March 31,"),
    (6, "                                                      2011      2010"),
    (7, "Cash cost per ounce                                  $4.62   $(5.31)"),
    (8, "  Ore milled, tons, at both of the mills of the"),
    (8, "  company together                                  12,000         —"),
    (0, ""),
    (10, "  • One."),
]


def test_html_is_laid_out_with_the_lines_of_the_file():
    page = page_of(HTML, "quill.htm")
    assert list(zip(page.numbers, page.lines, strict=True)) == PAGE


@pytest.mark.parametrize(
    ("line", "text", "shown"),
    [
        (7, "4.62", ["$4.62"]),
        (7, "(5.31", ["$(5.31)"]),
        (8, "&#151;", ["—"]),
        (2, "&amp;", ["&"]),
        (3, "ever", ["ever"]),
        (8, "Ore milled, tons, at both of the mills of the company together", [
            "Ore milled, tons, at both of the mills of the", "company together",
        ]),
        (4, "<table>", []),
    ],
)  # fmt: skip
def test_a_span_of_the_file_is_found_on_the_page(line, text, shown):
    page = page_of(HTML, "quill.htm")
    start = HTML[line - 1].index(text)
    spans = page.spans((line, start, start + len(text)))
    assert [page.lines[number - 1][left:right] for number, left, right in spans] == shown


def test_an_empty_span_is_its_whole_line():
    page = page_of(HTML, "quill.htm")
    assert page.spans((2, 0, 0)) == ((1, 0, 23),)
    assert page.spans((1, 0, 0)) == ()


def test_plain_text_is_its_own_page():
    page = page_of(PLAIN, "quill.txt")
    assert page.lines == PLAIN
    assert not page.numbers
    assert page.spans((5, 2, 9)) == ((5, 2, 9),)


def test_the_plain_part_of_a_submission_stays_as_it_stands():
    header = [
        "<SEC-DOCUMENT>x.txt",
        "<DOCUMENT>",
        "<TYPE>8-K",
        "<TEXT>",
        "   Words  in   columns",
        "</TEXT>",
        "</DOCUMENT>",
    ]
    exhibit = ["<DOCUMENT>", "<TYPE>EX-99", "<TEXT>", *HTML, "</TEXT>", "</DOCUMENT>", "</SEC-DOCUMENT>"]
    page = page_of([*header, *exhibit], "x.txt")
    assert page.lines[4] == "   Words  in   columns"
    assert page.numbers[4] == 5
    row = 7 + len(header) + 3
    start = HTML[6].index("4.62")
    ((number, left, right),) = page.spans((row, start, start + 4))
    assert page.numbers[number - 1] == row
    assert page.lines[number - 1][left:right] == "$4.62"


def test_show_gives_the_page_around_a_line_with_its_figures_marked(tmp_path, capsys):
    filing, store = tmp_path / "quill.htm", str(tmp_path / "store.db")
    filing.write_text("\n".join(HTML), encoding="utf-8")
    assert cli.run(["add", str(filing), "--db", store]) == 0
    capsys.readouterr()
    assert cli.run(["show", "quill.htm:7", "--page", "--context", "1", "--db", store]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "       6                                                        2011      2010",
        ">      7  Cash cost per ounce                                  $4.62   $(5.31)",
        " " * 10 + " " * 53 + "^^^^^" + "   " + "^^^^^^^",
        "       8    Ore milled, tons, at both of the mills of the",
    ]
    assert cli.run(["show", "quill.htm:4", "--page", "--db", store]) == 2
    assert "leave out --page" in capsys.readouterr().err


@given(st.lists(st.text("abc&;()1 \u00a0", max_size=12), max_size=6), st.text("abc&;()1 ", max_size=40))
def test_words_keep_the_text_and_never_share_a_stretch(pieces, text):
    cells = [Cell(number, 0, len(piece), piece) for number, piece in enumerate(pieces, 1)]
    words = words_of(text, cells)
    assert [word.text for word in words] == text.split()
    places = [place for word in words for place in word.places]
    assert places == sorted(set(places))


class HtmlEngine(FakeEngine):
    """The made-up release behind a page that has its cited row elsewhere."""

    def page(self, sha256, name):
        page = page_of(HTML, name)
        start = PLAIN[ROW_LINE - 1].index("4.62")
        page.words[ROW_LINE] = [(start, start + 4, (6, 53, 58))]
        page.words[ORE.line] = [(ORE.column_start, ORE.column_end, (8, 52, 58))]
        return page


async def test_v_turns_between_the_page_and_the_file():
    async with opened((120, 40), HtmlEngine()) as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await pilot.press("f2")
        await settle(app, pilot)
        assert "Quill & Sons mined" in screen_text(app)
        assert any("▌" in line and "$4.62" in line and "    7 " in line for line in screen_text(app).split("\n"))
        await pilot.press("v")
        await settle(app, pilot)
        assert "Quill & Sons mined" not in screen_text(app)
        assert any("▌" in line and f"{ROW_LINE} " in line and "5.31" in line for line in screen_text(app).split("\n"))
        await pilot.press("v")
        await settle(app, pilot)
        assert "Quill & Sons mined" in screen_text(app)


async def test_v_says_that_plain_text_has_no_other_page():
    async with opened((120, 40)) as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await pilot.press("f2", "v")
        await settle(app, pilot)
        assert "its page is the file" in screen_text(app)
