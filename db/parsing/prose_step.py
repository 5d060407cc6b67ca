"""Prose step: the names that the running text gives and the figures that its sentences state.

It comes last, because sentences lean on what the tables have told: whose filing it is, which period, which mines.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from db.model import Cell, EntityKind, Fact, Paragraph
from db.parsing.draft import Draft
from db.parsing.fiscal import year_end
from db.parsing.money_told import dollar_of
from db.parsing.names import company_of, read_names
from db.parsing.prose import ProseContext, read_prose
from db.parsing.prose_metrics import sentence_metrics
from db.parsing.prose_nearest import currencies
from db.parsing.prose_periods import PeriodSpan, periods_in
from db.parsing.prose_shares import shares_in_headings
from db.prose.said import Said, spans_of
from grammar.periods import Kind, Period, duration, shift_months

_TO_DATE = re.compile(r"\b(six|nine|twelve)[ -]months?\b")
_MONTHS: dict[str, Kind] = {"six": "half", "nine": "nine_months", "twelve": "year"}
_RARE = 20  # a time that fewer of the figures have, one in so many, is not what the filing is about
_YEAR = re.compile(r"(?:19|20)\d\d|\dq\d\d", re.IGNORECASE)
_QUARTER: tuple[Kind, ...] = ("quarter",)
_LONGER: tuple[Kind, ...] = ("half", "nine_months")
_YEARS: tuple[Kind, ...] = ("year",)
_OPENING = 100  # characters: a paragraph that is shorter says in what money or how all amounts are
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
    costed = tuple(dict.fromkeys(_costed(draft.facts)))
    names = tuple(draft.names)
    ends = year_end(draft, period)
    dollar = dollar_of(draft.money)
    scale, metal = _scale(draft), _only_metal(paragraphs, draft.facts)
    context = ProseContext(draft.company, period, draft.released, ends, scale, entities, names, costed, dollar, metal)
    lines = draft.source.text.split("\n")
    draft.facts.extend(list(shares_in_headings(draft.facts, lines, draft.period_end)))
    taken: dict[int, list[Cell]] = {}
    for fact in draft.facts:
        taken.setdefault(fact.cell.line, []).append(fact.cell)
    facts = [f for f in read_prose(_read(draft), context) if not _stands_in(f.cell, taken.get(f.cell.line, ()))]
    told = _columns(draft.facts, context.period)
    draft.facts.extend(_undisputed([_as_tables_tell(fact, told, context) for fact in facts]))


def _columns(facts: Iterable[Fact], usual: Period | None) -> dict[tuple[object, ...], dict[Period, Decimal]]:
    """What the tables print of each thing in the columns that end with the filing's period."""
    told: dict[tuple[object, ...], dict[Period, Decimal]] = {}
    for fact in facts:
        if usual and fact.period and fact.period.end == usual.end and fact.source == "table" and _is_result(fact):
            told.setdefault(_of_what(fact), {})[fact.period] = fact.value
    return told


def _as_tables_tell(
    fact: Fact, told: Mapping[tuple[object, ...], Mapping[Period, Decimal]], context: ProseContext
) -> Fact:
    """The fact; where its sentence names no time, with that of the one column of the tables that has its figure.

    A release about a quarter tells of the year to date as well, and its bullets rarely say which they mean.
    """
    usual = context.period
    if usual is None or fact.period != usual or not _is_result(fact):
        return fact
    ending = told.get(_of_what(fact), {})
    agreeing = [period for period, value in ending.items() if not _apart(fact.value, value)]
    if usual not in ending or usual in agreeing or len(agreeing) != 1 or periods_in(Said(fact.sentence), context):
        return fact
    return replace(fact, period=agreeing[0])


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
    if fact.metric is None or fact.entity is None or fact.period is None:
        return False
    return fact.nature == "actual"


def _identity(fact: Fact) -> tuple[object, ...]:
    return *_of_what(fact), fact.period


def _of_what(fact: Fact) -> tuple[object, ...]:
    return fact.metric, fact.metal, fact.entity, fact.unit


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
                begun = begun or block.kind in ("paragraph", "bullet")


def _entities(facts: Iterable[Fact]) -> Iterator[tuple[str, EntityKind]]:
    seen: dict[str, EntityKind] = {}
    for fact in facts:
        if fact.entity and fact.entity_kind in ("mine", "segment"):
            seen.setdefault(fact.entity, fact.entity_kind)
    yield from seen.items()


def _costed(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Each entity that has costs per ounce, with the metal whose ounces they are."""
    for fact in facts:
        known = sentence_metrics().get(fact.metric or "")
        if known is not None and known.mined and fact.unit in known.units == {"USD/oz"} and fact.entity and fact.metal:
            yield fact.entity, fact.metal


def _only_metal(paragraphs: Sequence[Paragraph], facts: Iterable[Fact]) -> str | None:
    """The metal of which the filing speaks more than once, where it speaks of no other."""
    named = {fact.metal for fact in facts if fact.metal}
    if len(named) > 1:
        return None
    said = Counter(span.text for p in paragraphs for span in spans_of("rates", "metals", p.text))
    named.update(said)
    metal = named.pop() if len(named) == 1 else None
    return metal if metal is not None and said[metal] > 1 else None


def _scale(draft: Draft) -> int:
    """What the tables print dollars in, most of them: 1, 1,000 or 1,000,000."""
    scales = Counter(fact.scale for fact in draft.facts if fact.unit in currencies())
    return scales.most_common(1)[0][0] if scales else 1


def _period(draft: Draft) -> Period | None:
    """The duration that the filing reports on, which sentences mean that name none.

    Where the tables have several that end with the latest period it is the one that the headline or else the first
    paragraph names, else the shortest: a release about a quarter prints the year to date beside it. A filing without
    tables reports on the latest quarter that its text names and that is over when it is released.
    """
    ends = Counter(
        fact.period
        for fact in draft.facts
        if fact.period and fact.period.end == draft.period_end and fact.period.kind != "instant"
    )
    if ends:
        usual = [period for period, count in ends.most_common() if count * _RARE >= ends.total()]
        return _headlined(draft, usual) or max(usual, key=lambda period: period.start or dt.date.min)
    return _told_period(draft)


def _told_period(draft: Draft) -> Period | None:
    """The period of a filing without tables: that of its first words, else the latest quarter that its text names.

    A quarter that is told with its year comes before one that is dated by the release.
    """
    context = ProseContext(draft.company, None, draft.released)
    opening = [span for text in _first_words(draft) for span in _dated(text, context)]
    found = _latest(opening, draft, _QUARTER) or _quarterly(draft) or _latest(opening, draft, _LONGER)
    if found or draft.released is None:
        return found
    spans = [
        (span, dated)
        for paragraph in draft.paragraphs()
        for span, dated in _dated(paragraph.text, context, all_of=True)
    ]
    certain = [(span, dated) for span, dated in spans if dated]
    return _latest(certain, draft, _QUARTER) or _latest(spans, draft, _QUARTER) or _latest(opening, draft, _YEARS)


def _dated(text: str, context: ProseContext, *, all_of: bool = False) -> Iterator[tuple[PeriodSpan, bool]]:
    """The periods of a text that it names with their year, or ``all_of`` them, each with whether it does so."""
    for span in periods_in(Said(text), context):
        dated = _YEAR.search(text, span.start, span.end) is not None
        if dated or all_of:
            yield span, dated


def _latest(spans: Iterable[tuple[PeriodSpan, bool]], draft: Draft, kinds: Sequence[Kind]) -> Period | None:
    """The latest period of some kinds that was over when the filing came, and not long before."""
    told = draft.released
    if told is None:
        found = [s.period for s, _ in spans if s.period and s.period.end == draft.period_end]
    else:
        since = shift_months(told, -_STALE)
        found = [s.period for s, _ in spans if s.period and since < s.period.end < told]
    return max((period for period in found if period.kind in kinds), key=lambda period: period.end, default=None)


def _quarterly(draft: Draft) -> Period | None:
    """The quarter of a quarterly report whose title names only the month or the day that ends it."""
    context = ProseContext(draft.company, None, draft.released)
    for text in _first_words(draft):
        said = Said(text)
        ends = (
            [span.period.end for span in periods_in(said, context) if span.period] if "quarterly" in said.words else []
        )
        if ends and (draft.released is None or ends[0] <= draft.released):
            return duration(ends[0], 3)
    return None


def _headlined(draft: Draft, reported: Sequence[Period]) -> Period | None:
    """The one of the periods that the filing's first words name."""
    if len(reported) < 2:
        return None
    context = ProseContext(draft.company, reported[0], draft.released, draft.year_end)
    kinds = {period.kind: period for period in reported}
    for text in _first_words(draft):
        said = Said(text)
        named = {s.start: s.period for s in periods_in(said, context) if not s.prior and s.period in reported}
        longer = {m.start(): kinds.get(_MONTHS[m[1]]) for m in _TO_DATE.finditer(said.low)}
        found = [period for _, period in sorted({**longer, **named}.items(), key=lambda each: each[0]) if period]
        if found:
            return found[0]
    return None


def _first_words(draft: Draft) -> Iterator[str]:
    """The headlines of each part and the paragraph that they stand over."""
    for blocks in draft.blocks.values():
        for block in blocks:
            if isinstance(block, Paragraph) and block.kind != "furniture":
                yield block.text
                if block.kind == "paragraph" and len(block.text) > _OPENING:
                    break
