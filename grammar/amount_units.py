"""The unit behind a figure: ``per common share``, ``ounce of gold per ton``, ``of those ounces``, ``three drills``."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from grammar.numerals import Row
from grammar.prose_words import begun, prose_data, unit_nouns, words
from grammar.records import record

CENT = Decimal("0.01")
_SHORTEST = 4  # letters: "feed" and "shed" are nouns
_EARNED = 2  # words between a sum and its "per share"
_EQUALS = frozenset(("of", "was", "were", "at", "averaged"))
_APART = frozenset((",", ";", ".", "$", "was", "were", "averaged", "to", "from"))
_RATE_BEFORE = 14  # tokens: "per pound of copper produced in Q4 2022 was"
_LOOSE = frozenset(("a", "an", "about", "nearly", "only", "just"))
_SHORT = {"shares": "share", "carats": "carat", "years": "year", "days": "day", "months": "month"}
_RATED = frozenset(("oz", "g", "kg", "lb", "ton", "tonne", "carats", "USD", "shares"))


@record
class Tail:
    """The unit, the token after it, and what it does to the value (cents are hundredths of a dollar).

    ``inner`` is the token after the words that belong to the figure itself ("7 cents", "40%").
    """

    unit: str
    last: int
    factor: Decimal = Decimal(1)
    inner: int | None = None
    metal: str | None = None
    measured: bool = False

    def figure_last(self, last: int) -> int:
        """The token after the figure as it is quoted."""
        return self.inner if self.inner is not None else last


def unit_after(row: Row, at: int, currency: str | None, *, grading: bool = False, part: bool = False) -> Tail:
    """The unit that the words from token ``at`` on give to a figure; a counted noun where no unit is said."""
    low = row.low(at)
    if low == "+":
        following = unit_after(row, at + 1, currency, grading=grading)
        inner = following.inner if following.inner is not None else at + 1
        return Tail(following.unit, following.last, following.factor, inner, following.metal, following.measured)
    if currency:
        return _rate(row, at, currency)
    if low == "%":
        return Tail("%", at + 1, inner=at + 1, measured=True)
    compound = low == "-" and at + 1 < len(row) and row.glued(at + 1)
    place = at + compound
    if low == "us" and row.low(at + 1) in words("rates", "cents"):
        place += 1
    if low == "¢" or row.low(place) in words("rates", "cents"):
        return _cents(row, place)
    measured = _measure(row, place, grading)
    if part and measured is None:
        return Tail("ratio", at)
    return measured or (_compound(row, place) if compound else _counted(row, place))


def may_measure(low: str) -> bool:
    """Whether a token right behind a figure may begin what it is measured in: a noun that is counted may not."""
    return low in _measuring()


@cache
def _measuring() -> frozenset[str]:
    return _noun_firsts() | words("rates", "inside") | words("rates", "cents") | {"%", "¢", "+", "-"}


def rate_before(row: Row, at: int, tail: Tail) -> Tail:
    """A sum of money whose rate stands before it: "cost per ounce of a negative seven cents"."""
    if tail.unit not in _sums():
        return tail
    place = at - 1
    while place > 0 and (row.lows[place] in _LOOSE or row.lows[place] in words("names", "negative")):
        place -= 1
    if place < 2 or row.lows[place] not in _EQUALS:
        return tail
    for before in range(place - 2, max(place - _RATE_BEFORE, -1), -1):
        if row.lows[before] in _APART:
            break
        figure = before - 2 if row.lows[before - 1] == ")" else before - 1
        if row.lows[before] == "per" and row.is_number(figure):
            break  # the rate of the figure before
        if row.lows[before] == "per":
            rate = _rate(row, before, tail.unit)
            return replace(tail, unit=rate.unit, metal=rate.metal)
    return tail


@cache
def _sums() -> frozenset[str]:
    """The currencies, as units."""
    return frozenset(prose_data()["currencies"].values())


def _cents(row: Row, at: int) -> Tail:
    rate = _rate(row, at + 1, "USD")
    if rate.unit == "USD/lb":
        return Tail("cents/lb", rate.last, inner=at + 1, measured=True)
    return Tail(rate.unit, rate.last, CENT, inner=at + 1, measured=True)


def _rate(row: Row, at: int, over: str) -> Tail:
    """``over`` per what follows: "per ounce", "an ounce", "/oz", "per common share"."""
    noun = _under(row, at)
    if (
        noun is None
        and row.low(at) == "per"
        and row.is_word(at + 1)
        and row.low(at + 1) not in words("counting", "stops")
    ):
        return Tail(f"{over}/{row.lows[at + 1]}", at + 2, measured=True)  # "$1.75 per unit" is no sum
    if noun is None:
        return Tail(over, at, measured=True)
    unit, last, metal = noun
    if row.low(last) == "of" and row.low(last + 1) in words("rates", "metals"):
        metal = row.lows[last + 1]  # "per pound OF COPPER"
    return Tail(f"{over}/{_SHORT.get(unit, unit)}", last, metal=metal, measured=True)


def _under(row: Row, at: int) -> tuple[str, int, str | None] | None:
    """The unit noun that "per", "an" or a slash makes the one below: None for "$5 million a year ago"."""
    place = at
    while place < at + _EARNED and row.low(place) in words("rates", "earned"):
        place += 1  # "$0.04 LOSS per share"
    if row.low(place) == "/" and row.glued(place):
        place += 1
    else:
        joined = begun("rates", "joins", row.lows, place)
        if not joined or (place > at and joined != ("per",)):
            return None
        place += len(joined)
        place += row.low(place) == "-" and row.glued(place)
    noun = _noun(row, place, skip=3)
    timed = noun is not None and noun[0] in _SHORT and noun[0] != "shares"
    return None if timed and row.lows[place - 1] != "per" else noun


def _measure(row: Row, at: int, grading: bool) -> Tail | None:
    """A unit noun and the rate it may have: "ounces", "of those ounces", "ounce of gold per ton", "of an ounce"."""
    noun = _noun(row, at, skip=3)
    if noun is None:
        return None
    unit, last, metal = noun
    inner = last if unit in ("USD", "%") else None
    place = last
    if row.low(place) == "of" and row.low(place + 1) in words("rates", "inside"):
        place += 2
        while row.lows[place - 1] not in words("rates", "metals") and row.low(place) in words("rates", "inside"):
            place += 1  # "ounces of PAYABLE silver"
        metal = row.lows[place - 1] if row.lows[place - 1] in words("rates", "metals") else metal
    if unit in _RATED:
        rate = _rate(row, place, unit)
        if rate.unit != unit:
            return Tail(_named(rate.unit), rate.last, inner=inner, metal=metal, measured=True)
    if unit == "oz" and grading:
        unit = "oz/ton"
    return Tail(unit, max(last, place) if metal else last, inner=inner, metal=metal, measured=True)


def _named(unit: str) -> str:
    return "g/t" if unit == "g/tonne" else unit


def _noun(row: Row, at: int, skip: int) -> tuple[str, int, str | None] | None:
    """The unit noun at a place, at most ``skip`` words inside it passed over, with the metal among them."""
    nouns, inside, metal = unit_nouns(), words("rates", "inside"), None
    for place in range(at, min(at + skip + 1, len(row))):
        low = row.lows[place]
        for heard in ((low, row.low(place + 1)), (low,)) if low in _noun_firsts() else ():
            if heard in nouns:
                last = place + len(heard)
                if heard == ("oz",) and row.low(last) == "." and row.glued(last) and last + 1 < len(row):
                    last += 1
                return nouns[heard], last, metal
        if low not in inside and not (low == "and" and row.low(place + 1) == "diluted"):
            return None
        metal = low if low in words("rates", "metals") else metal
    return None


@cache
def _noun_firsts() -> frozenset[str]:
    """The words that unit nouns begin with."""
    return frozenset(noun[0] for noun in unit_nouns())


def _compound(row: Row, at: int) -> Tail:
    """The noun joined by a hyphen: "50-hole drilling program" counts holes."""
    counted = row.is_word(at) and row.lows[at] not in words("counting", "stops")
    return Tail(plural_of(row.lows[at]), at + 1) if counted else Tail("", at)


def _counted(row: Row, at: int) -> Tail:
    """The noun that is counted: the last word of the run that follows, in the plural; '' where nothing follows."""
    stops, adjectives = words("counting", "stops"), words("counting", "adjectives")
    first = last = at + len(begun("qualifiers", "after", row.lows, at))
    noun = ""
    while last - first < 3 and row.is_word(last) and row.lows[last] not in stops:
        said, low = row.said(last), row.lows[last]
        if said[0].isupper() and not said.isupper():
            return Tail("", at)  # "210 Elm Avenue": what has a capital is named, not counted
        last += 1
        if low not in adjectives:
            noun = low
            if low.endswith("s") and not low.endswith("ss"):
                break
    return Tail(plural_of(noun), last) if noun and not _is_participle(noun) else Tail("", at)


def _is_participle(word: str) -> bool:
    """Whether a word says how something is and names none: "weighted", "dried"."""
    return len(word) > _SHORTEST and word.endswith(("ed", "ly"))


def plural_of(noun: str) -> str:
    """The plural that a count is known by: "hole" is counted in "holes"."""
    return noun if noun.endswith("s") else f"{noun}s"
