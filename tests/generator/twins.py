"""Questions with one word changed to what no filing holds: to be refused, or answered differently, never the same."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grammar.periods import shift_months
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
TWO_YEARS = dt.timedelta(days=730)
QUARTERS = 4
METALS = ("silver", "gold", "lead", "zinc", "platinum", "palladium", "uranium", "molybdenum")


@dataclass(frozen=True)
class Twin:
    """A question that differs in one word from an answerable one, what was changed, and the answer it must not get."""

    changed: str
    question: str
    original: Asked


class Held:
    """What a store holds, looked up by entity: only what isn't there makes a twin."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.series: dict[tuple[str, str, str], list[Target]] = defaultdict(list)
        self.owners: dict[str, set[str]] = defaultdict(set)
        self.mines: set[str] = set()
        for t in targets:
            self.series[t.metric, t.entity, t.company].append(t)
            self.owners[t.entity].add(t.company)
            if t.entity_kind == "mine":
                self.mines.add(t.entity)
        self.companies = sorted({c for owners in self.owners.values() for c in owners})
        self.seconds = sorted({name.partition(" ")[2] for name in self.mines} - {""})


def twins(target: Target, held: Held, seed: int = 0) -> Iterator[Twin]:
    """The twins of a target's plain question and of two of its other forms."""
    dice = random.Random(f"{seed}/twin/{target}")
    peers = held.series[target.metric, target.entity, target.company]
    asked = [a for a in one(target, seed) if a.form in ("sentence", "keywords", "mine first")]
    for original in asked:
        question = original.question
        yield from (
            Twin(kind, new, original) for kind, new in _changes(question, target, peers, held, dice) if new != question
        )


def _changes(
    question: str, target: Target, peers: list[Target], held: Held, dice: random.Random
) -> Iterator[tuple[str, str]]:
    year = str(target.end.year)
    yield "year", question.replace(year, str(dice.choice([1950, 1961, 2037, 2044])))
    if target.kind == "quarter" and not target.fiscal:
        told = {(t.end.year, t.end.month // 3) for t in peers if t.kind == "quarter"}
        gone = [q for q in (1, 2, 3, 4) if (target.end.year, q) not in told]
        if gone:
            yield "quarter", question.replace(notations(target)[0], f"Q{gone[-1]} {year}")
    near = [y for y in range(target.end.year - 3, target.end.year + 4) if y not in {t.end.year for t in peers}]
    if near:
        yield "near year", question.replace(year, str(dice.choice(near)))
    if target.kind == "quarter" and not target.fiscal:
        yield from (("span", new) for new in _spans(question, target, peers))
        yield "day", question.replace(f"in {notations(target)[0]}", f"in the week of {target.end:%B} 3, {year}")
    if target.entity_kind == "mine":
        first, _, rest = target.entity.partition(" ")
        others = [second for second in held.seconds if second != rest]
        mixed = f"{first} {dice.choice(others)}" if rest and others else target.entity
        if mixed not in held.mines:
            yield "mixed mine", _swap(question, target.entity, mixed)
        houses = [c for c in held.companies if c not in held.owners[target.entity]]
        if houses and not target.twin_name:
            yield "other company's", _swap(question, target.entity, f"{short(dice.choice(houses))}'s {target.entity}")
        yield "mine", _swap(question, target.entity, dice.choice(NOWHERE_MINES))
    house = short(target.company)
    if target.entity_kind == "company":
        yield "company", _swap(question, house, dice.choice(NOWHERE_HOUSES))
    else:
        yield "company", _swap(question, who(target), f"{dice.choice(NOWHERE_HOUSES)}'s {who(target)}")
    if target.metal and target.entity_kind != "segment":  # another segment is another entity that may well be held
        none = [m for m in METALS if m not in {t.metal for t in peers}]
        yield "metal", _swap(question, target.metal, dice.choice(none))
    name = _metric_words(question, target)
    if name:
        yield "metric", _swap(question, name, dice.choice(NOWHERE_METRICS))
    yield "unit", f"{question.rstrip('?')} {dice.choice(NOWHERE_UNITS)}"


def _spans(question: str, target: Target, peers: list[Target]) -> Iterator[str]:
    """The question for half a year and a whole one, where a quarter is missing and nothing longer is printed."""
    quarters = {t.end for t in peers if t.kind == "quarter"}
    if any(t.kind not in ("quarter", "instant") and abs(t.end - target.end) < TWO_YEARS for t in peers):
        return
    said, year = notations(target)[0], target.end.year
    if shift_months(target.end, -3) not in quarters:
        yield question.replace(said, f"the six months ended {target.end:%B} {target.end.day}, {year}")
    if sum(1 for end in quarters if end.year == year) < QUARTERS:
        yield question.replace(f"in {said}", f"in full-year {year}")


def _swap(question: str, old: str, new: str) -> str:
    """The question with a name changed, written small where it was written small."""
    return (
        question.replace(old, new).replace(old.lower(), new.lower())
        if old != old.lower()
        else question.replace(old, new)
    )


def _metric_words(question: str, target: Target) -> str | None:
    return next((n for n in (named(target, i) for i in range(3)) if n in question), None)
