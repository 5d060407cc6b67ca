"""What the steps of parsing fill in, one after the other, until it is a Filing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from db.model import (
    Block,
    Cell,
    EntityKind,
    Fact,
    Grid,
    GridCell,
    GridRow,
    Name,
    Nature,
    Note,
    Paragraph,
    Passage,
)
from db.parsing.entities import Entity
from db.parsing.scales import Scale
from db.parsing.values import RawValue
from db.readers.source import Source
from db.readers.text import Line
from grammar.dates import TimeWords
from grammar.figures import Figure
from grammar.periods import Period


@dataclass(slots=True)
class Value:
    """A figure in a row: its column, place, reading, and the footnote marks that stand at it."""

    column: int
    cell: Cell
    figure: Figure
    marks: tuple[str, ...] = ()
    upto: tuple[Cell, Figure] | None = None  # the other end of a range


@dataclass(slots=True)
class Heading:
    """A heading over rows: ``rank`` 0 is a section, higher ranks lie within; ``child`` is its first row's indent,
    ``inner`` that of the sections within it."""

    text: str
    cells: tuple[Cell, ...]
    marks: tuple[str, ...]
    indent: int
    rank: int
    child: int | None = None
    inner: int | None = None
    summed: bool = False  # its rows have been added up


@dataclass(slots=True)
class Row:
    """A row that has figures: the label is empty where the filing prints none (a subtotal).

    ``above`` are the labels of the rows since the last rule or heading; ``period`` is what the balances around it say,
    for columns that say nothing of time. ``counted`` is the unit that stands in a column of its own.
    """

    number: int
    label: str
    cells: tuple[Cell, ...]
    marks: tuple[str, ...]
    path: tuple[Heading, ...]
    values: list[Value]
    above: tuple[str, ...] = ()
    period: Period | None = None
    counted: str = ""

    @property
    def measured(self) -> str:
        """The label with the unit that stands beside it."""
        said = f", {self.counted}" if "(" in self.counted else f" ({self.counted})"
        return self.label + said if self.counted else self.label


@dataclass(slots=True)
class Column:
    """A column of figures: the headings over it and what they say."""

    left: int
    right: int
    cells: tuple[Cell, ...] = ()
    text: str = ""
    parts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    time: TimeWords = field(default_factory=TimeWords)
    period: Period | None = None
    nature: Nature = "actual"
    basis: str | None = None
    entity: str | None = None
    entity_kind: EntityKind | None = None
    metal: str | None = None


@dataclass(slots=True)
class Table:
    """A grid on its way to facts. ``lead`` is the paragraph above it; parts of one table share its ``number``."""

    number: int
    part: int
    grid: Grid
    exact: bool
    captions: list[Paragraph] = field(default_factory=list)
    lead: Paragraph | None = None
    over_page: list[Paragraph] = field(default_factory=list)  # headings of its rows that ended the page before it
    header: list[GridRow] = field(default_factory=list)
    body: list[GridRow] = field(default_factory=list)
    # words and figures of the body's rows
    read: list[tuple[list[GridCell], list[RawValue]]] = field(default_factory=list)
    stub: str = ""
    row_years: dict[int, int] = field(default_factory=dict)  # of rows that are years of the one label before them
    row_units: dict[int, str] = field(default_factory=dict)  # what stands in a column of units
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    told: bool = False  # the title is words of a sentence, no heading
    title_marks: tuple[str, ...] = ()
    statement: str | None = None
    unit: str = ""  # what a caption says in brackets that figures count: (million pounds)
    owner: Entity | None = None  # the mine that the title names
    of_places: bool = False  # its rows are mines and other places
    scale: Scale = field(default_factory=Scale)
    basis: str | None = None
    inherits: bool = False

    @property
    def said(self) -> str:
        """Everything that stands over the table's columns and rows."""
        return " ".join([*(block.text for block in self.captions), self.stub])


@dataclass(slots=True)
class Draft:
    """A filing while it is read; ``log`` says what was left out and why."""

    source: Source
    path: str
    document: str
    sha256: str
    blocks: dict[int, list[Block]] = field(default_factory=dict)
    schedules: list[list[Line]] = field(default_factory=list)  # of financial data schedules: a tag and its figures
    tables: list[Table] = field(default_factory=list)
    table_of: dict[int, Table] = field(default_factory=dict)
    company: str | None = None
    ticker: str | None = None
    title: str | None = None
    released: dt.date | None = None
    exhibit: str | None = None
    period_end: dt.date | None = None
    year_end: int = 12
    money: str = ""  # that the filing says all its amounts are in
    names: list[Name] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs of all parts in their order."""
        return [block for blocks in self.blocks.values() for block in blocks if isinstance(block, Paragraph)]


__all__ = ["Column", "Draft", "GridCell", "Heading", "Row", "Table", "Value"]
