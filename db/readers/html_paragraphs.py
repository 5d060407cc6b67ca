"""What kind a paragraph of HTML is, first by how it looks and then by what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from db.model import Block, Grid, Paragraph
from db.readers.html_grid import goes_on
from db.readers.markup import BOLD, CENTERED, HEADING, LINK, LISTED, TINY, UNDERLINED, Line

PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?:[A-Z]{1,2}-)?\d{1,3}\s*[-–—]?(?:\s+of\s+\d{1,3})?|[ivx]{1,5}"
    r"|\(?[-–—]*\s*(?:more|continued|cont'?d)\s*[-–—]*\)?|#{2,}|\*(?:\s*\*){2,}",
    re.IGNORECASE,
)
BULLET = re.compile(r"[•·▪■●◦○◆►§\u2010\u2013\u2014-]\s+\S")
MARK = re.compile(r"\s*(\(\d{1,2}\)|\([a-z]\)|\*{1,4}|[†‡]+|\d{1,2}\.|[a-z]\.)(?=\s|$)")
NOTE_MARK = re.compile(r"(?:\(\d{1,2}\)|\([a-z]\)|\*{1,4}|[†‡]+)\s*\S")
CAPTION = re.compile(r"\(.{3,150}\)")
SENTENCE_END = re.compile(r"[.:;!?][\"'”’)]*$")
CONTACT = re.compile(r"\b\d{3}\)?[-./ ]{1,2}\d{3}[-. ]\d{4}\b|\bwww\.|https?:|\bfax\b", re.IGNORECASE)
LONGEST_FOOT = 250
HEADING_LENGTH = 200
MOST_CAPTIONS = 8
CENTERED_LENGTH = 120
# A bold line this short is a title even if it ends like a sentence (Item 2. Properties.).
SENTENCE_LENGTH = 90


def paragraph_of(line: Line) -> Paragraph:
    """The paragraph of one line that a reader sees, its kind by its look alone."""
    return Paragraph(line.pieces, line.text, _kind(line))  # type: ignore[arg-type]


def _kind(line: Line) -> str:
    text, flags = line.text, line.flags
    linked_title = flags & LINK and len(text) < 60
    if flags & TINY or linked_title or PAGE_NUMBER.fullmatch(text):
        return "furniture"
    if flags & LISTED or BULLET.match(text):
        return "bullet"
    if CAPTION.fullmatch(text):
        return "caption"
    if flags & (HEADING | BOLD) and len(text) <= SENTENCE_LENGTH:
        return "heading"
    titled = flags & (HEADING | BOLD | UNDERLINED) and len(text) <= HEADING_LENGTH
    centered = flags & CENTERED and len(text) <= CENTERED_LENGTH
    return "heading" if (titled or centered) and not text.endswith((".", ";")) else "paragraph"


def settle(blocks: list[Block]) -> list[Block]:
    """The blocks with what only their neighbours tell: captions, notes, paragraphs that a page's end cuts."""
    settled: list[Block] = []
    after_table = False
    running = _running_lines(blocks)
    for block in blocks:
        if isinstance(block, Paragraph) and block.text in running:
            settled.append(replace(block, kind="furniture"))
            continue
        if isinstance(block, Grid):
            after_table = True
            if _joined_table(settled, block):
                continue
            _caption(settled)
        elif after_table and block.kind in {"paragraph", "heading", "caption"} and NOTE_MARK.match(block.text):
            block = replace(block, kind="note")  # noqa: PLW2901
        elif block.kind != "furniture":
            after_table = False
            if _joined_over_page(settled, block):
                continue
        settled.append(block)
    return settled


def _running_lines(blocks: list[Block]) -> set[str]:
    """The lines that stand in the document twice or more and tell how to reach somebody: the foot of each page."""
    short = (block.text for block in blocks if isinstance(block, Paragraph) and len(block.text) <= LONGEST_FOOT)
    return {text for text, count in Counter(filter(CONTACT.search, short)).items() if count > 1}


def _caption(settled: list[Block]) -> None:
    """Make the headings that stand directly above a table its captions."""
    for index in range(len(settled) - 1, max(len(settled) - 1 - MOST_CAPTIONS, -1), -1):
        block = settled[index]
        if isinstance(block, Grid) or block.kind not in {"heading", "caption", "furniture"}:
            return
        if block.kind == "furniture" and index < len(settled) - 1 and not _is_furniture(settled[index + 1]):
            return
        if block.kind == "heading":
            settled[index] = replace(block, kind="caption")


def _joined_over_page(settled: list[Block], block: Paragraph) -> bool:
    """Whether the paragraph is the rest of one before the page's end; then it has been joined to it."""
    at = len(settled) - 1
    while at >= 0 and _is_furniture(settled[at]):
        at -= 1
    before = settled[at] if 0 <= at < len(settled) - 1 else None
    if not isinstance(before, Paragraph) or before.kind not in {"paragraph", "bullet", "note"}:
        return False
    if block.kind != "paragraph" or not block.text[:1].islower() or SENTENCE_END.search(before.text):
        return False
    settled[at] = replace(before, pieces=before.pieces + block.pieces, text=f"{before.text} {block.text}")
    return True


def _joined_table(settled: list[Block], grid: Grid) -> bool:
    """Whether the table goes on from one before the page's end; then it has been joined to it."""
    at = len(settled) - 1
    while at >= 0 and _is_furniture(settled[at]):
        at -= 1
    before = settled[at] if at >= 0 else None
    if not isinstance(before, Grid) or not goes_on(before, grid):
        return False
    settled[at] = Grid(before.rows + grid.rows)
    return True


def _is_furniture(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind == "furniture"
