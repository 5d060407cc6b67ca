"""Periods that no filing prints for a measure, put together out of those that do.

What is printed is a road from the day a period begins to the day it ends; a period that is asked for is a way along
such roads. It may begin with a longer period less what lies before the one asked for: a fourth quarter is the year
less nine months, twelve months are the year, and what is later, less the same of the year before. No way with a gap in
it is one: what is missing is told instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.cover import Cover
from assistant.span import NEAR, Key
from assistant.wording import say_names
from grammar.lexicon import lexicon
from grammar.periods import day_name, duration, month_end, shift_months
from grammar.records import record
from grammar.translate import Spliced
from grammar.units import units

MONTHS = {"quarter": 3, "half": 6, "nine_months": 9, "year": 12}
ADDED = (
    "mass",
    "money",
)  # kinds of units whose figures of one quarter and the next add up; money may name its currency
DAY = dt.timedelta(days=1)
MOST_IN_A_ROW = 3
Series = tuple[str | None, str | None, str | None, str | None]  # metric, entity, metal, company


@record
class Target:
    """A period that is asked for, its first and last day those of calendar months; ``name`` is how it is told."""

    first: dt.date
    last: dt.date
    name: str


@record
class Piece:
    """A period that is printed, as its days would be if no year had 52 weeks; ``key`` is how the store knows it."""

    first: dt.date
    last: dt.date
    key: Key

    @property
    def name(self) -> str:
        """What the store calls it."""
        return duration(self.last, MONTHS[self.key[1]]).label


Way = tuple[tuple[Piece, int], ...]  # pieces with 1 where they are added, -1 where they are taken off


@record
class Splice:
    """The way that a target is put together, and what keeps series from going it: (whose, missing quarters' ends)."""

    target: Target
    way: Way
    lacking: tuple[tuple[str, tuple[dt.date, ...]], ...] = ()

    @property
    def spliced(self) -> Spliced:
        """As a query takes it."""
        parts = tuple((*piece.key, sign) for piece, sign in self.way)
        return Spliced(self.target.name, self.target.first.isoformat(), parts)

    @property
    def said(self) -> str:
        """How it is put together, in words; '' where it is printed as it is."""
        if len(self.way) < 2:
            return ""
        plus = say_names([piece.name for piece, sign in self.way if sign > 0])
        minus = say_names([piece.name for piece, sign in self.way if sign < 0])
        if minus:
            return f"{self.target.name} is {plus} less {minus}"
        return f"{self.target.name} is the sum of {plus}"


def adds_up(metric: str | None, unit: str) -> bool:
    """Whether figures of a metric add up over time: amounts of a period do; balances, rates and averages don't."""
    known = lexicon().metrics.get(metric or "")
    kind = units()[unit].kind.split() if unit in units() else []
    return known is not None and known.kind == "duration" and kind[:1] in ([k] for k in ADDED) and "per" not in kind


def pieces_of(covers: Sequence[Cover]) -> dict[Series, list[Piece]]:
    """The periods printed of each measure, entity and metal; of two that are the same months the one printed last."""
    found: dict[Series, dict[tuple[dt.date, dt.date], tuple[str, Piece]]] = {}
    for c in covers:
        if c.end is None or c.kind not in MONTHS:
            continue
        piece = _piece((c.end, c.kind))
        series = found.setdefault((c.metric, c.entity, c.metal, c.company), {})
        known = series.get((piece.first, piece.last))
        if known is None or known[0] <= (c.released or ""):
            series[piece.first, piece.last] = (c.released or "", piece)
    return {series: [piece for _, piece in pieces.values()] for series, pieces in found.items()}


def _piece(key: Key) -> Piece:
    end = whole_months(dt.date.fromisoformat(key[0]))
    return Piece(first_day(end, MONTHS[key[1]]), end, key)


def whole_months(day: dt.date) -> dt.date:
    """The end of the month that a day is meant for: a year of 52 weeks ends some days off."""
    this = month_end(day.year, day.month)
    ends = (this, shift_months(this, -1))
    return next((end for end in ends if abs(end - day) <= NEAR), day)


def first_day(last: dt.date, months: int) -> dt.date:
    """The first of the ``months`` that end with the day ``last``."""
    return shift_months(last, -months) + DAY


def splice(target: Target, series: dict[Series, list[Piece]], *, printed: bool = False) -> Splice | None:
    """The way that most series can go to the target, the first and shortest of those; None where none has any.

    ``printed``: only as it is printed, since the figures are none that add up.
    """
    find = _whole if printed else _way
    ways = dict.fromkeys(way for pieces in series.values() if (way := find(target, pieces)))
    if not ways:
        return None
    held = {name: {piece.key for piece in pieces} for name, pieces in series.items()}
    goes = {way: [name for name, keys in held.items() if {p.key for p, _ in way} <= keys] for way in ways}
    best = max(ways, key=lambda way: (len(goes[way]), -len(way)))
    left = (name for name in series if name not in goes[best] and _touches(target, series[name]))
    lacking = {name[1] or "": tuple(missing_quarters(target, series[name])) for name in left}
    for name in goes[best]:
        lacking.pop(name[1] or "", None)
    return Splice(target, best, tuple(lacking.items()))


def missing_quarters(target: Target, pieces: Sequence[Piece]) -> list[dt.date]:
    """The last days of a target's quarters that no piece inside it covers, oldest first."""
    inside = [p for p in pieces if target.first <= p.first and p.last <= target.last]
    found, last = [], target.first - DAY
    while last < target.last:
        first, last = last + DAY, shift_months(last, MONTHS["quarter"])
        if not any(p.first <= first and last <= p.last for p in inside):
            found.append(last)
    return found


def say_quarters(ends: Sequence[dt.date]) -> tuple[str, ...]:
    """The quarters by name, more than three in a row as ``Q1 2003 to Q4 2004``."""
    rows: list[list[dt.date]] = []
    for end in ends:
        if rows and shift_months(rows[-1][-1], MONTHS["quarter"]) == end:
            rows[-1].append(end)
        else:
            rows.append([end])
    named = [[duration(end, MONTHS["quarter"]).label for end in row] for row in rows]
    return tuple(name for row in named for name in (row if len(row) <= MOST_IN_A_ROW else [f"{row[0]} to {row[-1]}"]))


def _touches(target: Target, pieces: Sequence[Piece]) -> bool:
    return any(p.first <= target.last and target.first <= p.last for p in pieces)


def _whole(target: Target, pieces: Sequence[Piece]) -> Way | None:
    return next((((p, 1),) for p in pieces if (p.first, p.last) == (target.first, target.last)), None)


def _way(target: Target, pieces: Sequence[Piece]) -> Way | None:
    """The best way to a target: printed as it is, its quarters, the fewest periods, a longer one less its beginning."""
    whole = _whole(target, pieces)
    if whole:
        return whole
    quarters = [p for p in pieces if p.key[1] == "quarter"] if shift_months(target.first, 12) > target.last else []
    forward = _road(target.first, target.last, quarters) or _road(target.first, target.last, pieces)
    return tuple((piece, 1) for piece in forward) if forward else _less(target, pieces) or _of_longer(target, pieces)


def _of_longer(target: Target, pieces: Sequence[Piece]) -> Way | None:
    """A period that begins with the target, less what of it lies after: half a year less its second quarter."""
    ways: list[Way] = []
    for piece in pieces:
        after = _road(target.last + DAY, piece.last, pieces) if target.last < piece.last else None
        if after and piece.first == target.first:
            ways.append(((piece, 1), *((p, -1) for p in after)))
    return min(ways, key=len, default=None)


def _less(target: Target, pieces: Sequence[Piece]) -> Way | None:
    """A period that begins before the target, with what follows on it, less what of it lies before the target."""
    ways: list[Way] = []
    for piece in pieces:
        if piece.first < target.first <= piece.last <= target.last:
            rest = _road(piece.last + DAY, target.last, pieces)
            before = _road(piece.first, target.first - DAY, pieces)
            if rest is not None and before:
                ways.append(((piece, 1), *((p, 1) for p in rest), *((p, -1) for p in before)))
    return min(ways, key=len, default=None)


def _road(first: dt.date, last: dt.date, pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """The fewest periods that follow on each other from one day to another; None where there is a gap."""
    roads: dict[dt.date, tuple[Piece, ...]] = {first: ()}
    ahead = [first]
    while ahead:
        day = ahead.pop(0)
        if day > last:
            return roads[day]
        for piece in pieces:
            if piece.first == day and piece.last <= last and piece.last + DAY not in roads:
                roads[piece.last + DAY] = (*roads[day], piece)
                ahead.append(piece.last + DAY)
    return None


def span_name(first: dt.date, last: dt.date) -> str:
    """What a span is called: as a filing's period where it is one, years and quarters by their first and last."""
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    if months in MONTHS.values() and (months != MONTHS["year"] or last.month == 12):
        return duration(last, months).label
    if months == MONTHS["year"]:
        return f"twelve months to {day_name(last)}"
    if months % 12 == 0 and last.month == 12:
        return f"{first.year} to {last.year}"
    return f"{duration(shift_months(first, 3) - DAY, 3).label} to {duration(last, 3).label}"
