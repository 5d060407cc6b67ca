"""A plan becomes SQL by its shape alone; every name, date and number is a bound parameter."""

import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grammar.shape import CONDITIONS, SideShape
from grammar.translate import Plan, Slots, Spliced, shape_of, translate

MINE = Slots(ids=("production",), entities=("Deep Adit",), periods=(("2011-03-31", "quarter"),))
YEAR_BEFORE = Slots(ids=("production",), entities=("Deep Adit",), periods=(("2010-03-31", "quarter"),))
SPAN = Spliced("six months", "2010-10-01", (("2011-03-31", "quarter", 1), ("2010-12-31", "quarter", 1)))
SPLICED = Slots(ids=("production",), periods=tuple(part[:2] for part in SPAN.parts), spliced=(SPAN,))
EVERY = Slots("metric", ("a",), ("b",), ("c",), ("d",), ("e",), ("f",), (("2011-03-31", "quarter"),), (("oz", 1.0),))
PLANS = {
    "rows": Plan("rows", (MINE,)),
    "ranked": Plan("rows", (MINE,), order="desc", limit=3, skip=1),
    "bounded": Plan("rows", (MINE,), low=5.0, high=9.0, strict=False),
    "difference": Plan("difference", (MINE, YEAR_BEFORE)),
    "percent": Plan("percent", (MINE, YEAR_BEFORE), per_entity=True),
    "decline": Plan("decline", (MINE, YEAR_BEFORE), per_entity=True),
    "merged": Plan("rows", (replace(MINE, merged=(("cash_end", "cash"),)),)),
    "share": Plan("share", (MINE, YEAR_BEFORE)),
    "sum": Plan("sum", (MINE,)),
    "average": Plan("average", (MINE,)),
    "trend": Plan("trend", (MINE, YEAR_BEFORE), trend="up"),
    "ratio": Plan("ratio", (MINE, YEAR_BEFORE), formula="$0 / $1", factor=100.0),
    "spliced": Plan("rows", (SPLICED,)),
    "spliced against printed": Plan("difference", (SPLICED, MINE)),
    "everything": Plan("rows", (EVERY,), unit="oz"),
}
DEEP = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


@pytest.fixture(scope="module")
def empty():
    """A store's tables without a row, in plain sqlite3."""
    from pathlib import Path

    import db

    with sqlite3.connect(":memory:") as connection:
        connection.executescript((Path(db.__file__).parent / "schema.sql").read_text(encoding="utf-8"))
        yield connection


@DEEP
def test_the_sql_runs_and_has_exactly_its_parameters(plan, empty):
    query = translate(plan)
    assert empty.execute(query.sql, query.parameters).fetchall() in ([], [(None,) * 18])
    assert query.sql.count(":row_limit") == query.sql.count(":row_skip") == 1
    for name in query.parameters:
        assert f":{name}" in query.sql


@DEEP
def test_no_value_stands_in_the_text(plan):
    text = translate(plan).sql
    for value in ("Deep Adit", "production", "2011-03-31", "2010-03-31", "quarter"):
        assert value not in text


def test_the_shape_depends_on_which_conditions_there_are_not_on_what_they_say():
    other = Slots(ids=("zzz", "yyy"), entities=("X", "Y'; --"), periods=(("1999-12-31", "year"),), nature="guidance")
    assert shape_of(Plan("rows", (MINE,))) == shape_of(Plan("rows", (other,), limit=7))
    assert translate(Plan("rows", (MINE,))).sql == translate(Plan("rows", (other,))).sql


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_of_its_own_makes_a_shape_of_its_own(condition):
    values = {"periods": (("2011-03-31", "quarter"),), "factors": (("oz", 1.0),), "filings": (1,), "spliced": (SPAN,)}
    values["merged"] = (("cash_end", "cash"),)
    side = Slots(ids=("a",), **{condition: values.get(condition, ("a",))})
    assert shape_of(Plan("rows", (side,))).sides == (SideShape("metric", (condition,)),)
    query = translate(Plan("rows", (side,), unit="oz"))
    assert any(condition in name or name.startswith("period") for name in query.parameters)


def test_the_parameters_are_the_values():
    parameters = translate(Plan("rows", (MINE,), order="desc", limit=3, skip=1, low=2.0)).parameters
    assert parameters == {
        "row_limit": 3,
        "row_skip": 1,
        "low": 2.0,
        "ids_0": '["production"]',
        "entities_0": '["Deep Adit"]',
        "periods_0": '["2011-03-31 quarter"]',
        "period_ends_0": '["2011-03-31"]',
        "nature_0": "actual",
        "source_0": "table",
    }


def test_a_spliced_period_is_its_parts_with_their_signs_and_its_first_day():
    parameters = translate(PLANS["spliced"]).parameters
    assert parameters["spliced_0"] == '{"six months": {"2011-03-31 quarter": 1, "2010-12-31 quarter": 1}}'
    assert parameters["starts_0"] == '{"six months": "2010-10-01"}'


def test_two_sides_have_parameters_of_their_own():
    parameters = translate(PLANS["difference"]).parameters
    assert (parameters["period_ends_0"], parameters["period_ends_1"]) == ('["2011-03-31"]', '["2010-03-31"]')


@pytest.mark.parametrize(
    ("plan", "held"),
    [
        ("ranked", "ORDER BY value DESC"),
        ("bounded", "value >= :low AND value <= :high"),
        ("difference", "a.value - b.value"),
        ("percent", "ABS(b.value)"),
        ("percent", "a.entity = b.entity"),
        ("difference", "a.unit = b.unit"),
        ("share", "a.value / b.value * 100"),
        ("sum", "SUM(value)"),
        ("sum", "GROUP BY unit, metal"),
        ("average", "AVG(value)"),
        ("trend", "UNION ALL"),
        ("ratio", ":factor"),
    ],
)
def test_what_is_computed_stands_in_the_sql(plan, held):
    assert held in translate(PLANS[plan]).sql


WORDS = st.text(min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(ids=st.lists(WORDS, min_size=1, max_size=3), names=st.lists(WORDS, min_size=1, max_size=3), low=st.floats())
def test_whatever_is_asked_for_is_only_a_parameter(ids, names, low):
    query = translate(Plan("rows", (Slots(ids=tuple(ids), entities=tuple(names)),), low=low))
    plain = translate(Plan("rows", (Slots(ids=("a",), entities=("b",)),), low=1.0))
    assert query.sql == plain.sql
    assert json.loads(str(query.parameters["ids_0"])) == ids
    assert json.loads(str(query.parameters["entities_0"])) == names
