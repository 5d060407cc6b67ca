"""What holds of the formats whatever the texts are: each reads back as what went in."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Value
from assistant.formats import FORMATS, Settings, bibtex, citing, latex, markdown, render
from assistant.formats import html as html_format
from assistant.formats.excerpt import LONGEST, excerpt
from assistant.formats.json import as_dict, dumps
from assistant.formats.paint import Paint
from assistant.formats.sources import Source
from grammar.errors import UsageError
from tests import answers

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
NASTY = st.text(st.sampled_from("\\{}[]<>|_^~#$&%`'\"*-=+@ a1.\n“—"), min_size=1, max_size=30)
ANY = TEXT | NASTY

ANSWER_KEYS = ["question", "status", "reading", "verdict", "values", "passages", "alternatives", "notes", "corrections"]
VALUE_KEYS = ["label", "value", "unit", "as_printed", "entity", "metric", "metal", "period", "period_start"]
CITATION_KEYS = ["document", "sha256", "line", "line_end", "column_start", "column_end", "quote", "table", "row"]


def test_an_unknown_format_is_named():
    with pytest.raises(UsageError, match=r"'yaml'.*markdown"):
        render(answers.ONE, "yaml")


@pytest.mark.parametrize("name", FORMATS)
def test_rendering_is_deterministic(name):
    assert render(answers.ONE, name) == render(replace(answers.ONE), name)


def test_json_keys_are_all_there_in_order():
    found = json.loads(dumps(answers.COMPUTED, "q1"))
    assert list(found) == ["id", *ANSWER_KEYS, "sql", "parameters", "refusal"]
    value = found["values"][0]
    assert list(value)[:13] == [*VALUE_KEYS, "period_end", "formula", "operands", "citations"]
    assert value["citations"] == [] and len(value["operands"]) == 2
    assert list(value["operands"][0]["citations"][0])[:10] == [*CITATION_KEYS, "column"]


def test_json_of_a_refusal():
    found = as_dict(answers.REFUSED)
    assert found["values"] == found["passages"] == []
    assert list(found["refusal"]) == ["reason", "message", "unknown", "suggestions"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (852113.0, "852113"),
        (1.77, "1.77"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e22, str(10**22)),
        (5, "5"),
        (float("nan"), "null"),
    ],
)
def test_json_numbers_are_the_shortest_exact(value, written):
    answer = Answer("?", "answered", values=(Value("x", value, "oz"),))
    assert f'"value": {written},' in dumps(answer)


def test_json_is_one_line_whatever_the_texts_hold():
    assert "\n" not in dumps(replace(answers.ONE, verdict="a\nb\u2028c"), "id")


@given(ANY)
def test_csv_reads_back_and_runs_no_formula(text):
    answer = replace(answers.ONE, values=(replace(answers.COST, label=text),))
    row = next(csv.DictReader(io.StringIO(render(answer, "csv"))))
    assert row["label"] in (text, f"'{text}")
    assert row["label"][0] not in "=@" or row["label"][:1] == "'"
    assert float(row["value"]) == -4.62


@pytest.mark.parametrize(("text", "cell"), [("=1+1", "'=1+1"), ("@SUM", "'@SUM"), ("- -", "'- -"), ("-1.5", "-1.5")])
def test_csv_text_and_numbers(text, cell):
    answer = replace(answers.ONE, values=(replace(answers.COST, as_printed=text),))
    assert next(csv.DictReader(io.StringIO(render(answer, "csv"))))["as_printed"] == cell


@given(ANY)
def test_html_reads_back(text):
    said = html_format.escape(text)
    assert said.isascii()
    parsed = lxml_html.fromstring(f"<p title='{said}'>{said}</p>")
    assert len(parsed) == 0
    assert (parsed.text or "").split() == text.split()


@given(ANY)
def test_a_whole_html_answer_has_no_other_tags_than_its_own(text):
    answer = replace(answers.SEVERAL, verdict=text, notes=(text,))
    tags = set(re.findall(r"</?([a-z]+)", render(answer, "html")))
    assert tags <= {"article", "p", "sup", "a", "table", "tr", "th", "td", "blockquote", "ul", "ol", "li", "cite"}


@given(st.text(st.sampled_from("\\{}[]<>|_^~#$&`'\"*-=+@ a1.)(!:"), min_size=1, max_size=30))
def test_markdown_reads_back(text):
    folded = " ".join(text.split())
    parsed = MarkdownIt("commonmark").render(markdown.escape(folded))
    if folded:
        assert re.fullmatch(r"<p>.*</p>\n", parsed)
        assert lxml_html.fromstring(parsed).text_content().rstrip("\n") == folded


def test_markdown_cells_cannot_leave_their_column():
    answer = replace(answers.SEVERAL, values=(replace(answers.COST, label="a|b"), answers.EARLIER))
    parsed = MarkdownIt("commonmark").enable("table").render(render(answer, "markdown"))
    rows = lxml_html.fromstring(f"<div>{parsed}</div>").findall(".//tbody/tr")
    assert [len(row) for row in rows] == [3, 3]
    assert rows[0][0].text_content().startswith("a|b")


@given(ANY)
def test_latex_has_no_special_character_left(text):
    commands = re.sub(r"\\[a-z]+\{\}|\\[a-z]+|\\[$&%#_]|\$\\to\$", "", latex.escape(text))
    commands = commands.replace("{}", "").replace("{[}", "").replace("{]}", "")
    allowed_tie = "\u00a0" in text
    assert not set(commands) & set('\\{}$&%#_^<>|"[]' + ("" if allowed_tie else "~"))


@pytest.mark.parametrize(("text", "said"), [("- -", "- -"), ("--", "-{}-"), ("---", "-{}-{}-"), ("a–b", "a--b")])
def test_latex_nil_dashes_stay_apart(text, said):
    assert latex.escape(text) == said


@given(ANY)
def test_bibtex_braces_balance(text):
    citation = replace(answers.COST.citations[0], title=text, company=text, row=text)
    entry = render(replace(answers.ONE, values=(replace(answers.COST, citations=(citation,)),)), "bibtex")
    depth = 0
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert re.match(r"@misc\{[a-z0-9-]+,\n", entry)


@given(ANY)
def test_csl_is_json_with_ids(text):
    citation = replace(answers.COST.citations[0], title=text, company=text)
    items = json.loads(render(replace(answers.ONE, values=(replace(answers.COST, citations=(citation,)),)), "csl"))
    assert items[0].get("title", "") == citing.fold(text)
    assert re.fullmatch(r"[a-z0-9]+2011-ab12cd", items[0]["id"])


@pytest.mark.parametrize("name", ["text", "markdown", "html", "latex", "bibtex", "csl", "bluebook", "chicago"])
def test_nothing_is_made_up(name):
    said = render(answers.BARE, name)
    assert not re.search(r"None|null|8-K|[Aa]ccession|[Ee]xhibit|Ex\.|filed|Form |tbl|row |col", said)


@pytest.mark.parametrize("name", ["text", "markdown", "html", "latex", "bibtex", "csl", "bluebook", "chicago", "csv"])
def test_what_is_known_is_said(name):
    said = render(answers.FILED, name)
    for part in ("8-K", "0000000001-11-000002", "99.1", "Cash cost", "29.5", "non-GAAP", "quill"):
        assert part in said
    assert re.search(r"line 4|l\. 4|,4,4,", said)


@pytest.mark.parametrize("style", ["EX-99.1", "99.1", "Exhibit 99.1", "ex99.1", "Ex. 99.1"])
def test_an_exhibit_has_one_name(style):
    assert citing.exhibit(Citation("a", "b", 1, 1, "", exhibit=style)) == "Exhibit 99.1"


def test_several_documents_are_named_in_also():
    first = answers.COST.citations[0]
    others = (
        replace(first, line=90, line_end=90),
        replace(first, line=7, line_end=9),
        replace(first, document="b.txt"),
    )
    assert citing.also_printed(Source(1, first, others)) == "also on lines 90, 7-9 and line 4 of b.txt"


def source_of(line: str, start: int, end: int):
    citation = Citation("a.txt", "s", 1, 1, line[start:end], start, end)
    settings = Settings(lines=lambda sha256: line.split("\n"))
    return excerpt(Source(1, citation), settings, Paint(colour=False))


def test_a_cited_span_is_marked_in_place():
    assert source_of("Ore    12,000   13,000", 7, 13) == ["  > 1  Ore   [12,000]  13,000"]


def test_in_running_text_no_space_is_lost():
    assert source_of("about 12,000 tons", 6, 12) == ["  > 1  about [12,000] tons"]


def test_markup_is_not_shown():
    line = '<tr><td>Ore &amp; rock</td><td align="right">12,000</td></tr>'
    assert source_of(line, 45, 51) == ["  > 1  Ore & rock [12,000]"]


def test_of_a_very_long_line_the_part_around_the_span_is_shown():
    shown = source_of("x " * 5000 + "12,000" + " y" * 5000, 10000, 10006)[0]
    assert "[12,000]" in shown and len(shown) < LONGEST + 20
    assert shown.count("…") == 2


def test_a_filing_cannot_steer_the_terminal():
    shown = source_of("\x1b[2J\x07Ore 12,000\x9b", 8, 14)[0]
    assert shown.isprintable()
    evil = replace(answers.ONE, verdict="\x1b]0;x\x07", reading="\x9b2J")
    assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f]*", render(evil, "text", lines=answers.lines))


def test_without_the_source_the_quote_stands_alone():
    assert "      (4.62)\n" in render(answers.ONE, "text")


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_any_span_of_any_line_is_shown(line, start, end):
    citation = Citation("a.txt", "s", 1, 1, "q", start, end)
    shown = excerpt(Source(1, citation), Settings(lines=lambda sha256: [line]), Paint(colour=False))
    assert len(shown) == 1 and shown[0].isprintable()


def test_colour_only_where_it_is_asked_for():
    plain, coloured = (render(answers.ONE, "text", colour=colour, lines=answers.lines) for colour in (False, True))
    assert "\x1b" not in plain and "\x1b[1;7m(4.62)\x1b[0m" in coloured
    assert "[(4.62)]" not in coloured


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_sentences_wrap_to_the_width(width):
    long = replace(answers.NOTHING, verdict="word " * 60)
    assert all(len(line) <= max(width, 32) for line in render(long, "text", width=width).split("\n"))


def test_bibtex_is_a_comment_where_nothing_is_cited():
    assert bibtex.render(answers.REFUSED, Settings()).startswith("%")


def test_headings_are_the_nearest_above():
    lines = ["NORTH PIT", "x", "North  Pit (40%)", "South Pit", "12"]
    citation = Citation("a", "s", 5, 5, "12", 0, 2, heading_lines=(4, 9), headings=("North Pit", "nowhere", ""))
    shown = excerpt(Source(1, citation), Settings(lines=lambda sha256: lines), Paint(colour=False))
    assert shown == ["    3  North  Pit (40%)", "    4  South Pit", "  > 5  [12]"]


@pytest.mark.parametrize("name", ["text", "markdown", "html", "latex", "chicago"])
def test_no_operand_is_left_out(name):
    total = Value("Sum", 30.0, "oz", formula="a + b", operands=tuple(Value(f"pit{n}q", 1.0, "oz") for n in range(30)))
    said = render(Answer("?", "answered", verdict="30 oz.", values=(total,)), name)
    assert all(f"pit{n}q" in said for n in range(30)) and "x29" in said


@pytest.mark.parametrize("name", ["text", "markdown", "bluebook"])
def test_a_sentence_that_lists_the_values_of_the_table_says_only_the_rest(name):
    values = (Value("Deep Shaft", 12.0, "oz"), Value("North Pit", 10.0, "oz"))
    listed = "Deep Shaft: 12 oz; North Pit: 10 oz."
    said = render(Answer("?", "answered", verdict=f"{listed} Deep Shaft is higher.", values=values), name)
    assert listed not in said and "Deep Shaft is higher." in said
    one = render(Answer("?", "answered", verdict="Deep Shaft: 12 oz.", values=values[:1]), name)
    assert "Deep Shaft: 12 oz." in one


def test_what_kind_of_figure_it_is_goes_along():
    value = replace(answers.COST, nature="guidance", qualifier="more than")
    said = render(replace(answers.FILED, values=(value,)), "chicago")
    assert "Basis: 29.5% share.\nQualified as: more than.\nKind of figure: guidance.\n" in said
    rows = render(Answer("?", "answered", values=(value,)), "chicago")
    assert "guidance, 29.5% share, more than [1]" in rows and "Basis:" not in rows


@pytest.mark.parametrize(("text", "seen"), [("&#151;", "—"), ("Q&amp;A", "Q&A"), ("AT&T", "AT&T"), ("a;&b;", "a;&b;")])
def test_entities_are_read(text, seen):
    assert citing.fold(text) == seen
