"""Finding listed phrases in a sentence: each list becomes one pattern, compiled once, so that a filing is read fast.

The patterns are for text in lower case: one that heeds no case takes three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from grammar.prose_words import prose_data
from grammar.records import record

_WORD = re.compile(r"\w+(?:-\w+)*")


@record
class Span:
    """A phrase that was found, in lower case, and where."""

    start: int
    end: int
    text: str


def lowered(text: str) -> str:
    """A text in lower case, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=4)
def _heard(low: str) -> frozenset[str]:
    """The words of a text, which is asked for several lists."""
    return frozenset(_WORD.findall(low))


@cache
def _firsts(table: str, key: str) -> frozenset[str]:
    """The first words of the phrases of one list: where none is heard no phrase is looked for."""
    return frozenset(_WORD.findall(phrase)[0] for phrase in prose_data()[table][key])


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """The pattern of one list of ``prose.toml`` for lower-case text, longest phrase first."""
    return any_of(prose_data()[table][key])


def any_of(phrases: Iterable[str], *, hyphens: bool = False) -> re.Pattern[str]:
    """A pattern that finds whole words of any of the phrases in lower-case text, the longest first.

    With ``hyphens`` a part of a hyphenated word is a word.
    """
    listed = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed) or "(?!)"
    return re.compile(rf"\b(?:{body})\b" if hyphens else rf"(?<!\w)(?<!\w-)(?:{body})(?![\w-])")


def spans_of(table: str, key: str, text: str) -> list[Span]:
    """The phrases of one list in a text, left to right."""
    low = lowered(text)
    if _firsts(table, key).isdisjoint(_heard(low)):
        return []
    found = pattern(table, key).finditer(low)
    return [Span(match.start(), match.end(), " ".join(match[0].split())) for match in found]
