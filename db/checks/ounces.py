"""Cost of an ounce = cost / ounces, averages are weighted by ounces, and no more ounces come out than the ore held.

A reconciliation speaks of a metal's operations where the production tables speak of the company or of one mine. They
are the same where all mines whose costs are counted in that metal make its ounces, or where there is only one such
mine; by-product ounces of other mines have no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import attrgetter

from db.checks.figure import Figure, Period
from db.checks.finding import ZERO, Finding, Range, Verdict, judge, relate, total
from db.checks.sheet import Sheet
from grammar.lexicon import lexicon
from grammar.units import units

CASH_COST = "total_cash_cost_per_oz"
PER_OUNCE = lexicon().per_ounce
GRAMS = float(units()["oz"].factor)  # of a troy ounce
EVERYTHING = 100.0  # per cent of the metal in the ore
CONTAINED = {  # unit of ore, of its grade and of the metal -> metal in one unit of ore at a grade of 1
    ("ton", "oz/ton", "oz"): 1.0,
    ("tonne", "g/t", "oz"): 1 / GRAMS,
    ("ton", "%", "ton"): 0.01,
    ("tonne", "%", "tonne"): 0.01,
}


class Metal:
    """What one metal's costs are counted on in one period."""

    def __init__(self, sheet: Sheet, metal: str, period: Period) -> None:
        self.sheet, self.metal, self.period = sheet, metal, period
        self._ounces: dict[str, Figure | None] = {}

    @cached_property
    def _costs(self) -> list[Figure]:
        return [f for f in self.sheet.of(*PER_OUNCE, period=self.period) if f.metal == self.metal]

    @cached_property
    def mines(self) -> list[str]:
        """The mines whose cost of an ounce is given in this metal."""
        return list(dict.fromkeys([f.entity for f in self._costs if f.entity_kind == "mine" and f.entity]))

    @cached_property
    def company(self) -> str | None:
        """The company, if the metal's costs are given for it."""
        return next((f.entity for f in self._costs if f.entity_kind == "company"), None)

    def ounces(self, entity: str) -> Figure | None:
        """The ounces that an entity produced, as exactly as they are printed."""
        if entity not in self._ounces:
            figures = self.sheet.of("production", entity=entity, period=self.period)
            own = [f for f in figures if f.metal == self.metal and f.unit == "oz"]
            self._ounces[entity] = min(own, key=_half, default=None)
        return self._ounces[entity]

    def cost(self, entity: str, metric: str, apart_from: int | None = None) -> Figure | None:
        """An entity's cost of an ounce, from another table than one if it is there."""
        figures = self.sheet.of(metric, entity=entity, period=self.period)
        mine = [f for f in figures if f.metal == self.metal]
        return min(mine, key=lambda f: f.table == apart_from, default=None)

    def all_ounces(self) -> Range | None:
        """The ounces of all its mines, None where one doesn't say."""
        figures = [self.ounces(mine) for mine in self.mines]
        known = [figure for figure in figures if figure]
        return total(known) if known and len(known) == len(figures) else None

    def same_as(self, whole: Figure) -> str | None:
        """Whom the production tables mean by the operations that a reconciliation's figure is about."""
        mines = self.mines
        if whole.entity_kind == "mine":
            return whole.entity
        if len(mines) == 1:
            return mines[0]
        company = self.company
        ounces, made = self.ounces(company) if company else None, self.all_ounces()
        return company if ounces and made and judge(made, ounces) != "NO" else None


def check(sheet: Sheet) -> Iterator[Finding]:
    """Everything that ties ounces, costs, costs of an ounce and ore."""
    metals = dict.fromkeys([(f.metal, f.period) for f in sheet.of(*PER_OUNCE) if f.metal])
    known = {(metal, period): Metal(sheet, metal, period) for metal, period in metals if metal}
    yield from _reconciliations(sheet, known)
    for metal in known.values():
        yield from _averages(metal)
    yield from _ore(sheet)


def _reconciliations(sheet: Sheet, known: Mapping[tuple[str, Period], Metal]) -> Iterator[Finding]:
    seen = set()
    for cost in sheet.of("total_cash_costs"):
        key = (cost.table, cost.entity, cost.metal, cost.period)
        if cost.metal and cost.entity and key not in seen:
            seen.add(key)
            metal = known.get((cost.metal, cost.period)) or Metal(sheet, cost.metal, cost.period)
            yield from _reconciliation(metal, cost)


def _reconciliation(metal: Metal, cost: Figure) -> Iterator[Finding]:
    sheet, document = metal.sheet, metal.sheet.document
    own = [
        f for f in sheet.of("production", CASH_COST, entity=cost.entity, period=cost.period) if f.table == cost.table
    ]
    ounces = next((f for f in own if f.metric == "production" and f.metal == cost.metal), None)
    each = next((f for f in own if f.metric != "production" and f.metal == cost.metal), None)
    if ounces and each:
        yield from _quotient("per-ounce = dollars / ounces", document, cost, ounces, each)
        made = Range.of(each) * Range.of(ounces)
        words = "the cost of an ounce times the ounces makes"
        yield relate("cash cost x ounces = total", document, made, cost, [each, ounces], words)
    who = metal.same_as(cost)
    if not who:
        return
    full, told = metal.ounces(who), metal.cost(who, CASH_COST, apart_from=cost.table)
    if full and told and full.table != cost.table:
        yield from _quotient("per-ounce with full ounces", document, cost, full, told)
    if full and ounces and full.half < ounces.half:
        words = "the production tables give"
        yield relate("ounces in thousands = ounces", document, Range.of(full), ounces, [full], words)
    of_company = metal.cost(metal.company or "", CASH_COST, apart_from=cost.table)
    for other in (told, of_company if cost.entity_kind == "segment" else None):
        if other and each and other.table != each.table and other.entity != each.entity:
            yield relate("statements agree", document, Range.of(other), each, [other], f"line {other.line} gives")


def _quotient(kind: str, document: str, cost: Figure, ounces: Figure, each: Figure) -> Iterator[Finding]:
    try:
        made = Range.of(cost) / Range.of(ounces)
    except ZeroDivisionError:
        return
    yield relate(kind, document, made, each, [cost, ounces], "the cost divided by the ounces is")


def _averages(metal: Metal) -> Iterator[Finding]:
    """The company's cost of an ounce from its mines'; of an only mine the very same."""
    company, mines = metal.company, metal.mines
    if not company:
        return
    for metric in PER_OUNCE:
        printed = metal.cost(company, metric)
        costs = [metal.cost(mine, metric) for mine in mines]
        weights = [metal.ounces(mine) for mine in mines]
        if printed and costs and all(costs) and all(weights):
            yield from _average(metal, printed, [c for c in costs if c], [w for w in weights if w])


def _average(metal: Metal, printed: Figure, costs: list[Figure], weights: list[Figure]) -> Iterator[Finding]:
    document = metal.sheet.document
    whole = metal.ounces(printed.entity or "")
    others = whole is not None and judge(total(weights), whole) == "NO"  # have a part in the company's
    if len(costs) == 1:
        words = "for the company is printed"
        yield relate("statements agree", document, Range.of(printed), costs[0], [printed], words, others)
        return
    loose = others or not whole
    made = ZERO
    for cost, weight in zip(costs, weights, strict=True):
        made += Range.of(cost) * Range(weight.value, weight.value, weight.value)
    ounces = sum(weight.value for weight in weights)
    if ounces <= 0:
        return
    # Each mine's cost may itself come of dollars that are rounded as the reconciliation rounds them.
    slack = max([f.half for f in metal.sheet.of("total_cash_costs")], default=0.0) * (len(costs) + 1)
    for cost, weight in zip(costs, weights, strict=True):
        slack += abs(cost.value - made.mid / ounces) * weight.half
    made = Range((made.low - slack) / ounces, made.mid / ounces, (made.high + slack) / ounces)
    words = "the mines' costs weighted by their ounces make"
    sources = [figure for pair in zip(costs, weights, strict=True) for figure in pair]
    yield relate("company average = ounce-weighted mines", document, made, printed, sources, words, loose)


def _ore(sheet: Sheet) -> Iterator[Finding]:
    """Loose where it fails in every column: then the ounces come from other ore than the tons are of."""
    rows: dict[tuple[int | None, int], list[Finding]] = {}
    for grade in sheet.of("ore_grade"):
        tons = [f for f in sheet.of("tons_milled", entity=grade.entity, period=grade.period) if f.table == grade.table]
        metal = [f for f in sheet.of("production", entity=grade.entity, period=grade.period) if f.metal == grade.metal]
        ounces = min((f for f in metal if f.table == grade.table), key=_half, default=None)
        if tons and ounces and (tons[0].unit, grade.unit, ounces.unit) in CONTAINED:
            rows.setdefault((grade.table, grade.row), []).append(_contained(sheet, tons[0], grade, ounces))
    for found in rows.values():
        if any(finding.verdict == "holds" for finding in found):
            yield from found


def _contained(sheet: Sheet, tons: Figure, grade: Figure, ounces: Figure) -> Finding:
    made = Range.of(tons) * Range.of(grade)
    factor = CONTAINED[tons.unit, grade.unit, ounces.unit]
    most, least = made.high * factor, made.mid * factor
    fits = ounces.value <= most
    heap = not fits and _of_earlier_ore(sheet, grade)
    part = f"{ounces.value / least:.1%} of the metal in the ore" if least else "more than the ore held"
    end = "." if fits else "; its recovery says that earlier ore gave some of it." if heap else ", and can't be."
    kind = "loose: " * heap + "sanity: tons x grade >= ounces"
    told = f"What was produced is {part}{end}"
    verdict: Verdict = "holds" if fits else "NO"
    return Finding(
        kind, verdict, least, ounces.value, ounces.unit, sheet.document, ounces, (tons, grade), told, heap, plain=True
    )


def _of_earlier_ore(sheet: Sheet, grade: Figure) -> bool:
    """Whether a recovery above 100% is printed: a leach pad gives back metal of ore that was laid on it before."""
    told = sheet.of("recovery", entity=grade.entity)
    return any(f.value > EVERYTHING for f in told if f.metal == grade.metal)


_half = attrgetter("half")
