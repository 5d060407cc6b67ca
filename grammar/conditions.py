"""What a question's numbers and units are for: a condition on the figure, how many of a ranking, the unit asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from grammar.lexicon import lexicon
from grammar.reading import Bound, Term
from grammar.terms import Terms
from grammar.units import unit_of

TWO_ENDS = ({"above", "below"}, {"at_least", "at_most"})
QUARTERS_OF_YEAR = 4
WEIGHTS = ("lb", "kg", "g")
_PERIODS = re.compile(r"\s+(?:[a-z]+\s+){0,2}(?:quarters|halves|years|months|periods|dates)\b", re.IGNORECASE)
_TONNES = re.compile(r"\b(?:tonnes?|metric\s+tons?)\b", re.IGNORECASE)


def unit_asked(found: Terms) -> str | None:
    """The unit asked for: the last one named that isn't the unit of a condition."""
    numbers = [t for t in found.of("number") if t.id in ("amount", "dollars")]
    free = [t for t in found.of("unit") if not any(0 <= t.start - n.end <= 6 for n in numbers)]
    free = [t for t in free if found.text[t.end : t.end + 1] != "/"]  # "$/oz", whose ounces a measure has taken
    return free[-1].id if free else _in_tonnes(found)


def _in_tonnes(found: Terms) -> str | None:
    """Tonnes that are said with a measure of tons ("mining cost per tonne") ask for tonnes, not for what is near; so do
    pounds and kilograms that are said to be produced."""
    metrics = lexicon().metrics
    measures = [(t.said, metrics[t.id].units) for t in found.of("measure") if t.id in metrics and metrics[t.id].units]
    if len(measures) != 1:
        return None
    said, own = measures[0]
    if _TONNES.search(said):
        return {"ton": "tonne", "USD/ton": "USD/tonne"}.get(own[0]) or ("tonne" if "ton" in own else None)
    weighed = {unit for word in said.lower().split() if (unit := unit_of(word)) in WEIGHTS}
    return weighed.pop() if len(weighed) == 1 and {"oz", "ton"} <= set(own) else None


def numbers_meant(found: Terms) -> dict[str, Any]:
    """What the numbers mean beside the words next to them: how many, which one, or a condition on the figure."""
    slots: dict[str, Any] = {}
    bounds = found.of("bound")
    groups = found.of("group")
    numbers = [t for t in found.of("number") if t.id in ("amount", "dollars") and not of_periods(t, found)]
    amounts = [t for t in numbers if not _counts(t, groups, found)]
    for term in found.of("number"):
        if term.id == "ordinal" and found.of("order"):
            slots["nth"] = int(term.number or 1)
    if bounds and amounts:
        slots["bound"] = _of_both_ends(bounds, amounts, found) or _bound(bounds[0], amounts, found)
    elif found.of("order") and amounts:
        slots["limit"] = int(amounts[0].number or 1)
    return slots


def both_ends(found: Terms) -> bool:
    """Whether two conditions are the two ends of one."""
    return len(found.of("bound")) == 2 and {t.id for t in found.of("bound")} in TWO_ENDS


def of_periods(number: Term, found: Terms) -> bool:
    """Whether a number counts periods: "over the two quarters", but "the three best quarters" is a ranking."""
    return not found.of("order") and _PERIODS.match(found.text[number.end :]) is not None


def is_their_number(number: Term, found: Terms) -> bool:
    """Whether as many periods are named as a number says: "over the two quarters Q1 2006 and Q1 2007"."""
    named = [when for when in found.whens if not when.release and not when.relative]
    of_year = len(named) == 1 and named[0].year and not (named[0].ends or named[0].kinds)
    if of_year and number.number == QUARTERS_OF_YEAR and "quarters" in found.text[number.end :].lower():
        return True
    return number.number == len(named)


def _counts(number: Term, groups: list[Term], found: Terms) -> bool:
    """Whether the number only counts the members of the group after it ("over the four units", "3 mines")."""
    between = [t for t in found.terms if number.end <= t.start and t.kind not in ("metal", "filler")]
    return bool(between) and between[0] in groups and number.id == "amount" and not found.of("order")


def _of_both_ends(bounds: list[Term], amounts: list[Term], found: Terms) -> Bound | None:
    """ "Above 700,000 and below 800,000": one condition of two ends; None where there aren't just two."""
    if len(bounds) != 2 or len(amounts) != 2 or {t.id for t in bounds} not in TWO_ENDS:
        return None
    low, high = sorted((_bound(t, amounts, found) for t in bounds), key=lambda b: b.low is None)
    return replace(low, high=high.high, unit=low.unit or high.unit)


def _bound(term: Term, amounts: list[Term], found: Terms) -> Bound:
    first = next((a for a in amounts if a.start >= term.start), amounts[-1])
    unit = next((u.id for u in found.of("unit") if 0 <= u.start - first.end <= 6), None)
    if unit is None and first.id == "dollars":
        unit = "USD"
    value = first.number or 0.0
    if term.id == "between" and len(amounts) > 1:
        return Bound(min(a.number or 0.0 for a in amounts), max(a.number or 0.0 for a in amounts), False, unit)
    strict = term.id in ("above", "below")
    return (
        Bound(low=value, strict=strict, unit=unit)
        if term.id in ("above", "at_least")
        else Bound(high=value, strict=strict, unit=unit)
    )
