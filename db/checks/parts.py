"""Mines add up to their segment and to the company, and segments to the company.

No filing says in its tables which mine belongs to which segment. It is read off the figures: the mines whose figures
make most of a segment's rows are its mines, and then a row that they don't make is a fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from db.checks.figure import Figure, Period, Sheet
from db.checks.finding import Finding, judge, relate, total
from db.checks.foots import is_additive

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


@dataclass(frozen=True, slots=True)
class Relation:
    """A figure of the whole and those of its parts."""

    whole: Figure
    parts: tuple[Figure, ...]


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every figure that is the sum of the same figures of parts."""
    grouped = _grouped(sheet)
    for level in LEVELS:
        whole_kind, part_kind = level
        wholes = [(table, entity) for table, kind, entity in grouped if kind == whole_kind]
        tables = dict.fromkeys(table for table, kind, _ in grouped if kind == part_kind)
        for table, entity in wholes:
            for other in tables:
                parts = {e: f for (t, k, e), f in grouped.items() if t == other and k == part_kind}
                yield from _level(sheet, KINDS[level], grouped[table, whole_kind, entity], parts)


def _grouped(sheet: Sheet) -> dict[tuple[int, str, str], dict[What, Figure]]:
    """By table and entity, the first figure of each thing that can be added up."""
    found: dict[tuple[int, str, str], dict[What, Figure]] = defaultdict(dict)
    for figure in sheet.clear:
        if figure.metric and figure.entity and figure.entity_kind and figure.table is not None and _adds(figure):
            what = (figure.metric, figure.metal, figure.unit, figure.scale, figure.period)
            found[figure.table, figure.entity_kind, figure.entity].setdefault(what, figure)
    for figures in found.values():
        _without_metal(figures)
    return found


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


def _level(
    sheet: Sheet, kind: str, whole: Mapping[What, Figure], parts: Mapping[str, Mapping[What, Figure]]
) -> Iterator[Finding]:
    chosen, relations = _members(whole, parts)
    for relation in relations:
        yield _finding(sheet, kind, relation, chosen, whole, parts)


def _members(
    whole: Mapping[What, Figure], parts: Mapping[str, Mapping[What, Figure]]
) -> tuple[tuple[str, ...], list[Relation]]:
    """The set of parts that makes most of the whole's figures, with those figures; nothing where none clearly does."""
    shared = {name: figures for name, figures in parts.items() if figures.keys() & whole.keys()}
    names = tuple(shared)
    sizes = range(2, len(names) + 1) if len(names) <= MOST_TRIED else [len(names)]
    best: tuple[tuple[float, int], tuple[str, ...], list[Relation]] = ((0, 0), (), [])
    for size in sizes:
        for members in combinations(names, size):
            relations = _relations(whole, [shared[name] for name in members])
            score = _score(relations, size == len(parts))
            if score > 0 and (score, size) > best[0]:
                best = ((score, size), members, relations)
    return best[1], best[2]


def _relations(whole: Mapping[What, Figure], members: Sequence[Mapping[What, Figure]]) -> list[Relation]:
    made = []
    for what, figure in whole.items():
        parts = tuple(member[what] for member in members if what in member)
        if parts:
            made.append(Relation(figure, parts))
    return made


def _score(relations: Sequence[Relation], everything: bool) -> float:
    """How surely parts make a whole: what holds less what doesn't; 0 where too little holds to say.

    All parts that there are need less to be believed than some that were picked.
    """
    holds = fails = clear = 0
    for relation in relations:
        if judge(total(relation.parts), relation.whole) == "NO":
            fails += 1
        elif relation.whole.value:
            several = sum(part.value != 0 for part in relation.parts) > 1
            holds += several
            clear += several and abs(relation.whole.value) >= 2 * CLEAR * relation.whole.half
    if not clear or holds < fails or (not everything and (holds == fails or (holds == 1 and fails))):
        return 0.0
    return holds - fails + 0.001 * len(relations)


def _finding(  # noqa: PLR0913, PLR0917
    sheet: Sheet,
    kind: str,
    relation: Relation,
    chosen: Sequence[str],
    whole: Mapping[What, Figure],
    parts: Mapping[str, Mapping[What, Figure]],
) -> Finding:
    made, sources = total(relation.parts), list(relation.parts)
    if judge(made, relation.whole) == "NO" and relation.whole.metric in RECONCILED:
        own = _only_of_whole(relation.whole, chosen, whole, parts)
        if own and judge(made + total(own), relation.whole) != "NO":
            made, sources = made + total(own), [*sources, *own]
    words = f"{' + '.join(figure.entity or '' for figure in sources)} make"
    return relate(kind, sheet.document, made, relation.whole, sources, words)


def _only_of_whole(
    figure: Figure, chosen: Sequence[str], whole: Mapping[What, Figure], parts: Mapping[str, Mapping[What, Figure]]
) -> list[Figure]:
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
