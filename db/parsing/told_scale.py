"""Told-scale step: a table that states no scale is counted by what sentences of the same filing say of its figures.

Where a table prints ``Net income 3,983`` and a sentence says that net income was $4.0 million, the table is in
thousands. Several figures must say so and none the contrary; the facts then carry the place of such a sentence.
Of the tables that no sentence speaks of, those are counted alike that print a figure of one that a sentence does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from db.model import Cell, Fact
from db.parsing.draft import Draft

SCALES = (1_000, 1_000_000)
LEAST = 3  # different figures that say so
LONG = 6  # characters of a figure that stands in two tables by no chance: 12,345
Key = tuple[str | None, str | None, object]


def told_scale(draft: Draft) -> None:
    """Multiply the amounts of tables that state no scale, where the text tells it."""
    bare = {table.number for table in draft.tables if not table.scale.given}
    bare -= {table.number for table in draft.tables if table.scale.given}
    printed: dict[Key, list[Fact]] = defaultdict(list)
    for fact in draft.facts:
        if fact.table in bare and _is_bare(fact):
            printed[_key(fact)].append(fact)
    if not printed:
        return
    said: dict[int, dict[Key, Cell]] = defaultdict(dict)
    for fact in draft.facts:
        for scale in _scales_told(fact, printed):
            said[scale].setdefault(_key(fact), fact.cell)
    if len(said) != 1 or 1 in said:
        return
    (scale, cells), *_ = said.items()
    if len(cells) < LEAST:
        return
    first = next(iter(cells.values()))
    alike = _alike([fact for fact in draft.facts if fact.table in bare and _is_bare(fact)], cells)
    draft.log.append(f"tables that state no scale are counted by {scale:,}, as the text tells (line {first.line})")
    draft.facts = [
        _scaled(fact, scale, cells.get(_key(fact), first)) if fact.table in alike and _is_bare(fact) else fact
        for fact in draft.facts
    ]


def _alike(facts: list[Fact], told: dict[Key, Cell]) -> set[int | None]:
    """The tables that have a figure of which a sentence speaks, and those that print a figure of theirs."""
    own = {fact.table for fact in facts if _key(fact) in told}
    shared = {fact.cell.text for fact in facts if fact.table in own and len(fact.cell.text) >= LONG}
    return own | {fact.table for fact in facts if fact.cell.text in shared}


def _is_bare(fact: Fact) -> bool:
    """Whether a figure of a table is a whole amount of money that nothing scales."""
    return fact.source == "table" and fact.unit == "USD" and fact.scale == 1 and "." not in fact.cell.text


def _key(fact: Fact) -> Key:
    return fact.metric, fact.entity, fact.period


def _scales_told(fact: Fact, printed: dict[Key, list[Fact]]) -> Iterator[int]:
    """By what the figures of a sentence's measure and period are to be multiplied to give its amount; 1 for as is."""
    if fact.source != "text" or fact.unit != "USD" or fact.nature != "actual" or not fact.metric or fact.qualifier:
        return
    for other in printed.get(_key(fact), ()):
        for scale in (1, *SCALES):
            if other.value and abs(abs(other.value) * scale - abs(fact.value)) <= _half(fact):
                yield scale


def _half(fact: Fact) -> Decimal:
    """Half a unit of the last place that is printed."""
    places = len(fact.cell.text.partition(".")[2].rstrip("%) abcdefghijklmnopqrstuvwxyz"))
    return Decimal(fact.scale) / (2 * Decimal(10) ** places)


def _scaled(fact: Fact, scale: int, told: Cell) -> Fact:
    return replace(fact, value=fact.value * scale, scale=scale, sentence_cells=(told,))
