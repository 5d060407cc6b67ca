"""The periods that a question names: "1q07", "three months to March 2003", "at 12/31/06", "the year before".

What is said is kept as a :class:`When`, a condition on periods, because only the store knows which periods a fact has:
"2003" is a year's total where one is printed and a single quarter where that is all there is.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from grammar.periods import month_end, shift_months
from grammar.records import record

Relative = Literal["", "latest", "earliest", "prior_year", "year_before", "previous", "all", "any", "today", "future"]
FLOWS = ("quarter", "year", "half", "nine_months", "month", "other")
SPAN_KINDS = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d|'\d\d)"
_SHORT = r"(?P<{0}>(?:19|20)\d\d|'?\d\d)"
_ORDINAL = r"(?P<{0}>first|second|third|fourth|1st|2nd|3rd|4th|last|final)"
_COUNT = r"(?P<{0}>three|six|nine|twelve|3|6|9|12)"
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 4,
    "final": 4,
}
COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12}


@record
class When:
    """A condition on periods, and the span of the question (``start`` to ``end``) that states it.

    ``ends`` are the days the period may end on (none: any day), ``kinds`` the period kinds it may be, best first (none:
    any), ``year`` a bare year, ``quarter`` a quarter without a year, ``relative`` a period told from another one,
    ``release`` a condition on the filing ("the 2003 release") instead of on the fact, ``until`` the last year of a
    range that ``year`` begins.
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

    @property
    def exact(self) -> bool:
        """Whether the condition names its day itself."""
        return bool(self.ends)


_MONTHS_SAID = tuple(name[:3] for name in MONTHS)
Maker = Callable[[re.Match[str]], When | None]
_rules: list[tuple[str, tuple[str, ...], Maker]] = []


def _rule(pattern: str, *needs: str) -> Callable[[Maker], Maker]:
    """A pattern that is tried (and compiled) only on texts that hold one of the words it ``needs``."""

    def add(make: Maker) -> Maker:
        _rules.append((rf"(?<![\w$])(?:{pattern})(?![\w%])", needs, make))
        return make

    return add


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _when(match: re.Match[str], **slots: object) -> When:
    return replace(When(match.start(), match.end(), match.group()), **slots)  # type: ignore[arg-type]


def _year(text: str) -> int:
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    number = int(digits)
    return number + (1900 if number >= 70 else 2000)


def _month(text: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text.rstrip(".")[:3]))


def _ending(match: re.Match[str], end: dt.date, *kinds: str) -> When:
    return _when(match, ends=(end,), kinds=kinds)


_ENDED = r"(?:ended|ending|to|through|until|up to)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_FULL_DATE = (
    rf"(?:{_MONTH.format('m')}\s+{_DAY.format('d')}\s*,?\s+{_YEAR.format('y')}"
    rf"|{_DAY.format('d2')}\s+(?:of\s+)?{_MONTH.format('m2')}\s*,?\s+{_YEAR.format('y2')})"
)
_SLASHED = r"(?P<sm>0?[1-9]|1[0-2])/(?P<sd>0?[1-9]|[12]\d|3[01])/(?P<sy>(?:19|20)?\d\d)"
_ISO = r"(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)"
_ANY_DATE = rf"(?:{_FULL_DATE}|{_SLASHED}|{_ISO})"


def _date(match: re.Match[str]) -> dt.date | None:
    found = match.groupdict()
    try:
        if found.get("m"):
            return dt.date(_year(found["y"]), _month(found["m"]), int(found["d"]))
        if found.get("m2"):
            return dt.date(_year(found["y2"]), _month(found["m2"]), int(found["d2"]))
        if found.get("sm"):
            return dt.date(_year(found["sy"]), int(found["sm"]), int(found["sd"]))
        return dt.date(int(found["iy"]), int(found["im"]), int(found["id"]))
    except ValueError:
        return None


@_rule(
    rf"(?:the\s+)?(?:{_ORDINAL.format('o')}\s+)?"
    rf"(?P<span>quarter|qtr|(?:{_COUNT.format('n')}|first three|half|half-year|year|fiscal year)(?:[\s-]months?)?)"
    rf"(?:\s+period)?\s+{_ENDED}\s+{_ANY_DATE}",
    "ended",
    "ending",
    " to ",
    "through",
    "until",
)
def _span_ended(match: re.Match[str]) -> When | None:
    end = _date(match)
    if end is None:
        return None
    span = match["span"]
    months = COUNTS.get(match["n"] or "", 0) or (
        3 if span[0] == "q" or "three" in span else 6 if span[0] == "h" else 12
    )
    return _ending(match, end, SPAN_KINDS[months])


@_rule(
    rf"(?:for\s+)?(?:the\s+)?{_COUNT.format('n')}[\s-]months?\s+{_ENDED}\s+{_MONTH.format('m')}\s*,?\s*(?:of\s+)?{_YEAR.format('y')}",
    "month",
)
def _months_to_month(match: re.Match[str]) -> When:
    return _ending(match, month_end(_year(match["y"]), _month(match["m"])), SPAN_KINDS[COUNTS[match["n"]]])


@_rule(
    rf"{_MONTH.format('a')}\s*(?:to|through|-|–|until|and)\s*{_MONTH.format('b')}\s*,?\s*(?:of\s+)?{_YEAR.format('y')}",
    *_MONTHS_SAID,
)
def _month_span(match: re.Match[str]) -> When | None:
    first, last = _month(match["a"]), _month(match["b"])
    kind = SPAN_KINDS.get(last - first + 1)
    return _ending(match, month_end(_year(match["y"]), last), kind) if kind else None


@_rule(
    rf"(?:at\s+)?(?:the\s+)?(?:start|beginning|opening)\s+of\s+(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?{_YEAR.format('y')}",
    "start",
    "beginning",
    "opening",
)
def _start_of_year(match: re.Match[str]) -> When:
    return _ending(match, dt.date(_year(match["y"]) - 1, 12, 31), "instant")


@_rule(
    rf"(?:at\s+)?(?:the\s+)?(?:start|beginning|opening)\s+of\s+(?:the\s+)?(?:{_ORDINAL.format('o')}\s+(?:quarter|qtr)|q(?P<q>[1-4]))\s*(?:of\s+)?{_YEAR.format('y')}",
    "start",
    "beginning",
    "opening",
)
def _start_of_quarter(match: re.Match[str]) -> When:
    number = ORDINALS[match["o"]] if match["o"] else int(match["q"])
    return _ending(match, shift_months(month_end(_year(match["y"]), 3 * number), -3), "instant")


@_rule(
    rf"(?:at\s+)?(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:fiscal\s+|calendar\s+)?(?:year\s+)?{_YEAR.format('y')}|(?:at\s+)?(?:year[\s-]?end|ye)\s*{_YEAR.format('y2')}|{_YEAR.format('y3')}\s+year[\s-]?end",
    "end",
    "close",
    "ye",
)
def _end_of_year(match: re.Match[str]) -> When:
    return _ending(match, dt.date(_year(match["y"] or match["y2"] or match["y3"]), 12, 31), "instant")


@_rule(
    rf"(?:at\s+)?(?:the\s+)?(?:end|close)\s+of\s+{_MONTH.format('m')}\s*,?\s*(?:of\s+)?{_YEAR.format('y')}",
    "end",
    "close",
)
def _end_of_month(match: re.Match[str]) -> When:
    return _ending(match, month_end(_year(match["y"]), _month(match["m"])), "instant")


@_rule(
    rf"(?:at\s+)?(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:{_ORDINAL.format('o')}\s+(?:quarter|qtr)|q(?P<q>[1-4]))\s*(?:of\s+)?{_YEAR.format('y')}",
    "end",
    "close",
)
def _end_of_quarter(match: re.Match[str]) -> When:
    number = ORDINALS[match["o"]] if match["o"] else int(match["q"])
    return _ending(match, month_end(_year(match["y"]), 3 * number), "instant", "quarter")


@_rule(
    rf"(?:(?:as\s+)?(?:at|of)\s+)?{_ANY_DATE}",
    *_MONTHS_SAID,
    "/",
    "-",
)
def _day(match: re.Match[str]) -> When | None:
    end = _date(match)
    return _ending(match, end, "instant", *FLOWS) if end else None


_Q_YEAR = (
    rf"q(?P<q1>[1-4])\s*[-/,]?\s*(?:of\s+)?(?P<f1>fy\s*)?{_SHORT.format('y1')}"
    rf"|(?P<q2>[1-4])\s*q\s*[-/]?\s*(?P<f2>fy\s*)?{_SHORT.format('y2')}"
    rf"|(?P<f3>fy\s*)?{_SHORT.format('y3')}\s*[-/]?\s*q(?P<q3>[1-4])"
    rf"|(?P<f4>fy\s*)?(?P<y4>(?:19|20)\d\d)\s*[-/]?\s*(?P<q4>[1-4])q"
)


@_rule(
    _Q_YEAR,
    "q",
)
def _quarter_code(match: re.Match[str]) -> When | None:
    for n in "1234":
        if match[f"q{n}"]:
            year = _year(match[f"y{n}"])
            return _quarter(match, year, int(match[f"q{n}"]), fiscal=bool(match[f"f{n}"]))
    return None


def _quarter(match: re.Match[str], year: int, number: int, *, fiscal: bool = False) -> When:
    end = month_end(year, 3 * number)
    return _when(match, ends=(end,), kinds=("quarter", "instant"), quarter=number, fiscal=fiscal)


@_rule(
    rf"(?:the\s+)?{_ORDINAL.format('o')}[\s-]+(?:quarter|qtr\.?|three\s+months|3\s+months)s?\s*,?\s*(?:results?\s+)?(?:of\s+|in\s+|for\s+|\()?(?:the\s+)?(?:year\s+)?(?P<f>fiscal\s+(?:year\s+)?|fy\s*)?{_SHORT.format('y')}",
    "quarter",
    "qtr",
    "month",
)
def _quarter_words(match: re.Match[str]) -> When:
    return _quarter(match, _year(match["y"]), ORDINALS[match["o"]], fiscal=bool(match["f"]))


@_rule(
    rf"{_YEAR.format('y')}(?:'s|s')?\s+{_ORDINAL.format('o')}[\s-]+(?:quarter|qtr\.?)",
    "quarter",
    "qtr",
)
def _year_quarter_words(match: re.Match[str]) -> When:
    return _quarter(match, _year(match["y"]), ORDINALS[match["o"]])


@_rule(
    rf"(?:the\s+)?{_MONTH.format('m')}\s+(?:quarter|qtr\.?)\s*,?\s*(?:of\s+|in\s+)?{_SHORT.format('y')}|(?:the\s+)?{_MONTH.format('m2')}\s+{_YEAR.format('y2')}\s+(?:quarter|qtr\.?)",
    "quarter",
    "qtr",
)
def _month_quarter(match: re.Match[str]) -> When:
    month, year = (match["m"], match["y"]) if match["m"] else (match["m2"], match["y2"])
    return _ending(match, month_end(_year(year), _month(month)), "quarter", "instant")


@_rule(
    rf"(?:the\s+)?(?:first\s+|initial\s+)?(?P<n>three|six|nine|twelve|3|6|9|12)\s+months\s*,?\s*(?:of\s+|in\s+)?(?:the\s+year\s+)?{_YEAR.format('y')}",
    "month",
)
def _first_months(match: re.Match[str]) -> When:
    months = COUNTS[match["n"]]
    return _ending(match, month_end(_year(match["y"]), months), SPAN_KINDS[months])


@_rule(
    rf"(?:the\s+)?(?P<h>first|second|1st|2nd)\s+half\s*,?\s*(?:of\s+)?{_YEAR.format('y')}|h(?P<h2>[12])\s*{_SHORT.format('y2')}|(?P<h3>[12])h\s*{_SHORT.format('y3')}",
    "h",
)
def _half(match: re.Match[str]) -> When:
    number = ORDINALS[match["h"]] if match["h"] else int(match["h2"] or match["h3"])
    return _ending(match, month_end(_year(match["y"] or match["y2"] or match["y3"]), 6 * number), "half")


@_rule(
    rf"(?:the\s+)?(?:full|whole|entire|complete)[\s-]+(?:calendar\s+|fiscal\s+)?year\s*,?\s*(?:of\s+)?{_YEAR.format('y')}|(?:fy|fiscal(?:\s+year)?|calendar(?:\s+year)?|all\s+of)\s*{_SHORT.format('y2')}|{_YEAR.format('y3')}\s+(?:full[\s-]year|annual|fiscal\s+year)|(?:the\s+)?year\s+(?:ended\s+|ending\s+)?{_YEAR.format('y4')}|annual\s+{_YEAR.format('y5')}",
    "y",
    "annual",
    "all of",
)
def _full_year(match: re.Match[str]) -> When:
    year = _year(next(match[k] for k in ("y", "y2", "y3", "y4", "y5") if match[k]))
    return _when(match, year=year, kinds=("year",), fiscal="fiscal" in match.group() or match.group().startswith("fy"))


@_rule(
    rf"(?:the\s+|its\s+)?(?:q[1-4]\s+|first[\s-]quarter\s+)?{_YEAR.format('y')}\s+(?:news\s+|press\s+|earnings\s+)*(?:release|filing|report|announcement|document|8-k|10-q|10-k)|(?:the\s+)?(?:release|filing|report|announcement)\s+(?:of|for|from)\s+{_YEAR.format('y2')}",
    "release",
    "filing",
    "report",
    "announcement",
    "document",
    "8-k",
    "10-",
)
def _release(match: re.Match[str]) -> When:
    return _when(match, year=_year(match["y"] or match["y2"]), release=True)


@_rule(
    rf"(?P<sm>0?[1-9]|1[0-2])/(?P<sy>\d\d|(?:19|20)\d\d)|{_MONTH.format('m')}\s*,?\s*(?:of\s+)?{_YEAR.format('y')}",
    *_MONTHS_SAID,
    "/",
)
def _month_year(match: re.Match[str]) -> When:
    month, year = (int(match["sm"]), _year(match["sy"])) if match["sm"] else (_month(match["m"]), _year(match["y"]))
    return _when(
        match,
        ends=(month_end(year, month),),
        kinds=("instant", "quarter", "month", "half", "nine_months", "year"),
        month=month,
    )


@_rule(
    r"(?:the\s+)?(?:year[\s-]ago|year[\s-]earlier|prior[\s-]year|previous[\s-]year|last[\s-]year'?s?|(?:same|comparable|corresponding)\s+(?:quarter|period)\s+(?:a\s+year\s+ago|(?:of\s+|in\s+)?(?:the\s+)?(?:last|prior|previous|preceding)\s+year|(?:of\s+|in\s+)?(?:the\s+)?year\s+before))(?:\s+(?:quarter|period|figures?|same\s+(?:quarter|period)))?|a\s+year\s+(?:ago|earlier|before)|(?:the\s+)?(?:quarter|period)\s+(?:of\s+)?(?:last|the\s+prior|the\s+previous)\s+year|py|ly",
    "year",
    "last",
    "prior",
    "previous",
    "py",
    "ly",
)
def _prior_year(match: re.Match[str]) -> When:
    return _when(match, relative="prior_year")


@_rule(
    r"(?:the\s+)?(?:year|quarter)\s+(?:before|earlier|prior)(?:\s+that)?",
    "year",
    "quarter",
)
def _year_before(match: re.Match[str]) -> When:
    return _when(match, relative="year_before" if "year" in match.group() else "previous")


@_rule(
    r"(?:the\s+)?(?:previous|prior|preceding|last)\s+(?:quarter|qtr|period)",
    "quarter",
    "qtr",
    "period",
)
def _previous(match: re.Match[str]) -> When:
    return _when(match, relative="latest" if match.group().replace("the ", "").startswith("last") else "previous")


@_rule(
    r"(?:the\s+|its\s+|your\s+|their\s+)?(?:latest|most\s+recent|newest|current|this|last\s+reported|most\s+recently\s+reported)\s+(?:reported\s+)?(?:quarter|qtr|period|results?|figures?|numbers?|release|report)|(?:the\s+)?(?:latest|most\s+recent|most\s+recently|currently|right\s+now|now)",
    "latest",
    "recent",
    "newest",
    "current",
    "this",
    "last",
    "now",
)
def _latest(match: re.Match[str]) -> When:
    return _when(match, relative="latest")


@_rule(
    r"(?:the\s+)?(?:earliest|first\s+reported|oldest)\s+(?:quarter|qtr|period)?",
    "earliest",
    "first",
    "oldest",
)
def _earliest(match: re.Match[str]) -> When:
    return _when(match, relative="earliest")


@_rule(
    r"(?:in|for|over|across|during|of|from)?\s*(?:the\s+)?(?:each|every|all|any|whole)(?:\s+of)?(?:\s+the)?(?:\s+(?:\w+\s+)?(?:available|reported|first|second|third|fourth))?\s+(?:quarters?|periods?|years?|dates?)(?:\s+(?:you|we|there|that)\s+(?:have|hold|is|are|got|know)(?:\s+(?:reported|available|held))?)?(?:\s+(?:available|reported|on\s+record|on\s+file))?"
    r"|over\s+time|over\s+the\s+years|through\s+time|by\s+(?:quarter|period|year)|history|historical(?:ly)?|time\s+series|trend(?:s)?(?:\s+over\s+time)?|year\s+by\s+year|quarter\s+by\s+quarter|per\s+quarter",
    "each",
    "every",
    "all",
    "any",
    "whole",
    "over",
    "time",
    "by ",
    "histor",
    "trend",
    "per ",
)
def _all(match: re.Match[str]) -> When:
    return _when(match, relative="all")


@_rule(
    r"(?:in\s+)?(?:which|what)\s+(?:(?:of\s+)?(?:the\s+)?(?:\w+\s+)?(?:reported\s+|available\s+)?(?:first\s+|second\s+|third\s+|fourth\s+)?)(?:quarters?|periods?|years?)|when",
    "which",
    "what",
    "when",
)
def _which(match: re.Match[str]) -> When | None:
    return _when(match, relative="any") if match.group() != "when" else None


@_rule(
    r"today(?:'s)?|yesterday|tomorrow|tonight|this\s+(?:morning|week|afternoon)|next\s+(?:year|quarter|month|week|decade)|in\s+the\s+future|upcoming",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "this",
    "next",
    "future",
    "upcoming",
)
def _today(match: re.Match[str]) -> When:
    return _when(
        match,
        relative="future"
        if match.group()[:2] in ("ne", "in", "up", "to") and match.group()[:5] != "today"
        else "today",
    )


@_rule(
    r"(?:the\s+)?(?:(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?:quarter|qtr\.?|three\s+months)|q(?P<q>[1-4])|(?P<q2>[1-4])q|(?P<m>march|june|september|december)\s+quarter)s?",
    "quarter",
    "qtr",
    "q",
    "month",
)
def _bare_quarter(match: re.Match[str]) -> When:
    number = (
        ORDINALS[match["o"]]
        if match["o"]
        else _month(match["m"]) // 3
        if match["m"]
        else int(match["q"] or match["q2"])
    )
    return _when(match, quarter=number, kinds=("quarter", "instant"))


@_rule(
    rf"{_MONTH.format('m')}\s+{_DAY.format('d')}",
    *_MONTHS_SAID,
)
def _day_without_year(match: re.Match[str]) -> When | None:
    return _when(match, month=_month(match["m"]), kinds=("instant", *FLOWS))


@_rule(rf"(?:(?:calendar\s+|the\s+)?year\s+)?{_YEAR.format('y')}")
def _bare_year(match: re.Match[str]) -> When:
    return _when(match, year=_year(match["y"]))


@_rule(
    r"(?:the\s+)?(?:year[\s-]to[\s-]date|ytd|year)(?:\s+so\s+far)?",
    "ytd",
    "year",
)
def _year_to_date(match: re.Match[str]) -> When | None:
    return (
        _when(match, kinds=("half", "nine_months", "year", "quarter"), relative="latest")
        if match.group().startswith(("ytd", "year to", "year-to"))
        else None
    )


@functools.lru_cache(maxsize=1024)
def read_whens(text: str) -> tuple[When, ...]:
    """The periods that ``text`` names, left to right, none overlapping; where rules overlap the longest wins."""
    lower = text.lower()
    found = sorted(_matches(lower), key=lambda w: (w.start - w.end, w.start))
    kept: list[When] = []
    for when in found:
        if all(when.end <= other.start or other.end <= when.start for other in kept):
            kept.append(when)
    return tuple(sorted(kept, key=lambda w: w.start))


def _matches(text: str) -> Iterator[When]:
    for pattern, needs, make in _rules:
        if needs and not any(word in text for word in needs):
            continue
        for match in _compiled(pattern).finditer(text):
            when = make(match)
            if when is not None:
                yield _trimmed(when)


def _trimmed(when: When) -> When:
    lead = len(when.said) - len(when.said.lstrip())
    if not lead and when.said == when.said.rstrip():
        return when
    return replace(when, start=when.start + lead, end=when.start + len(when.said.rstrip()), said=when.said.strip())
