"""Periods told from others, and those that lack a part: "the year before", "the latest quarter", "Q1", "2003"."""

from __future__ import annotations

import re

from grammar.periods import MONTHS_OF, SPANS, month_end
from grammar.said_time import (
    DAY,
    FLOWS,
    MONTH,
    MONTHS_SAID,
    QUARTERS,
    YEAR,
    When,
    ending,
    month_of,
    rule,
    when_of,
    year_of,
)

EARLIEST_END = 28  # the first day of a month that a period may end on
AHEAD = ("next", "in", "upcoming", "tomorrow", "tonight")


@rule(
    r"(?:the\s+)?(?:year[\s-]ago|year[\s-]earlier|prior[\s-]year|previous[\s-]year|last[\s-]year'?s?|(?:same|comparable|corresponding)\s+(?:quarter|period)\s+(?:a\s+year\s+ago|(?:of\s+|in\s+)?(?:the\s+)?(?:last|prior|previous|preceding)\s+year|(?:of\s+|in\s+)?(?:the\s+)?year\s+before))(?:\s+(?:quarter|period|figures?|same\s+(?:quarter|period)))?|a\s+year\s+(?:ago|earlier(?:\s+than)?|before)|(?:the\s+)?(?:quarter|period)\s+(?:of\s+)?(?:last|the\s+prior|the\s+previous)\s+year|py|ly",
    "year",
    "last",
    "prior",
    "previous",
    "py",
    "ly",
)
def _prior_year(match: re.Match[str]) -> When:
    return when_of(match, relative="prior_year")


@rule(
    r"(?:(?:the|a|one)\s+)?(?:year|quarter)\s+(?:before|earlier|prior)(?:\s+(?:that|than|to))?",
    "year",
    "quarter",
)
def _year_before(match: re.Match[str]) -> When:
    return when_of(match, relative="year_before" if "year" in match.group() else "previous")


@rule(
    r"(?:the\s+)?(?:previous|prior|preceding|last)\s+(?:quarter|qtr|period)",
    "quarter",
    "qtr",
    "period",
)
def _previous(match: re.Match[str]) -> When | None:
    if match.group().replace("the ", "").startswith("last"):
        return _latest(match)
    return when_of(match, relative="previous")


@rule(
    r"(?:quarter|qtr)[\s-]+(?:over|on|to)[\s-]+(?:quarter|qtr)|qoq|q/q|q-o-q|sequential(?:ly)?(?:\s+quarter)?",
    "quarter",
    "qtr",
    "qoq",
    "q/q",
    "q-o-q",
    "sequential",
)
def _on_quarter(match: re.Match[str]) -> When:
    return when_of(match, relative="previous")


@rule(
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
    """The latest there is; of a quarter only a quarter will do, and the day that one ends on."""
    kinds = ("quarter", "instant") if match.group().endswith(("quarter", "qtr")) else ()
    return when_of(match, relative="latest", kinds=kinds)


@rule(
    r"(?:the\s+)?(?:earliest|first\s+reported|oldest)\s+(?:quarter|qtr|period)?",
    "earliest",
    "first",
    "oldest",
)
def _earliest(match: re.Match[str]) -> When:
    return when_of(match, relative="earliest")


@rule(
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
    said = match.group()
    kinds = ("quarter", "instant") if "quarter" in said else ("year", "instant") if "year" in said else ()
    return when_of(match, relative="all", kinds=kinds)


@rule(
    r"(?:in\s+)?(?:which|what)\s+(?:(?:of\s+)?(?:the\s+)?(?:\w+\s+)?(?:reported\s+|available\s+)?(?:first\s+|second\s+|third\s+|fourth\s+)?)(?:quarters?|periods?|years?)(?:['\u2019]s)?|when",
    "which",
    "what",
    "when",
)
def _which(match: re.Match[str]) -> When | None:
    return when_of(match, relative="any") if match.group() != "when" else None


@rule(
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
    return when_of(match, relative="future" if match.group().startswith(AHEAD) else "today")


@rule(
    r"(?:the\s+)?(?:(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?:quarter|qtr\.?|three\s+months)|q(?P<q>[1-4])|(?P<q2>[1-4])q|(?P<m>march|june|september|december)\s+quarter)s?",
    "quarter",
    "qtr",
    "q",
    "month",
)
def _bare_quarter(match: re.Match[str]) -> When:
    if match["o"]:
        number = QUARTERS[match["o"]]
    else:
        number = month_of(match["m"]) // 3 if match["m"] else int(match["q"] or match["q2"])
    several = "all" if match.group().endswith(("quarters", "qtrs")) else ""
    return when_of(match, quarter=number, kinds=("quarter", "instant"), relative=several)


@rule(r"(?:the\s+)?(?:first|1st)\s+half(?:[\s-]year)?\b(?!\s+(?:of\s+)?(?:19|20)\d\d)", "half")
def _first_half(match: re.Match[str]) -> When:
    return when_of(match, quarter=2, kinds=("half",))


@rule(r"(?:the\s+)?(?:first\s+)?(?P<n>six|nine|twelve|6|9|12)[\s-]months?(?:\s+period)?", "month")
def _bare_months(match: re.Match[str]) -> When:
    return when_of(match, relative="latest", kinds=(MONTHS_OF[SPANS[match["n"]]],))


@rule(
    r"(?:at\s+|as\s+of\s+)?(?:the\s+)?(?P<span>year|quarter|period)[\s-]end|(?:at\s+)?(?:the\s+)?end\s+of\s+the\s+(?P<span2>year|quarter|period)",
    "end",
)
def _last_day(match: re.Match[str]) -> When:
    if "year" in (match["span"], match["span2"]):
        return when_of(match, month=12, kinds=("instant",))
    return when_of(match, relative="latest", kinds=("instant",))


@rule(
    rf"{MONTH.format('m')}\s+{DAY.format('d')}",
    *MONTHS_SAID,
)
def _day_without_year(match: re.Match[str]) -> When | None:
    if len(match["d"]) == 2 and int(match["d"]) < EARLIEST_END:  # "Mar 06" is a month: no period ends that early
        return ending(match, month_end(year_of(match["d"]), month_of(match["m"])), "instant", *FLOWS)
    return when_of(match, month=month_of(match["m"]), kinds=("instant", *FLOWS))


@rule(rf"(?:(?:calendar\s+|the\s+)?year\s+)?{YEAR.format('y')}")
def _bare_year(match: re.Match[str]) -> When:
    return when_of(match, year=year_of(match["y"]))
