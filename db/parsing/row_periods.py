"""The period of one figure: its column's, with the exceptions that its row makes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from db.parsing.draft import Column, Row
from grammar.chunks import remembered
from grammar.dates import only_time, period_of, read_time
from grammar.periods import Period, instant

_SPAN = r"(?:period|year|quarter|month|fiscal year|six months|nine months)"
AT_BEGINNING = re.compile(
    rf"\b(?:the )?beginning of (?:the )?{_SPAN}\b|\bopening (?:cash|balance)\b|\bat beginning\b", re.IGNORECASE
)
AT_END = re.compile(
    rf"\b(?:the )?end of (?:the )?{_SPAN}\b|\bclosing (?:cash|balance)\b|\b(?:at |^)(?:period|year|quarter)[- ]end\b",
    re.IGNORECASE,
)
_YEAR_ROW = re.compile(
    r"\**\d{4}\**|(?:(?:full|fiscal|total|whole|for|the)\s+)*year\s+\d{4}|\d{4}\s+(?:total|year)", re.IGNORECASE
)
_AT_DAY = re.compile(r"\b(?:at|as of|balance)\b.*\d", re.IGNORECASE)
_BALANCES = re.compile(
    r"\bbalance sheets?\b|\bfinancial position\b|\bat (?:year|period|quarter)[- ]end\b", re.IGNORECASE
)
_EDGE = re.compile(r"beginning|end\b|opening|closing", re.IGNORECASE)


def is_timeless(row: Row) -> bool:
    """Whether neither a row's label nor its headings say when: the period of its columns is that of its figures."""
    if row.period is not None or _says_when(row.label):
        return False
    return not any(_heads_balances(one.text) or _names_day(one.text) for one in row.path)


@remembered
def _says_when(label: str) -> bool:
    return _AT_DAY.search(label) is not None or _edge(label) != ""


def period_in(row: Row, column: Column, year_end: int) -> Period | None:
    """The period of a row's figure in a column: cash at the beginning is of the day before the period starts."""
    if row.period is not None and column.nature == "actual" and not read_time(column.text):
        return row.period
    period = column.period
    if period is None and column.nature == "actual":
        period = _of_row(row, year_end)
    if period is None or column.nature == "change":
        return period
    held = _held_at(row.label, period.end) or any(
        _heads_balances(one.text) or _names_day(one.text) == (period.end.month, period.end.day) for one in row.path
    )
    if period.start and held:
        return instant(period.end)
    opening = _opened_on(row.label, period)
    if opening is not None:
        return opening
    edge = _edge(row.label)
    if edge == "beginning":
        return instant(period.start - dt.timedelta(days=1)) if period.start else None
    return instant(period.end) if period.start and edge == "end" else period


@lru_cache(maxsize=4096)
def _held_at(label: str, end: dt.date) -> bool:
    """Whether a label says that its figures are those of the day on which the column's period ends."""
    if not _AT_DAY.search(label):
        return False
    words = read_time(label)
    day = words.month_day == (end.month, end.day) and words.year in (None, end.year)
    return day and (words.as_of or "alance" in label.lower()) and not words.months


@lru_cache(maxsize=4096)
def _names_day(text: str) -> tuple[int, int] | None:
    """Month and day of a heading that says no more than these: ``December 31``."""
    words = read_time(text)
    return words.month_day if words.month_day and not words.months and only_time(text) else None


@lru_cache(maxsize=4096)
def _opened_on(label: str, period: Period) -> Period | None:
    """The first day of a column's period, or the last before it, where a label says that its balance is of that."""
    if not period.start or not _AT_DAY.search(label) or "alance" not in label.lower():
        return None
    words = read_time(label)
    days = (period.start, period.start - dt.timedelta(days=1))
    found = [day for day in days if words.month_day == (day.month, day.day) and words.year in (None, day.year)]
    return instant(found[0]) if found and not words.months else None


@remembered
def _heads_balances(text: str) -> bool:
    """Whether a heading says that what stands below it is what there was on the last day."""
    return _BALANCES.search(text) is not None


@remembered
def _edge(label: str) -> Literal["beginning", "end", ""]:
    """Which end of the column's period a row's label is of."""
    if not _EDGE.search(label):
        return ""
    if AT_BEGINNING.search(label):
        return "beginning"
    return "end" if AT_END.search(label) else ""


def _of_row(row: Row, year_end: int) -> Period | None:
    """The period that a row's own label or the nearest heading over it says, where its column says none."""
    for text in (row.label, *(heading.text for heading in reversed(row.path))):
        words = read_time(text) if text else None
        if words:
            found = period_of(words, year_end)
            if found is not None:
                return found
            if words.year and not (words.month_day or words.months) and _YEAR_ROW.fullmatch(text):
                return period_of(replace(words, months=12), year_end)
    return None
