"""Which measures each mine and company of a store has, kept per store so that a key typed costs no scan.

The pairs come from one pass over an index when they are first needed; periods are looked up a pair at a time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.book import Book
from grammar.lexicon import Metric, Ratio, lexicon
from grammar.reading import Entity
from grammar.records import record
from grammar.words import phrase_key

# A look into the index for each pair that may be: to read all of the index takes seconds with ten thousand filings.
_PAIRS = """
SELECT m.key AS metric, e.value AS entity
FROM (SELECT DISTINCT key FROM vocabulary WHERE kind = 'metric') AS m, json_each(:entities) AS e
WHERE EXISTS (SELECT 1 FROM facts AS f WHERE f.metric = m.key AND f.entity = e.value AND f.nature = 'actual')
"""
_PERIODS = (
    "SELECT DISTINCT period_end, period_kind, period, metal, unit FROM facts WHERE metric = :metric"
    " AND entity = :entity AND nature = 'actual' AND source = 'table' AND period IS NOT NULL"
    " ORDER BY period_end DESC LIMIT :most"
)
_ENDS = (
    "SELECT DISTINCT period_end FROM facts WHERE metric = :metric AND entity = :entity AND nature = 'actual'"
    " AND period_end IS NOT NULL"
)
PATIENCE = 60.0  # seconds: read once, and what a cold disk takes for that is no fault of the question
NEWEST = 60  # of the (period, metal, unit) of one figure: what is offered, not all that there is
SAID = ("quarter", "year", "half", "nine_months", "instant")  # the kinds of period that a person asks for
LONGEST_NAME = 40
KINDS = ("company", "mine", "segment", "other")


@record
class Printed:
    """A period that tables give a figure for, as it is called, with the figure's metal and unit."""

    end: str
    kind: str
    name: str
    metal: str | None
    unit: str


@dataclass
class Coverage:
    """What each entity has; ``measures`` are the metrics and ratios that have figures at all, the most asked first."""

    book: Book
    entities: dict[str, Entity] = field(init=False)
    by_entity: dict[str, set[str]] = field(init=False)
    by_metric: dict[str, list[str]] = field(init=False)
    measures: dict[str, str] = field(init=False)
    _holders: dict[str, list[str]] = field(default_factory=dict)
    _periods: dict[tuple[str, str], list[Printed]] = field(default_factory=dict)
    _ends: dict[tuple[tuple[str, ...], str], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entities = {}
        for entity in sorted(self.book.vocabulary.entities.values(), key=lambda e: (KINDS.index(e.kind), e.name)):
            self.entities.setdefault(entity.name, entity)
        self.by_entity = defaultdict(set)
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.book.store.run(_PAIRS, {"entities": json.dumps(list(self.entities))}, PATIENCE):
            self.by_entity[row["entity"]].add(row["metric"])
            found[row["metric"]].add(row["entity"])
        self.by_metric = {metric: sorted(names, key=self._weight) for metric, names in found.items()}
        self.measures = {m.id: said_as(m) for m in _asked_most() if self._is_held(m)}

    def _weight(self, name: str) -> tuple[int, int, str]:
        """Companies before mines before segments, those with more to ask about first."""
        return (KINDS.index(self.entities[name].kind), -len(self.by_entity[name]), name)

    def _is_held(self, block: Metric | Ratio) -> bool:
        return all(id in self.by_metric for id in ids_of(block.id)) if ids_of(block.id) else False

    def has(self, measure: str, entity: str) -> bool:
        """Whether the entity has all that the measure is made of."""
        return bool(ids_of(measure)) and all(id in self.by_entity.get(entity, ()) for id in ids_of(measure))

    def measures_of(self, entity: str) -> list[str]:
        """The ids of the measures that an entity has, the most asked first."""
        return [id for id in self.measures if self.has(id, entity)]

    def holders(self, measure: str) -> list[str]:
        """The entities that have the measure: companies, then mines, then the rest."""
        if measure not in self._holders:
            ids = ids_of(measure)
            self._holders[measure] = [e for e in self.by_metric.get(ids[0], ()) if self.has(measure, e)] if ids else []
        return self._holders[measure]

    def printed(self, measure: str, entity: str) -> list[Printed]:
        """The newest (period, metal)s that tables print of the measure's first part for the entity, newest first."""
        ids = ids_of(measure)
        if not ids or not self.has(measure, entity):
            return []
        key = (ids[0], entity)
        if key not in self._periods:
            rows = self.book.store.run(_PERIODS, {"metric": ids[0], "entity": entity, "most": NEWEST})
            made = (Printed(r["period_end"], r["period_kind"], r["period"], r["metal"], r["unit"]) for r in rows)
            self._periods[key] = [p for p in made if p.kind in SAID]
        return self._periods[key]

    def ends(self, measure: str, entity: str) -> frozenset[str]:
        """The last day of every period that the entity has the measure's first part for, out of the index alone."""
        ids = ids_of(measure)
        if (ids[:1], entity) not in self._ends:
            rows = self.book.store.run(_ENDS, {"metric": ids[0], "entity": entity}) if ids else []
            self._ends[ids[:1], entity] = frozenset(row["period_end"] for row in rows)
        return self._ends[ids[:1], entity]

    def periods(self, measure: str, entity: str, metals: Sequence[str] = ()) -> list[str]:
        """The names of those periods, each once, the newest first; only of ``metals`` where any are given."""
        found = self.printed(measure, entity)
        fitting = [p for p in found if not metals or p.metal is None or p.metal in metals]
        return list(dict.fromkeys(p.name for p in fitting))

    def metals(self, measure: str, entity: str) -> list[str]:
        """The metals that the measure is printed for."""
        return sorted({p.metal for p in self.printed(measure, entity) if p.metal})

    def called(self, name: str) -> str:
        """What a question calls the entity: a segment says that it is one, since metals bear the same names."""
        kind = self.entities[name].kind
        return f"{name} segment" if kind == "segment" else name


def ids_of(measure: str) -> tuple[str, ...]:
    """The metrics that a measure is made of: itself, or the operands of a ratio; none for what isn't a measure."""
    lex = lexicon()
    if measure in lex.metrics:
        return (measure,)
    ratio = lex.ratios.get(measure)
    return tuple(id for id in ratio.operands if id in lex.metrics) if ratio else ()


def said_as(block: Metric | Ratio) -> str:
    """How a person says the measure: its name where that is plain words and means it first, else its first phrase."""
    name = block.name.lower()
    owners = lexicon().phrases.get(phrase_key(name), (block.id,))
    plain = owners[0] == block.id and not any(c in name for c in "(),:") and len(name) <= LONGEST_NAME
    return name if plain or not block.phrases else block.phrases[0]


def _asked_most() -> list[Metric | Ratio]:
    """Metrics and ratios, those with the most ways to say them first: they are what people ask for."""
    lex = lexicon()
    blocks: list[Metric | Ratio] = [*lex.metrics.values(), *lex.ratios.values()]
    plain = [b for b in blocks if not (isinstance(b, Metric) and b.guidance_of)]
    return sorted(plain, key=lambda b: -(len(b.phrases) + len(b.ambiguous)))


def coverage_of(book: Book) -> Coverage:
    """The book's coverage, made when it is first needed."""
    return book.once(Coverage)
