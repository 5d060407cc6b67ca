"""Finding listed phrases in a sentence: each list becomes one pattern, compiled once, so that a filing is read fast.

The patterns are for text in lower case: one that heeds no case takes three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from grammar.prose_words import prose_data
from grammar.records import record

_GOES_ON = ("-", "_")  # a phrase before one of these is part of a longer word
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
def _by_first(table: str, key: str) -> dict[str, list[str]]:
    """The phrases of one list by their first word, the longest first: where none is heard no phrase is looked for."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(prose_data()[table][key], key=lambda phrase: (-len(phrase), phrase)):
        found.setdefault(_WORD.findall(phrase)[0], []).append(phrase)
    return found


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
    """The phrases of one list in a text, left to right, none over another; blanks stand as the list writes them."""
    low = lowered(text)
    phrases = _by_first(table, key)
    heard = phrases.keys() & _heard(low)
    if not heard:
        return []
    found: list[Span] = []
    for start, first in sorted((at, word) for word in heard for at in _places(low, word)):
        if found and start < found[-1].end:
            continue
        said = next((phrase for phrase in phrases[first] if _stands(low, start, phrase)), None)
        if said is not None:
            found.append(Span(start, start + len(said), said))
    return found


def _places(low: str, word: str) -> Iterator[int]:
    """Where a word begins that no longer or hyphenated one ends with."""
    at = low.find(word)
    while at >= 0:
        before = low[at - 1 : at]
        if not (before.isalnum() or before == "_" or (before == "-" and low[at - 2 : at - 1].isalnum())):
            yield at
        at = low.find(word, at + len(word))


def _stands(low: str, start: int, phrase: str) -> bool:
    """Whether a phrase stands at a place as words of their own."""
    after = low[start + len(phrase) : start + len(phrase) + 1]
    return low.startswith(phrase, start) and not (after in _GOES_ON or after.isalnum())
