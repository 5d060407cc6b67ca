"""Whether figures hold one thing twice: a mine that a later filing calls by another name, or that was sold on.

Names don't say so; the figures do. Two filings that print the same figure for one period under one name, or one of
many digits under two, tell of one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.answer import Value
from grammar.figures import as_seen

DIGITS = 4  # a figure of fewer may be the same by chance


def one_thing_twice(figures: Sequence[Value]) -> tuple[str, ...]:
    """The names of two figures that seem to be one, each with its filing; empty where none do."""
    alike: dict[tuple[object, ...], list[Value]] = {}
    for figure in figures:
        if figure.citations and figure.value:
            alike.setdefault(_what(figure), []).append(figure)
    pairs = (pair for several in alike.values() for pair in combinations(several, 2))
    found = next((pair for pair in pairs if _is_same(*pair)), ())
    return tuple(f"{figure.entity} ({figure.citations[0].document})" for figure in found)


def _what(figure: Value) -> tuple[object, ...]:
    return figure.value, figure.metric, figure.metal, figure.unit, figure.period_start, figure.period_end


def _is_same(one: Value, other: Value) -> bool:
    """Whether equal figures are of two filings, under one name or with so many digits that it is no chance."""
    digits = "".join(sign for sign in as_seen(one.as_printed or "") if sign.isdigit()).strip("0")
    enough = one.entity == other.entity or len(digits) >= DIGITS
    return enough and one.citations[0].sha256 != other.citations[0].sha256
