"""The sentence that says an answer, and the line that says how the question was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Value
from assistant.formulas import figures_of, spans_of
from assistant.objections import lacking
from assistant.resolve import Resolved
from assistant.wording import say_list, say_value, was_or_were
from grammar.lexicon import lexicon
from grammar.reading import Measure
from grammar.shape import CHANGES

DONE = {
    "difference": "difference",
    "percent": "change in per cent",
    "decline": "change in per cent",
    "share": "share of the company",
    "sum": "sum",
    "average": "simple average",
}
ORDERED = {"asc": "lowest first", "desc": "highest first"}
MOST_PERIODS = 8
SCALE_OF_PARTS = 100.0  # what turns a part into per cent
_YES_NO = re.compile(r"^\W*(?:did|do|does|has|have|had|is|are|was|were)\b", re.IGNORECASE)
_LOSS = re.compile(r"\b(?:loss|losses|lose|lost|losing)\b", re.IGNORECASE)


def describe(resolved: Resolved, values: Sequence[Value]) -> str:
    """The reading in a line: measure · metal · whose · when · what was done with it."""
    plan = resolved.plan
    measures = " and ".join(m.shown for m in _found(resolved, values))
    metals = " and ".join(m for m in plan.sides[0].metals or _told_metals(values) if m)
    whose = " and ".join(dict.fromkeys(name for side in plan.sides for name in side.entities)) or _group(resolved)
    spliced = [one.name for one in spans_of(plan)]
    names = list(dict.fromkeys(spliced or (v.period for v in _inputs(values) if v.period)))
    periods = " and ".join(names) if len(names) <= MOST_PERIODS else f"{len(names)} periods"
    done = "difference" if plan.operation == "ratio" and plan.per_entity else DONE.get(plan.operation, "")
    done, ordered = "ratio" if resolved.reading.compute == "ratio" else done, ORDERED.get(resolved.reading.order, "")
    return " · ".join(part for part in (measures, metals, whose, periods, done, ordered) if part)


def _found(resolved: Resolved, values: Sequence[Value]) -> list[Measure]:
    """The measures asked for but those that no figure of the answer is of."""
    absent = lacking(resolved.reading, values)
    return [m for m in resolved.measures if m.shown.lower() not in absent] or list(resolved.measures)


def _told_metals(values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.metal for v in values if v.metal))


def _group(resolved: Resolved) -> str:
    side = resolved.plan.sides[0]
    if side.entity_kinds in (("mine",), ("segment",)):
        return f"each {side.entity_kinds[0]}"
    return " and ".join(side.companies)


def _inputs(values: Sequence[Value]) -> list[Value]:
    return [o for v in values for o in (v.operands or (v,))]


def verdict(resolved: Resolved, values: Sequence[Value], question: str) -> str:
    """The answer as a sentence, beginning with yes or no where that was asked."""
    if not values:
        return f"None: no figure of {describe(resolved, ())} meets the condition."
    if len(values) > 1:
        return _several(resolved, values)
    value = values[0]
    if resolved.plan.operation in CHANGES and len(ends := figures_of(resolved.plan, value)) == 2:
        return _change(resolved, replace(value, operands=ends), question)
    said = _single(resolved, value)
    return f"{_answer_to(resolved, value, question)}{said}"


def _answer_to(resolved: Resolved, value: Value, question: str) -> str:
    """The yes or no before a figure: whether it has the sign asked for, or is the loss it is taken for."""
    sign = resolved.reading.sign
    if sign and _YES_NO.match(question):
        return "Yes: " if (value.value < 0) == (sign == "below") and value.value else "No: "
    of_income = any("income" in m.shown.lower() for m in resolved.measures)
    return "There was no loss: " if of_income and value.value > 0 and _LOSS.search(question) else ""


def _several(resolved: Resolved, values: Sequence[Value]) -> str:
    sentence = say_list([(v.label, say_value(v.value, v.unit, v.metal)) for v in values])
    if resolved.reading.compare and len(values) == 2 and values[0].unit == values[1].unit:
        return f"{sentence} {_difference(values[0], values[1])}"
    return sentence


def _difference(first: Value, second: Value) -> str:
    gap = float(f"{first.value - second.value:.12g}")
    if not gap:
        return "They are equal."
    higher, size = (first.label if gap > 0 else second.label), abs(gap)
    return f"{higher} is higher by {say_value(size, first.unit)}."


def _change(resolved: Resolved, value: Value, question: str) -> str:
    """The change in a sentence: "It rose by 225,321 oz, from 626,792 oz (Q1 2006) to 852,113 oz (Q1 2007)"."""
    first, second = value.operands
    if first.period == second.period:
        return _against(resolved, value)
    later, earlier = sorted(value.operands, key=lambda o: o.period_end or "", reverse=True)
    moved = (later.value > earlier.value) - (later.value < earlier.value)
    if _is_deduction(resolved, (later, earlier)):
        moved = -moved  # a cost printed as a deduction is higher where it takes off more
    size = say_value(abs(value.value), value.unit)
    said = f"{'rose' if moved > 0 else 'fell'} by {size}" if moved else "did not change"
    ends = (f"{say_value(o.value, o.unit)} ({o.period})" for o in (earlier, later))
    told = f"{_whose(value)}{_measures(resolved)} {said}, from {' to '.join(ends)}."
    trend = resolved.reading.trend
    agrees = moved == {"up": 1, "down": -1}.get(trend, moved)
    if trend and _YES_NO.match(question):
        return f"{'Yes' if agrees else 'No'}: {told}"
    return told if agrees else f"It did not {'rise' if trend == 'up' else 'fall'}: {told}"


def _is_deduction(resolved: Resolved, values: Sequence[Value]) -> bool:
    """Whether a measure of money spent is printed negative."""
    metric = lexicon().metrics.get(resolved.measures[0].id)
    return metric is not None and metric.outflow and all(value.value < 0 for value in values)


def _against(resolved: Resolved, value: Value) -> str:
    """One mine, metal or measure against another in the same period."""
    first, second = value.operands
    name = next((n for n in ("entity", "metal", "label") if getattr(first, n) != getattr(second, n)), "label")
    higher, lower = (first, second) if first.value >= second.value else (second, first)
    by = f"by {say_value(abs(value.value), value.unit)}{_when(value)}"
    if resolved.plan.operation != "difference":  # in per cent of the second, whichever of them is higher
        than = "higher" if first is higher else "lower"
        named = f"{getattr(first, name)} is {than} than {getattr(second, name)}"
        return f"{_measures(resolved).capitalize()}: {named} {by}."
    return f"{_measures(resolved).capitalize()}: {getattr(higher, name)} is higher than {getattr(lower, name)} {by}."


def _single(resolved: Resolved, value: Value) -> str:
    said = say_value(value.value, value.unit, value.metal)
    operation = resolved.plan.operation
    if operation in ("sum", "average"):
        name = "sum" if operation == "sum" else "simple (unweighted) average"
        figures = len(figures_of(resolved.plan, value)) if operation == "average" else len(value.operands)
        return f"The {name} of {_measures(resolved)} over {figures} figures is {said}{_when(value)}."
    if operation == "ratio" and resolved.plan.per_entity:
        return _ratio_change(resolved, value, said)
    if resolved.reading.compute == "ratio":
        metals = " to ".join(o.metal or "" for o in value.operands)
        return f"{_whose(value)}{_measures(resolved)} of {metals} was {said} to 1{_when(value)}."
    if operation == "share":
        metal = f" of {value.metal}" if value.metal else ""
        was = was_or_were(_measures(resolved))
        return f"{_whose(value)}{_measures(resolved)}{metal} {was} {said} of the company's{_when(value)}."
    qualifier = f"{value.qualifier} " if value.qualifier else ""
    measures = " and ".join(m.shown for m in _found(resolved, [value])).lower()
    planned = value.nature == "guidance" and not any(m.guidance for m in resolved.measures)
    was = f"{was_or_were(measures)} expected to be" if planned else was_or_were(measures)
    return f"{_whose(value)}{measures} {was} {qualifier}{said}{_when(value)}."


def _ratio_change(resolved: Resolved, value: Value, said: str) -> str:
    """ "Net margin fell by 81.2 percentage points from Q1 2006 to Q1 2007": a ratio against that of an earlier day."""
    periods = sorted({(o.period_end or "", o.period or "") for o in value.operands})
    rose = (value.value > 0) != (resolved.reading.trend == "down")
    points = value.unit == "%" and resolved.plan.factor == SCALE_OF_PARTS and "/ ABS" not in resolved.plan.formula
    size = f"{said.removeprefix('-').removesuffix('%')} percentage points" if points else said.removeprefix("-")
    moved = f"{'rose' if rose else 'fell'} by {size}" if value.value else "did not change"
    of_metals = f" of {' to '.join(resolved.reading.metals)}" if resolved.reading.compute == "ratio" else ""
    return f"{_whose(value)}{_measures(resolved)}{of_metals} {moved} from {periods[0][1]} to {periods[-1][1]}."


def _measures(resolved: Resolved) -> str:
    return " and ".join(m.shown for m in resolved.measures).lower()


def _whose(value: Value) -> str:
    return f"{value.entity}'s " if value.entity else ""


def _when(value: Value) -> str:
    if not value.period:
        return ""
    if not value.period_start:
        return f" at {value.period}"
    if value.period[0].islower():
        return f" in the {value.period}"
    return f" from {value.period}" if " to " in value.period else f" in {value.period}"
