"""Named places of work in a paragraph: "the X silver mine in northern Y", "Block B in Z", "a vein called W"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.model import Cell, Paragraph
from db.prose.phrases import lowered
from db.prose.places import Places, places_of
from grammar.prose_words import words
from grammar.records import record

_SMALL = re.compile(r"[a-z-]+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w.'’-]*|[(),;:/]|\d[\w,.]*|\S")


@record
class Proper:
    """A name with the noun behind it ("mine", "property"), the metals it is said to be of and the places it lies in."""

    name: str
    noun: str
    cell: Cell | None
    metals: tuple[str, ...] = ()
    places: tuple[tuple[str, Cell | None], ...] = ()


@record
class _Word:
    """A word with its place; ``bare`` is without the possessive and a final full stop, ``low`` that in lower case."""

    text: str
    start: int
    end: int
    bare: str
    low: str

    @property
    def closes(self) -> bool:
        """Whether a sentence may end with it: a full stop behind more than a short form."""
        return self.text.endswith(".") and len(self.text) > 4

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def propers_of(paragraph: Paragraph) -> Iterator[Proper]:
    """The named places of work of a paragraph, in order."""
    if paragraph.kind in ("furniture", "caption", "heading"):
        return
    if words("mines", "marks").isdisjoint(_SMALL.findall(paragraph.text.lower())):
        return
    row = _row(paragraph.text)
    places = places_of(paragraph)
    nouns = _nouns()
    for at, word in enumerate(row):
        if word.low in nouns:
            yield from _named(row, at, places)
            yield from _apposed(row, at, places)
        elif word.text == "Block" and at + 1 < len(row) and len(row[at + 1].bare) <= 2 and row[at + 1].capital:
            cells = places.of(word.start, row[at + 1].start + len(row[at + 1].bare))
            lies = tuple(_lies_in(row, at + 2, places))
            yield Proper(f"Block {row[at + 1].bare}", "block", cells[0] if cells else None, (), lies)


def _row(text: str) -> list[_Word]:
    """The words and signs of a text."""
    row, low = [], lowered(text)
    for match in _WORD.finditer(text):
        said, (start, end) = match[0], match.span()
        if said[-1] in ".s" and len(said) > 3:
            bare = said.removesuffix(".").removesuffix("'s").removesuffix("’s")
            row.append(_Word(said, start, end, bare, bare.lower()))
        else:
            row.append(_Word(said, start, end, said, low[start:end]))
    return row


@cache
def _nouns() -> frozenset[str]:
    return words("mines", "nouns") | words("mines", "kept")


def _named(row: list[_Word], at: int, places: Places) -> Iterator[Proper]:
    """The name before the noun: "X silver mine", "X and Y silver mines", "Z vein"."""
    noun, first = row[at], at
    while first > 0 and (row[first - 1].low in words("mines", "inside") or row[first - 1].text == "/"):
        if row[first - 1].capital and first >= 2 and row[first - 2].capital and row[first - 1].text.isalpha():
            break  # "X Development project": a capital inside a name belongs to it
        first -= 1
    between = [word.low for word in row[first:at]]
    metals = tuple(dict.fromkeys(word for word in between if word in words("rates", "metals")))
    for start, end in _names_before(row, first):
        name = _name(row, start, end)
        if noun.low in words("mines", "kept"):
            name = f"{name} {noun.low.rstrip('s')}"
        cells = places.of(row[start].start, row[end - 1].start + len(row[end - 1].bare))
        yield Proper(name, noun.low, cells[0] if cells else None, metals, tuple(_lies_in(row, at + 1, places)))


def _names_before(row: list[_Word], end: int) -> list[tuple[int, int]]:
    """The name that ends before token ``end``, and the one joined to it by "and"."""
    spans = []
    while end > 0:
        start = end
        while start > 0 and _is_name_word(row, start - 1) and not row[start - 1].closes:
            start -= 1
            if row[start].text.endswith(("'s", "’s")) and start < end - 1:
                start += 1
                break
        while start < end and row[start].low in words("mines", "openers"):
            start += 1
        if start == end or end - start > 5:
            break
        spans.append((start, end))
        if start > 1 and row[start - 1].low == "and" and row[start - 2].capital:
            end = start - 1
            continue
        break
    return spans


def _is_name_word(row: list[_Word], at: int) -> bool:
    word = row[at]
    return word.capital and word.text[0].isalpha() and word.low not in words("mines", "never")


def _name(row: list[_Word], start: int, end: int) -> str:
    return " ".join([*(word.text for word in row[start : end - 1]), row[end - 1].bare])


def _apposed(row: list[_Word], at: int, places: Places) -> Iterator[Proper]:
    """The name behind the noun: "our third silver mine, the X in northern Y"."""
    if at + 2 >= len(row) or row[at + 1].text != "," or row[at + 2].low != "the" or row[at].low != "mine":
        return
    start = end = at + 3
    while end < len(row) and _is_name_word(row, end):
        end += 1
    if start == end:
        return
    first = at
    while first > 0 and row[first - 1].low in words("mines", "inside"):
        first -= 1
    metals = tuple(word.low for word in row[first:at] if word.low in words("rates", "metals"))
    cells = places.of(row[start].start, row[end - 1].end)
    lies = tuple(_lies_in(row, end, places))
    yield Proper(_name(row, start, end), row[at].low, cells[0] if cells else None, metals, lies)


def _lies_in(row: list[_Word], at: int, places: Places) -> Iterator[tuple[str, Cell | None]]:
    """The places of "in northern Y", "located in the state of W in central V", "in W, V"."""
    if at < len(row) and row[at].low in ("located", "situated"):
        at += 1
    while at < len(row) and row[at].low in ("in", "near"):
        if row[at].low == "near":
            return
        at += 1
        while at < len(row) and row[at].low in words("mines", "directions") and not row[at].text[0].isupper():
            at += 1
        start = at
        while at < len(row) and _is_name_word(row, at) and not (at > start and row[at - 1].closes):
            at += 1
        if start == at or row[start].low in words("names", "months"):
            return
        cells = places.of(row[start].start, row[at - 1].start + len(row[at - 1].bare))
        yield _name(row, start, at), cells[0] if cells else None
        if at + 1 < len(row) and row[at].text == "," and row[at + 1].capital:
            row = [*row[:at], _Word("in", row[at].start, row[at].end, "in", "in"), *row[at + 1 :]]
