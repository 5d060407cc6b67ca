"""What kind a paragraph of HTML is, first by how it looks and then by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.model import Block, Grid, Paragraph
from db.readers.markup import BOLD, CENTERED, HEADING, LINK, LISTED, TINY, UNDERLINED, Line

PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?:[A-Z]{1,2}-)?\d{1,3}\s*[-–—]?(?:\s+of\s+\d{1,3})?|[ivx]{1,5}", re.IGNORECASE
)
BULLET = re.compile(r"[•·▪■●◦○◆►§\u2010\u2013\u2014-]\s+\S")
MARK = re.compile(r"\s*(\(\d{1,2}\)|\([a-z]\)|\*{1,4}|[†‡]+|\d{1,2}\.|[a-z]\.)(?=\s|$)")
NOTE_MARK = re.compile(r"(?:\(\d{1,2}\)|\([a-z]\)|\*{1,4}|[†‡]+)\s*\S")
CAPTION = re.compile(r"\(.{3,150}\)")
HEADING_LENGTH = 200
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


def settle(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the kinds that only their neighbours tell: notes follow a table or another note."""
    after_table = False
    for block in blocks:
        if isinstance(block, Grid):
            after_table = True
            yield block
            continue
        if after_table and block.kind in {"paragraph", "heading", "caption"} and NOTE_MARK.match(block.text):
            yield replace(block, kind="note")
            continue
        if block.kind != "furniture":
            after_table = after_table and block.kind == "note"
        yield block
