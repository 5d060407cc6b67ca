"""When a filing was given out, and the period that it covers."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

from db.model import Paragraph
from db.parsing.draft import Draft
from db.parsing.statements import statement_of
from grammar.dates import dates_in

DATELINE = re.compile(r"(?:--|[\u2013\u2014]|\.\.\.|/\s|\s-\s|(?<=\d{4}):\s)\s*")
DATELINE_LENGTH = 130
BALANCES = ("balance_sheet", "reserves", "hedges")
RELEASE = re.compile(r"\b(?:for\s+(?:immediate\s+)?release|release(?:d)?(?:\s+date)?)\s*:?", re.IGNORECASE)
ENDED = re.compile(r"\b(?:ended|ending|as of|as at|at|to|through)\W*(?:on\W*)?$", re.IGNORECASE)
COVER = 30  # paragraphs
LEADING = 4  # paragraphs, one of which has the dateline


def released(draft: Draft, release: list[Paragraph]) -> dt.date | None:
    """The day of release: beside ``For release``, in the dateline or in a heading; never one that ends a period."""
    told = [i for i, p in enumerate(release) if p.kind == "paragraph"]
    dated = next((i for i in told[:LEADING] if _day_in(_dateline(release[i].text))), None)
    first = dated if dated is not None else told[0] if told else len(release)
    head = release[: first + 1]
    for paragraph in head:
        match = RELEASE.search(paragraph.text)
        if match:
            found = _day_in(paragraph.text[match.end() :][:60])
            if found:
                return found
    for index, paragraph in enumerate(head):
        text = paragraph.text
        if paragraph.kind == "paragraph":
            text = _dateline(text)
        elif index and paragraph.kind == "caption" and statement_of(head[index - 1].text) in BALANCES:
            continue  # the day of the balance below it
        found = _day_in(text)
        if found:
            return found
    return _filed(draft, head) or _behind_period(draft, head)


def _behind_period(draft: Draft, head: list[Paragraph]) -> dt.date | None:
    """The day of a dateline that leaves out its year: the first such day behind the latest period that has ended."""
    ends = [
        words.date
        for paragraph in draft.paragraphs()[:COVER]
        for start, _, words in dates_in(paragraph.text)
        if words.date and ENDED.search(paragraph.text[max(start - 24, 0) : start])
    ]
    for paragraph in head if ends else ():
        for _, _, words in dates_in(_dateline(paragraph.text)):
            days = [replace(words, year=max(ends).year + later).date for later in (0, 1)]
            if behind := [day for day in days if day and max(ends) < day]:
                return behind[0]
    return None


def _dateline(text: str) -> str:
    """The beginning of a paragraph up to the last dash that parts place, date and wire from the sentence."""
    ends = [match.end() for match in DATELINE.finditer(text[:DATELINE_LENGTH])]
    return text[: ends[-1]] if ends else ""


def _filed(draft: Draft, head: list[Paragraph]) -> dt.date | None:
    """The day that the submission's header gives; a dateline without its year is dated by it."""
    header = draft.source.header
    said = header.get("filed")
    if not said:
        return None
    filed = dt.date.fromisoformat(said)
    for paragraph in head:
        for _, _, words in dates_in(_dateline(paragraph.text)):
            day = replace(words, year=filed.year).date
            if day and 0 <= (filed - day).days <= 20:
                return day
    return (
        dt.date.fromisoformat(header["period"])
        if header.get("form", "").startswith("8-K") and "period" in header
        else filed
    )


def _day_in(text: str) -> dt.date | None:
    for start, _, words in dates_in(text):
        if words.date and not ENDED.search(text[max(start - 24, 0) : start]):
            return words.date
    return None


def covered(draft: Draft) -> None:
    """Set ``period_end``: the latest end of a period that the tables report as actual, not after the release."""
    header = draft.source.header.get("period", "")
    ends = Counter(
        fact.period.end
        for fact in draft.facts
        if fact.period is not None and fact.nature == "actual" and fact.source == "table"
    )
    limit = draft.released or dt.date.max
    fitting = [end for end in ends if end <= limit]
    if fitting:
        draft.period_end = max(fitting)
        return
    for paragraph in draft.paragraphs():
        for start, _, words in dates_in(paragraph.text):
            if words.date and ENDED.search(paragraph.text[max(start - 24, 0) : start]) and words.date <= limit:
                draft.period_end = words.date
                return
    draft.period_end = (
        dt.date.fromisoformat(header) if header and draft.source.header.get("form", "").startswith("10-") else None
    )
