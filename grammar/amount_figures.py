"""The figure itself: currency, parentheses, minus, digits or words and their scale, in the orders people use."""

from __future__ import annotations

from decimal import Decimal

from grammar.numerals import Numeral, Token, numeral
from grammar.prose_words import prose_data
from grammar.records import record

_LONGEST_PREFIX = 4  # tokens of a currency: "u", ".", "s", ".$"


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
class _Opening:
    """What stands before the digits: the token they start at, and what was passed."""

    inner: int
    currency: str | None
    paren: bool
    dash: bool


def read_figure(row: list[Token], at: int) -> Figure | None:
    """The figure that starts here: currency, parentheses, digits or words, scale."""
    opening = _opening(row, at)
    number = numeral(row, opening.inner)
    if number is None or (opening.currency and number.words):
        return None
    last = opening.inner + number.length
    if opening.paren:
        if last >= len(row) or row[last].text != ")" or not _accounting(row, opening):
            return None
        last += 1
    last, scale = _scale(row, last, number)
    value = number.value * scale * (-1 if opening.paren or opening.dash else 1)
    commas = "," in row[opening.inner].text
    return Figure(value, at, last, opening.currency, scale, number.words, commas, number.fraction)


def _opening(row: list[Token], at: int) -> _Opening:
    """Currency, parenthesis and minus sign in the orders in which they are written: "$(4", "($4", "-$4", "$-4"."""
    if row[at].kind == "number":
        return _Opening(at, None, paren=False, dash=False)
    place, currency = _currency(row, at)
    paren = place < len(row) and row[place].text == "("
    place += paren
    if paren and currency is None:
        place, currency = _currency(row, place)
    dash = _is_minus(row, place, currency)
    place += dash
    if dash and currency is None:
        place, currency = _currency(row, place)
    return _Opening(place, currency, paren, dash)


def _is_minus(row: list[Token], at: int, currency: str | None) -> bool:
    """Whether a dash makes the figure negative, and is no bullet, range or hyphen."""
    if at + 1 >= len(row) or row[at].text not in ("-", "−", "–") or not row[at + 1].glued:
        return False
    return bool(currency) or not at or not (row[at].glued or row[at - 1].text in "-–")


def _accounting(row: list[Token], opening: _Opening) -> bool:
    """Whether parentheses make a negative: "$(3.41)", "(0.04)", "(1,055)", and not the mark "(1)"."""
    return opening.currency is not None or any(sign in row[opening.inner].text for sign in ".,")


def _currency(row: list[Token], at: int) -> tuple[int, str | None]:
    signs, said, place = prose_data()["currencies"], "", at
    for place in range(at, min(at + _LONGEST_PREFIX, len(row))):
        if said and not row[place].glued:
            break
        said += row[place].low
        if said in signs:
            return place + 1, signs[said]
    return at, None


def _scale(row: list[Token], at: int, number: Numeral) -> tuple[int, int]:
    data = prose_data()["numerals"]
    place = at + 1 if at + 1 < len(row) and row[at].text == "-" and row[at].glued else at
    if place < len(row) and row[place].low in data["scales"] and not number.fraction:
        scale = int(data["scales"][row[place].low])
        if place + 1 < len(row) and row[place + 1].low in ("million", "billion"):
            return place + 2, scale * int(data["scales"][row[place + 1].low])
        return place + 1, scale
    if at < len(row) and row[at].glued and not number.words and row[at].low in data["suffixes"]:
        return at + 1, int(data["suffixes"][row[at].low])
    return at, 1


def read_multiple(row: list[Token], at: int) -> Figure | None:
    """ "doubled", "nine-fold", "threefold": how many times."""
    data = prose_data()["numerals"]
    if row[at].low in data["multiples"]:
        return Figure(Decimal(data["multiples"][row[at].low]), at, at + 1, None, 1, words=True)
    if row[at].kind == "number" and (at + 2 >= len(row) or row[at + 2].low != "fold"):
        return None
    number = numeral(row, at)
    if number is None:
        return None
    last = at + number.length
    if last + 1 < len(row) and row[last].text == "-" and row[last + 1].low == "fold":
        return Figure(number.value, at, last + 2, None, 1, number.words)
    return None
