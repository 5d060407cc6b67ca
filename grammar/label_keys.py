"""The normal form of a printed label, under which the lexicon keeps its rules.

What labels print around their words goes (footnote marks, units, "(loss)"), spellings of one thing become one
("stockholders'" and "shareholders'", "used by" and "provided by"); labels.toml holds which.
"""

from __future__ import annotations

import re
from functools import cache

from grammar.chunks import remembered
from grammar.lexicon import FOLDER, read
from grammar.words import words_of

PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
UNIT_IN_PARENTHESES = re.compile(
    r"^\W*\d{0,2}\W*$|^[a-z*]( ?(,|&|and) ?[a-z*])*$|^[\d,& ]+$|[$¢£/]|\d(\.\d+)?%"
    r"|\b(oz|ounces|tons?|tonnes?|pounds?|lbs?|thousands|millions)\b|\bsee notes?\b|\brelated part"
)
PAR_VALUE = re.compile(r"[,;]? *(?:(?:no|\$ ?[\d.]+) par\b|par value|\d[\d,]* shares?\b|authorized [\d,]+).*$")
ALLOWANCE = re.compile(
    r"(?<=[\w)])[,;]? +(?:net of|less) (?:an? |the )?(?:allowances?|reserves?|accumulated|provision)\b.*$"
)
COMPANY = re.compile(
    r"\b(attributable to|total) [\w&.,'’ -]{2,40}? (corporation|corp|company|inc|incorporated|limited|ltd|plc)\b\.?"
)


@cache
def _norms() -> tuple[frozenset[str], frozenset[str], dict[str, str], tuple[tuple[str, str], ...]]:
    blocks = read(FOLDER / "labels.toml")
    dropped = blocks["dropped"]
    parentheses = frozenset(part.strip() for part in dropped["parentheses"].split("|"))
    words = frozenset(part.strip() for part in dropped["words"].split("|"))
    phrases = tuple(sorted(blocks["phrases"].items(), key=lambda pair: -len(pair[0])))
    return parentheses, words, blocks["equals"], phrases


@remembered
def label_key(text: str) -> str:
    """The normal form of a printed label: lower case, singular, without footnote marks, units and punctuation."""
    parentheses, dropped, equals, phrases = _norms()

    def keep(match: re.Match[str]) -> str:
        inside = " ".join(match[1].split())
        return " " if inside in parentheses or UNIT_IN_PARENTHESES.search(inside) else f" {match[1]} "

    plain = COMPANY.sub(r"\1 company", text.lower())
    if "par" in plain or "shares" in plain:
        plain = PAR_VALUE.sub("", plain)
    if " allowance" in plain or " accumulated" in plain or " reserve" in plain:
        plain = ALLOWANCE.sub(" net", plain)
    if "(" in plain or "[" in plain:
        plain = PARENTHESES.sub(keep, PARENTHESES.sub(keep, plain))
    words = (equals.get(word, word) for word in words_of(plain.replace("$", " ")))
    key = " ".join(word for word in words if word and word not in dropped)
    for said, form in phrases:
        if said in key:
            key = re.sub(rf"\b{re.escape(said)}\b", form, key)
    return key


LOSS = frozenset(("loss", "deficit"))
GAIN = frozenset(("income", "earnings", "profit", "gain", "surplus"))


def loss_label(label: str) -> bool:
    """Whether a label names only a loss (``Net loss``): a figure printed without a sign is then below zero."""
    words = set(words_of(label))
    return bool(words & LOSS) and not words & GAIN and "provision" not in words and "per" not in words
