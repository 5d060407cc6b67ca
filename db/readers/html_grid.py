"""Rows of HTML cells to a Grid: ``$`` and ``)`` of their own cells joined to their figure, columns aligned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from db.model import Cell, Grid, GridCell, GridRow
from db.readers.html_cells import HtmlCell, HtmlRow
from db.readers.markup import BOLD, SUP
from grammar.chunks import remembered
from grammar.dates import read_time
from grammar.figures import CURRENCY, read_figure, read_range

# A dash alone is nil and opens nothing.
OPENS_FIGURE = re.compile(rf"(?:{CURRENCY.pattern})\s*\(?|\(\s*(?:{CURRENCY.pattern})?")
CLOSES_FIGURE = re.compile(r"\)?\s*%?\s*\)?")
_OPEN_ENDS, _CLOSE_STARTS = frozenset("$£€("), frozenset((")", "%", ""))  # all other cells are told at a glance
OPEN_FIGURE = re.compile(rf"(?:{CURRENCY.pattern})?\s*\(\s*[\d.,]+")
NUMBER_MARK = re.compile(r"\(\d{1,2}\)")
YEAR = re.compile(r"(?:19|20)\d\d")
DIGIT = re.compile(r"\d")
# A column of spacers that pushes a label in shows like some two characters of indent.
SPACER_INDENT = 2
LONGEST_FIGURE = 40


def grids_of(rows: list[HtmlRow]) -> list[Grid]:
    """The table as a grid, more than one where other headings of columns come further down.

    A figure is one cell, its digits the first piece; the figures of a column share extents.
    """
    texts = [cell.text for row in rows for cell in row.cells]
    parted = any(OPEN_FIGURE.fullmatch(text) is not None for text in texts if "(" in text and text[-1] != ")")
    grid_rows = [
        grid_row for row in rows for grid_row in _rows_of(_marks_joined(row.cells, parted), after_empty=row.parted)
    ]
    extents = _column_extents(grid_rows)
    labels_end = _labels_end(grid_rows)
    placed = [_placed(row, extents, labels_end) for row in grid_rows]
    return [Grid(tuple(part)) for part in _parts(placed, labels_end)]


def _labels_end(rows: list[GridRow]) -> int:
    """The first column of figures: one that stands at the very left of other cells is a label (``10.1``, ``-``)."""
    lefts = [cell.left for row in rows for cell in row.cells[len(row.cells) > 1 :] if is_figure(cell.text)]
    return min(lefts, default=0)


def _parts(rows: list[GridRow], labels_end: int) -> Iterator[list[GridRow]]:
    """The rows up to each row that heads columns anew; one that only says the same headings again is left out."""
    part: list[GridRow] = []
    heads: list[GridRow] = []
    in_body = False
    for row in rows:
        if not _heads_columns(row, labels_end):
            if not in_body and any(is_figure(cell.text) for cell in row.cells):
                in_body = True
                part = [*_still_over(heads, part), *part]
                heads = [head for head in part if _heads_columns(head, labels_end)]
        elif in_body and _texts(row) in map(_texts, heads):
            continue
        elif in_body:
            yield part
            part, in_body = [], False
        part.append(row)
    yield part


def _still_over(heads: list[GridRow], part: list[GridRow]) -> list[GridRow]:
    """The outermost headings of the part before that stay in force over one with fewer: none that tell a time."""
    outer = heads[: max(len(heads) - len(part), 0)] if part else []
    return [row for row in outer if not any(read_time(cell.text) for cell in row.cells)]


def _texts(row: GridRow) -> list[str]:
    return [cell.text for cell in row.cells]


def _heads_columns(row: GridRow, labels_end: int) -> bool:
    """Whether all cells stand over figures, and say words or years."""
    over = all(cell.left >= labels_end for cell in row.cells)
    return over and all(not is_figure(cell.text) or YEAR.fullmatch(cell.text) for cell in row.cells)


def _marks_joined(cells: list[HtmlCell], parted: bool) -> list[HtmlCell]:
    """The cells with a footnote mark in a cell of its own put to what stands before it: ``(1)`` is no figure there.

    A mark is raised, or it has both its parentheses in a table whose figures have theirs ``parted`` over two cells.
    """
    joined: list[HtmlCell] = []
    for cell in cells:
        if joined and NUMBER_MARK.fullmatch(cell.text) and (parted or cell.flags & SUP):
            before = joined[-1]
            joined[-1] = replace(before, right=cell.right, lines=before.lines + cell.lines)
        else:
            joined.append(cell)
    return joined


def _placed(row: GridRow, extents: list[tuple[int, int]], labels_end: int) -> GridRow:
    """The row with its figures at their columns; a row that begins past the labels has nothing to indent."""
    indent = row.indent if row.cells[0].left < labels_end else 0
    cells = tuple([_aligned(cell, extents) for cell in row.cells])
    return GridRow(cells, indent, row.rule, row.strong, row.parted)


def _rows_of(cells: list[HtmlCell], *, after_empty: bool) -> Iterator[GridRow]:
    """The row, and before it a row of its own for a label that spans several: it heads them all."""
    spanning = cells[0]
    if len(cells) > 2 and spanning.rowspan > 1 and not is_figure(spanning.text) and not is_figure(cells[1].text):
        yield GridRow((_grid_cell(spanning, spanning.text),), _indent(spanning), parted=after_empty)
        cells, after_empty = cells[1:], False
    yield GridRow(tuple(_merged(cells)), _indent(cells[0]), "", bool(cells[0].flags & BOLD), after_empty)


def _indent(cell: HtmlCell) -> int:
    return max(0, round(cell.indent)) + SPACER_INDENT * cell.left


@remembered
def is_figure(text: str) -> bool:
    """Whether a cell prints a figure; asked of every cell several times."""
    return len(text) <= LONGEST_FIGURE and (read_figure(text) is not None or read_range(text) is not None)


def _merged(cells: list[HtmlCell]) -> Iterator[GridCell]:
    """The cells with the parts of a figure joined: ``$`` or ``(`` before the digits, ``)`` or ``%`` after them."""
    texts = [cell.text for cell in cells]
    opens = [text[-1:] in _OPEN_ENDS and OPENS_FIGURE.fullmatch(text) is not None for text in texts]
    closes = [text[:1] in _CLOSE_STARTS and CLOSES_FIGURE.fullmatch(text) is not None for text in texts]
    index = 0
    while index < len(cells):
        taken = _figure_of(texts, index, opens, closes) if opens[index] or True in closes[index + 1 : index + 2] else 1
        if taken > 1:
            yield _joined(cells[index : index + taken], texts[index : index + taken])
        else:
            yield _grid_cell(cells[index], texts[index])
        index += max(taken, 1)


def _figure_of(texts: list[str], index: int, opens: list[bool], closes: list[bool]) -> int:
    """How many cells from ``index`` on are one figure: 0 or 1 where it stands alone or is none."""
    opening = 0
    while index + opening < len(texts) and opening < 2 and opens[index + opening]:
        opening += 1
    best, text = 0, ""
    for count in range(1, min(5, len(texts) - index + 1)):
        at = index + count - 1
        if count > opening + 1 and (not closes[at] or YEAR.fullmatch(text)):
            break
        text += texts[at]
        if is_figure(text):
            best = count
    return best


def _joined(cells: list[HtmlCell], texts: list[str]) -> GridCell:
    """One figure of several cells, its digits the first piece: that is the place to cite."""
    pieces = [piece for cell in cells for piece in cell.pieces]
    return GridCell(cells[0].left, cells[-1].right, _digits_first(pieces), "".join(texts))


def _grid_cell(cell: HtmlCell, text: str) -> GridCell:
    pieces = cell.pieces
    parted = len(pieces) > 1 and is_figure(text)
    return GridCell(cell.left, cell.right, _digits_first(pieces) if parted else pieces, text)


def _digits_first(pieces: Iterable[Cell]) -> tuple[Cell, ...]:
    """The pieces, first those that a reader sees digits in, then a nil dash, then signs: ``&#36;`` is one."""
    return tuple(sorted(pieces, key=lambda piece: _rank(unescape(piece.text))))


def _rank(text: str) -> int:
    if DIGIT.search(text):
        return 0
    return 2 if OPENS_FIGURE.fullmatch(text) or CLOSES_FIGURE.fullmatch(text) else 1


def _column_extents(rows: list[GridRow]) -> list[tuple[int, int]]:
    """Disjoint extents of the columns of figures, from left to right.

    A figure with ``$`` and ``)`` covers more columns than one without: those that overlap are one column, as long as
    no row has two figures in it.
    """
    figures = [[(cell.left, cell.right) for cell in row.cells if is_figure(cell.text)] for row in rows]
    extents: list[tuple[int, int]] = []
    for left, right in sorted({extent for row in figures for extent in row}):
        if extents and left < extents[-1][1]:
            extents[-1] = (extents[-1][0], max(right, extents[-1][1]))
        else:
            extents.append((left, right))
    crowded = {at for row in figures for at in _taken_twice([left for left, _ in row], extents)}
    return [extent for at, extent in enumerate(extents) if at not in crowded]


def _taken_twice(lefts: list[int], extents: list[tuple[int, int]]) -> Iterator[int]:
    """The extents, by their number, in which two of the figures of a row begin."""
    starts, taken = [start for start, _ in extents], set[int]()
    for left in lefts:
        at = bisect_right(starts, left) - 1
        if at >= 0 and left < extents[at][1]:
            if at in taken:
                yield at
            taken.add(at)


def _aligned(cell: GridCell, extents: list[tuple[int, int]]) -> GridCell:
    """A figure with its column's extent, any other cell as it is."""
    if not is_figure(cell.text):
        return cell
    for left, right in extents:
        if left <= cell.left and cell.right <= right:
            return GridCell(left, right, cell.pieces, cell.text)
    return cell


def goes_on(before: Grid, after: Grid) -> bool:
    """Whether a table is the rest of the one before: it has no headings of columns and figures in the same columns."""
    for row in after.rows:
        if any(is_figure(cell.text) for cell in row.cells):
            break
        if len(row.cells) > 1 or row.cells[0].left > 0:
            return False
    own, others = _figure_columns(after), _figure_columns(before)
    meets = [[other for other in others if other[0] < right and left < other[1]] for left, right in own]
    return bool(own) and all(meets) and not _headed(after.rows)


def _figure_columns(grid: Grid) -> set[tuple[int, int]]:
    return {(cell.left, cell.right) for row in grid.rows for cell in row.cells if is_figure(cell.text)}


def _headed(rows: tuple[GridRow, ...]) -> bool:
    """Whether the first row with figures is a row of years: that is a heading."""
    first = next((row for row in rows if any(is_figure(cell.text) for cell in row.cells)), None)
    return first is not None and all(YEAR.fullmatch(cell.text) for cell in first.cells if is_figure(cell.text))
