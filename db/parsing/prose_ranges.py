"""Two figures that are the ends of one range: "$27.8 million to $28.8 million", "between 5 and 6 million ounces".

Neither end is what happened, so a range is read as one amount and told as two facts, qualified "from" and "to".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from db.parsing.prose_nature import is_change
from db.prose.phrases import lowered, spans_of
from grammar.amount_ranges import DASHES, between
from grammar.amounts import Amount
from grammar.prose_words import prose_data, words

Ends = dict[int, tuple[Amount, Amount]]
_LEAD = 34  # characters: "in the range of approximately"
_BACK = 90  # characters: what went from one figure to another is named before
_FROM = re.compile(r"\bfrom\s+(?:(?:about|approximately|some|a|an)\s+)*$")
_SENTENCE = re.compile(r"[.;:]\s")


def with_ranges(text: str, amounts: Sequence[Amount]) -> tuple[list[Amount], Ends]:
    """The amounts, each range as one that reaches from its first end to its last; its two ends by where it starts."""
    whole, ends = list[Amount](), Ends()
    for amount in amounts:
        first = whole[-1] if whole else None
        if first is not None and first.start not in ends and _is_range(text, first, amount):
            ends[first.start] = (first, amount)
            whole[-1] = _joined(text, first, amount)
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


def _is_range(text: str, first: Amount, last: Amount) -> bool:
    said = between(text, first, last)
    if first.unit != last.unit or first.words != last.words or first.value == last.value:
        return False
    if said in DASHES:
        return True
    low = lowered(text[: first.span_start])
    if said in words("ranges", "paired"):
        return _opener().search(low, max(0, len(low) - _LEAD)) is not None
    if said not in words("ranges", "joins"):
        return False
    if _FROM.search(low, max(0, len(low) - _LEAD)):
        return first.value < last.value and not _went(low)
    return first.unit == "%" or not is_change(text, first)


def _went(before: str) -> bool:
    """Whether the words before "from FIGURE" say that something moved: "rose from $4 to $5" is no range."""
    said = _SENTENCE.split(before[-_BACK:])[-1]
    return bool(spans_of("comparison", "changes", said) or spans_of("ranges", "moves", said))


@cache
def _opener() -> re.Pattern[str]:
    listed = sorted(prose_data()["ranges"]["openers"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(listed)})\s+(?:[a-z]+\s+){{0,2}}$")
