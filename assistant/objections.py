"""What stands against a reading although it has figures: they lack a part of what was asked, or are of another kind.

A part that was joined on ("silver and lead") may be lacking, and the answer says so; a part that says which figure is
meant may not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from assistant.answer import Value
from assistant.asked import Missing
from assistant.overlap import one_thing_twice
from assistant.resolve import Resolved
from grammar.lexicon import FOLDER, read
from grammar.reading import Reading
from grammar.tokens import stems_of

APART = "apart"  # the scope word that asks for each by itself
_JOINED = re.compile(r"(?:\b(?:and|or|vs|versus|plus|with|against)\b|[,;/&+])", re.IGNORECASE)


def objection(resolved: Resolved, values: Sequence[Value], question: str) -> Missing | None:
    """Why the figures don't answer the question, None where nothing stands against them."""
    plan, reading = resolved.plan, resolved.reading
    if (plan.skip and not values) or _nothing_to_rank(resolved, values):
        return Missing("rank")
    absent = lacking(reading, values)
    labels = {m.shown.lower() for m in reading.measures if m.by == "label"}
    if labels.intersection(absent):
        return Missing("two_questions")  # a row by its own words beside a metric was never looked for
    of_several = reading.order and any(m.shown.lower() in absent for m in reading.measures)
    if of_several or (reading.bound and len(reading.measures) > 1):
        return Missing("two_questions")  # "the highest grade, and its cost": a ranking is of one measure
    if absent and (plan.operation not in ("rows", "trend") or not _joined(reading, question)):
        return Missing("figure", " and ".join(absent))
    if plan.operation in ("sum", "average"):
        twice = next((names for value in values if (names := one_thing_twice(value.operands))), ())
        if twice:
            return Missing("twice", have=twice)
    if plan.operation == "average" and any(len(v.operands) == 1 and v.period_start is None for v in values):
        return Missing("rank")  # a balance of one day has no average
    if values and any(t.id == APART and "metal" in t.said.lower() for t in reading.terms) and not _metals(values):
        return Missing("metal", "each metal")
    return _average_of_balances(reading, values, question) or _not_borne_out(reading, values, question)


def _average_of_balances(reading: Reading, values: Sequence[Value], question: str) -> Missing | None:
    """A balance on a day that a table tells only as the average of a span: it is another figure."""
    day = next((w for w in reading.whens if w.exact and w.kinds[:1] == ("instant",)), None)
    if day is None or "average" in question.lower():
        return None
    averaged = any(v.period_start and v.citations and "average" in (v.citations[0].table or "").lower() for v in values)
    return Missing("averaged", day.said) if averaged else None


def unobjectionable(resolved: Resolved) -> bool:
    """Whether nothing can stand against any figures that the plan lists: one measure of one thing, unranked."""
    reading = resolved.reading
    several = (reading.metals, reading.entities, reading.companies, reading.measures)
    measured = [set(stems_of(t.said.lower())) for t in reading.terms if t.kind == "measure"]
    borne_out = any(said.issuperset(stems) for said in measured for _, stems in _borne_out())
    apart = any(t.id == APART for t in reading.terms)
    return not (resolved.plan.order or apart or borne_out or any(len(slot) > 1 for slot in several))


def _nothing_to_rank(resolved: Resolved, values: Sequence[Value]) -> bool:
    """Whether an order is asked for of a company's one figure: the highest price of a quarter is not its average."""
    plan = resolved.plan
    alone = len(values) == 1 and plan.operation == "rows" and not resolved.other_metals
    over = resolved.reading.group or len(plan.sides[0].periods) > 1 or resolved.reading.bound
    return bool(alone and plan.order and not plan.skip and not over)


def _metals(values: Sequence[Value]) -> set[str]:
    return {figure.metal for value in values for figure in (value.operands or (value,)) if figure.metal}


def lacking(reading: Reading, values: Sequence[Value]) -> list[str]:
    """What the question named and no figure of the answer is of: a metal, a mine or a measure."""
    figures = [o for v in values for o in (v.operands or (v,))]
    metals, entities, metrics = ({getattr(f, n) for f in figures} for n in ("metal", "entity", "metric"))
    absent = [m for m in reading.metals if m not in metals and any(metals)] if len(reading.metals) > 1 else []
    absent += [e.name for e in reading.entities if e.name not in entities] if len(reading.entities) > 1 else []
    told = entities.intersection(reading.companies)
    absent += [name for name in reading.companies if name not in told] if told and len(reading.companies) > 1 else []
    several = [m for m in reading.measures if m.by == "metric"] if len(reading.measures) > 1 else []
    if any(m.by != "label" for m in reading.measures):  # a row by its own words is no metric's: it wasn't looked for
        absent += [m.shown.lower() for m in reading.measures if m.by == "label"]
    return absent + [m.shown.lower() for m in several if not {m.id, *m.includes} & metrics] if values else []


def _joined(reading: Reading, question: str) -> bool:
    """Whether the measures are told apart by an "and", a comma or the like: else they are parts of one name."""
    terms = sorted((t for t in reading.terms if t.kind in ("measure", "label")), key=lambda t: t.start)
    if len(terms) < 2 or len(reading.measures) < 2:
        return True
    return any(_JOINED.search(question[a.end : b.start]) for a, b in pairwise(terms))


def _not_borne_out(reading: Reading, values: Sequence[Value], question: str) -> Missing | None:
    """A price named by its market ("LME", "London Fix") is no other one's, nor are diluted earnings the basic ones."""
    figures = [figure for value in values for figure in (value.operands or (value,))]
    measures = [t for t in reading.terms if t.kind == "measure"]
    for term in measures:
        end = min([term.end, *(t.start for t in measures if term.start < t.start < term.end)])  # two share a head
        said = set(stems_of(question[term.start : end].lower()))
        for name, stems in _borne_out():
            meant = [f for f in figures if f.metric in term.ids] if said.issuperset(stems) else []
            rows = next((rows for f in meant if (rows := _rows_of(f)) and not _any_holds(rows, stems)), ())
            if rows:
                return Missing("label", name, have=rows)
    return None


def _rows_of(figure: Value) -> tuple[str, ...]:
    """The labels of the rows that print a figure."""
    return tuple(dict.fromkeys(c.row for c in figure.citations if c.row))


def _any_holds(rows: Sequence[str], stems: Sequence[str]) -> bool:
    return any(set(stems_of(row.lower())).issuperset(stems) for row in rows)


@cache
def _borne_out() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words that a row's label must hold where a question says them, each with its stems."""
    listed = read(FOLDER / "labels.toml")["borne_out"].values()
    return tuple((name.strip(), stems_of(name)) for names in listed for name in names.split("|"))
