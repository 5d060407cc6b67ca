"""Two figures that are the ends of one range: "$27.8 million to $28.8 million", "between 5 and 6 million ounces".

Neither end is what happened, so a range is read as one amount and told as two facts, qualified "from" and "to".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from db.parsing.prose_nature import is_change
from db.prose.said import Said, spans_of
from grammar.amount_ranges import DASHES, between
from grammar.amounts import Amount
from grammar.prose_words import prose_data, words

Ends = dict[int, tuple[Amount, Amount]]
_LEAD = 34  # characters: "in the range of approximately"
_BACK = 90  # characters: what went from one figure to another is named before
_FROM = re.compile(r"\bfrom\s+(?:(?:about|approximately|some|a|an)\s+)*$")
_MOVED_BY = re.compile(r"(?<!be )\b(?:\w+ed|rose|fell|grew)\s+(?:by\s+)?$")
_SENTENCE = re.compile(r"[.;:]\s")


def with_ranges(said: Said, amounts: Sequence[Amount]) -> tuple[list[Amount], Ends]:
    """The amounts, each range as one that reaches from its first end to its last; its two ends by where it starts."""
    whole, ends = list[Amount](), Ends()
    for amount in amounts:
        first = whole[-1] if whole else None
        if first is not None and first.start not in ends and _is_range(said, first, amount):
            ends[first.start] = (first, amount)
            whole[-1] = _joined(said.text, first, amount)
        else:
            whole.append(amount)
    return whole, ends


def end_said(qualifier: str | None, end: str) -> str:
    """The qualifier of one end of a range, ``end`` being "from" or "to"."""
    return f"{end} {qualifier}" if qualifier else end


def _joined(text: str, first: Amount, last: Amount) -> Amount:
    return replace(
        last,
        value=first.value,
        start=first.start,
        text=text[first.start : last.end],
        span_start=first.span_start,
        metal=first.metal or last.metal,
    )


def _is_range(said: Said, first: Amount, last: Amount) -> bool:
    if first.unit != last.unit or first.words != last.words or first.value == last.value:
        return False
    join, start = between(said.text, first, last), first.span_start
    if join in DASHES:
        return True
    if join in words("ranges", "paired"):
        return _opener().search(said.low, max(0, start - _LEAD), start) is not None
    if join not in words("ranges", "joins"):
        return False
    if _FROM.search(said.low, max(0, start - _LEAD), start):
        return first.value < last.value and not _went(said.low[:start])
    return not (_moved(said, first) if first.unit == "%" else is_change(said, first))


def _moved(said: Said, first: Amount) -> bool:
    """Whether a share is by how much something moved: "dropped by 2% to 80%", not "will grow 5% to 8%"."""
    return _MOVED_BY.search(said.low, max(0, first.span_start - _LEAD), first.span_start) is not None


def _went(before: str) -> bool:
    """Whether the words before "from FIGURE" say that something moved: "rose from $4 to $5" is no range."""
    clause = _SENTENCE.split(before[-_BACK:])[-1]
    return bool(spans_of("comparison", "changes", clause) or spans_of("ranges", "moves", clause))


@cache
def _opener() -> re.Pattern[str]:
    listed = sorted(prose_data()["ranges"]["openers"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(listed)})\s+(?:[a-z]+\s+){{0,2}}$")
