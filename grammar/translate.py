"""A plan to the one SELECT that computes its answer, and the ids of the cells it came from.

The text of the SQL depends only on the plan's *shape* (which conditions there are, which operation); every name, date
and number is a bound parameter, lists as one JSON parameter each. So no word of a filing or a question becomes SQL, and
a shape's text can be built and checked once: the common ones are kept in ``shapes.json`` beside this module, which a
test holds against what is built here.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sqlglot import exp

ROW_LIMIT = 500
Operation = Literal["rows", "difference", "percent", "sum", "average", "trend", "ratio"]
Parameters = dict[str, str | float | int | None]

COLUMNS = (
    "fact_id", "metric", "metal", "entity", "entity_kind", "company", "label", "label_key", "unit", "value", "period",
    "period_start", "period_end", "period_kind", "released", "table_number", "row_number", "filing_id", "heading_path",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slots:
    """The conditions on one side of a query; an empty one is no condition. Periods are (ISO end, kind) pairs.

    ``totals`` are metrics left out, where the parts of a total are asked for. ``factors`` says which units the figures may be printed in and how many of the plan's unit one of each is.
    """

    by: Literal["metric", "label_key", "statement", "heading"] = "metric"
    ids: tuple[str, ...] = ()
    metals: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    entity_kinds: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    factors: tuple[tuple[str, float], ...] = ()
    filings: tuple[int, ...] = ()
    totals: tuple[str, ...] = ()
    nature: str = "actual"
    source: str = "table"


@dataclass(frozen=True, slots=True)
class Plan:
    """A reading whose open slots the store has filled: one side, or two (``minus``/``parts``) that are set against it."""

    operation: Operation
    sides: tuple[Slots, ...]
    order: Literal["", "asc", "desc"] = ""
    limit: int = ROW_LIMIT
    skip: int = 0
    low: float | None = None
    high: float | None = None
    strict: bool = True
    factor: float = 1.0
    unit: str = ""
    trend: Literal["", "up", "down"] = ""
    per: Literal["", "entity", "company"] = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """SQL text with named placeholders, and their values: runs as it stands in any SQLite shell."""

    sql: str
    parameters: Parameters


def translate(plan: Plan) -> Query:
    """The query of ``plan``, its text checked by the guard (or kept since it was)."""
    shape = shape_of(plan)
    return Query(sql_of(shape), _parameters(plan))


def shape_of(plan: Plan) -> str:
    """What the SQL text depends on, as a short key."""
    sides = ";".join(_side_shape(side) for side in plan.sides)
    bounds = (
        ("L" if plan.low is not None else "") + ("H" if plan.high is not None else "") + ("" if plan.strict else "=")
    )
    parts = (
        plan.operation,
        sides,
        plan.order,
        bounds,
        "f" if plan.factor != 1.0 else "",
        plan.trend,
        plan.per,
        plan.formula,
    )
    return "|".join(parts)


def _side_shape(side: Slots) -> str:
    flags = (
        side.metals,
        side.entities,
        side.entity_kinds,
        side.companies,
        side.periods,
        side.factors,
        side.filings,
        side.totals,
    )
    return side.by + ":" + "".join(letter for letter, slot in zip("meKcpfgx", flags, strict=True) if slot)


@functools.lru_cache(maxsize=4096)
def sql_of(shape: str) -> str:
    """The SQL text of a shape: the kept one, or else built and guarded now."""
    kept = _kept().get(shape)
    return kept if kept is not None else build(shape)


@functools.cache
def _kept() -> dict[str, str]:
    path = Path(__file__).parent / "shapes.json"
    if not path.exists():
        return {}
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def build(shape: str) -> str:
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
    lists = {
        "ids": side.ids, "metals": side.metals, "entities": side.entities, "entity_kinds": side.entity_kinds,
        "companies": side.companies, "filings": side.filings, "totals": side.totals,
    }  # fmt: skip
    named: Parameters = {f"{name}_{number}": json.dumps(values) for name, values in lists.items() if values}
    named.setdefault(f"ids_{number}", "[]")
    if side.periods:
        named[f"periods_{number}"] = json.dumps([f"{end} {kind}" for end, kind in side.periods])
        named[f"period_ends_{number}"] = json.dumps(sorted({end for end, _ in side.periods}))
    if side.factors:
        named[f"factors_{number}"] = json.dumps(dict(side.factors))
    named[f"nature_{number}"], named[f"source_{number}"] = side.nature, side.source
    return named


def both(plan: Plan, **changes: object) -> Plan:
    """``plan`` with the same changes to each of its sides."""
    return replace(plan, sides=tuple(replace(side, **changes) for side in plan.sides))  # type: ignore[arg-type]


if TYPE_CHECKING:
    Tree = exp.Query
