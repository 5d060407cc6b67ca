"""A question that was answered, and the periods of a follow-up that are told from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Value
from grammar.periods import month_end, shift_months
from grammar.reading import Reading
from grammar.records import record
from grammar.when import When

SAME_SPAN = re.compile(
    r"\b(?:same|that)\s+(?:quarter|qtr|period|half|span|three months|six months|nine months)\b"
    r"|\bquarter\s+(?:of|in)\s+(?:19|20)\d\d\b",
    re.I,
)


@record
class Turn:
    """A question that was answered: how it was read, and the figures that it got."""

    question: str
    reading: Reading
    values: tuple[Value, ...] = ()
    before: Turn | None = None

    @property
    def whens(self) -> tuple[When, ...]:
        """Its periods, named ones as they were named, an assumed one as the day that was chosen."""
        if self.reading.whens and not any(w.relative and not (w.run or w.until) for w in self.reading.whens):
            return self.reading.whens
        found = [o for v in self.values for o in (v.operands or (v,)) if o.period_end]
        keys = dict.fromkeys((o.period_end or "", o.period or "", o.period_start) for o in found)
        return tuple(
            When(
                0,
                0,
                name,
                ends=(dt.date.fromisoformat(end),),
                kinds=("instant",) if start is None else ("quarter", "year", "half", "nine_months"),
            )
            for end, name, start in keys
        )


def same_span(reading: Reading, turn: Turn) -> Reading:
    """ "The same quarter of 2004": the span that the turn was about, in the year that is named."""
    exact = [w for w in turn.whens if w.ends]
    if len(exact) != 1 or len(reading.whens) != 1 or not _is_bare_year(reading.whens[0]):
        return reading
    day, when = exact[0].ends[0], reading.whens[0]
    moved = shift_months(day, 12 * ((when.year or day.year) - day.year))
    return replace(reading, whens=(replace(exact[0], said=f"{when.said}, the same span", ends=(moved,)),))


def _is_bare_year(when: When) -> bool:
    return bool(when.year) and not (when.ends or when.kinds or when.relative or when.release or when.until)


def in_its_year(whens: Sequence[When], turn: Turn) -> tuple[When, ...]:
    """A quarter or half without a year in the year that the turn named: after "Q1 2003", "and Q3?" is that of 2003."""
    named = [w for w in turn.reading.whens if w.ends and not w.relative and not w.run]
    if len(named) != 1:
        return tuple(whens)
    year = named[0].ends[0].year
    bare = [w for w in whens if w.quarter and not (w.ends or w.year or w.relative)]
    told = {w: replace(w, ends=(month_end(year, 3 * (w.quarter or 1)),), quarter=None) for w in bare}
    return tuple(told.get(w, w) for w in whens)


def run_on(whens: Sequence[When], turn: Turn) -> tuple[When, ...]:
    """The periods as spans of the kind that the turn was about: after "TTM sales", "and Q1 2005?" is twelve months."""
    runs = {w.run for w in turn.reading.whens}
    if len(runs) != 1 or not max(runs):
        return tuple(whens)
    return tuple(w if w.run else replace(w, run=max(runs), kinds=()) for w in whens)
