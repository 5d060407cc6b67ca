"""The cells of one row: which are words and which are figures, a figure's sign and bracket put back to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from db.model import Cell, GridCell, GridRow
from db.readers.preformatted import Shown, shown
from grammar.chunks import remembered
from grammar.figures import CURRENCY, Figure, is_absent, read_figure, read_range

MARKS = re.compile(
    r"(?:\s*(?:\((?:\d{1,2}|[a-z])(?:\s?,\s?(?:\d{1,2}|[a-z]))*\)|\[\d{1,2}\]|\*{1,4}|[\u2020\u2021\u00b9\u00b2\u00b3]))+",
    re.IGNORECASE,
)
MARK = re.compile(r"[a-z]\b|\d{1,2}|\*{1,4}|[\u2020\u2021\u00b9\u00b2\u00b3]", re.IGNORECASE)
YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
_SHORT_FRACTIONS = "\u00bd\u00bc\u00be\u215b\u215c\u215d\u215e"
_DIGIT = re.compile(r"\d")
_DASHES = ("-", "$", "(", "\u2013", "\u2014", "\u2012", "\u2212")
_OPENS, _CLOSES = frozenset(("(", "$(")), frozenset((")", "%", ")%", "%)"))
_Kind = Literal["blank", "sign", "opens", "closes", "figure", "range", "mark", "absent", "words"]
_SUPERSCRIPT = {"\u00b9": "1", "\u00b2": "2", "\u00b3": "3"}


@dataclass(slots=True)
class RawValue:
    """A figure in a row with its extent across the table, not yet in a column."""

    left: int
    right: int
    cell: Cell
    figure: Figure
    marks: tuple[str, ...] = ()
    upto: tuple[Cell, Figure] | None = None  # the other end of a range, which this is the first of


def marks_in(text: str) -> tuple[str, ...]:
    """The footnote marks of a run of marks, without their brackets: ``(1),(2)`` -> 1, 2."""
    return tuple(_SUPERSCRIPT.get(mark, mark).lower() for mark in MARK.findall(text))


def read_row(row: GridRow) -> tuple[list[GridCell], list[RawValue]]:
    """The cells of words and the figures of a row, in their order."""
    words: list[GridCell] = []
    values: list[RawValue] = []
    sign: GridCell | None = None
    opened = False
    for cell in row.cells:
        text = cell.text
        kind, figure, marks = _seen(text)
        if kind == "figure" and figure is not None:
            values.append(_value(cell, figure, marks, sign, opened))
        elif kind == "blank":
            continue
        elif kind == "sign":
            sign = cell
            continue
        elif kind == "opens" and not opened:
            opened, sign = True, cell if "$" in text else sign
            continue
        elif kind == "closes" and values:
            _close(values[-1], text)
            continue
        elif kind == "range" and (value := _range(cell, text.strip())):
            values.append(value)
        elif kind == "mark" and values and cell.left - values[-1].right <= 4:
            values[-1].marks += marks
        elif kind != "absent" and not (kind == "mark" and is_absent(text)):
            words.append(cell)
        sign, opened = None, False
    return words, values


@remembered
def _seen(text: str) -> tuple[_Kind, Figure | None, tuple[str, ...]]:
    """What a cell is by its text, its figure if it prints one, and its footnote marks."""
    text = text.strip()
    if not text:
        return "blank", None, ()
    if CURRENCY.fullmatch(text):
        return "sign", None, ()
    if text in _OPENS or text in _CLOSES:
        return "opens" if text in _OPENS else "closes", None, ()
    figure, marks = _figure(text)
    if figure is not None:
        return "figure", figure, marks
    if read_range(text):
        return "range", None, ()
    if MARKS.fullmatch(text) and not _DIGIT.match(text):
        return "mark", None, marks_in(text)
    return "absent" if is_absent(text) else "words", None, ()


def _figure(text: str) -> tuple[Figure | None, tuple[str, ...]]:
    """The figure of a cell, None where it is words, and the marks behind it."""
    digits = _DIGIT.search(text) or text[0] in _SHORT_FRACTIONS
    if not digits and not text.startswith(_DASHES) and text.lower() != "nil":
        return None, ()
    figure = read_figure(text)
    match = MARKS.search(text) if figure is None else None
    if not match or match.end() != len(text) or not match.start():
        return figure, ()
    return read_figure(text[: match.start()]), marks_in(match[0])


def _value(cell: GridCell, figure: Figure, marks: tuple[str, ...], sign: GridCell | None, opened: bool) -> RawValue:
    """The figure of a cell with the sign and the bracket that stand before it; its place is without its marks."""
    place = cell.pieces[0]
    if marks:
        seen = shown(place.text)
        text = place.text if seen is None else seen.text
        kept = MARKS.search(text)
        if kept and kept.end() == len(text):
            place = _part(place, 0, kept.start(), seen)
    if opened and not figure.nil:
        figure = Figure(-abs(figure.value), percent=figure.percent, currency=figure.currency)
    if sign is not None and not figure.currency:
        code = read_figure(f"{CURRENCY.search(sign.text)[0]}0")  # type: ignore[index]
        figure = Figure(figure.value, figure.nil, figure.percent, code.currency if code else "")
    return RawValue(cell.left, cell.right, place, figure, marks)


def _range(cell: GridCell, text: str) -> RawValue | None:
    """The first end of a range with the other, each at its place in the source; None where markup parts them."""
    ends = read_range(text)
    if ends is None:
        return None
    first, then = ends
    place = cell.pieces[0]
    seen = shown(place.text)
    printed = place.text if seen is None else seen.text
    start = printed.find(text[first[0] : first[1]])
    last = printed.find(text[then[0] : then[1]], start + first[1] - first[0])
    if start < 0 or last < 0:
        return None
    at = _part(place, start, start + first[1] - first[0], seen)
    upto = _part(place, last, last + then[1] - then[0], seen)
    return RawValue(cell.left, cell.right, at, first[2], upto=(upto, then[2]))


def _part(place: Cell, start: int, end: int, seen: Shown | None) -> Cell:
    """A part of a place, by what a reader sees of it where the source has it otherwise."""
    if seen is not None:
        start, end = seen.span(start, end, place.text)
    return Cell(place.line, place.start + start, place.start + end, place.text[start:end])


def _close(value: RawValue, text: str) -> None:
    """What stands in a cell of its own behind a figure: its closing bracket, its per cent sign."""
    figure = value.figure
    if "%" in text:
        figure = Figure(figure.value, figure.nil, True, figure.currency)
    value.figure = figure


def is_year(value: RawValue) -> bool:
    """Whether a figure may be a year in a heading: four bare digits."""
    return YEAR.fullmatch(value.cell.text.strip().rstrip("*")) is not None
