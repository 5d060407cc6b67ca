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
from grammar.prose_words import prose_data, words

_METALS = "|".join(prose_data()["rates"]["metals"])
_AND_METAL = re.compile(rf"\s*(?:,|and|&)\s*(?:the\s+)?(?:{_METALS})\b")
_FOR_METAL = re.compile(rf"\s+for\s+({_METALS})\b(?!\s+(?:and\s+)?(?:{_METALS})\b)")
_METAL_AND = re.compile(rf"\b(?:{_METALS})\s*(?:,|and|&)\s*$")
_MINE_NOUN = re.compile(r"[/\s]*(?:[\w/]+[/\s]+)?(?:mine|mines|producer|property|project|deposit)\b")
_PRODUCT = 12  # characters: "coal production", "tons of coal"
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
    if (product := product_told(said, amount, hit)) and amount.unit in ("ton", "tonne"):
        return product or None
    if told := _FOR_METAL.match(said.low, amount.span_end):
        return told[1]
    beside = _beside(said, hit)
    kinds = {metal.text for metal in beside}
    if len(kinds) > 1 or any(_is_listed(said.low, metal) for metal in beside):
        return None  # "palladium and platinum production"
    found = kinds.pop() if kinds else _before(said, amount, hit, times.amounts)
    if found or not metric.mined:
        return found
    if context.only_metal and amount.unit == "oz" and metric.of_metal:
        return context.only_metal
    if entity is None:
        mines = {context.metal_of(m.entity) for m in context.mentions(said) if m.kind != "company"}
        return mines.pop() if len(mines) == 1 else None
    return context.metal_of(entity) or (context.cost_metal_of(entity) if metric.units == {"USD/oz"} else None)


def product_told(said: Said, amount: Amount, hit: Hit | None) -> str | None:
    """What is counted in tons as it is sold ("coal", or '' for volumes of sales); None for tons that may be of ore."""
    if hit is None:
        return None
    near = said.low[max(0, hit.start - _PRODUCT) : hit.end], said.low[amount.span_end : amount.span_end + _PRODUCT]
    found = next(
        (product for product in words("rates", "products") if any(f"{product} " in f"{n} " for n in near)), None
    )
    if found is None and "sales volume" in hit.text and not near[1].startswith(" of "):
        return ""
    return found


def is_of_metal(said: Said, amount: Amount, hit: Hit) -> bool:
    """Whether tons are of what is sold, not of ore: "copper production", "coal", volumes of sales."""
    before = said.low[: hit.start].split()[-1:]
    named = before[0].removesuffix("-in-concentrate") in words("rates", "metals") if before else False
    return named or product_told(said, amount, hit) is not None


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
    told = [m for m in metals if m.end <= amount.start and not mine_noun(said.text, m.end)]
    before = [m for m in told if amount.start < m.end + _FAR or len({metal.text for metal in metals}) == 1]
    return before[-1].text if before else None


def _is_listed(low: str, metal: Span) -> bool:
    """Whether a metal is one of several: "palladium AND PLATINUM", "PLATINUM, palladium and gold"."""
    return _METAL_AND.search(low, 0, metal.start) is not None or _AND_METAL.match(low, metal.end) is not None


def mine_noun(text: str, end: int) -> bool:
    """Whether "silver mine", "gold segment", "silver/zinc mine" follows: the metal says what mine, not what figure."""
    return _MINE_NOUN.match(text, end, end + 30) is not None
