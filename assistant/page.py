"""A filing as a reader sees it: HTML laid out as lines of text, each word with its place in the file.

ASCII filings are their own page. Citations, checks and copies go by the file's lines; the page is for the eye, and
`v` in the source pane and ``stope show`` without ``--page`` show the file as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from db.model import Cell

Span = tuple[int, int, int]  # a line, its first column and the one behind its last
WIDTH = 100
# White space as HTML writes it: what is between two words of a page.
_WORD = re.compile(r"(?:(?!&nbsp;|&#160;|&#x[aA]0;|&[en]msp;)[^\s\u00a0])+")
_LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the page and the places in the file that it is made of; none for what only the layout adds."""

    text: str
    places: tuple[Span, ...] = ()


@dataclass(slots=True)
class Page:
    """The lines to show; ``numbers`` are the lines of the file (0: none) that they begin on.

    ``words`` are, by line of the file, the columns of its words with where they came to stand: columns in the file,
    then line and columns of the page. An ASCII filing has neither: its page is the file.
    """

    lines: Sequence[str]
    numbers: Sequence[int] = ()
    words: dict[int, list[tuple[int, int, Span]]] = field(default_factory=dict)

    def spans(self, span: Span) -> tuple[Span, ...]:
        """Where a span of the file is on the page, a span a line; an empty span is the whole of its line."""
        if not self.numbers:
            return (span,)
        line, start, end = span
        found: dict[int, Span] = {}
        for first, last, (number, left, right) in self.words.get(line, ()):
            if (start < last and first < end) or start >= end:
                before = found.get(number, (number, left, right))
                found[number] = (number, min(left, before[1]), max(right, before[2]))
        return tuple(found.values())


class Layout:
    """Takes the lines of a page one after the other and notes where each word of the file came to stand."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self.words: dict[int, list[tuple[int, int, Span]]] = {}

    def page(self) -> Page:
        """The page of all lines so far."""
        return Page(self.lines, self.numbers, self.words)

    def blank(self) -> None:
        """An empty line, unless there is one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")
            self.numbers.append(0)

    def as_it_stands(self, number: int, line: str) -> None:
        """A line of the file whose columns stay."""
        self.lines.append(line)
        self.numbers.append(number)
        self.words[number] = [(0, max(len(line), 1), (len(self.lines), 0, len(line)))]

    def line(self, placed: Iterable[tuple[int, Word]]) -> None:
        """A line of words at their columns, from left to right."""
        text, first = "", 0
        for column, word in placed:
            text = text.ljust(column) + word.text
            shown = (len(self.lines) + 1, column, column + len(word.text))
            for number, start, end in word.places:
                first = min(first or number, number)
                self.words.setdefault(number, []).append((start, end, shown))
        self.lines.append(text)
        self.numbers.append(first)

    def paragraph(self, words: Sequence[Word], indent: int = 0) -> None:
        """Running text, wrapped."""
        for line in wrapped(words, WIDTH - indent):
            self.line(beside(line, indent))


def words_of(text: str, pieces: Iterable[Cell]) -> list[Word]:
    """The words that a reader sees, each with the stretches of the file that it is made of, as far as they are clear.

    A raised mark or a soft hyphen makes the two differ: a word may be made of several stretches, or of none.
    """
    stretches = list(_stretches(pieces))
    words, at = [], 0
    for said in text.split():
        taken = _taken(said, stretches, at)
        if not taken:
            ahead = next((n for n in range(1, _LOOK_AHEAD) if _taken(said, stretches, at + n)), 0)
            at += ahead
            taken = _taken(said, stretches, at) if ahead else 0
        words.append(Word(said, tuple(span for _, span in stretches[at : at + taken])))
        at += taken
    return words


def _stretches(pieces: Iterable[Cell]) -> Iterator[tuple[str, Span]]:
    for piece in pieces:
        for match in _WORD.finditer(piece.text):
            yield unescape(match[0]), (piece.line, piece.start + match.start(), piece.start + match.end())


def _taken(said: str, stretches: Sequence[tuple[str, Span]], at: int) -> int:
    """How many stretches from ``at`` on stand in the word one after the other."""
    taken = place = 0
    while at + taken < len(stretches) and place < len(said):
        found = said.find(stretches[at + taken][0], place)
        if found < 0:
            break
        place = found + len(stretches[at + taken][0])
        taken += 1
    return taken


def wrapped(words: Sequence[Word], width: int) -> Iterator[list[Word]]:
    """The words in lines of at most ``width`` characters; a longer word has a line of its own."""
    line: list[Word] = []
    length = 0
    for word in words:
        if line and length + 1 + len(word.text) > width:
            yield line
            line, length = [], 0
        length += len(word.text) + bool(line)
        line.append(word)
    if line:
        yield line


def beside(words: Iterable[Word], column: int) -> Iterator[tuple[int, Word]]:
    """The words one beside the other from ``column`` on."""
    for word in words:
        yield column, word
        column += len(word.text) + 1
