"""Every fact asked for in many ways, pairs and groups of them too, each question with what it must be answered with."""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.generator.targets import Target
from tests.generator.variant_questions import misspell

SIGNS = {"silver": "ag", "gold": "au", "lead": "pb", "zinc": "zn"}
ORDINAL = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Asked:
    """A question, its form, and the expected values in order, each with the targets that it comes from."""

    form: str
    question: str
    values: tuple[float, ...]
    unit: str
    targets: tuple[Target, ...]
    computed: bool = False


@cache
def phrases() -> dict[str, list[str]]:
    """The names of metrics in questions, natural first, shortest last."""
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


def named(target: Target, which: int) -> str:
    """One of the names of a target's metric, its metal put in."""
    names = phrases()[target.metric]
    metal = target.metal or ""
    return names[min(which, len(names) - 1) if which >= 0 else -1].format(metal=metal, sign=SIGNS.get(metal, metal))


def can_ask(target: Target) -> bool:
    """Whether a target has a name in questions and a period that people name."""
    segment = (
        target.entity_kind == "segment" and target.metal is None and target.metric not in ("sales", "gross_profit")
    )
    return target.metric in phrases() and target.entity_kind != "other" and not segment


def notations(target: Target) -> list[str]:
    """The period in at least six notations, the plainest first; by date alone where the fiscal year ends in June."""
    end = target.end
    month, short = f"{end:%B}", f"{end:%b}"
    slashed = f"{end.month}/{end.day}/{end:%y}"
    if target.kind == "instant":
        forms = [f"at {month} {end.day}, {end.year}", f"as of {short}. {end.day}, {end.year}", slashed]
        return [*forms, f"at the end of {month} {end.year}", f"at {end.day} {month} {end.year}", end.isoformat()]
    q = end.month // 3
    if target.kind == "quarter":
        dated = [f"quarter ended {month} {end.day}, {end.year}", f"three months ended {short}. {end.day}, {end.year}"]
        dated += [f"the quarter to {slashed}", f"the {month} {end.year} quarter"]
        if target.fiscal:
            return [*dated, f"three months to {month} {end.year}", f"the quarter ending {end.day} {month} {end.year}"]
        return [
            f"Q{q} {end.year}",
            f"{q}Q{end:%y}",
            f"the {ORDINAL[q - 1]} quarter of {end.year}",
            f"{end.year} Q{q}",
            f"q{q} '{end:%y}",
            *dated,
        ]
    months = {"half": "six", "nine_months": "nine", "year": "twelve"}[target.kind]
    dated = [f"{months} months ended {month} {end.day}, {end.year}", f"the {months} months to {slashed}"]
    dated += [f"{months} months ended {short}. {end.day}, {end.year}", f"{months} months to {month} {end.year}"]
    if target.kind == "year":
        dated += [f"the year ended {month} {end.day}, {end.year}"] + (
            [] if target.fiscal else [f"full year {end.year}"]
        )
    return dated


def who(target: Target) -> str:
    """The entity as a question names it, with its company where another has a mine of that name."""
    if target.entity_kind == "segment":
        return f"{target.entity} operations"
    if target.entity_kind == "company":
        return short(target.company)
    return f"{short(target.company)}'s {target.entity}" if target.twin_name else target.entity


def short(company: str) -> str:
    """A company's name without the words of its legal form."""
    words = company.split()
    while words[-1].rstrip(".") in ("Company", "Corporation", "Ltd", "Inc", "Mining", "Resources", "Mines", "Metals"):
        words.pop()
    return " ".join(words)


def one(target: Target, seed: int = 0) -> Iterator[Asked]:
    """A single fact in at least a dozen forms."""
    dice = random.Random(f"{seed}/{target}")
    periods, name, entity = notations(target), named(target, 0), who(target)
    plain = periods[0] if target.kind == "instant" else f"in {periods[0]}"
    ask = f"{entity}'s {name} {plain}"
    forms = {
        "sentence": f"What was {ask}?",
        "keywords": f"{entity.lower()} {named(target, 1)} {periods[0].removeprefix('at ')}",
        "mine first": f"{entity}: {name}, {periods[0]}",
        "metric first": f"{name} at {entity} {plain}"
        if target.entity_kind == "mine"
        else f"{name} of {entity} {plain}",
        "abbreviated": f"{entity} {named(target, -1)} {periods[min(1, len(periods) - 1)]}",
        "polite": f"Hi there, could you please tell me what {ask} was? Many thanks!",
        "small": f"{name} {entity.lower().replace(chr(39), '')} {plain}".replace("'", ""),
        "give me": f"Give me the {name} of {entity} {plain}, please",
        "need": f"I need {ask} for a report",
        "capitals": f"{entity} {name} {periods[0]}".upper(),
        "period first": f"{periods[0]}: {name} {entity}",
        "so what": f"So what did {name} come to at {entity} {plain}?",
        "typo": f"{entity} {misspell(name, dice) if dice.random() < 0.5 else name} {periods[0].removeprefix('at ')}",
        **{f"period {i + 1}": f"{entity} {name} {p}" for i, p in enumerate(periods)},
    }
    if target.metric == "production":
        unit = "ounces" if target.unit == "oz" else "tons"
        forms["how many"] = f"How many {unit} of {target.metal} did {entity} produce {plain}?"
    if forms["typo"] == f"{entity} {name} {periods[0].removeprefix('at ')}":
        forms["typo"] = f"{misspell(entity.lower(), dice)} {name} {periods[0].removeprefix('at ')}"
    for form, question in forms.items():
        yield Asked(form, question, target.values, target.unit, (target,))


def pairs(targets: list[Target], seed: int = 0) -> Iterator[Asked]:
    """The same metric of one entity in two periods, and of two mines in one: compared, and the change asked for."""
    series: dict[tuple, list[Target]] = defaultdict(list)
    for t in targets:
        if t.kind in ("quarter", "instant"):
            series[t.metric, t.metal, t.entity, t.company, t.unit, t.kind].append(t)
    for found in series.values():
        found.sort(key=lambda t: t.end)
        for old, new in pairwise(found):
            name, entity = named(new, 0), who(new)
            a, b = notations(new)[0].removeprefix("at "), notations(old)[0].removeprefix("at ")
            both = {"values": (new.value, old.value), "unit": new.unit, "targets": (new, old)}
            yield Asked("compare periods", f"Compare {entity}'s {name} in {a} and {b}", **both)
            yield Asked("versus", f"{entity} {name} {a} vs {b}", **both)
            gap = {"values": (new.value - old.value,), "unit": new.unit, "targets": (new, old), "computed": True}
            yield Asked("change", f"What was the change in {entity}'s {name} from {b} to {a}?", **gap)
            if old.value > 0 and new.value > 0 and new.unit != "%":
                rate = (round((new.value / old.value - 1) * 100, 6),)
                yield Asked("growth", f"{entity} {name} growth {b} to {a} in percent", rate, "%", (new, old), True)
    for group in _side_by_side(targets).values():
        for a, b in pairwise(group):
            both = {"values": (a.value, b.value), "unit": a.unit, "targets": (a, b)}
            yield Asked("compare mines", f"{named(a, 0)}, {who(a)} vs {who(b)}, {notations(a)[0]}", **both)


COUNTED = ("production", "tons_milled", "capital_additions")
RANKED = (*COUNTED, "mining_cost_per_ton", "milling_cost_per_ton", "ore_grade", "total_cash_cost_per_oz")


def _side_by_side(targets: list[Target]) -> dict[tuple, list[Target]]:
    """The mines of one company that have a metric in the same quarter; groups of two and more."""
    groups: dict[tuple, list[Target]] = defaultdict(list)
    for t in targets:
        if t.entity_kind == "mine" and t.kind == "quarter" and t.metric in RANKED:
            groups[t.metric, t.metal, t.company, t.end, t.unit].append(t)
    return {k: sorted(g, key=lambda t: t.entity) for k, g in groups.items() if len(g) > 1}


def groups(targets: list[Target], company: bool) -> Iterator[Asked]:
    """Ranks and sums over a company's mines; ``company``: the question names it."""
    for (metric, _, house, _, unit), group in _side_by_side(targets).items():
        period, name = notations(group[0])[0], named(group[0], 0)
        whose = f"{short(house)}'s mines" if company else "the mines"
        high = sorted(group, key=lambda t: -t.value)
        if high[0].value != high[1].value:
            values = tuple(t.value for t in high)
            yield Asked(
                "rank highest", f"Which of {whose} had the highest {name} in {period}?", values, unit, tuple(high)
            )
        low = high[::-1]
        if low[0].value != low[1].value:
            values = tuple(t.value for t in low)
            yield Asked("rank lowest", f"lowest {name} of {whose} {period}", values, unit, tuple(low))
        if metric in COUNTED:
            two = group[:2]
            total = (sum(t.value for t in two),)
            said = f"{name} of {who(two[0])} and {who(two[1])} together in {period}"
            yield Asked("sum", f"Total {said}", total, unit, tuple(two), True)
