"""Real filings of other companies, with no gold: dates must be the filing's own, totals foot, places re-read."""

from functools import cache

import pytest

from db.parsing import parse_bytes
from db.rows.filing import rows_of
from tests.footing import totals_of

pytestmark = pytest.mark.shared
TABLES = {
    "1001258_8K_2004_0001125282-04-000379.txt": 24,
    "1001258_8K_2004_0001125282-04-002113.txt": 48,
    "1001258_8K_2005_0001125282-05-002435.txt": 48,
    "1001426_8K_2003_0000891092-03-002843.txt": 82,
    "1001426_8K_2005_0001275287-05-000371.txt": 241,
    "1001426_8K_2005_0001275287-05-001389.txt": 263,
    "1001426_8K_2006_0001275287-06-002673.txt": 158,
    "1002022_8K_1999_0001047469-99-037047.txt": 195,
    "1002682_8K_2006_0000939057-06-000015.txt": 670,
    "1002682_8K_2006_0000939057-06-000286.txt": 680,
    "alcoa_10Q_2018Q2.html": 1370,
}


@cache
def parsed(path):
    """The filing at a path, read once for all tests."""
    return parse_bytes(path.read_bytes(), path.name)


@pytest.fixture(params=sorted(TABLES))
def filing(request, shared):
    return parsed(shared / "filings" / "other" / request.param)


def test_every_table_becomes_facts_with_label_and_column(filing):
    facts = [fact for fact in filing.facts if fact.source == "table"]
    assert len(facts) >= TABLES[filing.document]
    named = [fact for fact in facts if fact.label or fact.heading_path]
    assert len(named) >= 0.99 * len(facts)
    assert all(fact.unit == "%" for fact in facts if not fact.column)


def test_totals_foot(filing):
    totals = list(totals_of(filing.facts))
    footing = sum(foots for _, foots in totals)
    assert footing >= 0.98 * len(totals), [(fact.cell.line, fact.label) for fact, foots in totals if not foots]


def test_dates_are_the_filings_own(filing):
    """Every period's last day is written in the filing, or ends a year or quarter that is."""
    words = " ".join(filing.text.lower().split()).replace("&nbsp;", " ")
    for end in {fact.period.end for fact in filing.facts if fact.period and fact.source == "table"}:
        assert str(end.year) in words
        assert f"{end:%B}".lower() in words or f"{end:%b}".lower() in words or f"{end.month}/{end.day}" in words
    if filing.filed:
        latest = max(
            fact.period.end
            for fact in filing.facts
            if fact.period and fact.source == "table" and fact.nature == "actual"
        )
        assert latest <= filing.filed


def test_every_place_reads_as_it_says(filing):
    lines = filing.text.split("\n")
    for fact in filing.facts:
        for cell in (fact.cell, *fact.label_cells, *fact.header_cells, *fact.sentence_cells):
            assert lines[cell.line - 1][cell.start : cell.end] == cell.text
    for passage in filing.passages:
        for cell in passage.pieces:
            assert lines[cell.line - 1][cell.start : cell.end] == cell.text


def test_no_figure_becomes_two_facts(filing):
    seen = [(fact.cell.line, fact.cell.start) for fact in filing.facts if fact.source == "table"]
    assert len(seen) == len(set(seen))


def test_pictures_with_hidden_words_give_no_facts(shared):
    filing = parsed(shared / "filings" / "other" / "d284129dex992.htm")
    assert not filing.facts
    assert any("too small to be seen" in line for line in filing.log)
    assert "its pages are images" in rows_of(filing).remark


def test_the_scale_of_a_section_holds_for_its_tables(shared):
    """A 10-Q says ``(dollars in millions)`` once over all its notes: amounts of dollars are in millions throughout."""
    filing = parsed(shared / "filings" / "other" / "alcoa_10Q_2018Q2.html")
    amounts = [fact for fact in filing.facts if fact.source == "table" and fact.unit == "USD" and not fact.nil]
    assert {fact.scale for fact in amounts if fact.table_title or fact.statement != "other"} == {1_000_000}
    assert all(fact.period for fact in filing.facts if fact.source == "table" and fact.nature == "actual")
