"""What can be asked for: each fact that is printed, once, with every place that prints it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.generator.variants import gold

Place = tuple[str, int]


@dataclass(frozen=True)
class Target:
    """A fact to ask for: what it is, its values (the latest first), and its places (document, line)."""

    metric: str
    metal: str | None
    entity: str
    entity_kind: str
    company: str
    end: dt.date
    kind: str
    unit: str
    values: tuple[float, ...]
    places: frozenset[Place]
    fiscal: bool = False
    twin_name: bool = field(default=False)

    @property
    def value(self) -> float:
        """The value that the latest filing prints."""
        return self.values[0]


def from_gold(shared: Path) -> list[Target]:
    """The gold cells of the real releases as targets, in the program's own metric ids."""
    grouped: dict[tuple[Any, ...], list[tuple[float, Place]]] = defaultdict(list)
    for cell in gold(shared, "cells"):
        metric, metal = program_metric(cell)
        if metric is None or (metric == "production" and cell["statement"] == "reconciliation"):
            continue
        kind = {"Silver": "segment", "Gold": "segment", "Other": "other"}.get(cell["entity"], "mine")
        company = "Hecla Mining Company"
        kind = "company" if cell["entity"] == company else kind
        metric = "cash" if metric == "cash_end" else metric
        key = (metric, metal, cell["entity"], kind, company, cell["period_end"], cell["period_kind"], cell["unit"])
        grouped[key].append((float(cell["value"]), (cell["doc"], int(cell["line"]))))
    return [_target(key, found) for key, found in grouped.items()]


def program_metric(cell: dict[str, str]) -> tuple[str | None, str | None]:
    """The metric id and metal that the program gives a gold cell (gold ids carry the metal in the name)."""
    metric, metal = cell["metric"] or None, cell["metal"] or None
    first, _, last = (metric or "").partition("_")
    if last == "production" and first in ("silver", "gold", "lead", "zinc"):
        return "production", first
    if metric == "gold_price_realized":
        return "realized_price", "gold"
    if last == "price" and first in ("silver", "gold", "lead", "zinc"):
        return "average_price", first
    metric = {"hedged_gold_ounces": "hedged_ounces", "hedged_gold_price": "hedged_price"}.get(metric or "", metric)
    return metric, metal


def _target(key: tuple[Any, ...], found: list[tuple[float, Place]]) -> Target:
    metric, metal, entity, kind, company, end, period_kind, unit = key
    values = tuple(dict.fromkeys(v for v, _ in found))
    places = frozenset(p for _, p in found)
    return Target(metric, metal, entity, kind, company, dt.date.fromisoformat(end), period_kind, unit, values, places)


def from_truth(truths: Iterable[dict[str, Any]], companies: dict[str, tuple[str, bool]]) -> list[Target]:
    """Made-up filings' figures as targets; ``companies``: each document's company, and whether its year ends in June.

    Truths come oldest filing first: the last value is the one that stands, an earlier other one was restated.
    """
    grouped: dict[tuple[Any, ...], list[tuple[float, Place]]] = defaultdict(list)
    fiscal: dict[str, bool] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for t in truths:
        if t["metric"] is None or t["nature"] != "actual":
            continue
        if t["metric"] == "production" and t["statement"] == "reconciliation":
            continue
        company, june = companies[t["document"]]
        fiscal[company] = june
        owners[t["entity"]].add(company)
        metric = "cash" if t["metric"] == "cash_end" else t["metric"]
        key = (metric, t["metal"], t["entity"], t["entity_kind"], company, t["period_end"], t["period_kind"], t["unit"])
        grouped[key].append((t["value"], (t["document"], t["line"])))
    made = []
    for key, found in grouped.items():
        target = _target(key, found[::-1])
        more = {"fiscal": fiscal[target.company], "twin_name": len(owners[target.entity]) > 1}
        made.append(replace(target, **more))
    return made
