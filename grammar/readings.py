"""Terms to Readings: each term fills its slot, and what the question leaves open is left open for the store.

Several meanings of one word make several readings, the likeliest first: the first metric that the lexicon ranks for a
phrase is the default, the others follow with everything else unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from grammar.lexicon import lexicon
from grammar.reading import Bound, Entity, Measure, Reading, Term, Unread
from grammar.terms import DEFAULT_MEASURE, Terms
from grammar.units import convertible

MOST_READINGS = 6


def readings(found: Terms, entities: Mapping[str, Entity]) -> list[Reading] | Unread:
    """The readings of a question's terms, best first; Unread where words failed or nothing is asked."""
    if found.unknown:
        return Unread("unknown_words", tuple(t.said for t in found.unknown), terms=found.terms)
    if found.of("opinion"):
        return Unread("opinion", tuple(t.said for t in found.of("opinion")), terms=found.terms)
    base = _base(found, entities)
    options = [_options(t, base) for t in found.of("measure", "label", "statement")]
    made = list(_combined(base, options, found))
    return made[:MOST_READINGS]


def _base(found: Terms, entities: Mapping[str, Entity]) -> Reading:
    """The reading without its measures: every other slot as the terms fill it."""
    named = [entities[t.id] for t in found.of("entity")]
    companies = tuple(dict.fromkeys(e.name for e in named if e.kind == "company"))
    others = tuple(dict.fromkeys(e for e in named if e.kind != "company"))
    slots: dict[str, Any] = {}
    for term in found.of("order", "compute", "trend", "scope", "group"):
        _fill(slots, term)
    slots.update(_numbers(found))
    return Reading(
        metals=tuple(dict.fromkeys(t.id for t in found.of("metal"))),
        entities=others,
        companies=companies,
        whens=found.whens,
        compare=bool(found.of("compare")),
        yearly=bool(found.of("yearly")),
        guidance=any(t.id == "guidance" for t in found.of("nature"))
        and not any(t.id == "actual" for t in found.of("nature")),
        speech=next((t.id for t in found.of("speech")), ""),
        unit=_unit(found),
        terms=found.terms,
        **slots,
    )


def _fill(slots: dict[str, Any], term: Term) -> None:
    if term.kind == "scope":
        slots["every" if term.id == "all" else "whole"] = True
    elif term.kind == "compute" and slots.get("compute") in ("", None, "difference"):
        slots["compute"] = term.id
    elif term.kind not in slots:
        slots[term.kind] = term.id


def _unit(found: Terms) -> str | None:
    """The unit asked for: the last one named that isn't the unit of a condition."""
    numbers = [t for t in found.of("number") if t.id in ("amount", "dollars")]
    free = [t for t in found.of("unit") if not any(0 <= t.start - n.end <= 6 for n in numbers)]
    return free[-1].id if free else None


def _numbers(found: Terms) -> dict[str, Any]:
    """What the numbers mean beside the words next to them: how many, which one, or a condition on the figure."""
    slots: dict[str, Any] = {}
    bounds = found.of("bound")
    groups = found.of("group")
    amounts = [t for t in found.of("number") if t.id in ("amount", "dollars") and not _counts(t, groups, found)]
    for term in found.of("number"):
        if term.id == "ordinal" and found.of("order"):
            slots["nth"] = int(term.number or 1)
    if bounds and amounts:
        slots["bound"] = _bound(bounds[0], amounts, found)
    elif found.of("order") and amounts:
        slots["limit"] = int(amounts[0].number or 1)
    return slots


def _counts(number: Term, groups: list[Term], found: Terms) -> bool:
    """Whether the number only counts the members of the group after it ("over the four units", "the 3 silver mines")."""
    between = [t for t in found.terms if number.end <= t.start and t.kind not in ("metal", "filler")]
    return bool(between) and between[0] in groups and number.id == "amount" and not found.of("order")


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


def _options(term: Term, base: Reading) -> list[Measure]:
    """The measures that a term can mean, those first whose unit is the one asked for."""
    measures = [measure for id in term.ids if (measure := measure_of(term.kind, id, term.said))]
    fitting = [m for m in measures if base.unit is None or _unit_fits(m, base.unit)]
    return fitting or measures


def measure_of(kind: str, id: str, said: str) -> Measure | None:
    """The measure behind an id of the lexicon, or behind the key of a printed label."""
    lex = lexicon()
    if kind == "label":
        return Measure("label", id, said)
    if kind == "statement":
        statement = lex.statements.get(id)
        return Measure("statement", id, statement.name) if statement else None
    if id in lex.metrics:
        metric = lex.metrics[id]
        return Measure("metric", id, metric.name, metric.units, metric.includes)
    if id in lex.ratios:
        ratio = lex.ratios[id]
        return Measure("ratio", id, ratio.name, (ratio.unit,))
    return None


def _unit_fits(measure: Measure, unit: str) -> bool:
    return not measure.units or any(convertible(own, unit) for own in measure.units) or unit == "%"


def _combined(base: Reading, options: list[list[Measure]], found: Terms) -> Iterator[Reading]:
    """The default of each term together, then every other meaning of one term at a time."""
    if not options:
        yield from _without_measure(base, found)
        return
    first = [o[0] for o in options if o]
    yield replace(base, measures=tuple(dict.fromkeys(first)))
    for number, option in enumerate(options):
        for other in option[1:]:
            yield replace(base, measures=tuple(dict.fromkeys([*first[:number], other, *first[number + 1 :]])))


def _without_measure(base: Reading, found: Terms) -> Iterator[Reading]:
    """A metal alone, or with its unit, is about how much was produced; a mine alone about all that is printed of it."""
    if base.metals or base.unit in ("oz", "ton", "tonne", "lb", "kg", "t"):
        measure = measure_of("measure", DEFAULT_MEASURE, "")
        if measure:
            yield replace(base, measures=(measure,), assumed=(f"taken as {measure.shown.lower()}",))
    elif base.entities and not base.speech:
        measure = measure_of("statement", "production_data", "")
        if measure:
            yield replace(base, measures=(measure,), assumed=(f"taken as all of its {measure.shown.lower()}",))
    else:
        yield base
