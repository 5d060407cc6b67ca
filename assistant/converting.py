"""The unit of an answer, and how the units that filings print turn into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.asked import Asked
from assistant.cover import Cover
from grammar.reading import Bound, Reading
from grammar.translate import Plan
from grammar.units import factor

DOLLARS = ("USD", "CAD", "AUD")
# What is weighed in ounces is metal, what is weighed in tons and pounds is ore or base metal: a cost per ton of ore is
# no cost per ounce, whatever an ounce weighs.
OUNCES, TONS = ("oz", "g"), ("ton", "tonne", "lb")
SCALES = {"thousands": "thousand", "millions": "million"}
Factors = tuple[tuple[str, float], ...]


def unit_of_answer(asked: Asked, covers: Sequence[Cover]) -> str | None:
    """The unit asked for, else the latest figure's own; None where the figures can't be said in the one asked for."""
    reading = asked.reading
    if reading.compute == "ratio":
        return "ratio"
    if asked.ratio is not None:
        if asked.wants_two and asked.in_percent:
            return "%"
        own = asked.ratio.units[0]
        return own if reading.unit in (None, own) or said_in(own, reading.unit or "") is not None else None
    if reading.compute in ("percent", "share") or (asked.wants_two and asked.in_percent):
        return "%"
    own = _own(covers)
    if reading.unit is None or reading.unit == own:
        return own
    meant = (reading.unit, *_meant(reading, own))
    return next((u for u in meant if any(said_in(c.unit, u) is not None for c in covers)), None)


def _meant(reading: Reading, own: str) -> Iterator[str]:
    """What a unit stands for beside a measure that is in another: "in cents" of a rate, "in thousands" of ounces."""
    said = next((t.said.lower() for t in reversed(reading.terms) if t.kind == "unit" and t.id == reading.unit), "")
    _, slash, under = own.partition("/")
    if slash and reading.unit in ("cents", *DOLLARS):
        yield f"{reading.unit}/{under}"
    if said in SCALES:
        yield f"{SCALES[said]} {own}"


def factors(asked: Asked, covers: Sequence[Cover], unit: str) -> Factors:
    """How many of ``unit`` one of each printed unit is; none where every figure is in it, or each keeps its own."""
    reading = asked.reading
    printed = sorted({c.unit for c in covers})
    target = _own(covers) if unit == "%" else unit
    together = asked.wants_two or reading.compute or reading.order or reading.bound or reading.unit
    metals = {c.metal for c in covers}
    if asked.ratio is not None or printed == [target] or not together or (len(metals) > 1 and not reading.unit):
        return ()
    by = ((name, said_in(name, target)) for name in printed)
    return tuple((name, float(value)) for name, value in by if value is not None)


def said_in(printed: str, wanted: str) -> Fraction | None:
    """How many ``wanted`` one ``printed`` is; None where they measure different things."""
    under, over = printed.partition("/")[2], wanted.partition("/")[2]
    apart = (under in OUNCES and over in TONS) or (under in TONS and over in OUNCES)
    return None if apart and "USD" in printed else factor(printed, wanted)


def bounded(plan: Plan, bound: Bound | None, own: str, unit: str) -> Plan | None:
    """The plan with the condition on its figures; None where the condition is in a unit that they can't be said in."""
    if bound is None:
        return plan
    scale = _bound_scale(bound, own, unit)
    if scale is None:
        return None
    low = bound.low * scale if bound.low is not None else None
    high = bound.high * scale if bound.high is not None else None
    return replace(plan, low=low, high=high, strict=bound.strict)


def _own(covers: Sequence[Cover]) -> str:
    return max(covers, key=lambda c: c.end or "").unit


def _bound_scale(bound: Bound, own: str, unit: str) -> float | None:
    """How many of the answer's unit one of the condition's is; a bare "$40" bounds whatever dollars are printed."""
    if bound.unit is None or (bound.unit == "USD" and own.startswith(DOLLARS)):
        return 1.0
    by = said_in(bound.unit, unit)
    return float(by) if by is not None else None
