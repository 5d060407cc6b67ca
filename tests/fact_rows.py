"""The facts of a filing as plain rows, in the fields that gold/check_facts.py describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from db.model import Fact, Filing


def fact_rows(filing: Filing) -> Iterator[dict[str, Any]]:
    """One dict a fact, in the filing's order; values are floats in base units, dates ISO text."""
    for fact in filing.facts:
        yield fact_row(filing, fact)


def fact_row(filing: Filing, fact: Fact) -> dict[str, Any]:
    """One fact with the names of its fields."""
    period = fact.period
    return {
        "document": filing.document,
        "line": fact.cell.line,
        "column_start": fact.cell.start,
        "column_end": fact.cell.end,
        "as_printed": fact.cell.text,
        "value": float(fact.value),
        "unit": fact.unit,
        "statement": fact.statement,
        "table_title": fact.table_title,
        "heading_path": list(fact.heading_path),
        "label": fact.label,
        "column": fact.column,
        "period": period.label if period else None,
        "period_start": period.start.isoformat() if period and period.start else None,
        "period_end": period.end.isoformat() if period else None,
        "period_kind": period.kind if period else None,
        "entity": fact.entity,
        "entity_kind": fact.entity_kind,
        "metal": fact.metal,
        "metric": fact.metric,
        "basis": fact.basis,
        "notes": list(fact.notes),
        "nature": fact.nature,
        "source": fact.source,
        "nil": fact.nil,
    }
