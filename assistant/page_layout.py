"""The page of a filing: its HTML parts laid out, running text wrapped and tables in columns; ASCII as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.page import Layout, Page, Word, beside, words_of, wrapped
from db.model import Grid, GridCell, GridRow, Paragraph
from db.readers.html_grid import is_figure
from db.readers.submission import read_text

LABEL_WIDTH = 48
HEADING_WIDTH = 16
GAP = 2


def page_of(lines: Sequence[str], name: str) -> Page:
    """The page of a stored filing: itself where no part of it is HTML."""
    source = read_text("\n".join(lines), name)
    if all(part.blocks is None for part in source.parts):
        return Page(lines)
    layout = Layout()
    done = 0
    for part in source.parts:
        first, last = part.lines
        _as_it_stands(layout, lines, done + 1, first - 1 if part.blocks is not None else last)
        for block in part.blocks or ():
            _lay(layout, block)
        done = last
    _as_it_stands(layout, lines, done + 1, len(lines))
    return layout.page()


def _as_it_stands(layout: Layout, lines: Sequence[str], first: int, last: int) -> None:
    for number in range(first, last + 1):
        layout.as_it_stands(number, lines[number - 1])


def _lay(layout: Layout, block: Grid | Paragraph) -> None:
    if isinstance(block, Grid):
        layout.blank()
        lay_table(layout, block)
        layout.blank()
        return
    if block.kind != "bullet":
        layout.blank()
    layout.paragraph(words_of(block.text, block.pieces), 2 if block.kind == "bullet" else 0)


def lay_table(layout: Layout, grid: Grid) -> None:
    """A table with its labels at the left and each figure at the right end of its columns."""
    edges = _edges(grid)
    for row in grid.rows:
        cells = [(edges[cell.left], edges[cell.right], cell) for cell in row.cells]
        blocks = [list(_cell_lines(row, cell, left, right)) for left, right, cell in cells]
        height = max(map(len, blocks), default=0)
        for number in range(height):
            # Cells stand on the last line of their row, as figures do beside a label of several lines.
            parts = [block[number - height + len(block)] for block in blocks if number >= height - len(block)]
            layout.line(sorted((placed for part in parts for placed in part), key=lambda placed: placed[0]))


def _edges(grid: Grid) -> dict[int, int]:
    """Where each edge of the table's columns comes to stand, so that every cell has room."""
    cells = [(row, cell) for row in grid.rows for cell in row.cells]
    marks = sorted({edge for _, cell in cells for edge in (cell.left, cell.right)})
    index = {edge: number for number, edge in enumerate(marks)}
    widths = [0] * max(len(marks) - 1, 0)
    for row, cell in sorted(cells, key=lambda each: index[each[1].right] - index[each[1].left]):
        left, right = index[cell.left], index[cell.right]
        missing = _room(row, cell) - sum(widths[left:right])
        if missing > 0:
            widths[right - 1] += missing
    at, edges = 0, {}
    for number, edge in enumerate(marks):
        edges[edge] = at
        at += widths[number] if number < len(widths) else 0
    return edges


def _room(row: GridRow, cell: GridCell) -> int:
    """The least width of a cell with the gap before the next: a figure is never wrapped, words are."""
    longest = max(map(len, cell.text.split()), default=0)
    if is_figure(cell.text):
        return len(cell.text) + GAP
    indent = row.indent if cell is row.cells[0] else 0
    widest = LABEL_WIDTH if cell is row.cells[0] and cell.left == 0 else HEADING_WIDTH
    return indent + max(longest, min(len(cell.text), widest)) + GAP


def _cell_lines(row: GridRow, cell: GridCell, left: int, right: int) -> Iterator[list[tuple[int, Word]]]:
    """The lines of a cell: a label from the left, a figure or heading up to the right end of its columns."""
    if is_figure(cell.text):
        places = tuple((piece.line, piece.start, piece.end) for piece in cell.pieces)
        yield [(max(right - GAP - len(cell.text), left), Word(cell.text, places))]
        return
    indent = row.indent if cell is row.cells[0] else 0
    for line in wrapped(words_of(cell.text, cell.pieces), right - left - indent - GAP):
        length = sum(len(word.text) for word in line) + len(line) - 1
        begin = left + indent if cell.left == 0 else max(right - GAP - length, left)
        yield list(beside(line, begin))
