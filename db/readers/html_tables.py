"""Tables of HTML: what goes into one that is open, and what a finished one is: figures, or a layout of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from db.model import Block, Cell, Grid, Paragraph
from db.readers.html_cells import HtmlCell, HtmlRow
from db.readers.html_grid import grids_of, is_figure
from db.readers.html_paragraphs import MARK, paragraph_of
from db.readers.markup import CENTERED, LINK, Line, Look
from grammar.chunks import remembered
from grammar.figures import is_absent

WORD = re.compile(r"[^\W\d_]{2}")
YEAR = re.compile(r"(?:19|20)\d\d")
SIGNS = re.compile(r"[$(\u20ac\u00a3]|\)|\)?%\)?")  # of a figure, in a cell of their own
LONG = 300
SHORT = 100
# Spans further right than this are no layout that anybody sees.
MOST_COLUMNS = 1000


@dataclass(slots=True)
class OpenTable:
    """A table whose end hasn't come: its rows, the row and cell being read, and rowspans that reach further down."""

    rows: list[HtmlRow] = field(default_factory=list)
    row: HtmlRow | None = None
    cell: HtmlCell | None = None
    reach: dict[int, int] = field(default_factory=dict)
    parted: bool = False

    def start_row(self) -> None:
        """Begin a row, ending the one before."""
        self.end_row()
        self.row = HtmlRow()

    def start_cell(self, seen: Look) -> HtmlCell:
        """Begin a cell at the first column that no cell of this row or from above takes."""
        row, left = self._place(seen)
        cell = self.cell = HtmlCell(left, row.width, seen.rowspan)
        row.cells.append(cell)
        return cell

    def skip_cell(self, seen: Look) -> None:
        """Leave the columns of a cell free that holds nothing and reaches into no other row."""
        self._place(seen)

    def _place(self, seen: Look) -> tuple[HtmlRow, int]:
        """The row and the column where the next cell begins; the row's width goes on behind that cell."""
        if self.row is None:
            self.row = HtmlRow()
        left = self.row.width
        while self.reach and left < MOST_COLUMNS and self.reach.get(left, 0) > 0:
            left += 1
        self.row.width = left + seen.colspan
        return self.row, left

    def end_row(self) -> None:
        """Keep the row unless it is empty, and count down the rowspans from above."""
        row, self.row, self.cell = self.row, None, None
        if row is None:
            return
        if self.reach:
            self.reach = {column: rows - 1 for column, rows in self.reach.items() if rows > 1}
        for cell in row.cells:
            if cell.rowspan > 1 and cell.right <= MOST_COLUMNS:
                self.reach.update(dict.fromkeys(range(cell.left, cell.right), cell.rowspan - 1))
        row.cells = [cell for cell in row.cells if cell.lines or cell.nested]
        if row.cells:
            row.parted = self.parted
            self.rows.append(row)
        self.parted = not row.cells


def table_blocks(rows: list[HtmlRow]) -> list[Block]:
    """The blocks that a finished table comes to: one grid with the words around it, or the words that it lays out."""
    if any(isinstance(block, Grid) for row in rows for cell in row.cells for _, block in cell.nested):
        return [block for row in rows for cell in row.cells for block in _words_and_tables(cell)]
    for row in rows:
        for cell in row.cells:
            held = (block for _, block in cell.nested)
            cell.lines.extend(Line(block.text, block.pieces) for block in held if isinstance(block, Paragraph))
    rows = [split for row in rows for split in _stacked(row)]
    if not _has_figures(rows):
        return [block for row in rows for block in _words(row)]
    if _is_contents(rows):
        return [Paragraph(pieces, text, "furniture") for pieces, text in map(_joined, rows)]
    first, last = _figures_between(rows)
    titles = first + _titles(rows[first:last])
    before = [block for row in rows[:first] for block in _words(row)]
    above = [Paragraph(pieces, text, "caption") for pieces, text in map(_joined, rows[first:titles])]
    after = [block for row in rows[last:] for block in _words(row)]
    return [*before, *above, *grids_of(rows[titles:last]), *after]


def _words_and_tables(cell: HtmlCell) -> Iterator[Block]:
    """What a cell that holds tables lays out, in the order of the page."""
    at = 0
    for before, block in cell.nested:
        yield from (paragraph_of(line) for line in cell.lines[at:before])
        yield block
        at = before
    yield from (paragraph_of(line) for line in cell.lines[at:])


def _stacked(row: HtmlRow) -> list[HtmlRow]:
    """A row whose figures are stacked with line breaks, one row for each level; any other row as it is."""
    labels, others = row.cells[0], row.cells[1:]
    levels = len(labels.lines)
    if levels < 2 or not any(_is_stack(cell) for cell in others):
        return [row]
    if all(len(cell.lines) in {1, levels} for cell in row.cells):
        return [_level([(cell, n) for cell in row.cells if n < len(cell.lines)]) for n in range(levels)]
    if not all(_parts_of_figures(cell) and set(cell.levels) <= set(labels.levels) for cell in others):
        return [row]
    return [
        _level([(cell, cell.levels.index(level)) for cell in row.cells if level in cell.levels])
        for level in labels.levels
    ]


def _is_stack(cell: HtmlCell) -> bool:
    return len(cell.lines) > 1 and all(is_figure(line.text) for line in cell.lines)


def _parts_of_figures(cell: HtmlCell) -> bool:
    """Whether each line of a cell is a figure or the sign of one, and it is known how deep each stands."""
    known = len(cell.levels) == len(cell.lines)
    return known and all(is_figure(line.text) or SIGNS.fullmatch(line.text) for line in cell.lines)


def _level(cells: list[tuple[HtmlCell, int]]) -> HtmlRow:
    """The row of one level: each cell with the line that it has there."""
    return HtmlRow([HtmlCell(cell.left, cell.right, 1, cell.lines[at : at + 1]) for cell, at in cells])


def _has_figures(rows: list[HtmlRow]) -> bool:
    """Whether a row has a figure to the right of words, or several rows have two figures or more."""
    rows_of_figures = 0
    for row in rows:
        texts = [cell.text for cell in row.cells]
        nil = len(texts) > 1 and all(map(is_figure, texts[1:]))
        figures = [index for index, text in enumerate(texts) if _counts_as_figure(text) or (nil and index)]
        named = any(WORD.search(cell.text) for cell in row.cells[: figures[-1]]) if figures else False
        if named:
            return True
        rows_of_figures += len(figures) > 1
    return rows_of_figures > 1


@remembered
def _counts_as_figure(text: str) -> bool:
    return is_figure(text) and any(char.isdigit() for char in text) and not YEAR.fullmatch(text)


def _is_contents(rows: list[HtmlRow]) -> bool:
    """Whether it is a table of contents: most rows with a figure lead by link to another page of the document."""
    counted = [row for row in rows if row.cells[-1].text.isdigit()]
    linked = [row for row in counted if any(cell.flags & LINK for cell in row.cells)]
    return len(counted) > 1 and len(linked) * 2 > len(counted)


def _figures_between(rows: list[HtmlRow]) -> tuple[int, int]:
    """The rows (from, to) without the long texts that the same ``<table>`` holds before and after its figures."""
    first, last = 0, len(rows)
    while first < last and len(rows[first].cells) == 1 and len(rows[first].cells[0].text) > LONG:
        first += 1
    while last > first and _is_note(rows[last - 1]):
        last -= 1
    return first, last


def _titles(rows: list[HtmlRow]) -> int:
    """How many rows at the top are one cell that lies over labels and figures alike: they title the table."""
    figures = [cell.left for row in rows for cell in row.cells if _counts_as_figure(cell.text)]
    count = 0
    while figures and len(rows[count].cells) == 1:
        cell = rows[count].cells[0]
        if cell.left > 0 or cell.right <= min(figures) or is_figure(cell.text):
            break
        count += 1
    return count


def _is_note(row: HtmlRow) -> bool:
    """Whether a row is a footnote or running text: words with no figure, long or led by a mark."""
    if any(_counts_as_figure(cell.text) or is_absent(cell.text) for cell in row.cells[1:]):
        return False
    text = _joined(row)[1]
    return len(text) > LONG or (MARK.match(text) is not None and WORD.search(text) is not None)


def _joined(row: HtmlRow) -> tuple[tuple[Cell, ...], str]:
    cells = row.cells
    return tuple(piece for cell in cells for piece in cell.pieces), " ".join(cell.text for cell in cells)


def _words(row: HtmlRow) -> Iterator[Block]:
    """The paragraphs of a row without figures: short cells are one, as are a mark and its words."""
    leading = row.cells[0].text
    marked = len(row.cells) > 1 and (len(leading) <= 4 or MARK.fullmatch(leading) is not None)
    if marked or (len(row.cells) > 1 and all(len(cell.text) < SHORT for cell in row.cells)):
        pieces, text = _joined(row)
        yield paragraph_of(Line(text, pieces, row.cells[-1].flags & ~CENTERED))
        return
    for cell in row.cells:
        for line in cell.lines:
            yield paragraph_of(replace(line, flags=line.flags & ~CENTERED) if len(row.cells) > 1 else line)
