"""From a place in a paragraph's folded text back to the places in the source.

A paragraph's text has its lines joined and white space folded; every other character is one of the source's, in order.
So a place is found by counting the characters that are no white space, through entities where the source is HTML.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from db.model import Cell, Paragraph

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);?")
_SOLID = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Places:
    """Where each character of one paragraph stands; ``exact`` is False where text and source don't match."""

    paragraph: Paragraph
    visible: tuple[str, ...]
    before: tuple[int, ...]
    exact: bool

    def of(self, start: int, end: int) -> tuple[Cell, ...]:
        """The cells, one a line, that hold ``paragraph.text[start:end]``; else the whole paragraph."""
        if not self.exact:
            return self.paragraph.pieces
        text = self.paragraph.text
        first = _solid(text[:start])
        last = first + _solid(text[start:end])
        cells = []
        index = bisect_right(self.before, first) - 1
        while first < last and index < len(self.visible):
            piece, skipped = self.paragraph.pieces[index], self.before[index]
            upto = min(last, skipped + _solid(self.visible[index]))
            if upto > first:
                cells.append(_cut(piece, self.visible[index], first - skipped, upto - skipped))
            first, index = upto, index + 1
        return tuple(cells)


def places_of(paragraph: Paragraph) -> Places:
    """The map of one paragraph."""
    visible = tuple(piece.text for piece in paragraph.pieces)
    wanted = _solid(paragraph.text)
    if sum(map(_solid, visible)) != wanted:
        visible = tuple(html.unescape(text) for text in visible)
    counts = [_solid(text) for text in visible]
    return Places(paragraph, visible, tuple(accumulate(counts, initial=0))[:-1], sum(counts) == wanted)


def _solid(text: str) -> int:
    """How many characters are no white space."""
    return len("".join(text.split()))


def _cut(piece: Cell, visible: str, first: int, last: int) -> Cell:
    """The part of a piece from its ``first`` solid character up to ``last``."""
    if visible == piece.text:
        start, end = _nth(piece.text, first), _nth(piece.text, last - 1) + 1
    else:
        columns = list(_columns(piece.text))
        start, end = columns[first][0], columns[last - 1][1]
    return Cell(piece.line, piece.start + start, piece.start + end, piece.text[start:end])


def _nth(text: str, number: int) -> int:
    """The column of the solid character with this number."""
    for run in _SOLID.finditer(text):
        length = run.end() - run.start()
        if number < length:
            return run.start() + number
        number -= length
    return len(text)


def _columns(text: str) -> Iterator[tuple[int, int]]:
    """The extent of each solid character that a reader sees; an entity is one extent."""
    place = 0
    while place < len(text):
        match = _ENTITY.match(text, place)
        end = match.end() if match else place + 1
        seen = html.unescape(text[place:end]) if match else text[place]
        for _ in range(_solid(seen)):
            yield place, end
        place = end
