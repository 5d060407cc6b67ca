"""What is computed: rows as they are, one figure against another, sums, ratios; each a plan over one side or two."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asked import Asked, Missing, formula_of, operands_of
from assistant.span import Spans
from grammar.reading import Measure
from grammar.translate import ROW_LIMIT, Plan, Slots

NOT_ADDED = ("%", "ratio", "days", "x")  # nor is any rate
GROUPS = (("mine",), ("segment",))


def plan_of(asked: Asked, base: Slots, periods: Spans, unit: str) -> Plan | Missing:
    """The plan of a reading whose slots are filled (``base``), its figures in ``unit``."""
    reading = asked.reading
    if asked.ratio is not None:
        return _ratio_change(asked, base, periods) if asked.wants_two else _ratio(asked, base)
    if reading.compute == "ratio":
        return _stands_to(asked, base, periods)
    if reading.compute == "share":
        return _share(asked, base)
    if reading.compute == "average":
        return Plan("average", (base,))
    if _adds_up(asked, base):
        if unit in NOT_ADDED or "/" in unit:
            return Plan("rows", (base,)) if reading.compute != "sum" else Missing("sum", unit)
        return Plan("sum", (base,)) if len(reading.metals) < 2 else Missing("sum", " and ".join(reading.metals))
    if asked.wants_two:
        return _two_sided(asked, base, periods)
    if reading.order:
        limit = reading.limit or (1 if reading.nth else ROW_LIMIT)
        return Plan("rows", (base,), order=reading.order, limit=limit, skip=(reading.nth or 1) - 1)
    return Plan("rows", (base,))


def _adds_up(asked: Asked, base: Slots) -> bool:
    """Whether figures are added: it is said so, or a "total" is asked of several that can be added."""
    reading = asked.reading
    companies = base.entity_kinds == ("company",) and len(base.companies) != 1
    several = len(base.entities) > 1 or base.entity_kinds in GROUPS or companies or len(reading.measures) > 1
    over_time = bool(base.spliced) and reading.apart  # "total of each mine from 2002 to 2007": a total a mine
    total = reading.whole and several and not reading.order and not reading.bound
    return reading.compute == "sum" or (total and not over_time)


def _two_sided(asked: Asked, base: Slots, periods: Spans) -> Plan | Missing:
    """One side against the other: the later period against the earlier, the first named against the second."""
    reading, against = asked.reading, asked.against
    sides = _sides(asked, base, periods)
    if isinstance(sides, Missing):
        return sides
    listed = reading.trend and base.entity_kinds in GROUPS and not reading.compute and not reading.order
    if listed and against == "period":
        return Plan("trend", sides, trend=reading.trend)
    down, per_entity = reading.trend == "down", against == "period"  # how much it fell is a positive figure
    if asked.in_percent:
        return Plan("decline" if down else "percent", sides, order=reading.order, per_entity=per_entity)
    first, second = reversed(sides) if down else sides
    return Plan("difference", (first, second), order=reading.order, per_entity=per_entity)


def _sides(asked: Asked, base: Slots, periods: Spans) -> tuple[Slots, Slots] | Missing:
    reading, against = asked.reading, asked.against
    if against == "period":
        two = [_of_period(base, periods, number) for number in range(min(len(periods.groups), 2))]
        two.sort(key=lambda side: max(end for end, _ in side.periods), reverse=True)
        return (two[0], two[1]) if len(two) > 1 and two[0] != two[1] else Missing("second_period")
    if against == "entity":
        return replace(base, entities=base.entities[:1]), replace(base, entities=base.entities[1:2])
    if against == "metal":
        return replace(base, metals=reading.metals[:1]), replace(base, metals=reading.metals[1:2])
    if against == "company":
        first, second = reading.companies[:1], reading.companies[1:2]
        return replace(base, companies=first), replace(base, companies=second)
    first_id, second_id = (m.id for m in reading.measures)
    return replace(base, ids=(first_id,)), replace(base, ids=(second_id,))


def _of_period(base: Slots, periods: Spans, number: int) -> Slots:
    """The side of one of the periods asked for."""
    return replace(base, periods=periods.groups[number], spliced=periods.spliced[number : number + 1])


def _share(asked: Asked, base: Slots) -> Plan | Missing:
    """What part of the company's own figure an entity's is."""
    if not base.entities or _other_way_round(asked):
        return Missing("share")
    if _between_measures(asked):
        return Missing("uncomputed", "that part of another measure")
    if len(base.entities) > 1 and any(t.said.lower().startswith("ratio") for t in asked.reading.terms):
        return Missing("uncomputed", "the ratio of " + " to ".join(base.entities))
    whole = replace(base, entities=(), entity_kinds=("company",))
    return Plan("share", (base, whole))


def _between_measures(asked: Asked) -> bool:
    """ "X as a percentage of Y": a part of another measure, and not of the company's own."""
    terms = asked.reading.terms
    measures = [t for t in terms if t.kind == "measure"]
    shares = [t for t in terms if t.kind == "compute" and t.id == "share"]
    pairs = ((a, b) for a in measures for b in measures if a.ids != b.ids)
    return any(a.end <= s.start and s.end <= b.start for s in shares for a, b in pairs)


def _other_way_round(asked: Asked) -> bool:
    """ "What percent of the mine's silver is the company's?" asks who owns it, not what part it is."""
    terms = [t for t in asked.reading.terms if t.kind == "entity"]
    kinds = ["company" if t.id.startswith("company:") else "part" for t in terms]
    shares = [t.start for t in asked.reading.terms if t.kind == "compute" and t.id == "share"]
    return kinds == ["part", "company"] and not any(terms[0].end <= at < terms[1].start for at in shares)


def _stands_to(asked: Asked, base: Slots, periods: Spans) -> Plan | Missing:
    """One metal's figure over another's: "the ratio of zinc to lead"; of two periods how far that moved."""
    metals = asked.reading.metals
    moved = any(t.kind == "compute" and t.id == "difference" for t in asked.reading.terms)
    if len(periods.groups) == 2 and moved and len(metals) == 2:
        two = sorted((_of_period(base, periods, n) for n in range(2)), key=lambda side: max(side.periods), reverse=True)
        sides = tuple(replace(side, metals=(metal,)) for side in two for metal in metals)
        return Plan("ratio", sides, formula="($0 / $1) - ($2 / $3)", per_entity=True)
    if asked.against != "metal" or len(periods.keys) != 1:
        return Missing("share") if len(periods.keys) == 1 else Missing("uncomputed", "that ratio of several periods")
    pair = _sides(asked, base, periods)
    return pair if isinstance(pair, Missing) else Plan("ratio", pair, formula="$0 / $1")


def _ratio(asked: Asked, base: Slots) -> Plan:
    measure = asked.ratio
    assert measure is not None
    sides = tuple(replace(base, ids=(operand,)) for operand in operands_of(measure))
    return Plan("ratio", sides, formula=_numbered(measure), factor=_scale(measure), order=asked.reading.order)


def _ratio_change(asked: Asked, base: Slots, periods: Spans) -> Plan | Missing:
    """How far a ratio moved: that of the later period less that of the earlier, each of its own figures; per cent of a
    ratio that is itself in per cent are points."""
    measure = asked.ratio
    assert measure is not None
    formula, operands = _numbered(measure), operands_of(measure)
    if asked.against != "period" or "days_in_period" in formula:
        return Missing("uncomputed", f"the change of {measure.shown.lower()}")
    two = _sides(asked, base, periods)
    if isinstance(two, Missing):
        return two
    later, earlier = reversed(two) if asked.reading.trend == "down" else two
    sides = tuple(replace(side, ids=(operand,)) for side in (later, earlier) for operand in operands)
    before = _numbered(measure, len(operands))
    change = f"({formula}) - ({before})"
    if asked.in_percent and measure.units[:1] != ("%",):
        return Plan("ratio", sides, formula=f"({change}) / ABS({before})", factor=100.0, per_entity=True)
    return Plan("ratio", sides, formula=change, factor=_scale(measure), per_entity=True)


def _numbered(measure: Measure, first: int = 0) -> str:
    """The ratio's formula over the values of sides, the first of which has the number ``first``."""
    formula = formula_of(measure)
    for number, operand in enumerate(operands_of(measure)):
        formula = re.sub(rf"\b{operand}\b", f"${number + first}", formula)
    return formula


def _scale(measure: Measure) -> float:
    return 100.0 if measure.units[:1] == ("%",) else 1.0
