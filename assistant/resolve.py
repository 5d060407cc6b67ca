"""A Reading's open slots filled from the store: whose figures, which periods, what stands against what.

What can't be filled is a :class:`~assistant.asked.Missing`, which says what is lacking and what there is instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.asked import Asked, Missing
from assistant.converting import bounded, factors, unit_of_answer
from assistant.cover import By, Cover
from assistant.fiscal import in_calendar
from assistant.scope import Scope, scope, sole_company
from assistant.sides import plan_of
from assistant.span import Spans, one_by_two_ends, spans
from assistant.spliced import SAID, always, gaps, may_help, spliced_spans
from grammar.label_keys import label_key
from grammar.lexicon import lexicon
from grammar.periods import MONTHS_OF, shift_months
from grammar.reading import Measure, Reading
from grammar.records import record
from grammar.translate import ROW_LIMIT, Plan, Slots
from grammar.when import When

__all__ = ["Missing", "Resolved", "resolve"]
PLAIN = Plan("rows", ())
COLUMN_OF: dict[By, Literal["metric", "label_key", "statement"]] = {
    "metric": "metric",
    "label": "label_key",
    "statement": "statement",
}


@record
class Resolved:
    """A plan with what was assumed on the way; ``unit`` is the unit of its figures, ``other_metals`` what else is
    printed where no metal was named. ``printed``: it lists figures as they are, and the store is known to have some."""

    reading: Reading
    plan: Plan
    unit: str
    assumed: tuple[str, ...] = ()
    other_metals: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    printed: bool = False


def resolve(asked: Asked) -> Resolved | Missing:
    """The plan of what is asked, its periods put together where they are asked for so or not printed."""
    if not asked.reading.measures:
        return Missing("measure")
    if (sole := sole_company(asked)) is not None:
        what = " of ".join([asked.reading.measures[0].shown.lower(), *asked.reading.metals[:1]])
        said = f"{sole}: no other company here tells {what}"
        reading = replace(asked.reading, companies=(sole,), assumed=(*asked.reading.assumed, said))
        asked = replace(asked, reading=reading)
    counted = in_calendar(asked)
    if isinstance(counted, Missing):
        return counted
    asked = counted
    if (day := _day_of_average(asked)) is not None:
        whose = scope(asked)
        return Missing("averaged", day.said, cover=whose.cover if isinstance(whose, Missing) else whose.covers)
    if always(asked):
        return _spliced(asked)
    made = _resolved(asked)
    if isinstance(made, Resolved) and (alone := _day_of_span(asked, made)) is not None:
        return Missing("alone", alone.said, cover=_told_in(asked, made))
    if may_help(asked, made if isinstance(made, Missing) else made.plan):
        again = _spliced(asked)
        if not isinstance(again, Missing) or (again.what in SAID and isinstance(made, Resolved)):
            return again
        if isinstance(made, Missing) and made.what == "period" and again.what == "parts":
            return replace(made, have=again.have)
    return made


def _day_of_average(asked: Asked) -> When | None:
    """The day (or month) that is asked for of a measure that is told as the average of a longer span."""
    metrics = lexicon().metrics
    averaged = any(m.id in metrics and metrics[m.id].averaged for m in asked.reading.measures)
    days = (w for w in asked.reading.whens if w.exact and w.kinds[:1] == ("instant",))
    return next(days, None) if averaged else None


def _day_of_span(asked: Asked, made: Resolved) -> When | None:
    """The day or month alone that is asked for of what filings tell only of longer spans."""
    alone = next((w for w in asked.reading.whens if w.alone), None)
    kinds = {kind for side in made.plan.sides for _, kind in side.periods}
    return None if kinds & {"instant", "month"} else alone


def _told_in(asked: Asked, made: Resolved) -> tuple[Cover, ...]:
    """The figures that there are in the periods of a plan."""
    keys = {key for side in made.plan.sides for key in side.periods}
    whose = scope(asked)
    return () if isinstance(whose, Missing) else tuple(c for c in whose.covers if (c.end, c.kind) in keys)


def _spliced(asked: Asked) -> Resolved | Missing:
    """The plan over periods that are put together; sentences and plans have none that could be."""
    if asked.source != "table":
        return Missing("period")
    wide = replace(asked, wide=True)
    whose = scope(wide)
    if isinstance(whose, Missing):
        return whose
    periods = spliced_spans(wide, whose.covers)
    return periods if isinstance(periods, Missing) else _planned(wide, whose, periods)


def _resolved(asked: Asked) -> Resolved | Missing:
    """The plan over periods as they are printed."""
    whose = scope(asked)
    if isinstance(whose, Missing):
        return whose
    periods = _periods(asked, whose.covers)
    if periods.missing is not None or not periods.groups:
        return Missing("period", periods.missing.said if periods.missing else "", cover=whose.covers)
    return _parts(asked, whose, periods) or _planned(asked, whose, periods)


def _periods(asked: Asked, covers: Sequence[Cover]) -> Spans:
    """The periods meant; a change of one period is against the same of the year before."""
    reading = asked.reading
    ranked = reading.order or reading.bound
    if reading.group == "period" or (ranked and any(w.relative == "any" for w in reading.whens)):
        whens = [w for w in reading.whens if w.relative != "any"]
        numbers = {w.quarter for w in whens if w.quarter and not w.ends}
        if numbers and len(numbers) == len(whens):  # "which year's first quarter"
            covers = [c for c in covers if c.end and int(c.end[5:7]) in {3 * (n or 0) for n in numbers}]
            whens = []
        return spans(whens, covers, every=not whens)
    found = _balances_beside(asked, spans(reading.whens, covers, two=asked.wants_two), covers)
    single = len(found.groups) == 1 and len(found.groups[0]) == 1
    if not (single and asked.wants_two and asked.against == "period"):
        return found
    return _since_it_began(reading, found, covers) or _with_prior(found, covers)


def _since_it_began(reading: Reading, found: Spans, covers: Sequence[Cover]) -> Spans | None:
    """What a balance changed by *in* a quarter is against the balance that the quarter began with, if that is told."""
    (end, kind), named = found.groups[0][0], [w for w in reading.whens if not w.release]
    months = {str(name): number for number, name in MONTHS_OF.items()}.get(named[0].kinds[0] if _is_span(named) else "")
    if kind != "instant" or reading.yearly or not months:
        return None
    day = shift_months(dt.date.fromisoformat(end), -months)
    before = spans([When(0, 0, day.isoformat(), ends=(day,), kinds=("instant",))], covers)
    return replace(found, groups=(*found.groups, *before.groups)) if before.groups else None


def _is_span(named: Sequence[When]) -> bool:
    """Whether one span is named itself: a quarter, not the latest or the one before."""
    return len(named) == 1 and named[0].exact and not named[0].relative and bool(named[0].kinds)


def _balances_beside(asked: Asked, found: Spans, covers: Sequence[Cover]) -> Spans:
    """With the day a span ends on for a measure that is only told of days: sales and total assets of a quarter."""
    if len(asked.reading.measures) < 2 and asked.ratio is None:
        return found
    told = {c.metric for c in covers if (c.end, c.kind) in found.keys}
    days = {(c.end, c.kind) for c in covers if c.metric not in told and c.kind == "instant"}
    groups = tuple(
        (*group, *sorted({(end, "instant") for end, _ in group} & days - set(group))) for group in found.groups
    )
    return replace(found, groups=groups)


def _with_prior(found: Spans, covers: Sequence[Cover]) -> Spans:
    end, kind = found.groups[0][0]
    upto = [c for c in covers if (c.end or "") <= end and c.kind == kind]  # nine months stand against nine months
    prior = spans([When(0, 0, "the year before", relative="prior_year")], upto)
    if not prior.groups and kind == "instant":  # a balance is printed beside the one before it
        prior = spans([When(0, 0, "the balance before", relative="previous")], upto)
    if not prior.groups:
        return Spans((), missing=When(0, 0, "the same period a year before"))
    return Spans((*found.groups, *prior.groups), (*found.assumed, *prior.assumed))


def _parts(asked: Asked, whose: Scope, periods: Spans) -> Resolved | None:
    """ "Largest three current assets", "all current liabilities": the rows that a total adds up, found under the
    heading that names it."""
    reading, measure = asked.reading, asked.reading.measures[0]
    of_company = whose.slots.entity_kinds == ("company",) and not reading.group
    said = next((t.said.lower() for t in reading.terms if t.kind == "measure" and measure.id in t.ids), "")
    listed = "total" not in said and (reading.order or (reading.every and not reading.compute))
    total = measure.by == "metric" and len(reading.measures) == 1 and measure.shown.startswith("Total ")
    if not (listed and total and of_company and len(periods.keys) == 1):
        return None
    headings = asked.book.headings(label_key(measure.shown).removeprefix("total "))
    if not headings:
        return None
    newest = max((c for c in whose.covers if (c.end, c.kind) in periods.keys), key=lambda c: c.filing_id)
    side = replace(
        whose.slots,
        by="heading",
        ids=tuple(headings),
        filings=(newest.filing_id,),
        totals=(measure.id,),
        periods=periods.keys,
    )
    limit = reading.limit or (1 if reading.nth else ROW_LIMIT)
    plan = Plan("rows", (side,), order=reading.order, limit=limit, skip=(reading.nth or 1) - 1)
    assumed = (*periods.assumed, f"the rows under {headings[0]}")
    return Resolved(reading, plan, newest.unit, assumed, measures=reading.measures)


def _of_one_measure(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The metrics that are a measure by another name, each with that of the measure."""
    return tuple((id, m.id) for m in asked.reading.measures if asked.by == "metric" for id in m.includes)


def _planned(asked: Asked, whose: Scope, periods: Spans) -> Resolved | Missing:
    reading = asked.reading
    meant = set(periods.keys)
    of_periods = [c for c in whose.covers if (c.end, c.kind) in meant]
    covers = of_periods or list(whose.covers)
    own = tuple(sorted({c.unit for c in covers}))
    unit = unit_of_answer(asked, covers)
    if unit is None:
        return Missing("unit", reading.unit or "", own)
    base = replace(
        whose.slots,
        by=COLUMN_OF[asked.by],
        ids=asked.ids,
        periods=periods.keys,
        spliced=periods.spliced,
        merged=(*_of_one_measure(asked), *one_by_two_ends(periods.keys)),
        factors=factors(asked, covers, unit),
    )
    plan = plan_of(asked, base, periods, unit)
    if isinstance(plan, Missing):
        return plan
    limited = bounded(replace(plan, unit=unit), reading.bound, covers[-1].unit, unit)
    if limited is None:
        return Missing("unit", (reading.bound.unit if reading.bound else None) or "", own)
    assumed = (*periods.assumed, *gaps(asked, whose.covers, limited))
    printed = limited == replace(PLAIN, sides=(base,), limit=limited.limit, unit=unit) and _any_in(of_periods, base)
    return Resolved(reading, limited, unit, assumed, whose.other_metals, reading.measures, printed)


def _any_in(covers: Sequence[Cover], side: Slots) -> bool:
    """Whether any of the figures is in a unit that counts."""
    units = dict(side.factors)
    return not side.spliced and any(not units or c.unit in units for c in covers)
