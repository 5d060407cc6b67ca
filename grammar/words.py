"""Words to keys: the one way in which a question's phrase and a filing's label are brought to a common form."""

from __future__ import annotations

import re
from functools import lru_cache

from grammar.chunks import remembered

IRREGULAR = {
    "lbs": "lb",
    "ozs": "oz",
    "taxes": "tax",
    "series": "series",
    "gases": "gas",
    "indices": "index",
    "proceeds": "proceeds",
    "earnings": "earnings",
    "overseas": "overseas",
    "basis": "basis",
    "ounce": "ounce",
    "tailings": "tailings",
    "las": "las",
}
KEEP = ("ss", "us", "is", "as", "os")
NOT_WORDS = re.compile(r"[^a-z0-9%$]+")
APOSTROPHES = re.compile(r"['’‘`´]s?(?![a-z])|['’‘`´]")


@remembered
def fold(word: str) -> str:
    """The singular of a lower-case word (``inventories`` -> ``inventory``); other words as they are."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(KEEP):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def words_of(text: str) -> list[str]:
    """The folded lower-case words of a text; ``&`` is ``and``, punctuation parts words, ``%`` and ``$`` stay."""
    lowered = text.lower()
    if not (lowered.isascii() and lowered.replace(" ", "").isalnum()):
        lowered = NOT_WORDS.sub(" ", APOSTROPHES.sub("", lowered).replace("&", " and "))
    return [fold(word) for word in lowered.split()]


@lru_cache(maxsize=16384)
def phrase_key(text: str) -> str:
    """The form under which the lexicon keeps a phrase: ``G&A`` is ``g and a``, ``cash flows`` is ``cash flow``."""
    return " ".join(words_of(text))
