"""What captions say of scale and currency: ``(dollars and ounces in thousands, except per ounce)``, ``(in 000s)``."""

from __future__ import annotations

import re

from grammar.chunks import remembered
from grammar.headings import headings, pattern_of
from grammar.prose_words import prose_data
from grammar.records import record

_COUNTED = r"(?:[a-z]+\s+)?(?:ozs?|ounces|tons|tonnes|t|pounds|lbs?|shares|dollars)"
SCALE = re.compile(
    r"(?P<what>(?:[\w.$&/,'’-]+\s+){0,9}?)(?:expressed\s+|stated\s+|shown\s+|are\s+|amounts\s+)*\bin\s+(?:U\.?S\.?\s+|Canadian\s+|Cdn\s+)?\$?\s?"
    r"(?P<step>thousand|million|billion|[0']?000)(?:'?s)?\b(?:\s+of\s+(?P<of>(?:U\.?S\.?\s+"
    r"|United States\s+|Canadian\s+|Australian\s+)?\w+))?"
    r"|(?P<sign>(?:US|C|Cdn|A)?\$)\s?(?P<step2>millions?|thousands?|000'?s?|mm?)\b"
    rf"|\(\s?(?:in\s+)?['’]?(?P<step3>000['’]?s?|thousands?|millions?)(?:\s+(?:of\s+)?(?P<of3>{_COUNTED}))?\.?\s?\)"
    rf"|(?<![\d.]\s)\b(?P<step5>thousand|million)\s+(?P<of5>{_COUNTED})\b"
    r"|\b(?P<step4>thousands|millions)\s+of\s+(?P<of4>(?:U\.?S\.?\s+|Canadian\s+|Australian\s+)?\w+)",
    re.IGNORECASE,
)
HINT = re.compile(r"000|illion|housand|\$\s?m", re.IGNORECASE)  # no scale is stated without one of these
EXCEPT = re.compile(r"\b(?:except|other than|excluding)\b(?P<rest>[^)]*)", re.IGNORECASE)
_SHARES_KEPT = re.compile(
    r"(?<!per )(?<!per-)\bshares?\b(?:\s+(?:and|or|,)\s+per)|(?:number of|common|outstanding)\s+shares"
    r"|\bshares\b|(?<!per )(?<!per-)\bshare (?:data|amounts|information)\b",
    re.IGNORECASE,
)
_OUNCES_KEPT = re.compile(r"(?<!per )(?<!per-)\bounces\b", re.IGNORECASE)
KINDS = {kind: pattern_of("scaled", kind) for kind in headings()["scaled"]}
CURRENCIES = {currency: pattern_of("currency", currency) for currency in headings()["currency"]}


@record
class Scale:
    """By how much figures of each kind are to be multiplied; ``currency`` as an ISO code, ``$`` where
    it says no more than dollars, empty where none is named.

    ``given`` is False where the caption says nothing of scale.
    """

    money: int = 1
    shares: int = 1
    ounces: int = 1
    tons: int = 1
    currency: str = ""
    given: bool = False
    shares_kept: bool = False  # it says that shares are printed in full


@remembered
def read_scale(text: str) -> Scale | None:
    """The scale that a caption, heading or label states, None where it states none."""
    if not HINT.search(text):
        return None
    steps: dict[str, int] = {}
    for match in SCALE.finditer(text):
        step = _step(match["step"] or match["step2"] or match["step3"] or match["step4"] or match["step5"])
        for kind in _scaled(match):
            steps.setdefault(kind, step)
    rest = EXCEPT.search(text)
    kept = rest is not None and _SHARES_KEPT.search(rest["rest"]) is not None
    if kept:
        steps.pop("shares", None)
    if rest and _OUNCES_KEPT.search(rest["rest"]):
        steps.pop("ounces", None)
    return Scale(currency=currency_in(text), given=True, shares_kept=kept, **steps) if steps else None


def _scaled(match: re.Match[str]) -> list[str]:
    """The kinds of figure that a phrase scales: those it names, all where it names none."""
    words = "dollars" if match["sign"] else _words(match)
    return [kind for kind, pattern in KINDS.items() if pattern.search(words)] or list(KINDS)


def _words(match: re.Match[str]) -> str:
    """The words that say what is scaled, back to the bracket or the comma-free start of the phrase."""
    said = " ".join(match[name] or "" for name in ("what", "of", "of3", "of4", "of5"))
    return said.rpartition("(")[2].lower() if "(" in said else said.lower()


def currency_in(text: str) -> str:
    """The currency that a caption names as an ISO code, ``$`` for dollars, empty where it names none."""
    low = text.lower()
    return next((code for code, pattern in CURRENCIES.items() if pattern.search(low)), "")


def _step(word: str) -> int:
    word = word.lower().rstrip("s'’")
    numerals = prose_data()["numerals"]
    return 1000 if word.endswith("000") else int(numerals["scales"].get(word) or numerals["suffixes"][word])
