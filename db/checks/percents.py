"""Printed changes in per cent are those of the two columns that they compare.

No heading says for sure which two. The pair that most rows of the table agree with is the one, in its order; where no
pair has most of them, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from db.checks.figure import Figure
from db.checks.finding import TINY, Finding, Range, Verdict, relate
from db.checks.sheet import Sheet
from grammar.records import record

KIND = "change in per cent"
EVIDENCE = 4  # rows that hold for each that doesn't, before that one is a fault
LEAST = 3  # rows that must hold to know what is compared
ONE = 1.0  # per cent: changes below are alike for many pairs of columns


@record
class Row:
    """One printed change and the other figures of its row, by column."""

    change: Figure
    cells: dict[int, Figure]


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every change in per cent beside the two figures that it is of."""
    columns: dict[tuple[int, int], list[Figure]] = {}
    for change in sheet.changes:
        if change.table is not None:
            columns.setdefault((change.table, change.column), []).append(change)
    for (table, _), changes in columns.items():
        rows = [Row(change, _cells(sheet, table, change)) for change in changes]
        pair = _pair(rows)
        if pair:
            yield from _findings(sheet, rows, *pair)


def _cells(sheet: Sheet, table: int, change: Figure) -> dict[int, Figure]:
    """The row's own amounts; a row may print several, of other labels."""
    row = [figure for figure in sheet.rows.get((table, change.row), ()) if figure.label == change.label]
    return {figure.column: figure for figure in row}


def _pair(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The later and the earlier column that most rows compare, None where it is not clear."""
    columns = sorted({column for row in rows for column in row.cells})
    scores = {pair: _score(rows, *pair) for pair in permutations(columns, 2)}
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or scores[best] < LEAST:
        return None
    return best if sum(score == scores[best] for score in scores.values()) == 1 else None


def _score(rows: Sequence[Row], now: int, then: int) -> int:
    score = 0
    for row in rows:
        made = _made(row, now, then)
        if made:
            holds = _judge(made, row.change) != "NO"
            score += (abs(made.mid) >= ONE) if holds else -1
    return score


def _made(row: Row, now: int, then: int) -> Range | None:
    """The change from one figure to another; None from nothing, from or to less than nothing, or in another unit.

    What a loss grew by is printed in either sign.
    """
    one, other = row.cells.get(now), row.cells.get(then)
    if not one or not other or one.unit != other.unit or one.unit == "%" or other.low <= 0 or one.value < 0:
        return None
    made = Range.of(one) / Range.of(other)
    return Range(*[(part - 1) * 100 for part in (made.low, made.mid, made.high)])


def _judge(made: Range, printed: Figure) -> Verdict:
    """As figures are judged, but a change that is cut off after its last digit is rounded too."""
    gap = abs(made.mid - printed.value)
    if gap <= printed.half + TINY * abs(made.mid):
        return "holds"
    step = 2 * printed.half
    return "within rounding" if made.low - step <= printed.value <= made.high + step else "NO"


def _findings(sheet: Sheet, rows: Sequence[Row], now: int, then: int) -> Iterator[Finding]:
    found = [(row, made, _judge(made, row.change)) for row in rows if (made := _made(row, now, then))]
    failing = sum(verdict == "NO" for _, _, verdict in found)
    sure = len(found) - failing >= EVIDENCE * failing
    for row, made, verdict in found:
        sources = [row.cells[now], row.cells[then]]
        words = "the two columns make a change of"
        yield relate(KIND, sheet.document, made, row.change, sources, words, not sure, verdict)
