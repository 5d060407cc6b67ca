"""Days that a column leaves to the rest of its filing: the end of a quarter that is only numbered, of a bare year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from db.parsing.draft import Draft, Table
from grammar.dates import TimeWords, dates_in
from grammar.labels import metric_of
from grammar.lexicon import lexicon
from grammar.periods import duration, instant, month_end

_LISTED = re.compile(r"\s+(?:consist\w*|compris\w*|includ\w*|(?:are|were|is)\b).*$", re.IGNORECASE)
A_WEEK = 7  # years of weeks end no further from the end of a month


def on_known_days(draft: Draft) -> None:
    """End quarters that are only numbered on the day on which the filing says that one ended, where years are of weeks:
    none of its days ends a month."""
    said = [c.time.date for table in draft.tables for c in table.columns if c.period and c.nature != "change"]
    days = {day for day in said if day is not None}
    of_weeks = bool(days) and all(month_end(day.year, day.month) != day for day in days)
    for table in draft.tables if of_weeks else ():
        for column in table.columns:
            period = column.period
            if period is None or not column.time.quarter or column.time.date:
                continue
            near = [day for day in days if abs((day - period.end).days) <= A_WEEK]
            if len(near) == 1:
                column.period = duration(near[0], 3)


def at_year_ends(draft: Draft) -> None:
    """Give the columns of a balance sheet that are bare years the day on which that year ended, where the filing says
    it: over its other tables, or as the day that an annual report is of. So for what a note's title says is held."""
    open_columns = [
        column
        for table in draft.tables
        if table.statement == "balance_sheet" or _holds(table)
        for column in table.columns
        if column.nature == "actual" and column.time == TimeWords(year=column.time.year) and column.time.year
    ]
    if not open_columns:
        return
    said = {column.period for table in draft.tables for column in table.columns if column.period}
    ends = {period.end for period in said if period.kind in ("year", "instant")}
    header = draft.source.header
    reported = dt.date.fromisoformat(header["period"]) if _is_annual(header) else None
    if reported is not None and not any(end.year == reported.year for end in ends):
        ends.add(reported)
    days = {(end.month, end.day) for end in ends}
    told = {words.date for paragraph in draft.paragraphs() for _, _, words in dates_in(paragraph.text) if words.date}
    for column in open_columns:
        found = [end for end in ends if end.year == column.time.year]
        if not found and len(days) == 1:  # every year that the filing dates ends on this day
            found = [day] if (day := replace(column.time, month_day=next(iter(days))).date) else []
        if len(found) == 1:
            near = [day for day in told if 0 < abs((day - found[0]).days) <= A_WEEK]
            column.period = instant(near[0] if len(near) == 1 and found[0] not in told else found[0])


def _holds(table: Table) -> bool:
    """Whether the title of a table that is no statement names what there is on a day: ``Inventories``."""
    if table.statement is not None or not table.title:
        return False
    metric = metric_of(_LISTED.sub("", table.title), (), "", "balance_sheet", "USD")
    return metric is not None and lexicon().metrics[metric].kind == "instant"


def _is_annual(header: dict[str, str]) -> bool:
    """Whether a filing's header says that it is an annual report, and of which day."""
    return header.get("form", "").upper().startswith(("10-K", "10K", "20-F", "40-F")) and "period" in header
