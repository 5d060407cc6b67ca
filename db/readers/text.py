"""ASCII lines to chunks: the runs of words, figures and rules that two or more blanks keep apart.

Every chunk has two extents: ``start`` to ``end`` are its columns in the source, ``left`` to ``right`` where it stands
on the page once tabs are opened, which is what alignment is judged by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from db.model import Cell
from db.readers.chunks import CURRENCY_SIGNS, SPACED_FIGURE, VALUES, Chunk, chunks_of
from db.readers.preformatted import Shown, shown
from db.readers.tabs import opened_tabs

WIDEST = 60  # a line with more figures is no row of a table
LineKind = Literal["blank", "rule", "tag", "figures", "text", "furniture"]
_TAG = re.compile(r"\s*</?(?:TABLE|CAPTION|PAGE|S|C|FN|F\d+|R|TEXT|PRE|B|U|I)\b[^<>\n]{0,40}>", re.IGNORECASE)
_BEGINS_TABLE = re.compile(r"\s*<(?:TABLE|CAPTION)>", re.IGNORECASE)
_COMMAS = re.compile(r"\d,\d{3}(?!\d)")
_SPACED_MILLIONS = re.compile(r"\d \d{3} \d{3}\)?(?:  |\r?$)", re.MULTILINE)
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_YEAR_ONLY = re.compile(r"(?:19[5-9]|20[0-6])\d\*?")


@dataclass(slots=True)
class Line:
    """One line of an ASCII part; ``number`` is 1-based in the whole file, ``left`` and ``right`` where it begins and
    ends on the page. ``source`` is the line as the file has it where markup stands in it."""

    number: int
    text: str
    chunks: tuple[Chunk, ...]
    kind: LineKind
    words: str = ""  # its text with white space folded
    figures: tuple[Chunk, ...] = ()  # the chunks that print a value
    left: int = 0
    right: int = 0
    source: str = ""

    def piece(self) -> Cell:
        """The place of the whole line, without the blanks around it."""
        if self.source:
            return self.place(self.chunks[0].start, self.chunks[-1].end) if self.chunks else self.place(0, 0)
        if len(self.chunks) == 1 and len(self.chunks[0].text) == len(self.words):
            only = self.chunks[0]
            return Cell(self.number, only.start, only.end, only.text)
        start = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        return Cell(self.number, start, start + len(text), text)

    def place(self, start: int, end: int) -> Cell:
        """The place from one column of the source to another."""
        return Cell(self.number, start, end, (self.source or self.text)[start:end])


def read_lines(lines: list[str], first: int, last: int, *, markup: bool = False) -> list[Line]:
    """Lines ``first`` to ``last`` (1-based, inclusive) of a file that was split at ``\\n``.

    ``markup`` says that they are preformatted text of HTML, in which tags and entities stand.
    """
    last = min(last, len(lines))
    if markup:
        return _marked_up(lines[first - 1 : last], first)
    tabbed = [number for number in range(first, last + 1) if "\t" in lines[number - 1]]
    opened = opened_tabs({number: lines[number - 1] for number in tabbed}) if tabbed else {}
    spaced = _parts_thousands("\n".join(lines[first - 1 : last]))
    return [read_line(number, lines[number - 1], opened.get(number), spaced) for number in range(first, last + 1)]


def _marked_up(lines: list[str], first: int) -> list[Line]:
    """Lines of preformatted HTML, read as they are seen."""
    seen = [shown(text) for text in lines]
    texts = [text if one is None else one.text for text, one in zip(lines, seen, strict=True)]
    read = read_lines(texts, 1, len(texts))
    for line, one in zip(read, seen, strict=True):
        line.number += first - 1
        if one is not None:
            _put_back(line, one, lines[line.number - first])
    return read


def _put_back(line: Line, seen: Shown, source: str) -> None:
    """Give a line's chunks the columns that they have in the source."""
    line.source = source
    for chunk in line.chunks:
        chunk.start, chunk.end = seen.span(chunk.start, chunk.end, source)


def _parts_thousands(text: str) -> bool:
    """Whether a part's figures have blanks where others have commas: some of millions do, and more than have commas."""
    if text.isascii() and b"0 000 000" not in text.encode().translate(_DIGITS_ALIKE):
        return False  # the pattern takes twenty times as long to find nothing
    if not _SPACED_MILLIONS.search(text):
        return False
    return len(SPACED_FIGURE.findall(text)) > max(len(_COMMAS.findall(text)), 2)


def read_line(number: int, text: str, opened: list[int] | None = None, spaced: bool = False) -> Line:
    """One line with its chunks and kind; ``opened`` has for each of its columns the column on the page.

    ``spaced`` says that blanks part the thousands of its figures.
    """
    if not text or text.isspace():
        return Line(number, text, (), "blank")
    if "<" in text and _TAG.match(text):
        return _tagged(number, text, opened)
    words = text.strip()
    if "  " not in words and _is_prose_line(words):
        start = text.index(words[0])
        end = start + len(words)
        return Line(number, text, (Chunk(start, end, start, end, words, "text"),), "text", words, (), start, end)
    chunks = chunks_of(text, opened, spaced)
    values = tuple([chunk for chunk in chunks if chunk.kind in VALUES])
    left, right = (chunks[0].left, chunks[-1].right) if chunks else (0, 0)
    return Line(number, text, tuple(chunks), _kind(chunks, values), " ".join(words.split()), values, left, right)


def _tagged(number: int, text: str, opened: list[int] | None) -> Line:
    """A line of markup; words behind the tags that begin a table are its chunks: a scale, headings of columns."""
    if not _BEGINS_TABLE.match(text):
        return Line(number, text, (), "tag", text.strip())
    work = _TAG.sub(lambda match: " " * len(match[0]), text)
    chunks = tuple(replace(chunk, kind="text") for chunk in chunks_of(work, opened, False)) if work.strip() else ()
    words = " ".join(work.split()) if chunks else text.strip()
    left, right = (chunks[0].left, chunks[-1].right) if chunks else (0, 0)
    return Line(number, text, chunks, "tag", words, (), left, right)


def _is_prose_line(words: str) -> bool:
    """Whether a line without gaps is one long run of words, with no dots, tabs, dates or signs that would part it."""
    if len(words) < 40 or not words[0].isalpha() or ".." in words or " ." in words:
        return False
    parted = "\t" in words or "\xa0" in words or words[-1] in CURRENCY_SIGNS
    return not parted and words.count("30,") + words.count("31,") < 2 and words.count("/") < 3


def _kind(chunks: Sequence[Chunk], values: Sequence[Chunk]) -> LineKind:
    """A line that has a value beside or below others is one of figures; one of rules alone a rule."""
    if not chunks:
        return "blank"
    if _is_rule(chunks[0]) and all(map(_is_rule, chunks)):
        return "rule"
    if not values or len(values) > WIDEST or (_is_year(values[0]) and all(map(_is_year, values))):
        return "text"
    return "figures"


def _is_rule(chunk: Chunk) -> bool:
    return chunk.kind == "rule" or chunk.text == "---"


def _is_year(chunk: Chunk) -> bool:
    return _YEAR_ONLY.fullmatch(chunk.text) is not None
