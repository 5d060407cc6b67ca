"""Mines add up to their segment and to the company, and segments to the company.

No filing says in its tables which mine belongs to which segment. It is read off the figures: the mines whose figures
make most of a segment's rows are its mines, and then a row that they don't make is a fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from db.checks.figure import Figure, Period
from db.checks.finding import Finding, judge, relate, ties, total
from db.checks.foots import is_additive
from db.checks.sheet import Sheet

LEVELS = (("segment", "mine"), ("company", "mine"), ("company", "segment"))
KINDS = {
    ("segment", "mine"): "sum of mines = segment",
    ("company", "mine"): "sum of mines = company",
    ("company", "segment"): "segments = company",
}
MOST_TRIED = 8  # entities of which every set is tried; of more only all together
CLEAR = 500  # last digits (half ones twice): a figure that large is no sum by chance
RECONCILED = frozenset({"recon_cost_of_sales", "recon_cost_of_sales_and_dda"})
What = tuple[str, str | None, str, int, Period]  # metric, metal, unit, scale, period


Figures = Mapping[What, Figure]
Entity = tuple[int, str, str]  # table, kind, name


class Relation(NamedTuple):
    """A figure of the whole and those of its parts."""

    whole: Figure
    parts: tuple[Figure, ...]


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every figure that is the sum of the same figures of parts."""
    grouped = _grouped(sheet)
    for whole_kind, part_kind in LEVELS:
        tables: dict[int, dict[str, Figures]] = defaultdict(dict)
        for (table, kind, name), figures in grouped.items():
            if kind == part_kind:
                tables[table][name] = figures
        several = [parts for parts in tables.values() if len(parts) > 1]
        for (_, kind, _), whole in grouped.items() if several else ():
            if kind == whole_kind:
                for parts in several:
                    yield from _level(sheet, KINDS[whole_kind, part_kind], whole, parts)


def _grouped(sheet: Sheet) -> dict[Entity, Figures]:
    """By table and entity, the first figure of each thing that can be added up."""
    found: dict[Entity, dict[What, Figure]] = defaultdict(dict)
    for figure in sheet.clear:
        if figure.metric and figure.entity and figure.entity_kind and figure.table is not None and _adds(figure):
            what = (figure.metric, figure.metal, figure.unit, figure.scale, figure.period)
            found[figure.table, figure.entity_kind, figure.entity].setdefault(what, figure)
    for figures in found.values():
        _without_metal(figures)
    return dict(found)


def _without_metal(figures: dict[What, Figure]) -> None:
    """Dollars of a metal's operations are dollars: where they are of one metal they also stand without it."""
    metals: dict[What, list[Figure]] = defaultdict(list)
    for (metric, metal, unit, scale, period), figure in figures.items():
        if metal and unit == "USD":
            metals[metric, None, unit, scale, period].append(figure)
    for what, several in metals.items():
        if len(several) == 1:
            figures.setdefault(what, several[0])


def _adds(figure: Figure) -> bool:
    return is_additive(figure.unit) and figure.unit != "USD/share" and figure.metric != "days_of_operation"


def _level(sheet: Sheet, kind: str, whole: Figures, parts: Mapping[str, Figures]) -> Iterator[Finding]:
    names = [name for name, figures in parts.items() if not figures.keys().isdisjoint(whole)]
    if len(names) > 1:
        chosen, relations = _members(whole, parts, names)
        for relation in relations:
            yield _finding(sheet, kind, relation, chosen, whole, parts)


def _members(
    whole: Figures, parts: Mapping[str, Figures], names: Sequence[str]
) -> tuple[Sequence[str], list[Relation]]:
    """The set of parts that makes most of the whole's figures, with those figures; nothing where none clearly does."""
    rows = [(figure, [parts[name].get(what) for name in names]) for what, figure in whole.items()]
    rows = [(figure, row) for figure, row in rows if any(row)]
    sizes = range(2, len(names) + 1) if len(names) <= MOST_TRIED else [len(names)]
    best: tuple[tuple[float, int], tuple[int, ...], list[Relation]] = ((0, 0), (), [])
    for size in sizes:
        for members in combinations(range(len(names)), size):
            relations = _relations(rows, members)
            score = _score(relations, size == len(parts))
            if score > 0 and (score, size) > best[0]:
                best = ((score, size), members, relations)
    return [names[at] for at in best[1]], best[2]


def _relations(rows: Iterable[tuple[Figure, Sequence[Figure | None]]], members: Sequence[int]) -> list[Relation]:
    made = []
    for figure, row in rows:
        parts = [part for at in members if (part := row[at])]
        if parts:
            made.append(Relation(figure, tuple(parts)))
    return made


def _score(relations: Sequence[Relation], everything: bool) -> float:
    """How surely parts make a whole: what holds less what doesn't; 0 where too little holds to say.

    All parts that there are need less to be believed than some that were picked.
    """
    holds = fails = clear = 0
    for whole, parts in relations:
        mid = room = 0.0
        several = -1
        for part in parts:
            mid += part.value
            room += part.half
            several += part.value != 0
        if not ties(mid, room, whole):
            fails += 1
        elif whole.value and several > 0:
            holds += 1
            clear += abs(whole.value) >= 2 * CLEAR * whole.half
    if not clear or holds < fails or (not everything and (holds == fails or (holds == 1 and fails))):
        return 0.0
    return holds - fails + 0.001 * len(relations)


def _finding(  # noqa: PLR0913, PLR0917
    sheet: Sheet,
    kind: str,
    relation: Relation,
    chosen: Sequence[str],
    whole: Figures,
    parts: Mapping[str, Figures],
) -> Finding:
    made, sources = total(relation.parts), list(relation.parts)
    if judge(made, relation.whole) == "NO" and relation.whole.metric in RECONCILED:
        own = _only_of_whole(relation.whole, chosen, whole, parts)
        if own and judge(made + total(own), relation.whole) != "NO":
            made, sources = made + total(own), [*sources, *own]
    words = f"{' + '.join(figure.entity or '' for figure in sources)} make"
    return relate(kind, sheet.document, made, relation.whole, sources, words)


def _only_of_whole(figure: Figure, chosen: Sequence[str], whole: Figures, parts: Mapping[str, Figures]) -> list[Figure]:
    """Lines of the whole's own reconciliation that none of its parts has."""
    covered = {what[0] for name in chosen for what in parts[name]}
    return [
        own
        for what, own in whole.items()
        if what[0] not in covered
        and own.heading == figure.heading
        and own.column == figure.column
        and own.unit == figure.unit
    ]
