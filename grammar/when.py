"""The periods that a question names: "1q07", "three months to March 2003", "at 12/31/06", "the year before".

What is said is kept as a :class:`When`, a condition on periods, because only the store knows which periods a fact has:
"2003" is a year's total where one is printed and a single quarter where that is all there is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from grammar import times_named, times_run, times_told
from grammar.said_time import BACK, FLOWS, RULES, When, compiled

__all__ = ["BACK", "FLOWS", "When", "read_whens"]
_YEAR = re.compile(r"\s+year\b(?![\s-]*(?:over|on|to|end|ago|before|earlier)\b)")
SOURCES = (times_named, times_run, times_told)  # whose patterns are in RULES, in this order


@functools.lru_cache(maxsize=1024)
def read_whens(text: str) -> tuple[When, ...]:
    """The periods that ``text`` names, left to right, none overlapping; where rules overlap the longest wins."""
    lower = text.lower()
    found = sorted(_matches(lower), key=lambda w: (w.start - w.end, w.start))
    kept: list[When] = []
    for when in found:
        if all(when.end <= other.start or other.end <= when.start for other in kept):
            kept.append(when)
    longer = ((when, _with_year(when, lower)) for when in sorted(kept, key=lambda w: w.start))
    return tuple(whole if all(whole.end <= o.start for o in kept if o.start > w.start) else w for w, whole in longer)


def _with_year(when: When, text: str) -> When:
    """The period with the "year" that only repeats that its number was one: "the first quarter of 2003 year"."""
    repeated = _YEAR.match(text, when.end) if when.said[-1:].isdigit() else None
    return replace(when, end=repeated.end(), said=when.said + repeated.group()) if repeated else when


def _matches(text: str) -> Iterator[When]:
    for pattern, needs, make in RULES:
        if needs and not any(word in text for word in needs):
            continue
        for match in compiled(pattern).finditer(text):
            when = make(match)
            if when is not None:
                yield _trimmed(when)


def _trimmed(when: When) -> When:
    lead = len(when.said) - len(when.said.lstrip())
    if not lead and when.said == when.said.rstrip():
        return when
    return replace(when, start=when.start + lead, end=when.start + len(when.said.rstrip()), said=when.said.strip())
