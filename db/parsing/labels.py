"""The words of a printed label: its footnote marks taken off, its lines joined."""

from __future__ import annotations

import re
from functools import cache

from db.model import Cell
from db.parsing.values import marks_in
from grammar.chunks import remembered
from grammar.dates import NUMBERS
from grammar.lexicon import lexicon
from grammar.words import fold

_TRAILING = re.compile(
    r"\s*(?:\((?:note|notes|see note)?\s?(?:\d{1,2}|[a-su-z])(?:\s?(?:,|and|&)\s?(?:\d{1,2}"
    r"|[a-su-z]))*\)|\[\d{1,2}\]|(?<=[\w)%.,'\"’]) ?\*{1,4}"
    r"|[\u2020\u2021\u00b9\u00b2\u00b3])(?:\s?,)?(?P<colon>\s*:?)\s*$",
    re.IGNORECASE,
)
UNFINISHED = re.compile(
    r"(?:[,(&/]|-|\b(?:and|or|of|the|for|in|on|to|by|from|into|ended|ending|before|after|with|per|at|than|under|its|their|a|an|as|net|less|including|excluding))$",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([A-Za-z]+)-$")
_FIRST_WORD = re.compile(r"[a-z]+")
_BEFORE_CAPITAL = re.compile(r"(?<=[A-Za-z]{2})- (?=[A-Z][a-z])")
_BROKEN = re.compile(r"\b([A-Za-z]{2,})- ([a-z]{2,})\b")
PREFIXES = frozenset(("non", "pre", "pro", "sub", "mid", "co", "re", "by", "un"))
_HINT = re.compile(r"[\])*\u2020\u2021\u00b9\u00b2\u00b3]")
_INNER = re.compile(r"(?<=[%\w])\*{1,4}(?=\))")
_MIDDLE = re.compile(r"\s?\((?:\d{1,2}|[a-su-z])\)(?=[\s,;:-])", re.IGNORECASE)


@remembered
def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A label or heading without its footnote marks, and the marks; ``(loss)`` and ``(29.73%)`` are no marks."""
    marks: tuple[str, ...] = ()
    if not _HINT.search(text):
        return text.strip(), marks
    while True:
        match = _TRAILING.search(text)
        if not match or (not match.start() and match.end() == len(text) and len(text) > 4):
            break
        found = match[0][: len(match[0]) - len(match["colon"])]
        marks = marks_in(re.sub(r"(?i)see |notes?|and", " ", found)) + marks
        text = text[: match.start()] + match["colon"].strip()
    inner = _INNER.search(text)
    if inner:
        marks += (inner[0],)
        text = text[: inner.start()] + text[inner.end() :]
    middle = _MIDDLE.search(text)
    if middle and middle.start() > 0:
        marks += marks_in(middle[0])
        text = text[: middle.start()] + text[middle.end() :]
    return text.strip(), marks


def join_label(parts: list[str]) -> str:
    """Lines of a wrapped label as one; a hyphen at the end of a line joins without a blank."""
    if len(parts) == 1:
        return " ".join(parts[0].split())
    text = ""
    for part in parts:
        if text.endswith("-") and not text.endswith(" -") and part[:1].islower():
            text = (text[:-1] if _is_broken(text, part) else text) + part
        else:
            text = f"{text} {part}" if text else part
    return " ".join(text.split())


def _is_broken(text: str, part: str) -> bool:
    """Whether the hyphen at the end of a line breaks a word (``produc-`` ``tion``) and doesn't join two."""
    first = _LAST_WORD.search(text)
    then = _FIRST_WORD.match(part)
    if not first or not then or first[1].lower() in PREFIXES:
        return False
    words = _words()
    both = fold(first[1].lower()) in words and fold(then[0]) in words
    return not both and fold((first[1] + then[0]).lower()) in words


def rejoined(text: str) -> str:
    """A heading with the words put together again that a hyphen breaks over its lines: ``Molyb- denum``."""
    if "- " not in text:
        return text
    text = _BEFORE_CAPITAL.sub("-", text)
    return _BROKEN.sub(lambda match: match[1] + match[2] if _is_one_word(*match.groups()) else match[0], text)


def _is_one_word(first: str, then: str) -> bool:
    return lexicon().metal_of((first + then).lower()) is not None or _is_broken(f"{first}-", then)


def is_of_tables(word: str) -> bool:
    """Whether the lexicon's labels use a word: then it is hardly a name. Numbers are in names too."""
    return word.lower() not in NUMBERS and fold(word.lower()) in _words()


@cache
def _words() -> frozenset[str]:
    """The words of the lexicon's labels and phrases, in the singular."""
    metrics = lexicon().metrics.values()
    return frozenset(
        fold(word)
        for metric in metrics
        for word in re.findall(r"[a-z]+", f"{metric.labels} {' '.join(metric.phrases)}")
    )


def cells_of(parts: list[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The places of a label's lines, in their order."""
    if len(parts) == 1:
        return parts[0]
    return tuple(cell for part in parts for cell in part)
