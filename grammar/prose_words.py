"""The words that running text uses around its figures, from ``lexicon/prose.toml``, checked when they are loaded.

One home for numerals, unit nouns, qualifiers and the words of plans and comparisons: questions and filings share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from grammar.compiled import FOLDER
from grammar.errors import LexiconError
from grammar.lexicon import read

DATA = FOLDER / "prose.toml"


@cache
def prose_data() -> Mapping[str, Any]:
    """The whole file as nested tables."""
    return read(DATA)


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The single words of one list."""
    return frozenset(_lower(table, key, prose_data()[table][key]))


@cache
def phrases(table: str, key: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of one list as word tuples, the longest first, so that the first match is the longest."""
    listed = _lower(table, key, prose_data()[table][key])
    return tuple(sorted((tuple(phrase.split()) for phrase in listed), key=lambda words: (-len(words), words)))


@cache
def unit_nouns() -> Mapping[tuple[str, ...], str]:
    """Each way to say a unit as a word tuple, and the unit it means."""
    owners: dict[tuple[str, ...], str] = {}
    for unit, nouns in prose_data()["units"].items():
        for noun in _lower("units", unit, nouns):
            said = tuple(noun.split())
            if said in owners:
                raise LexiconError(f"prose.toml: {noun!r} says both {owners[said]!r} and {unit!r}; keep one")
            owners[said] = unit
    return owners


def begun(table: str, key: str, row: Sequence[str], at: int) -> tuple[str, ...]:
    """The longest phrase of one list that begins at a place of a row of words; the empty tuple where none does."""
    for phrase in _by_first(table, key).get(row[at], ()) if at < len(row) else ():
        if tuple(row[at : at + len(phrase)]) == phrase:
            return phrase
    return ()


@cache
def _by_first(table: str, key: str) -> Mapping[str, list[tuple[str, ...]]]:
    """The phrases of one list by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases(table, key):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def _lower(table: str, key: str, listed: Iterable[str]) -> list[str]:
    found = list(listed)
    for phrase in found:
        if phrase != phrase.lower():
            raise LexiconError(f"prose.toml: [{table}] {key} has {phrase!r}; write it in lower case")
    return found
