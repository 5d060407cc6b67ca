"""The rows of a table that wait for one that they make, with the sums of their columns.

A row may be made of any number of the last rows: which numbers come near it is told by sums kept from the top down, a
difference of two of them for each, and only for those the terms are added up one by one.
"""

from __future__ import annotations

from db.checks.figure import Figure
from db.checks.finding import TINY
from grammar.records import record

CARELESS = 1e-12  # what differences of sums may be off by, relative to all that was summed up
Column = dict[int, Figure]  # a row's figures by the number of the column


@record
class Reached:
    """The last so many terms of a column: their sum, its slack, how many are not nil, and the first of them."""

    sum: float
    slack: float
    terms: int
    first: float


class Terms:
    """One column of the rows that wait, the lowest last; a row without it adds nothing."""

    __slots__ = ("_halves", "_mass", "_slacks", "_sums", "values")

    def __init__(self, rows: int) -> None:
        self.values, self._halves = [0.0] * rows, [0.0] * rows
        self._sums, self._slacks = [0.0] * (rows + 1), [0.0] * (rows + 1)
        self._mass = 0.0

    def push(self, value: float, half: float) -> None:
        """Take in the next row."""
        self.values.append(value)
        self._halves.append(half)
        self._sums.append(self._sums[-1] + value)
        self._slacks.append(self._slacks[-1] + half)
        self._mass += abs(value)

    def drop(self, count: int) -> None:
        """Forget the last rows."""
        for kept in (self.values, self._halves, self._sums, self._slacks):
            del kept[-count:]

    def reach(self, count: int) -> Reached:
        """The last terms, added up from the lowest."""
        values = self.values[-count:]
        slack = sum(self._halves[: -count - 1 : -1])
        return Reached(sum(values[::-1]), slack, count - values.count(0.0), values[0])

    def added(self, printed: float, room: float, least: int, most: int) -> list[int]:
        """How many of the last rows make a figure, so many at the least and at the most."""
        base, room = self._sums[-1] - printed, self._room(printed, room)
        low, high = base - room, base + room
        tops = self._sums[-1 - least : -most - 2 : -1]
        return [count for count, top in enumerate(tops, least) if low <= top <= high]

    def taken(self, printed: float, room: float, most: int) -> list[int]:
        """How many of the last rows, two and more, make a figure as the first of them less the others."""
        base, room = self._sums[-1] + printed, self._room(printed, room)
        low, high = base - room, base + room
        each = zip(self._sums[-3 : -most - 2 : -1], self.values[-2 : -most - 1 : -1], strict=True)
        return [count for count, (top, first) in enumerate(each, 2) if low <= 2 * first + top <= high]

    def _room(self, printed: float, room: float) -> float:
        return room + CARELESS * (self._mass + abs(printed))

    def slack(self, most: int) -> float:
        """The slack of so many of the last rows."""
        return self._slacks[-1] - self._slacks[-1 - most] + CARELESS * self._slacks[-1]

    def mixed(self, count: int) -> list[float]:
        """What the first of the last rows makes with each of the others added or taken away.

        The first of these adds all, the last takes all away; the lowest row changes its sign from one to the next.
        """
        first, *others = self.values[-count:]
        made = [first]
        for value in others:
            made = [sum for each in made for sum in (each + value, each - value)]
        return made


class Waiting:
    """Rows that wait, the lowest last."""

    def __init__(self) -> None:
        self.rows: list[Column] = []
        self._columns: dict[int, Terms] = {}

    def push(self, cells: Column) -> None:
        """One more row waits."""
        for number in cells:
            if number not in self._columns:
                self._columns[number] = Terms(len(self.rows))
        for number, terms in self._columns.items():
            figure = cells.get(number)
            terms.push(figure.value, figure.half) if figure else terms.push(0.0, 0.0)
        self.rows.append(cells)

    def take(self, count: int) -> list[Column]:
        """The last rows, which wait no longer."""
        taken = self.rows[-count:]
        del self.rows[-count:]
        for terms in self._columns.values():
            terms.drop(count)
        return taken

    def facing(self, number: int, figure: Figure) -> Facing:
        """A figure of a column and what waits above it."""
        return Facing(self._columns.get(number) or Terms(len(self.rows)), figure)


class Facing:
    """A figure and what waits above it in its column."""

    __slots__ = ("allowed", "printed", "terms")

    def __init__(self, terms: Terms, figure: Figure) -> None:
        self.terms, self.printed = terms, figure.value
        self.allowed = figure.half + TINY * abs(figure.value)
