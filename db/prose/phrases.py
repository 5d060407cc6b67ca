"""Listed phrases as patterns, each list one, compiled once; they are for text in lower case.

A pattern that heeds no case takes three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from grammar.prose_words import prose_data
from grammar.records import record
from grammar.tokens import lowered

__all__ = ["Span", "any_of", "either", "lowered", "pattern"]


@record
class Span:
    """A phrase that was found, in lower case, and where."""

    start: int
    end: int
    text: str


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """The pattern of one list of ``prose.toml`` for lower-case text, longest phrase first."""
    return any_of(prose_data()[table][key])


def any_of(phrases: Iterable[str], *, hyphens: bool = False) -> re.Pattern[str]:
    """A pattern that finds whole words of any of the phrases in lower-case text, the longest first.

    With ``hyphens`` a part of a hyphenated word is a word.
    """
    body = either(phrases)
    return re.compile(rf"\b{body}\b" if hyphens else rf"(?<!\w)(?<!\w-){body}(?![\w-])")


def either(phrases: Iterable[str]) -> str:
    """What matches any of the phrases, the longest first; white space of any kind between their words."""
    listed = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed) or "(?!)"
    return f"(?:{body})"
