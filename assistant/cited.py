"""A fact of the store as a cited Value: what ``stope cite`` prints, in the terms that answers use."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from assistant.answer import Citation, PassageQuote, Value
from db.store import Store
from grammar.lexicon import lexicon

# What a citation needs of a fact f and its filing g: the type of its part is the exhibit of a full submission.
CITED = """
f.id AS fact_id, f.filing_id, g.document, g.sha256, g.company, g.title, g.released, g.exhibit, g.accession, g.form,
g.filed, f.line, f.column_start, f.column_end, f.as_printed, f.value, f.unit, f.table_title, f.table_number, f.label,
f.column_heading, f.metric, f.metal, f.entity, f.entity_kind, f.basis, f.period, f.period_start, f.period_end,
f.period_kind, f.qualifier, f.nature, f.source, f.scale, f.notes, f.nil, f.preference, f.places, f.heading_path,
(SELECT p.type FROM parts AS p WHERE p.filing_id = f.filing_id AND f.line BETWEEN p.line_start AND p.line_end)
AS part_type
"""
FACTS = f"SELECT {CITED} FROM facts AS f JOIN filings AS g ON g.id = f.filing_id"


def fact_by_id(store: Store, fact_id: int) -> Value | None:
    """The fact of that id; None where there is none."""
    rows = store.run(f"{FACTS} WHERE f.id = ?", (fact_id,))
    return _value(store, rows[0]) if rows else None


def facts_on(store: Store, filing_id: int, first: int, last: int) -> list[Value]:
    """The facts of those lines, in their order."""
    order = "ORDER BY f.line, f.column_start"
    rows = store.run(f"{FACTS} WHERE f.filing_id = ? AND f.line BETWEEN ? AND ? {order}", (filing_id, first, last))
    return [_value(store, row) for row in rows]


def quoted(
    store: Store, filing: sqlite3.Row, first: int, last: int, columns: tuple[int, int] | None = None
) -> PassageQuote:
    """Those lines (of one line those columns) as a quotation; ``filing`` is a row of ``Store.filings``."""
    lines = store.lines(filing["id"])[first - 1 : last]
    start, end = columns or (None, None)
    text = lines[0][start:end] if columns and len(lines) == 1 else "\n".join(line.rstrip() for line in lines)
    types = store.run(
        "SELECT type FROM parts WHERE filing_id = ? AND ? BETWEEN line_start AND line_end", (filing["id"], first)
    )
    place = Citation(filing["document"], filing["sha256"], first, last, text, start, end)
    return PassageQuote(" ".join(text.split()), (_sourced(place, filing, types[0]["type"] if types else None),))


def citation(fact: sqlite3.Row) -> Citation:
    """Where a fact stands; ``fact`` has the columns of ``CITED``."""
    places: dict[str, list[list[int]]] = json.loads(fact["places"])
    above = {each[0] for part in ("header", "label") for each in places.get(part, ())}
    return Citation(
        document=fact["document"],
        sha256=fact["sha256"],
        line=fact["line"],
        line_end=fact["line"],
        quote=fact["as_printed"],
        column_start=fact["column_start"],
        column_end=fact["column_end"],
        table=fact["table_title"] or None,
        row=fact["label"] if fact["source"] == "table" else None,
        column=fact["column_heading"] or None,
        company=fact["company"],
        title=fact["title"],
        released=fact["released"],
        exhibit=_exhibit(fact, fact["part_type"]),
        accession=fact["accession"],
        form=fact["form"],
        filed=fact["filed"],
        fact_id=fact["fact_id"],
        heading_lines=tuple(sorted(above - {fact["line"]})),
        headings=tuple(json.loads(fact["heading_path"])),
    )


def value_of_fact(fact: sqlite3.Row) -> Value:
    """A fact as a value of its own, as computed values cite their inputs."""
    metric = lexicon().metrics.get(fact["metric"] or "")
    return Value(
        label=fact["label"] or (metric.name if metric else ""),
        value=fact["value"],
        unit=fact["unit"],
        as_printed=fact["as_printed"],
        entity=fact["entity"],
        metric=fact["metric"],
        metal=fact["metal"],
        period=fact["period"],
        period_start=fact["period_start"],
        period_end=fact["period_end"],
        basis=fact["basis"],
        qualifier=fact["qualifier"],
        nature=fact["nature"],
        citations=(citation(fact),),
    )


def _value(store: Store, row: sqlite3.Row) -> Value:
    named = [row["entity"], row["label"]] if row["entity"] and row["entity_kind"] != "company" else [row["label"]]
    return replace(value_of_fact(row), label=" · ".join(named), notes=tuple(footnotes(store, row)))


def _sourced(place: Citation, row: sqlite3.Row, part: str | None) -> Citation:
    """With what the filing says of itself."""
    return replace(
        place,
        company=row["company"],
        title=row["title"],
        released=row["released"],
        form=row["form"],
        filed=row["filed"],
        accession=row["accession"],
        exhibit=_exhibit(row, part),
    )


def _exhibit(row: sqlite3.Row, part: str | None) -> str | None:
    """The exhibit of a filing; of a submission the type of the document that the line stands in."""
    exhibit: str | None = row["exhibit"]
    return exhibit if not part or part == exhibit else part if part.upper().startswith("EX") else None


def footnotes(store: Store, row: sqlite3.Row) -> list[str]:
    """The footnotes that the figure's marks point to, of its own table first."""
    texts = []
    for mark in json.loads(row["notes"]):
        found = store.run(
            "SELECT text FROM notes WHERE filing_id = ? AND mark = ? AND (table_number IS ? OR table_number IS NULL)"
            " ORDER BY table_number IS NULL LIMIT 1",
            (row["filing_id"], mark, row["table_number"]),
        )
        texts += [note["text"] for note in found]
    return texts
