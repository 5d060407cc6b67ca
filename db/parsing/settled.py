"""Which period a column has once its words are read: a bare year, days in a row, a year to date, a neighbour's."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from db.parsing.draft import Column, Draft, Table
from grammar.dates import TimeWords, dates_in, period_of
from grammar.periods import Period, duration, shift_months

UNTIL = re.compile(r"\b(?:through|thru|to)\b", re.IGNORECASE)
IN_A_ROW = 4  # quarters' ends that are no year to date
POSITIONS = ("balance_sheet", "hedges", "reserves")
FLOWS = (
    "income_statement",
    "cash_flow",
    "cash_flow_reconciliation",
    "reconciliation",
    "production_summary",
    "metal_prices",
    "capital_additions",
    "production_data",
    "segment",
)


def settle(draft: Draft, table: Table) -> None:
    """Periods from the words: a bare year is a fiscal year in a table of flows, a bare day an instant."""
    for index, column in enumerate(table.columns):
        if column.nature == "change":
            continue
        words = column.time
        beside = table.columns[index - 1] if index else None
        if beside and beside.text.startswith(column.text) and words.date is None and _all_percent(table, index):
            column.period, column.basis = beside.period, beside.basis
            continue
        if table.statement in POSITIONS and words.date and words.months and table.statement == "balance_sheet":
            words = replace(words, months=None)
        said = words.months or words.month_day or words.quarter or words.half or words.as_of or words.ytd
        if words.year and not said:
            words = replace(words, months=12) if table.statement not in POSITIONS else words
        column.period = _since(column.text) or period_of(words, draft.year_end)
        if column.period is not None and column.period.kind == "instant" and _is_flow(table, words):
            column.period = None
    _in_a_row(table)
    _adjusts(table)
    _to_date(table, draft.year_end)


def _since(text: str) -> Period | None:
    """The span between two days that a heading names (``from May 3, 1996 (inception) through June 30, 2005``)."""
    found = list(dates_in(text))
    if len(found) != 2 or not UNTIL.search(text[found[0][1] : found[1][0]]):
        return None
    first, last = found[0][2].date, found[1][2].date
    return Period(last, "other", first) if first and last and first < last else None


def _in_a_row(table: Table) -> None:
    """Days of quarters' ends one after the other over what mines made are these quarters: five in a row are no span."""
    days = [column.time.date for column in table.columns if column.nature == "actual"]
    if table.statement not in ("production_data", "production_summary") or len(days) < IN_A_ROW:
        return
    ends = [day for day in days if day is not None]
    alone = not any(column.time.months or column.time.as_of for column in table.columns)
    if alone and len(ends) == len(days) and _every_quarter(ends):
        for column in table.columns:
            if column.time.date is not None:
                column.period = duration(column.time.date, 3)


def _every_quarter(ends: Sequence[dt.date]) -> bool:
    """Whether days are ends of months, each three months before or after the one before it."""
    steps = (3, -3)
    return any(all(shift_months(a, step) == b for a, b in itertools.pairwise(ends)) for step in steps)


def _to_date(table: Table, year_end: int) -> None:
    """A span of a year that names no day (``Six Months`` 2005, ``YTD``) ends with that quarter beside it."""
    quarters = {column.period.end for column in table.columns if column.period and column.period.kind == "quarter"}
    for column in table.columns:
        words = column.time
        spanned = words.year and (words.months or words.ytd) and not words.month_day and not words.quarter
        ends = [end for end in quarters if end.year == words.year] if spanned and column.period is None else []
        if (len(ends) == 1 or (ends and words.ytd)) and column.nature != "change":
            last = max(ends)
            column.period = period_of(replace(words, month_day=(last.month, last.day)), year_end)


def _adjusts(table: Table) -> None:
    """Columns without a date of their own (adjustments, or no heading) are of the period that the others share."""
    shared = {column.period for column in table.columns if column.period is not None}
    for column in table.columns:
        open_column = column.period is None and not column.time and (column.basis or not column.text)
        if open_column and len(shared) == 1 and column.nature != "change":
            column.period = next(iter(shared))


def _is_flow(table: Table, words: TimeWords) -> bool:
    """Whether a day without a span stands over flows: how long they ran isn't said."""
    return bool(table.title) and table.statement in FLOWS and not words.as_of


def _all_percent(table: Table, index: int) -> bool:
    found = [value.figure.percent for row in table.rows for value in row.values if value.column == index]
    return bool(found) and all(found)


def borrow(draft: Draft) -> None:
    """A span without its day, or a day without its span, from the tables of the filing that say both."""
    known: dict[Period, int] = {}
    for table in draft.tables:
        for column in table.columns:
            if column.period is not None and column.period.kind != "instant":
                known[column.period] = known.get(column.period, 0) + 1
    for table in draft.tables:
        for column in table.columns:
            if column.period is None and column.nature != "change":
                column.period = _from_known(table, column, known)


def _from_known(table: Table, column: Column, known: dict[Period, int]) -> Period | None:
    words = column.time
    if words.date and not words.months and table.statement in FLOWS:
        ending = [period for period in known if period.end == words.date]
        return ending[0] if len(ending) == 1 else None
    if words.months and not words.month_day and not words.year and table.lead is not None:
        ends = {day.date for _, _, day in dates_in(table.lead.text) if day.date}
        latest = {period.end for period in known}
        fitting = ends & latest
        if len(fitting) == 1:
            return duration(fitting.pop(), words.months)
    return None
