"""The arithmetic of a computed value over its inputs, lettered in their order: ``(a + b + c + d) - (e + f - g)``."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Value
from assistant.resolve import Resolved
from assistant.wording import letter_of
from grammar.records import record
from grammar.translate import Plan, Slots, Spliced

Facts = Mapping[int, sqlite3.Row]
OF_TWO = {
    "difference": "{0} - {1}",
    "percent": "({0} - {1}) / |{1}| * 100",
    "decline": "({1} - {0}) / |{1}| * 100",
    "share": "{0} / {1} * 100",
}


@record
class Input:
    """A fact that goes into a value, 1 where it is added and -1 where it is taken off."""

    id: int
    sign: int = 1


Inputs = tuple[Input, ...]  # the inputs of one figure: one, or those of a period that was put together


def terms_of(plan: Plan, row: sqlite3.Row, facts: Facts) -> tuple[Inputs, ...]:
    """The inputs of a row, a term for each figure that the query computed with, those that are added first."""
    ids = [int(i) for i in str(row["fact_ids"]).split(",")]
    sides = plan.sides if plan.operation not in ("rows", "trend", "sum", "average") else ()
    if not any(side.spliced for side in plan.sides):
        return tuple((Input(id),) for id in ids)
    if not sides:
        return tuple(_of_side(plan.sides[0], ids, row["period"], facts))
    terms: list[Inputs] = []
    for side in sides:
        size = len(side.spliced[0].parts) if side.spliced else 1
        terms += _of_side(side, ids[:size], None, facts)
        ids = ids[size:]
    return tuple(terms)


def _of_side(side: Slots, ids: Sequence[int], period: str | None, facts: Facts) -> list[Inputs]:
    """The ids of one side by entity and period, each signed as its period has it."""
    named = [one for one in side.spliced if one.name == period] or list(side.spliced)
    terms: dict[tuple[object, ...], list[Input]] = {}
    for id in ids:
        fact = facts[id]
        key = (fact["period_end"], fact["period_kind"])
        for one in named:
            signs = {(end, kind): sign for end, kind, sign in one.parts}
            if key in signs:
                whose = (one.name, fact["entity"], fact["company"], fact["metal"], fact["metric"])
                terms.setdefault(whose, []).append(Input(id, signs[key]))
                break
    return [tuple(sorted(term, key=lambda i: (-i.sign, facts[i.id]["period_end"]))) for term in terms.values()]


def formula(resolved: Resolved, terms: Sequence[Inputs], scale: float) -> str:
    """How the value comes from its inputs, ``a`` the first of them; ``scale`` is what turns it into its unit."""
    plan = resolved.plan
    said = _lettered(terms)
    if plan.operation == "ratio":
        made = plan.formula
        for number, text in enumerate(said):
            made = made.replace(f"${number}", _apart(text))
        return f"{made} * 100" if resolved.unit == "%" and plan.factor == 100.0 else made
    if plan.operation in OF_TWO:
        made = OF_TWO[plan.operation].format(*map(_apart, said))
    else:
        made = " + ".join(said)
        made = f"({made}) / {len(said)}" if plan.operation == "average" else made
    if scale == 1.0 or plan.operation in ("percent", "decline", "share"):
        return made
    return f"{_apart(made)} * {scale:.9g}"


def _lettered(terms: Sequence[Inputs]) -> list[str]:
    said: list[str] = []
    number = 0
    for term in terms:
        text = ""
        for one in term:
            letter = letter_of(number)
            text += letter if not text else f" {'+' if one.sign > 0 else '-'} {letter}"
            number += 1
        said.append(text)
    return said


def _apart(text: str) -> str:
    """In brackets where it is more than a letter."""
    return text if " " not in text else f"({text})"


def figures_of(plan: Plan, value: Value) -> tuple[Value, ...]:
    """The figures that a value was computed from: its inputs, those of a spliced period added up to one."""
    waiting = [one for side in plan.sides for one in side.spliced]
    made: list[Value] = []
    left = list(value.operands)
    while left and waiting:
        span = waiting.pop(0) if len(plan.sides) > 1 else next(one for one in waiting if _goes_into(one, left))
        inside, left = left[: len(span.parts)], left[len(span.parts) :]
        signs = sorted((sign for _, _, sign in span.parts), reverse=True)
        figure = sum(sign * one.value for sign, one in zip(signs, inside, strict=True))
        end = max(one.period_end or "" for one in inside)
        made.append(replace(inside[0], value=figure, period=span.name, period_start=span.start, period_end=end))
    return (*made, *left)


def _goes_into(span: Spliced, values: Sequence[Value]) -> bool:
    """Whether the first of the values are the span's parts, by the days they end on."""
    ends = [one.period_end for one in values[: len(span.parts)]]
    return sorted(end for end, _, _ in span.parts) == sorted(end or "" for end in ends)


def spans_of(plan: Plan) -> tuple[Spliced, ...]:
    """The periods that were put together for a plan."""
    return tuple(dict.fromkeys(one for side in plan.sides for one in side.spliced))
