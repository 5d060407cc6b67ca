"""Periods as the store keeps them, a year apart."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from db.checks.figure import Figure, Period
from db.checks.sheet import Sheet
from grammar.periods import shift_months


@lru_cache(256)
def year_before(period: Period) -> Period:
    """The same span or day a year earlier."""
    start, end = period
    if end is None:
        return period
    first = shift_months(dt.date.fromisoformat(start) - dt.timedelta(days=1), -12) if start else None
    last = shift_months(dt.date.fromisoformat(end), -12)
    return ((first + dt.timedelta(days=1)).isoformat() if first else None, last.isoformat())


def before(sheet: Sheet, now: Figure) -> Figure | None:
    """The same row's figure a year before, or for a balance at the earlier date that its table has."""
    start, end = now.period
    row = [f for f in sheet.rows.get((now.table or 0, now.row), ()) if f.unit == now.unit and f is not now]
    wanted = year_before(now.period)
    for figure in row:
        if figure.period == wanted:
            return figure
    if start is None:
        for figure in row:
            if figure.period[0] is None and (figure.period[1] or "") < (end or ""):
                return figure
    return None
