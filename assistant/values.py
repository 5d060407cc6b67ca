"""The rows of a query as Values: what each is called, where it stands, and what else prints it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation, Value
from assistant.book import Book
from assistant.cited import FACTS, citation, value_of_fact
from assistant.formulas import Facts, formula, terms_of
from assistant.resolve import Resolved
from grammar.lexicon import lexicon
from grammar.translate import Query

OF_OTHER_UNIT = ("ratio", "percent", "decline", "share")
_FACTS = f"{FACTS} WHERE f.id IN (SELECT value FROM json_each(:ids))"


def values_of(resolved: Resolved, book: Book, query: Query) -> tuple[Value, ...]:
    """The values that ``query`` computes, in its order; every figure with its citations."""
    rows = book.store.run(query.sql, query.parameters)
    rows = [row for row in rows if row["value"] is not None and row["fact_ids"]]
    ids = {int(i) for row in rows for field in ("fact_ids", "places") if row[field] for i in str(row[field]).split(",")}
    facts = facts_of(book, sorted(ids))
    named = _naming(rows)
    values = tuple(_value(resolved, row, facts, named) for row in rows)
    return (
        _each_once(values) if resolved.plan.operation == "rows" and resolved.plan.sides[0].by == "label_key" else values
    )


def _each_once(values: Sequence[Value]) -> tuple[Value, ...]:
    """Rows that are called alike and print the same, in several tables, as one with all its places."""
    told: dict[tuple[object, ...], Value] = {}
    for value in values:
        key = (value.label.lower(), value.value, value.unit, value.entity, value.metal, value.period_end, value.period)
        first = told.get(key)
        told[key] = replace(first, citations=(*first.citations, *value.citations)) if first else value
    return tuple(told.values())


def facts_of(book: Book, ids: Sequence[int]) -> Facts:
    """The facts of these ids with what their filings say of themselves."""
    return {row["fact_id"]: row for row in book.store.run(_FACTS, {"ids": json.dumps(list(ids))})}


def _naming(rows: Sequence[sqlite3.Row]) -> list[str]:
    """The fewest columns, in the order people name things, that tell the rows apart."""
    chosen: list[str] = []
    apart = 1
    for name in ("entity", "metric", "metal", "period", "company", "label"):
        distinct = len({tuple(row[c] for c in (*chosen, name)) for row in rows})
        if distinct > apart:
            chosen, apart = [*chosen, name], distinct
    return chosen


def _value(resolved: Resolved, row: sqlite3.Row, facts: Facts, named: list[str]) -> Value:
    plan = resolved.plan
    terms = terms_of(plan, row, facts)
    ids = [one.id for term in terms for one in term]
    first = facts[ids[0]]
    scale = dict(plan.sides[0].factors).get(first["unit"], 1.0)
    computed = plan.operation not in ("rows", "trend") or scale != 1.0 or len(ids) > 1
    places = [int(i) for i in str(row["places"] or "").split(",") if i]
    return Value(
        label=_label(row, named, first),
        value=_clean(row["value"]),
        unit=resolved.unit or row["unit"] if plan.operation in OF_OTHER_UNIT else row["unit"],
        as_printed=None if computed else first["as_printed"],
        entity=row["entity"],
        metric=resolved.measures[0].id if resolved.measures[0].by == "ratio" else row["metric"],
        metal=row["metal"],
        period=row["period"],
        period_start=row["period_start"],
        period_end=row["period_end"],
        basis=first["basis"] if len(ids) == 1 else None,
        qualifier=first["qualifier"] if len(ids) == 1 else None,
        nature=first["nature"],
        formula=formula(resolved, terms, scale) if computed else None,
        operands=tuple(_operand(facts[i]) for i in ids) if computed else (),
        citations=() if computed else _citations(first, places, facts),
    )


def _clean(value: float) -> float:
    """The figure without the last bits that binary arithmetic leaves behind."""
    return float(f"{value:.12g}")


def _label(row: sqlite3.Row, named: list[str], first: sqlite3.Row) -> str:
    parts = []
    for name in named:
        text = row[name]
        if name == "metric" and text in lexicon().metrics:
            text = lexicon().metrics[text].name
        if text:
            parts.append(str(text))
    return " · ".join(parts) or row["entity"] or row["label"] or first["label"] or ""


def _operand(fact: sqlite3.Row) -> Value:
    value = value_of_fact(fact)
    return replace(value, label=" · ".join(p for p in (fact["entity"], value.label, fact["period"]) if p))


def _citations(first: sqlite3.Row, places: Sequence[int], facts: Facts) -> tuple[Citation, ...]:
    """The preferred place, then the others of the same filing or of others that print the same figure."""
    others = [facts[i] for i in places if i in facts and i != first["fact_id"] and facts[i]["value"] == first["value"]]
    others.sort(key=lambda f: (f["preference"], f["filing_id"], f["line"], f["column_start"]))
    return (citation(first), *(citation(f) for f in others))
