"""The periods that sentences name, resolved against the period that the filing reports: "a year ago", "the quarter".

A filing's own periods are told in words that mean something only beside it; what stays open is no period at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from db.parsing.prose_context import ProseContext
from db.parsing.prose_period_phrases import BEGINNING, PHRASES
from db.prose.said import Said
from grammar.chunks import remembered, where
from grammar.dates import MONTHS
from grammar.periods import ORDINALS, SPANS, Period, duration, full_year, instant, month_end, quarter, shift_months
from grammar.records import record

_PHRASE = re.compile("|".join(PHRASES))
_BEGINNING = re.compile(BEGINNING)
_LENGTHS = {"quarter": "three", "half": "six", "nine_months": "nine", "year": "twelve"}
_DECEMBER = 12
_NEARLY_OVER = 92  # days after the release
_HALF_YEAR = ("half-year", "half year")
_FROM = re.compile(
    r"\b(?:up|down|higher|lower|increase\w*|decrease\w*|reduction|improvement|rose|grew|fell|declin\w+)\b"
    r"(?:[^.;]|\.\d){0,110}"
    r"(?:%|\bper\s?cent|illion|\d)\)?,?\s+(?:over|from)\s+(?:fiscal\s+|year-end\s+|(?:the\s+)?(?:end\s+of\s+)?)$"
)
_NEAR = 32  # characters from the "from" to the time, the end of the fiscal year between them
_COMPARED = re.compile(
    r"\b(?:compared|versus|vs|against|from|than)\b[^;.]*$|\b(?:compared|versus|from|than)\b[^;]{0,60}$"
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
        if _is_base(said.low, match.start(), match.end()):
            continue
        told = _told(found) if match["prior"] or match["that"] else None
        if told and match["that"] and told.period and told.period.kind == "year":
            told = None  # "the 2006 quarter" is no year's
        found.append(_span_told(match, told) if told else _span(match, context))
    return _paired(said.text, found)


def _span_told(match: re.Match[str], told: PeriodSpan) -> PeriodSpan:
    """ "The same period last year", "the 2006 quarter", behind the period that was told."""
    year = match["py"] or match["ty"]
    period = told.period and _moved(told.period, int(year or told.period.end.year - 1))
    if period and match["tn"] and match["tn"] != _LENGTHS.get(period.kind):
        period = duration(period.end, SPANS[match["tn"]])
    return PeriodSpan(match.start(), match.end(), period, prior=True, vague=period is None)


def _is_base(low: str, start: int, end: int) -> bool:
    """Whether a time is the one that a change is told from: ``up $59 million from 1992``, ``rose 10% over 1992``."""
    near = low[max(start - _NEAR, 0) : start]
    if "over" not in near and "from" not in near:
        return False
    return _FROM.search(low, max(start - 140, 0), start) is not None and not _UNTIL.match(low, end)


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
    if match["both2"]:
        number, year = ORDINALS[match["bo"] or match["bo2"]], int(match["by2"])
        return PeriodSpan(start, end, quarter(year, number, context.year_end), _of_year(year, context))
    if match["quarter"]:
        period, prior = _quarter(match, context), bool(match["lastyear"])
        bare = not (match["qy"] or match["qy0"] or match["qrel"] or prior)
        if bare and period and period.end > context.told and _COMPARED.search(match.string, 0, start):
            period, prior = prior_year(period), True  # "up from the fourth quarter": one that is over
        return PeriodSpan(start, end, period, prior=prior)
    if match["long"] or match["years"]:
        return PeriodSpan(start, end, None, vague=True)
    if match["before"]:
        earlier = base and base.kind == "quarter" and duration(shift_months(base.end, -3), 3)
        return PeriodSpan(start, end, earlier or None, prior=True, vague=not earlier)
    for name, resolve in _RESOLVED:
        if match[name]:
            period = resolve(match, context)
            return PeriodSpan(start, end, period, vague=period is None)
    if match["prior"] or match["that"]:
        return PeriodSpan(start, end, _beside(match, base), prior=True)
    if match["same"]:
        return PeriodSpan(start, end, None, vague=True, same=True)
    return _plain(match, context)


def _plain(match: re.Match[str], context: ProseContext) -> PeriodSpan:
    """This quarter, a day, a month or a year."""
    start, end, base = match.start(), match.end(), context.period
    if match["this"]:
        return PeriodSpan(start, end, base if base and base.kind == "quarter" else None)
    if match["day"] or match["close"] or match["yearend"] or match["month"] or match["bare"]:
        return PeriodSpan(start, end, _dated(match, context))
    return PeriodSpan(start, end, _year(match, context), prior=_is_before(match["rel"]))


def _beside(match: re.Match[str], base: Period | None) -> Period | None:
    """The filing's own period in another year, where none was told before."""
    year = match["py"] or match["ty"]
    period = _moved(base, int(year)) if year and base else prior_year(base)
    if period and match["tn"] and match["tn"] != _LENGTHS.get(period.kind):
        return duration(period.end, SPANS[match["tn"]])
    return period


def _coded(match: re.Match[str], context: ProseContext) -> Period | None:
    """ "Q1 2007", "2007 Q1", "1Q07"; a lone "Q1" is the last one that is over."""
    year = match["cy0"] or match["cy"] or match["cy2"]
    number = int(match["cq0"] or match["cq"] or match["cq2"] or match["cq3"])
    return quarter(full_year(year), number) if year else _latest(number, context)


def _latest(number: int, context: ProseContext) -> Period | None:
    """Quarter ``number`` of the fiscal year that is reported on, or the last one that was over by the release."""
    if context.period is not None:
        ended = context.period.end
        return quarter(ended.year + (ended.month > context.year_end), number, context.year_end)
    if context.released is None:
        return None
    year = context.released.year + 1
    found = [quarter(year - back, number, context.year_end) for back in range(3)]
    return next((period for period in found if period.end < context.released), None)


def _monthly(match: re.Match[str], context: ProseContext) -> Period | None:
    """The quarter that ends with a month: "the June quarter", without its year the last one that is over."""
    month, year = _month_number(match["mqm"]), match["mqy0"] or match["mqy"]
    if year:
        return duration(month_end(int(year), month), 3)
    if context.told == dt.date.max:
        return None
    told = context.told
    end = month_end(told.year, month)
    return duration(end if end <= told else month_end(told.year - 1, month), 3)


def _to_date(match: re.Match[str], context: ProseContext) -> Period | None:
    """A year from its first day to the end of the quarter that is reported on."""
    base = context.period
    year = int(match["ytd"] or match["ytd2"] or (base.end.year if base else 0))
    if base is None or base.kind != "quarter":
        return None
    months = (base.end.month - context.year_end - 1) % 12 + 1
    return duration(_moved(base, year).end, months)


def _fiscal_code(match: re.Match[str], context: ProseContext) -> Period | None:
    """ "FY16"; None where it may as well be a fiscal year that ends in June."""
    period = _of_year(full_year(match["fyy"]), context)
    known = context.year_end != _DECEMBER or (period.end - context.told).days <= _NEARLY_OVER
    return period if known else None


def _of_year(year: int, context: ProseContext) -> Period:
    """The fiscal year that ends in ``year``."""
    return duration(month_end(year, context.year_end), 12)


def _dated(match: re.Match[str], context: ProseContext) -> Period | None:
    """A day, the end of a month or a month."""
    if match["day"]:
        return _day(match, context)
    if match["yearend"]:
        return instant(month_end(int(match["ye"]), context.year_end))
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
    span, day = match["span"] or "", match["ed"] or match["ed0"]
    months = SPANS.get(match["n"] or "", 12 if span == "year" else 6 if span in _HALF_YEAR else 3)
    try:
        year, month = int(match["ey"]), _month_number(match["em"])
        end = dt.date(year, month, int(day)) if day else month_end(year, month)
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
        return None if match["qrel"] or match["lastyear"] else _latest(number, context)
    relative = " ".join((match["qrel"] or match["lastyear"] or "").lower().split())
    shift = (
        -1 if relative.startswith(("last", "the prior", "the previous")) else 1 if relative.startswith("next") else 0
    )
    ended = context.period.end
    return quarter(ended.year + (ended.month > context.year_end) + shift, number, context.year_end)


def _part_of_year(match: re.Match[str], context: ProseContext) -> Period | None:
    """ "The first six months of 2007", "the first half of 2007"; without its year the words don't tell which day ends
    it."""
    if coded := match["hcy"] or match["hcy2"]:
        month = context.year_end + 6 * int(match["hc"] or match["hc2"])
        return duration(month_end(full_year(coded) - 1 + (month - 1) // 12, (month - 1) % 12 + 1), 6)
    year = match["my1"] or match["hy"]
    if not year or (match["months"] and not match["mfirst"] and match["mn"] == "six"):
        return None  # which six months of the year
    months = SPANS[match["mn"].lower()] if match["months"] else 6
    ended = months if match["months"] or match["hn"].lower() == "first" else 12
    month = context.year_end + ended
    return duration(month_end(int(year) - 1 + (month - 1) // 12, (month - 1) % 12 + 1), months)


def _day(match: re.Match[str], context: ProseContext) -> Period | None:
    try:
        if year := match["dy"] or match["dy0"]:
            month = _month_number(match["dm"] or match["dm0"])
            return instant(dt.date(int(year), month, int(match["dd"] or match["dd0"])))
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


_RESOLVED: tuple[tuple[str, Callable[[re.Match[str], ProseContext], Period | None]], ...] = (
    ("months", _part_of_year),
    ("half", _part_of_year),
    ("halfcode", _part_of_year),
    ("todate", _to_date),
    ("code", _coded),
    ("monthly", _monthly),
    ("fy", _fiscal_code),
)


def _month_number(name: str) -> int:
    """1 to 12 for a month's name or its short form."""
    return MONTHS[name[:3].lower()]
