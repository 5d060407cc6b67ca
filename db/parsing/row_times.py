"""Row times step: what happened between two balances that are rows happened between their days.

A statement of changes has ``Balance at March 31, 2018`` and ``Balance at June 30, 2018`` as rows, and no time over its
columns. A year over the rows between them (``2018``) is then no whole year.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from db.parsing.draft import Draft, Table
from grammar.dates import period_of, read_time
from grammar.periods import MONTHS_OF, Period, duration, instant, shift_months

BALANCE = re.compile(
    r"\bbalances?\b|\boutstanding\b|\breserves?\b|\b(?:beginning|opening|end|ending|closing)\b", re.IGNORECASE
)


def row_times(draft: Draft) -> None:
    """Fill the periods of rows in tables that have a column whose heading has no words of time."""
    for table in draft.tables:
        _of_years(table, draft.year_end)
        if any(not read_time(column.text) for column in table.columns):
            _between_balances(table)
            _ended(table)


def _of_years(table: Table, year_end: int) -> None:
    """Give rows that are years the span of that year which the words over the table say, if they say one."""
    words = read_time(table.said)
    for row in table.rows:
        year = table.row_years.get(row.number)
        if year is not None and (words.months or words.quarter):
            row.period = period_of(replace(words, year=year), year_end)


def _balance_day(label: str) -> Period | None:
    """The day of a balance, None where the label isn't one's."""
    words = read_time(label)
    day = words.date
    return instant(day) if day is not None and not words.months and BALANCE.search(label) else None


def _between_balances(table: Table) -> None:
    """Give balances their day, and the rows between two, the later below the earlier, the days after the first."""
    opening: int | None = None
    for index, row in enumerate(table.rows):
        row.period = _balance_day(row.label)
        if row.period is None:
            continue
        if opening is not None:
            first = table.rows[opening].period
            span = _span(first.end, row.period.end) if first is not None else None
            for between in table.rows[opening + 1 : index]:
                between.period = span
        opening = index


def _ended(table: Table) -> None:
    """Give rows that are days the span that ends with them, if the head of the labels says it: ``Quarter ended``."""
    months = read_time(table.stub).months if table.stub else None
    for row in table.rows if months else ():
        words = read_time(row.label)
        if row.period is None and words.date is not None and not words.months and not words.as_of:
            row.period = duration(words.date, months or 0)


def _span(first: dt.date, last: dt.date) -> Period | None:
    """The days after ``first`` up to ``last``, by its name where it is whole months; None if they aren't in order.

    A balance on the first of a month opens it: that day is one of the span.
    """
    if first.day == 1:
        first -= dt.timedelta(days=1)
    if last <= first:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month
    if months in MONTHS_OF and shift_months(last, -months) == first:
        return duration(last, months)
    return Period(last, "other", first + dt.timedelta(days=1))
