"""What a store holds by name: its companies, mines, segments and headings, read once per store and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from db.store import Store
from grammar.name_forms import NameEntry, place_names
from grammar.periods import month_meant
from grammar.phrases import Phrase
from grammar.reading import Entity
from grammar.taught import taught_phrases
from grammar.terms import Terms, read_terms
from grammar.vocabulary import Vocabulary, vocabulary

_LABELS = (
    "SELECT DISTINCT shown FROM vocabulary WHERE kind = 'word' AND key IN (SELECT value FROM json_each(:stems))"
    " ORDER BY shown"
)
_NAMES = "SELECT key, shown, detail FROM vocabulary WHERE kind = 'name' ORDER BY key, shown, detail"
_HEADINGS = "SELECT shown FROM vocabulary WHERE kind = 'heading' AND key = :key ORDER BY shown"
_MINES_OF = (
    "SELECT DISTINCT shown FROM vocabulary WHERE kind = 'miner' AND key IN (SELECT value FROM json_each(:metals))"
    " ORDER BY shown"
)
_YEAR_ENDS = (
    "SELECT fiscal_year_end, COUNT(*) AS times FROM filings WHERE company = :company AND fiscal_year_end IS NOT NULL"
    " GROUP BY 1 ORDER BY 2 DESC, 1"
)
_PERIODS = "SELECT key, shown, detail FROM vocabulary WHERE kind = 'period' ORDER BY key, detail"


T = TypeVar("T")


@dataclass
class Book:
    """The names of one store; ``taught`` are a user's (phrase, meaning) pairs, ``phrases`` those that it can take."""

    store: Store
    taught: tuple[tuple[str, str], ...] = ()
    _mines_of: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _names_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _year_ends: dict[str, int | None] = field(default_factory=dict)
    _labels: dict[frozenset[str], list[str]] = field(default_factory=dict)
    _read: tuple[str, Terms] | None = None
    _made: dict[Callable[[Book], object], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        entries = [_entry(row["key"], row["shown"], row["detail"]) for row in self.store.run(_NAMES)]
        known = [e for e in entries if e is not None]
        self.vocabulary: Vocabulary = vocabulary(place_names(known))
        self.phrases: dict[Phrase, tuple[str, str]] = taught_phrases(self.taught, self.vocabulary)
        if self.phrases:
            self.vocabulary = vocabulary(place_names(known), self.phrases)
        self.entities = frozenset(e.entity for e in known)
        self.companies = sorted({e.entity.name for e in known if e.entity.kind == "company"})
        self.mines = sorted({(e.entity.name, e.entity.company or "") for e in known if e.entity.kind == "mine"})

    def members(self, kind: str, companies: Iterable[str]) -> tuple[str, ...]:
        """The entities of a kind that these companies have."""
        wanted = set(companies)
        return tuple(sorted({e.name for e in self.entities if e.kind == kind and e.company in wanted}))

    def names_of(self, kind: str) -> tuple[str, ...]:
        """The names of all entities of a kind, whoever has them."""
        if kind not in self._names_of:
            self._names_of[kind] = tuple(sorted({e.name for e in self.entities if e.kind == kind}))
        return self._names_of[kind]

    def mines_of(self, metals: Iterable[str]) -> list[str]:
        """The mines whose costs per ounce are told of one of these metals: what makes a mine a silver mine."""
        key = tuple(metals)
        if key not in self._mines_of:
            rows = self.store.run(_MINES_OF, {"metals": json.dumps(key)})
            self._mines_of[key] = [row["shown"] for row in rows]
        return self._mines_of[key]

    def year_end(self, company: str) -> int | None:
        """The month in which most filings of a company say that its fiscal years end; None where none does."""
        if company not in self._year_ends:
            rows = self.store.run(_YEAR_ENDS, {"company": company})
            days = [row["fiscal_year_end"].split("-") for row in rows[:2] if row["times"] == rows[0]["times"]]
            ends = [month_meant(int(month), int(day)) for month, day in days]
            self._year_ends[company] = ends[0] if len(set(ends)) == 1 else None
        return self._year_ends[company]

    def terms(self, question: str) -> Terms:
        """The terms of a question; those of the last one are kept, for a refusal looks at them again."""
        kept = self._read
        if kept is None or kept[0] != question:
            kept = self._read = question, read_terms(question, self.vocabulary, self.labels)
        return kept[1]

    def labels(self, stems: frozenset[str]) -> Iterable[str]:
        """The keys of the printed labels that hold one of these stems."""
        if stems not in self._labels:
            rows = self.store.run(_LABELS, {"stems": json.dumps(sorted(stems))})
            self._labels[stems] = [row["shown"] for row in rows]
        return self._labels[stems]

    def once(self, make: Callable[[Book], T]) -> T:
        """What a room makes of the book, made when it is first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    def headings(self, key: str) -> list[str]:
        """The headings, as printed, whose words are ``key``."""
        return [row["shown"] for row in self.store.run(_HEADINGS, {"key": key})]

    def periods(self) -> list[tuple[str, str, str]]:
        """Every period that the store has figures for: (ISO end, name, kind), oldest first."""
        return [(r["key"], r["shown"], r["detail"]) for r in self.store.run(_PERIODS)]


def _entry(said: str, shown: str, detail: str) -> NameEntry | None:
    kind, company, relation = (*detail.split("|"), "", "")[:3]
    if not kind or relation == "metal":  # what a mine mines is no name of it
        return None
    return NameEntry(said, Entity(shown, kind, company or None), relation)


def book_of(store: Store, taught: tuple[tuple[str, str], ...] = ()) -> Book:
    """The store's book, made at its first question."""
    kept = getattr(store, "_book", None)
    if isinstance(kept, Book) and kept.taught == taught:
        return kept
    book = Book(store, taught)
    store._book = book  # type: ignore[attr-defined]
    return book
