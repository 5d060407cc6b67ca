"""Finding listed phrases in a sentence: each list becomes one pattern, compiled once, so that a filing is read fast."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from grammar.prose_words import prose_data
from grammar.records import record


@record
class Span:
    """A phrase that was found, in lower case, and where."""

    start: int
    end: int
    text: str


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """The pattern of one list of ``prose.toml``, longest phrase first."""
    return any_of(prose_data()[table][key])


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds whole words of any of the phrases, the longest first."""
    listed = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed) or "(?!)"
    return re.compile(rf"(?<!\w)(?<!\w-)(?:{body})(?![\w-])", re.IGNORECASE)


def spans(found_by: re.Pattern[str], text: str) -> list[Span]:
    """The phrases of a text, left to right."""
    return [Span(match.start(), match.end(), " ".join(match[0].lower().split())) for match in found_by.finditer(text)]


def spans_of(table: str, key: str, text: str) -> list[Span]:
    """The phrases of one list in a text."""
    return spans(pattern(table, key), text)
