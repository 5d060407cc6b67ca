"""Of which metal a sentence's figure is: the one in its unit, beside its measure's name, else the mine's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.parsing.prose_metrics import Hit, SentenceMetric
from db.parsing.prose_nearest import in_dollars
from db.parsing.prose_times import Times
from db.prose.phrases import Span
from db.prose.said import Said
from grammar.amounts import Amount
from grammar.prose_words import prose_data

_METALS = "|".join(prose_data()["rates"]["metals"])
_AND_METAL = re.compile(rf"\s*(?:,|and|&)\s*(?:the\s+)?(?:{_METALS})\b")
_FOR_METAL = re.compile(rf"\s+for\s+({_METALS})\b(?!\s+(?:and\s+)?(?:{_METALS})\b)")
_METAL_AND = re.compile(rf"\b(?:{_METALS})\s*(?:,|and|&)\s*$")
_MINE_NOUN = re.compile(r"[/\s]*(?:[\w/]+[/\s]+)?(?:mine|mines|producer|property|project|deposit)\b")
_FAR = 90  # characters from a metal to its figure
_BEHIND, _BEFORE = 12, 8  # characters between a measure and the metal behind and before it


def metal_told(
    times: Times, amount: Amount, metric: SentenceMetric | None, hit: Hit | None, entity: str | None
) -> str | None:
    """The metal of a figure of the sentence that ``times`` holds; None where it names several or leaves it open."""
    said, context = times.said, times.context
    if amount.metal:
        return None if _AND_METAL.match(said.low, amount.span_end) else amount.metal
    if metric is None or not (metric.mined or metric.id.endswith("price")):
        return None
    if told := _FOR_METAL.match(said.low, amount.span_end):
        return told[1]
    beside = _beside(said, hit)
    kinds = {metal.text for metal in beside}
    if len(kinds) > 1 or any(_METAL_AND.search(said.low, 0, metal.start) for metal in beside):
        return None  # "palladium and platinum production"
    found = kinds.pop() if kinds else _before(said, amount, hit, times.amounts)
    if found or not metric.mined:
        return found
    return context.metal_of(entity) or (context.cost_metal_of(entity) if metric.units == {"USD/oz"} else None)


def _beside(said: Said, hit: Hit | None) -> list[Span]:
    """The metals that stand beside the phrase of a measure."""
    if hit is None or not hit.text:
        return []
    return [
        m
        for m in said.spans("rates", "metals")
        if (
            -_BEHIND <= m.start - hit.end <= _BEHIND
            or 0 <= hit.start - m.end <= _BEFORE
            or hit.start <= m.start < hit.end
        )
        and not mine_noun(said.text, m.end)
    ]


def _before(said: Said, amount: Amount, hit: Hit | None, amounts: Sequence[Amount]) -> str | None:
    """The one metal that the sentence counts, else the nearest before the figure."""
    metals = said.spans("rates", "metals")
    counted = {other.metal for other in amounts if other.metal} if metals else ()
    if len(counted) == 1:
        return next(iter(counted))
    if in_dollars(amount.unit).startswith("USD") and not (hit and "price" in hit.text):
        return None
    before = [m for m in metals if m.end <= amount.start < m.end + _FAR and not mine_noun(said.text, m.end)]
    return before[-1].text if before else None


def mine_noun(text: str, end: int) -> bool:
    """Whether "silver mine", "gold segment", "silver/zinc mine" follows: the metal says what mine, not what figure."""
    return _MINE_NOUN.match(text, end, end + 30) is not None
