"""The scale that a section states once for all its tables, in brackets under its heading: ``(dollars in millions)``.

Notes to statements and management's discussion do so; the tables in them say nothing of scale themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.model import Block, Grid, Paragraph
from db.parsing.scales import Scale, read_scale

LONGEST = 220
_OF_TABLES = re.compile(r"\(?tabular (?:information|amounts|data|dollars)\b", re.IGNORECASE)
_OF_NOTES = re.compile(r"(?:condensed )?notes to\b|management['\u2019]s discussion\b|financial review\b", re.IGNORECASE)


def section_scales(blocks: Sequence[Block]) -> list[Scale | None]:
    """For every block the scale of the section that it stands in, None where no section states one."""
    scales: list[Scale | None] = []
    current: Scale | None = None
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (_OF_TABLES.match(block.text) or not _heads_table(blocks, index)):
            current = _stated(block) or current
        scales.append(current)
    return scales


def _stated(block: Paragraph) -> Scale | None:
    """The scale that a bracketed line of its own states, or brackets behind the title of the notes."""
    text = block.text
    if block.kind == "furniture" or len(text) > LONGEST or not text.rstrip(":.").endswith(")"):
        return None
    titled = _OF_NOTES.match(text) or _OF_TABLES.match(text)
    return read_scale(text[text.rfind("(") :] if titled else text) if titled or text.startswith("(") else None


def _heads_table(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is among the captions of a table: it says its scale of that table alone."""
    for block in blocks[index + 1 : index + 12]:
        if isinstance(block, Grid):
            return True
        if block.kind not in {"caption", "heading", "furniture"}:
            return False
    return False
