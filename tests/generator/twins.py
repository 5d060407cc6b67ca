"""Questions with one word changed to what no filing holds: each must be refused, or answered differently, never the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.generator.paraphrase import Asked, named, notations, one, short, who
from tests.generator.targets import Target

NOWHERE_MINES = ("Copperhead Canyon", "Vermilion Reach", "Saint Odile", "Hollow Tor")
NOWHERE_HOUSES = ("Newmont", "Barrick", "Anglo American", "Freeport-McMoRan")
NOWHERE_METRICS = (
    "all-in sustaining cost",
    "head count",
    "metallurgical recovery rate",
    "dividend yield",
    "carbon emissions",
)
NOWHERE_UNITS = ("in carats", "in gallons", "in euros", "in barrels")
METALS = ("silver", "gold", "lead", "zinc", "platinum", "palladium", "uranium", "molybdenum")


@dataclass(frozen=True)
class Twin:
    """A question that differs in one word from an answerable one, what was changed, and the answer it must not get."""

    changed: str
    question: str
    original: Asked


def twins(target: Target, held: Iterable[Target], seed: int = 0) -> Iterator[Twin]:
    """The twins of a target's plain question and of two of its other forms."""
    dice = random.Random(f"{seed}/twin/{target}")
    peers = [t for t in held if (t.metric, t.entity, t.company) == (target.metric, target.entity, target.company)]
    asked = [a for a in one(target, seed) if a.form in ("sentence", "keywords", "mine first")]
    for original in asked:
        question = original.question
        yield from (
            Twin(kind, new, original) for kind, new in _changes(question, target, peers, dice) if new != question
        )


def _changes(question: str, target: Target, peers: list[Target], dice: random.Random) -> Iterator[tuple[str, str]]:
    year = str(target.end.year)
    yield "year", question.replace(year, str(dice.choice([1950, 1961, 2037, 2044])))
    if target.kind == "quarter" and not target.fiscal:
        held = {(t.end.year, t.end.month // 3) for t in peers if t.kind == "quarter"}
        gone = [q for q in (1, 2, 3, 4) if (target.end.year, q) not in held]
        if gone:
            yield "quarter", question.replace(notations(target)[0], f"Q{gone[-1]} {year}")
    if target.entity_kind == "mine":
        yield "mine", _swap(question, target.entity, dice.choice(NOWHERE_MINES))
    house = short(target.company)
    if target.entity_kind == "company":
        yield "company", _swap(question, house, dice.choice(NOWHERE_HOUSES))
    else:
        yield "company", _swap(question, who(target), f"{dice.choice(NOWHERE_HOUSES)}'s {who(target)}")
    if target.metal:
        none = [m for m in METALS if m not in {t.metal for t in peers}]
        yield "metal", _swap(question, target.metal, dice.choice(none))
    name = _metric_words(question, target)
    if name:
        yield "metric", _swap(question, name, dice.choice(NOWHERE_METRICS))
    yield "unit", f"{question.rstrip('?')} {dice.choice(NOWHERE_UNITS)}"


def _swap(question: str, old: str, new: str) -> str:
    """The question with a name changed, written small where it was written small."""
    return (
        question.replace(old, new).replace(old.lower(), new.lower())
        if old != old.lower()
        else question.replace(old, new)
    )


def _metric_words(question: str, target: Target) -> str | None:
    return next((n for n in (named(target, i) for i in range(3)) if n in question), None)
