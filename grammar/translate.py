"""A plan to the one SELECT that computes its answer, and the ids of the cells it came from.

The text of the SQL depends only on the plan's shape; every name, date and number is a bound parameter, lists as one
JSON parameter each. So no word of a filing or a question becomes SQL. The checked texts of the common shapes' sides and
tails are kept in ``shapes.json`` beside this module (``python -m tests.kept`` makes it, a test holds it against this).
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from grammar.records import record
from grammar.shape import CONDITIONS, By, Operation, Order, Shape, SideShape, Trend

ROW_LIMIT = 500
KEPT = Path(__file__).with_name("shapes.json")
Parameters = dict[str, str | float | int | None]


@record
class Spliced:
    """A period put together out of printed ones: its name, its first day (ISO) and its ``parts``.

    A part is (ISO end, kind, 1 where it is added or -1 where it is taken off).
    """

    name: str
    start: str
    parts: tuple[tuple[str, str, int], ...]


@record
class Slots:
    """The conditions on one side of a query; an empty one is no condition. Periods are (ISO end, kind) pairs.

    ``members`` are the entities of a company's group, ``totals`` metrics left out where the parts of a total are asked
    for. ``merged`` are metrics and periods ("end kind") under a second name, each with the first: the cash that a
    period ended with is cash, a quarter of thirteen weeks is that of the calendar. ``spliced`` are the periods that are
    put together out of ``periods``; ``factors`` says which units the figures may be printed in and how many of the
    plan's unit one of each is.
    """

    by: By = "metric"
    ids: tuple[str, ...] = ()
    metals: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    entity_kinds: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    factors: tuple[tuple[str, float], ...] = ()
    filings: tuple[int, ...] = ()
    totals: tuple[str, ...] = ()
    spliced: tuple[Spliced, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    nature: str = "actual"
    source: str = "table"


@record
class Plan:
    """A reading whose open slots the store has filled: one side, or several that are set against each other.

    ``factor`` scales what is computed (a ratio to per cent); ``low`` and ``high`` bound it, ``skip`` and ``limit`` cut
    the ranking.
    """

    operation: Operation
    sides: tuple[Slots, ...]
    order: Order = ""
    limit: int = ROW_LIMIT
    skip: int = 0
    low: float | None = None
    high: float | None = None
    strict: bool = True
    factor: float = 1.0
    unit: str = ""
    trend: Trend = ""
    per_entity: bool = False
    formula: str = ""


@record
class Query:
    """SQL text with named placeholders, and their values: runs as it stands in any SQLite shell."""

    sql: str
    parameters: Parameters


def translate(plan: Plan) -> Query:
    """The query of ``plan``, its text checked by the guard (or kept since it was)."""
    return Query(sql_of(shape_of(plan)), _parameters(plan))


def shape_of(plan: Plan) -> Shape:
    """What the SQL text of ``plan`` depends on."""
    return Shape(
        plan.operation,
        tuple(SideShape(side.by, tuple(c for c in CONDITIONS if getattr(side, c))) for side in plan.sides),
        plan.order,
        plan.low is not None,
        plan.high is not None,
        plan.strict,
        plan.factor != 1.0,
        plan.trend,
        plan.per_entity,
        plan.formula,
    )


@functools.lru_cache(maxsize=4096)
def sql_of(shape: Shape) -> str:
    """The SQL text of a shape: the kept one, or else built and guarded now."""
    kept = _kept()
    sides = [kept.get(f"{number}:{side.key}") for number, side in enumerate(shape.sides)]
    tail = kept.get(shape.tail)
    if tail is None or None in sides:
        return build(shape)
    named = ", ".join(f"side_{number} AS ({text})" for number, text in enumerate(sides))
    return f"WITH {named} {tail}"


@functools.cache
def _kept() -> dict[str, str]:
    """The checked texts of sides (by number and key) and of tails."""
    if not KEPT.exists():
        return {}
    kept: dict[str, str] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def build(shape: Shape) -> str:
    """The SQL text of a shape, built as a tree and let through by the guard; slow, because it imports sqlglot."""
    from grammar.build import tree_of  # noqa: PLC0415  (sqlglot takes longer to import than the question to answer)
    from grammar.guard import checked  # noqa: PLC0415

    return checked(tree_of(shape))


def _parameters(plan: Plan) -> Parameters:
    parameters: Parameters = {"row_limit": plan.limit, "row_skip": plan.skip}
    for number, side in enumerate(plan.sides):
        parameters |= _side_parameters(number, side)
    if plan.low is not None:
        parameters["low"] = plan.low
    if plan.high is not None:
        parameters["high"] = plan.high
    if plan.factor != 1.0:
        parameters["factor"] = plan.factor
    if any(side.factors for side in plan.sides):
        parameters["unit"] = plan.unit
    return parameters


def _side_parameters(number: int, side: Slots) -> Parameters:
    named: Parameters = {f"ids_{number}": json.dumps(side.ids)}
    for name in ("metals", "entities", "members", "entity_kinds", "companies", "filings", "totals"):
        if getattr(side, name):
            named[f"{name}_{number}"] = json.dumps(getattr(side, name))
    if side.periods:
        named[f"periods_{number}"] = json.dumps([f"{end} {kind}" for end, kind in side.periods])
        named[f"period_ends_{number}"] = json.dumps(sorted({end for end, _ in side.periods}))
    if side.spliced:
        parts = {one.name: {f"{end} {kind}": sign for end, kind, sign in one.parts} for one in side.spliced}
        named[f"spliced_{number}"] = json.dumps(parts)
        named[f"starts_{number}"] = json.dumps({one.name: one.start for one in side.spliced})
    if side.factors:
        named[f"factors_{number}"] = json.dumps(dict(side.factors))
    if side.merged:
        named[f"merged_{number}"] = json.dumps(dict(side.merged))
    named[f"nature_{number}"], named[f"source_{number}"] = side.nature, side.source
    return named
