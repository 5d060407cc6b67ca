"""Everything a question's words can mean: the lexicon, and on top of it the names that a store holds.

Each meaning is a :class:`~grammar.phrases.Phrase` whose ``kind`` is the slot it fills. Phrases of measures may have
other words inside them ("cash cost *of Lucky Friday*"); names and the words that say what is asked stand unbroken.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from grammar.compiled import FOLDER, compiled
from grammar.entries import Metric, Ratio
from grammar.lexicon import lexicon, read
from grammar.name_forms import NameEntry, company_words, with_derived
from grammar.phrases import Phrase, PhraseIndex
from grammar.reading import Entity
from grammar.spelling import FREE_OF_MEANING
from grammar.tokens import level, split_words, stem, stems_of
from grammar.units import unit_words
from grammar.words import phrase_key

PER = "per"


@dataclass(frozen=True)
class Fixed:
    """What doesn't depend on a store: the phrases of the lexicon and the words that carry no condition."""

    free: PhraseIndex
    tight: PhraseIndex
    function: frozenset[str]
    filler: frozenset[str]
    abbreviations: dict[str, str]
    period_slips: dict[str, str]
    chatter: tuple[str, ...]
    praise: frozenset[str]
    beside: frozenset[str]
    known: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Vocabulary:
    """The fixed phrases and a store's names; ``said`` is how those are said."""

    fixed: Fixed
    names: PhraseIndex
    entities: dict[str, Entity]
    said: Collection[str]
    stems: frozenset[str]

    @functools.cached_property
    def following(self) -> dict[str, frozenset[str]]:
        """The words that follow each word in the names of the store's entities; made for the first slip only."""
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities.values():
            words = [w.text for w in split_words(level(entity.name))]
            for word, after in pairwise(words):
                if after not in legal_words():
                    found[word].add(after)
        return {word: frozenset(after) for word, after in found.items()}

    @functools.cached_property
    def words(self) -> dict[str, int]:
        """Each known word with the weight that settles a tie between two corrections; made for the first slip only."""
        return _words({word.text for said in self.said for word in split_words(level(said))})


@functools.cache
def phrasing() -> dict[str, dict[str, Any]]:
    """The tables of ``phrasing.toml``: slot -> value -> phrases."""
    return read(FOLDER / "phrasing.toml")


@functools.cache
def fixed() -> Fixed:
    """The phrases of the lexicon, indexed: as they were compiled, or anew where the lexicon was changed since."""
    filler = read(FOLDER / "filler.toml")
    function = frozenset(stem(word) for word in filler["function"]) | frozenset(filler["function"])
    loose = frozenset(stems[0] for text in filler["polite"] if len(stems := stems_of(text)) == 1)
    free, tight = _kept_indexes() or indexes()
    return Fixed(
        free,
        tight,
        function,
        loose,
        dict(filler["abbreviations"]),
        dict(filler["period_slips"]),
        tuple(filler["chatter"]),
        frozenset(filler["praise"]),
        frozenset(filler["beside"]),
        free.stems | tight.stems | function | loose,
    )


def _kept_indexes() -> tuple[PhraseIndex, PhraseIndex] | None:
    kept = compiled()
    if kept is None:
        return None
    free, tight = (PhraseIndex(kept[name]["entries"], kept[name]["stems"]) for name in ("free", "tight"))
    return free, tight


def indexes() -> tuple[PhraseIndex, PhraseIndex]:
    """The phrases that may have words between theirs, and those that stand unbroken."""
    filler = read(FOLDER / "filler.toml")
    function = frozenset(stem(word) for word in filler["function"]) | frozenset(filler["function"])
    polite = (stems_of(text) for text in filler["polite"])
    talk = (Phrase(stems, "filler", "polite") for stems in polite if len(stems) > 1)
    measures = list(_measures())
    alone = frozenset(p.stems[0] for p in measures if len(p.stems) == 1)
    meant: dict[frozenset[str], set[str]] = defaultdict(set)
    for phrase in measures:
        meant[frozenset(phrase.stems) - function].add(phrase.id)
    free = PhraseIndex.of(_without(function, alone, p, meant) for p in measures)
    return free, PhraseIndex.of([*_slots(phrasing()), *_metals(), *_units(), *talk])


def _without(
    function: frozenset[str], alone: frozenset[str], phrase: Phrase, meant: Mapping[frozenset[str], Collection[str]]
) -> Phrase:
    """The phrase without function words, unless they make it what it is.

    What is computed keeps its "per", and so does a phrase whose other words mean something else (``meant``): "milling
    per ton" is no "tons milled". A phrase of which one word would be left keeps all, unless that word (one ``alone`` in
    the lexicon) means a measure by itself: "per share" is no "share".
    """
    said = phrase.kind == "quotient"
    rate = said or not all(phrase.id in id or id in phrase.id for id in meant[frozenset(phrase.stems) - function])
    kept = tuple(s for s in phrase.stems if s not in function or (rate and s == PER))
    if len(kept) == 1 and kept[0] not in alone:
        kept = phrase.stems
    return Phrase(kept or phrase.stems, "measure" if said else phrase.kind, phrase.id, phrase.rank)


def _measures() -> Iterator[Phrase]:
    lex = lexicon()
    blocks: list[Metric | Ratio] = [*lex.metrics.values(), *lex.ratios.values()]
    for measure in blocks:
        kind = "measure" if isinstance(measure, Metric) else "quotient"
        for text in (*measure.phrases, *(said for said, _ in measure.ambiguous)):
            yield Phrase(stems_of(text), kind, "|".join(lex.phrases[phrase_key(text)]))
        yield Phrase(stems_of(measure.name), "measure", measure.id, 1)
    groups = {stems_of(text) for phrases in phrasing()["group"].values() for text in phrases}
    for statement in lex.statements.values():
        for text in (*statement.phrases, *statement.titles):
            if stems_of(text) not in groups:  # a table may be titled "Segments", but "by segment" asks for each of them
                yield Phrase(stems_of(text), "statement", statement.id)


def _metals() -> Iterator[Phrase]:
    for metal in lexicon().metals.values():
        for word in (*metal.words, metal.symbol, metal.id.replace("_", " ")):
            if word:
                yield Phrase(stems_of(word.lower()), "metal", metal.id)


def _units() -> Iterator[Phrase]:
    for text, unit in unit_words().items():
        yield Phrase(stems_of(text), "unit", unit)


def _slots(tables: dict[str, dict[str, Any]]) -> Iterator[Phrase]:
    for slot, values in tables.items():
        for value, phrases in values.items():
            for text in phrases:
                yield Phrase(stems_of(text), slot, value)


def vocabulary(names: Iterable[NameEntry], taught: Iterable[Phrase] = ()) -> Vocabulary:
    """The fixed vocabulary with a store's names and a user's phrases; a word that two entities claim means either."""
    said: dict[tuple[str, ...], list[str]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    base = fixed()
    entries = list(with_derived(list(names), base.known))
    for entry in entries:
        key = f"{entry.entity.kind}:{entry.entity.name}"
        entities.setdefault(key, entry.entity)
        stems = stems_of(level(entry.said))
        if stems and key not in said[stems]:
            said[stems].append(key)
    named = (Phrase(stems, "entity", "|".join(keys)) for stems, keys in said.items())
    index = PhraseIndex.of([*named, *taught])
    return Vocabulary(base, index, entities, {entry.said for entry in entries}, base.known | index.stems)


def _words(spoken: Iterable[str]) -> dict[str, int]:
    """Each known word with the weight that settles a tie between corrections: names, then measures, then others."""
    words = dict.fromkeys(phrasing_words(), FREE_OF_MEANING)
    words.update(dict.fromkeys(lexicon_words(), 1))
    words.update((word, 0) for word in spoken if word.isalpha() and word not in legal_words())
    return words


@functools.cache
def lexicon_words() -> frozenset[str]:
    """Every word of the lexicon's phrases and metals, as it is written there."""
    lex = lexicon()
    blocks: list[Metric | Ratio] = [*lex.metrics.values(), *lex.ratios.values()]
    texts = [t for block in blocks for t in (block.name, *block.phrases, *(said for said, _ in block.ambiguous))]
    texts += [word for metal in lex.metals.values() for word in metal.words]
    function = fixed().function
    return frozenset(w.text for text in texts for w in split_words(text) if w.text.isalpha() and w.text not in function)


@functools.cache
def phrasing_words() -> frozenset[str]:
    """Every single word of the phrasing and filler files."""
    filler = read(FOLDER / "filler.toml")
    texts = [t for values in phrasing().values() for phrases in values.values() for t in phrases]
    return frozenset(
        w.text for t in (*texts, *filler["function"], *filler["polite"]) for w in split_words(t) if len(w.text) > 3
    )


@functools.cache
def legal_words() -> frozenset[str]:
    """Those of them that mean nothing else: no slip is one, for "core deposits" are not the deposits of a corp."""
    return company_words() - lexicon_words()
