"""The metal by which a mine is costed, where no heading says it: the one whose ounces its costs are divided by."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from db.model import Fact
from grammar.lexicon import lexicon

DIVISOR = re.compile(r"\bdivided by\b|\bounces (?:produced|sold)\b", re.IGNORECASE)
CASH_COST = re.compile(r"\b(?:non-?)?cash (?:operating )?costs?\b", re.IGNORECASE)
Made = dict[tuple[str, dt.date], dict[str, Decimal]]


@lru_cache(maxsize=4096)
def is_costed(label: str, metric: str | None) -> bool:
    """Whether a figure is of one metal even if its label names none: cash costs, the ounces they are divided by."""
    known = lexicon().metrics.get(metric) if metric else None
    return (known is not None and known.by_metal) or CASH_COST.search(label) is not None


def with_metals(facts: list[Fact]) -> list[Fact]:
    """The facts, those of a mine's reconciled costs given the metal whose printed ounces are their divisor."""
    open_facts = [fact for fact in facts if _is_open(fact)]
    if not open_facts:
        return facts
    made = _made(facts)
    metals: dict[str, set[str]] = defaultdict(set)
    for fact in open_facts:
        if fact.unit == "oz" and DIVISOR.search(fact.label) and fact.entity and fact.period:
            for metal, ounces in made.get((fact.entity, fact.period.end), {}).items():
                if fact.value and abs(fact.value - ounces) <= fact.scale:
                    metals[fact.entity].add(metal)
    sure = _only_metals(facts, made) | {
        entity: next(iter(found)) for entity, found in metals.items() if len(found) == 1
    }
    return [replace(f, metal=sure[f.entity]) if f.entity in sure and _is_open(f) else f for f in facts]


def _only_metals(facts: list[Fact], made: Made) -> dict[str, str]:
    """The metal of each mine that makes ounces of one alone, or of one that all the company's costs are counted by."""
    by_mine: dict[str, set[str]] = defaultdict(set)
    for (entity, _), ounces in made.items():
        by_mine[entity].update(metal for metal, value in ounces.items() if value)
    company = [f for f in facts if f.entity_kind == "company" and f.metal and f.unit == "USD/oz"]
    counted = {f.metal for f in company if CASH_COST.search(f.label)}
    of_all = next(iter(counted)) if len(counted) == 1 else None
    found = (
        (entity, next(iter(m)) if len(m) == 1 else of_all if of_all in m else None) for entity, m in by_mine.items()
    )
    return {entity: metal for entity, metal in found if metal}


def _is_open(fact: Fact) -> bool:
    return fact.metal is None and fact.entity_kind in ("mine", "segment") and is_costed(fact.label, fact.metric)


def _made(facts: list[Fact]) -> Made:
    """Ounces of each metal that a mine produced, by mine and end of period."""
    made: Made = defaultdict(dict)
    for fact in facts:
        if fact.metal and fact.unit == "oz" and fact.entity and fact.period and fact.nature == "actual":
            made[fact.entity, fact.period.end].setdefault(fact.metal, fact.value)
    return made
