"""Numbers as text writes them: ``1,073,880``, ``.5``, ``seven``, ``two hundred fifty``, ``two-thirds``, ``a third``.

Text is cut into tokens once; a numeral is read from the tokens at a place and says how many it took.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

from grammar.chunks import Cutter, remembered
from grammar.prose_words import prose_data
from grammar.records import record
from grammar.tokens import lowered

_TOKENS = Cutter(
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"  # a number
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"  # a word
    r"|\S"  # a sign
)


class Row:
    """The numbers, words and signs of a text in order, column by column: most of them are asked for nothing else.

    ``lows`` are the tokens in lower case with plain apostrophes, ``starts`` where each begins, which is worked out when
    it is first asked for.
    """

    __slots__ = ("_low", "_pieces", "lows", "starts", "text")
    starts: list[int]

    def __init__(self, text: str) -> None:
        self.text = text
        self._low = lowered(text).replace("’", "'")
        self._pieces = self._low.split()
        self.lows = _TOKENS.words(self._pieces)

    def __getattr__(self, name: str) -> list[int]:
        if name != "starts":
            raise AttributeError(name)
        self.starts = _TOKENS.starts(self._low, self._pieces)
        return self.starts

    def __len__(self) -> int:
        return len(self.lows)

    def low(self, at: int) -> str:
        """The token at a place, empty behind the last."""
        return self.lows[at] if at < len(self.lows) else ""

    def heard(self, at: int, count: int) -> tuple[str, ...]:
        """The tokens from a place on, as many as there are up to ``count``."""
        return tuple(self.lows[at : at + count])

    def end(self, at: int) -> int:
        """Where the token at a place ends."""
        return self.starts[at] + len(self.lows[at])

    def said(self, at: int) -> str:
        """The token at a place as it is written."""
        return self.text[self.starts[at] : self.end(at)]

    def glued(self, at: int) -> bool:
        """Whether no white space stands before a token that is not the first."""
        return at > 0 and self.end(at - 1) == self.starts[at]

    def is_number(self, at: int) -> bool:
        """Whether there is a token at a place and it is a number in digits."""
        return at < len(self.lows) and is_digits(self.lows[at])

    def is_word(self, at: int) -> bool:
        """Whether there is a token at a place and it is a word."""
        return at < len(self.lows) and is_word(self.lows[at])


@remembered
def is_digits(low: str) -> bool:
    """Whether a token is a number in digits."""
    return low[0].isdecimal() or (low[0] == "." and len(low) > 1)


@remembered
def is_word(low: str) -> bool:
    """Whether a token is a word, and no number or sign."""
    return low[0].isalnum() and not low[0].isdecimal()


@record
class Numeral:
    """A number that was read: how many tokens it took, and whether it was written in words."""

    value: Decimal
    length: int
    words: bool = False
    fraction: bool = False


@cache
def _starters() -> frozenset[str]:
    data = prose_data()["numerals"]
    return frozenset(("a", "an", *data["small"], *data["tens"]))


def numeral(row: Row, at: int) -> Numeral | None:
    """The number that starts at token ``at``, in digits or words, its scale word ("million") not yet applied."""
    if at >= len(row.lows):
        return None
    low = row.lows[at]
    if is_digits(low):
        return Numeral(Decimal(low.replace(",", "")), 1)
    if low not in _starters():
        return None
    return _part(row, at) or _in_words(row, at) or _article(row, at)


def _in_words(row: Row, at: int) -> Numeral | None:
    data = prose_data()["numerals"]
    tens, small = data["tens"], data["small"]
    total, place, heard = 0, at, False
    while low := row.low(place):
        if low in tens and total % 100 == 0:
            total += tens[low]
        elif low in small and (total % 10 == 0 and (total % 100 >= 20 or small[low] < 20)):
            total += small[low]
        elif low == "hundred" and 0 < total < 100:
            total *= 100
        elif not (heard and low in ("-", "and") and _continues(row, place + 1, total, low)):
            break
        heard, place = True, place + 1
    return Numeral(Decimal(total), place - at, words=True) if heard else None


def _continues(row: Row, at: int, total: int, joined: str) -> bool:
    """Whether "-" or "and" stands inside a number: "twenty-five", "two hundred and six", but not "two and three"."""
    data, low = prose_data()["numerals"], row.low(at)
    if joined == "-":
        return total % 100 >= 20 and total % 10 == 0 and 0 < data["small"].get(low, 0) < 10
    return total >= 100 and total % 100 == 0 and (low in data["small"] or low in data["tens"])


def _part(row: Row, at: int) -> Numeral | None:
    """ "two-thirds", "three quarters", "a third of", "one half"; "third" alone, or before "quarter", is an order."""
    data = prose_data()["numerals"]
    hyphen = row.low(at + 1) == "-"
    place = at + 1 + hyphen
    part = row.low(place)
    if part not in data["parts"]:
        return None
    count = 1 if row.lows[at] in ("a", "an") else data["small"].get(row.lows[at])
    if not count:
        return None
    of = row.low(place + 1) == "of"
    if not of and part != "half" and (count == 1 or not hyphen):  # "two quarters", "a third mine"
        return None
    value = Fraction(count, data["parts"][part])
    return Numeral(Decimal(value.numerator) / Decimal(value.denominator), place + 1 - at, words=True, fraction=True)


def _article(row: Row, at: int) -> Numeral | None:
    """The one of "a million ounces": the article before a scale word."""
    if row.lows[at] in ("a", "an") and row.low(at + 1) in prose_data()["numerals"]["scales"]:
        return Numeral(Decimal(1), 1, words=True)
    return None
