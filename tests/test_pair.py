"""The same statement as ASCII and as HTML gives the same facts: only the places differ."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.parsing import parse_bytes
from tests.pair import Statement, as_html, as_text
from tests.test_html import SOUP
from tests.test_readers import HEADER

INCOME = Statement(
    "CONSOLIDATED STATEMENTS OF OPERATIONS",
    "(dollars in thousands - unaudited)",
    [("Three Months Ended September 30,", ["2011", "2010"]), ("Nine Months Ended September 30,", ["2011", "2010"])],
    [
        (0, "Sales of products", [12_340, 11_020, 36_115, 30_207]),
        (0, "Cost of sales and other expenses:", None),
        (2, "Cost of sales", [8_115, 7_904, 24_001, 22_118]),
        (2, "Depreciation, depletion & amortization", [1_020, 998, 3_050, 2_977]),
        (2, "Exploration", [455, None, 1_200, 350]),
        (4, "Total costs", [9_590, 8_902, 28_251, 25_445]),
        (0, "Income from operations", [2_750, 2_118, 7_864, 4_762]),
        (0, "Interest expense", [-310, -290, -930, -870]),
        (0, "Net income (loss)", [2_440, 1_828, 6_934, 3_892]),
    ],
)
BALANCE = Statement(
    "CONSOLIDATED BALANCE SHEETS",
    "(dollars in thousands)",
    [("", ["September 30, 2011", "December 31, 2010"])],
    [
        (0, "ASSETS", None),
        (0, "Cash and cash equivalents", [5_020, 4_100]),
        (0, "Inventories", [2_310, 2_295]),
        (2, "Total current assets", [7_330, 6_395]),
        (0, "Properties, plants and equipment, net", [40_118, 39_877]),
        (2, "Total assets", [47_448, 46_272]),
    ],
)
PRODUCTION = Statement(
    "PRODUCTION DATA",
    "",
    [("", ["Second Quarter 2012", "Second Quarter 2011"])],
    [
        (0, "DEEP ADIT UNIT", None),
        (2, "Tons of ore processed", [71_230, 69_118]),
        (2, "Silver produced (ounces)", [1_204_511, 1_187_200]),
        (2, "Gold produced (ounces)", [912, 1_013]),
    ],
)


def meanings(filing):
    """The facts of the tables without their places."""
    return [
        (fact.label, fact.column, fact.value, fact.unit, fact.period, fact.heading_path, fact.metric, fact.nil)
        for fact in filing.facts
        if fact.source == "table"
    ]


@pytest.mark.parametrize("split", [True, False])
@pytest.mark.parametrize("statement", [INCOME, BALANCE, PRODUCTION], ids=lambda statement: statement.title)
def test_a_pair_gives_the_same_facts(statement, split):
    text = parse_bytes(as_text(statement, "GALENA BASIN CORPORATION").encode(), "a.txt")
    html = parse_bytes(as_html(statement, "GALENA BASIN CORPORATION", split).encode(), "a.htm")
    assert meanings(html) == meanings(text)
    printed = sum(len(values) for _, _, values in statement.rows if values)
    assert len(meanings(html)) == printed


def test_values_units_and_periods_are_the_printed_ones():
    html = parse_bytes(as_html(INCOME, "GALENA BASIN CORPORATION").encode(), "a.htm")
    found = {(fact.label, fact.period and fact.period.label): (fact.value, fact.unit) for fact in html.facts}
    assert found["Sales of products", "Q3 2011"] == (12_340_000, "USD")
    assert found["Sales of products", "nine months to Sep. 30, 2010"] == (30_207_000, "USD")
    assert found["Interest expense", "Q3 2010"] == (-290_000, "USD")


@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-99_999, 999_999)), min_size=4, max_size=4), min_size=2, max_size=8
    )
)
def test_any_figures_give_the_same_facts(figures):
    rows = [
        (0, f"{name} costs", values)
        for name, values in zip(
            ["Labour", "Power", "Freight", "Tax", "Rent", "Fuel", "Lime", "Water"], figures, strict=False
        )
    ]
    statement = Statement(INCOME.title, INCOME.scale, INCOME.groups, rows)
    text = parse_bytes(as_text(statement, "GALENA BASIN CORPORATION").encode(), "a.txt")
    html = parse_bytes(as_html(statement, "GALENA BASIN CORPORATION").encode(), "a.htm")
    assert meanings(html) == meanings(text)


def test_a_submission_reads_its_ascii_and_its_html():
    """Each exhibit by its own reader, every place in the one file as it was given."""
    company = "GALENA BASIN CORPORATION"
    parts = [("8-K", as_text(BALANCE, company)), ("EX-99.1", as_html(INCOME, company))]
    documents = "".join(f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{text}</TEXT>\n</DOCUMENT>\n" for kind, text in parts)
    filing = parse_bytes(f"{HEADER}{documents}</SEC-DOCUMENT>\n".encode(), "a.txt")
    assert (filing.accession, filing.form, filing.cik) == ("0000012345-04-000067", "8-K", "12345")
    assert [part.format for part in filing.parts] == ["text", "html"]
    assert len(filing.facts) == 10 + 32
    lines = filing.text.split("\n")
    assert all(lines[f.cell.line - 1][f.cell.start : f.cell.end] == f.cell.text for f in filing.facts)


@settings(deadline=None, max_examples=100)
@given(SOUP)
def test_no_markup_stops_the_parser(parts):
    page = f"<html><body><table><tr><td>Sales</td><td>2018</td></tr><tr>{''.join(parts)}</body></html>"
    filing = parse_bytes(page.encode(), "a.htm")
    lines = filing.text.split("\n")
    for fact in filing.facts:
        for cell in (fact.cell, *fact.label_cells, *fact.header_cells, *fact.sentence_cells):
            assert lines[cell.line - 1][cell.start : cell.end] == cell.text
