"""Periods by a company's own count: "third quarter of fiscal 2006" of one whose years end in June is that to March."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from assistant.asked import Asked, Missing
from grammar.periods import day_name, month_end, shift_months
from grammar.when import When

DECEMBER = 12


def in_calendar(asked: Asked) -> Asked | Missing:
    """What is asked with each fiscal period as the days it has by the calendar, and a note that says so.

    Missing("fiscal") where companies count differently and none is named. Quarters that are not called fiscal are the
    calendar's; where the company's own count is another, a note says that.
    """
    counted = [w for w in asked.reading.whens if w.fiscal or _is_quarter(w)]
    if not counted:
        return asked
    months = {asked.book.year_end(name) or DECEMBER for name in _companies(asked)}
    if months <= {DECEMBER}:  # none: no filing says whose it is
        return asked
    if len(months) > 1:
        return Missing("fiscal") if any(w.fiscal for w in counted) else asked
    month = months.pop()
    whens = tuple(_moved(w, month) if w.fiscal else w for w in asked.reading.whens)
    said = tuple(_said(old, new, month) for old, new in zip(asked.reading.whens, whens, strict=True) if old in counted)
    assumed = (*asked.reading.assumed, *(s for s in said if s not in asked.reading.assumed))
    return replace(asked, reading=replace(asked.reading, whens=whens, assumed=assumed))


def _is_quarter(when: When) -> bool:
    return bool(when.quarter and when.ends)


def _companies(asked: Asked) -> Iterator[str]:
    """Whose count it is: the companies named, those of the mines named, else all there are."""
    named = [*asked.reading.companies, *(e.company for e in asked.reading.entities if e.company)]
    yield from named or asked.book.companies


def _moved(when: When, month: int) -> When:
    """The same by the calendar, ``month`` being the last of the fiscal year."""
    if when.ends:
        ends = tuple(shift_months(end, month - DECEMBER) for end in when.ends)
        return replace(when, ends=ends, quarter=None, fiscal=False)
    if when.year and when.kinds == ("year",):
        return replace(when, ends=(month_end(when.year, month),), year=None, fiscal=False)
    return when


def _said(old: When, new: When, month: int) -> str:
    years = f"fiscal years end in {dt.date(2001, month, 1):%B}"
    if old == new:
        return f"{old.said} is the calendar's; its {years}"
    return f"{years}: {old.said} is up to {day_name(new.ends[0])}"
