"""A footnote mark points to a note that is there, and the note is about the row that carries the mark."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.checks.figure import Figure
from db.checks.finding import Finding, Spot, Verdict
from db.checks.naming import Mines
from db.checks.sheet import Sheet

KIND = "footnote"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of the filing and the lines that it stands in."""

    table: int | None
    mark: str
    text: str
    line: int


def check(sheet: Sheet) -> Iterator[Finding]:
    """The marks of every row, one finding a row and mark."""
    marked = [figure for figure in sheet.figures if figure.notes]
    if not marked:
        return
    notes = [Note(*row) for row in sheet.pages.notes()]
    mines = Mines(sheet.figures)
    seen = set()
    for figure in marked:
        for mark in figure.notes:
            key = (figure.table, figure.row, figure.label, mark)
            if key not in seen:
                seen.add(key)
                yield _finding(sheet, figure, mark, notes, mines)


def _finding(sheet: Sheet, figure: Figure, mark: str, notes: Sequence[Note], mines: Mines) -> Finding:
    note = _note_of(figure, mark, notes)
    if note is None:
        # Marks of another sort than the notes' own ("(A)" of the notes to the statements) lead to other places.
        sure = any(other.table == figure.table and other.mark.isdigit() == mark.isdigit() for other in notes)
        told = f"The mark ({mark}) points to no note of its table."
        return _made(sheet, figure, "NO", (), told, loose=not sure or mark.isalpha())
    place = (Spot(sheet.document, note.line),)
    named = mines.named(note.text) if figure.entity_kind == "mine" else []
    if named and figure.entity not in named and _is_own(sheet, figure, mark):
        about = " and ".join(named)
        told = f"The mark ({mark}) points to a note that is about {about}."
        return _made(sheet, figure, "NO", place, told)
    return _made(sheet, figure, "holds", place, f"The mark ({mark}) points to its note.")


def _note_of(figure: Figure, mark: str, notes: Sequence[Note]) -> Note | None:
    """The note of the figure's table, else the next one below it that has the mark."""
    same = [note for note in notes if note.mark == mark]
    return next((note for note in same if note.table == figure.table), None) or next(
        (note for note in same if note.line > figure.line), None
    )


def _is_own(sheet: Sheet, figure: Figure, mark: str) -> bool:
    """Whether the row's own label carries the mark, and not a heading over it."""
    lines = sheet.pages.lines
    for line, start, end in json.loads(sheet.pages.places(figure.id)).get("label", ()):
        text = lines[line - 1][start : end + len(mark) + 3]
        if f"({mark})" in text or text.rstrip().endswith(mark):
            return True
    return False


def _made(  # noqa: PLR0913, PLR0917
    sheet: Sheet, figure: Figure, verdict: Verdict, note: tuple[Spot, ...], told: str, loose: bool = False
) -> Finding:
    kind = f"loose: {KIND}" if loose else KIND
    return Finding(kind, verdict, None, None, "", sheet.document, figure, note, told, loose, plain=True)
