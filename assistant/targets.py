"""The spans of time that a question asks to have put together: where each begins and ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.span import merged
from assistant.splicing import MONTHS, Piece, Target, first_day, span_name, whole_months
from grammar.periods import month_end, shift_months
from grammar.ranges import LAST_YEAR
from grammar.when import BACK, When

YEAR = 12


class Calendar:
    """The days that printed periods end on, and the month that the company's years end in."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.ends = sorted({piece.last for piece in pieces})
        self.last_month = _year_end(pieces)

    def latest(self, year: int | None = None, month: int | None = None) -> dt.date | None:
        """The last of the days, of one year or month where that is given."""
        fitting = [d for d in self.ends if year in (None, d.year) and month in (None, d.month)]
        return max(fitting, default=None)

    def so_far(self, end: dt.date) -> int:
        """How many months of its year are over on a day."""
        return (end.month - self.last_month - 1) % YEAR + 1

    def year(self, number: int) -> dt.date:
        """The last day of a year."""
        return month_end(number, self.last_month)


def _year_end(pieces: Sequence[Piece]) -> int:
    """The month that years end in, told by what is printed: whole years, else what nine and six months lead to."""
    for kind, rest in (("year", 0), ("nine_months", 3), ("half", 6)):
        months = {shift_months(piece.last, rest).month for piece in pieces if piece.key[1] == kind}
        if len(months) == 1:
            return months.pop()
    return YEAR


def targets(whens: Sequence[When], calendar: Calendar, *, each_year: bool = False) -> list[Target] | When:
    """The spans asked for in their order, or the period that none of them can be told from.

    A range of years is one span, with ``each_year`` a span a year.
    """
    made: list[Target] = []
    named = [w for w in merged(whens) if not w.release]
    for when in sorted(named, key=lambda w: w.relative in BACK):
        found = list(_of_range(when, calendar, each_year) if when.until else _of(when, calendar, made))
        if not found:
            return when
        made += found
    told_from = [w for w in named if w.relative in BACK]
    return made[1:] if told_from and len(made) > 1 and not any(w.exact for w in named) else made


def _of(when: When, calendar: Calendar, before: Sequence[Target]) -> Iterator[Target]:
    if when.first is not None:
        yield _target(when.first, when.ends[0])
    elif when.relative in ("all", "any") and when.run:
        yield from (_spanning(when, day, calendar) for day in reversed(calendar.ends))
    elif (end := _end(when, calendar, before)) is not None:
        yield _spanning(when, end, calendar)


def _of_range(when: When, calendar: Calendar, each_year: bool) -> Iterator[Target]:
    latest = calendar.latest()
    if when.year is None or when.until is None or latest is None:
        return
    final = calendar.year(latest.year if when.until == LAST_YEAR else when.until)
    last = latest if when.until == LAST_YEAR and not each_year else final
    if each_year:
        for number in range(last.year, when.year - 1, -1):
            yield _target(first_day(calendar.year(number), YEAR), calendar.year(number))
    elif last.year >= when.year:
        yield _target(first_day(calendar.year(when.year), YEAR), last)


def _end(when: When, calendar: Calendar, before: Sequence[Target]) -> dt.date | None:
    """The day that a span ends on: named, told from another span, or the latest there is."""
    if when.ends:
        return whole_months(when.ends[0])
    if when.relative in BACK:
        base = before[0].last if before else calendar.latest()
        return shift_months(base, -BACK[when.relative]) if base else None
    if when.quarter or when.month:
        return calendar.latest(when.year, when.month or 3 * (when.quarter or 1))
    if when.year:
        return calendar.latest(when.year) if when.run == "to_date" else calendar.year(when.year)
    return calendar.latest() if when.relative == "latest" else None


def _spanning(when: When, end: dt.date, calendar: Calendar) -> Target:
    months = YEAR
    if when.run == "to_date":
        months = calendar.so_far(end)
    elif not when.run and when.kinds and when.kinds[0] in MONTHS:
        months = MONTHS[when.kinds[0]]
    return _target(first_day(end, months), end)


def _target(first: dt.date, last: dt.date) -> Target:
    return Target(first, last, span_name(first, last))


def before(target: Target, months: int = YEAR) -> Target:
    """The same span so many months earlier."""
    last = shift_months(target.last, -months)
    return _target(first_day(last, _months(target)), last)


def _months(target: Target) -> int:
    return YEAR * (target.last.year - target.first.year) + target.last.month - target.first.month + 1


def quarters(target: Target) -> list[Target]:
    """The quarters of a span, the latest first."""
    count = _months(target) // MONTHS["quarter"]
    ends = [shift_months(target.last, -MONTHS["quarter"] * number) for number in range(count)]
    return [_target(first_day(end, MONTHS["quarter"]), end) for end in ends]


def overlap(spans: Sequence[Target]) -> bool:
    """Whether two of the spans share days."""
    ordered = sorted(spans, key=lambda t: t.first)
    return any(a.last >= b.first for a, b in pairwise(ordered))
