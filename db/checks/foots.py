"""Totals, subtotals without a label, and results further down a statement are made of the rows above them.

Rows wait on a stack until a row is found that they make; from then on that row stands for them. How a row is made
(the last so many, added up, or the first less the others) is read off all columns at once: a column in which it holds
shows what is meant, so another in which it doesn't is a fault of the figures and not of the reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from db.checks.figure import Figure, Sheet
from db.checks.finding import TINY, Finding, relate, signed_total
from grammar.records import record

MOST_ROWS = 40  # that one total may be made of
CLEAR = 100  # last digits: a smaller figure may be a sum by chance in all columns
MIXED = (3, 5)  # rows of which some may be taken away: of more there are too many ways
SURE = 1000  # last digits: such a one is no sum by chance even in one column of two
RESULTS = frozenset(
    {
        "comprehensive_income",
        "ebitda",
        "eps",
        "eps_diluted",
        "financing_cash_flow",
        "gross_profit",
        "income_before_cumulative_effect",
        "income_before_income_taxes",
        "income_continuing_operations",
        "income_from_operations",
        "investing_cash_flow",
        "net_income",
        "net_income_common",
        "net_income_parent",
        "operating_cash_flow",
        "operating_cash_flow_before_exploration",
        "operating_expenses",
        "recon_cost_of_sales",
        "recon_cost_of_sales_and_dda",
        "total_cost_of_sales",
        "total_other_income_expense",
        "total_other_operating_expenses",
    }
)
CASH = frozenset({"net_change_cash", "cash_end"})
Column = dict[int, Figure]  # by the number of the column


@record
class Row:
    """One row of a table over its columns."""

    number: int
    cells: Column

    @property
    def first(self) -> Figure:
        """Any of its figures, for its label."""
        return next(iter(self.cells.values()))

    @property
    def is_result(self) -> bool:
        """Whether its label or place says that it is made of others."""
        first = self.first
        return (
            not first.key or first.key.startswith(("total", "net cash", "subtotal")) or first.metric in RESULTS | CASH
        )


@record
class Made:
    """How a row is made: of ``count`` rows that wait, each taken with its sign.

    It holds in ``exact`` columns, in ``close`` ones if rounding is allowed for; ``gap`` is how far off the others are.
    """

    count: int
    signs: tuple[int, ...]
    exact: int
    close: int
    gap: float

    @property
    def score(self) -> tuple[int, int, bool, float, int]:
        """What makes one way more likely than another: columns first, then plain sums, then fewer rows."""
        return (self.close, self.exact, min(self.signs) > 0, -self.gap, -self.count)


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every row that is made of rows above it."""
    for figures in sheet.tables.values():
        for panel in _panels(figures):
            units: dict[str, dict[int, Column]] = {}
            for figure in panel:
                rows = units.setdefault(figure.unit, {})
                rows.setdefault(figure.row, {}).setdefault(figure.column, figure)
            for unit, rows in units.items():
                if is_additive(unit):
                    yield from _rows(sheet.document, [Row(number, cells) for number, cells in sorted(rows.items())])


def _panels(figures: Sequence[Figure]) -> list[list[Figure]]:
    """A table's figures by panel: columns side by side that share the labels of their rows."""
    panel_of = {figure.column: figure.column for figure in figures}
    labels: dict[tuple[int, str], int] = {}
    for figure in figures:
        if figure.key:
            first = panel_of[labels.setdefault((figure.row, figure.key), figure.column)]
            mine = panel_of[figure.column]
            if mine == first:
                continue
            panel_of = {column: first if panel == mine else panel for column, panel in panel_of.items()}
    panels: dict[int, list[Figure]] = {}
    for figure in figures:
        panels.setdefault(panel_of[figure.column], []).append(figure)
    return list(panels.values())


@cache
def is_additive(unit: str) -> bool:
    """Whether figures of a unit may be added up (earnings of a share may, prices of an ounce may not)."""
    return unit == "USD/share" or not ("/" in unit or unit in {"%", "ratio", "days", "x"})


def _rows(document: str, rows: Sequence[Row]) -> Iterator[Finding]:
    waiting: list[Row] = []
    for row in rows:
        made = _best(row, waiting)
        if made:
            yield from _findings(document, row, waiting[-made.count :], made)
            del waiting[-made.count :]
        waiting.append(row)


def _best(row: Row, waiting: Sequence[Row]) -> Made | None:
    """The likeliest way that the row is made of the last rows waiting, None where none is clear."""
    return max(_ways(row, waiting), key=lambda made: made.score, default=None)


def _ways(row: Row, waiting: Sequence[Row]) -> Iterator[Made]:
    """Every clear way, the shortest first; the sums go on from one count to the next."""
    result = row.is_result
    size = max(abs(figure.value) / (2 * figure.half) for figure in row.cells.values())
    if not result and size < CLEAR:
        return
    whole = not result or size < SURE  # whether it has to hold in every column
    sums = [Sum(number, figure) for number, figure in row.cells.items()]
    first = sums[0]
    for count in range(1, min(len(waiting), MOST_ROWS) + 1):
        first.reach(count, waiting)
        if whole and not first.may_be(count, result):
            continue
        for column in sums:
            column.reach(count, waiting)
        for made in _of_count(sums, count, result, whole):
            if _is_clear(row, made, size):
                yield made


def _of_count(sums: Sequence[Sum], count: int, result: bool, whole: bool) -> Iterator[Made]:
    """The ways of so many rows: added up, the first less the others, and of a result some added and some taken away."""
    made = _made(sums, (1,) * count, [column.value for column in sums], whole)
    if made:
        yield made
    if count == 2 or (count > 2 and result):  # elsewhere it is the balance sheet's own equation
        made = _made(sums, (1,) + (-1,) * (count - 1), [2 * column.last - column.value for column in sums], whole)
        if made:
            yield made
    if MIXED[0] <= count <= MIXED[1] and result:
        for signs, values in _mixed(sums, count):
            made = _made(sums, signs, values, whole)
            if made and made.exact > 1:
                yield made


class Sum:
    """One column of the row with the sum of what stands above it, which grows upwards."""

    __slots__ = ("allowed", "half", "last", "number", "printed", "slack", "terms", "tops", "value")

    def __init__(self, number: int, figure: Figure) -> None:
        self.number, self.printed, self.half = number, figure.value, figure.half
        self.allowed = figure.half + TINY * abs(figure.value)
        self.value = self.slack = self.last = 0.0
        self.terms = 0
        self.tops: list[float] = []  # the terms, the lowest row's first

    def reach(self, count: int, waiting: Sequence[Row]) -> None:
        """Take in the rows above up to the last but ``count``."""
        for at in range(len(self.tops) + 1, count + 1):
            figure = waiting[-at].cells.get(self.number)
            self.last = 0.0
            if figure:
                self.last = figure.value
                self.value += self.last
                self.slack += figure.half
                self.terms += self.last != 0
            self.tops.append(self.last)

    def may_be(self, count: int, result: bool) -> bool:
        """Whether some way of so many rows may hold in this column."""
        most = self.allowed + self.slack
        return (
            (result and MIXED[0] <= count <= MIXED[1])
            or abs(self.value - self.printed) <= most
            or (count > 1 and abs(2 * self.last - self.value - self.printed) <= most)
        )


def _mixed(sums: Sequence[Sum], count: int) -> Iterator[tuple[tuple[int, ...], list[float]]]:
    """The first row with the others added and taken away, where that is right in every column."""
    for signs in _mixed_signs(count):
        values: list[float] = []
        for column in sums:
            value = column.last
            for sign, term in zip(signs, reversed(column.tops[:-1]), strict=True):
                value += sign * term
            if abs(value - column.printed) > column.allowed + column.slack:
                break
            values.append(value)
        else:
            yield (1, *signs), values


@cache
def _mixed_signs(count: int) -> tuple[tuple[int, ...], ...]:
    return tuple(signs for signs in product((1, -1), repeat=count - 1) if 1 in signs and -1 in signs)


def _made(sums: Sequence[Sum], signs: tuple[int, ...], values: Sequence[float], whole: bool) -> Made | None:
    """How near a way comes in each column; None where no column is exact, or where the ``whole`` row must hold."""
    exact = close = 0
    off = 0.0
    for column, value in zip(sums, values, strict=True):
        gap = abs(value - column.printed)
        if gap > column.allowed + column.slack:
            if whole:
                return None
            off += gap
        else:
            close += 1
            exact += gap <= column.allowed and (column.terms > 1 or len(signs) == 1)  # one and nils show nothing
    return Made(len(signs), signs, exact, close, off) if exact else None


def _is_clear(row: Row, made: Made, size: float) -> bool:
    """Whether so many columns hold that the way is no coincidence; ``size`` is that of the largest figure."""
    columns = len(row.cells)
    if made.count == 1:  # a total of one row: nothing to find, but it stands for that row
        return row.first.key.startswith("total") and made.exact == columns
    if row.is_result:
        return made.close == columns or (size >= SURE and made.exact * 2 >= columns)
    return made.exact == columns and (made.count > 2 or made.exact > 1)


def _findings(document: str, row: Row, rows: Sequence[Row], made: Made) -> Iterator[Finding]:
    if made.count < 2:
        return
    kind = "net change in cash" if row.first.metric in CASH else "foots"
    for number, printed in row.cells.items():
        terms = [
            (other.cells[number], sign) for other, sign in zip(rows, made.signs, strict=True) if number in other.cells
        ]
        value = signed_total(terms)
        words = "the rows above it make" if min(made.signs) > 0 else "the first row above it less the others makes"
        words = "the rows above it, some taken away, make" if -1 in made.signs and 1 in made.signs[1:] else words
        yield relate(kind, document, value, printed, [figure for figure, _ in terms], words)
