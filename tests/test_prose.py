"""Sentences become facts and names: on an invented release, and scored on the real ones."""

import tomllib
from decimal import Decimal

import pytest

from db.model import Cell, Filing, Paragraph
from db.parsing import parse_bytes
from db.prose.sentences import cut_sentences, sentences_of
from tests.loader import CASES, load
from tests.prose_score import score

DATA = tomllib.loads((CASES / "prose.toml").read_text(encoding="utf-8"))
RELEASE, UNDATED = DATA["release"], DATA["undated"]


@pytest.fixture(scope="module")
def filing() -> Filing:
    return parse_bytes(RELEASE.encode(), "tamarack.txt")


@pytest.mark.parametrize("case", load("prose", "fact"))
def test_a_sentence_states_a_fact(filing, case):
    (fact,) = [fact for fact in filing.facts if fact.source == "text" and fact.cell.text == case["figure"]]
    value, *want = case["want"]
    period = fact.period.label if fact.period else ""
    assert fact.value == Decimal(value)
    assert [fact.unit, fact.nature, fact.metric or "", fact.metal or "", fact.entity or "", period] == want


@pytest.mark.parametrize("case", load("prose", "undated_case"))
def test_a_sentence_without_a_time(case):
    text = UNDATED["opening"].format(**case) + "    " + case["text"] + UNDATED["tables"]
    told = [fact for fact in parse_bytes(text.encode(), "heron.txt").facts if fact.source == "text"]
    found = {fact.cell.text: fact.period.label if fact.period else "" for fact in told if fact.metric}
    assert {figure: found.get(figure) for figure in case["want"]} == case["want"]


@pytest.mark.parametrize("case", load("prose", "measured"))
def test_a_figure_is_of_the_measure_it_is_told_of(case):
    text = UNDATED["opening"].format(headline="THIRD QUARTER PROFIT", lead="financial") + "    " + case["text"]
    told = parse_bytes((text + UNDATED["tables"]).encode(), "heron.txt").facts
    found = {fact.cell.text: fact.metric for fact in told if fact.source == "text"}
    assert {figure: found.get(figure) for figure in case["want"]} == case["want"]


@pytest.mark.parametrize("case", load("prose", "name"))
def test_the_text_gives_names(filing, case):
    assert case["want"] in [[name.said, name.entity, name.relation] for name in filing.names]


def test_every_place_holds_what_it_says(filing):
    lines = filing.text.split("\n")
    cells = [fact.cell for fact in filing.facts] + [cell for fact in filing.facts for cell in fact.sentence_cells]
    cells += [name.cell for name in filing.names if name.cell]
    assert cells
    assert all(lines[cell.line - 1][cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize("case", load("prose", "sentence"))
def test_sentences_are_cut(case):
    assert [case["text"][start:end] for start, end in cut_sentences(case["text"])] == case["cuts"]


def test_a_sentence_finds_its_place_through_entities_and_line_ends():
    source = ["Profit &amp; loss was", "flat. Costs&nbsp;fell 3%."]
    pieces = tuple(Cell(number, 0, len(line), line) for number, line in enumerate(source, 1))
    paragraph = Paragraph(pieces, "Profit & loss was flat. Costs fell 3%.")
    first, second = sentences_of(paragraph)
    assert [(cell.line, cell.text) for cell in first.cells] == [(1, "Profit &amp; loss was"), (2, "flat.")]
    assert [cell.text for cell in second.cells] == ["Costs&nbsp;fell 3%."]


@pytest.mark.shared
def test_the_real_releases_score(shared):
    tally = score(shared)
    assert tally["found"] >= 160
    assert tally["value"].wrong == 0
    assert tally["nature"].wrong <= 1
    assert (tally["period"].wrong, tally["period"].missing <= 9) == (0, True)
    assert tally["entity"].wrong <= 3
    assert (tally["metal"].wrong, tally["period"].wrong) == (0, 0)
    assert tally["metal"].missing <= 2
