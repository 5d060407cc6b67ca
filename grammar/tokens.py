"""A question's words with their places, and the stem that two forms of one word share.

The stem folds plurals and the endings -ed, -ing and silent -e, no more: "produced" and "producing" meet, "mine" and
"mining" do not, because a mine and its mining cost are different things.
"""

from __future__ import annotations

import functools
import re

from grammar.records import record

_WORD = re.compile(
    r"[a-z]{1,3}&[a-z]{1,3}(?![a-z])|all-in(?![a-z])|c[1-3](?![a-z0-9])"
    r"|[a-z]+(?:'[a-z]+)?"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
    r"|[<>]=?|[%$/&+=*@^|\\{}\[\]]"
)
_LEVEL = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "\u00a0": " ",
        "é": "e",
        "á": "a",
        "í": "i",
        "ó": "o",
        "ú": "u",
        "ñ": "n",
    }
)
_IRREGULAR = {
    "/": "per",
    "sold": "sell", "selling": "sell", "spent": "spend", "made": "make", "making": "make", "paid": "pay",
    "held": "hold", "earned": "earn", "lost": "lose", "rose": "rise", "risen": "rise", "rising": "rise",
    "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow", "drew": "draw", "drawn": "draw",
    "gave": "give", "got": "get", "mines": "mine", "ounces": "oz", "ounce": "oz", "ozs": "oz", "labour": "labor",
    "centre": "center", "dug": "dig", "brought": "bring", "operation": "operation", "cogs": "cogs", "vs": "vs",
    "versus": "vs", "gas": "gas", "does": "does", "did": "did",
}  # fmt: skip


@record
class Word:
    """A word of a text: ``text`` in lower case, ``stem``, and where it stands (``start`` to ``end``)."""

    text: str
    stem: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit() or self.text[0] == "."


def lowered(text: str) -> str:
    """A text in lower case, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@functools.lru_cache(maxsize=1024)
def level(text: str) -> str:
    """``text`` in lower case with typographic quotes, dashes and accents made plain, every character in its place."""
    return lowered(text).translate(_LEVEL)


@functools.lru_cache(maxsize=1024)
def split_words(text: str) -> tuple[Word, ...]:
    """The words of ``text``, left to right; a possessive 's belongs to no word."""
    found = []
    for match in _WORD.finditer(level(text)):
        said, end = match.group(), match.end()
        if said.endswith("'s") and len(said) > 2:
            said, end = said[:-2], end - 2
        found.append(Word(said, stem(said), match.start(), end))
    return tuple(found)


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The form that plurals and verb endings of one word share; digits and short words are their own stem."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("ise", "ised", "ises", "ising")) and len(word) > 6:
        word = word.replace("ise", "ize").replace("ising", "izing")
    base = _singular(word)
    for ending in ("ing", "ed"):
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            base = base[: -len(ending)]
            if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "slz":
                base = base[:-1]
            break
    return base[:-1] if base.endswith("e") and len(base) >= 5 else base


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


@functools.lru_cache(maxsize=65536)
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text``, left to right."""
    return tuple(word.stem for word in split_words(text))
