"""The lines of an ASCII table to a Grid: rows of cells, the headings widened over the columns that they head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from db.model import Cell, Grid, GridCell, GridRow
from db.parsing.columns import Extent, find_columns, nearest, spans
from db.readers.chunks import VALUES, Chunk
from db.readers.text import Line
from grammar.dates import only_time, read_time
from grammar.figures import read_figure

_CHANGE = re.compile(r"%|per\s?cent\b|change\b|variance\b|increase\b|decrease\b|inc\b|dec\b|\(?dec", re.IGNORECASE)
_SPANNED = re.compile(r"(?:months?|quarters?|years?|weeks|period)?\s*(?:ended|ending)", re.IGNORECASE)
_NUMBERED = re.compile(r"\(\d")
_LEADERS = re.compile(r"(?:\s?\.){4,}")
ASTRAY = 24  # twice as far as a heading over several columns strays from their middle
_MARKED = re.compile(r"\s*\([\dA-Za-z]\)$")
_NOTHING = GridRow(())
_RULES = re.compile(r"[-=_]{2,}")
_ENDS_FIGURE = "0123456789)"
_GLUED = re.compile(r"\s((?:\$\s?)?\(?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?)$")


def text_grid(header: list[Line], body: list[Line]) -> Grid:
    """A grid whose header rows carry extents of columns; blank lines stay as rows without cells."""
    columns = find_columns([[(v.left, v.right) for v in line.figures] for line in body if line.kind == "figures"])
    rows = [*_header_rows(header, columns)]
    for line in body:
        if line.kind == "rule":
            rows.append(_rule_row(line))
        elif not line.chunks:
            rows.append(_NOTHING)
        else:
            rows.extend(_body_rows(line, columns))
    return Grid(tuple(rows))


def _header_rows(lines: list[Line], columns: list[Extent]) -> list[GridRow]:
    """The rows of the heading; a rule below a heading says how far that reaches."""
    rows: list[GridRow] = []
    for index, line in enumerate(lines):
        if line.kind == "rule":
            rows.append(_rule_row(line))
            continue
        below = lines[index + 1].chunks if index + 1 < len(lines) else ()
        finer = any(len(_headings(later)) == len(columns) for later in lines[index + 1 :])
        if line.chunks:
            rules = [rule for chunk in below for rule in _rules_in(chunk)]
            rows.append(_header_row(line, rules, columns, finer=finer))
    return rows


def _rules_in(chunk: Chunk) -> Iterator[Extent]:
    """The extents of the rules that a chunk is made of, one blank between two."""
    if chunk.kind == "rule":
        for match in _RULES.finditer(chunk.text):
            yield chunk.left + match.start(), chunk.left + match.end()


def _header_row(line: Line, rules: list[Extent], columns: list[Extent], *, finer: bool) -> GridRow:
    """One row of the heading with the rules in the line below; what stands left of all columns is the stub and keeps
    its own extent. ``finer`` says that a row below has a heading for each column."""
    chunks = [*_with_marks(line)]
    zone = columns[0][0] if columns else 0
    stub = [c for c in chunks if c.right <= zone - 1 and (c is chunks[0] and c.left < max(zone - 14, 12))]
    over = [chunk for chunk in chunks if chunk not in stub]
    edges = [_underlined(chunk, rules, over) for chunk in over]
    ruled = len(rules) == len(over) and _reaches_further(over, edges)
    groups = _groups(over, columns) if finer and not ruled else []
    found = groups or spans(edges, columns, not ruled and _spans_several(over, columns))
    cells = [*_cells(line, stub)]
    for chunk, edge, span in zip(over, edges, found, strict=True):
        cell = _cell(line, chunk)
        cells.append(GridCell(*((columns[span[0]][0], columns[span[1]][1]) if span else edge), cell.pieces, cell.text))
    return GridRow(tuple(cells), line.left)


def _with_marks(line: Line) -> Iterator[Chunk]:
    """The chunks of a heading but its rules, a footnote mark as part of what it stands behind: ``1994 (1)``."""
    held: Chunk | None = None
    for chunk in line.chunks:
        if chunk.kind == "mark" and held is not None:
            held = Chunk(held.start, chunk.end, held.left, chunk.right, line.text[held.start : chunk.end], "text")
            continue
        if held is not None:
            yield held
        held = chunk if chunk.kind != "rule" else None
    if held is not None:
        yield held


def _spans_several(over: list[Chunk], columns: list[Extent]) -> bool:
    """Whether fewer headings than columns stand for all of them: a span of time without its day does."""
    if len(over) == 1 and len(columns) > 1:
        middle = (columns[0][0] + columns[-1][1]) / 2
        return abs((over[0].left + over[0].right) / 2 - middle) <= 8 or (
            bool(read_time(over[0].text))
            and over[0].left <= middle
            and over[0].right - columns[0][0] > 0.4 * (columns[-1][1] - columns[0][0])
        )
    if all(_SPANNED.fullmatch(chunk.text) for chunk in over):
        return True
    timed = [words for chunk in over if (words := read_time(chunk.text)) or not _CHANGE.match(chunk.text)]
    return bool(timed) and all(w and w.date is None and (w.months or w.as_of or w.ytd or w.month_day) for w in timed)


def _underlined(chunk: Chunk, rules: list[Extent], row: list[Chunk]) -> Extent:
    """The extent of the rule below a heading, where it is under this one alone and longer; else the heading's own."""
    for left, right in rules:
        if sum(left < other.right and other.left < right for other in row) > 1:
            continue
        if left < chunk.right and chunk.left < right and right - left >= chunk.right - chunk.left:
            return (left, right) if len(rules) > 1 or left > 12 else (chunk.left, chunk.right)
    return chunk.left, chunk.right


def _headings(line: Line) -> list[Chunk]:
    """The chunks of a heading's line that are no rules."""
    return [chunk for chunk in line.chunks if chunk.kind != "rule"]


def _groups(over: list[Chunk], columns: list[Extent]) -> list[tuple[int, int]]:
    """The columns under each of headings that stand over the middle of as many columns each; else none."""
    if not over or len(columns) % len(over):
        return []
    each = len(columns) // len(over)
    if each < 2:
        return []
    groups = [(at, at + each - 1) for at in range(0, len(columns), each)]
    years = all(only_time(_MARKED.sub("", chunk.text)) for chunk in over)
    for chunk, (first, last) in zip(over, groups, strict=True):
        left, right, middle = columns[first][0], columns[last][1], chunk.left + chunk.right
        off = abs(middle - left - right)
        nearest_one = min(abs(middle - start - end) for start, end in columns[first : last + 1])
        if off > ASTRAY or chunk.right <= left or right <= chunk.left or not (years or off < nearest_one):
            return []
    return groups


def _reaches_further(over: list[Chunk], edges: list[Extent]) -> bool:
    """Whether rules below headings tell more than the words: one that is as long as they are only underlines them."""
    return any(right - left > chunk.right - chunk.left for chunk, (left, right) in zip(over, edges, strict=True))


def _body_rows(line: Line, columns: list[Extent]) -> list[GridRow]:
    """A line as a row; words beside rules are two rows, the rules first."""
    chunks: Sequence[Chunk] = line.chunks
    rules = [chunk for chunk in chunks if chunk.kind == "rule"]
    if not rules:
        return [GridRow(tuple(_body_cells(line, chunks, columns)), line.left)]
    words = [chunk for chunk in chunks if chunk.kind != "rule"]
    cells = _body_cells(line, words, columns) if words else []
    return [GridRow(_cells(line, rules), rule=_sign(rules[0].text)), GridRow(tuple(cells), line.left)]


def _body_cells(line: Line, chunks: Sequence[Chunk], columns: list[Extent]) -> list[GridCell]:
    """The cells of a row: its label parted from a figure that touches it, a mark put to the figure before it."""
    first = chunks[0]
    parted = _parted(line, first, columns) if first.text[-1] in _ENDS_FIGURE else None
    cells = parted or [_cell(line, first)]
    for at, (before, chunk) in enumerate(pairwise(chunks)):
        if chunk.kind == "mark" and _NUMBERED.match(chunk.text) and _marks(before, chunk, columns):
            cells[-1] = _marked(line, cells[-1], chunk)
            continue
        second = not at and before.kind == chunk.kind == "text" and chunk.text[-1] in _ENDS_FIGURE
        parted = _parted(line, chunk, columns) if second else None
        if parted:
            cells.extend(parted)
        else:
            cells.append(_cell(line, chunk))
    return cells


def _parted(line: Line, chunk: Chunk, columns: list[Extent]) -> list[GridCell] | None:
    """A label that touches its first figure, cut in two; None unless it lines up with a column that is still free."""
    match = _GLUED.search(chunk.text) if chunk.kind == "text" and len(columns) > 1 and not line.source else None
    if match:
        shift = chunk.left - chunk.start
        left, right = chunk.start + match.start(1) + shift, chunk.end + shift
        free = nearest(left, right, columns, 0)
        taken = {nearest(v.left, v.right, columns, 3) for v in line.figures}
        lines_up = free is not None and abs(columns[free][1] - right) <= 1 and free not in taken
        if lines_up and taken and read_figure(match[1]):
            at = chunk.start + match.start(1)
            label = chunk.text[: match.start()].rstrip()
            first = Cell(line.number, chunk.start, chunk.start + len(label), label)
            return [
                GridCell(chunk.left, chunk.left + len(label), (first,), label),
                GridCell(left, right, (Cell(line.number, at, chunk.end, match[1]),), match[1]),
            ]
    return None


def _marks(figure: Chunk, mark: Chunk, columns: list[Extent]) -> bool:
    """Whether a number in brackets marks the figure before it, and is none of the column behind that one's."""
    if figure.kind not in VALUES or mark.left == figure.right:
        return figure.kind in VALUES
    own, behind = (nearest(chunk.left, chunk.right, columns, 0) for chunk in (figure, mark))
    return behind is None or behind == own


def _marked(line: Line, cell: GridCell, mark: Chunk) -> GridCell:
    """A figure with the footnote mark behind it: it stands where it stood without."""
    start = cell.pieces[0].start
    place = line.place(start, mark.end)
    text = f"{cell.text}{mark.text}" if line.source else place.text
    return GridCell(cell.left, cell.right, (place,), text)


def _rule_row(line: Line) -> GridRow:
    return GridRow(_cells(line, line.chunks), line.left, _sign(line.text))


def _sign(text: str) -> str:
    return "=" if "=" in text else "-"


def _cell(line: Line, chunk: Chunk) -> GridCell:
    """A chunk as a cell that is as wide as it stands on the page."""
    text = chunk.text
    place = line.place(chunk.start, chunk.end) if line.source else Cell(line.number, chunk.start, chunk.end, text)
    return GridCell(chunk.left, chunk.right, (place,), _plain(text) if chunk.kind == "text" else text)


def _cells(line: Line, chunks: Sequence[Chunk]) -> tuple[GridCell, ...]:
    return tuple([_cell(line, chunk) for chunk in chunks])


def _plain(text: str) -> str:
    """Words without the dots that lead from them to their figures."""
    if "  " in text or ".." in text or " . ." in text:
        return " ".join(_LEADERS.sub(" ", text).split())
    return text
