"""Periods that name their day or year: quarters, spans that ended, dates, year ends, fiscal years."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from grammar.periods import MONTHS_OF, SPANS, month_end, shift_months
from grammar.said_time import (
    ANY_DATE,
    COUNT,
    ENDED,
    FLOWS,
    MONTH,
    MONTHS_SAID,
    ORDINAL,
    QUARTERS,
    SHORT_YEAR,
    YEAR,
    When,
    date_of,
    ending,
    month_of,
    rule,
    when_of,
    year_of,
)

FISCAL = r"(?P<{0}>(?:fy|fiscal(?:\s+year)?)\s*)?"  # before a year


@rule(
    rf"(?:the\s+)?(?:{ORDINAL.format('o')}\s+)?"
    rf"(?P<span>quarter|qtr|(?:{COUNT.format('n')}|first three|half|half-year|year|fiscal year)"
    rf"(?:[\s-]*(?:months?|mos?\.?))?)"
    rf"(?:\s+period)?\s+{ENDED}\s+{ANY_DATE}",
    "ended",
    "ending",
    " to ",
    "through",
    "until",
)
def _span_ended(match: re.Match[str]) -> When | None:
    end = date_of(match)
    if end is None:
        return None
    span = match["span"]
    months = SPANS.get(match["n"] or "", 0) or (3 if span[0] == "q" or "three" in span else 6 if span[0] == "h" else 12)
    return ending(match, end, MONTHS_OF[months], "instant")


@rule(
    rf"(?:the\s+)?(?:quarter|qtr|three[\s-]months?)(?:\s+(?:that|which))?\s+{ENDED}\s+(?:in\s+)?{MONTH.format('m')}\s*,?\s*(?:of\s+)?{YEAR.format('y')}",
    "quarter",
    "qtr",
    "month",
)
def _quarter_to_month(match: re.Match[str]) -> When:
    return ending(match, month_end(year_of(match["y"]), month_of(match["m"])), "quarter", "instant")


@rule(rf"q/e\.?\s+(?:{ANY_DATE}|{MONTH.format('qm')}\s*,?\s*{SHORT_YEAR.format('qy')})", "q/e")
def _quarter_ended(match: re.Match[str]) -> When | None:
    if match["qm"]:
        return ending(match, month_end(year_of(match["qy"]), month_of(match["qm"])), "quarter", "instant")
    end = date_of(match)
    return ending(match, end, "quarter", "instant") if end else None


@rule(
    rf"(?:for\s+)?(?:the\s+)?{COUNT.format('n')}(?:[\s-]months?|\s*mos?\.?)\s+(?:{ENDED}\s+)?{MONTH.format('m')}\s*,?\s*(?:of\s+)?{YEAR.format('y')}",
    "month",
    "mo",
)
def _months_to_month(match: re.Match[str]) -> When:
    return ending(match, month_end(year_of(match["y"]), month_of(match["m"])), MONTHS_OF[SPANS[match["n"]]])


@rule(
    rf"{MONTH.format('a')}\s*(?:to|through|-|–|/|until|and)\s*{MONTH.format('b')}\s*,?\s*(?:of\s+)?{YEAR.format('y')}",
    *MONTHS_SAID,
)
def _month_span(match: re.Match[str]) -> When | None:
    first, last = month_of(match["a"]), month_of(match["b"])
    kind = MONTHS_OF.get(last - first + 1)
    return ending(match, month_end(year_of(match["y"]), last), kind) if kind else None


@rule(
    rf"(?:at\s+)?(?:the\s+)?(?:start|beginning|opening)\s+of\s+(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?{YEAR.format('y')}",
    "start",
    "beginning",
    "opening",
)
def _start_of_year(match: re.Match[str]) -> When:
    return ending(match, dt.date(year_of(match["y"]) - 1, 12, 31), "instant")


@rule(
    rf"(?:at\s+)?(?:the\s+)?(?:start|beginning|opening)\s+of\s+(?:the\s+)?(?P<g>fiscal\s+)?(?:{ORDINAL.format('o')}\s+(?P<h>fiscal\s+)?(?:quarter|qtr)|q(?P<q>[1-4]))\s*(?:of\s+)?{FISCAL.format('f')}{YEAR.format('y')}",
    "start",
    "beginning",
    "opening",
)
def _start_of_quarter(match: re.Match[str]) -> When:
    number = QUARTERS[match["o"]] if match["o"] else int(match["q"])
    return ending(match, shift_months(month_end(year_of(match["y"]), 3 * number), -3), "instant")


@rule(
    rf"(?:at\s+)?(?:the\s+)?(?:end|close)[\s-]+(?:of\s+)?(?:the\s+)?(?:(?P<g>fiscal\s+|fy\s*)|calendar\s+)?(?:year\s+)?{YEAR.format('y')}|(?:at\s+)?(?:the\s+)?(?:(?P<f>fiscal\s+)?year[\s-]?end|f?ye)\s*(?:of\s+)?{SHORT_YEAR.format('y2')}|{YEAR.format('y3')}\s+year[\s-]?end",
    "end",
    "close",
    "ye",
)
def _end_of_year(match: re.Match[str]) -> When:
    end = dt.date(year_of(match["y"] or match["y2"] or match["y3"]), 12, 31)
    return replace(ending(match, end, "instant"), fiscal=_is_fiscal(match))


@rule(
    rf"(?:at\s+)?(?:the\s+)?(?:end|close)\s+(?:of\s+)?{MONTH.format('m')}\s*,?\s*(?:of\s+)?{SHORT_YEAR.format('y')}",
    "end",
    "close",
)
def _end_of_month(match: re.Match[str]) -> When:
    return ending(match, month_end(year_of(match["y"]), month_of(match["m"])), "instant")


@rule(
    rf"(?:at\s+)?(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:{ORDINAL.format('o')}\s+(?:quarter|qtr)|q(?P<q>[1-4]))\s*(?:of\s+)?{YEAR.format('y')}",
    "end",
    "close",
)
def _end_of_quarter(match: re.Match[str]) -> When:
    number = QUARTERS[match["o"]] if match["o"] else int(match["q"])
    when = ending(match, month_end(year_of(match["y"]), 3 * number), "instant", "quarter")
    return replace(when, fiscal=_is_fiscal(match))


@rule(
    rf"(?:(?:as\s+)?(?:at|of)\s+)?{ANY_DATE}",
    *MONTHS_SAID,
    "/",
    "-",
    ".",
)
def _day(match: re.Match[str]) -> When | None:
    end = date_of(match)
    return ending(match, end, "instant", *FLOWS) if end else None


_Q_YEAR = (
    rf"(?P<g1>fiscal\s+|f)?q(?P<q1>[1-4])\s*[-/,]?\s*(?:of\s+|in\s+)?(?:the\s+)?{FISCAL.format('f1')}(?:cy\s*)?{SHORT_YEAR.format('y1')}"
    rf"|(?P<g2>fiscal\s+)?(?P<q2>[1-4])\s*q\s*[-/]?\s*(?:of\s+)?{FISCAL.format('f2')}{SHORT_YEAR.format('y2')}"
    rf"|{FISCAL.format('f3')}{SHORT_YEAR.format('y3')}\s*[-/]?\s*(?P<g3>fiscal\s+)?q(?P<q3>[1-4])"
    rf"|{FISCAL.format('f4')}(?P<y4>(?:19|20)\d\d)\s*[-/]?\s*(?P<g4>fiscal\s+)?(?P<q4>[1-4])q"
    rf"|(?P<g5>fiscal\s+)?(?:quarter|qtr\.?)\s*(?P<q5>[1-4])\s*,?\s*(?:of\s+|in\s+)?{FISCAL.format('f5')}{SHORT_YEAR.format('y5')}"
)


@rule(
    _Q_YEAR,
    "q",
)
def _quarter_code(match: re.Match[str]) -> When | None:
    for n in "12345":
        if match[f"q{n}"]:
            year = year_of(match[f"y{n}"])
            return _quarter(match, year, int(match[f"q{n}"]), fiscal=bool(match[f"f{n}"] or match[f"g{n}"]))
    return None


def _quarter(match: re.Match[str], year: int, number: int, *, fiscal: bool = False) -> When:
    end = month_end(year, 3 * number)
    return when_of(match, ends=(end,), kinds=("quarter", "instant"), quarter=number, fiscal=fiscal)


@rule(
    rf"(?:the\s+)?(?P<g>fiscal\s+)?{ORDINAL.format('o')}[\s-]+(?P<h>fiscal[\s-]+)?(?:quarter|qtr\.?|three\s+months|3\s+months)s?\s*,?\s*(?:results?\s+)?(?:of\s+|in\s+|for\s+|\()?(?:the\s+)?(?:year\s+)?{FISCAL.format('f')}{SHORT_YEAR.format('y')}",
    "quarter",
    "qtr",
    "month",
)
def _quarter_words(match: re.Match[str]) -> When:
    return _quarter(match, year_of(match["y"]), QUARTERS[match["o"]], fiscal=_is_fiscal(match))


def _is_fiscal(match: re.Match[str]) -> bool:
    """Whether a period is called fiscal, before its ordinal, behind it or before its year."""
    return any(match.groupdict().get(name) for name in "fgh")


@rule(
    rf"(?:the\s+)?(?:year\s+)?{FISCAL.format('f')}{YEAR.format('y')}(?:'s|s')?\s+(?P<g>fiscal\s+)?{ORDINAL.format('o')}[\s-]+(?P<h>fiscal[\s-]+)?(?:quarter|qtr\.?)",
    "quarter",
    "qtr",
)
def _year_quarter_words(match: re.Match[str]) -> When:
    return _quarter(match, year_of(match["y"]), QUARTERS[match["o"]], fiscal=_is_fiscal(match))


@rule(
    rf"(?:the\s+)?{MONTH.format('m')}\s+(?:quarter|qtr\.?)\s*,?\s*(?:of\s+|in\s+)?{SHORT_YEAR.format('y')}|(?:the\s+)?{MONTH.format('m2')}\s+{YEAR.format('y2')}\s+(?:quarter|qtr\.?)",
    "quarter",
    "qtr",
)
def _month_quarter(match: re.Match[str]) -> When:
    month, year = (match["m"], match["y"]) if match["m"] else (match["m2"], match["y2"])
    return ending(match, month_end(year_of(year), month_of(month)), "quarter", "instant")


@rule(
    rf"(?:the\s+)?(?:first\s+|initial\s+)?(?P<n>three|six|nine|twelve|3|6|9|12)\s+(?P<h>fiscal\s+)?(?:months|mos\.?)\s*,?\s*(?:of\s+|in\s+)?(?:the\s+year\s+)?{FISCAL.format('f')}{YEAR.format('y')}",
    "month",
    "mos",
)
def _first_months(match: re.Match[str]) -> When:
    months = SPANS[match["n"]]
    return replace(ending(match, month_end(year_of(match["y"]), months), MONTHS_OF[months]), fiscal=_is_fiscal(match))


@rule(
    rf"(?P<n>3|6|9|12)m\s*(?:of\s+)?{SHORT_YEAR.format('y')}",
    "m",
)
def _months_code(match: re.Match[str]) -> When:
    months = SPANS[match["n"]]
    return ending(match, month_end(year_of(match["y"]), months), MONTHS_OF[months])


@rule(
    rf"(?:the\s+)?(?P<g>fiscal\s+)?(?P<n>first|second|1st|2nd)\s+(?P<h>fiscal\s+)?half\s*,?\s*(?:of\s+)?{FISCAL.format('f')}{YEAR.format('y')}|h(?P<n2>[12])\s*{FISCAL.format('f2')}{SHORT_YEAR.format('y2')}|(?P<n3>[12])h\s*{FISCAL.format('f3')}{SHORT_YEAR.format('y3')}",
    "h",
)
def _half(match: re.Match[str]) -> When:
    number = QUARTERS[match["n"]] if match["n"] else int(match["n2"] or match["n3"])
    when = ending(match, month_end(year_of(match["y"] or match["y2"] or match["y3"]), 6 * number), "half")
    return replace(when, fiscal=_is_fiscal(match) or bool(match["f2"] or match["f3"]))


@rule(
    rf"(?:the\s+)?(?:full|whole|entire|complete)[\s-]+(?:calendar\s+|fiscal\s+)?year\s*,?\s*(?:of\s+)?{YEAR.format('y')}|(?:fy|fiscal(?:\s+year)?|calendar(?:\s+year)?|all\s+of)\s*{SHORT_YEAR.format('y2')}|{YEAR.format('y3')}\s+(?:full[\s-]year|annual|fiscal\s+year)|(?:the\s+)?year\s+(?:ended\s+|ending\s+)?{YEAR.format('y4')}|annual\s+{YEAR.format('y5')}",
    "y",
    "fiscal",
    "calendar",
    "annual",
    "all of",
)
def _full_year(match: re.Match[str]) -> When:
    year = year_of(next(match[k] for k in ("y", "y2", "y3", "y4", "y5") if match[k]))
    return when_of(
        match, year=year, kinds=("year",), fiscal="fiscal" in match.group() or match.group().startswith("fy")
    )


@rule(
    rf"(?:the\s+|its\s+)?(?:q[1-4]\s+|first[\s-]quarter\s+)?{YEAR.format('y')}\s+(?:news\s+|press\s+|earnings\s+)*(?:release|filing|report|announcement|document|8-k|10-q|10-k)|(?:the\s+)?(?:release|filing|report|announcement)\s+(?:of|for|from)\s+{YEAR.format('y2')}",
    "release",
    "filing",
    "report",
    "announcement",
    "document",
    "8-k",
    "10-",
)
def _release(match: re.Match[str]) -> When:
    return when_of(match, year=year_of(match["y"] or match["y2"]), release=True)


@rule(
    rf"(?P<sm>0?[1-9]|1[0-2])/(?P<sy>\d\d|(?:19|20)\d\d)|{MONTH.format('m')}\s*,?\s*(?:of\s+)?{YEAR.format('y')}|{MONTH.format('m2')}-(?P<y2>\d\d)",
    *MONTHS_SAID,
    "/",
)
def _month_year(match: re.Match[str]) -> When:
    month, year = (
        (int(match["sm"]), year_of(match["sy"]))
        if match["sm"]
        else (month_of(match["m"] or match["m2"]), year_of(match["y"] or match["y2"]))
    )
    return when_of(
        match,
        ends=(month_end(year, month),),
        kinds=("instant", "quarter", "month", "half", "nine_months", "year"),
        month=month,
    )
