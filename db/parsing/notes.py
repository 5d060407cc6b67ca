"""Notes step: footnotes, each given to the table whose marks it explains."""

from __future__ import annotations

import re

from db.model import Note, Paragraph
from db.parsing.draft import Draft, Table
from db.parsing.stretches import NOTE

_SUPERSCRIPT = re.compile(r"^([\u2020\u2021\u00b9\u00b2\u00b3])\s*(?=\w)")


def notes(draft: Draft) -> None:
    """Fill ``draft.notes``: of the tables above a note the nearest that carries its mark, else the nearest."""
    for blocks in draft.blocks.values():
        above: list[Table] = []
        carried: dict[int, set[str]] = {}  # the marks of a table, read once
        defined: set[tuple[int, str]] = set()
        for block in blocks:
            table = draft.table_of.get(id(block))
            if table is not None:
                above.append(table)
                continue
            if not isinstance(block, Paragraph) or block.kind != "note" or (found := mark_of(block.text)) is None:
                continue
            mark, text = found
            number = _table_of(mark, above, defined, carried)
            if number is not None:
                defined.add((number, mark))
            draft.notes.append(Note(mark, text, block.pieces, number))


def mark_of(text: str) -> tuple[str, str] | None:
    """A note's mark without its brackets, and its text; None for a paragraph that begins with none."""
    match = NOTE.match(text) or _SUPERSCRIPT.match(text)
    if not match:
        return None
    mark = next(group for group in match.groups() if group)
    return mark.lower(), text[match.end() :].strip()


def _table_of(mark: str, above: list[Table], defined: set[tuple[int, str]], carried: dict[int, set[str]]) -> int | None:
    """The nearest table above that carries the mark and has no note for it yet, else the nearest table at all."""
    for table in reversed(above[-6:]):
        if id(table) not in carried:
            carried[id(table)] = _marks(table)
        if mark in carried[id(table)] and (table.number, mark) not in defined:
            return table.number
    return above[-1].number if above else None


def _marks(table: Table) -> set[str]:
    """The marks that stand on a table's title, headings, labels and figures."""
    marks = set(table.title_marks)
    for column in table.columns:
        marks.update(column.marks)
    for row in table.rows:
        marks.update(row.marks, *(heading.marks for heading in row.path), *(value.marks for value in row.values))
    return marks
