"""A paragraph's sentences, each with its places: "U.S.", "Inc." and "Jr." end none unless a new one clearly begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Cell, Paragraph
from db.prose.places import Places, places_of
from grammar.prose_words import words
from grammar.records import record

_END = re.compile(r"[.!?][.!?]*[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])")
_LAST_WORD = re.compile(r"[\w.&'-]+$")
_FIRST_WORD = re.compile(r"[\"'“‘(\[\s]*([\w'’-]+)")


@record
class Sentence:
    """One sentence: its text, where it stands in its paragraph's text, and the map to the source."""

    text: str
    start: int
    places: Places

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The sentence's places in the source, one a line."""
        return self.places.of(self.start, self.start + len(self.text))

    def cells_of(self, start: int, end: int) -> tuple[Cell, ...]:
        """The places of a part of the sentence."""
        return self.places.of(self.start + start, self.start + end)


def sentences_of(paragraph: Paragraph) -> list[Sentence]:
    """The sentences of a paragraph in order; together they hold all of its text but white space."""
    places = places_of(paragraph)
    return [Sentence(paragraph.text[start:end], start, places) for start, end in cut_sentences(paragraph.text)]


def cut_sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a folded text starts and ends."""
    cuts = list(_ends(text))
    starts = [0, *cuts]
    spans = []
    for start, end in zip(starts, [*cuts, len(text)], strict=True):
        part = text[start:end]
        if part.strip():
            spans.append((start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))))
    return spans


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        start, end = match.span()
        if match[0][0] != "." or not _abbreviated(text[max(0, start - 24) : start], text[end : end + 40], match[0]):
            yield end


def _abbreviated(before: str, after: str, stop: str) -> bool:
    """Whether a full stop belongs to a short form and no new sentence starts behind it."""
    last = _LAST_WORD.search(before)
    word = last[0].lower() if last else ""
    if len(stop) > 1 and stop[1:] != ".":
        return False
    short = word in words("sentences", "abbreviations") or "." in word or (len(word) == 1 and word.isalpha())
    if not short:
        return False
    first = _FIRST_WORD.match(after)
    return not (first and first[1].lower() in words("sentences", "openers") and word not in _TITLES)


_TITLES = frozenset(("mr", "ms", "mrs", "dr", "no", "nos", "st", "messrs", "prof", "vs"))
