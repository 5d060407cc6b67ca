"""Where the columns of lines with tabs stand on the page: at every eighth column, or as cells that a tab parts.

A typist sets as many tabs as it takes to line figures up. A table that another program wrote has one tab between two
cells whatever their widths: there the second cell of each row is in one column, though no tab stop would have it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

TAB = 8
APART = 4  # lines with tabs that stand so far apart are of two tables
GAP = 3
_FIGURE = re.compile(r"[$(\s]*(?:\d|-+\s*$|[\u2013\u2014])")


def opened_tabs(lines: Mapping[int, str]) -> dict[int, list[int]]:
    """For each line with tabs, by its number, the column on the page of each of its columns and of its end."""
    opened: dict[int, list[int]] = {}
    for run in _runs(list(lines)):
        stops = _stops([lines[number] for number in run])
        for number in run:
            opened[number] = _at_cells(lines[number], stops) if stops else _at_eighths(lines[number])
    return opened


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """The numbers of lines that stand near each other."""
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > APART:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _stops(lines: list[str]) -> list[int]:
    """Where each cell begins, if every row of figures has as many cells as the others; else none."""
    rows = [line.rstrip().split("\t") for line in lines]
    figures = [row for row in rows if any(_FIGURE.match(cell) for cell in row[1:])]
    count = len(figures[0]) if figures else 0
    if len(figures) < 2 or count < 2 or any(len(row) != count for row in figures):
        return []
    stops = [0]
    for index in range(count - 1):
        stops.append(stops[-1] + GAP + max(len(row[index]) for row in rows if len(row) > index))
    return stops


def _at_cells(text: str, stops: list[int]) -> list[int]:
    """Columns of a line whose cells begin at the stops; cells beyond the last follow it."""
    columns, at, cell = [], 0, 0
    for character in text:
        columns.append(at)
        if character != "\t":
            at += 1
            continue
        cell += 1
        at = max(stops[cell], at + 1) if cell < len(stops) else at + TAB - at % TAB
    return [*columns, at]


def _at_eighths(text: str) -> list[int]:
    """Columns of a line whose tabs reach to the next eighth column."""
    columns, at = [], 0
    for character in text:
        columns.append(at)
        at += TAB - at % TAB if character == "\t" else 1
    return [*columns, at]
