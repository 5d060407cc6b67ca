"""When the filer's fiscal years end: as the file's header says, as the text says, as it names its quarters."""

from __future__ import annotations

import re
from collections import Counter

from db.parsing.draft import Draft
from grammar.periods import month_end

_NAMED = re.compile(r"\b(first|second|third|fourth)[ -](?:fiscal[ -])?quarter\b|\bQ([1-4])\b", re.IGNORECASE)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SURE = 3  # times that a text names its quarter, and twice as often as any other
A_COMMON_YEAR = 2001


def fiscal_year_end(draft: Draft) -> str | None:
    """``MM-DD``, the last day of the fiscal year; None where nothing tells it.

    A release that calls the quarter to December its second has a fiscal year that ends in June.
    """
    said = draft.source.header.get("fiscal_year_end")
    if said:
        return said
    month = draft.year_end if draft.year_end != 12 else _by_quarters(draft)
    return f"{month:02d}-{month_end(A_COMMON_YEAR, month).day:02d}" if month else None


def _by_quarters(draft: Draft) -> int | None:
    ends = Counter(
        fact.period.end
        for fact in draft.facts
        if fact.period and fact.period.kind == "quarter" and fact.period.end == draft.period_end
    )
    number = _number(draft)
    if not ends or number is None:
        return None
    end = next(iter(ends))
    # A quarter of thirteen weeks may end some days into the next month.
    month = end.month - 1 if end.day <= 8 else end.month
    return (month - 3 * number - 1) % 12 + 1


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
    return int(match[2]) if match[2] else _ORDINALS[match[1].lower()]
