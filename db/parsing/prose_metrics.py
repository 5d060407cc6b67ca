"""The metrics that sentences name, and the phrases that do: those of prose.toml, and the lexicon's of several words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from db.prose.phrases import lowered
from grammar.chunks import Cutter, where
from grammar.errors import LexiconError
from grammar.lexicon import lexicon
from grammar.prose_words import prose_data, words
from grammar.records import record

_FLAGS = ("company", "mined", "of_metal", "instant", "placed", "timeless")
WORDS = re.compile(r"[\w'’/]+(?:-[\w'’/]+)*")
_WORDS = Cutter(WORDS.pattern)


@record
class SentenceMetric:
    """A metric as sentences name it (``[[metric]]`` of prose.toml).

    ``company``: only the company has one; ``mined``: told of mines and metals; ``of_metal``: counts a metal, never ore;
    ``instant``: of a day; ``placed``: a mine's where the sentence names one; ``timeless``: of no period unless one is
    told; ``inherits``: which metrics a vague word may stand for, once a sentence before has named one; ``apart``: words
    that stand around the figure.
    """

    id: str
    units: frozenset[str]
    company: bool = False
    mined: bool = False
    of_metal: bool = False
    instant: bool = False
    placed: bool = False
    timeless: bool = False
    apart: tuple[str, ...] = ()
    inherits: frozenset[str] = frozenset()


@record
class Hit:
    """A phrase of a sentence that names metrics, and where it stands."""

    start: int
    end: int
    text: str
    metrics: tuple[SentenceMetric, ...]
    told: bool = True


@cache
def sentence_metrics() -> dict[str, SentenceMetric]:
    """The metrics that sentences name, by id."""
    found: dict[str, SentenceMetric] = {}
    for block in prose_data()["metric"]:
        if block["id"] in found:
            raise LexiconError(f"prose.toml: the metric {block['id']!r} has two blocks; make them one")
        flags = {key: bool(block.get(key)) for key in _FLAGS}
        units, apart = frozenset(block["units"]), tuple(block.get("apart", ()))
        found[block["id"]] = SentenceMetric(
            block["id"], units, apart=apart, inherits=frozenset(block.get("inherits", ())), **flags
        )
    return found


@cache
def _owners() -> dict[str, tuple[SentenceMetric, ...]]:
    """Who may be meant by a phrase. Phrases of the lexicon with one owner and several words count here too."""
    owners: dict[str, list[SentenceMetric]] = {}
    for block in prose_data()["metric"]:
        for phrase in block["says"]:
            owners.setdefault(phrase, []).append(sentence_metrics()[block["id"]])
    metrics = lexicon().metrics
    for metric in metrics.values():
        id = metric.guidance_of or metric.id  # the sentence's own words tell whether a figure is a plan
        told = sentence_metrics().get(id) or SentenceMetric(
            id,
            frozenset(metric.units),
            company=metric.units == ("USD",) and not metric.by_metal,
            instant=metric.kind == "instant",
        )
        for phrase in metric.phrases:
            if " " in phrase and told not in owners.get(phrase.lower(), ()):
                owners.setdefault(phrase.lower(), []).append(told)
    return {phrase: tuple(metrics) for phrase, metrics in owners.items()}


@cache
def _phrases() -> tuple[dict[str, str], dict[str, list[int]]]:
    """The phrases by their words, and by a first word how many words they have, the longest first.

    A pattern of all of them takes a millisecond a sentence.
    """
    by_words: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for phrase in _owners():
        said = WORDS.findall(phrase)
        if said:
            by_words.setdefault(" ".join(said), phrase)
            lengths.setdefault(said[0], set()).add(len(said))
    return by_words, {first: sorted(counts, reverse=True) for first, counts in lengths.items()}


@cache
def last_words() -> frozenset[str]:
    """The words that phrases of metrics end with."""
    return frozenset(WORDS.findall(phrase)[-1] for phrase in _owners() if WORDS.findall(phrase))


@cache
def _told() -> frozenset[str]:
    """The phrases that sentences use; those of the lexicon alone are labels of statements, and must stand close."""
    known = sentence_metrics()
    return frozenset(phrase for phrase, owners in _owners().items() if any(owner.id in known for owner in owners))


def hits_in(text: str) -> list[Hit]:
    """The metric phrases of a sentence, left to right, the longest where several begin at one place."""
    phrases, firsts = _phrases()
    low = lowered(text)
    pieces = low.split()
    row = _WORDS.words(pieces)
    found, free = list[tuple[str, int, int]](), 0
    for at in where(firsts.__contains__, row):
        if at < free:
            continue
        phrase, length = _longest(row, at, firsts[row[at]], phrases)
        free = at + length
        if phrase and (free == len(row) or row[free] not in words("metric_names", "attribute_of")):
            found.append((phrase, at, free - 1))
    starts = _WORDS.starts(low, pieces) if found else []
    return [
        Hit(starts[first], starts[last] + len(row[last]), phrase, _owners()[phrase], phrase in _told())
        for phrase, first, last in found
    ]


def _longest(row: Sequence[str], at: int, lengths: Sequence[int], phrases: Mapping[str, str]) -> tuple[str, int]:
    """The longest phrase that begins at a word and how many words it has; no phrase has one."""
    for length in lengths:
        heard = row[at : at + length]
        phrase = phrases.get(" ".join(heard) if length > 1 else row[at])
        if phrase and len(heard) == length:
            return phrase, length
    return "", 1
