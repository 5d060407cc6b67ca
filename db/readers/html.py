"""HTML documents to blocks whose every piece keeps its place in the source file.

Tags are read one after the other, with the elements and tables that are open on two stacks; a paragraph is emitted as
soon as a block tag ends it and a table as soon as it closes, so that memory never holds a tree.
"""

from __future__ import annotations

import re

from db.model import Block, Paragraph
from db.readers.html_cells import HtmlCell
from db.readers.html_paragraphs import paragraph_of, settle
from db.readers.html_tables import OpenTable, table_blocks
from db.readers.markup import BREAK, PLAIN, TINY, TOKEN, Line, Look, Places, Run, look

OPENS_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
HTML_TAG = re.compile(r"</(?:td|p|div|font|span|b|center|tr)>|<br\s*/?>|<(?:td|tr|p|div|font)[\s>]", re.IGNORECASE)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCK_TAGS = HEADINGS | {
    *("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "center", "blockquote", "pre", "hr", "page"),
    *("html", "body", "form", "section", "article", "header", "footer", "main"),
}
CELL_TAGS = frozenset(("td", "th"))
STYLED = (BLOCK_TAGS - {"hr", "page"}) | CELL_TAGS | {"span", "font", "b", "strong", "a", "sup", "u", "i", "em"}
SKIPPED = frozenset({"script", "style", "title", "ix:header", "svg", "object", "noscript"})
# White space that shows nothing where a paragraph or cell begins; most of a filing's runs are such.
FOLDED = frozenset(("\n", " ", "\n\n", "\r\n", " \n"))
EMPTY = frozenset(("", "&nbsp;", "&#160;", "\u00a0", " ", "\n"))  # what cells hold that only keep others apart
# A cell without markup inside, as most are, and the white space before it.
WHOLE_CELL = re.compile(r"\s*+<(td|th|TD|TH)(?![\w:.-])((?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>([^<]*+)</\1>")
MOST_OPEN = 300
MOST_NESTED = 40
NEVER_HIDDEN = CELL_TAGS | {"img", "br", "hr", "table", "body", "html"}


BEHIND_IMAGES = "too small to be seen (words behind images)"


def looks_like_html(text: str) -> bool:
    """Whether a document is HTML: it opens as such, or is full of its tags (EDGAR's ASCII has only TABLE, S and C)."""
    return OPENS_HTML.search(text, 0, 8192) is not None or len(HTML_TAG.findall(text, 0, 65536)) > 5


def read_html(content: str, first_line: int) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of an HTML document that begins at ``first_line`` of the file, and what the log should say of it."""
    reader = HtmlReader(content, first_line)
    reader.read()
    log = []
    if reader.tiny:
        log.append(f"{reader.tiny} paragraphs {BEHIND_IMAGES} are kept but give no facts")
    return tuple(settle(reader.blocks)), tuple(log)


class HtmlReader:
    """Reads one document; ``blocks`` is what came of it, ``tiny`` counts the paragraphs that nobody sees."""

    def __init__(self, content: str, first_line: int) -> None:
        self.content = content
        self.places = Places(content, first_line)
        self.blocks: list[Block] = []
        self.tiny = 0
        self.tables: list[OpenTable] = []
        self.runs: list[Run] = []
        self.elements: list[tuple[str, Look, int]] = []  # each with the flags in force inside it
        self.flags = 0
        self.never_closed: set[str] = set()
        self.too_deep = 0

    def read(self) -> None:
        """Read the document to its end, closing whatever the file left open."""
        content, position = self.content, 0
        while match := TOKEN.search(content, position):
            start, end = match.span()
            if start > position and (self.runs or content[position:start] not in FOLDED):
                self.runs.append((position, start, self.flags))
            position = end
            closes, tag, attributes, odd_closes, odd_tag, odd_attributes = match.groups("")
            if closes or odd_closes:
                self._end((tag or odd_tag).lower())
            elif tag or odd_tag:
                position = self._start((tag or odd_tag).lower(), attributes or odd_attributes, position)
        if position < len(content):
            self.runs.append((position, len(content), self.flags))
        while self.tables:
            self._end_table()
        self._flush()

    def _start(self, tag: str, attributes: str, position: int) -> int:
        """Take a start tag in; the offset to read on from, later than ``position`` if its content is hidden."""
        if tag in SKIPPED:
            return self._matching_end(tag, position)
        seen = look(tag, attributes) if attributes or tag in STYLED else PLAIN
        closed = attributes.endswith("/")
        if seen.hidden and not closed and tag not in NEVER_HIDDEN:
            return self._hidden(tag, position)
        if tag == "br":
            self._break()
        elif tag in CELL_TAGS:
            return self._start_cell(tag, seen, position)
        elif tag == "tr":
            self._end_cell()
            if self.tables:
                self.tables[-1].start_row()
                return self._whole_cells(position)
        elif tag == "table" and len(self.tables) < MOST_NESTED:
            self._flush()
            self.tables.append(OpenTable())
            self._open(tag, PLAIN)
        elif tag == "table":
            self.too_deep += 1
        elif tag in BLOCK_TAGS:
            self._flush()
            if tag == "p":
                self._close("p")
        if tag in STYLED and not closed and tag not in CELL_TAGS:
            self._open(tag, seen)
        return position

    def _end(self, tag: str) -> None:
        if tag in CELL_TAGS:
            self._end_cell()
        elif tag == "tr":
            self._end_cell()
            if self.tables:
                self.tables[-1].end_row()
        elif tag == "table" and self.too_deep:
            self.too_deep -= 1
        elif tag == "table":
            if self.tables:
                self._end_table()
        elif tag in BLOCK_TAGS:
            self._flush()
            self._close(tag)
        elif tag in STYLED:
            self._close(tag)

    def _open(self, tag: str, seen: Look) -> None:
        """Note an element as open; where hundreds were never closed the oldest no longer counts."""
        if len(self.elements) >= MOST_OPEN and self.elements[0][0] not in CELL_TAGS | {"table"}:
            del self.elements[0]
        self.flags = self.flags & ~seen.clears | seen.flags
        self.elements.append((tag, seen, self.flags))

    def _close(self, tag: str) -> None:
        """Close the innermost ``tag`` and what is open inside it; never across the cell or table that it stands in."""
        for index in range(len(self.elements) - 1, -1, -1):
            name = self.elements[index][0]
            if name == tag:
                del self.elements[index:]
                self.flags = self.elements[-1][2] if self.elements else 0
                return
            if name == "table" or name in CELL_TAGS:
                return

    def _hidden(self, tag: str, position: int) -> int:
        """The offset behind an element that nobody sees; a row that is none ends the one before it."""
        if tag == "tr":
            self._end_cell()
            if self.tables:
                self.tables[-1].start_row()
        return self._matching_end(tag, position)

    def _matching_end(self, tag: str, position: int) -> int:
        """The offset after the end tag that closes this one; ``position`` where none does: then nothing is skipped."""
        if tag in self.never_closed:
            return position
        depth = 1
        for match in re.compile(rf"<(/?){re.escape(tag)}\b[^<>]*>", re.IGNORECASE).finditer(self.content, position):
            depth += -1 if match[1] else int(not match[0].endswith("/>"))
            if not depth:
                return match.end()
        self.never_closed.add(tag)
        return position

    def _break(self) -> None:
        """A line break; two in a row end a paragraph outside tables."""
        last = next((run for run in reversed(self.runs) if run == BREAK or self._shows(run)), None)
        if last == BREAK and not self.tables:
            self._flush()
        else:
            self.runs.append(BREAK)

    def _shows(self, run: Run) -> bool:
        return len(self.places.blank(run[0], run[1])) < run[1] - run[0]

    def _flush(self) -> None:
        """End the paragraph being read: into the open cell, else among the blocks."""
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        cell = self.tables[-1].cell if self.tables else None
        if cell is not None:
            self._into_cell(cell, runs)
            return
        line = self.places.line(runs, self._indent(), running=True)
        if line is None:
            return
        self.tiny += bool(line.flags & TINY)
        # Text between the rows of a table stands before it: browsers move it there as well.
        outer = next((table.cell for table in reversed(self.tables[:-1]) if table.cell), None)
        if outer:
            outer.hold([paragraph_of(line)])
        else:
            self.blocks.append(paragraph_of(line))

    def _indent(self) -> float:
        """The indent of the open elements, counted from the cell that they stand in."""
        total = 0.0
        for tag, seen, _ in reversed(self.elements):
            total += seen.indent
            if tag in CELL_TAGS or tag == "table":
                break
        return total

    def _into_cell(self, cell: HtmlCell, runs: list[Run]) -> None:
        indent = self._indent()
        while runs:
            end = runs.index(BREAK) if BREAK in runs else len(runs)
            line = self.places.line(runs[:end], indent)
            if line is not None:
                cell.lines.append(line)
                cell.levels.append(cell.depth)
            cell.depth += 1
            runs = runs[end + 1 :]

    def _start_cell(self, tag: str, seen: Look, position: int) -> int:
        """Begin a cell; one without markup inside is read whole: the offset after it and others like it then."""
        self._end_cell()
        if not self.tables:
            return position
        stop = self.content.find("<", position)
        if self.content[stop : stop + 5].lower() == f"</{tag}>" and len(self.elements) < MOST_OPEN:
            self._whole_cell(seen, position, stop)
            return self._whole_cells(stop + 5)
        self.tables[-1].start_cell(seen)
        self._open(tag, seen)
        return position

    def _whole_cells(self, position: int) -> int:
        """Read the cells without markup that follow in the open row; the offset after them."""
        if len(self.elements) >= MOST_OPEN:
            return position
        content, cell_at, whole_cell = self.content, WHOLE_CELL.match, self._whole_cell
        while match := cell_at(content, position):
            tag, attributes, inside = match.groups()
            seen = look(tag.lower(), attributes)
            if seen.rowspan == 1 and inside in EMPTY:
                self.tables[-1].skip_cell(seen)
            else:
                whole_cell(seen, *match.span(3))
            position = match.end()
        return position

    def _whole_cell(self, seen: Look, start: int, end: int) -> None:
        """A cell whose content is one run of text: nothing is opened for it that would have to be closed again."""
        table = self.tables[-1]
        if seen.rowspan == 1 and self.content[start:end] in EMPTY:
            table.skip_cell(seen)
            return
        cell = table.start_cell(seen)
        run = start, end, self.flags & ~seen.clears | seen.flags
        line = self.places.plain_line(run, seen.indent) or self.places.line([run], seen.indent)
        if line is not None:
            cell.lines.append(line)
        table.cell = None

    def _end_cell(self) -> None:
        self._flush()
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell = None
            self._close_cell()

    def _close_cell(self) -> None:
        """Close the innermost cell and what is open inside it; never across the table that it stands in."""
        for index in range(len(self.elements) - 1, -1, -1):
            name = self.elements[index][0]
            if name in CELL_TAGS:
                del self.elements[index:]
                self.flags = self.elements[-1][2] if self.elements else 0
                return
            if name == "table":
                return

    def _end_table(self) -> None:
        self._end_cell()
        table = self.tables.pop()
        table.end_row()
        self._close("table")
        blocks = table_blocks(table.rows)
        cell = self.tables[-1].cell if self.tables else None
        if cell is None:
            self.blocks.extend(blocks)
        elif all(isinstance(block, Paragraph) for block in blocks):
            # A nested table without figures of its own only lays out the words of the cell that it stands in.
            cell.lines.extend(Line(block.text, block.pieces) for block in blocks if isinstance(block, Paragraph))
        else:
            cell.hold(blocks)
