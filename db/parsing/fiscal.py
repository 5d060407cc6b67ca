"""When the filer's fiscal years end: as the file's header says, as the text says, as it names its quarters."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from db.parsing.draft import Draft
from grammar.dates import MONTHS
from grammar.periods import ORDINALS, Period, month_end, month_meant

_DECEMBER = 12
_HEADER = re.compile(r"(?:0[1-9]|1[0-2])-\d\d")
_YEAR_ENDED = re.compile(
    r"\b(?<!calendar )years?\s+end(?:ed|ing|s)?\s+(?:on\s+)?"
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:2[89]|3[01])\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(first|second|third|fourth)[ -](?:fiscal[ -])?quarter\b|\bQ([1-4])\b", re.IGNORECASE)
_SURE = 3  # times that a text names its quarter, and twice as often as any other
_A_COMMON_YEAR = 2001


def told_year_end(draft: Draft) -> int:
    """The month in which fiscal years end by the file's header, by what titles say, or by two sentences against none.

    December where none of them tells.
    """
    header = _of_header(draft)
    if header:
        return month_meant(int(header[:2]), int(header[3:]))
    titles: Counter[int] = Counter()
    sentences: Counter[int] = Counter()
    for paragraph in draft.paragraphs():
        if paragraph.kind != "furniture":
            counts = sentences if paragraph.kind in ("paragraph", "note", "bullet") else titles
            counts.update(MONTHS[match["month"][:3].lower()] for match in _YEAR_ENDED.finditer(paragraph.text))
    for counts, least in ((titles, 1), (sentences, 2)):
        ranked = counts.most_common(2)
        if ranked and ranked[0][1] >= least and (len(ranked) == 1 or _DECEMBER not in counts):
            return ranked[0][0]
    return _DECEMBER


def year_end(draft: Draft, reported: Period | None) -> int:
    """The month in which the fiscal year ends, told or shown by the name of the quarter that is ``reported``.

    December where nothing tells it.
    """
    if draft.year_end != _DECEMBER or _of_header(draft):
        return draft.year_end
    quarter = reported.end if reported is not None and reported.kind == "quarter" else None
    return _by_quarters(draft, quarter) or _DECEMBER


def fiscal_year_end(draft: Draft) -> str | None:
    """``MM-DD``, the last day of the fiscal year; None where nothing tells it."""
    header = _of_header(draft)
    if header:
        return header
    periods = (fact.period for fact in draft.facts if fact.period and fact.period.end == draft.period_end)
    reported = next((period.end for period in periods if period.kind == "quarter"), None)
    month = draft.year_end if draft.year_end != _DECEMBER else _by_quarters(draft, reported)
    return f"{month:02d}-{month_end(_A_COMMON_YEAR, month).day:02d}" if month else None


def _of_header(draft: Draft) -> str | None:
    """The day that the file's header gives, unless the calendar has no such month."""
    said = draft.source.header.get("fiscal_year_end", "")
    return said if _HEADER.fullmatch(said) else None


def _by_quarters(draft: Draft, end: dt.date | None) -> int | None:
    """The month, where the text calls a quarter that ends on a day by its number.

    A release that calls the quarter to December its second has a fiscal year that ends in June.
    """
    number = _number(draft) if end is not None else None
    if end is None or number is None:
        return None
    return (month_meant(end.month, end.day) - 3 * number - 1) % 12 + 1


def _number(draft: Draft) -> int | None:
    """Which quarter the filing reports on by its own count: as its title says, else as its text names most."""
    titled = {_quarter(match) for match in _NAMED.finditer(draft.title or "")}
    if titled:
        return titled.pop() if len(titled) == 1 else None
    named = Counter(_quarter(match) for paragraph in draft.paragraphs() for match in _NAMED.finditer(paragraph.text))
    ranked = [*named.most_common(2), (0, 0), (0, 0)]
    (number, count), (_, other) = ranked[0], ranked[1]
    return number if count >= _SURE and count >= 2 * other else None


def _quarter(match: re.Match[str]) -> int:
    return int(match[2]) if match[2] else ORDINALS[match[1].lower()]
