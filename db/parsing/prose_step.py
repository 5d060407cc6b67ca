"""Prose step: the names that the running text gives and the figures that its sentences state.

It comes last, because sentences lean on what the tables have told: whose filing it is, which period, which mines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from db.model import Cell, EntityKind, Fact, Paragraph
from db.parsing.draft import Draft
from db.parsing.names import company_of, read_names
from db.parsing.prose import ProseContext, read_prose
from db.parsing.prose_periods import periods_in
from db.parsing.prose_shares import shares_in_headings
from grammar.periods import Period, shift_months

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NAMED_QUARTER = re.compile(r"\b(first|second|third|fourth)[ -](?:fiscal )?quarter\b")
_STALE = 5  # months: a quarter that ended longer ago is only compared with


def prose(draft: Draft) -> None:
    """Fill ``draft.names`` and add the facts of running text; a figure that a table step has read is left to it."""
    paragraphs = [paragraph for paragraph in draft.paragraphs() if paragraph.kind != "furniture"]
    entities = tuple(_entities(draft.facts))
    if draft.company is None and (said := company_of(paragraphs)):
        draft.company, draft.ticker = said[0], said[1]
    draft.names.extend(read_names(paragraphs, draft.company, entities))
    period = _period(draft)
    draft.period_end = draft.period_end or (period.end if period else None)
    year_end = _year_end(draft, period)
    context = ProseContext(draft.company, period, draft.released, year_end, _scale(draft), entities, tuple(draft.names))
    lines = draft.source.text.split("\n")
    draft.facts.extend(list(shares_in_headings(draft.facts, lines, draft.period_end)))
    taken: dict[int, list[Cell]] = {}
    for fact in draft.facts:
        taken.setdefault(fact.cell.line, []).append(fact.cell)
    facts = [f for f in read_prose(_read(draft), context) if not _stands_in(f.cell, taken.get(f.cell.line, ()))]
    draft.facts.extend(_undisputed(facts))


def _undisputed(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts; where sentences tell two values of one thing by more than rounding, neither is a result."""
    told: dict[tuple[object, ...], set[Decimal]] = {}
    for fact in facts:
        if _is_result(fact):
            told.setdefault(_identity(fact), set()).add(fact.value)
    for fact in facts:
        values = told.get(_identity(fact), ()) if _is_result(fact) else ()
        yield replace(fact, nature="aside") if any(_apart(*pair) for pair in combinations(values, 2)) else fact


def _apart(first: Decimal, second: Decimal) -> bool:
    """Whether neither is the other rounded: "more than 35,000 ounces" and "34,944 ounces" are one figure."""
    coarser = max(int(value.normalize().as_tuple().exponent) for value in (first, second))
    return abs(first - second) >= Decimal(10) ** coarser


def _is_result(fact: Fact) -> bool:
    return fact.nature == "actual" and fact.metric is not None and fact.period is not None


def _identity(fact: Fact) -> tuple[object, ...]:
    return fact.metric, fact.metal, fact.entity, fact.period, fact.unit


def _stands_in(cell: Cell, others: Iterable[Cell]) -> bool:
    """Whether the figure of a sentence ends within one of the figures of its line."""
    return any(other.start < cell.end <= other.end for other in others)


def _read(draft: Draft) -> Iterator[tuple[Paragraph, bool]]:
    """The paragraphs, each with whether it is read: of headings only the headlines above a part's first paragraph are,
    since others title tables."""
    for blocks in draft.blocks.values():
        begun = False
        for block in blocks:
            if isinstance(block, Paragraph) and block.kind != "furniture":
                yield block, block.kind != "heading" or not begun
                begun = begun or block.kind == "paragraph"


def _entities(facts: Iterable[Fact]) -> Iterator[tuple[str, EntityKind]]:
    seen: dict[str, EntityKind] = {}
    for fact in facts:
        if fact.entity and fact.entity_kind in ("mine", "segment"):
            seen.setdefault(fact.entity, fact.entity_kind)
    yield from seen.items()


def _year_end(draft: Draft, period: Period | None) -> int:
    """The month in which the fiscal year ends: as the file says, else as the quarter shows that the text names most.

    A release that calls the quarter to December its second has a fiscal year that ends in June.
    """
    if "fiscal_year_end" in draft.source.header or period is None or period.kind != "quarter":
        return draft.year_end
    lowered = (paragraph.text.lower() for paragraph in draft.paragraphs())
    named = Counter(said for text in lowered if "quarter" in text for said in _NAMED_QUARTER.findall(text))
    if not named:
        return draft.year_end
    return (period.end.month - 3 * _ORDINALS[named.most_common(1)[0][0]] - 1) % 12 + 1


def _scale(draft: Draft) -> int:
    """What the tables print dollars in, most of them: 1, 1,000 or 1,000,000."""
    scales = Counter(fact.scale for fact in draft.facts if fact.unit == "USD")
    return scales.most_common(1)[0][0] if scales else 1


def _period(draft: Draft) -> Period | None:
    """The duration that the filing reports on: the most usual one that ends with its latest period.

    A filing without tables reports on the latest quarter that its text names and that is over when it is released.
    """
    ends = Counter(
        fact.period
        for fact in draft.facts
        if fact.period and fact.period.end == draft.period_end and fact.period.kind != "instant"
    )
    if ends:
        return ends.most_common(1)[0][0]
    if draft.released is None:
        return None
    told = ProseContext(draft.company, None, draft.released)
    spans = (span for paragraph in draft.paragraphs() for span in periods_in(paragraph.text, told))
    since = shift_months(draft.released, -_STALE)
    quarters = [
        s.period for s in spans if s.period and s.period.kind == "quarter" and since < s.period.end < draft.released
    ]
    return max(quarters, key=lambda period: period.end, default=None)
