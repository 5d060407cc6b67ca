"""A reporting period: the span of a duration, or the day of an instant.

XBRL's two period types are the model: a *duration* has a first and a last day (a quarter's sales), an *instant* only
a day (a balance sheet's cash). Quarters are named by the calendar unless a fiscal year end is given.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Literal

from grammar.records import record

Kind = Literal["instant", "month", "quarter", "half", "nine_months", "year", "other"]
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
INTO_THE_NEXT = 8  # days of a month in which a year or quarter of whole weeks may end that is meant for the one before
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}  # of quarters
SPANS = {"three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9, "twelve": 12, "12": 12}  # months, as they are said
MONTHS_OF: dict[int, Kind] = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}


@record
class Period:
    """A span of days (``start`` to ``end``, both within it), or an instant, whose ``start`` is None."""

    end: dt.date
    kind: Kind = "instant"
    start: dt.date | None = None

    @property
    def label(self) -> str:
        """The name an analyst gives it: ``Q1 2007``, ``FY 2003``, ``half to Jun. 30, 2005``, ``Mar. 31, 2007``."""
        if self.kind == "quarter" and self._ends_calendar_quarter():
            return f"Q{self.end.month // 3} {self.end.year}"
        if self.kind == "year" and self.end.month == 12:
            return f"FY {self.end.year}"
        if self.kind == "instant":
            return day_name(self.end)
        words = {
            "month": "month",
            "quarter": "quarter",
            "half": "six months",
            "nine_months": "nine months",
            "year": "year",
        }
        return f"{words.get(self.kind, 'period')} to {day_name(self.end)}"

    def _ends_calendar_quarter(self) -> bool:
        return self.end.month % 3 == 0 and self.end == month_end(self.end.year, self.end.month)


@lru_cache(maxsize=4096)
def instant(day: dt.date) -> Period:
    """The period of one day's balance."""
    return Period(day)


@lru_cache(maxsize=4096)  # the periods of one filing are few, and the same one is told from another at once
def duration(end: dt.date, months: int) -> Period:
    """The ``months`` that end with the day ``end``; whole months where ``end`` ends one, else counted back by days."""
    kind: Kind = MONTHS_OF.get(months, "other")
    first = shift_months(end, -months)
    return Period(end, kind, first + dt.timedelta(days=1))


def quarter(year: int, number: int, year_end: int = 12) -> Period:
    """Quarter ``number`` (1 to 4) of the year that ends in month ``year_end`` of ``year``."""
    return duration(shift_months(month_end(year, year_end), -3 * (4 - number)), 3)


def full_year(digits: str) -> int:
    """A year of four digits or two; two digits from 70 on are of the last century."""
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def month_meant(month: int, day: int) -> int:
    """The month that a period is meant to end with: one counted in weeks may end some days into the next month."""
    return month if day > INTO_THE_NEXT else (month - 2) % 12 + 1


def shift_months(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later (earlier if negative); an end of month stays an end of month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = month_end(year, month + 1)
    if day == month_end(day.year, day.month):
        return last
    return last.replace(day=min(day.day, last.day))


def day_name(day: dt.date) -> str:
    """The day as filings print it: ``Mar. 31, 2007``, ``May 1, 2003``."""
    name = MONTH_NAMES[day.month - 1]
    return f"{name}{'' if name == 'May' else '.'} {day.day}, {day.year}"
