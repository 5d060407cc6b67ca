"""The figure itself: currency, parentheses, minus, digits or words and their scale, in the orders people use.

Before its unit is known it is a Figure, with its unit and its place in the text an Amount.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from grammar.numerals import Row, numeral
from grammar.prose_words import prose_data, unit_nouns
from grammar.records import record

_LONGEST_PREFIX = 4  # tokens of a currency: "u", ".", "s", ".$"
_MINUS = ("-", "−", "–")
_RAND = "ZAR"
_LENGTHS = ("m",)


@record
class Figure:
    """A figure between tokens ``first`` and ``last`` (exclusive), before its unit is known."""

    value: Decimal
    first: int
    last: int
    currency: str | None
    scale: int
    words: bool
    commas: bool = False
    part: bool = False


@record
class Amount:
    """A figure with its meaning and its place in the text.

    ``value`` is exact, signed, scale applied. ``unit`` is canonical (USD, USD/oz, oz, ton, %, shares ...), else the
    noun that is counted ("drills"), '' for a bare number. ``start`` to ``end`` holds the figure itself (``$1.5
    million``, ``7 cents``, ``5,000``); ``span_start`` to ``span_end`` adds its qualifier and its unit. ``metal`` is the
    one named inside the unit ("ounce of gold per ton").
    """

    value: Decimal
    unit: str
    start: int
    end: int
    text: str
    qualifier: str | None = None
    span_start: int = 0
    span_end: int = 0
    metal: str | None = None
    scale: int = 1
    words: bool = False


@record
class _Opening:
    """What stands before the digits: the token they start at, and what was passed."""

    inner: int
    currency: str | None
    paren: bool
    dash: bool


def read_figure(row: Row, at: int) -> Figure | None:
    """The figure that starts here: currency, parentheses, digits or words, scale."""
    if not row.is_number(at):
        return _opened(row, at, _opening(row, at))
    said = row.lows[at]
    last, scale = _scale(row, at + 1)
    commas = "," in said
    return Figure(Decimal(said.replace(",", "") if commas else said) * scale, at, last, None, scale, False, commas)


def _opened(row: Row, at: int, opening: _Opening) -> Figure | None:
    """The figure that starts with a sign or is written in words."""
    number = numeral(row, opening.inner)
    if number is None or (opening.currency and number.words):
        return None
    last = opening.inner + number.length
    if opening.paren:
        if row.low(last) != ")" or not _accounting(row, opening):
            return None
        last += 1
    last, scale = _scale(row, last, words=number.words, fraction=number.fraction, money=bool(opening.currency))
    if opening.currency == _RAND and not _is_rand(row, opening.inner, scale):
        return None
    value = number.value * (-scale if opening.paren or opening.dash else scale)
    commas = "," in row.lows[opening.inner]
    return Figure(value, at, last, opening.currency, scale, number.words, commas, number.fraction)


def _opening(row: Row, at: int) -> _Opening:
    """Currency, parenthesis and minus sign in the orders in which they are written: "$(4", "($4", "-$4", "$-4"."""
    place, currency = _currency(row, at)
    paren = row.low(place) == "("
    place += paren
    if paren and currency is None:
        place, currency = _currency(row, place)
    dash = _is_minus(row, place, currency)
    place += dash
    if dash and currency is None:
        place, currency = _currency(row, place)
    return _Opening(place, currency, paren, dash)


def _is_minus(row: Row, at: int, currency: str | None) -> bool:
    """Whether a dash makes the figure negative, and is no bullet, range or hyphen."""
    if row.low(at) not in _MINUS or at + 1 >= len(row) or not row.glued(at + 1):
        return False
    return bool(currency) or not at or not (row.glued(at) or row.lows[at - 1] in ("-", "–"))


def _accounting(row: Row, opening: _Opening) -> bool:
    """Whether parentheses make a negative: "$(3.41)", "(0.04)", "(1,055)", and not the mark "(1)"."""
    return opening.currency is not None or any(sign in row.lows[opening.inner] for sign in ".,")


def _currency(row: Row, at: int) -> tuple[int, str | None]:
    if row.low(at)[:1] not in _first_signs():
        return at, None
    signs, said = prose_data()["currencies"], ""
    for place in range(at, min(at + _LONGEST_PREFIX, len(row))):
        if said and not row.glued(place):
            break
        said += row.lows[place]
        if said in signs:
            return place + 1, signs[said]
    return at, None


@cache
def _first_signs() -> frozenset[str]:
    """What a currency begins with."""
    return frozenset(sign[0] for sign in prose_data()["currencies"])


def _is_rand(row: Row, at: int, scale: int) -> bool:
    """Whether "R5.5 billion", "R1,819" is money; "R2" names a thing."""
    return row.glued(at) and (scale > 1 or any(sign in row.lows[at] for sign in ".,"))


def _scale(row: Row, at: int, *, words: bool = False, fraction: bool = False, money: bool = False) -> tuple[int, int]:
    """The token behind the scale of a number that ends before ``at``, and the scale, 1 where none is said."""
    low, data = row.low(at), prose_data()["numerals"]
    place = at + 1 if low == "-" and at + 1 < len(row) and row.glued(at) else at
    said = row.low(place)
    if said in data["scales"] and not fraction:
        scale = int(data["scales"][said])
        if row.low(place + 1) in ("million", "billion"):
            return place + 2, scale * int(data["scales"][row.lows[place + 1]])
        return place + 1, scale
    if not words and low in data["suffixes"] and row.glued(at) and (money or low not in _LENGTHS or _counts(row, at)):
        return at + 1, int(data["suffixes"][low])
    if not money and low in data["scaled_units"] and (low != "mt" or row.said(at) == "Mt"):
        return at, int(data["scaled_units"][low])
    return at, 1


def _counts(row: Row, at: int) -> bool:
    """Whether what is counted in millions follows ("5m ounces"); else "5m" are metres."""
    return (row.low(at + 1),) in {noun[:1] for noun in unit_nouns()}


def read_multiple(row: Row, at: int) -> Figure | None:
    """ "doubled", "nine-fold", "threefold": how many times."""
    multiples, low = prose_data()["numerals"]["multiples"], row.lows[at]
    if low in multiples:
        return Figure(Decimal(multiples[low]), at, at + 1, None, 1, words=True)
    if row.is_number(at) and row.low(at + 2) != "fold":
        return None
    number = numeral(row, at)
    if number is None:
        return None
    last = at + number.length
    if row.low(last) == "-" and row.low(last + 1) == "fold":
        return Figure(number.value, at, last + 2, None, 1, number.words)
    return None
