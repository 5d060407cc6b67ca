"""Told-scale step: a table that states no scale is counted as the rest of its filing tells.

Where a table prints ``Net income 3,983`` and a sentence says that net income was $4.0 million, the table is in
thousands. Several figures must say so and none the contrary; the facts then carry the place of such a sentence.
Of the tables that no sentence speaks of, those are counted alike that print a figure of one that a sentence does.
A table that prints again what another prints under a stated scale is counted as that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from db.model import Cell, Fact
from db.parsing.draft import Draft
from db.parsing.prose_nearest import currencies
from grammar.figures import as_seen

SCALES = (1_000, 1_000_000)
LEAST = 3  # different figures that say so
LONG = 6  # characters of a figure that stands in two tables by no chance: 12,345
Key = tuple[str | None, str | None, object]


def told_scale(draft: Draft) -> None:
    """Multiply the amounts of tables that state no scale, where the text or another table tells it."""
    bare = {table.number for table in draft.tables if not table.scale.given}
    bare -= {table.number for table in draft.tables if table.scale.given}
    for told_by in (_by_text, _by_tables):
        figures = [fact for fact in draft.facts if fact.table in bare and _is_bare(fact)]
        if figures:
            told_by(draft, figures)


def _by_text(draft: Draft, figures: Sequence[Fact]) -> None:
    """Count the tables that sentences speak of, and those like them, as the sentences do."""
    printed: dict[Key, list[Fact]] = defaultdict(list)
    for fact in figures:
        printed[_key(fact)].append(fact)
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
    draft.log.append(f"tables that state no scale are counted by {scale:,}, as the text tells (line {first.line})")
    _count(draft, _alike(figures, cells), scale, cells, first)


def _by_tables(draft: Draft, figures: Sequence[Fact]) -> None:
    """Count each table as another whose scale is stated counts the figures that both print."""
    stated: dict[Key, list[Fact]] = defaultdict(list)
    for fact in draft.facts:
        if fact.source == "table" and fact.scale in SCALES and fact.unit == "USD":
            stated[_row_key(fact)].append(fact)
    shared: dict[int | None, dict[int, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for fact in figures if stated else ():
        for other in stated.get(_row_key(fact), ()):
            if other.value == fact.value * other.scale:
                shared[fact.table][other.scale].setdefault(fact.cell.text, other.cell)
    for table, scales in shared.items():
        (scale, cells), *others = scales.items()
        if len(cells) >= LEAST and not others:
            first = next(iter(cells.values()))
            draft.log.append(f"table {table} states no scale and is counted by {scale:,}, as line {first.line} is")
            _count(draft, {table}, scale, {}, first)


def _count(draft: Draft, tables: Set[int | None], scale: int, told: Mapping[Key, Cell], first: Cell) -> None:
    draft.facts = [
        _scaled(fact, scale, told.get(_key(fact), first)) if fact.table in tables and _is_bare(fact) else fact
        for fact in draft.facts
    ]


def _alike(facts: Sequence[Fact], told: Mapping[Key, Cell]) -> set[int | None]:
    """The tables that have a figure of which a sentence speaks, and those that print a figure of theirs."""
    own = {fact.table for fact in facts if _key(fact) in told}
    shared = {fact.cell.text for fact in facts if fact.table in own and len(fact.cell.text) >= LONG}
    return own | {fact.table for fact in facts if fact.cell.text in shared}


def _is_bare(fact: Fact) -> bool:
    """Whether a figure of a table is a whole amount of money that nothing scales."""
    return fact.source == "table" and fact.unit in currencies() and fact.scale == 1 and "." not in fact.cell.text


def _key(fact: Fact) -> Key:
    return fact.metric, fact.entity, fact.period


def _row_key(fact: Fact) -> Key:
    """What two tables that print a row alike share of its figures, known to the lexicon or not."""
    return fact.metric or fact.label.casefold(), fact.entity, fact.period


def _scales_told(fact: Fact, printed: Mapping[Key, list[Fact]]) -> Iterator[int]:
    """By what the figures of a sentence's measure and period are to be multiplied to give its amount; 1 for as is."""
    money = fact.source == "text" and fact.unit in currencies()
    if not money or fact.nature != "actual" or not fact.metric or fact.qualifier:
        return
    for other in printed.get(_key(fact), ()):
        for scale in (1, *SCALES):
            if other.value and abs(abs(other.value) * scale - abs(fact.value)) <= _half(fact):
                yield scale


def _half(fact: Fact) -> Decimal:
    """Half a unit of the last place that is printed."""
    places = len(as_seen(fact.cell.text).partition(".")[2].rstrip("%) abcdefghijklmnopqrstuvwxyz"))
    return Decimal(fact.scale) / (2 * Decimal(10) ** places)


def _scaled(fact: Fact, scale: int, told: Cell) -> Fact:
    return replace(fact, value=fact.value * scale, scale=scale, sentence_cells=(told,))
