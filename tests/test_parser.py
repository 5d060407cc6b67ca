"""ASCII tables become facts: cases of small tables, the real releases against their gold cells, any text at all."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model import Fact, Filing
from db.parsing import parse_bytes
from db.parsing.labels import take_marks
from db.parsing.scales import read_scale
from db.parsing.units_said import unit_in
from grammar.dates import period_of, read_time
from grammar.errors import ReadError
from grammar.figures import read_figure
from tests.fact_rows import fact_rows
from tests.footing import totals_of
from tests.loader import load

TABLES = load("parser_tables")


def table_facts(filing: Filing) -> list[Fact]:
    """The facts of tables alone."""
    return [fact for fact in filing.facts if fact.source == "table"]


def said(fact: Fact) -> list[str]:
    """A fact in the order of the cases' bars."""
    period = fact.period.label if fact.period else ""
    return [fact.label, str(fact.value), fact.unit, period, fact.entity or "", fact.metal or "", fact.basis or ""]


@pytest.mark.parametrize("case", TABLES)
def test_a_table_is_read(case: dict[str, Any]) -> None:
    text = case["text"] + (f"\n{case['prose']}\n" if "prose" in case else "")
    filing = parse_bytes(text.encode(), f"{case['id']}.txt")
    found = {fact.cell.text: fact for fact in reversed(table_facts(filing))}
    for printed, expected in case.get("facts", {}).items():
        assert printed in found, sorted(found)
        got = said(found[printed])
        for want, have in zip((part.strip() for part in expected.split("|")), got, strict=False):
            assert not want or want == have or (want[-1].isdigit() and same(want, have)), (printed, got)
    assert not set(case.get("gone", ())) & set(found)
    if "changes" in case:
        assert sum(fact.nature == "change" for fact in table_facts(filing)) == case["changes"]
    if "titles" in case:
        assert list(dict.fromkeys(fact.table_title for fact in table_facts(filing))) == case["titles"]
    if "count" in case:
        assert len(table_facts(filing)) == case["count"]


def same(want: str, have: str) -> bool:
    """Whether two figures are equal whatever their digits behind the point."""
    try:
        return Decimal(want) == Decimal(have)
    except ArithmeticError:
        return False


def test_gold_cells_of_the_releases(shared: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    with facts.open("w", encoding="utf-8") as out:
        for path in sorted((shared / "filings").glob("0*.txt")):
            filing = parse_bytes(path.read_bytes(), str(path))
            out.writelines(json.dumps(row) + "\n" for row in fact_rows(filing) if row["source"] == "table")
    check = [sys.executable, str(shared / "gold" / "check_facts.py"), str(facts)]
    result = subprocess.run(check, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_releases_of_other_companies(shared: Path) -> None:
    """Every figure keeps its place, no period is later than the filing, and totals foot."""
    feet: list[bool] = []
    for path in sorted((shared / "filings" / "other").glob("*.txt")):
        filing = parse_bytes(path.read_bytes(), str(path))
        hold_places(filing)
        for fact in table_facts(filing):
            assert fact.label or fact.heading_path, (path.name, fact.cell)
            if fact.period and filing.released and fact.nature == "actual":
                assert fact.period.end <= filing.released, (path.name, fact.cell)
        feet += [foots for _, foots in totals_of(filing.facts)]
    assert sum(feet) >= 0.95 * len(feet)


def hold_places(filing: Filing) -> None:
    """Every place of the filing reads as it says."""
    lines = filing.text.split("\n")
    cells = [cell for fact in filing.facts for cell in (fact.cell, *fact.label_cells, *fact.header_cells)]
    cells += [cell for passage in filing.passages for cell in passage.pieces]
    cells += [cell for note in filing.notes for cell in note.pieces]
    for cell in cells:
        assert lines[cell.line - 1][cell.start : cell.end] == cell.text, cell


PIECES = [
    "  ",
    "\t",
    "\n",
    "\n\n",
    "1,234",
    "(5)",
    "$",
    "--",
    "%",
    "Total assets",
    "March 31, 2003",
    "2003",
    "----",
    "<TABLE>",
]
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_any_text_is_a_filing_whose_places_hold(text: str) -> None:
    with suppress(ReadError):
        hold_places(parse_bytes(("Results " + text).encode("utf-8", "replace"), "any.txt"))


def test_notes_belong_to_the_table_that_carries_their_mark() -> None:
    text = """
                    Statement of Income
                      (in thousands)
                                        Quarter Ended
                                   Mar. 31, 2004   Mar. 31, 2003
Sales (1)                             $    1,200     $       900
Gross profit                                 300             200

(1) Sales are net of freight that smelters charge to the account of the mine.

                  Capital Additions
                   (in thousands)
                                        Quarter Ended
                                   Mar. 31, 2004   Mar. 31, 2003
Equipment(1)                          $      120     $        90
Roads*                                        30              20

(1) Equipment is shown before what was paid for it in the year before that.
* Roads on the surface alone.
"""
    filing = parse_bytes(text.encode(), "notes.txt")
    assert [(note.mark, note.table) for note in filing.notes] == [("1", 1), ("1", 2), ("*", 2)]
    marks = {fact.label: fact.notes for fact in table_facts(filing)}
    assert marks == {"Sales": ("1",), "Gross profit": (), "Equipment": ("1",), "Roads": ("*",)}


def test_a_sentence_that_a_page_cuts_is_one_passage() -> None:
    foot = "\n\n     Contact Pat Example\n     100 High Road, Suite 2   555/555-0100\n     FAX 555/555-0101\n\n\n"
    first = "     The company mined more ore in the quarter than in any other, since the\nnew hoist lifted"
    rest = "what the old one could not lift in a month, as the board had expected of it."
    filing = parse_bytes(f"{first}{foot}{rest}{foot}\nThe end came late in the day.\n".encode(), "cut.txt")
    assert any("new hoist lifted what the old one" in passage.text for passage in filing.passages)


@pytest.mark.parametrize("case", load("parser_words", "time"))
def test_headings_say_periods(case: dict[str, Any]) -> None:
    period = period_of(read_time(case["said"]), case.get("year_end", 12))
    assert (period.label if period else "") == case["period"]


@pytest.mark.parametrize("case", load("parser_words", "figure"))
def test_figures_are_read_as_printed(case: dict[str, Any]) -> None:
    figure = read_figure(case["printed"])
    if case["value"] == "none":
        assert figure is None
        return
    assert figure is not None
    assert figure.value == Decimal(case["value"])
    said_of = (figure.nil, figure.percent, figure.currency)
    assert said_of == (case.get("nil", False), case.get("percent", False), case.get("currency", ""))


@pytest.mark.parametrize("case", load("parser_words", "label"))
def test_labels_give_up_their_marks(case: dict[str, Any]) -> None:
    assert take_marks(case["printed"]) == (case["bare"], tuple(case["marks"]))


@pytest.mark.parametrize("case", load("parser_words", "unit"))
def test_labels_state_units(case: dict[str, Any]) -> None:
    assert unit_in(case["said"]) == case["unit"]


@pytest.mark.parametrize("case", load("parser_words", "scale"))
def test_captions_state_scales(case: dict[str, Any]) -> None:
    scale = read_scale(case["said"])
    assert scale is not None
    for kind in ("money", "shares", "ounces", "tons"):
        assert getattr(scale, kind) == case.get(kind, 1), kind
    assert scale.currency == case.get("currency", "$" if "dollars" in case["said"] else "")


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.booleans(), st.booleans())
def test_any_printed_figure_is_its_value(value: Decimal, negative: bool, dollar: bool) -> None:
    printed = f"({value:,})" if negative else f"{value:,}"
    figure = read_figure(f"${printed}" if dollar else printed)
    assert figure is not None
    assert figure.value == (-value if negative else value)


HOSTILE = {
    "capitals": "A " * 20000,
    "names": "Aa " * 20000,
    "figures": "1,234 " * 10000,
    "brackets": "(" * 20000,
    "dots": ". " * 20000,
    "metals": "Gold and " * 8000,
    "dates": "March 31, 2003 " * 1500,
    "rows": "Total  1,234   5,678\n" * 2000,
    "pages": "<PAGE>\nTitle\nPage 3\n\ntext here.\n" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    started = time.process_time()
    parse_bytes(f"Results of the mine\n{HOSTILE[name]}".encode(), f"{name}.txt")
    assert time.process_time() - started < 3
