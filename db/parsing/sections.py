"""The scale that a section states once for all its tables, in brackets under its heading: ``(dollars in millions)``.

Notes to statements and management's discussion do so; the tables in them say nothing of scale themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.model import Block, Grid, Paragraph
from db.parsing.scales import Scale, read_scale

LONGEST = 220


def section_scales(blocks: Sequence[Block]) -> list[Scale | None]:
    """For every block the scale of the section that it stands in, None where no section states one."""
    scales: list[Scale | None] = []
    current: Scale | None = None
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not _heads_table(blocks, index):
            current = _stated(block) or current
        scales.append(current)
    return scales


def _stated(block: Paragraph) -> Scale | None:
    """The scale that a bracketed line of its own states."""
    text = block.text
    bracketed = text.startswith("(") and text.endswith(")") and len(text) <= LONGEST
    return read_scale(text) if bracketed and block.kind != "furniture" else None


def _heads_table(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is among the captions of a table: it says its scale of that table alone."""
    for block in blocks[index + 1 : index + 12]:
        if isinstance(block, Grid):
            return True
        if block.kind not in {"caption", "heading", "furniture"}:
            return False
    return False
