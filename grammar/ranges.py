"""Periods of a question that belong together: "from 2002 to 2007", and a span with the day that it ends on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

from grammar.periods import month_end, shift_months
from grammar.terms import Terms
from grammar.when import When

LAST_YEAR = 9999
SUMMED = ("sum", "average")
_THROUGH = ("to", "through", "thru", "until", "-", "\u2013")
_JOINING = r"and|or|vs\.?|versus|v|to|through|thru|until|than|against|over|from"
_BESIDE = re.compile(rf"[\s,;/&-]*(?:\b(?:{_JOINING})\b\s*)?[\s,\u2013-]*")
_ENDED = re.compile(r"\b(?:ended|ending|months?|mos?)\b")
SPANS_SAID = (("quarter",), ("half",), ("nine_months",), ("year",))
_ON_DAY = re.compile(r"\bon\s+$")
_IN_MONTH = re.compile(r"\b(?:in|during|month of)\s+$")
_AGAINST = re.compile(r"\b(?:vs|versus|against|with|compared|and)\b")


def ranged(found: Terms, *, summed: bool = False) -> tuple[When, ...]:
    """The periods named, those marked that are a day or a month alone."""
    return tuple(replace(w, alone=True) if _is_alone(found, w) else w for w in _ranged(found, summed=summed))


def _is_alone(found: Terms, when: When) -> bool:
    """Whether a day is said with "on", or a month with "in": what a quarter brought was not done on its last day."""
    month = when.exact and when.month is not None and when.said[:1].isalpha()
    before = _IN_MONTH if month else _ON_DAY
    return when.kinds[:1] == ("instant",) and before.search(found.text[: when.start].lower()) is not None


def _ranged(found: Terms, *, summed: bool) -> tuple[When, ...]:
    """The periods named; "from 2002 to 2007" is every period between, unless one is set against the other.

    Where figures are ``summed`` two quarters are the ends of a range as well.
    """
    whens = _begun(found, _of_one_quarter(found, _by_quarter(_attached(found))))
    since = [w for w in whens if (w.exact or w.year) and not (w.run or w.release) and _is_since(found, w)]
    if since and len(whens) == 1 and (since[0].exact or _changes(found)):
        return _since(found, since[0])
    if any(t.kind != "compute" or t.id not in SUMMED for t in found.of("compute", "compare", "trend", "yearly")):
        return whens
    bare = [w for w in whens if w.year and not w.kinds and not w.release and not w.run]
    quarters = [w for w in whens if w.exact and w.kinds[:1] == ("quarter",) and not w.run]
    for ends, made in ((bare, _years), (quarters, _quarters if summed else _each_quarter)):
        if len(ends) == 2 and _is_range(found, ends[0], ends[1]):
            return (*(w for w in whens if w not in ends), made(ends[0], ends[1]))
    if len(bare) == 1 and _is_since(found, bare[0]):
        return (*(w for w in whens if w not in bare), replace(bare[0], relative="all", until=LAST_YEAR))
    return whens


def _changes(found: Terms) -> bool:
    return bool(found.of("trend", "compute", "yearly", "compare"))


def _is_since(found: Terms, when: When) -> bool:
    return found.text[: when.start].lower().rstrip().endswith("since")


def _since(found: Terms, first: When) -> tuple[When, ...]:
    """A change since a period is up to the latest of its kind; else each of them from then on is meant."""
    if _changes(found):
        return (first, When(first.start, first.end, "the latest", relative="latest", kinds=first.kinds[:1]))
    ends = (first.ends[0], dt.date(LAST_YEAR - 1, 12, 31))
    year = first.ends[0].year
    return (replace(first, relative="all", ends=ends, quarter=None, year=year, until=LAST_YEAR),)


def _by_quarter(whens: tuple[When, ...]) -> tuple[When, ...]:
    """With the years of "2003 by quarter", "the year 2003 by quarter" as the quarters that they have."""
    each = [w for w in whens if w.relative == "all" and w.kinds[:1] == ("quarter",)]
    years = [w for w in whens if w.year and w.kinds in ((), ("year",)) and not (w.release or w.run or w.exact)]
    if not each or not years:
        return whens
    rest = [w for w in whens if w not in each]
    if len(years) > 1:
        return tuple(replace(w, kinds=()) if w in years else w for w in rest)
    year = years[0].year or 0
    ends = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    quarters = replace(years[0], kinds=each[0].kinds, relative="all", ends=ends, until=year)
    return tuple(quarters if w in years else w for w in rest)


def _of_one_quarter(found: Terms, whens: tuple[When, ...]) -> tuple[When, ...]:
    """With each bare year beside a quarter of another ("Q1 2007 and 2006", "2006 and 2007 first quarter") as the same
    quarter of it, and each year or day beside a span ("six months ended June 30, 2007 vs 2006") as the same span."""
    made = list(whens)
    forward = list(pairwise(range(len(made))))
    for one, other in (*forward, *((b, a) for a, b in reversed(forward))):
        quarter, year = made[one], made[other]
        if not (quarter.exact and quarter.kinds[:1] in SPANS_SAID):
            continue
        first, last = sorted((quarter, year), key=lambda w: w.start)
        bare = year.year and not (year.kinds or year.release or year.run or year.relative)
        if not _BESIDE.fullmatch(found.text[first.end : last.start].lower()):
            continue
        if bare and quarter.quarter and quarter.kinds[:1] == ("quarter",):
            end = month_end(year.year or 0, 3 * quarter.quarter)
            said = f"Q{quarter.quarter} {year.year}"
            made[other] = replace(quarter, start=year.start, end=year.end, said=said, ends=(end,))
        elif bare and not (quarter.quarter or quarter.fiscal):
            day = quarter.ends[0]
            end = shift_months(day, 12 * ((year.year or 0) - day.year))
            said = f"{year.year}, the same span"
            made[other] = replace(quarter, start=year.start, end=year.end, said=said, ends=(end,))
        elif other > one and _says_span(quarter) and year.exact and year.kinds[:1] == ("instant",):
            made[other] = replace(quarter, start=year.start, end=year.end, said=year.said, ends=year.ends)
    return tuple(made)


def _says_span(when: When) -> bool:
    """Whether a span is told by its length and the day it ended on."""
    return _ENDED.search(when.said.lower()) is not None


def _begun(found: Terms, whens: tuple[When, ...]) -> tuple[When, ...]:
    """With a quarter that a range begins with as one of the year that it ends in: "Q1 to Q4 2008"."""
    made = list(whens)
    for at, (first, last) in enumerate(pairwise(whens)):
        bare = first.quarter and not (first.ends or first.year or first.relative or first.release)
        if bare and last.exact and last.quarter and _is_range(found, first, last):
            year = last.ends[0].year - (1 if (first.quarter or 0) > last.quarter else 0)
            made[at] = replace(
                last,
                start=first.start,
                end=first.end,
                said=f"Q{first.quarter} {year}",
                quarter=first.quarter,
                ends=(month_end(year, 3 * (first.quarter or 1)),),
            )
    return tuple(made)


def _is_range(found: Terms, first: When, last: When) -> bool:
    before = found.text[: first.start].lower().rstrip()
    between = found.text[first.end : last.start].lower().strip()
    return between in _THROUGH or (between == "and" and before.endswith("between"))


def _years(first: When, last: When) -> When:
    return replace(first, said=f"{first.said} to {last.said}", relative="all", until=last.year)


def _each_quarter(first: When, last: When) -> When:
    """Every quarter between; of "Q1 2002 to Q1 2007" every first one."""
    number = first.quarter if first.quarter == last.quarter else None
    said, year, until = f"{first.said} to {last.said}", first.ends[0].year, last.ends[0].year
    ends = () if number else (first.ends[0], last.ends[0])
    return replace(
        first,
        said=said,
        relative="all",
        kinds=("quarter", "instant"),
        ends=ends,
        quarter=number,
        year=year,
        until=until,
    )


def _quarters(first: When, last: When) -> When:
    day = shift_months(first.ends[0], -3).replace(day=1)
    return replace(last, said=f"{first.said} to {last.said}", kinds=(), quarter=None, first=shift_months(day, 1))


def _attached(found: Terms) -> tuple[When, ...]:
    """Each span ("TTM", "year to date") with the day it ends on, where that is said apart from it."""
    runs = list({w.run: w for w in found.whens if w.run and not w.exact}.values())
    if not runs:
        return found.whens
    days = [w for w in found.whens if not w.release and w not in runs and not w.run]
    if not days:
        return tuple(w for w in found.whens if not w.run or w.exact or w in runs)
    made = [_up_to(run, day) for run in runs for day in days]
    plain = days if len(found.of("measure", "label")) > 1 and _set_against(found, runs[0], days) else []
    return (*(w for w in found.whens if w.release or (w.run and w.exact)), *plain, *made)


def _up_to(run: When, day: When) -> When:
    year = day.year or run.year
    return replace(day, said=f"{run.said} {day.said}", kinds=(), year=year, run=run.run)


def _set_against(found: Terms, run: When, days: list[When]) -> bool:
    """Whether a span stands against a period of its own: "compare Q1 2007 sales with TTM sales"."""
    first, last = sorted((run, days[0]), key=lambda w: w.start)
    return len(days) == 1 and _AGAINST.search(found.text[first.end : last.start].lower()) is not None
