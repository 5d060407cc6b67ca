"""Blocks step: each part as paragraphs and grids; HTML parts bring theirs, ASCII parts are read from their lines."""

from __future__ import annotations

from db.parsing.draft import Draft
from db.parsing.furniture import mark_furniture
from db.parsing.schedules import hide_rows, is_schedule
from db.parsing.text_blocks import joined, text_blocks
from db.readers.text import read_lines


def blocks(draft: Draft) -> None:
    """Fill ``draft.blocks`` by the number of the part."""
    split = draft.source.text.split("\n")
    for part in draft.source.parts:
        if part.blocks is not None:
            draft.blocks[part.part.number] = joined(list(part.blocks))
            continue
        lines = read_lines(split, *part.lines, markup=part.markup)
        if is_schedule(lines):
            draft.schedules.append(hide_rows(lines))
        mark_furniture(lines)
        draft.blocks[part.part.number] = text_blocks(lines)
