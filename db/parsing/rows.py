"""Rows step: labels joined over their lines, and over each row the headings that are in force."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from db.model import Cell, GridCell, GridRow
from db.parsing.columns import Extent, nearest
from db.parsing.continued import says_again
from db.parsing.draft import Draft, Heading, Row, Table, Value
from db.parsing.entities import names_entity
from db.parsing.headings import Headings, is_section
from db.parsing.labels import UNFINISHED, cells_of, join_label, take_marks
from db.parsing.scales import read_scale
from db.parsing.stubs import Stubs, kind_of, stubs_of
from db.parsing.units_said import heading_unit
from db.parsing.values import RawValue
from grammar.chunks import remembered
from grammar.dates import read_time

STARTS_LOWER = re.compile(r"\(?[a-z]")
LEADERS = re.compile(r"\s*\.{2,}\s*$|(?:\s\.)+\s*$")
COUNT = re.compile(r"\d{1,3}(?:,\d{3})+\b")  # a label begins with none of these: it goes on with it
SHARES = re.compile(r"^(?:authorized|issued)\b.*\d,\d{3}|^[-\s\d,]+,\d{3} shares\b", re.IGNORECASE)
DASHED = re.compile(r"(?:[-\u2013\u2014] ?){1,2}(?:basic|diluted)\b", re.IGNORECASE)  # "- -" as mail writes a dash
IN_MIDDLE = re.compile(r"(?:OF|AND|OR|BEFORE|AFTER|BY|WITH|TO)\b")
BRACKETED = re.compile(r"\([^()]*[A-Za-z][^()]*\)")  # a label that only qualifies: (GAAP)
LIST_ITEM = re.compile(r"[a-z][.)]\s", re.IGNORECASE)


@dataclass(slots=True)
class Words:
    """A line of a label that has no figures (yet)."""

    text: str
    cells: tuple[Cell, ...]
    indent: int
    right: int
    parted: bool  # a blank or a rule stands before it
    ruled: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads the body rows of one table in their order."""

    table: Table
    limit: int
    extents: list[Extent]  # of the columns
    headings: Headings = field(default_factory=Headings)
    waiting: list[Words] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    summed: list[str] = field(default_factory=list)  # the rows above the last rule
    parted: bool = True
    ruled: bool = False
    log: list[str] = field(default_factory=list)
    stubs: Stubs | None = None

    def goes_on_from(self, before: _Reader) -> None:
        """Take over the headings in force where the end of a page cut the table, and the rows since the last."""
        self.headings, self.above, self.summed = before.headings, before.above, before.summed
        for said in self.table.over_page:
            self.waiting.append(Words(said.text, said.pieces, said.pieces[0].start, said.pieces[-1].end, parted=True))

    def read(self) -> None:
        """Fill the table's rows."""
        self.stubs = stubs_of(self.table)
        for number, row in enumerate(self.table.body):
            if row.rule or not row.cells:
                self.parted = True
                if row.rule:
                    self.ruled = True
                    self.summed, self.above = (self.above, []) if self.above else (self.summed, [])
                continue
            words, values = self.table.read[number]
            self.parted = self.parted or row.parted
            if values:
                self._figures(number, row, words, values)
            elif words:
                self._words(row, words)
            self.parted, self.ruled = False, False
        self._headings_from(self.waiting, None)

    def _words(self, row: GridRow, words: list[GridCell]) -> None:
        """A row without figures: a heading, or a line of the label below; one that ends the label above joins that."""
        label = [cell for cell in words if not self._is_over(cell)] or words[:1]
        text = " ".join(cell.text for cell in label)
        if says_again(text, self.table.title):
            return
        cells = tuple(piece for cell in label for piece in cell.pieces)
        rows = self.table.rows
        ends_above = rows and not self.waiting and not self.parted and STARTS_LOWER.match(text) and rows[-1].label
        if ends_above and self._scales_below(text, row):
            ends_above = False
        if ends_above and not LIST_ITEM.match(text) and rows[-1].number == self._number(row) - 1:
            last = rows[-1]
            last.label, marks = take_marks(join_label([last.label, text]))
            last.cells, last.marks = last.cells + cells, last.marks + marks
            return
        self.waiting.append(
            Words(text, cells, self._indent(row, label), label[-1].right, self.parted, self.ruled or row.strong)
        )

    def _scales_below(self, text: str, row: GridRow) -> bool:
        """Whether a line in brackets at the margin of the row above tells what the rows below it are counted by."""
        above = self.table.rows[-1].cells
        return not self.table.exact and bool(above) and row.indent <= above[0].start and _tells_scale(text)

    def _indent(self, row: GridRow, label: list[GridCell]) -> int:
        """How far a label stands in: by its column of text, or as a row of HTML says."""
        return row.indent if self.table.exact or not label else label[0].left

    def _number(self, row: GridRow) -> int:
        return next(i for i, other in enumerate(self.table.body) if other is row)

    def _is_over(self, cell: GridCell) -> bool:
        """Whether a cell of words stands over the columns of figures rather than among the labels."""
        first = self.table.columns[0].left
        return cell.left >= first and any(cell.left < c.right and c.left < cell.right for c in self.table.columns)

    def _figures(self, number: int, row: GridRow, words: list[GridCell], values: list[RawValue]) -> None:
        """A row with figures; words between figures begin another panel of the table, with a label of its own."""
        values, label = (values, "") if words else self._named_by_figure(values)
        start = values[0].left
        left = self._of_two_columns([cell for cell in words if cell.left < start])
        panels = [cell for cell in words if cell.left >= start and self._begins_panel(cell, values)]
        text = label or " ".join([cell.text for cell in left])
        cells = cells_of([cell.pieces for cell in left])
        if not left and number in self.table.row_years and self.table.rows:
            before = self.table.rows[-1]  # one label for the rows of several years
            self.table.rows.append(replace(before, number=number, values=self._placed(values)))
            return
        right = left[-1].right if left else start
        part = Words(text, cells, self._indent(row, left), right, self.parted, self.ruled) if text else None
        self._take(number, part, values if not panels else [v for v in values if v.left < panels[0].left])
        for at, panel in enumerate(panels):
            upto = panels[at + 1].left if at + 1 < len(panels) else 1 << 30
            marked = take_marks(panel.text)
            placed = self._placed([v for v in values if panel.left < v.left < upto])
            path = self.table.rows[-1].path
            self.table.rows.append(Row(number, marked[0], panel.pieces, marked[1], path, placed))

    def _of_two_columns(self, left: list[GridCell]) -> list[GridCell]:
        """The label's cells where labels have two columns: a first that heads a group is pushed as a heading."""
        kind = kind_of(self.stubs, left)
        if not kind:
            return left
        first, second = left
        if kind == "labels":
            return [first]
        text, marks = take_marks(first.text)
        self._headings_from(self.waiting, None)
        self.waiting = []
        self.headings.push(Heading(text, first.pieces, marks, first.left, 0), colon=False)
        return [second]

    def _named_by_figure(self, values: list[RawValue]) -> tuple[list[RawValue], str]:
        """A row whose label is itself a number (a year of maturity): the first figure, far left of all columns."""
        first = values[0].cell.text
        named = 1 < len(values) == len(self.table.columns) and values[0].left <= 8
        return (values[1:], first) if named and len(first) == 4 and first.isdigit() else (values, "")

    def _begins_panel(self, cell: GridCell, values: list[RawValue]) -> bool:
        """Whether words behind a figure label the figures behind them."""
        behind = [value for value in values if value.left > cell.left]
        before = [value for value in values if value.left < cell.left]
        return bool(behind and before) and len(cell.text) > 3 and cell.text[0].isalpha()

    def _take(self, number: int, part: Words | None, values: list[RawValue]) -> None:
        """Make the row: what waits above it is the beginning of its label, or headings."""
        lines = [part] if part else []
        if self.waiting:
            joined = len(self.waiting) - self._joined(part)
            self._headings_from(self.waiting[:joined], part)
            lines = self.waiting[joined:] + lines
            self.waiting = []
        label, marks = _label(join_label([line.text for line in lines]))
        cells = cells_of([line.cells for line in lines])
        indent = lines[0].indent if lines else 0
        path = self.headings.over(label, indent, unlabelled=not label)
        above = tuple(self.above if label or self.above else self.summed)
        counted = self.table.row_units.get(number, "")
        self.table.rows.append(Row(number, label, cells, marks, path, self._placed(values), above, counted=counted))
        self.headings.close(label, indent, unlabelled=not label)
        self.above.append(label)

    def _joined(self, below: Words | None) -> int:
        """How many of the waiting lines are the beginning of the label whose last line is ``below``."""
        count = 0
        parted = below.parted if below else self.parted
        for line in reversed(self.waiting):
            if parted or not self._goes_on(line, below):
                break
            count += 1
            below, parted = line, line.parted
        return count

    def _goes_on(self, line: Words, below: Words | None) -> bool:
        """Whether a line without figures goes on in the one below."""
        if line.text.endswith(":"):
            return False
        if below is None:
            return not self.ruled
        if STARTS_LOWER.match(below.text) and not LIST_ITEM.match(below.text):
            return True
        if DASHED.match(below.text) and below.indent <= line.indent and not self._has_siblings(below):
            return not self._comes_again(line)
        if _counts_shares(line.text) or (_counts_shares(below.text) and not is_section(line.text)):
            return True
        if names_entity(line.text) or self._heads(line, below):
            return False
        if BRACKETED.fullmatch(below.text) and below.indent > line.indent:
            return not self._has_siblings(below)
        if IN_MIDDLE.match(below.text) and is_section(line.text) and is_section(below.text):
            return True
        if UNFINISHED.search(line.text) or line.text.count("(") > line.text.count(")"):
            return True
        if below.indent < line.indent or (is_section(line.text) and not is_section(below.text)):
            return False
        if below.text[:1].isdigit() and (line.text[:1].isalpha() or COUNT.match(line.text)):
            return below.indent > line.indent or line.text[:1].isdigit()
        first = below.text.split(" ", 1)[0]
        full = line.right + 1 + len(first) > self.limit >= line.right - 2
        if self.table.exact or below.indent <= line.indent or not full:
            return False
        return not self._has_siblings(below) and not self._comes_again(line)

    def _comes_again(self, line: Words) -> bool:
        """Whether the table has the same line without figures elsewhere, over rows that begin further in."""
        body = [row for row in self.table.body if row.cells and not row.rule]
        for at, row in enumerate(body[:-2]):
            below, then = body[at + 1], body[at + 2]
            if len(row.cells) == 1 and row.cells[0].text == line.text and row.cells[0].pieces[0] != line.cells[0]:
                return row.indent < below.indent == then.indent and len(below.cells) > 1 and len(then.cells) > 1
        return False

    def _has_siblings(self, below: Words) -> bool:
        """Whether the row after the one of a label's line begins as far in: then that line is no end of a label."""
        at = below.cells[0].line if below.cells else 0
        later = (row for row in self.table.body if row.cells and not row.rule and row.cells[0].pieces[0].line > at)
        following = next(later, None)
        return following is not None and following.indent == below.indent and len(following.cells) > 1

    def _heads(self, line: Words, below: Words) -> bool:
        """Whether a heading in force stands as far in as the line does, and its rows as far as the line below."""
        return any(
            heading.child == below.indent > heading.indent == line.indent and heading.rank < 2
            for heading in self.headings.stack
        )

    def _headings_from(self, lines: list[Words], below: Words | None) -> None:
        """Waiting lines as headings, wrapped ones joined."""
        group: list[Words] = []
        for line in [*lines, None]:
            if line is not None and group and self._heading_goes_on(group[-1], line):
                group.append(line)
                continue
            if group:
                self._push(group, line or below)
            group = [line] if line is not None else []

    def _heading_goes_on(self, line: Words, below: Words) -> bool:
        return not below.parted and self._goes_on(line, below)

    def _push(self, group: list[Words], below: Words | None) -> None:
        text, marks = take_marks(join_label([line.text for line in group]))
        cells = cells_of([line.cells for line in group])
        if text:
            indent = group[0].indent
            apart = (
                below is None
                or below.indent > indent
                or below.parted
                or group[0].parted
                or names_entity(text)
                or bool(read_time(text))
                or _tells_scale(text)
                or (self.table.exact and group[0].ruled and not below.ruled)  # bold over rows that are not
            )
            if not apart and not text.endswith(":") and not is_section(text):
                self.log.append(f"line {cells[0].line}: {text[:60]!r} has no figure")
                return
            self.headings.push(Heading(text.rstrip(":").strip(), cells, marks, indent, 0), text.endswith(":"))
            self.above, self.summed = [], []

    def _placed(self, values: list[RawValue]) -> list[Value]:
        """The figures in their columns, no two in one."""
        reach = 0 if self.table.exact else 6
        placed: list[Value] = []
        taken: set[int] = set()
        for value in values:
            index = nearest(value.left, value.right, self.extents, reach, taken)
            if index is None:
                self.log.append(f"line {value.cell.line}: {value.cell.text!r} stands in no column")
                continue
            taken.add(index)
            placed.append(Value(index, value.cell, value.figure, value.marks, value.upto))
        return placed


def _counts_shares(text: str) -> bool:
    """Whether a line tells how many shares there are: it is of the label of their stock, and heads no rows."""
    return SHARES.search(text) is not None


def _tells_scale(text: str) -> bool:
    """Whether a line is brackets alone that tell by what figures are counted: ``(in millions)``, ``(per share)``."""
    bracketed = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return bracketed and (read_scale(text) is not None or bool(heading_unit(text)))


@remembered
def _label(text: str) -> tuple[str, tuple[str, ...]]:
    """A row's label without its dotted leader, its marks and its colon, and the marks."""
    label, marks = take_marks(LEADERS.sub("", text).rstrip())
    return label.rstrip(":").strip() if len(label) > 1 else label, marks


def rows(draft: Draft) -> None:
    """Fill the rows of every table; what stands in no column or has no figure is logged."""
    before: _Reader | None = None
    for table in draft.tables:
        limit = max((cells[0].right for row in table.body if not row.rule and (cells := row.cells)), default=0)
        limit = min(limit, table.columns[0].left)
        reader = _Reader(table, limit, [(column.left, column.right) for column in table.columns])
        if before is not None and before.table.number == table.number:
            reader.goes_on_from(before)
        reader.read()
        draft.log.extend(reader.log)
        before = reader
