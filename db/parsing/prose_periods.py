"""The periods that sentences name, resolved against the period that the filing reports: "a year ago", "the quarter".

A filing's own periods are told in words that mean something only beside it; what stays open is no period at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from db.parsing.prose_context import ProseContext
from db.prose.said import Said
from grammar.chunks import remembered, where
from grammar.dates import MONTHS
from grammar.periods import ORDINALS, SPANS, Period, duration, instant, month_end, quarter, shift_months
from grammar.records import record

_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th"
_YEAR = r"(?:19|20)\d\d"
_OTHER_YEAR = r"this\s+year|last\s+year|the\s+year|next\s+year|the\s+prior\s+year|the\s+previous\s+year"
_AGO = r"(?:a|one)\s+year\s+(?:ago|earlier)"
_PHRASES = (  # the first that fits at a place wins, so the longer ones come first
    r"(?P<ended>(?:(?P<both>three\s+months|quarters?)\s+and\s+)?"
    r"(?:(?P<n>three|six|nine|twelve|3|6|9|12)[ -]months?|(?P<span>quarters?|year|period))(?:\s+periods?)?"
    rf"\s+(?:ended|ending)\s+(?P<em>{_MONTH})\b\.?(?:\s+(?P<ed>\d\d?))?,?\s+(?P<ey>{_YEAR})"
    rf"(?:\s+(?:and|compared\s+(?:to|with))\s+(?P<ey2>{_YEAR}))?)",
    r"(?P<quarter>(?:(?P<lastyear>last\s+year['’]s|(?:the\s+)?prior\s+year['’]s)\s+)?"
    rf"(?:(?:fiscal\s+)?(?P<qy0>{_YEAR})\s+)?\b(?P<o>{_ORDINAL})[ -](?:fiscal\s+)?quarter(?:['’]s)?"
    rf"(?:,?\s+(?:of\s+)?(?:(?:fiscal\s+(?:year\s+)?)?(?P<qy>{_YEAR})|(?P<qrel>{_OTHER_YEAR})))?)",
    rf"(?P<months>(?:\b{_YEAR}\s+)?(?P<mfirst>first\s+)?(?P<mn>six|nine|twelve)[ -]months?(?:\s+periods?)?"
    rf"(?:\s+(?:of|in)\s+(?:fiscal\s+)?(?P<my1>{_YEAR}))?)",
    rf"(?P<half>(?P<hn>first|second|latter)\s+half(?:\s+of\s+(?:(?:fiscal\s+)?(?P<hy>{_YEAR})|{_OTHER_YEAR}))?)",
    r"(?P<long>\b(?:past|last|next|previous|prior|coming|recent)\s+(?:\w+[ -]){0,2}"
    r"(?:years|months|quarters|decades?|century)\b"
    r"|\bfirst\s+\w+\s+(?:weeks|days)\b(?:\s+of\s+\w+)?(?:\s+(?:19|20)\d\d)?"
    r"|\b(?:over|for|within|first)\s+(?:the\s+)?(?!the\b|fiscal\b|both\b|calendar\b)(?:\w+[ -]){1,2}"
    r"(?:years|decades)\b|\byear[- ]to[- ]date\b)",
    rf"(?P<years>\b{_YEAR}\s*(?:-|–|to|through|until)\s*(?:{_YEAR}|\d\d\b)|\b{_YEAR}s\b"
    rf"|\bsince\s+(?:(?:{_MONTH})\b\.?\s*)?(?:\d\d?,\s*)?(?:{_YEAR})?(?<=\w)(?<!since)"
    rf"|\bbetween\s+{_YEAR}\s+and\s+{_YEAR}\b)",
    r"(?P<before>(?:the\s+)?(?:preceding|previous|prior|last|immediately\s+preceding)\s+(?:fiscal\s+)?quarter\b"
    r"(?!['’]|\s+of\b))",
    rf"(?P<code>\b(?:q(?P<cq>[1-4])|(?P<cq2>[1-4])q)\s*(?:of\s+)?(?P<cy>{_YEAR}))",
    r"(?P<prior>(?:the\s+)?(?:same|comparable|corresponding|year[ -]ago|prior[ -]year)\s+(?:quarter|period)"
    rf"(?:\s+(?:of|in|a|one)?\s*(?:(?P<py>{_YEAR})|last\s+year|the\s+(?:prior|previous)\s+year|year\s+(?:ago|earlier)))"
    rf"|{_AGO}|(?:the\s+)?(?:year[ -]ago|prior[ -]year)\s+(?:(?:comparable|corresponding|same)\s+)?(?:quarter|period)"
    r"|(?:the\s+)?(?:same|comparable|corresponding)\s+(?:quarter|period)\s+of\s+(?:last|the\s+(?:prior|previous))\s+year"
    r"|(?:last|(?:the\s+)?(?:prior|previous))\s+year['’]s\s+(?:same\s+|comparable\s+)?(?:quarter|period))",
    r"(?P<same>(?:the\s+)?same\s+(?:quarter|period))",
    r"(?P<this>(?:the|this|current)\s+quarter\b(?!\s+(?:of\b|ended|ending|and\s+\w+\s+months)))",
    rf"(?P<day>\b(?P<dm>{_MONTH})\.?\s+(?P<dd>\d\d?)(?!\d)(?:,?\s+(?P<dy>{_YEAR}))?)",
    rf"(?P<close>\b(?:end|close)\s+of\s+(?P<lm>{_MONTH})\b\.?,?\s+(?P<ly>{_YEAR}))",
    rf"(?P<month>\b(?:in|since|during)\s+(?P<mm>{_MONTH})\b(?:,?\s+(?P<my>{_YEAR}))?)",
    rf"(?P<bare>\b(?P<bm>{_MONTH})\b\.?,?\s+(?P<by>{_YEAR}))",
    r"(?P<relyear>\b(?P<rel>this|next|last|the\s+prior|the\s+previous|the\s+preceding|the)\s+year\b"
    r"(?!['’]s|\s+(?:ended|ending|before|comparable|corresponding|same|period|quarter|of\s+(?:19|20)\d\d))"
    r"|\bannual\b|\bfull[ -]year\b)",
    rf"(?P<year>(?<![\d,.$-])(?P<fiscal>fiscal\s+(?:year\s+)?)?(?P<yy>{_YEAR})(?!\d|,\d|-|\.\d))",
)
_PHRASE = re.compile("|".join(_PHRASES))
# They all begin with a word that begins so: looking there alone takes a tenth of the time.
_BEGINNING = re.compile(
    rf"(?:{_MONTH}|{_ORDINAL}|quarter|year|period|three|six|nine|twelve|latter|preceding|previous|prior|immediately"
    r"|same|comparable|corresponding|last|this|current|next|since|during|annual|full|fiscal|past|recent|coming"
    r"|(?:the|one|a|in|end|close|over|for|between)$|q[1-4]|[1-4]q|1?[2369](?!\d)|19|20)"
)
_FROM = re.compile(
    r"(?:\b(?:up|down|higher|lower|increase\w*|decrease\w*|rose|grew|fell|declin\w+)\b[^.;]{0,40})"
    r"(?:%|\bper\s?cent|illion|\d)\)?,?\s+(?:over|from)\s+(?:fiscal\s+|year-end\s+|(?:the\s+)?(?:end\s+of\s+)?)$"
)
_UNTIL = re.compile(r"\s+(?:to|through|until)\b|\s*-\s*(?:19|20)\d\d")
_LEADING = frozenset(("the", "a", "one", "in", "during"))


@record
class PeriodSpan:
    """A period that a text names and where; ``prior`` where it is told from this one, ``second`` of "2003 and 2002",
    ``same`` where it is the one that was spoken of, ``vague`` where it is not clear which."""

    start: int
    end: int
    period: Period | None
    second: Period | None = None
    prior: bool = False
    vague: bool = False
    same: bool = False


def periods_in(said: Said, context: ProseContext) -> list[PeriodSpan]:
    """The periods of a sentence, left to right; "the same period last year" is told from the one before it."""
    found: list[PeriodSpan] = []
    free = 0
    for start in _openings(said):
        match = _PHRASE.match(said.low, start) if start >= free else None
        if match is None:
            continue
        free = match.end()
        if match["year"] and _is_base(said.low, match.start(), match.end()):
            continue
        told = _told(found) if match["prior"] else None
        if told:
            period = told.period and _moved(told.period, int(match["py"] or told.period.end.year - 1))
            found.append(PeriodSpan(match.start(), match.end(), period, prior=True, vague=period is None))
        else:
            found.append(_span(match, context))
    return _paired(said.text, found)


def _is_base(low: str, start: int, end: int) -> bool:
    """Whether a year is the one that a change is told from: ``up $59 million from 1992``, ``rose 10% over 1992``."""
    return _FROM.search(low, max(start - 60, 0), start) is not None and not _UNTIL.match(low, end)


def _openings(said: Said) -> Iterator[int]:
    """Where a period may begin: at words that some begin with, "the" and "in" only before another of them."""
    begins = list(where(_begins, said.words))
    for at, following in zip(begins, (*begins[1:], 0), strict=False):
        if following == at + 1 or said.words[at] not in _LEADING:
            yield said.starts[at]


@remembered
def _begins(word: str) -> bool:
    """Whether a period may begin with a word."""
    return _BEGINNING.match(word) is not None


def _told(spans: Sequence[PeriodSpan]) -> PeriodSpan | None:
    """The last period that was told of its own and is no day: what "the same period" means."""
    return next((span for span in reversed(spans) if not span.prior and not _is_day(span)), None)


def _paired(text: str, spans: list[PeriodSpan]) -> list[PeriodSpan]:
    """The periods, "2007 and 2006" as one span of two: which is meant, or both together, the words don't tell."""
    if len(spans) < 2:
        return spans
    made: list[PeriodSpan] = []
    for span in spans:
        last = made[-1] if made else None
        alike = last is not None and last.period and span.period and last.period.kind == span.period.kind
        if last is not None and alike and not last.second and text[last.end : span.start].lower() == " and ":
            made[-1] = PeriodSpan(last.start, span.end, last.period, span.period)
        else:
            made.append(span)
    return made


def _is_day(span: PeriodSpan) -> bool:
    return span.period is not None and span.period.kind == "instant"


def prior_year(period: Period | None) -> Period | None:
    """The same period a year before."""
    return None if period is None else _moved(period, period.end.year - 1)


def _span(match: re.Match[str], context: ProseContext) -> PeriodSpan:
    start, end, base = match.start(), match.end(), context.period
    if match["ended"]:
        return _ended(match)
    if match["quarter"]:
        return PeriodSpan(start, end, _quarter(match, context), prior=bool(match["lastyear"]))
    if match["months"] or match["half"]:
        part = _part_of_year(match, context)
        return PeriodSpan(start, end, part, vague=part is None)
    if match["long"] or match["years"]:
        return PeriodSpan(start, end, None, vague=True)
    if match["before"]:
        earlier = base and base.kind == "quarter" and duration(shift_months(base.end, -3), 3)
        return PeriodSpan(start, end, earlier or None, prior=True, vague=not earlier)
    if match["code"]:
        return PeriodSpan(start, end, quarter(int(match["cy"]), int(match["cq"] or match["cq2"])))
    if match["prior"]:
        period = prior_year(base)
        if match["py"] and base:
            period = _moved(base, int(match["py"]))
        return PeriodSpan(start, end, period, prior=True)
    if match["same"]:
        return PeriodSpan(start, end, None, vague=True, same=True)
    if match["this"]:
        return PeriodSpan(start, end, base if base and base.kind == "quarter" else None)
    if match["day"] or match["close"] or match["month"] or match["bare"]:
        return PeriodSpan(start, end, _dated(match, context))
    return PeriodSpan(start, end, _year(match, context), prior=_is_before(match["rel"]))


def _dated(match: re.Match[str], context: ProseContext) -> Period | None:
    """A day, the end of a month or a month."""
    if match["day"]:
        return _day(match, context)
    if match["close"]:
        return instant(month_end(int(match["ly"]), _month_number(match["lm"])))
    if match["bare"]:
        return duration(month_end(int(match["by"]), _month_number(match["bm"])), 1)
    return _month(match, context)


def _moved(period: Period, year: int) -> Period:
    months = 12 * (year - period.end.year)
    start = period.start and shift_months(period.start - dt.timedelta(days=1), months) + dt.timedelta(days=1)
    return Period(shift_months(period.end, months), period.kind, start)


def _ended(match: re.Match[str]) -> PeriodSpan:
    months = SPANS.get((match["n"] or "").lower(), 12 if (match["span"] or "").lower() == "year" else 3)
    try:
        year, month = int(match["ey"]), _month_number(match["em"])
        end = dt.date(year, month, int(match["ed"])) if match["ed"] else month_end(year, month)
    except ValueError:
        return PeriodSpan(match.start(), match.end(), None, vague=True)
    first = duration(end, months)
    second = duration(shift_months(end, 12 * (int(match["ey2"]) - end.year)), months) if match["ey2"] else None
    if match["both"]:
        first, second = duration(end, 3), first
    return PeriodSpan(match.start(), match.end(), first, second)


def _quarter(match: re.Match[str], context: ProseContext) -> Period | None:
    number = ORDINALS[match["o"].lower()]
    if year := match["qy"] or match["qy0"]:
        return quarter(int(year), number, context.year_end)
    if context.period is None:
        return None
    relative = " ".join((match["qrel"] or match["lastyear"] or "").lower().split())
    shift = (
        -1 if relative.startswith(("last", "the prior", "the previous")) else 1 if relative.startswith("next") else 0
    )
    ended = context.period.end
    return quarter(ended.year + (ended.month > context.year_end) + shift, number, context.year_end)


def _part_of_year(match: re.Match[str], context: ProseContext) -> Period | None:
    """ "The first six months of 2007", "the first half of 2007"; without its year the words don't tell which day ends
    it."""
    year = match["my1"] or match["hy"]
    if not year or (match["months"] and not match["mfirst"]):
        return None
    months = SPANS[match["mn"].lower()] if match["months"] else 6
    ended = months if match["months"] or match["hn"].lower() == "first" else 12
    month = context.year_end + ended
    return duration(month_end(int(year) - 1 + (month - 1) // 12, (month - 1) % 12 + 1), months)


def _day(match: re.Match[str], context: ProseContext) -> Period | None:
    try:
        if match["dy"]:
            return instant(dt.date(int(match["dy"]), _month_number(match["dm"]), int(match["dd"])))
        told = context.released or (context.period.end if context.period else None)
        if told is None:
            return None
        day = dt.date(told.year, _month_number(match["dm"]), int(match["dd"]))
        return instant(day if day <= told else day.replace(year=day.year - 1))
    except ValueError:
        return None


def _month(match: re.Match[str], context: ProseContext) -> Period | None:
    number = _month_number(match["mm"])
    told = context.released or (context.period.end if context.period else None)
    if match["my"] is None and told is None:
        return None
    year = int(match["my"]) if match["my"] else told.year - (number > told.month) if told else 0
    return duration(month_end(year, number), 1)


def _year(match: re.Match[str], context: ProseContext) -> Period | None:
    if match["year"]:
        ends = context.year_end if match["fiscal"] else 12
        return duration(month_end(int(match["yy"]), ends), 12)
    if context.period is None:
        return None
    shift = -1 if _is_before(match["rel"]) else 1 if (match["rel"] or "").lower() == "next" else 0
    return duration(dt.date(context.period.end.year + shift, 12, 31), 12)


def _is_before(said: str | None) -> bool:
    """Whether "last year", "the prior year" is said and not this one."""
    return (said or "").lower().endswith(("last", "prior", "previous", "preceding"))


def _month_number(name: str) -> int:
    """1 to 12 for a month's name or its short form."""
    return MONTHS[name[:3].lower()]
