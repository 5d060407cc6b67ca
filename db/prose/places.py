"""From a place in a paragraph's folded text back to the places in the source.

A paragraph's text has its lines joined and white space folded; every other character is one of the source's, in order.
So a place is found by the line that it falls in, and within a line that is not as it is seen by counting the characters
that are no white space, through entities and tags where the source is HTML. The brackets that tell a raised mark from
the word before it, "(a)", stand in the text alone.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from db.model import Cell, Paragraph
from grammar.records import record

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SEEN = re.compile(rf"{_TAG.pattern}|&(?:#\d+|#x[0-9a-fA-F]+|\w+);?|[&<]|[^\s&<]+")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SOLID = re.compile(r"\S+")


@record
class _Lines:
    """A paragraph's pieces as its text has them (``seen``, white space folded) and where each begins in the text.

    ``escaped`` says that the source writes some characters as entities.
    """

    seen: tuple[str, ...]
    starts: tuple[int, ...]
    escaped: bool = False


@dataclass(frozen=True)
class Places:
    """Where each character of one paragraph stands; worked out when the first place is asked for."""

    paragraph: Paragraph

    def of(self, start: int, end: int) -> tuple[Cell, ...]:
        """The cells, one a line, that hold ``paragraph.text[start:end]``; else the whole paragraph."""
        lines = self._lines
        if lines is None:
            return self.paragraph.pieces
        cells = []
        for index in range(max(bisect_right(lines.starts, start) - 1, 0), len(lines.starts)):
            at, seen = lines.starts[index], lines.seen[index]
            if at >= end:
                break
            part = seen[max(start - at, 0) : end - at]
            if solid := part.strip():
                first = max(start - at, 0) + part.index(solid)
                cells.append(_cut(self.paragraph.pieces[index], seen, first, first + len(solid), lines.escaped))
        return tuple(cells)

    @cached_property
    def _lines(self) -> _Lines | None:
        """The paragraph's lines in its text, None where text and source don't match."""
        text = self.paragraph.text
        lines = [" ".join(piece.text.split()) for piece in self.paragraph.pieces]
        starts = _starts(text, lines)
        if starts is not None:
            return _Lines(tuple(lines), starts)
        wanted = _solid(text)
        escaped = sum(map(_solid, lines)) != wanted
        if escaped:
            lines = [html.unescape(_TAG.sub("", line)) for line in lines]
        counts = [_solid(line) for line in lines]
        if sum(counts) != wanted:
            counts = _counts_with_marks("".join(text.split()), ["".join(line.split()) for line in lines])
        return _Lines(*_by_count(text, counts), escaped) if counts else None


def _cut(piece: Cell, seen: str, first: int, last: int, escaped: bool) -> Cell:
    """The part of a piece seen as ``seen[first:last]``, which begins and ends with solid characters."""
    start, end = first, last
    if seen != piece.text:
        before = _solid(seen[:first])
        start, end = _columns(piece.text, before, before + _solid(seen[first:last]), escaped=escaped)
    return Cell(piece.line, piece.start + start, piece.start + end, piece.text[start:end])


def places_of(paragraph: Paragraph) -> Places:
    """The map of one paragraph."""
    return Places(paragraph)


def _starts(text: str, lines: list[str]) -> tuple[int, ...] | None:
    """Where each line begins in the text, None where the text doesn't have the lines as they are."""
    starts, at = [], 0
    for line in lines:
        at += text.startswith(" ", at) and line != ""
        if not text.startswith(line, at):
            return None
        starts.append(at)
        at += len(line)
    return None if text[at:].strip() else tuple(starts)


def _by_count(text: str, counts: list[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The text cut into parts with so many solid characters each, and where they start."""
    seen, starts, at = [], [], 0
    for count in counts:
        end = at + _nth(text[at:], count - 1) + 1 if count else at
        seen.append(text[at:end].strip())
        starts.append(end - len(seen[-1]))
        at = end
    return tuple(seen), tuple(starts)


def _counts_with_marks(text: str, lines: list[str]) -> list[int]:
    """How many solid characters of the text come from each line, brackets that only the text has among them.

    Empty where text and lines differ in anything else.
    """
    text, counts, at = text.translate(_RAISED), [], 0
    for line in lines:
        start = at
        for sign in line.translate(_RAISED):
            while text[at : at + 1] in ("(", ")") and text[at] != sign:
                at += 1
            if text[at : at + 1] != sign:
                return []
            at += 1
        if text[start : start + 1] == "(" and text[at : at + 1] == ")" and line[:1] != "(":
            at += 1
        counts.append(at - start)
    return counts if at == len(text) else []


def _solid(text: str) -> int:
    """How many characters are no white space."""
    return len("".join(text.split()))


def _columns(text: str, first: int, last: int, *, escaped: bool) -> tuple[int, int]:
    """The columns from the solid character ``first`` to before the solid character ``last``."""
    if escaped and ("&" in text or "<" in text):
        return _extent(text, first)[0], _extent(text, last - 1)[1]
    return _nth(text, first), _nth(text, last - 1) + 1


def _nth(text: str, number: int) -> int:
    """The column of the solid character with this number."""
    for run in _SOLID.finditer(text):
        length = run.end() - run.start()
        if number < length:
            return run.start() + number
        number -= length
    return len(text)


def _extent(text: str, number: int) -> tuple[int, int]:
    """The extent of the solid character with this number that a reader sees; an entity is one extent."""
    for match in _SEEN.finditer(text):
        start, end = match.span()
        entity = text[start] == "&"
        count = _solid(html.unescape(match[0])) if entity else 0 if _TAG.match(match[0]) else end - start
        if number < count:
            return (start, end) if entity else (start + number, start + number + 1)
        number -= count
    return len(text), len(text)
