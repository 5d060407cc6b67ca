"""What the titles, headings and labels of tables say, from ``lexicon/headings.toml``: its notation, made patterns.

    cash flow(s)                the part in round brackets may stand there
    [income|earnings] statement one of the parts in square brackets
    selected <3> data           up to three words between
    reconcil* ... cash flow     a word that begins so; anything between
    ^assets$                    the text begins and ends so
    pounds<not sterling>        where that does not follow; <not ... x> anywhere

A blank stands for white space of any length, and a backslash takes its meaning from the sign behind it. A phrase that
begins or ends with a letter, a digit or a bracket begins or ends there as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from grammar.compiled import FOLDER
from grammar.errors import LexiconError
from grammar.lexicon import lexicon, read

_SIGNS = {"(": "(?:", ")": ")?", "[": "(?:", "]": ")", "|": "|", "^": "^", "$": "$", "*": r"\w*"}
_BEGINS, _ENDS = re.compile(r"[^\W_]|[\[(]"), re.compile(r"(?:[^\W_]|(?<!\\)[\])])$")
_TOKEN = re.compile(
    r"<(?P<words>\d)> |<not (?P<not>[^<>]*)>|(?P<any> \.\.\. )|(?P<blank> )|\\(?P<sign>.)|(?P<letter>.)"
)


@cache
def headings() -> Mapping[str, Any]:
    """The whole file as nested tables. LexiconError for a statement that isn't one."""
    found = read(FOLDER / "headings.toml")
    unknown = [one["is"] for one in found["statement"] if one["is"] not in lexicon().statements]
    if unknown:
        raise LexiconError(f"headings.toml: [[statement]] is the unknown statement {unknown[0]!r}")
    return found


@cache
def pattern_of(table: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of one list in lower-case text. LexiconError where one can't be read."""
    try:
        return matching(headings()[table][key])
    except re.error as error:
        raise LexiconError(f"headings.toml: [{table}] {key} can't be read: {error}") from error


def matching(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases in lower-case text."""
    return re.compile(any_of(phrases))


def any_of(phrases: Iterable[str]) -> str:
    """The regular expression of any of the phrases, for a part of a larger one."""
    words, others = list[str](), list[str]()
    for phrase in phrases:
        body, begins, ends = _TOKEN.sub(_translated, phrase), _BEGINS.match(phrase), _ENDS.search(phrase)
        if begins and ends:
            words.append(body)
        else:
            others.append(rf"\b{body}" if begins else rf"{body}\b" if ends else body)
    return "|".join([rf"\b(?:{'|'.join(words)})\b"] * bool(words) + others)


def _translated(match: re.Match[str]) -> str:
    if match["words"]:
        return rf"(?:[\w-]+\s+){{0,{match['words']}}}?"
    if match["not"]:
        anywhere = match["not"].startswith("... ")
        then = _TOKEN.sub(_translated, match["not"].removeprefix("... "))
        return rf"\b(?!.*\b(?:{then}))" if anywhere else rf"\b(?!\s+(?:{then}))"
    if match["any"]:
        return r"\b.*\b"
    if match["blank"]:
        return r"\s+"
    return re.escape(match["sign"]) if match["sign"] else _SIGNS.get(match["letter"], re.escape(match["letter"]))
