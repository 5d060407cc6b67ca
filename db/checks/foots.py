"""Totals, subtotals without a label, and results further down a statement are made of the rows above them.

Rows wait on a stack until a row is found that they make; from then on that row stands for them. How a row is made
(the last so many, added up, or the first less the others) is read off all columns at once: a column in which it holds
shows what is meant, so another in which it doesn't is a fault of the figures and not of the reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product

from db.checks.figure import Figure
from db.checks.finding import Finding, relate, signed_total
from db.checks.sheet import Sheet
from db.checks.waiting import Column, Facing, Waiting
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
Way = tuple[int, int]  # of how many rows, and which: ADDED, TAKEN, or of the mixed sums the one before it
ADDED, TAKEN = 0, 1


@record
class Made:
    """How a row is made: of the last rows that wait, each taken with its sign.

    It holds in ``exact`` columns, in ``close`` ones if rounding is allowed for; ``gap`` is how far off the others are.
    """

    signs: tuple[int, ...]
    exact: int
    close: int
    gap: float

    @property
    def count(self) -> int:
        """How many rows make it."""
        return len(self.signs)

    @property
    def is_sum(self) -> bool:
        """Whether none is taken away."""
        return min(self.signs) > 0

    @property
    def score(self) -> tuple[int, int, bool, float, int]:
        """What makes one way more likely than another: columns first, then plain sums, then fewer rows."""
        return (self.close, self.exact, self.is_sum, -self.gap, -self.count)


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every row that is made of rows above it."""
    for figures in sheet.tables.values():
        for panel in _panels(figures):
            units: dict[str, dict[int, Column]] = {}
            for figure in panel:
                if is_additive(figure.unit):
                    rows = units.setdefault(figure.unit, {})
                    rows.setdefault(figure.row, {}).setdefault(figure.column, figure)
            for rows in units.values():
                if len(rows) > 2:  # a row and two that make it
                    yield from _rows(sheet.document, [rows[number] for number in sorted(rows)])


def _panels(figures: Sequence[Figure]) -> list[Sequence[Figure]]:
    """A table's figures by panel: columns side by side that share the labels of their rows."""
    panel_of = {figure.column: figure.column for figure in figures}
    apart = len(panel_of)
    labels: dict[tuple[int, str], int] = {}
    for figure in figures:
        if apart == 1:
            return [figures]
        if figure.key:
            first = panel_of[labels.setdefault((figure.row, figure.key), figure.column)]
            mine = panel_of[figure.column]
            if mine != first:
                panel_of = {column: first if panel == mine else panel for column, panel in panel_of.items()}
                apart -= 1
    panels: dict[int, list[Figure]] = {}
    for figure in figures:
        panels.setdefault(panel_of[figure.column], []).append(figure)
    return list(panels.values())


@cache
def is_additive(unit: str) -> bool:
    """Whether figures of a unit may be added up (earnings of a share may, prices of an ounce may not)."""
    return unit == "USD/share" or not ("/" in unit or unit in {"%", "ratio", "days", "x"})


def _rows(document: str, rows: Iterable[Column]) -> Iterator[Finding]:
    waiting = Waiting()
    for row in rows:
        made = max(_ways(row, waiting), key=lambda made: made.score, default=None)  # the likeliest
        if made:
            yield from _findings(document, row, waiting.take(made.count), made)
        waiting.push(row)


def _first(row: Column) -> Figure:
    """Any of its figures, for its label."""
    return next(iter(row.values()))


def _is_result(row: Column) -> bool:
    """Whether its label or place says that it is made of others."""
    first = _first(row)
    return not first.key or first.key.startswith(("total", "net cash", "subtotal")) or first.metric in RESULTS | CASH


def _ways(row: Column, waiting: Waiting) -> Iterator[Made]:
    """Every clear way that the row is made of the last rows waiting, the shortest first."""
    most = min(len(waiting.rows), MOST_ROWS)
    size = max([abs(figure.value) / figure.half for figure in row.values()]) / 2
    result = _is_result(row)
    if not result and (size < CLEAR or most < 2):
        return
    whole = not result or size < SURE  # whether it has to hold in every column
    likely = _of_result(row, waiting, most, whole) if result else _of_other(row, waiting, most)
    if likely:
        facing = [waiting.facing(number, figure) for number, figure in row.items()]
        for count, way in likely:
            made = _made(facing, count, way, whole)
            if made and _is_clear(row, made, size, result):
                yield made


def _of_other(row: Column, waiting: Waiting, most: int) -> list[Way]:
    """The ways that a row that is no result may be made of others: exact in its first column as in all.

    Two rows show something in more than one column only; the first less several is the balance sheet's own equation.
    """
    column = waiting.facing(*next(iter(row.items())))
    terms, printed, allowed = column.terms, column.printed, column.allowed
    ways = [(count, ADDED) for count in terms.added(printed, allowed, 2 if len(row) > 1 else 3, most)]
    if len(row) > 1:
        ways += [(count, TAKEN) for count in terms.taken(printed, allowed, 2)]
    return sorted(ways) if len(ways) > 1 else ways


def _of_result(row: Column, waiting: Waiting, most: int, whole: bool) -> list[Way]:
    """The ways that may hold in any column, or in the first as in the ``whole`` row.

    Rows are added up, or taken away from the first, or some are added and some taken away.
    """
    ways = set[Way]()
    first, *others = [waiting.facing(number, figure) for number, figure in row.items()]
    for column in (first,) if whole else (first, *others):
        terms, printed = column.terms, column.printed
        room = column.allowed + terms.slack(most)
        ways.update([(count, ADDED) for count in terms.added(printed, room, 1, most)])
        ways.update([(count, TAKEN) for count in terms.taken(printed, room, most)])
    for count in range(MIXED[0], min(MIXED[1], most) + 1):
        ways.update([(count, number + 1) for number in _mixed(first, count)])
    return sorted(ways)


def _mixed(column: Facing, count: int) -> list[int]:
    """Which of the mixed sums of so many rows may be right in a column, by their number."""
    sums, room = column.terms.mixed(count), column.allowed + column.terms.slack(count)
    low, high = column.printed - room, column.printed + room
    return [at for at in range(1, len(sums) - 1) if low <= sums[at] <= high]


@cache
def _signs(count: int, way: int) -> tuple[int, ...]:
    """The signs with which rows are taken."""
    if way <= TAKEN:
        return (1,) + (1 if way == ADDED else -1,) * (count - 1)
    return (1, *tuple(product((1, -1), repeat=count - 1))[way - 1])


def _made(facing: Sequence[Facing], count: int, way: int, whole: bool) -> Made | None:
    """How near a way comes in each column; None where no column is exact, or where the ``whole`` row must hold."""
    exact = close = 0
    off = 0.0
    for column in facing:
        reached = column.terms.reach(count)
        value = reached.sum if way == ADDED else 2 * reached.first - reached.sum
        if way > TAKEN:
            value = column.terms.mixed(count)[way - 1]
        gap = abs(value - column.printed)
        if gap > column.allowed + reached.slack:
            if whole or way > TAKEN:
                return None
            off += gap
        else:
            close += 1
            exact += gap <= column.allowed and (reached.terms > 1 or count == 1)  # one and nils show nothing
    return Made(_signs(count, way), exact, close, off) if exact > (way > TAKEN) else None


def _is_clear(row: Column, made: Made, size: float, result: bool) -> bool:
    """Whether so many columns hold that the way is no coincidence; ``size`` is that of the largest figure."""
    columns = len(row)
    if made.count == 1:  # a total of one row: nothing to find, but it stands for that row
        return _first(row).key.startswith("total") and made.exact == columns
    if result:
        return made.close == columns or (size >= SURE and made.exact * 2 >= columns)
    return made.exact == columns and (made.count > 2 or made.exact > 1)


def _findings(document: str, row: Column, rows: Sequence[Column], made: Made) -> Iterator[Finding]:
    if made.count < 2:
        return
    kind = "net change in cash" if _first(row).metric in CASH else "foots"
    words = "the rows above it make" if made.is_sum else "the first row above it less the others makes"
    words = "the rows above it, some taken away, make" if -1 in made.signs and 1 in made.signs[1:] else words
    for number, printed in row.items():
        terms = [(other[number], sign) for other, sign in zip(rows, made.signs, strict=True) if number in other]
        yield relate(kind, document, signed_total(terms), printed, [figure for figure, _ in terms], words)
