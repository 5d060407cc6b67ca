"""Numbers as text writes them: ``1,073,880``, ``.5``, ``seven``, ``two hundred fifty``, ``two-thirds``, ``a third``.

Text is cut into tokens once; a numeral is read from the tokens at a place and says how many it took.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from grammar.prose_words import prose_data
from grammar.records import record

_TOKEN = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"  # a number
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # a word
    r"|\S)"  # a sign
)


@record
class Token:
    """A number, a word or a sign with its place; ``glued`` where no white space stands before it, ``low`` its text in
    lower case with a plain apostrophe."""

    text: str
    start: int
    end: int
    kind: str
    glued: bool
    low: str


@record
class Numeral:
    """A number that was read: how many tokens it took, and whether it was written in words."""

    value: Decimal
    length: int
    words: bool = False
    fraction: bool = False


def tokens(text: str) -> list[Token]:
    """The numbers, words and signs of a text in order."""
    found: list[Token] = []
    cut, start = _TOKEN.split(text), 0  # white space and tokens by turns
    for index in range(1, len(cut), 2):
        said, space = cut[index], len(cut[index - 1])
        start += space
        end = start + len(said)
        kind, low = _seen(said)
        found.append(Token(said, start, end, kind, not space and index > 1, low))
        start = end
    return found


@lru_cache(maxsize=8192)
def _seen(said: str) -> tuple[str, str]:
    """The kind of a token, and its text in lower case with a plain apostrophe."""
    low, first = said.lower().replace("’", "'"), said[0]
    if first.isdecimal() or (first == "." and len(said) > 1):
        return "number", low
    return "word" if first.isalnum() else "sign", low


@cache
def _starters() -> frozenset[str]:
    data = prose_data()["numerals"]
    return frozenset(("a", "an", *data["small"], *data["tens"]))


def numeral(row: list[Token], at: int) -> Numeral | None:
    """The number that starts at token ``at``, in digits or words, its scale word ("million") not yet applied."""
    if at >= len(row):
        return None
    if row[at].kind == "number":
        return Numeral(Decimal(row[at].text.replace(",", "")), 1)
    if row[at].low not in _starters():
        return None
    return _part(row, at) or _in_words(row, at) or _article(row, at)


def _in_words(row: list[Token], at: int) -> Numeral | None:
    data = prose_data()["numerals"]
    total, place, heard = 0, at, False
    while place < len(row):
        low = row[place].low
        if low in data["tens"] and total % 100 == 0:
            total += data["tens"][low]
        elif low in data["small"] and (total % 10 == 0 and (total % 100 >= 20 or data["small"][low] < 20)):
            total += data["small"][low]
        elif low == "hundred" and 0 < total < 100:
            total *= 100
        elif not (heard and low in ("-", "and") and _continues(row, place + 1, total, low)):
            break
        heard, place = True, place + 1
    return Numeral(Decimal(total), place - at, words=True) if heard else None


def _continues(row: list[Token], at: int, total: int, joined: str) -> bool:
    """Whether "-" or "and" stands inside a number: "twenty-five", "two hundred and six", but not "two and three"."""
    data = prose_data()["numerals"]
    if at >= len(row):
        return False
    if joined == "-":
        return total % 100 >= 20 and total % 10 == 0 and 0 < data["small"].get(row[at].low, 0) < 10
    return total >= 100 and total % 100 == 0 and (row[at].low in data["small"] or row[at].low in data["tens"])


def _part(row: list[Token], at: int) -> Numeral | None:
    """ "two-thirds", "three quarters", "a third of", "one half"; "third" alone, or before "quarter", is an order."""
    data = prose_data()["numerals"]
    count = 1 if row[at].low in ("a", "an") else data["small"].get(row[at].low)
    place = at + 1
    hyphen = place < len(row) and row[place].low == "-"
    if count and place < len(row) and row[place].low == "-":
        place += 1
    if not count or place >= len(row) or row[place].low not in data["parts"]:
        return None
    of = place + 1 < len(row) and row[place + 1].low == "of"
    if not of and not hyphen and row[place].low != "half":  # "two quarters", "a third mine"
        return None
    if not of and count == 1 and row[place].low != "half":
        return None
    value = Fraction(count, data["parts"][row[place].low])
    return Numeral(Decimal(value.numerator) / Decimal(value.denominator), place + 1 - at, words=True, fraction=True)


def _article(row: list[Token], at: int) -> Numeral | None:
    """The one of "a million ounces": the article before a scale word."""
    scales = prose_data()["numerals"]["scales"]
    if row[at].low in ("a", "an") and at + 1 < len(row) and row[at + 1].low in scales:
        return Numeral(Decimal(1), 1, words=True)
    return None
