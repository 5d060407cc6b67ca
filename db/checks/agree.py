"""A fact that is printed twice is the same, and so are two facts that must be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from operator import attrgetter

from db.checks.figure import Figure
from db.checks.finding import Finding, Range, relate, ties
from db.checks.foots import RESULTS
from db.checks.sheet import Sheet

TRUST = 1  # figures that must agree for each that doesn't
MOST_PAIRED = 4  # places of one fact that are all held against each other; of more each against the first
BALANCE = "assets = liabilities + equity"
AGREE = "statements agree"
Same = tuple[str, str, int, bool, str]
# one metric, the other, the sign between them, whether they must be the same, the kind of relation
EQUAL: tuple[Same, ...] = (
    ("total_assets", "total_liabilities_and_equity", 1, True, BALANCE),
    ("cash", "cash_end", 1, True, AGREE),
    ("cash", "cash_beginning", 1, True, AGREE),
    ("cumulative_effect", "cf_cumulative_effect", -1, False, AGREE),
    ("gain_on_sale_of_investments", "cf_gain_sale_investments", -1, False, AGREE),
    ("discontinued_operations", "cf_discontinued", -1, False, AGREE),
    ("preferred_stock_dividends", "cf_dividends_preferred", 1, False, AGREE),
    ("preferred_stock_dividends", "cf_dividends", 1, False, AGREE),
    ("capital_additions", "capital_expenditures", -1, False, AGREE),
    ("dda_cost_of_sales", "recon_depreciation", 1, False, AGREE),
    ("total_cost_of_sales", "recon_cost_of_sales_and_dda", 1, False, AGREE),
    ("cost_of_sales", "recon_cost_of_sales", 1, False, AGREE),
)
# what is made, and of what: each with its sign
MADE = (
    ("cf_depreciation", (("dda_cost_of_sales", 1), ("other_depreciation", 1))),
    ("gross_profit", (("sales", 1), ("recon_cost_of_sales_and_dda", -1))),
)
Pair = tuple[Figure, Figure, bool, bool]
Rows = tuple[int | None, int, int | None, int]
Tables = tuple[int | None, int | None]


def check(sheet: Sheet) -> Iterator[Finding]:
    """Facts that are printed more than once, or under two names."""
    yield from _twice(sheet)
    for same in EQUAL:
        yield from _equal(sheet, same)
    for metric, terms in MADE:
        yield from _made(sheet, metric, terms)


def _twice(sheet: Sheet) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in sheet.clear:
        if figure.metric and figure.entity and figure.period[1]:
            groups[_what(figure)].append(figure)
    pairs: dict[Rows, list[Pair]] = defaultdict(list)
    for group in groups.values():
        if len(group) < 2:
            continue
        several = combinations(group, 2) if len(group) <= MOST_PAIRED else ((group[0], other) for other in group[1:])
        for one, other in several:
            if one.row != other.row or one.table != other.table:
                pairs[one.table, one.row, other.table, other.row].append(_pair(one, other))
    trusted = _trusted(pairs)
    for rows, found in pairs.items():
        yield from _pairs(sheet, found, (rows[0], rows[2]) in trusted)


def _pair(one: Figure, other: Figure) -> Pair:
    """Two figures, the finer first, and whether they agree as they stand and with the one's sign turned."""
    if other.half < one.half:
        one, other = other, one
    return one, other, ties(one.value, one.half, other), ties(-one.value, one.half, other)


def _trusted(pairs: Mapping[Rows, Sequence[Pair]]) -> set[Tables]:
    """The pairs of tables that mostly agree: of others, one may be told on another basis."""
    score: Counter[Tables] = Counter()
    for rows, found in pairs.items():
        score[rows[0], rows[2]] += sum([1 if same or turned else -TRUST for _, _, same, turned in found])
    return {tables for tables, count in score.items() if count >= 0}


def _pairs(sheet: Sheet, pairs: Sequence[Pair], trusted: bool) -> Iterator[Finding]:
    """Two rows over their columns: where one column agrees the rows mean the same, so the others must agree too."""
    same = any(agree and one.value for one, _, agree, _ in pairs)
    turned = not same and _may_turn(*pairs[0][:2]) and any(agree and one.value for one, _, _, agree in pairs)
    sure = trusted and (same or turned)
    for one, other, agree, agree_turned in pairs:
        if not sure and one.table == other.table and not (agree_turned if turned else agree):
            continue  # two rows of one table that share a metric, as in a list of projects
        kind = "ounces in thousands = ounces" if one.half != other.half and one.unit == "oz" else AGREE
        made = -Range.of(one) if turned else Range.of(one)
        words = f"line {one.line} gives"
        apart = ("diluted" in one.key) != ("diluted" in other.key)
        yield relate(kind, sheet.document, made, other, [one], words, apart or not sure)


def _may_turn(one: Figure, other: Figure) -> bool:
    """Whether one table may print as negative what another prints as positive, as with expenses."""
    return one.metric not in RESULTS and one.table != other.table


def _equal(sheet: Sheet, same: Same) -> Iterator[Finding]:
    one, other, sign, must, kind = same
    for figure, printed in _facing(sheet, one, other):
        made = Range.of(figure) if sign > 0 else -Range.of(figure)
        loose = not must or ("restricted" in printed.key) != ("restricted" in figure.key)
        words = f"{figure.label or 'the subtotal'} (line {figure.line}) gives"
        yield relate(kind, sheet.document, made, printed, [figure], words, loose)


def _facing(sheet: Sheet, one: str, other: str) -> Iterator[tuple[Figure, Figure]]:
    """The figures of two metrics that stand in one column, else those that are the same entity's and period's."""
    several = sheet.any_of(other)
    if not several:
        return
    columns: dict[tuple[object, ...], Figure] = {}
    for figure in (*sheet.of(one), *sheet.any_of(one)):
        columns.setdefault((figure.entity, figure.period, figure.unit), figure)
        columns.setdefault((figure.table, figure.column, figure.period, figure.unit), figure)
    clear = {figure.id for figure in (*sheet.of(one), *sheet.of(other))}
    for printed in several if columns else ():
        beside = columns.get((printed.table, printed.column, printed.period, printed.unit))
        apart = columns.get((printed.entity, printed.period, printed.unit))
        if beside:
            yield beside, printed
        elif apart and {apart.id, printed.id} <= clear:
            yield apart, printed


def _made(sheet: Sheet, metric: str, terms: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    for printed in sheet.of(metric):
        made, sources = Range(0.0, 0.0, 0.0), []
        for name, sign in terms:
            figures = sheet.of(name, entity=printed.entity, period=printed.period)
            if not figures:
                break
            made += Range.of(figures[0]) if sign > 0 else -Range.of(figures[0])
            sources.append(figures[0])
        else:
            words = " and ".join(f"{figure.label or 'the subtotal'} (line {figure.line})" for figure in sources)
            yield relate(AGREE, sheet.document, made, printed, sources, f"{words} make", loose=True)


_what = attrgetter("metric", "metal", "entity", "unit", "period")
