"""Dates and spans in headings and captions: ``First Quarter Ended`` over ``MAR. 31, 2003``, ``3/31/05``.

A heading is often spread over several lines, each with a part: ``TimeWords`` holds what one text says, ``merge`` joins
two, and ``period_of`` makes a Period of what is known, or None: what is not said is not guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from grammar.chunks import remembered
from grammar.periods import ORDINALS, Period, duration, full_year, instant, month_end, quarter, shift_months
from grammar.records import record

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_YEAR = r"(?:19[5-9]\d|20[0-6]\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
DATE = re.compile(
    rf"\b(?:{_MONTH.format('m1')}\.?\s{{0,8}}(?P<d1>{_DAY})(?:st|nd|rd|th)?\b(?!\.\d|,\d{{3}}\b)(?:\s?,?\s{{0,8}}(?P<y1>{_YEAR})\b)?"
    rf"|(?P<d2>{_DAY})\s{_MONTH.format('m2')}\.?(?:,?\s{{0,4}}(?P<y2>{_YEAR})\b)?"
    rf"|(?P<m3>1[0-2]|0?[1-9])/(?P<d3>{_DAY})/(?P<y3>{_YEAR}|\d\d)\b"
    rf"|(?P<m4>1[0-2]|0[1-9])-(?P<d4>[0-3]\d)-(?P<y4>{_YEAR})\b"
    rf"|(?P<y5>{_YEAR})-(?P<m5>1[0-2]|0[1-9])-(?P<d5>[0-3]\d)\b)",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"\b{_MONTH.format('m')}(?:\.?,?\s{{1,4}}(?P<y>{_YEAR})\b|[-'\u2019](?P<yy>\d\d)(?![\d-]))", re.IGNORECASE
)
YEAR = re.compile(rf"(?<![\d/$.,-]){_YEAR}(?![\d/%]|,\d|\.\d)")
SHORT_YEAR = re.compile(
    r"(?:\bfy|\bfiscal(?: year)?|\bQ[1-4]|\b[1-4]Q|\bH[12]|\b[12]H|['\u2019])\s?['\u2019]?(\d\d)\b", re.IGNORECASE
)
_COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    "|twenty-six|twenty six|twenty-seven"
    "|thirty-nine|thirty nine|forty|fifty-two|fifty two|fifty-three|fifty three"
)
NUMBERS = {
    word: number
    for number, words in {
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 26: "twenty-six|twenty six", 27: "twenty-seven",
        39: "thirty-nine|thirty nine", 40: "forty", 52: "fifty-two|fifty two", 53: "fifty-three|fifty three",
    }.items()
    for word in words.split("|")
}  # fmt: skip
SPAN = re.compile(
    rf"\b(?P<n>{_COUNT}|\d{{1,2}})[\s-]{{1,4}}(?P<unit>months?|mos?\b\.?|weeks?|quarters?)(?:\b|(?<=\.))"
    r"|\b(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]{1,4}(?P<what>fiscal[\s-])?(?P<of>quarter|qtr|half)\b"
    r"|\bQ(?P<q>[1-4])\b|\b(?P<q2>[1-4])Q|\bH(?P<h>[12])\b|\b(?P<h2>[12])H"
    r"|\b(?P<month>month)s?\s+end(?:ed|ing)\b|\b(?P<half>half)[\s-]+year\b"
    r"|\b(?P<quarter>quarters?|qtr)\b|\b(?P<ytd>year[\s-]to[\s-]date|ytd)\b"
    r"|\b(?P<year>(?:fiscal\s+|full\s+|calendar\s+)?years?\s+end(?:ed|ing)|fiscal(?:\s+years?)?|full[\s-]year|twelve-month|annual|FY)(?=\b|\d)",
    re.IGNORECASE,
)
INSTANT = re.compile(r"\b(?:as\s+of|as\s+at|at)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")
_OF_TIME = re.compile(  # words beside a day or a span that name no measure
    rf"\b(?:for|the|as|of|at|and|in|from|through|thru|to|ended|ending|first|second|third|fourth|months?|quarters?|years?|weeks"
    rf"|period|fiscal|calendar|full|half|ytd|total|average|(?:un)?audited|actual|budget|plan|estimated?|forecast|revised"
    rf"|restated|pro forma|{_COUNT}|january|february|march|april|may|june|july|august|september|october|november"
    rf"|december)\b",
    re.IGNORECASE,
)
DAYS = [0, *(calendar.monthrange(2000, month)[1] for month in range(1, 13))]  # the most that a month has
MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}


@record
class TimeWords:
    """What a text says of time, each part None (False) where it doesn't say it.

    ``months`` is the length of the span, ``quarter`` its number in the year, ``month_day`` the day that ends it.
    """

    months: int | None = None
    quarter: int | None = None
    half: int | None = None
    month_day: tuple[int, int] | None = None
    year: int | None = None
    as_of: bool = False
    ytd: bool = False
    fiscal: bool = False

    def __bool__(self) -> bool:
        said = (self.months, self.quarter, self.half, self.month_day, self.year)
        return self.as_of or self.ytd or self.fiscal or said != _NOTHING_SAID

    @property
    def date(self) -> dt.date | None:
        """The day, where month, day and year are all said and there is such a day."""
        if self.month_day is None or self.year is None:
            return None
        return _day(self.year, *self.month_day)


NOTHING = TimeWords()
_NOTHING_SAID = (None,) * 5


def dates_in(text: str) -> Iterator[tuple[int, int, TimeWords]]:
    """Each date of a text in its order, as (start, end, words); one without its year has no ``year``."""
    if not _DIGIT.search(text):
        return
    for match in DATE.finditer(text):
        number = str(match.lastgroup)[1]
        month, year = match["m" + number], match["y" + number]
        at = (MONTHS[month[:3].lower()] if month[0].isalpha() else int(month)), int(match["d" + number])
        if at[1] <= DAYS[at[0]]:
            yield match.start(), match.end(), TimeWords(None, None, None, at, full_year(year) if year else None)


@remembered
def read_time(text: str) -> TimeWords:
    """What a heading says of time: its first span, its first date, else its first year.

    Headings and labels are asked about by several steps, and come again from filing to filing.
    """
    if not _DIGIT.search(text):  # then it is a span ("first quarter") or nothing
        words = _with_span(NOTHING, text)
        return replace(words, as_of=INSTANT.search(text) is not None) if words else words
    words = TimeWords(as_of=INSTANT.search(text) is not None)
    found = next(dates_in(text), None)
    if found:
        rest = text[: found[0]] + " " + text[found[1] :]
        words = replace(words, month_day=found[2].month_day, year=found[2].year)
    else:
        rest = text
        month = MONTH_YEAR.search(text)
        if month:
            number, year = MONTHS[month["m"][:3].lower()], full_year(month["y"] or month["yy"])
            last = month_end(year, number)
            words = replace(words, month_day=(last.month, last.day), year=year)
            rest = text[: month.start()] + " " + text[month.end() :]
    if words.year is None:
        words = replace(words, year=_year_in(rest))
    words = _with_span(words, rest)
    return words if words != TimeWords(as_of=True) else NOTHING


@remembered
def only_time(text: str) -> bool:
    """Whether a heading or label says no more than when: ``Six months ended July 31, 1999``, ``2004 (actual)``."""
    if not read_time(text):
        return False
    rest = text
    for pattern in (DATE, MONTH_YEAR, SPAN, SHORT_YEAR, YEAR):
        rest = pattern.sub(" ", rest)
    return not _LETTERS.search(_OF_TIME.sub(" ", rest))


def years_in(text: str) -> list[int]:
    """The years that stand alone in a text, in their order: ``March 31, 2007 and 2006`` has two."""
    return [int(match[0]) for match in YEAR.finditer(text)]


def _year_in(text: str) -> int | None:
    match = YEAR.search(text)
    if match:
        return int(match[0])
    match = SHORT_YEAR.search(text)
    return full_year(match[1]) if match else None


def _with_span(words: TimeWords, text: str) -> TimeWords:
    for match in SPAN.finditer(text):
        found = _span(words, match)
        if found.months or found.quarter or found.half or found.ytd:
            return found
    return words


def _span(words: TimeWords, match: re.Match[str]) -> TimeWords:
    """The words with the span that a match of SPAN says."""
    if match["n"]:
        number = (
            NUMBERS.get(match["n"].lower()) or int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"].lower()]
        )
        return replace(words, months=_months(number, match["unit"].lower()))
    if match["ordinal"]:
        number = ORDINALS[match["ordinal"].lower()]
        if match["of"].lower() == "half":
            return replace(words, half=number, months=6)
        return replace(words, quarter=number, months=3, fiscal=bool(match["what"]))
    if match["q"] or match["q2"]:
        return replace(words, quarter=int(match["q"] or match["q2"]), months=3)
    if match["h"] or match["h2"]:
        return replace(words, half=int(match["h"] or match["h2"]), months=6)
    if match["quarter"]:
        return replace(words, months=3)
    if match["ytd"]:
        return replace(words, ytd=True)
    if match["half"]:
        return replace(words, months=6)
    return replace(words, months=1 if match["month"] else 12)


def _months(number: int, unit: str) -> int | None:
    """Weeks and quarters as months: 13 or 14 weeks are a quarter, 52 or 53 a year; None for a span that is none."""
    if unit.startswith("mo"):
        return number if 1 <= number <= 36 else None
    if unit.startswith("quarter"):
        return 3 if number == 1 else None
    return {4: 1, 5: 1, 12: 3, 13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}.get(number)


def merge(first: TimeWords, then: TimeWords) -> TimeWords:
    """Both together; what the second says wins."""
    return TimeWords(
        then.months or first.months,
        then.quarter or first.quarter,
        then.half or first.half,
        then.month_day or first.month_day,
        then.year or first.year,
        then.as_of or first.as_of,
        then.ytd or first.ytd,
        then.fiscal or first.fiscal,
    )


def period_of(words: TimeWords, year_end: int = 12) -> Period | None:
    """The period that the words say, ``year_end`` being the month in which the fiscal year ends; None if they don't."""
    day = words.date
    if day is not None:
        if words.ytd and not words.months:
            return duration(day, (day.month - year_end - 1) % 12 + 1)
        return duration(day, words.months) if words.months and not words.as_of else instant(day)
    if words.year is None or words.month_day is not None:
        return None
    if words.quarter:
        return quarter(words.year, words.quarter, year_end)
    if words.half:
        return duration(shift_months(month_end(words.year, year_end), -6 if words.half == 1 else 0), 6)
    return duration(month_end(words.year, year_end), 12) if words.months == 12 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    return dt.date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
