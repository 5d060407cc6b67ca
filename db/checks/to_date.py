"""A quarter and the year to date before it, as the filing before has it, make the year to date.

Where they don't, what was reported before may have been restated or told under other names since: nobody can say from
the figures alone, so it is told for information and is no fault.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from db.checks.across import adds
from db.checks.earlier import EARLIER
from db.checks.figure import FIELDS, Figure, figure_of
from db.checks.finding import Finding, Range, Spot, judge, relate
from db.checks.sheet import SECONDS, Sheet
from db.store import Store

KIND = "quarter + year to date before = year to date"
# What earlier filings reported of the things that this one has of the quarter; the latest filing first.
SQL = f"""
WITH own AS (
    SELECT DISTINCT metric, entity FROM facts
    WHERE filing_id = :filing AND source = 'table' AND nature = 'actual' AND metric IS NOT NULL AND entity IS NOT NULL
        AND period_start = :since AND period_end = :until
)
SELECT {FIELDS}, g.document, g.id AS earlier FROM own CROSS JOIN facts AS f INDEXED BY facts_by_metric
    ON f.metric = own.metric AND f.entity = own.entity AND f.period_end = :end AND f.period_start = :start
    AND f.source = 'table' AND f.nature = 'actual'
CROSS JOIN filings AS g ON g.id = f.filing_id
WHERE f.filing_id IN (SELECT value FROM json_each(:earlier))
ORDER BY coalesce(g.released, g.filed, g.period_end) DESC, g.id DESC, f.line, f.column_start
"""
What = tuple[object, ...]
Span = tuple[str, str]
Amounts = dict[tuple[What, Span], Figure]


def check(sheet: Sheet) -> Iterator[Finding]:
    """Each amount of which the filing prints the quarter and the year to date, and an earlier one what came before."""
    periods = {figure.period for figure in sheet.clear}
    pairs = list(_pairs({(start, end) for start, end in periods if start and end}))
    store = sheet.store
    earlier = [row["id"] for row in store.run(EARLIER, (sheet.filing_id,))] if store and pairs else []
    if not store or not earlier:
        return
    amounts = _amounts([figure for figure in sheet.clear if adds(figure.unit, figure.key)])
    for quarter, year, rest in pairs:
        document, before = _before(store, sheet.filing_id, earlier, quarter, rest)
        for (what, span), whole in amounts.items():
            added, said = amounts.get((what, quarter)), before.get((what, rest))
            if span == year and added and said:
                yield _finding(sheet, whole, added, document, said)


def _before(store: Store, filing_id: int, earlier: Sequence[int], quarter: Span, rest: Span) -> tuple[str, Amounts]:
    """The latest earlier filing that tells of the time before the quarter, and its amounts."""
    asked = {"filing": filing_id, "earlier": json.dumps(earlier)}
    asked |= {"since": quarter[0], "until": quarter[1], "start": rest[0], "end": rest[1]}
    rows = store.run(SQL, asked, SECONDS)
    figures = [figure_of(row) for row in rows if row["earlier"] == rows[0]["earlier"]]
    return str(rows[0]["document"]) if rows else "", _amounts(figures)


def _amounts(figures: Sequence[Figure]) -> Amounts:
    """By what it is and its time, each amount that has one value, as exactly as it is printed."""
    groups: dict[tuple[What, Span], list[Figure]] = defaultdict(list)
    for figure in figures:
        start, end = figure.period
        if figure.metric and figure.entity and start and end:
            what = (figure.metric, figure.metal, figure.entity, figure.unit, figure.basis, figure.key)
            groups[what, (start, end)].append(figure)
    found = {what: min(several, key=lambda figure: figure.half) for what, several in groups.items()}
    return {what: one for what, one in found.items() if all(_same(one, other) for other in groups[what])}


def _same(one: Figure, other: Figure) -> bool:
    return judge(Range.of(one), other) != "NO"


def _pairs(spans: set[Span]) -> Iterator[tuple[Span, Span, Span]]:
    """Each quarter with the year to date that ends with it, and the part of the year before it."""
    for start, end in sorted(spans):
        for first, last in sorted(spans):
            if last == end and first < start:
                yield (start, end), (first, last), (first, _day_before(start))


@lru_cache(256)
def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def _finding(sheet: Sheet, whole: Figure, added: Figure, document: str, before: Figure) -> Finding:
    made = Range.of(added) + Range.of(before)
    words = f"the quarter (line {added.line}) and what {document} has for the time before it make"
    finding = relate(KIND, sheet.document, made, whole, [added], words, loose=True)
    return finding._replace(origins=(*finding.origins, Spot(document, before.line, before.id)))
