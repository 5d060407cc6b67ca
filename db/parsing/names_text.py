"""Named places of work in a paragraph: "the X silver mine in northern Y", "Block B in Z", "a vein called W"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.model import Cell, Paragraph
from db.prose.places import Places, places_of
from grammar.chunks import Cutter, remembered, where
from grammar.lexicon import places as places_known
from grammar.prose_words import words
from grammar.records import record
from grammar.tokens import lowered

_WORDS = Cutter(r"[A-Za-zÀ-ÿ][\w.'’-]*|[(),;:/]|\d[\w,.]*|\S")
_SMALL = re.compile(r"[a-z-]+")
_OWN = ("'s", "’s")
MOST_TOLD = 6  # words from an article to the noun that it stands before


@record
class Proper:
    """A name with the noun behind it ("mine", "property"), the metals it is said to be of and the places it lies in."""

    name: str
    noun: str
    cell: Cell | None
    metals: tuple[str, ...] = ()
    places: tuple[tuple[str, Cell | None], ...] = ()


class _Row:
    """The words and signs of a text; where they stand is worked out when a name is found among them."""

    __slots__ = ("_pieces", "_starts", "_text", "texts")

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces = text.split()
        self._starts: list[int] = []
        self.texts = _WORDS.words(self._pieces)

    def __len__(self) -> int:
        return len(self.texts)

    def bare(self, at: int) -> str:
        """A word without the possessive and a final full stop."""
        return _bare(self.texts[at])[0]

    def low(self, at: int) -> str:
        """The bare word in lower case."""
        return _bare(self.texts[at])[1]

    def capital(self, at: int) -> bool:
        """Whether a word begins with a capital."""
        return self.texts[at][0].isupper()

    def in_name(self, at: int) -> bool:
        """Whether a word may be one of a name."""
        first = self.texts[at][0]
        return first.isupper() and first.isalpha() and self.low(at) not in words("mines", "never")

    def closes(self, at: int) -> bool:
        """Whether a sentence may end with a word: a full stop behind more than a short form."""
        return self.texts[at].endswith(".") and len(self.texts[at]) > 4

    def name(self, start: int, end: int) -> str:
        """The words from one to before another as a name."""
        return " ".join([*self.texts[start : end - 1], self.bare(end - 1)])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """From where one word begins to where the bare one before another ends."""
        if not self._starts:
            self._starts = _WORDS.starts(self._text, self._pieces)
        return self._starts[start], self._starts[end - 1] + len(self.bare(end - 1))


@remembered
def _bare(said: str) -> tuple[str, str]:
    """A word without the possessive and a final full stop, and that in lower case."""
    if said[-1] in ".s" and len(said) > 3:
        bare = said.removesuffix(".").removesuffix("'s").removesuffix("’s")
        return bare, bare.lower()
    return said, lowered(said)


def propers_of(paragraph: Paragraph) -> Iterator[Proper]:
    """The named places of work of a paragraph, in order."""
    if paragraph.kind in ("furniture", "caption", "heading") or not _speaks_of_places(paragraph.text):
        return
    row, places = _Row(paragraph.text), places_of(paragraph)
    for at in where(_is_noun, row.texts):
        if row.texts[at] != "Block":
            yield from _named(row, at, places)
            yield from _apposed(row, at, places)
            yield from _explained(row, at, places)
        elif at + 1 < len(row) and len(row.bare(at + 1)) <= 2 and row.capital(at + 1):
            lies = tuple(_lies_in(row, at + 2, places))
            yield Proper(f"Block {row.bare(at + 1)}", "block", _cell(row, at, at + 2, places), (), lies)


def _speaks_of_places(text: str) -> bool:
    """Whether a text has a noun of a place of work, or "block"."""
    small = _SMALL.findall(lowered(text))
    return "block" in small or not _nouns().isdisjoint(small)


@remembered
def _is_noun(said: str) -> bool:
    """Whether a word is a noun of a place of work, or "Block"."""
    return _bare(said)[1] in _nouns() or said == "Block"


@cache
def _nouns() -> frozenset[str]:
    return words("mines", "nouns") | words("mines", "kept")


def _cell(row: _Row, start: int, end: int, places: Places) -> Cell | None:
    """Where the words from one to before another stand, as far as they do in one line."""
    cells = places.of(*row.place(start, end))
    return cells[0] if cells else None


def _named(row: _Row, at: int, places: Places) -> Iterator[Proper]:
    """The name before the noun: "X silver mine", "X and Y silver mines", "Z vein"."""
    noun, first = row.low(at), at
    behind = row.low(at + 1) if at + 1 < len(row) else ""
    if behind in words("mines", "of_company") or (noun == "mill" and behind in words("mines", "of_mill")):
        return  # "X Mines Ltd.", "higher mill throughput"
    if noun == "unit" and behind in words("mines", "of_unit"):
        return  # "overall unit cash cost"
    while first > 0 and (row.low(first - 1) in words("mines", "inside") or row.texts[first - 1] == "/"):
        if row.capital(first - 1) and first >= 2 and row.capital(first - 2) and row.texts[first - 1].isalpha():
            break  # "X Development project": a capital inside a name belongs to it
        first -= 1
    for start, end in _names_before(row, first):
        name = row.name(start, end)
        if noun in words("mines", "kept"):
            name = f"{name} {noun.rstrip('s')}"
        lies = tuple(_lies_in(row, at + 1, places))
        yield Proper(name, noun, _cell(row, start, end, places), _metals(row, first, at), lies)


def _metals(row: _Row, first: int, last: int) -> tuple[str, ...]:
    """The metals between a name and its noun, each once."""
    metals = words("rates", "metals")
    return tuple(dict.fromkeys(low for low in map(row.low, range(first, last)) if low in metals))


def _names_before(row: _Row, end: int) -> list[tuple[int, int]]:
    """The name that ends before token ``end``, and the one joined to it by "and"."""
    spans = []
    while end > 0:
        start = end
        while start > 0 and row.in_name(start - 1) and not row.closes(start - 1):
            start -= 1
            if row.texts[start].endswith(_OWN) and start < end - 1:
                start += 1
                break
        metals = words("rates", "metals")  # which a name of several words may begin with: "the Copper Mountain mine"
        while start < end and row.low(start) in words("mines", "openers"):
            if row.low(start) in metals and end - start > 1 and row.capital(start + 1):
                break
            start += 1
        if start == end or end - start > 5:
            break
        spans.append((start, end))
        if not (start > 1 and row.low(start - 1) == "and" and row.capital(start - 2)):
            break
        end = start - 1
    return spans


def _apposed(row: _Row, at: int, places: Places) -> Iterator[Proper]:
    """The name behind the noun: "our third silver mine, the X in northern Y"."""
    if row.low(at) != "mine" or at + 2 >= len(row) or row.texts[at + 1] != "," or row.low(at + 2) != "the":
        return
    start = end = at + 3
    while end < len(row) and row.in_name(end):
        end += 1
    if start == end:
        return
    first = at
    while first > 0 and row.low(first - 1) in words("mines", "inside"):
        first -= 1
    lies = tuple(_lies_in(row, end, places))
    yield Proper(row.name(start, end), row.low(at), _cell(row, start, end, places), _metals(row, first, at), lies)


def _explained(row: _Row, at: int, places: Places) -> Iterator[Proper]:
    """The name that is told of what and where it is: "X, an underground silver mine in central Y"."""
    if row.low(at) != "mine":
        return
    first = at
    while first > 0 and at - first <= MOST_TOLD and row.texts[first - 1].islower():
        first -= 1
    if first < 2 or row.texts[first] not in words("mines", "articles") or row.texts[first - 1] != ",":
        return
    lies = tuple(_lies_in(row, at + 1, places))
    metals = _metals(row, first, at)
    for start, end in _names_before(row, first - 1)[:1] if lies else ():
        name = row.name(start, end).lower()
        if name in words("names", "months") or name in places_known():
            continue  # "in May, the mine in"
        yield Proper(row.name(start, end), row.low(at), _cell(row, start, end, places), metals, lies)


def _lies_in(row: _Row, at: int, places: Places) -> Iterator[tuple[str, Cell | None]]:
    """The places of "in northern Y", "located in the state of W in central V", "in W, V"."""
    if at < len(row) and row.low(at) in ("located", "situated"):
        at += 1
    listed = False
    while at < len(row) and (listed or row.low(at) == "in"):
        at += 1
        while at < len(row) and row.low(at) in words("mines", "directions") and not row.capital(at):
            at += 1
        start = at
        while at < len(row) and row.in_name(at) and not (at > start and row.closes(at - 1)):
            at += 1
        if start == at or row.low(start) in words("names", "months"):
            return
        yield row.name(start, at), _cell(row, start, at, places)
        listed = at + 1 < len(row) and row.texts[at] == "," and row.capital(at + 1)
