"""Lists that a sentence deals out in turn: "$10 and $20, respectively", "gold and zinc rose 1% and 2%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from db.model import Fact
from db.parsing.prose_periods import PeriodSpan
from db.prose.said import Said
from grammar.amounts import Amount

Read = tuple[Amount, Fact]
_AND = re.compile(r"\s*(?:,|and|,\s*and|,?\s*plus|,?\s*as\s+well\s+as|,?\s*along\s+with)\s*")
_LISTED = {"production": "production", "equivalent_production": "production", "sales_volume": "sales_volume"}


def listed(text: str, read: Sequence[Read]) -> list[Fact]:
    """The facts; an amount of a metal that only goes on with a list is of the measure that the one before it is:
    "produced 5 tons of zinc, 3 tons of copper and 2 ounces of gold"."""
    facts: list[Fact] = []
    for index, (amount, fact) in enumerate(read):
        before, model = (read[index - 1][0], facts[-1]) if facts else (None, None)
        metric = _LISTED.get(model.metric or "") if model else None
        joined = before is not None and _AND.fullmatch(text, before.span_end, amount.span_start) is not None
        if fact.metric or not amount.metal or metric is None or model is None or not joined:
            facts.append(fact)
            continue
        facts.append(
            replace(
                fact,
                metric=metric,
                label=model.label,
                nature=model.nature,
                entity=model.entity,
                entity_kind=model.entity_kind,
                period=model.period,
            )
        )
    return facts


def respective(said: Said, read: Sequence[Read], periods: Sequence[PeriodSpan]) -> list[Fact]:
    """The facts, those of a list that "respectively" deals out given what their turn gives them."""
    facts = [fact for _, fact in read]
    if "respectively" not in said.low:
        return facts
    for first, last in _runs(said.text, read):
        dealt = _metals(said, read, first, last) or _periods(read, first, last, periods) or _before(read, first, last)
        if dealt:
            facts[first:last] = dealt
    return facts


def _runs(text: str, read: Sequence[Read]) -> list[tuple[int, int]]:
    """The lists of two and more figures with nothing but "and" and commas between them."""
    runs, first = [], 0
    for index in range(1, len(read) + 1):
        joined = index < len(read) and re.fullmatch(
            r"(?:\s+per\s+\w+|\s+ounces|\s+tons)?\s*(?:,|and|,\s*and)\s*",
            text[read[index - 1][0].end : read[index][0].start],
        )
        if not joined:
            if index - first >= 2:
                runs.append((first, index))
            first = index
    return runs


def _metals(said: Said, read: Sequence[Read], first: int, last: int) -> list[Fact] | None:
    metals = [span for span in said.spans("rates", "metals") if span.end <= read[first][0].start]
    count = last - first
    if len(metals) < count or read[first][1].unit not in ("%", "oz", "ton", "USD/oz", "USD/lb", "USD"):
        return None
    named = metals[-count:]
    gaps = [said.text[a.end : b.start] for a, b in pairwise(named)]
    if not all(re.fullmatch(r"\s*(?:,|and|,\s*and)\s*", gap) for gap in gaps) or len({m.text for m in named}) < count:
        return None
    metric = next((fact.metric for _, fact in reversed(read[:first]) if fact.metric), read[first][1].metric)
    entity, kind = read[max(first - 1, 0)][1].entity, read[max(first - 1, 0)][1].entity_kind
    return [
        replace(
            fact,
            metal=metal.text,
            metric=metric,
            entity=entity,
            entity_kind=kind,
            period=read[max(first - 1, 0)][1].period,
            nature=read[first][1].nature,
        )
        for (_, fact), metal in zip(read[first:last], named, strict=True)
    ]


def _periods(read: Sequence[Read], first: int, last: int, periods: Sequence[PeriodSpan]) -> list[Fact] | None:
    pair = next((span for span in periods if span.second), None)
    if pair is None or last - first != 2:
        return None
    dealt = zip(read[first:last], (pair.period, pair.second), strict=True)
    return [replace(fact, period=period, nature="actual") for (_, fact), period in dealt]


def _counted_as(fact: Fact, model: Fact) -> dict[str, Any]:
    """The model's unit; a share of change stays one: "sales of $5 and costs of $3, up 6% and 2% respectively"."""
    if fact.unit == "%" and model.unit != "%":
        return {"nature": "comparison"}
    return {"unit": model.unit}


def _before(read: Sequence[Read], first: int, last: int) -> list[Fact] | None:
    """As many figures before take the same turns: "$400 for gold and $5 for silver, compared to $350 and $4"."""
    count = last - first
    models = [fact for _, fact in read[max(first - count, 0) : first]]
    if len(models) < count:
        return None
    return [
        replace(
            fact,
            metric=model.metric,
            metal=model.metal,
            entity=model.entity,
            entity_kind=model.entity_kind,
            **_counted_as(fact, model),
        )
        for (_, fact), model in zip(read[first:last], models, strict=True)
    ]
