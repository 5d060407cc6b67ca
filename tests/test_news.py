"""News releases as companies write them: whose they are, when they came, and the figure that each sentence tells."""

import tomllib
from decimal import Decimal
from functools import cache

import pytest

from db.model import Filing
from db.parsing import parse_bytes
from tests.loader import CASES

NEWS = tomllib.loads((CASES / "news.toml").read_text(encoding="utf-8"))
RELEASES, FACTS = NEWS["release"], NEWS["fact"]


@cache
def filing(name: str) -> Filing:
    return parse_bytes(RELEASES[name]["text"].encode(), f"{name}.txt")


@pytest.mark.parametrize("name", RELEASES)
def test_the_front_of_a_release(name):
    read, want = filing(name), RELEASES[name]
    assert [read.company, read.title, str(read.released)] == [want["company"], want["title"], want["released"]]


@pytest.mark.parametrize(("name", "row"), [(case["in"], row) for case in FACTS for row in case["want"]])
def test_a_sentence_of_a_release_states_a_fact(name, row):
    figure, value, *want = row
    (fact,) = [fact for fact in filing(name).facts if fact.cell.text == figure]
    period = fact.period.label if fact.period else ""
    assert fact.value == Decimal(value)
    assert [fact.unit, fact.nature, fact.metric or "", fact.metal or "", fact.entity or "", period] == want


@pytest.mark.parametrize(
    ("name", "figure"), [(case["in"], figure) for case in FACTS for figure in case.get("none", ())]
)
def test_a_figure_of_no_measure_has_none(name, figure):
    found = [fact.metric for fact in filing(name).facts if fact.cell.text == figure]
    assert found == [None]


@pytest.mark.parametrize(
    ("name", "figure"), [(case["in"], figure) for case in FACTS for figure in case.get("both", ())]
)
def test_what_was_produced_and_sold_is_both(name, figure):
    found = [fact for fact in filing(name).facts if fact.cell.text == figure]
    assert sorted(str(fact.metric) for fact in found) == ["production", "sales_volume"]
    assert len({(fact.value, fact.metal, fact.entity, fact.period) for fact in found}) == 1


@pytest.mark.parametrize("case", NEWS["names"])
def test_the_places_of_work_that_a_release_names(case):
    named = {name.entity for name in filing(case["in"]).names if name.entity_kind != "company"}
    assert sorted(named) == case["mines"]


@pytest.mark.parametrize(
    ("sentence", "lies"),
    [
        ("Osprey, the silver mine in northern Idaho, did well.", {("Osprey", "Idaho")}),
        ("Work at Tern, an underground gold mine in central Peru, went on.", {("Tern", "Peru")}),
        ("The Osprey silver mine in Idaho did well.", {("Osprey", "Idaho")}),
        ("The Copper Tern mine in Idaho did well.", {("Copper Tern", "Idaho")}),
        ("Silver and gold from the Gold Tern mine in Idaho did well.", {("Gold Tern", "Idaho")}),
        ("Thomas Blake, the mine manager in Idaho, spoke of costs.", set()),
        ("Early in May, the mine in Idaho was closed.", set()),
        ("Early in Peru, the mine in Idaho was closed.", set()),
        ("In Reno, the mine in dispute was sold.", set()),
    ],
)
def test_where_a_mine_lies(sentence, lies):
    head = "Quillon Copper Corp. Announces Results\n\nRENO, Nevada, May 4, 2009 -- Quillon Copper Corp. reported.\n\n"
    names = parse_bytes(f"{head}{sentence}\n".encode(), "lies.txt").names
    assert {(name.entity, name.said) for name in names if name.relation == "place"} == lies
