"""Amounts in sentences and questions: ``$6.7 million``, ``a negative seven cents``, ``more than 340 square miles``.

General number libraries lose the sign, the scale or the unit of such amounts, and read a release's number or the name
of a mine's level as a quantity; here the value is exact and a figure that names something is no amount.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from grammar.amount_units import Tail, rate_before, unit_after
from grammar.numerals import Numeral, Token, numeral, tokens
from grammar.prose_words import phrases, prose_data, starts_with, words

_LONGEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
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


def read_amounts(text: str) -> list[Amount]:
    """Every amount of a text in order; years, dates, marks and figures that name something are none."""
    row, found, at = tokens(text), list[Amount](), 0
    while at < len(row):
        read = _amount(text, row, at)
        if read is None:
            at += 1
            continue
        amount, at = read
        found.append(amount)
    return _share_units(found, text)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure between tokens ``first`` and ``last`` (exclusive), before its unit is known."""

    value: Decimal
    first: int
    last: int
    currency: str | None
    scale: int
    words: bool
    commas: bool = False
    part: bool = False


@cache
def _starters() -> frozenset[str]:
    """What an amount can begin with, apart from digits: everything else is passed over at once."""
    data = prose_data()
    signs = {sign[0] for sign in data["currencies"]} | {
        "(",
        "-",
        "−",
        "–",
        ".",
        "us",
        "a",
        "an",
        "u",
        "cdn",
        "cad",
        "c",
    }
    return frozenset(
        signs
        | data["numerals"]["small"].keys()
        | data["numerals"]["tens"].keys()
        | data["numerals"]["multiples"].keys()
    )


def _amount(text: str, row: list[Token], at: int) -> tuple[Amount, int] | None:
    if row[at].kind != "number" and row[at].low not in _starters():
        return None
    multiple = _multiple(row, at)
    figure = multiple or _figure(row, at)
    if figure is None:
        return None
    tail = rate_before(row, at, Tail("x", figure.last) if multiple else _unit(row, at, figure))
    if not multiple and _is_name(row, figure, tail):
        return None
    first, value = _signed(row, figure)
    qualifier, begin = _qualifier(row, first)
    after = _after(row, figure.last) or _after(row, tail.last)
    end = row[tail.figure_last(figure.last) - 1].end
    start = row[first].start
    amount = Amount(
        value * tail.factor,
        tail.unit,
        start,
        end,
        text[start:end],
        qualifier or after,
        row[begin].start,
        row[tail.last - 1].end,
        tail.metal,
        figure.scale,
        figure.words,
    )
    return amount, max(tail.figure_last(figure.last), at + 1)


@dataclass(frozen=True, slots=True)
class _Opening:
    """What stands before the digits: the token they start at, and what was passed."""

    inner: int
    currency: str | None
    paren: bool
    dash: bool


def _figure(row: list[Token], at: int) -> _Figure | None:
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
    return _Figure(value, at, last, opening.currency, scale, number.words, commas, number.fraction)


def _opening(row: list[Token], at: int) -> _Opening:
    """Currency, parenthesis and minus sign in the orders in which they are written: "$(4", "($4", "-$4", "$-4"."""
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


def _unit(row: list[Token], at: int, figure: _Figure) -> Tail:
    if row[figure.last - 1].text == ")" and not figure.currency:
        return Tail("", figure.last)
    return unit_after(row, figure.last, figure.currency, grading=_grading(row, at), part=figure.part)


def _accounting(row: list[Token], opening: _Opening) -> bool:
    """Whether parentheses make a negative: "$(4.62)", "(0.02)", "(1,072)", and not the mark "(1)"."""
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


def _multiple(row: list[Token], at: int) -> _Figure | None:
    """ "doubled", "nine-fold", "threefold": how many times."""
    data = prose_data()["numerals"]
    if row[at].low in data["multiples"]:
        return _Figure(Decimal(data["multiples"][row[at].low]), at, at + 1, None, 1, words=True)
    number = numeral(row, at)
    if number is None:
        return None
    last = at + number.length
    if last + 1 < len(row) and row[last].text == "-" and row[last + 1].low == "fold":
        return _Figure(number.value, at, last + 2, None, 1, number.words)
    return None


def _grading(row: list[Token], at: int) -> bool:
    """Whether the figure is said to be a grade, so that ounces are ounces a ton."""
    return any(token.low in words("rates", "grades") for token in row[max(0, at - 4) : at])


def _signed(row: list[Token], figure: _Figure) -> tuple[int, Decimal]:
    """Where the figure starts once its "negative" is counted in, and its signed value.

    The word may stand before a noun phrase: "at a negative total average cash cost of $4.62".
    """
    negatives, before = words("names", "negative"), figure.first - 1
    if before >= 0 and row[before].low in negatives:
        return before, -abs(figure.value)
    if before >= 0 and row[before].low == "of":
        for place in range(before - 1, max(before - 8, -1), -1):
            if row[place].kind != "word" or row[place].low in words("counting", "stops") - {"per"}:
                break
            if row[place].low in negatives:
                return figure.first, -abs(figure.value)
    return figure.first, figure.value


def _qualifier(row: list[Token], first: int) -> tuple[str | None, int]:
    """The qualifier that stands right before, an article between allowed, and where it starts."""
    place = first - 1 if first and row[first - 1].low in ("a", "an") else first
    for end in (first, place):
        for phrase in _qualifiers().get(row[end - 1].low, ()) if end else ():
            begin = end - len(phrase)
            if begin >= 0 and tuple(token.low for token in row[begin:end]) == phrase:
                return " ".join(phrase), begin
    return None, first


@cache
def _qualifiers() -> dict[str, list[tuple[str, ...]]]:
    """The qualifiers by their last word, the longest first."""
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases("qualifiers", "before"):
        by_last.setdefault(phrase[-1], []).append(phrase)
    return by_last


def _after(row: list[Token], at: int) -> str | None:
    heard = tuple(token.low for token in row[at : at + 2])
    return " ".join(starts_with(phrases("qualifiers", "after"), heard)) or None


def _is_name(row: list[Token], figure: _Figure, tail: Tail) -> bool:
    """Whether the figure names something (a year, a day, a level, a form, a telephone) and counts nothing."""
    if _compound(row, figure):
        return True
    if figure.currency or (tail.measured and (not _glued_name(row, figure) or _range_end(row, figure))):
        return _span_of_time(row, tail)
    if _marked(row, figure) or _dated(row, figure) or (_glued_name(row, figure) and not _range_start(row, figure)):
        return True
    before = row[figure.first - 1].low if figure.first else ""
    if before == "." and figure.first > 1:
        before = row[figure.first - 2].low if row[figure.first - 1].glued else ""
    following = row[figure.last].low if figure.last < len(row) else ""
    if before in words("names", "before") and not figure.words:
        return True
    return not figure.words and following in words("names", "after") and figure.value != 1


def _glued_name(row: list[Token], figure: _Figure) -> bool:
    """Figures inside a longer sign: "2003-07", "208/769-4100", "10-Q", "HL1", "3/31/07", "10:30"."""
    if figure.words or figure.currency:
        return False
    before, token = figure.first - 1, row[figure.first]
    if token.glued and before >= 0 and (row[before].kind in ("word", "number") or row[before].text in "-/#:_.@–"):
        opener = row[before].text in "-/–:" and not row[before].glued
        bullet = before and row[before].text == row[before - 1].text == "-"
        return not (opener or bullet)
    last = figure.last
    if last + 1 >= len(row) or not row[last].glued:
        return False
    if row[last].kind == "word" and row[last].low not in prose_data()["numerals"]["suffixes"]:
        return (row[last].low,) not in _glued_units()
    return row[last].text in "-/:" and row[last + 1].glued and _names_on(row, last + 1)


def _range_start(row: list[Token], figure: _Figure) -> bool:
    """Whether a figure starts a range that ends in a measure: the 5 of "5-10%"."""
    last = figure.last
    if last + 1 >= len(row) or row[last].text not in "-–" or row[last + 1].kind != "number":
        return False
    token_before = row[figure.first - 1] if figure.first and row[figure.first].glued else None
    return token_before is None and unit_after(row, last + 2, None).measured


def _range_end(row: list[Token], figure: _Figure) -> bool:
    """Whether a figure ends a range of two: the 10 of "5-10%"."""
    before = figure.first - 1
    if before < 1 or row[before].text not in "-–" or row[before - 1].kind != "number":
        return False
    return not (row[before - 1].glued and row[before - 2].text in "-–/") if before > 1 else True


def _span_of_time(row: list[Token], tail: Tail) -> bool:
    """Whether a number of months or weeks names a reporting period: "three months ended"."""
    return tail.unit in ("months", "weeks") and tail.last < len(row) and row[tail.last].low in ("ended", "ending", "to")


def _marked(row: list[Token], figure: _Figure) -> bool:
    """Whether a small whole number stands alone in parentheses: a footnote's mark or a list's."""
    before, last = figure.first - 1, figure.last
    return before >= 0 and row[before].text == "(" and last < len(row) and row[last].text == ")"


def _names_on(row: list[Token], at: int) -> bool:
    """Whether what is joined to a figure makes it a name: a digit, or a lone capital letter ("10-Q")."""
    token = row[at]
    return token.kind == "number" or (len(token.text) == 1 and token.text.isupper())


def _glued_units() -> frozenset[tuple[str, ...]]:
    return frozenset({("oz",), ("kg",), ("g",), ("km",), ("x",), ("lb",), ("lbs",), ("ft",), ("t",), ("gpt",)})


def _dated(row: list[Token], figure: _Figure) -> bool:
    """Whether the figure is a year or a day of a month."""
    if figure.words or figure.scale != 1 or figure.value != figure.value.to_integral_value():
        return False
    months = words("names", "months")
    near = [row[place].low for place in (figure.first - 1, figure.last) if 0 <= place < len(row)]
    if figure.first > 1 and row[figure.first - 1].text == ".":
        near.append(row[figure.first - 2].low)
    if any(word in months for word in near) and abs(figure.value) <= 31:
        return True
    return not figure.commas and 1900 <= figure.value <= 2099


def _compound(row: list[Token], figure: _Figure) -> bool:
    """ "one-time", "116-year-old", "one of", "Q1", "first-half": a numeral that counts nothing."""
    heard = [token.low for token in row[figure.last : figure.last + 4]]
    if heard[:1] == ["-"] and len(heard) > 1:
        return heard[1] in words("names", "compounds") or heard[2:4] == ["-", "old"]
    if figure.words and figure.value == 1:
        before = row[figure.first - 1].low if figure.first else ""
        if before in ("only", "no", "any", "this", "every", "which", "that", "the"):
            return True
        return bool(heard) and (heard[0] in ("of", "another", "or", "is", "can", "that") or not heard[0].isalpha())
    return False


def _share_units(found: list[Amount], text: str) -> list[Amount]:
    """Amounts of a range take the unit and the scale of its end: "between $4 and $5 million", "30 to 35 miles"."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        here, following = shared[index], shared[index + 1]
        between = text[here.end : following.start].strip().lower()
        if between not in ("and", "or", "to", "-", "–") or here.text[-1:].isalpha():
            continue
        if here.unit == "" and following.unit and not here.words:
            shared[index] = replace(here, unit=following.unit)
        if here.scale == 1 and following.scale > 1 and abs(here.value) < 1000 and shared[index].unit == following.unit:
            shared[index] = replace(shared[index], value=here.value * following.scale, scale=following.scale)
    return shared
