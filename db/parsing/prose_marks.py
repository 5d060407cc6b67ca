"""The marks of footnotes behind words: "EBITDA(1)", "costs2,4", "income¹". A sentence is read without them."""

from __future__ import annotations

import re
from functools import cache

from db.parsing.prose_metrics import last_words
from grammar.prose_words import unit_nouns

_BRACKETED = re.compile(r"(?<=[\w)\"”])\s{0,2}\((?:[1-9]\d?|[a-h])(?:\s?,\s?[1-9]\d?)*\)")
_QUOTES = re.compile(r"(?<!\w)['‘’](?=\w)|(?<=\w)['’](?!\w)")
_RAISED = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_GLUED = re.compile(r"\b([A-Za-z]{3,})([1-9]\d?(?:,[1-9]\d?)*)(?![\w%$]|[.,]\d)")


def without_marks(text: str) -> str:
    """The text with blanks where its marks stand, so that every other character keeps its place."""
    if "'" in text or "’" in text:
        text = _QUOTES.sub(" ", text)
    if "(" in text:
        text = _BRACKETED.sub(_blank, text)
    if not text.isascii():
        text = _RAISED.sub(_blank, text)
    return _GLUED.sub(_unmarked, text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _unmarked(found: re.Match[str]) -> str:
    """A word that ends measures or units, without the mark behind it; any other with digits is a name."""
    return found[1] + " " * len(found[2]) if found[1].lower() in _marked() else found[0]


@cache
def _marked() -> frozenset[str]:
    return last_words() | {noun[-1] for noun in unit_nouns()}
