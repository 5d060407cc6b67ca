"""What a half-typed word can become: every phrase of lexicon and store by how it begins.

A name is found by each of its words ("friday" as well as "lucky fri"), a measure by its name and phrases, a period by
the notations that people use. The lists are sorted once per store, so that a key typed costs a bisection.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.book import Book
from assistant.coverage import SAID, Coverage, coverage_of
from grammar.lexicon import Metric, Ratio, lexicon
from grammar.said_time import MONTHS
from grammar.tokens import level
from grammar.vocabulary import phrasing

CALLED = ("name", "short", "abbreviation", "ticker")
WORDS = ("order", "compute", "compare", "yearly", "scope", "group")
ABOUT = {
    "order": "puts in order",
    "compute": "computes",
    "compare": "sets side by side",
    "yearly": "against the year before",
    "scope": "all of them",
    "group": "what to run over",
}
ORDINALS = ("first", "second", "third", "fourth")
END = chr(0x10FFFF)
MOST_OF_LABELS = 40
_LABELS = "SELECT DISTINCT shown FROM vocabulary WHERE kind = 'word' AND key >= :low AND key < :high LIMIT :most"


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """A way to go on with what was typed: ``text`` in its place; ``kind`` and ``id`` are what it would mean."""

    key: str
    text: str
    kind: str
    id: str
    about: str
    inner: bool = False


@dataclass
class Prefixes:
    """The ways of one store, sorted by how they begin."""

    coverage: Coverage
    ways: list[Way] = field(init=False)
    keys: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.periods = self.coverage.book.periods()
        self.ends = {name: end for end, name, _ in self.periods}
        self.quarters = {end: name for end, name, kind in self.periods if kind == "quarter"}
        self.asked = {id: number for number, id in enumerate(self.coverage.measures)}
        makers = (self._names, self._measures, self._metals, self._taught, self._periods, _operations)
        self.ways = sorted({way for make in makers for way in make()})
        self.keys = [way.key for way in self.ways]

    def beginning(self, fragment: str) -> list[Way]:
        """The ways whose words begin as ``fragment`` does (in lower case)."""
        return self.ways[bisect.bisect_left(self.keys, fragment) : bisect.bisect_right(self.keys, fragment + END)]

    def labels(self, fragment: str) -> list[Way]:
        """Printed lines that hold a word beginning as the fragment's first one, and the fragment itself."""
        first = fragment.split(maxsplit=1)[0]
        bounds = {"low": first, "high": first + END, "most": MOST_OF_LABELS}
        rows = self.coverage.book.store.run(_LABELS, bounds)
        return [
            Way(r["shown"], r["shown"], "label", r["shown"], "a printed line") for r in rows if fragment in r["shown"]
        ]

    def _names(self) -> Iterator[Way]:
        held = self.coverage.by_entity
        for row in self.coverage.book.store.vocabulary("name"):
            kind, company, relation = (*row["detail"].split("|"), "", "")[:3]
            if relation in CALLED and row["shown"] in held and kind == self.coverage.entities[row["shown"]].kind:
                text = self.coverage.called(row["shown"])
                about = f"{kind} of {company}" if company and kind != "company" else kind
                yield from _by_words(row["key"], text, "entity", row["shown"], about)

    def _measures(self) -> Iterator[Way]:
        lex = lexicon()
        for id, said in self.coverage.measures.items():
            block: Metric | Ratio = lex.metrics.get(id) or lex.ratios[id]
            for text in dict.fromkeys((said, *block.phrases, *(t for t, rank in block.ambiguous if rank == 1))):
                yield Way(level(text), text, "measure", id, "measure" if text == said else said)

    def _metals(self) -> Iterator[Way]:
        held = {row["detail"] for row in self.coverage.book.store.vocabulary("metric") if row["detail"]}
        for id in sorted(held & set(lexicon().metals)):
            text = id.replace("_", " ")
            yield Way(text, text, "metal", id, "metal")

    def _taught(self) -> Iterator[Way]:
        for phrase, meaning in self.coverage.book.phrases.values():
            yield from _by_words(phrase, phrase, "taught", meaning, f"{meaning}, as you taught")

    def _periods(self) -> Iterator[Way]:
        for end, name, kind in self.periods:
            if kind in SAID:
                for text in (name, *_notations(end, kind)):
                    yield Way(level(text), text, "period", name, "period" if text == name else name)


def _by_words(key: str, text: str, kind: str, id: str, about: str) -> Iterator[Way]:
    """The way from the beginning, and from each later word."""
    words = key.split()
    for number in range(len(words)):
        yield Way(level(" ".join(words[number:])), text, kind, id, about, number > 0)


def _notations(end: str, kind: str) -> Iterator[str]:
    year, month = int(end[:4]), int(end[5:7])
    if kind == "quarter" and month % 3 == 0:
        yield f"{month // 3}Q{year % 100:02d}"
        yield f"{ORDINALS[month // 3 - 1]} quarter {year}"
        yield f"{ORDINALS[month // 3 - 1]} quarter of {year}"
        yield f"{MONTHS[month - 1].title()} {year} quarter"
    elif kind == "year":
        yield f"full year {year}"
        yield str(year)
    elif kind == "instant":
        yield f"{MONTHS[month - 1].title()} {int(end[8:10])}, {year}"
        yield end


def _operations() -> Iterator[Way]:
    """The words that say what to do with figures."""
    for slot in WORDS:
        for phrases in phrasing()[slot].values():
            for text in phrases:
                if len(text) > 2:
                    yield Way(level(text), text, slot, text, ABOUT[slot])


def prefixes_of(book: Book) -> Prefixes:
    """The prefixes of what the book's store covers, made when they are first needed."""
    return book.once(_prefixes)


def _prefixes(book: Book) -> Prefixes:
    return Prefixes(coverage_of(book))
