"""An ASCII part as blocks: paragraphs, and grids with the captions above them, each line in exactly one block.

A table is found by figures that line up. It ends where running text or a note begins, where the markup ends it, or
where another heading of columns follows.
"""

from __future__ import annotations

import re

from db.model import Block, Grid, Paragraph
from db.parsing.lines_read import SENTENCE_END, is_header_line, join_lines
from db.parsing.scales import read_scale
from db.parsing.statements import statement_of
from db.parsing.stretches import NOTE, Stretch, stretches
from db.parsing.text_grid import text_grid
from db.readers.text import Line
from grammar.dates import read_time

LONG_TITLE = 52  # a title that is wider is likely to go on in the next line
COMPANY_END = re.compile(
    r"\b(?:company|corporation|corp\.?|incorporated|inc\.?|limited|ltd\.?|plc|l\.?p\.?|llc|subsidiar(?:y|ies))$",
    re.IGNORECASE,
)
INTRODUCES = re.compile(r"\b(?:follows?|following|is|are|was|were)\b.*:$", re.IGNORECASE)
LONGEST_HEADING = 75
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|follows?|following|below|includes?|consists?|comprises?|shows?|presents?|sets?"
    r"|summari[sz]es?|provides?|reconciles?)\b",
    re.IGNORECASE,
)
CENTRED = 10  # what begins further left is at the margin
TOO_FAR = 9  # so many blank lines part a table from what follows


class _Builder:
    """Collects stretches into blocks: ``pending`` may yet be captions of a table, ``table`` is the one that is open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pending: list[Stretch] = []
        self.table: list[Line] = []
        self.zone = 0

    def add(self, stretch: Stretch) -> None:
        """Take the next stretch of the part."""
        if stretch.kind == "figures":
            self._figures(stretch)
        elif stretch.kind == "loose" or (self.table and _heads_rows(stretch)):
            if stretch.blanks >= TOO_FAR:
                self.close()
            self.pending.append(stretch)
        elif stretch.kind == "edge":
            waiting = [] if "/" in stretch.lines[0].text else self.pending
            self.pending = self.pending[:0] if waiting else self.pending
            self.close()
            self.pending = waiting
        elif stretch.kind == "furniture":
            self._furniture(stretch)
        elif stretch.kind != "break":
            self.close()
            starred = stretch.kind == "note" and stretch.lines[0].words.startswith("*")
            self.blocks.append(
                paragraph(stretch.lines, "bullet" if starred and not self._below_table() else stretch.kind)
            )

    def _below_table(self) -> bool:
        """Whether the last content above is a table or a note."""
        for block in reversed(self.blocks):
            if isinstance(block, Grid):
                return True
            if block.kind not in ("furniture", "note"):
                return False
        return False

    def close(self) -> None:
        """End the open table, if any; what was pending is headings and captions of their own."""
        if self.table:
            self.blocks.append(_grid(self.table, self.zone))
            self.table = []
        for stretch in self.pending:
            self._loose(stretch)
        self.pending = []

    def _loose(self, stretch: Stretch) -> None:
        if any(line.kind != "rule" for line in stretch.lines):
            self.blocks.append(paragraph(stretch.lines, "heading"))

    def _furniture(self, stretch: Stretch) -> None:
        block = paragraph(stretch.lines, "furniture")
        if self.table:
            self.blocks.append(block)
        else:
            for heading in self.pending:
                self._loose(heading)
            self.pending = []
            self.blocks.append(block)

    def _figures(self, stretch: Stretch) -> None:
        if self.table and self._goes_on(stretch):
            for label in self.pending:
                self.table.extend([_BLANK, *label.lines])
            self.pending = []
            self.table.extend([_BLANK, *stretch.lines])
            self.zone = min(self.zone, stretch.zone)
            return
        waiting, self.pending = self.pending, []
        if self.table:
            self.close()
        start = _first_of_table(waiting)
        for early in waiting[:start]:
            self._loose(early)
        self._open(waiting[start:], stretch)

    def _goes_on(self, stretch: Stretch) -> bool:
        """Whether the stretch belongs to the open table: no headings of columns, no centred titles between."""
        zone = max(self.zone, stretch.zone)
        lines = [line for waiting in self.pending for line in waiting.lines]
        for line in stretch.lines:
            if line.kind == "figures":
                break
            lines.append(line)
        if any(is_header_line(line, zone) for line in lines):
            return False
        if stretch.blanks >= TOO_FAR:
            return False
        return not any(_is_title_block(waiting) for waiting in self.pending)

    def _open(self, waiting: list[Stretch], stretch: Stretch) -> None:
        """Begin a table: lines up to the first heading of columns are its captions."""
        named = max((at + 1 for at, block in enumerate(waiting) if _names_table(block, stretch.zone)), default=0)
        for block in waiting[:named]:
            self._captions(block.lines)
        waiting = waiting[named:]
        heads = _last_heading(waiting, stretch)
        for block in waiting:
            if heads and any(is_header_line(line, stretch.zone) for line in block.lines):
                cut = next(i for i, line in enumerate(block.lines) if is_header_line(line, stretch.zone))
                self._captions(block.lines[:cut])
                self.table.extend([*block.lines[cut:], _BLANK])
            elif self.table or (not heads and block is waiting[-1] and _labels(block, stretch)):
                self.table.extend([*block.lines, _BLANK])
            else:
                self._captions(block.lines)
        lines = stretch.lines
        if heads and not self.table:
            cut = next(i for i, line in enumerate(lines) if is_header_line(line, stretch.zone))
            self._captions(lines[:cut])
            lines = lines[cut:]
        self.table.extend(lines)
        self.zone = stretch.zone

    def _captions(self, lines: list[Line]) -> None:
        """Lines above a table as captions: a centred title's lines each on their own, a wrapped one joined."""
        group: list[Line] = []
        for line in lines:
            if line.kind == "rule":
                continue
            if group and not _wraps(group, line):
                self.blocks.append(paragraph(group, "caption"))
                group = []
            group.append(line)
        if group:
            self.blocks.append(paragraph(group, "caption"))


_BLANK = Line(0, "", (), "blank")


def text_blocks(lines: list[Line]) -> list[Block]:
    """The blocks of a part in their order; a sentence that furniture cuts is one paragraph again."""
    builder = _Builder()
    for stretch in stretches(lines):
        builder.add(stretch)
    builder.close()
    return joined(builder.blocks)


def _first_of_table(waiting: list[Stretch]) -> int:
    """The first of the pending stretches that can be captions: those before a far gap are not."""
    for index in range(len(waiting) - 1, 0, -1):
        if waiting[index].blanks >= TOO_FAR:
            return index
    return 0


def _last_heading(waiting: list[Stretch], stretch: Stretch) -> bool:
    """Whether any line above the first figures heads columns."""
    lines = [line for block in waiting for line in block.lines]
    for line in stretch.lines:
        if line.kind == "figures":
            break
        lines.append(line)
    return any(is_header_line(line, stretch.zone) for line in lines)


def _names_table(block: Stretch, zone: int) -> bool:
    """Whether lines set in the middle name a company: what stands above them heads no columns of the table below."""
    lines = [line for line in block.lines if line.kind != "rule"]
    if any(is_header_line(line, zone) for line in lines):
        return False
    return any(len(one.chunks) == 1 and one.left >= CENTRED and COMPANY_END.search(one.words) for one in lines)


def _labels(block: Stretch, stretch: Stretch) -> bool:
    """Whether the last loose lines before the figures are a heading among the labels rather than a title."""
    left = min(line.left for line in stretch.lines if line.kind == "figures")
    if INTRODUCES.search(block.words):
        return False
    return all(line.left <= left + 2 and line.right <= stretch.zone + 4 for line in block.lines) and block.blanks <= 2


def _heads_rows(stretch: Stretch) -> bool:
    """Whether a line that reads like text is a heading of rows: short, with a colon, and no sentence."""
    line = stretch.lines[0]
    alone = stretch.kind == "prose" and len(stretch.lines) == len(line.chunks) == 1 and line.left < CENTRED
    return alone and line.words.endswith(":") and len(line.words) <= LONGEST_HEADING and not _TELLS.search(line.words)


def _is_title_block(stretch: Stretch) -> bool:
    """Several centred lines: the title of a new table."""
    lines = [line for line in stretch.lines if line.kind != "rule"]
    return (
        len(lines) > 1 and all(line.left >= CENTRED and len(line.chunks) == 1 for line in lines) and stretch.blanks >= 2
    )


def _wraps(group: list[Line], line: Line) -> bool:
    """Whether a caption goes on in the next line: a bracket is open, or the line begins or ends in mid-phrase."""
    words = " ".join(one.words for one in group)
    if words.count("(") > words.count(")"):
        return True
    if COMPANY_END.search(words) or (statement_of(line.words) and not statement_of(words) and line.words[0].isupper()):
        return False
    if line.words[:1].islower() or re.search(r"(?:,|\band|\bof|\bto|\bfor|\bthe|\bin|\bby|-)$", words, re.IGNORECASE):
        return True
    return len(words) >= LONG_TITLE and not line.words.startswith("(") and not read_time(line.words)


def _grid(lines: list[Line], zone: int) -> Grid:
    """The grid of a table's lines: its heading ends with the last line that heads columns before the first figures."""
    first = next(i for i, line in enumerate(lines) if line.kind == "figures")
    heads = [i for i in range(first) if is_header_line(lines[i], zone)]
    cut = heads[-1] + 1 if heads else 0
    while heads and cut < first and (lines[cut].kind == "rule" or _is_aside(lines[cut])):
        cut += 1
    return text_grid(lines[:cut], lines[cut:])


def _is_aside(line: Line) -> bool:
    """Whether a line in brackets below the headings of columns tells the scale or that figures are unaudited."""
    return line.words.startswith("(") and (read_scale(line.words) is not None or "audited" in line.words)


def paragraph(lines: list[Line], kind: str) -> Paragraph:
    """Lines as a paragraph, their places kept; ``kind`` is a stretch's kind or a Paragraph's."""
    words = [line for line in lines if line.kind != "rule"]
    pieces = tuple(line.piece() for line in words)
    if kind == "prose":
        kind = "paragraph"
    said = zip(words, pieces, strict=True)
    text = join_lines([line.words if line.source else " ".join(piece.text.split()) for line, piece in said])
    return Paragraph(pieces, text, kind)  # type: ignore[arg-type]


def joined(blocks: list[Block]) -> list[Block]:
    """The blocks with a paragraph that furniture cuts in two made one; the furniture follows it."""
    done: list[Block] = []
    at = -1  # of the last block that is no furniture
    for block in blocks:
        before = done[at] if at >= 0 else None
        if (
            at < len(done) - 1
            and isinstance(before, Paragraph)
            and isinstance(block, Paragraph)
            and _goes_on(before, block)
        ):
            done[at] = Paragraph(before.pieces + block.pieces, join_lines([before.text, block.text]), before.kind)
        else:
            done.append(block)
            at = at if isinstance(block, Paragraph) and block.kind == "furniture" else len(done) - 1
    return done


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph is the rest of the one before the page's end."""
    if before.kind not in ("paragraph", "bullet", "note") or after.kind not in ("paragraph", "heading"):
        return False
    return not SENTENCE_END.search(before.text) and not NOTE.match(after.text) and after.text[:1].islower()
