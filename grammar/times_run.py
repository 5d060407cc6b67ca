"""Spans that end on a day said beside them or on the latest there is: twelve months up to it, the year up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grammar.lexicon import FOLDER, read
from grammar.periods import month_end
from grammar.said_time import ANY_DATE, ENDED, MONTH, YEAR, Run, When, date_of, month_of, rule, when_of, year_of

_WORDS = read(FOLDER / "spans.toml")
_UP_TO = rf"(?:\s+period)?(?:\s*,)?(?:\s+(?:{ENDED}|as\s+of|at|in|for))?"
_DAY = rf"(?:\s+(?:{ANY_DATE}|{MONTH.format('xm')}\s*,?\s*(?:of\s+)?{YEAR.format('xy')}))?"
_QUARTER = r"(?=\s+(?:the\s+)?(?:end\s+of\s+)?(?:q[1-4]|[1-4]q|first|second|third|fourth|1st|2nd|3rd|4th))"


def _either(phrases: Sequence[str]) -> str:
    """One of the phrases, the longest first; a hyphen may stand for a blank."""
    return "|".join(r"[\s-]+".join(map(re.escape, p.split())) for p in sorted(phrases, key=len, reverse=True))


def _heads(phrases: Sequence[str]) -> tuple[str, ...]:
    """The first words of the phrases: a text without any of them holds none."""
    return tuple(dict.fromkeys(p.split()[0] for p in phrases))


_TRAILING, _TO_DATE = _WORDS["trailing"]["said"], _WORDS["to_date"]["said"]
_COUNTED, _BESIDE = _WORDS["trailing"]["up_to"], _WORDS["to_date"]["with_year"]


@rule(rf"(?:the\s+|its\s+)?(?:{_either(_TRAILING)}){_UP_TO}{_DAY}", *_heads(_TRAILING))
def _trailing(match: re.Match[str]) -> When:
    return _up_to_day(match, "trailing")


@rule(rf"(?:the\s+)?(?:{_either(_COUNTED)})\s+{ENDED}{_QUARTER}", *_heads(_COUNTED))
def _counted(match: re.Match[str]) -> When:
    return when_of(match, run="trailing", relative="latest")


@rule(rf"(?:the\s+)?(?:{_either(_TO_DATE)}){_UP_TO}{_DAY}", *_heads(_TO_DATE))
def _to_date(match: re.Match[str]) -> When:
    return _up_to_day(match, "to_date")


@rule(
    rf"(?:{_either(_BESIDE)})(?:\s+(?:in|during|for|of))?(?:\s+the\s+year)?\s+{YEAR.format('y')}"
    rf"|{YEAR.format('y2')}(?:,)?\s+(?:{_either(_BESIDE)})",
    *_heads(_BESIDE),
)
def _year_so_far(match: re.Match[str]) -> When:
    return when_of(match, run="to_date", relative="latest", year=year_of(match["y"] or match["y2"]))


def _up_to_day(match: re.Match[str], run: Run) -> When:
    day = date_of(match) if any(match[name] for name in ("m", "m2", "sm", "em", "iy")) else None
    if match["xm"]:
        day = month_end(year_of(match["xy"]), month_of(match["xm"]))
    return when_of(match, run=run, ends=(day,)) if day else when_of(match, run=run, relative="latest")
