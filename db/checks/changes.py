"""What a balance sheet's lines changed by, and what the cash flow statement says of the same lines.

The two need not tie: purchases on credit, transfers and exchange rates pass by the cash flow. All of it is told for
information, and a difference is no fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from db.checks.figure import Figure, Period
from db.checks.finding import ZERO, Finding, Range, judge, relate, total
from db.checks.sheet import Sheet

KIND = "loose: balance change vs cash flow"
# lines of the balance sheet, lines of the period, the sign between the two changes
TIED: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...] = (
    (("receivables",), ("cf_receivables",), -1),
    (("inventories",), ("cf_inventories",), -1),
    (("deferred_taxes_current",), ("cf_deferred_taxes",), -1),
    (("restricted_investments",), ("cf_restricted_investments",), -1),
    (("short_term_investments",), ("cf_purchase_short_term_investments", "cf_maturities_short_term_investments"), -1),
    (("accounts_payable",), ("cf_payables",), 1),
    (("accrued_payroll",), ("cf_payroll",), 1),
    (("accrued_taxes",), ("cf_taxes",), 1),
    (("current_debt", "long_term_debt"), ("cf_borrowings", "cf_repayments"), 1),
)
ISSUED = (
    ("cf_common_stock_issued", "cf_stock_options"),
    ("cf_common_stock_issued", "cf_stock_compensation"),
    ("cf_stock_options", "cf_stock_compensation"),
)
STOCK = ("common_stock", "capital_surplus")
INCOMES = ("net_income_common", "net_income")


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every line whose change both statements tell."""
    for period in dict.fromkeys(figure.period for figure in sheet.of("operating_cash_flow")):
        before = _day_before(period)
        if not before:
            continue
        for lines, flows, sign in TIED:
            yield from _tie(sheet, lines, [flows], sign, period, before)
        yield from _tie(sheet, STOCK, ISSUED, 1, period, before)
        yield from _deficit(sheet, period, before)
    yield from _additions(sheet)


def _day_before(period: Period) -> Period | None:
    """The balance at which a duration begins."""
    start = period[0]
    return (None, (dt.date.fromisoformat(start) - dt.timedelta(days=1)).isoformat()) if start else None


def _tie(  # noqa: PLR0913, PLR0917
    sheet: Sheet, lines: Sequence[str], flows: Sequence[Sequence[str]], sign: int, period: Period, before: Period
) -> Iterator[Finding]:
    change = _change(sheet, lines, period, before)
    if not change:
        return
    made, sources = change
    ways = [found for way in flows if (found := [f for f in (_one(sheet, metric, period) for metric in way) if f])]
    if not ways:
        return
    best = min(ways, key=lambda found: abs(made.mid - sign * sum(figure.value for figure in found)))
    largest = max(best, key=lambda figure: abs(figure.value))
    rest = total(figure for figure in best if figure is not largest)
    made = (made if sign > 0 else -made) - rest
    yield relate(KIND, sheet.document, made, largest, [*sources, *(f for f in best if f is not largest)], WORDS, True)


WORDS = "the change in the balance sheet gives"


def _change(sheet: Sheet, lines: Sequence[str], period: Period, before: Period) -> tuple[Range, list[Figure]] | None:
    """What the lines changed by, of those that have both balances."""
    made, sources = ZERO, list[Figure]()
    for line in lines:
        now, then = _one(sheet, line, (None, period[1])), _one(sheet, line, before)
        if now and then:
            made += Range.of(now) - Range.of(then)
            sources += [now, then]
    return (made, sources) if sources else None


def _one(sheet: Sheet, metric: str, period: Period) -> Figure | None:
    return next((f for f in sheet.of(metric, period=period) if f.entity_kind == "company"), None)


def _deficit(sheet: Sheet, period: Period, before: Period) -> Iterator[Finding]:
    change = _change(sheet, ["accumulated_deficit"], period, before)
    incomes = [income for name in INCOMES if (income := _one(sheet, name, period))]
    if change and incomes:
        words = "the accumulated deficit changed by"
        found = next((i for i in incomes if judge(change[0], i) != "NO"), incomes[0])
        places = sheet.of(found.metric or "", entity=found.entity, period=period)
        printed = next((f for f in places if f.statement == "income_statement"), found)
        yield relate("statements agree", sheet.document, change[0], printed, change[1], words, True)


def _additions(sheet: Sheet) -> Iterator[Finding]:
    """The mines' capital additions and what the cash flow says was spent, where no total of the mines is printed."""
    for spent in sheet.of("capital_expenditures"):
        figures = [f for f in sheet.of("capital_additions", period=spent.period) if f.entity != spent.entity]
        whole = sheet.of("capital_additions", entity=spent.entity, period=spent.period)
        if len(figures) > 1 and not whole:
            words = "the mines' capital additions make"
            yield relate("loose: mines vs company", sheet.document, -total(figures), spent, figures, words, True)
