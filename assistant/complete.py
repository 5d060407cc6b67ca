"""How a half-typed question can go on: what completes its last words, and what can follow them.

What makes the question one that can be answered comes first: a mine's own measures after the mine, and after both the
periods that are printed, the newest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from assistant.answer import Said
from assistant.book import Book, book_of
from assistant.completion import Completion
from assistant.coverage import Coverage, coverage_of
from assistant.examples import examples
from assistant.prefixes import Prefixes, Way, prefixes_of
from assistant.teaching import taught_of
from assistant.told import said_of
from db.store import Store
from grammar.records import record
from grammar.terms import Terms, read_terms
from grammar.tokens import level
from grammar.vocabulary import fixed

__all__ = ["Completion", "complete", "examples", "understood"]

MOST = 12
MOST_WORDS = 5
NAMED_FIRST = ("mine", "company", "segment", "other")
READ_AT_HAND = 256
MOST_OTHERS = 4
SHORTEST_LABEL = 3
NAMING = ("entity", "taught", "measure", "metal", "period")
_WORD = re.compile(r"\S+")
JOINED = [["and"], ["or"], ["vs"], ["versus"], ["against"], ["with"], ["than"]]
KIND_ORDER = (
    "entity", "taught", "measure", "metal", "period",
    "compare", "yearly", "order", "compute", "group", "scope", "label",
)  # fmt: skip


@record
class Context:
    """What the rest of the line says already: names, measures and metals by id, and whether it names a period."""

    entities: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    metals: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    grouped: bool = False


@dataclass
class Completer:
    """The completions of one store's questions."""

    book: Book
    _read: dict[str, Context] = field(default_factory=dict)
    _dated: tuple[Context, frozenset[str]] = (Context(), frozenset())

    def __post_init__(self) -> None:
        self.coverage: Coverage = coverage_of(self.book)
        self.prefixes: Prefixes = prefixes_of(self.book)

    def ways(self, text: str, cursor: int) -> list[Completion]:
        """The completions of the words before the cursor, then what may follow them."""
        end = cursor + len(re.match(r"[\w&'.-]*", text[cursor:]).group())  # type: ignore[union-attr]
        head, tail = text[:cursor], text[end:]
        found = self._completing(head, tail, end)
        parted = not head or head[-1].isspace()
        begun = self._whole_from(head.rstrip()) if parted or end == cursor else None
        found = [each for each in found if begun is None or each.start <= begun]
        if parted or begun is not None:
            space = "" if parted else " "
            following = [Completion(cursor, end, space + t, a) for t, a in self._following(self._context(head + tail))]
            found = [*following, *found] if begun is not None else [*found[:2], *following, *found[2:]]
        fresh = [c for c in found if level(text[c.start : c.end]) != level(c.text)]
        return list({(c.start, c.text): c for c in fresh}.values())[:MOST]

    def _whole_from(self, head: str) -> int | None:
        """Where the name, measure or period begins that the last words are as they stand; None where they are none."""
        for at in _starts(head):
            ways = self.prefixes.beginning(level(head[at:]))[:1]
            if ways:  # of the longest run that begins a phrase: in "total cash" the word "cash" is not whole
                return at if ways[0].key == level(head[at:]) and ways[0].kind in NAMING else None
        return None

    def _completing(self, head: str, tail: str, end: int) -> list[Completion]:
        """The phrases that begin as the last words do, the best first."""
        ranked: list[tuple[tuple[int, ...], Way, Completion]] = []
        starts = _starts(head)
        for at in starts:
            fragment = " ".join(level(head[at:]).split()) + (" " if head[-1].isspace() else "")
            ways = self.prefixes.beginning(fragment)
            if not ranked and not ways and at == starts[-1] and self._may_be_label(fragment):
                ways = self.prefixes.labels(fragment)
            context = self._context(head[:at] + tail) if ways else Context()
            joined = head[:at].lower().split()[-1:] in JOINED
            for way in ways:
                rank = (self._fit(way, context, joined=joined), at, *self._rank(way))
                ranked.append((rank, way, Completion(at, end, way.text, way.about)))
        best: dict[tuple[str, str], Completion] = {}
        for _, way, completion in sorted(ranked, key=lambda r: (r[0], len(r[1].text), r[1].text)):
            best.setdefault((way.kind, way.id), completion)
        return list(best.values())[:MOST]

    def _may_be_label(self, fragment: str) -> bool:
        return len(fragment) >= SHORTEST_LABEL and fragment.isalpha() and fragment not in fixed().function

    def _rank(self, way: Way) -> tuple[int, ...]:
        """Names before measures before the rest, what is asked most first, the newest period first."""
        order = KIND_ORDER.index(way.kind)
        if way.kind == "measure":
            return (way.inner, order, self.prefixes.asked[way.id], way.about != "measure")
        if way.kind == "period":
            return (way.inner, order, -int(self._ends.get(way.id, "0").replace("-", "")), way.about != "period")
        if way.kind == "entity":
            return (
                way.inner,
                order,
                NAMED_FIRST.index(self.coverage.entities[way.id].kind),
                -len(self.coverage.by_entity[way.id]),
            )
        return (way.inner, order, 0, 0)

    def _fit(self, way: Way, context: Context, *, joined: bool = False) -> int:
        """0 where the question can be answered with it, 1 where that isn't known, 2 where it can't be.

        ``joined`` says that an "and" or a "vs" stands before it.
        """
        if way.kind == "measure" and context.entities:
            return 0 if any(self.coverage.has(way.id, name) for name in context.entities) else 2
        if way.kind == "entity" and context.measures:
            return 0 if self.coverage.has(context.measures[0], way.id) else 2
        if way.kind == "entity" and context.entities and not joined:
            return 1  # what goes on from the one that is named comes before a second one
        if way.kind == "period" and context.measures:
            return 0 if self._ends.get(way.id) in self._printed_ends(context) else 2
        if way.kind == "metal" and context.measures and context.entities:
            return 0 if way.id in self.coverage.metals(context.measures[0], context.entities[0]) else 2
        filled = {"measure": context.measures, "period": context.periods, "metal": context.metals}.get(way.kind)
        return 1 if filled or way.kind == "label" else 0

    def _following(self, context: Context) -> Iterator[tuple[str, str]]:
        """What may come next, with what it is: measures for a mine, mines for a measure, periods for both."""
        coverage = self.coverage
        if not context.measures:
            ids = coverage.measures_of(context.entities[0]) if context.entities else list(coverage.measures)
            if not context.entities and not context.grouped:
                yield from ((coverage.called(e), coverage.entities[e].kind) for e in self._mines()[:4])
            yield from ((coverage.measures[id], "measure") for id in ids[:8])
            return
        measure, whose = context.measures[0], self._whose(context)
        if not context.entities and not (context.grouped or whose):
            yield from ((coverage.called(e), coverage.entities[e].kind) for e in coverage.holders(measure)[:8])
            return
        if not context.periods:
            yield from ((name, "printed") for name in self._printed(context)[:6])
            if whose and not context.metals and len(metals := coverage.metals(measure, whose)) > 1:
                yield from ((metal, "metal") for metal in metals)
        else:
            yield from self._against(context, measure, whose)
        if not context.entities:
            yield from (
                (coverage.called(e), coverage.entities[e].kind) for e in coverage.holders(measure) if e != whose
            )

    def _against(self, context: Context, measure: str, whose: str) -> Iterator[tuple[str, str]]:
        """What the figure can be set against: the other periods, then other mines."""
        others = [name for name in self._printed(context) if name not in context.periods]
        yield from ((f"vs {name}", "compared with it") for name in others[:3])
        kind = self.coverage.entities[whose].kind if whose else ""
        alike = (e for e in self.coverage.holders(measure) if self.coverage.entities[e].kind == kind)
        for other in islice((e for e in alike if e not in context.entities and e != whose), MOST_OTHERS):
            if {self._ends.get(p) for p in context.periods} & self.coverage.ends(measure, other):
                yield f"vs {self.coverage.called(other)}", "compared with it"

    def _whose(self, context: Context) -> str:
        """Whose figure it is: the first that is named, else the store's one company where it has the measure."""
        names = context.entities or (self.book.companies if len(self.book.companies) == 1 else ())
        return next((n for n in names if self.coverage.has(context.measures[0], n)), "")

    def _printed(self, context: Context) -> list[str]:
        """The periods that the measure is printed for, of whom it is asked about, the newest first."""
        measure, whose = context.measures[0], self._whose(context)
        names = [whose] if whose else self.coverage.holders(measure)[:1]
        return [p for name in names for p in self.coverage.periods(measure, name, context.metals)]

    def _printed_ends(self, context: Context) -> frozenset[str]:
        """The last days of those periods, all of them."""
        if self._dated[0] != context:
            measure, whose = context.measures[0], self._whose(context)
            names = [whose] if whose else self.coverage.holders(measure)[:1]
            self._dated = (context, frozenset(end for name in names for end in self.coverage.ends(measure, name)))
        return self._dated[1]

    def _mines(self) -> list[str]:
        names = [name for name, entity in self.coverage.entities.items() if entity.kind in ("mine", "company")]
        return sorted(
            names, key=lambda n: (self.coverage.entities[n].kind != "mine", -len(self.coverage.by_entity[n]), n)
        )

    @property
    def _ends(self) -> dict[str, str]:
        """The name of each period -> its last day."""
        return self.prefixes.ends

    def _context(self, rest: str) -> Context:
        """What the rest of the line means, kept for the keys that follow."""
        rest = " ".join(rest.split())
        if rest not in self._read:
            while len(self._read) >= READ_AT_HAND:
                self._read.pop(next(iter(self._read)))
            self._read[rest] = self._understood(rest) if rest else Context()
        return self._read[rest]

    def _understood(self, rest: str) -> Context:
        found: Terms = read_terms(rest, self.book.vocabulary, self.book.labels)
        entities = self.book.vocabulary.entities
        named = [entities[id].name for t in found.of("entity") for id in t.ids if id in entities]
        held = [name for name in dict.fromkeys(named) if self.coverage.by_entity.get(name)]
        measures = [next((i for i in t.ids if i in self.coverage.measures), "") for t in found.of("measure")]
        metals = tuple(t.id for t in found.of("metal"))
        shown = self.prefixes.quarters
        periods = [next((shown[d.isoformat()] for d in w.ends if d.isoformat() in shown), w.said) for w in found.whens]
        return Context(
            tuple(held),
            tuple(m for m in measures if m),
            metals,
            tuple(periods),
            bool(found.of("group", "scope")),
        )


def complete(text: str, cursor: int, store: Store) -> list[Completion]:
    """Ways to go on with ``text`` at ``cursor``, the likeliest first; for an empty line questions that can be asked."""
    if not text.strip():
        return [Completion(0, len(text), question, "a question") for question in examples(store)]
    return completer_of(book_of(store, taught_of(store))).ways(text, min(max(cursor, 0), len(text)))


def _starts(head: str) -> list[int]:
    """Where each of the last words begins, the longest run of them first."""
    return [match.start() for match in _WORD.finditer(head)][-MOST_WORDS:]


def understood(text: str, store: Store) -> tuple[Said, ...]:
    """The words of ``text`` with what they are understood as, left to right; ``kind`` is '' where a word isn't."""
    book = book_of(store, taught_of(store))
    return said_of(read_terms(text, book.vocabulary, book.labels))


def completer_of(book: Book) -> Completer:
    """The book's completer, made at the first key."""
    return book.once(Completer)
