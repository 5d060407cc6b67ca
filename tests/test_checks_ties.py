"""The checks held against 566 relations of real releases that were worked out by hand, and against made-up filings."""

import pytest

from db.checks import check_filing
from tests.generator.filings import generate
from tests.generator.stores import in_memory
from tests.ties import measure_store

LEAST = 0.95


@pytest.fixture(scope="module")
def measured(shared):
    """The three releases checked and held against the relations."""
    files = sorted((shared / "filings").glob("0*.txt"))
    with in_memory(*((path.name, path.read_bytes()) for path in files)) as store:
        return measure_store(store, shared)


def test_most_relations_are_found(measured):
    assert measured.share >= LEAST, measured.missed


def test_every_relation_that_fails_is_reported(measured):
    assert not measured.missed_faults


def test_nothing_else_is_said_to_fail(measured):
    """Marks on footnotes are no relation of figures: one of them does point to the wrong note."""
    assert [f.explanation for f in measured.false_alarms if f.kind != "footnote"] == []
    assert len(measured.false_alarms) == 1


@pytest.mark.parametrize(
    "kind", ["foots", "sum of mines = segment", "per-ounce with full ounces", "net change in cash"]
)
def test_relations_of_tables_are_all_found(measured, kind):
    assert measured.found[kind] == measured.total[kind] > 0


def test_made_up_filings_fail_only_where_they_restate():
    made = list(generate(12, seed=3, houses=3))
    restating = {filing.name for filing in made for truth in filing.truths if truth["restated_from"]}
    with in_memory(*((filing.name, filing.text.encode()) for filing in made)) as store:
        failing = {row["document"] for row in store.filings() if any(f.fails for f in check_filing(store, row["id"]))}
    assert failing <= restating
