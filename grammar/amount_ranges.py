"""What the two ends of a range share: the currency of the first, the unit and the scale of the last.

"$300-320 per ounce", "between $4 and 5 million", "3.5-4.0 million ounces" print once what both ends are counted in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from grammar.amount_figures import Amount, Figure
from grammar.amount_units import unit_after
from grammar.numerals import Row
from grammar.prose_words import prose_data, words

DASHES = ("-", "–", "—", "−")
_SMALL = 1000  # a figure that leaves out its scale has no more than three digits before the point
_RATED = 100_000  # "$12.10 - $12.60 per ounce"


@cache
def joins() -> frozenset[str]:
    """The words and signs that may stand between the ends of a range."""
    return words("ranges", "joins") | words("ranges", "paired") | frozenset(DASHES)


def in_money_of(before: Amount, row: Row, figure: Figure) -> Figure:
    """The figure with the currency of the amount before it where the two are a range: the 320 of "$300-320"."""
    at = figure.first
    if at < 2 or row.lows[at - 1] not in joins() or row.end(at - 2) != before.end or before.unit not in _money():
        return figure
    plain = unit_after(row, figure.last, None)
    dashed = row.lows[at - 1] in DASHES
    year = not figure.commas and figure.scale == 1 and 1900 <= figure.value <= 2099
    if plain.unit or figure.words or (year and not dashed):
        return figure
    return replace(figure, currency=before.unit)


@cache
def _money() -> frozenset[str]:
    return frozenset(prose_data()["currencies"].values())


def share_units(found: Sequence[Amount], text: str) -> list[Amount]:
    """The amounts, the first of a range given the unit and the scale that only its end prints."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        here, following = shared[index], shared[index + 1]
        if between(text, here, following) in joins():
            shared[index] = _as(here, following)
    return shared


def between(text: str, first: Amount, second: Amount) -> str:
    """What stands between two amounts and their units, in lower case; the dash of "30-35 miles" is no unit."""
    start = first.end if text[first.end : first.span_end] in DASHES else first.span_end
    return text[start : second.span_start].strip().lower()


def _as(here: Amount, following: Amount) -> Amount:
    """One end counted as the other is, as far as it does not say itself how it is."""
    scaled = here.scale > 1 and following.scale > 1
    if here.unit == "" and following.unit and (scaled or not here.text[-1:].isalpha()):
        here = replace(here, unit=following.unit, metal=following.metal)
    rated = following.unit.startswith(f"{here.unit}/") and here.scale == following.scale == 1
    if here.unit in _money() and rated and abs(here.value) < _RATED:
        here = replace(here, unit=following.unit, metal=following.metal)
    if here.scale == 1 and following.scale > 1 and abs(here.value) < _SMALL and here.unit == following.unit:
        return replace(here, value=here.value * following.scale, scale=following.scale)
    return here
