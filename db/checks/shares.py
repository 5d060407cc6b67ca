"""Earnings of a share are the income of the common shares divided by how many there were."""

from __future__ import annotations

from collections.abc import Iterator

from db.checks.computed import DIVIDENDS, near
from db.checks.figure import Figure, Period
from db.checks.finding import Finding, Range, relate
from db.checks.sheet import Sheet

KIND = "per share = income / shares"
SHARES = ("weighted_shares_basic", "weighted_shares_diluted")
# earnings of a share, the incomes that they may be of (the first that is printed), whether preferred dividends go off
EARNINGS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("eps", ("net_income_common", "net_income"), True),
    ("eps_diluted", ("net_income_common", "net_income"), True),
    ("eps_operations", ("income_before_cumulative_effect", "income_continuing_operations"), True),
    ("eps_cumulative_effect", ("cumulative_effect",), False),
    ("eps_discontinued", ("discontinued_operations",), False),
)


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every figure per share whose income and shares are printed; loose where none of its row is what they make."""
    rows: dict[tuple[int | None, int, str], list[Finding]] = {}
    for metric, incomes, preferred in EARNINGS:
        for printed in sheet.of(metric):
            for shares in SHARES if metric != "eps_diluted" else SHARES[1:]:
                found = _finding(sheet, printed, shares, incomes, preferred)
                if found:
                    rows.setdefault((printed.table, printed.row, shares), []).append(found)
    for findings in rows.values():
        if any(finding.verdict != "NO" for finding in findings):
            yield from findings


def _finding(sheet: Sheet, printed: Figure, shares: str, incomes: tuple[str, ...], preferred: bool) -> Finding | None:
    period = printed.period
    count = _one(sheet, shares, printed, period)
    income = next((found for name in incomes if (found := _one(sheet, name, printed, period))), None)
    if not count or not income or not income.value or count.low <= 0:
        return None
    made, sources, loose = Range.of(income), [income, count], False
    if preferred and income.metric != "net_income_common":
        dividends = near([f for f in sheet.said if f.metric in DIVIDENDS and f.period == period], printed)
        loose = dividends is None  # dividends that the filing doesn't tell may go off
        if dividends:
            made, sources = made - Range.of(dividends), [income, dividends, count]
    less = " less preferred dividends" if len(sources) > 2 else ""
    words = f"the income{less} by the shares is"
    loose = loose or _converted(sheet, printed, made, count)
    return relate(KIND, sheet.document, made / Range.of(count), printed, sources, words, loose)


def _converted(sheet: Sheet, printed: Figure, income: Range, count: Figure) -> bool:
    """Whether diluted earnings lie between those that the income makes by the diluted shares and by the basic ones.

    The interest or dividends that conversion would save are added to the income then (if-converted method, FASB
    Statement 128, paragraph 26), and no table need tell them.
    """
    basic = _one(sheet, SHARES[0], printed, printed.period)
    if printed.metric != "eps_diluted" or not basic or not 0 < basic.high < count.low:
        return False
    return income.mid / count.value < printed.value <= income.mid / basic.value + printed.half


def _one(sheet: Sheet, metric: str, beside: Figure, period: Period) -> Figure | None:
    """The metric in the table of another figure, else where it stands first."""
    figures = sheet.of(metric, entity=beside.entity, period=period)
    return min(figures, key=lambda figure: figure.table != beside.table, default=None)
