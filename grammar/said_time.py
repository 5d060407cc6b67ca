"""What a question says of time: the condition on periods, the pieces that patterns are made of, and their list."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from grammar.periods import ORDINALS, full_year
from grammar.records import record

Relative = Literal[
    "", "latest", "earliest", "prior_year", "year_before", "previous", "all", "any", "recent", "today", "future"
]
Run = Literal["", "trailing", "to_date"]
BACK = {"prior_year": 12, "year_before": 12, "previous": 3}  # months from one period to the one told from it
FLOWS = ("quarter", "year", "half", "nine_months", "month", "other")

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
YEAR = r"(?P<{0}>(?:19|20)\d\d|'\d\d)"
SHORT_YEAR = r"(?P<{0}>(?:19|20)\d\d|'?\d\d)"
ORDINAL = r"(?P<{0}>first|second|third|fourth|1st|2nd|3rd|4th|last|final)"
COUNT = r"(?P<{0}>three|six|nine|twelve|3|6|9|12)"
QUARTERS = {**ORDINALS, "last": 4, "final": 4}


@record
class When:
    """A condition on periods, and the span of the question (``start`` to ``end``) that states it.

    ``ends`` are the days the period may end on (none: any day), ``kinds`` the period kinds it may be, best first (none:
    any), ``year`` a bare year, ``quarter`` a quarter without a year, ``relative`` a period told from another one
    (``recent``: the newest few), ``release`` a condition on the filing ("the 2003 release") instead of on the fact,
    ``until`` the last year of a range that ``year`` begins, ``first`` the first day of a span that ends on ``ends``,
    ``run`` the span up to the day: the twelve months before it, or the year so far. ``alone`` says that the day or
    month itself is meant ("on March 31", "in March 2007"), and no span that ends with it.
    """

    start: int
    end: int
    said: str
    ends: tuple[dt.date, ...] = ()
    kinds: tuple[str, ...] = ()
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    relative: Relative = ""
    release: bool = False
    until: int | None = None
    fiscal: bool = False
    first: dt.date | None = None
    run: Run = ""
    alone: bool = False

    @property
    def exact(self) -> bool:
        """Whether the condition names its day itself."""
        return bool(self.ends)


MONTHS_SAID = tuple(name[:3] for name in MONTHS)
Maker = Callable[[re.Match[str]], When | None]
RULES: list[tuple[str, tuple[str, ...], Maker]] = []


def rule(pattern: str, *needs: str) -> Callable[[Maker], Maker]:
    """A pattern that is tried (and compiled) only on texts that hold one of the words it ``needs``."""

    def add(make: Maker) -> Maker:
        RULES.append((rf"(?<![\w$])(?:{pattern})(?![\w%])", needs, make))
        return make

    return add


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when a text first needs it: all of them would cost more than an answer."""
    return re.compile(pattern)


def when_of(match: re.Match[str], **slots: object) -> When:
    """The condition that a match states."""
    return replace(When(match.start(), match.end(), match.group()), **slots)  # type: ignore[arg-type]


def year_of(text: str) -> int:
    """A year of two digits or four, an apostrophe before it or none."""
    return full_year(text.lstrip("'"))


def month_of(text: str) -> int:
    """The number of a month's name or of its beginning."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text.rstrip(".")[:3]))


def ending(match: re.Match[str], end: dt.date, *kinds: str) -> When:
    """The condition of a period that ends on a day."""
    return when_of(match, ends=(end,), kinds=kinds)


ENDED = r"(?:ended|ending|to|through|until|up to)"
DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
FULL_DATE = (
    rf"(?:{MONTH.format('m')}\s+{DAY.format('d')}\s*,?\s+{SHORT_YEAR.format('y')}"
    rf"|{DAY.format('d2')}\s+(?:of\s+)?{MONTH.format('m2')}\s*,?\s+{YEAR.format('y2')})"
)
SLASHED = r"(?P<sm>0?[1-9]|1[0-2])(?P<sep>[/-])(?P<sd>0?[1-9]|[12]\d|3[01])(?P=sep)(?P<sy>(?:19|20)?\d\d)"
DAY_FIRST = r"(?P<ed>1[3-9]|2\d|3[01])(?P<es>[/.-])(?P<em>0?[1-9]|1[0-2])(?P=es)(?P<ey>(?:19|20)?\d\d)"
ISO = r"(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)"
ANY_DATE = rf"(?:{FULL_DATE}|{SLASHED}|{DAY_FIRST}|{ISO})"


def date_of(match: re.Match[str]) -> dt.date | None:
    """The day that a match of ``ANY_DATE`` states, None for one that no calendar has."""
    found = match.groupdict()
    try:
        if found.get("m"):
            return dt.date(year_of(found["y"]), month_of(found["m"]), int(found["d"]))
        if found.get("m2"):
            return dt.date(year_of(found["y2"]), month_of(found["m2"]), int(found["d2"]))
        if found.get("sm"):
            return dt.date(year_of(found["sy"]), int(found["sm"]), int(found["sd"]))
        if found.get("em"):
            return dt.date(year_of(found["ey"]), int(found["em"]), int(found["ed"]))
        return dt.date(int(found["iy"]), int(found["im"]), int(found["id"]))
    except ValueError:
        return None
