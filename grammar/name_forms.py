"""The names of a store's entities, and what people make of them: "Greens Creek mine", "LF", the Alaskan mine."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from grammar.compiled import FOLDER
from grammar.lexicon import places, read
from grammar.reading import Entity
from grammar.records import record
from grammar.tokens import level, split_words, stem, stems_of

SEGMENT_WORDS = ("operations", "segment", "division", "business", "ops")
MINE_WORDS = ("mine", "unit", "operation", "property", "project")


@record
class NameEntry:
    """One way to say an entity that the store holds; ``relation`` as filings give it (name, short, place ...)."""

    said: str
    entity: Entity
    relation: str


def with_derived(names: list[NameEntry], known: Collection[str]) -> Iterator[NameEntry]:
    """The names as filings give them, then what people make of them where that is not taken by something else."""
    plain = [n for n in names if not (_is_common(n.entity, known) and level(n.said) == level(n.entity.name))]
    yield from plain
    taken = {stems_of(level(n.said)) for n in plain}
    derived: dict[tuple[str, ...], list[NameEntry]] = defaultdict(list)
    for entity in dict.fromkeys(n.entity for n in names):
        for said in _forms(entity, known):
            derived[stems_of(said)].append(NameEntry(said, entity, "derived"))
    for stems, entries in derived.items():
        owners = {(e.entity.kind, e.entity.name) for e in entries}
        if stems and stems not in taken and len(owners) == 1:
            yield from entries


def _forms(entity: Entity, known: Collection[str]) -> Iterator[str]:
    name = level(entity.name)
    words = [w.text for w in split_words(name)]
    if entity.kind == "segment":
        yield from (f"{name} {word}" for word in SEGMENT_WORDS)
    if not _is_common(entity, known):
        yield name
    if entity.kind == "mine":
        yield from (f"{name} {word}" for word in MINE_WORDS)
        if len(words) > 1:
            yield "".join(words)
            yield from (w for w in words if len(w) > 4 and stem(w) not in known and w not in generic_names())
        initials = "".join(w[0] for w in words)
        if len(initials) > 1 and initials not in known:
            yield initials
    if entity.kind == "company":
        core = [w for w in words if w not in company_words()]
        if core:
            yield " ".join(core)
            yield from _leading(core, known)


def _leading(core: list[str], known: Collection[str]) -> Iterator[str]:
    """The word people call a company by (Heron Gold Company: Heron), unless it means or may name something else."""
    if len(core) > 2:  # Heron Gold Solutions Ltd.: Heron Gold
        yield " ".join(core[:2])
    first = core[0]
    if len(core) > 1 and len(first) > 3 and stem(first) not in known and first not in generic_names():
        yield first


def _is_common(entity: Entity, known: Collection[str]) -> bool:
    """Whether the name of a segment is a word of the lexicon ("Silver", "Other"): alone it means that word."""
    return entity.kind == "segment" and all(s in known for s in stems_of(level(entity.name)))


@functools.cache
def generic_names() -> frozenset[str]:
    """Words that many places bear ("creek", "hill"): alone they name none."""
    return frozenset(read(FOLDER / "filler.toml")["generic_names"])


@functools.cache
def company_words() -> frozenset[str]:
    """Words of a company's legal name that people leave out ("Mining", "Corporation")."""
    return frozenset(read(FOLDER / "filler.toml")["company_words"])


def place_names(names: Iterable[NameEntry]) -> Iterator[NameEntry]:
    """For each place that a filing puts a mine in, its adjectives too: a mine in Alaska is the Alaskan mine."""
    for entry in names:
        yield entry
        if entry.relation == "place":
            place = places().get(entry.said)
            for word in place.adjectives if place else ():
                yield NameEntry(word.lower(), entry.entity, "place")
