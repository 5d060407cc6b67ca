"""Twelve months, years to date, sums over years: put together out of what is printed, refused where a part is not."""

import pytest

from assistant.ask import ask
from tests import quarters
from tests.generator.stores import store_with
from tests.loader import load


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quarters")
    with store_with(quarters.write(folder), folder / "quarters.db") as opened:
        yield opened


@pytest.mark.parametrize("case", load("spans"))
def test_a_span_gets_its_figure(case, store):
    answer = ask(case["ask"], store, case.get("before", []))
    assert answer.refusal is None, answer.refusal
    assert [(v.value, v.unit) for v in answer.values] == [(pytest.approx(x, 2e-8), unit) for x, unit in case["values"]]
    value = answer.values[0]
    assert value.formula == case.get("made", value.formula)
    assert [o.period for o in value.operands] == case.get("inputs", [o.period for o in value.operands])
    said = [*answer.notes, *(note for operand in value.operands for note in operand.notes)]
    for note in case.get("notes", []):
        assert any(note in one for one in said), said


@pytest.mark.parametrize("case", load("spans", "refused"))
def test_a_span_that_lacks_a_part_is_refused(case, store):
    answer = ask(case["ask"], store)
    assert answer.refusal is not None, answer.verdict
    assert answer.refusal.reason == case["reason"], answer.refusal.message
    for words in case.get("names", []):
        assert words in answer.refusal.message


@pytest.mark.parametrize(
    "case", [p for p in load("spans") if len(p.values[0]["values"]) == 1 and "before" not in p.values[0]]
)
def test_the_sql_alone_gives_the_figure(case, store):
    answer = ask(case["ask"], store)
    rows = store.run(answer.sql, dict(answer.parameters))
    assert [row["value"] for row in rows] == [pytest.approx(case["values"][0][0], 2e-8)]
    cited = {c.fact_id for v in answer.values for one in (v.operands or (v,)) for c in one.citations[:1]}
    assert cited == {int(id) for row in rows for id in row["fact_ids"].split(",")}


def test_the_newest_other_periods_are_offered_and_no_more(store):
    answer = ask("North Shaft silver production", store)
    assert [value.value for value in answer.values] == [131_000]
    offered = [[value.value for value in other.values] for other in answer.alternatives]
    assert [124_000, 123_000, 122_000, 121_000, 113_000, 112_000, 111_000] in offered


@pytest.mark.parametrize("question", ["silver production by mine", "North Shaft production data"])
def test_no_other_periods_are_offered_where_much_is_listed(store, question):
    answer = ask(question, store)
    assert {value.period for value in answer.values} == {"Q1 2007"}
    assert not [other for other in answer.alternatives if {value.period for value in other.values} != {"Q1 2007"}]
