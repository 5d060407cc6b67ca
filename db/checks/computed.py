"""Figures that the text tells and no table prints, made of rows that are: cash and investments, income for shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from db.checks.figure import Figure
from db.checks.finding import Range
from db.checks.sheet import Sheet

DIVIDENDS = ("undeclared_preferred_dividends", "preferred_stock_dividends")
Made = tuple[Range, tuple[Figure, ...]]


def computed(sheet: Sheet, said: Figure) -> Iterator[Made]:
    """Figures that no table prints but that its rows make."""
    make = COMPUTED.get(said.metric or "")
    made = make(sheet, said) if make else None
    if made:
        yield made


def _sum_of(*metrics: str) -> Callable[[Sheet, Figure], Made | None]:
    def make(sheet: Sheet, said: Figure) -> Made | None:
        parts = [_row(sheet, metric, said) for metric in metrics]
        found = tuple(part for part in parts if part)
        if len(found) < len(parts):
            return None
        made = Range.of(found[0])
        for part in found[1:]:
            made += Range.of(part)
        return made, found

    return make


def _common(sheet: Sheet, said: Figure) -> Made | None:
    """Income less the preferred dividends that the text tells."""
    income = _row(sheet, "net_income", said)
    dividends = near([other for other in sheet.said if other.metric in DIVIDENDS and other.period == said.period], said)
    return (Range.of(income) - Range.of(dividends), (income, dividends)) if income and dividends else None


def _without_one_time(sheet: Sheet, said: Figure) -> Made | None:
    """Income less the settlements and accounting changes that the sentences before name."""
    income = _row(sheet, "net_income", said)
    effect = _row(sheet, "cumulative_effect", said)
    settled = near([other for other in sheet.said if other.metric == "litigation_settlement"], said)
    if not income or not settled:
        return None
    made, sources = Range.of(income) - Range.of(settled), [income, settled]
    if effect:
        made, sources = made - Range.of(effect), [*sources, effect]
    return made, tuple(sources)


COMPUTED: dict[str, Callable[[Sheet, Figure], Made | None]] = {
    "cash_and_short_term_investments": _sum_of("cash", "short_term_investments"),
    "net_income_common": _common,
    "net_income_excluding_one_time": _without_one_time,
}


def _row(sheet: Sheet, metric: str, said: Figure) -> Figure | None:
    return next(iter(sheet.of(metric, entity=said.entity, period=said.period)), None)


def near(figures: Sequence[Figure], to: Figure) -> Figure | None:
    """The figure whose line is nearest."""
    return min(figures, key=lambda figure: abs(figure.line - to.line), default=None)
