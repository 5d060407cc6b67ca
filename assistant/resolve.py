"""A Reading's open slots filled from the store: which company, which periods, which side stands against which.

What can't be filled is a :class:`Missing`, which says what is lacking and what there is instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.book import Book
from assistant.cover import By, Cover, cover
from assistant.span import Key, Spans, spans
from grammar.lexicon import lexicon
from grammar.reading import Bound, Measure, Reading
from grammar.shape import Operation
from grammar.translate import ROW_LIMIT, Plan, Slots
from grammar.units import factor
from grammar.when import When
from grammar.words import phrase_key

COLUMN_OF: dict[By, Literal["metric", "label_key", "statement"]] = {
    "metric": "metric",
    "label": "label_key",
    "statement": "statement",
}
OPERAND = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Missing:
    """What kept a reading from an answer: ``what`` is the slot, ``asked`` the words, ``have`` what the store offers."""

    what: str
    asked: str = ""
    have: tuple[str, ...] = ()
    cover: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A plan with what was assumed on the way; ``unit`` is the unit of its figures, ``metals`` those left to alternatives."""

    reading: Reading
    plan: Plan
    unit: str | None = None
    assumed: tuple[str, ...] = ()
    other_metals: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    against: str = ""


def resolve(reading: Reading, book: Book, *, source: str = "table", nature: str = "actual") -> Resolved | Missing:
    """The plan of ``reading``; figures of ``source`` (tables, or sentences) and ``nature`` (results, or guidance)."""
    if not reading.measures:
        return Missing("measure")
    return _Resolver(reading, book, source, nature).resolved()


@dataclass
class _Resolver:
    reading: Reading
    book: Book
    source: str
    nature: str

    def resolved(self) -> Resolved | Missing:
        reading = self.reading
        scope = self._scope()
        if isinstance(scope, Missing):
            return scope
        found = self._covers(scope)
        if isinstance(found, Missing):
            return found
        covers, scope = found
        metals, others = self._metals(covers, scope)
        if metals and any(c.metal is None and not _by_metal(c.metric) for c in covers):
            metals = (*metals, "")
        covers = [c for c in covers if not metals or (c.metal or "") in metals]
        if not covers:
            return Missing("metal", ", ".join(reading.metals))
        periods = self._periods(covers)
        if periods.missing is not None or not periods.groups:
            return Missing("period", periods.missing.said if periods.missing else "", cover=tuple(covers))
        parts = self._parts(scope, covers, periods)
        return parts or self._planned(replace(scope, metals=metals), covers, periods, others)

    def _parts(self, scope: Slots, covers: Sequence[Cover], periods: Spans) -> Resolved | None:
        """ "Largest three current assets": the rows that a total adds up, found under the heading that names it."""
        reading, measure = self.reading, self.reading.measures[0]
        if (
            not reading.order
            or reading.group
            or reading.entities
            or measure.by != "metric"
            or scope.entity_kinds != ("company",)
        ):
            return None
        headings = self.book.headings(phrase_key(measure.shown).removeprefix("total "))
        newest = max((c for c in covers if (c.end, c.kind) in periods.keys), key=lambda c: c.filing_id)
        if not headings or len(periods.keys) > 1:
            return None
        side = replace(
            scope,
            by="heading",
            ids=tuple(headings),
            filings=(newest.filing_id,),
            totals=(measure.id,),
            periods=periods.keys,
        )
        plan = Plan("rows", (side,), order=reading.order, limit=reading.limit or ROW_LIMIT, skip=(reading.nth or 1) - 1)
        return Resolved(
            reading, plan, newest.unit, (*periods.assumed, f"the rows under {headings[0]}"), measures=reading.measures
        )

    # --- whose figures
    def _scope(self) -> Slots | Missing:
        """The entities asked about: those named, all of a group, or the company."""
        reading = self.reading
        base = Slots(source=self.source, nature=self.nature)
        if reading.entities:
            return replace(base, entities=tuple(e.name for e in reading.entities), companies=reading.companies)
        if len(reading.companies) > 1 or reading.group == "company" and (reading.order or reading.every):
            return replace(base, entity_kinds=("company",), companies=reading.companies)
        if reading.group in ("mine", "segment") and self._runs_over_group():
            return replace(base, entity_kinds=(reading.group,), companies=reading.companies)
        if reading.order and not reading.group and self._ranks_mines():
            return replace(base, entity_kinds=("mine",), companies=reading.companies)
        company = reading.companies or tuple(self.book.companies if len(self.book.companies) == 1 else ())
        if not company:
            return Missing("company", have=tuple(self.book.companies))
        return replace(base, entity_kinds=("company",), companies=company)

    def _ranks_mines(self) -> bool:
        """Whether an order without a group is over mines: the measure is told by mine, and no period is ranked."""
        if any(w.relative in ("any", "all") for w in self.reading.whens):
            return False
        covers = cover(self.book.store, self._by(), self._ids(), nature=self.nature, source=self.source)
        return any(c.entity_kind == "mine" for c in covers)

    def _runs_over_group(self) -> bool:
        return self.reading.group in ("mine", "segment")

    def _ids(self) -> tuple[str, ...]:
        ids: list[str] = []
        for measure in self.reading.measures:
            ids += self._operands(measure) if measure.by == "ratio" else [measure.id, *measure.includes]
        return tuple(dict.fromkeys(ids))

    def _operands(self, measure: Measure) -> list[str]:
        formula = formula_of(measure)
        return [w for w in dict.fromkeys(OPERAND.findall(formula)) if w in lexicon().metrics]

    def _by(self) -> By:
        by = self.reading.measures[0].by
        return "label" if by == "label" else "statement" if by == "statement" else "metric"

    def _covers(self, scope: Slots) -> tuple[list[Cover], Slots] | Missing:
        """The figures of the measure for the scope; the mines' where the company prints no total of its own."""
        names = scope.entities or (scope.companies if "company" in scope.entity_kinds else ())
        by, ids = self._by(), self._ids()
        everything = cover(self.book.store, by, ids, entities=names, nature=self.nature, source=self.source)
        covers = [c for c in everything if _inside(c, scope)]
        if not covers and self.reading.metals and scope.entity_kinds == ("company",):
            wider = cover(self.book.store, by, ids, nature=self.nature, source=self.source)
            return self._widened(scope, wider)
        if not covers and scope.entity_kinds == ("company",):
            return self._widened(scope, cover(self.book.store, by, ids, nature=self.nature, source=self.source))
        if not covers:
            return Missing("figure", self._named(scope), cover=tuple(everything))
        return covers, scope

    def _widened(self, scope: Slots, wider: list[Cover]) -> tuple[list[Cover], Slots] | Missing:
        mine = replace(scope, entity_kinds=("mine",))
        covers = [c for c in wider if _inside(c, mine)]
        if not covers:
            return Missing("figure", self._named(scope), cover=tuple(wider))
        if self.reading.compute or self.reading.order or self.reading.bound or self.reading.every or self.reading.whole:
            return covers, mine
        return Missing("entity", have=tuple(sorted({c.entity or "" for c in covers})), cover=tuple(covers))

    @staticmethod
    def _named(scope: Slots) -> str:
        return ", ".join(scope.entities or scope.companies)

    def _metals(self, covers: Sequence[Cover], scope: Slots) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The metals meant: those named (None fits a measure that has no metal), else the first that is printed."""
        reading = self.reading
        present = [
            c.metal for c in sorted(covers, key=lambda c: (-(int((c.end or "0").replace("-", ""))), c.row)) if c.metal
        ]
        distinct = tuple(dict.fromkeys(present))
        if reading.metals:
            if not distinct and not any(
                m.by == "metric" and lexicon().metrics[m.id].by_metal
                for m in reading.measures
                if m.id in lexicon().metrics
            ):
                return (), ()
            return reading.metals, ()
        several = (
            reading.every
            or reading.group == "metal"
            or scope.entity_kinds == ("mine",)
            or self._by() != "metric"
            or any(m.by == "ratio" for m in reading.measures)
            or len(reading.measures) > 1
        )
        if len(distinct) < 2 or several or len(scope.entities) > 1 or any(c.metal is None for c in covers):
            return (), ()
        return distinct[:1], distinct[1:]

    # --- when
    def _periods(self, covers: Sequence[Cover]) -> Spans:
        reading = self.reading
        if reading.group == "period" or (
            reading.order and not reading.group and len(covers) > 1 and any(w.relative == "any" for w in reading.whens)
        ):
            whens: Sequence[When] = [w for w in reading.whens if w.relative != "any"]
            return spans(whens, covers, every=not whens)
        found = spans(reading.whens, covers)
        if (
            found.groups
            and len(found.groups) == 1
            and self._wants_two()
            and len(found.groups[0]) == 1
            and self._other_dimension() == "period"
        ):
            return self._with_prior(found, covers)
        return found

    def _with_prior(self, found: Spans, covers: Sequence[Cover]) -> Spans:
        prior = spans(
            [When(0, 0, "the year before", relative="prior_year")],
            [c for c in covers if (c.end or "") <= found.groups[0][0][0]],
        )
        if not prior.groups:
            return Spans((), missing=When(0, 0, "the same period a year before"))
        return Spans((*found.groups, *prior.groups), (*found.assumed, *prior.assumed))

    def _wants_two(self) -> bool:
        r = self.reading
        return r.yearly or r.compute in ("difference", "percent") or bool(r.trend and not r.bound)

    def _other_dimension(self) -> str:
        """Which slot has the two things that are set against each other."""
        r = self.reading
        if len([w for w in r.whens if not w.release]) > 1 or r.yearly:
            return "period"
        for name, many in (
            ("entity", len(r.entities)),
            ("metal", len(r.metals)),
            ("measure", len(r.measures)),
            ("company", len(r.companies)),
        ):
            if many == 2:
                return name
        return "period"

    # --- what is computed
    def _planned(
        self, scope: Slots, covers: list[Cover], periods: Spans, others: tuple[str, ...]
    ) -> Resolved | Missing:
        reading = self.reading
        base = replace(
            scope,
            by=COLUMN_OF[self._by()],
            ids=self._ids(),
            periods=periods.keys,
        )
        chosen = [c for c in covers if (c.end, c.kind) in set(periods.keys)] or covers
        unit = self._unit(chosen)
        if unit is None:
            return Missing("unit", reading.unit or "", tuple(sorted({c.unit for c in chosen})))
        base = replace(base, factors=self._factors(chosen, unit))
        made = self._plan(base, periods)
        if isinstance(made, Missing):
            return made
        plan, against = made
        bounded = self._bounded(replace(plan, unit=unit), chosen[-1].unit, unit)
        if bounded is None:
            return Missing("unit", reading.bound.unit or "" if reading.bound else "", (chosen[-1].unit,))
        return Resolved(reading, bounded, unit, periods.assumed, others, reading.measures, against)

    def _plan(self, base: Slots, periods: Spans) -> tuple[Plan, str] | Missing:
        reading = self.reading
        if any(m.by == "ratio" for m in reading.measures):
            return self._ratio(base)
        if reading.compute == "average" or self._sums(base):
            return Plan("average" if reading.compute == "average" else "sum", (base,)), ""
        if reading.compute == "share":
            return Missing("share")
        if self._wants_two() and not reading.compare_only:
            return self._two_sided(base, periods)
        if reading.order:
            limit = reading.limit or (1 if reading.nth else ROW_LIMIT)
            return Plan("rows", (base,), order=reading.order, limit=limit, skip=(reading.nth or 1) - 1), ""
        return Plan("rows", (base,)), ""

    def _sums(self, base: Slots) -> bool:
        """Whether figures are added up: said so, or a "total" asked of several that can be added."""
        several = (
            len(base.entities) > 1 or base.entity_kinds in (("mine",), ("segment",)) or len(self.reading.measures) > 1
        )
        return self.reading.compute == "sum" or (
            self.reading.whole and several and not self.reading.order and not self.reading.bound
        )

    def _two_sided(self, base: Slots, periods: Spans) -> tuple[Plan, str] | Missing:
        """One side against the other: the later period against the earlier, the first named against the second."""
        reading, other = self.reading, self._other_dimension()
        first, second = base, base
        if other == "period":
            ends = sorted(periods.groups[:2], key=lambda g: g[0][0], reverse=True)
            if len(ends) < 2 or ends[0] == ends[1]:
                return Missing("second_period")
            first, second = replace(base, periods=ends[0]), replace(base, periods=ends[1])
        elif other == "entity":
            first, second = replace(base, entities=base.entities[:1]), replace(base, entities=base.entities[1:2])
        elif other == "metal":
            first, second = replace(base, metals=reading.metals[:1]), replace(base, metals=reading.metals[1:2])
        elif other == "company":
            first, second = (
                replace(base, companies=reading.companies[:1]),
                replace(base, companies=reading.companies[1:2]),
            )
        else:
            first, second = replace(base, ids=(reading.measures[0].id,)), replace(base, ids=(reading.measures[1].id,))
        grouped = base.entity_kinds == ("mine",) or base.entity_kinds == ("segment",)
        if reading.trend and grouped and not reading.compute and other == "period":
            return Plan("trend", (first, second), trend=reading.trend), other
        if reading.trend == "down":
            first, second = second, first
        operation: Operation = "percent" if reading.compute == "percent" or reading.unit == "%" else "difference"
        return Plan(operation, (first, second), order=reading.order, per_entity=other == "period"), other

    def _ratio(self, base: Slots) -> tuple[Plan, str] | Missing:
        measure = next(m for m in self.reading.measures if m.by == "ratio")
        operands = self._operands(measure)
        formula = formula_of(measure)
        for number, operand in enumerate(operands):
            formula = re.sub(rf"\b{operand}\b", f"${number}", formula)
        sides = tuple(replace(base, ids=(operand,)) for operand in operands)
        factor_of = 100.0 if measure.units[:1] == ("%",) else 1.0
        return Plan("ratio", sides, formula=formula, factor=factor_of, order=self.reading.order), ""

    # --- units
    def _unit(self, covers: Sequence[Cover]) -> str | None:
        """The unit of the answer: the one asked for where the figures can be said in it, else the latest figure's own."""
        reading = self.reading
        ratio = next((m for m in reading.measures if m.by == "ratio"), None)
        if ratio is not None:
            return ratio.units[0]
        own = max(covers, key=lambda c: c.end or "").unit
        if reading.compute == "percent" or (reading.unit == "%" and self._wants_two()):
            return "%"
        if reading.unit is None or reading.unit == own:
            return own
        if any(factor(c.unit, reading.unit) is not None for c in covers):
            return reading.unit
        return None

    def _factors(self, covers: Sequence[Cover], unit: str) -> tuple[tuple[str, float], ...]:
        """How the printed units turn into the answer's; none where every figure is in it, or each keeps its own."""
        printed = sorted({c.unit for c in covers})
        target = max(covers, key=lambda c: c.end or "").unit if unit == "%" else unit
        by = {name: factor(name, target) for name in printed}
        listed = (
            self.reading.unit is None and not self._wants_two() and not self.reading.compute and not self.reading.order
        )
        if (
            printed == [target]
            or (listed and not self.reading.bound)
            or any(m.by == "ratio" for m in self.reading.measures)
        ):
            return ()
        return tuple((name, float(value)) for name, value in by.items() if value is not None)

    def _bounded(self, plan: Plan, own: str, unit: str) -> Plan | None:
        bound = self.reading.bound
        if bound is None:
            return plan
        scale = _bound_scale(bound, own, unit)
        if scale is None:
            return None
        low = bound.low * scale if bound.low is not None else None
        high = bound.high * scale if bound.high is not None else None
        return replace(plan, low=low, high=high, strict=bound.strict)


def _by_metal(metric: str | None) -> bool:
    """Whether a metric is a different figure for each metal."""
    return metric in lexicon().metrics and lexicon().metrics[metric or ""].by_metal


def _bound_scale(bound: Bound, own: str, unit: str) -> float | None:
    """How many of the answer's unit one of the condition's is; a bare "$40" bounds whatever dollars are printed."""
    if bound.unit is None or (bound.unit == "USD" and own.startswith(("USD", "CAD", "AUD"))):
        return 1.0
    by = factor(bound.unit, unit)
    return float(by) if by is not None else None


def _inside(found: Cover, scope: Slots) -> bool:
    if scope.entities and found.entity not in scope.entities:
        return False
    if scope.entity_kinds and found.entity_kind not in scope.entity_kinds:
        return False
    return not scope.companies or found.company in scope.companies


def formula_of(measure: Measure) -> str:
    """The arithmetic of a ratio over metric ids: the lexicon's, or the quotient that the question spelled out."""
    ratio = lexicon().ratios.get(measure.id)
    return ratio.formula if ratio else measure.id


def keys_of(covers: Sequence[Cover]) -> list[Key]:
    """The (end, kind) keys of figures, oldest first."""
    return sorted({(c.end, c.kind) for c in covers if c.end and c.kind})
