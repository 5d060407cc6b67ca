"""Periods as the store keeps them, a year apart."""

from __future__ import annotations

import datetime as dt

from db.checks.figure import Period
from grammar.periods import shift_months


def year_before(period: Period) -> Period:
    """The same span or day a year earlier."""
    start, end = period
    if end is None:
        return period
    first = shift_months(dt.date.fromisoformat(start) - dt.timedelta(days=1), -12) if start else None
    last = shift_months(dt.date.fromisoformat(end), -12)
    return ((first + dt.timedelta(days=1)).isoformat() if first else None, last.isoformat())
