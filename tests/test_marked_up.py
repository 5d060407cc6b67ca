"""Figures in text with markup are found at their place in the file, in running text and in preformatted text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from db.parsing import parse_bytes
from tests.loader import load


@pytest.mark.parametrize("case", load("marked_up"))
def test_figures_are_cited_where_they_stand(case: dict[str, Any]) -> None:
    lines = case["html"].split("\n")
    filing = parse_bytes(case["html"].encode(), "page.html")
    found = [(fact.cell, fact.value, fact.metric or "") for fact in filing.facts]
    assert [[cell.line, cell.text, value, metric] for cell, value, metric in found] == [
        [line, printed, Decimal(value), metric] for line, printed, value, metric in case["figures"]
    ]
    if "text" in case:
        assert [passage.text for passage in filing.passages] == [case["text"]]
    for cell, _, _ in found:
        assert lines[cell.line - 1][cell.start : cell.end] == cell.text
