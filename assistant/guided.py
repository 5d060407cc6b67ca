"""A plan that filings give as a range: both its ends, each cited. A result that is a range is none; a plan may be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.book import Book
from assistant.cited import value_of_fact
from assistant.told import corrections_of, reading_of, said_of
from assistant.values import facts_of
from assistant.wording import say_list, say_value
from grammar.reading import Reading
from grammar.terms import Terms
from grammar.when import When

_ENDS = """
SELECT f.id, f.filing_id, f.table_number, f.row_number, f.qualifier, f.metric, f.metal, f.entity, f.value, f.unit,
       f.period, f.period_end, g.released
FROM facts AS f JOIN filings AS g ON g.id = f.filing_id
WHERE f.metric IN (SELECT value FROM json_each(:metrics)) AND f.entity IN (SELECT value FROM json_each(:names))
  AND f.nature = 'guidance range' AND (:metals IS NULL OR f.metal IN (SELECT value FROM json_each(:metals)))
ORDER BY g.released DESC, f.filing_id DESC, f.line, f.column_start, f.id
"""
_ALIKE = ("filing_id", "metric", "metal", "entity", "unit", "period")
ENDS = ("low end", "high end")
Pair = tuple[sqlite3.Row, sqlite3.Row]


def told_range(question: str, book: Book, found: Terms, reading: Reading, best: Sequence[Value]) -> Answer | None:
    """The ends of the ranges that the newest filing plans, None where there are none or a plan of one figure
    (``best``) is told later or of a later time."""
    if not reading.guidance or not _is_plain(reading):
        return None
    pairs = [pair for pair in _pairs(reading, book) if _meant(pair[0], reading.whens)]
    newest = [pair for pair in pairs if pair[0]["filing_id"] == pairs[0][0]["filing_id"]]
    latest = max((pair[0]["period_end"] or "" for pair in newest), default="")
    newest = [pair for pair in newest if reading.whens or (pair[0]["period_end"] or "") == latest]
    if not newest or _is_older(newest[0][0], best):
        return None
    facts = facts_of(book, [end["id"] for pair in newest for end in pair])
    values = tuple(_end(facts[row["id"]], said) for pair in newest for row, said in zip(pair, ENDS, strict=True))
    return Answer(
        question=question,
        status="answered",
        reading=reading_of(replace(values[0], label=values[0].label.removesuffix(f", {ENDS[0]}"))),
        verdict=say_list([(_named(low), _said(low, high)) for low, high in newest]),
        values=values,
        notes=("the filing plans a range; the low end stands first",),
        corrections=corrections_of(found),
        terms=said_of(found),
    )


def _is_plain(reading: Reading) -> bool:
    """Whether figures are asked for as they stand, in the unit that they are told in."""
    computed = reading.compute or reading.order or reading.bound or reading.trend or reading.group or reading.unit
    return bool(reading.measures) and not computed and all(m.by == "metric" for m in reading.measures)


def _pairs(reading: Reading, book: Book) -> list[Pair]:
    """The two ends of each range of what is asked, those of the newest filing first."""
    asked = {
        "metrics": json.dumps([id for m in reading.measures for id in (m.id, *m.includes)]),
        "metals": json.dumps(reading.metals) if reading.metals else None,
        "names": json.dumps([e.name for e in reading.entities] or list(reading.companies or book.companies)),
    }
    rows = book.store.run(_ENDS, asked)
    in_rows = (tuple(ends) for _, ends in groupby(rows, key=lambda r: (r["filing_id"], _place(r))))
    made = [pair for ends in in_rows for pair in _two(ends)]
    return list(
        {tuple(end["value"] for end in pair) + tuple(pair[0][n] for n in _ALIKE): pair for pair in made}.values()
    )


def _place(row: sqlite3.Row) -> tuple[object, ...]:
    """What the two ends of a range share: the row of a table; in a sentence they follow each other."""
    if row["table_number"] is not None:
        return (row["table_number"], row["row_number"], row["metal"], row["period"])
    return ("text", row["metric"], row["metal"], row["entity"])


def _two(ends: Sequence[sqlite3.Row]) -> Iterable[Pair]:
    """The ends two by two; none where they aren't alike, or not in their order."""
    for low, high in zip(ends[::2], ends[1::2], strict=False):
        if len(ends) % 2 == 0 and low["value"] <= high["value"] and all(low[n] == high[n] for n in _ALIKE):
            yield low, high


def _meant(row: sqlite3.Row, whens: Sequence[When]) -> bool:
    """Whether a range is of the time that is named; any is where none is."""
    end = row["period_end"] or ""
    return not whens or any(
        any(day.isoformat() == end for day in w.ends) or bool(w.year and not w.ends and end.startswith(str(w.year)))
        for w in whens
    )


def _is_older(row: sqlite3.Row, best: Sequence[Value]) -> bool:
    """Whether a plan of one figure is of a later time than the range, or told after it."""
    mine = (row["period_end"] or "", row["released"] or "")
    return any((v.period_end or "", v.citations[0].released or "") >= mine for v in best if v.citations)


def _end(fact: sqlite3.Row, said: str) -> Value:
    value = value_of_fact(fact)
    return replace(value, label=f"{value.label}, {said}")


def _named(row: sqlite3.Row) -> str:
    parts = (row["entity"], row["metal"], row["period"])
    return " · ".join(part for part in parts if part)


def _said(low: sqlite3.Row, high: sqlite3.Row) -> str:
    return " to ".join(say_value(end["value"], end["unit"], end["metal"]) for end in (low, high))
