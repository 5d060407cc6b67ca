"""What a filing becomes: places in a source, tables as they stand, and facts with their meaning.

A *place* is always a line (1-based) and columns (0-based, end exclusive) of the file as it was given, after decoding
and splitting at ``\\n`` alone (a ``\\r`` before it and tabs count as columns). Every figure, label and sentence keeps
its places from the reader to the answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from decimal import Decimal
from typing import Literal

from grammar.periods import Period
from grammar.records import record

Source = Literal["table", "text"]
Nature = Literal["actual", "guidance", "comparison", "change", "range", "guidance range", "aside"]
EntityKind = Literal["company", "mine", "segment", "other"]


@record
class Cell:
    """A run of text at its place: ``text`` is exactly what stands in ``line`` from ``start`` to ``end``."""

    line: int
    start: int
    end: int
    text: str


@record
class GridCell:
    """One cell of a table before it is understood.

    ``left`` and ``right`` (exclusive) are its extent across the table in the table's own coordinates: columns of text
    in an ASCII table, column numbers (colspans counted) in an HTML one. ``pieces`` are its places in the source, more
    than one where the text wraps or the markup cuts it; ``text`` is what a reader sees, white space folded.
    """

    left: int
    right: int
    pieces: tuple[Cell, ...]
    text: str


@record
class GridRow:
    """One row of a table; ``rule`` is ``-`` or ``=`` for a row that only draws lines (its cells are the lines).

    ``strong`` says that its label is set in bold, which tells a heading where the source knows of bold; ``parted`` that
    an empty row stands above it.
    """

    cells: tuple[GridCell, ...]
    indent: int = 0
    rule: str = ""
    strong: bool = False
    parted: bool = False


@record
class Grid:
    """A table as it stands in the source, its captions and headings among its rows or in the blocks before it."""

    rows: tuple[GridRow, ...]


@record
class Paragraph:
    """Running text: its places line by line; ``text`` has them joined and white space folded.

    ``kind``: paragraph, heading, bullet, caption (a line that titles a table), note (a footnote), furniture (page
    numbers, contact lines, running titles: kept so that nothing is dropped, never read as content).
    """

    pieces: tuple[Cell, ...]
    text: str
    kind: Literal["paragraph", "heading", "bullet", "caption", "note", "furniture"] = "paragraph"


Block = Grid | Paragraph


@record
class Part:
    """One document of a file: the whole of a plain release, one ``<DOCUMENT>`` of a full submission."""

    number: int
    type: str
    description: str
    line_start: int
    line_end: int
    format: Literal["text", "html"]


@record
class Note:
    """A footnote: ``mark`` as printed without parentheses, the ``table`` whose marks it explains (None: no table)."""

    mark: str
    text: str
    pieces: tuple[Cell, ...]
    table: int | None = None


@record
class Passage:
    """A paragraph, bullet, heading or note that full-text search finds; ``heading`` is the section it stands in."""

    text: str
    pieces: tuple[Cell, ...]
    kind: str
    heading: str = ""
    forward_looking: bool = False


@record
class Name:
    """A name that the filing gives to an entity: ``said`` (a nickname, a ticker, a place) means ``entity``."""

    said: str
    entity: str
    entity_kind: EntityKind
    relation: Literal["name", "short", "ticker", "place", "metal", "abbreviation"]
    cell: Cell | None = None


@record
class Fact:
    """One figure with its meaning.

    ``value`` is exact, signed and in base units (dollars, ounces, tons, shares: scale applied); ``cell.text`` is the
    figure as printed. ``label`` is the row's own label without footnote marks, ``heading_path`` the headings in force
    from the outermost in, ``column`` the text over the column. ``metric`` is a lexicon id, None where the lexicon does
    not know the label: the fact is then found by its own words. ``notes`` are the marks on the label or the headings.
    ``nature``: a result, a plan, a change that a sentence or a column tells, an end of a ``range`` (or of a planned
    one), or an ``aside``, the result of no period of the company (supposed, of many years, of others). The ends of a
    range have "from" and "to" as (the first word of) their ``qualifier`` and stand one behind the other.
    """

    cell: Cell
    value: Decimal
    unit: str
    label: str
    label_cells: tuple[Cell, ...] = ()
    header_cells: tuple[Cell, ...] = ()
    heading_path: tuple[str, ...] = ()
    column: str = ""
    table: int | None = None
    table_title: str = ""
    row: int = 0
    column_number: int = 0
    source: Source = "table"
    nature: Nature = "actual"
    statement: str | None = None
    metric: str | None = None
    metal: str | None = None
    entity: str | None = None
    entity_kind: EntityKind | None = None
    basis: str | None = None
    period: Period | None = None
    qualifier: str | None = None
    nil: bool = False
    scale: int = 1
    notes: tuple[str, ...] = ()
    sentence: str = ""
    sentence_cells: tuple[Cell, ...] = ()


@record
class Filing:
    """A file that was read: what it says of itself, its text as it stands, and everything found in it."""

    document: str
    path: str
    sha256: str
    text: str
    format: str
    company: str | None = None
    ticker: str | None = None
    title: str | None = None
    released: dt.date | None = None
    exhibit: str | None = None
    period_end: dt.date | None = None
    form: str | None = None
    filed: dt.date | None = None
    accession: str | None = None
    cik: str | None = None
    fiscal_year_end: str | None = None
    parts: tuple[Part, ...] = ()
    names: tuple[Name, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    passages: tuple[Passage, ...] = ()
    log: tuple[str, ...] = field(default=())
