"""What a filing prints for an earlier period is what was reported then; where it isn't, the figure was restated."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from db.checks.figure import FIELDS, Figure, figure_of
from db.checks.finding import Finding, Range, Spot, judge, relate
from db.checks.sheet import SECONDS, Sheet

KIND = "as reported before"
What = tuple[object, ...]
SCALES = (1e3, 1e6, 1e-3, 1e-6)
FAR = 100  # times: no restatement goes so far
# Each thing that the filing tells is looked up once; CROSS JOIN keeps SQLite from going through whole filings for it.
# The text is the same for every filing, so that it is compiled once.
SQL = f"""
WITH own AS (
    SELECT DISTINCT metric, metal, entity, unit, period_start, period_end FROM facts
    WHERE filing_id = :filing AND source = 'table' AND nature = 'actual' AND metric IS NOT NULL AND entity IS NOT NULL
)
SELECT {FIELDS}, g.document FROM own CROSS JOIN facts AS f INDEXED BY facts_by_metric
    ON f.metric = own.metric AND f.entity = own.entity AND f.period_end = own.period_end
    AND f.period_start IS own.period_start AND f.metal IS own.metal AND f.unit = own.unit
    AND f.source = 'table' AND f.nature = 'actual'
CROSS JOIN filings AS g ON g.id = f.filing_id
WHERE f.filing_id IN (SELECT value FROM json_each(:earlier))
"""
EARLIER = """
SELECT g.id FROM filings AS h JOIN filings AS g ON g.company = h.company
WHERE h.id = ? AND coalesce(g.released, g.filed, g.period_end) < coalesce(h.released, h.filed, h.period_end)
"""


def check(sheet: Sheet) -> Iterator[Finding]:
    """Each figure that an earlier filing of the company printed too; the one reported first is what was reported."""
    store = sheet.store
    before = [row["id"] for row in store.run(EARLIER, (sheet.filing_id,))] if store else []
    if not store or not before:
        return
    asked = {"filing": sheet.filing_id, "earlier": json.dumps(before)}
    reported: dict[What, list[tuple[str, Figure]]] = defaultdict(list)
    for row in store.run(SQL, asked, SECONDS):
        figure = figure_of(row)
        reported[_what(figure)].append((_document(row), figure))
    if not reported:
        return
    printed: dict[What, list[Figure]] = defaultdict(list)
    for figure in sheet.clear:
        what = _what(figure)
        if what in reported:
            printed[what].append(figure)
    for what, figures in printed.items():
        yield _finding(sheet, figures, reported[what])


def _document(row: sqlite3.Row) -> str:
    return str(row["document"])


_what: Callable[[Figure], What] = attrgetter("metric", "metal", "entity", "unit", "period")


def _finding(sheet: Sheet, figures: Sequence[Figure], reported: Sequence[tuple[str, Figure]]) -> Finding:
    """Any place of either filing that agrees settles it; else the most exact places are told."""
    pairs = [(document, before, now) for now in figures for document, before in reported]
    agreeing = (pair for pair in pairs if judge(Range.of(pair[1]), pair[2]) != "NO")
    exact = min(pairs, key=lambda pair: (pair[2].half, pair[1].half))
    document, before, now = next(agreeing, exact)
    several = len({figure.value for _, figure in reported}) > 1 and len(figures) > 1
    words = f"in {document} was reported"
    loose = several or before.key != now.key or _is_scaled(before, now)
    finding = relate(KIND, sheet.document, Range.of(before), now, [], words, loose)
    return _with_source(finding, Spot(document, before.line, before.id))


def _is_scaled(before: Figure, now: Figure) -> bool:
    """Whether one filing doesn't say its scale: the same digits at two, or a hundred times as much at another."""
    if any(judge(Range.of(before) * Range(factor, factor, factor), now) != "NO" for factor in SCALES):
        return True
    small, large = sorted((abs(before.value), abs(now.value)))
    return before.scale != now.scale and large > FAR * small


def _with_source(finding: Finding, source: Spot) -> Finding:
    told = finding.explanation.replace("rounding does not explain it", "it was restated")
    return finding._replace(origins=(source,), because=told, plain=True)
