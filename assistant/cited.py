"""A fact of the store as a cited Value: what ``stope cite`` prints, in the terms that answers use."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Citation, PassageQuote, Value
from db.store import Store

SEARCHED_ABOVE = 120  # lines over a figure in which the headings it stands under are looked for
FACTS = """
SELECT f.*, f.id AS fact_id, g.document, g.sha256, g.company, g.title, g.released, g.exhibit, g.form, g.filed,
       g.accession, p.type AS part_type
FROM facts AS f JOIN filings AS g ON g.id = f.filing_id
LEFT JOIN parts AS p ON p.filing_id = f.filing_id AND f.line BETWEEN p.line_start AND p.line_end
"""


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


def heading_lines(lines: Sequence[str], line: int, places: Iterable[int], headings: Iterable[str]) -> tuple[int, ...]:
    """The lines over ``line`` that head its figure, in order: its ``places`` and the nearest ones of its headings."""
    found = {place for place in places if place < line}
    for heading in headings:
        words = _words(heading)
        above = range(line - 1, max(0, line - SEARCHED_ABOVE), -1)
        found.update([number for number in above if words and _words(lines[number - 1]).startswith(words)][:1])
    return tuple(sorted(found))


def _value(store: Store, row: sqlite3.Row) -> Value:
    named = [row["entity"], row["label"]] if row["entity"] and row["entity_kind"] != "company" else [row["label"]]
    return Value(
        label=" · ".join(named),
        value=row["value"],
        unit=row["unit"],
        as_printed=row["as_printed"],
        entity=row["entity"],
        metric=row["metric"],
        metal=row["metal"],
        period=row["period"],
        period_start=row["period_start"],
        period_end=row["period_end"],
        basis=row["basis"],
        qualifier=row["qualifier"],
        nature=row["nature"],
        citations=(_citation(store, row),),
        notes=tuple(_notes(store, row)),
    )


def _citation(store: Store, row: sqlite3.Row) -> Citation:
    places = [place[0] for place in json.loads(row["places"]).get("header", ())]
    heading_path = json.loads(row["heading_path"])
    place = Citation(
        document=row["document"],
        sha256=row["sha256"],
        line=row["line"],
        line_end=row["line"],
        quote=row["as_printed"],
        column_start=row["column_start"],
        column_end=row["column_end"],
        table=row["table_title"] or None,
        row=row["label"] if row["source"] == "table" else None,
        column=row["column_heading"] or None,
        fact_id=row["fact_id"],
        heading_lines=heading_lines(store.lines(row["filing_id"]), row["line"], places, heading_path),
    )
    return _sourced(place, row, row["part_type"])


def _sourced(place: Citation, row: sqlite3.Row, part: str | None) -> Citation:
    """With what the filing says of itself; the exhibit is the document of the submission that the line stands in."""
    exhibit = row["exhibit"] if not part or part == row["exhibit"] else part if part.upper().startswith("EX") else None
    return replace(
        place,
        company=row["company"],
        title=row["title"],
        released=row["released"],
        form=row["form"],
        filed=row["filed"],
        accession=row["accession"],
        exhibit=exhibit,
    )


def _notes(store: Store, row: sqlite3.Row) -> list[str]:
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


def _words(text: str) -> str:
    return " ".join(text.lower().split())
