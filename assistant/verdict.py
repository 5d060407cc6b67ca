"""The sentence that says an answer, and the line that says how the question was read."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Value
from assistant.resolve import Resolved
from assistant.wording import say_value


def describe(resolved: Resolved, values: Sequence[Value]) -> str:
    """The reading in a line: measure · metal · whose · when · what was done with it."""
    reading, plan = resolved.reading, resolved.plan
    measures = " and ".join(m.shown for m in resolved.measures)
    metals = " and ".join(dict.fromkeys(plan.sides[0].metals or tuple(v.metal for v in values[:1] if v.metal)))
    whose = " and ".join(dict.fromkeys(name for side in plan.sides for name in side.entities)) or _group(resolved)
    periods = (
        " and ".join(dict.fromkeys(v.period for v in _inputs(values) if v.period)) if len(values) < 9 else "all periods"
    )
    done = {"difference": "difference", "percent": "change in per cent", "sum": "sum", "average": "average"}.get(
        plan.operation, ""
    )
    ordered = {"asc": "lowest first", "desc": "highest first"}.get(reading.order, "")
    return " · ".join(part for part in (measures, metals, whose, periods, done, ordered) if part)


def _group(resolved: Resolved) -> str:
    kinds = resolved.plan.sides[0].entity_kinds
    if kinds == ("mine",):
        return "each mine"
    if kinds == ("segment",):
        return "each segment"
    return " and ".join(resolved.plan.sides[0].companies)


def _inputs(values: Sequence[Value]) -> list[Value]:
    return [o for v in values for o in (v.operands or (v,))]


def verdict(resolved: Resolved, values: Sequence[Value]) -> str:
    """The answer as a sentence."""
    if not values:
        return f"None: no figure of {describe(resolved, ())} meets the condition."
    if len(values) == 1:
        return _single(resolved, values[0])
    named = [f"{v.label}: {say_value(v.value, v.unit, v.metal)}" for v in values[:12]]
    more = f"; and {len(values) - 12} more" if len(values) > 12 else ""
    sentence = "; ".join(named) + more + "."
    if resolved.reading.compare and len(values) == 2 and values[0].unit == values[1].unit:
        sentence += f" {_difference(values[0], values[1])}"
    return sentence


def _difference(first: Value, second: Value) -> str:
    gap = float(f"{first.value - second.value:.12g}")
    if not gap:
        return "They are equal."
    higher, size = (first.label if gap > 0 else second.label), abs(gap)
    return f"{higher} is higher by {say_value(size, first.unit)}."


def _single(resolved: Resolved, value: Value) -> str:
    measure = " and ".join(m.shown for m in resolved.measures).lower()
    said = say_value(value.value, value.unit, value.metal)
    whose = f"{value.entity}'s " if value.entity else ""
    operation = resolved.plan.operation
    if operation in ("difference", "percent") and len(value.operands) == 2:
        a, b = value.operands
        against = [x for x in ("period", "entity", "metal", "label") if getattr(a, x) != getattr(b, x)]
        name = against[0] if against else "label"
        sides = f"{getattr(a, name)} against {getattr(b, name)}"
        return (
            f"{whose}{measure}: {sides}, a difference of {said}."
            if operation == "difference"
            else f"{whose}{measure}: {sides}, a change of {said}."
        )
    if operation in ("sum", "average"):
        return f"The {operation} of {measure} over {len(value.operands)} figures is {said}{_when(value)}."
    qualifier = f"{value.qualifier} " if value.qualifier else ""
    return f"{whose}{measure} was {qualifier}{said}{_when(value)}."


def _when(value: Value) -> str:
    if not value.period:
        return ""
    return f" in {value.period}" if value.period_start else f" at {value.period}"
