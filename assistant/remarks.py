"""What belongs beside a figure: its footnotes and basis, the sentences that say the same, what was reported before.

A figure alone can mislead: a non-GAAP measure, a share of a joint venture, a number that a later filing restated.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Value
from assistant.book import Book
from assistant.cited import CITED, citation, footnotes
from assistant.formulas import Facts
from assistant.values import facts_of
from assistant.wording import say_value
from grammar.figures import as_seen
from grammar.periods import MONTHS_OF

MOST_REMARKED = 6  # values of one answer; a long list is read as a list
MOST_INPUTS = 16  # figures that those were computed from: four years of quarters
UNSCALED = "the table states no scale: the figure is as it is printed"
SCALES = {1_000: "thousands", 1_000_000: "millions"}
LOOSE = {
    "about": 0.05,
    "nearly": 0.05,
    "almost": 0.05,
    "approximately": 0.05,
    "approximate": 0.05,
    "more than": 0.05,
    "over": 0.05,
    "less than": 0.05,
}
_SAME = f"""
SELECT {CITED} FROM facts AS f JOIN filings AS g ON g.id = f.filing_id
WHERE f.metric = :metric AND f.entity = :entity AND f.period_end = :end AND f.period_kind = :kind
  AND g.company IS :company
  AND f.nature = 'actual' AND (f.metal IS :metal OR f.metal IS NULL)
ORDER BY f.source, f.preference, f.filing_id, f.line, f.column_start
"""


def remarked(values: Sequence[Value], book: Book) -> tuple[Value, ...]:
    """The values with the sentences that print the same among their citations, and their notes."""
    read = [v for v in values if v.citations and v.citations[0].fact_id is not None][:MOST_REMARKED]
    operands = [o for v in values[:MOST_REMARKED] for o in v.operands][:MOST_INPUTS]
    ids = [c.fact_id for v in (*read, *operands) for c in v.citations[:1] if c.fact_id is not None]
    facts = facts_of(book, ids) if ids else {}
    return tuple(_remarked(v, facts, book) for v in values)


def cited_facts(values: Sequence[Value]) -> list[int]:
    """The facts that the first values of an answer rest on, those of what they are computed from among them."""
    first = [cited for v in values[:MOST_REMARKED] for cited in (v, *v.operands[:MOST_INPUTS])]
    return [c.fact_id for cited in first for c in cited.citations if c.fact_id is not None]


def _remarked(value: Value, rows: Facts, book: Book) -> Value:
    if value.operands:
        return replace(value, operands=tuple(_operand(o, rows, book) for o in value.operands))
    fact = _fact(value, rows)
    if fact is None:
        return value
    same = _same(fact, book)
    agreeing = [row for row in same if row["source"] == "text" and agrees(row, fact)]
    known = {c.fact_id for c in value.citations}
    more = tuple(citation(row) for row in agreeing if row["fact_id"] not in known)
    noted = _noted(value, rows, book)
    return replace(noted, citations=(*value.citations, *more), notes=(*noted.notes, *_restated(fact, same)))


def _operand(value: Value, rows: Facts, book: Book) -> Value:
    """A figure that another is computed from, with what was reported for it before."""
    fact, noted = _fact(value, rows), _noted(value, rows, book)
    return noted if fact is None else replace(noted, notes=(*noted.notes, *_restated(fact, _same(fact, book))))


def _noted(value: Value, facts: Facts, book: Book) -> Value:
    fact = _fact(value, facts)
    if fact is None:
        return value
    nil = [f"printed {as_seen(fact['as_printed'])!r}, which stands for nil"] if fact["nil"] else []
    bare = [UNSCALED] if _is_unscaled(fact) else _scale_told(fact)
    return replace(value, notes=(*value.notes, *nil, *bare, *footnotes(book.store, fact)))


def _is_unscaled(fact: sqlite3.Row) -> bool:
    """Whether an amount of money stands in whole dollars in a table that says nothing of thousands."""
    whole = fact["unit"] == "USD" and "." not in fact["as_printed"] and not fact["nil"]
    return bool(whole and fact["source"] == "table" and float(fact["scale"] or 1) == 1)


def _scale_told(fact: sqlite3.Row) -> list[str]:
    """Which sentence tells what the amounts of a table without a scale are counted by, if one does."""
    if fact["source"] != "table" or '"sentence"' not in fact["places"]:
        return []
    line = json.loads(fact["places"])["sentence"][0][0]
    return [f"the table states no scale: that its amounts are in {SCALES[fact['scale']]} is told by line {line}"]


def _fact(value: Value, facts: Facts) -> sqlite3.Row | None:
    id = value.citations[0].fact_id if value.citations else None
    return facts.get(id) if id is not None else None


def _same(fact: sqlite3.Row, book: Book) -> list[sqlite3.Row]:
    """Every place of the company's filings that prints the measure of the same entity, period and metal.

    A mine of another company may have the same name, or have been the other's before.
    """
    if not (fact["metric"] and fact["entity"] and fact["period_end"]):
        return []
    kind = "instant" if fact["period_start"] is None else _kind(fact)
    asked = {
        "metric": fact["metric"],
        "entity": fact["entity"],
        "end": fact["period_end"],
        "kind": kind,
        "metal": fact["metal"],
        "company": fact["company"],
    }
    return book.store.run(_SAME, asked)


def _kind(fact: sqlite3.Row) -> str:
    years = int(fact["period_end"][:4]) - int(fact["period_start"][:4])
    months = 12 * years + int(fact["period_end"][5:7]) - int(fact["period_start"][5:7]) + 1
    return MONTHS_OF.get(months, MONTHS_OF.get(months - 1, "other"))


def agrees(said: sqlite3.Row, fact: sqlite3.Row) -> bool:
    """Whether a rounded figure is the other one within half of its last digit, or within what "about" allows."""
    if said["unit"] != fact["unit"]:
        return False
    gap = abs(said["value"] - fact["value"])
    return bool(gap <= half_digit(said) or gap <= LOOSE.get(said["qualifier"] or "", 0.0) * abs(fact["value"]))


def half_digit(fact: sqlite3.Row) -> float:
    """Half of the last digit that is printed, in the fact's unit."""
    number = re.search(r"\d[\d,]*(?:\.(\d+))?", as_seen(fact["as_printed"]))
    decimals = len(number.group(1) or "") if number else 0
    cents = 0.01 if "cent" in fact["as_printed"].lower() else 1.0
    return 0.5 * float(10**-decimals) * float(fact["scale"] or 1) * cents + 1e-9


def _restated(fact: sqlite3.Row, same: Sequence[sqlite3.Row]) -> Iterator[str]:
    """What an earlier filing's table, or the column beside, gives as reported before, where it isn't the same."""
    for row in same:
        same_unit = row["source"] == "table" and row["unit"] == fact["unit"]
        before = _is_replaced(row, fact) if row["filing_id"] == fact["filing_id"] else _is_earlier(row, fact)
        if before and same_unit and abs(row["value"] - fact["value"]) > half_digit(row) + half_digit(fact):
            said = say_value(row["value"], row["unit"])
            yield f"reported before as {said} ({row['document']} line {row['line']}, released {row['released']})"
            return


def _is_earlier(row: sqlite3.Row, fact: sqlite3.Row) -> bool:
    return (row["released"] or "") < (fact["released"] or "")


def _is_replaced(row: sqlite3.Row, fact: sqlite3.Row) -> bool:
    """Whether one filing gives both, one of them as restated and the other as it was reported."""
    return "restated" in (fact["basis"] or "") and "reported" in (row["basis"] or "")
