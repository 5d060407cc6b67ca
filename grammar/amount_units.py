"""The unit behind a figure: ``per common share``, ``ounce of gold per ton``, ``of those ounces``, ``three drills``."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from grammar.numerals import Token
from grammar.prose_words import begun, unit_nouns, words
from grammar.records import record

CENT = Decimal("0.01")
_LOOSE = frozenset(("a", "an", "about", "nearly", "only", "just"))
_SHORT = {"shares": "share", "years": "year", "days": "day", "months": "month"}


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


def unit_after(row: list[Token], at: int, currency: str | None, *, grading: bool = False, part: bool = False) -> Tail:
    """The unit that the words from token ``at`` on give to a figure; a counted noun where no unit is said."""
    if at < len(row) and row[at].text == "+":
        following = unit_after(row, at + 1, currency, grading=grading)
        inner = following.inner if following.inner is not None else at + 1
        return Tail(following.unit, following.last, following.factor, inner, following.metal, following.measured)
    if currency:
        return _rate(row, at, currency)
    if at < len(row) and row[at].text in ("%", "¢"):
        return Tail("%", at + 1, inner=at + 1, measured=True) if row[at].text == "%" else _cents(row, at)
    place = at + 1 if at + 1 < len(row) and row[at].text == "-" and row[at + 1].glued else at
    if place < len(row) and row[place].low in words("rates", "cents"):
        return _cents(row, place)
    compound = place > at
    measured = _measure(row, place, grading)
    if part and measured is None:
        return Tail("ratio", at)
    return measured or (_compound(row, place) if compound else _counted(row, place))


def rate_before(row: list[Token], at: int, tail: Tail) -> Tail:
    """A sum of money whose rate stands before it: "cost per ounce of a negative seven cents"."""
    if tail.unit != "USD":
        return tail
    place = at - 1
    while place > 0 and (row[place].low in _LOOSE or row[place].low in words("names", "negative")):
        place -= 1
    if place < 2 or row[place].low not in ("of", "was", "were", "at") or row[place - 2].low != "per":
        return tail
    rate = _rate(row, place - 2, "USD")
    return replace(tail, unit=rate.unit, metal=rate.metal)


def _cents(row: list[Token], at: int) -> Tail:
    rate = _rate(row, at + 1, "USD")
    if rate.unit == "USD/lb":
        return Tail("cents/lb", rate.last, inner=at + 1, measured=True)
    return Tail(rate.unit, rate.last, CENT, inner=at + 1, measured=True)


def _rate(row: list[Token], at: int, over: str) -> Tail:
    """``over`` per what follows: "per ounce", "an ounce", "/oz", "per common share"."""
    place = at
    if place < len(row) and row[place].text == "/" and row[place].glued:
        place += 1
    else:
        heard = tuple(token.low for token in row[place : place + 2])
        joined = begun("rates", "joins", heard)
        if not joined:
            return Tail(over, at, measured=True)
        place += len(joined)
    noun = _noun(row, place, skip=2)
    timed = noun is not None and noun[0] in _SHORT and noun[0] != "shares"
    if noun is None or (timed and row[place - 1].low != "per"):  # "$5 million a year ago"
        return Tail(over, at, measured=True)
    unit, last, metal = noun
    return Tail(f"{over}/{_SHORT.get(unit, unit)}", last, metal=metal, measured=True)


def _measure(row: list[Token], at: int, grading: bool) -> Tail | None:
    """A unit noun and the rate it may have: "ounces", "of those ounces", "ounce of gold per ton", "of an ounce"."""
    noun = _noun(row, at, skip=3)
    if noun is None:
        return None
    unit, last, metal = noun
    inner = last if unit in ("USD", "%") else None
    place = last
    if place + 1 < len(row) and row[place].low == "of" and row[place + 1].low in words("rates", "inside"):
        place, metal = place + 2, row[place + 1].low if row[place + 1].low in words("rates", "metals") else metal
    if unit in ("oz", "g", "lb", "USD", "shares"):
        rate = _rate(row, place, unit)
        if rate.unit != unit:
            return Tail(_named(rate.unit), rate.last, inner=inner, metal=metal, measured=True)
    if unit == "oz" and grading:
        unit = "oz/ton"
    return Tail(unit, max(last, place) if metal else last, inner=inner, metal=metal, measured=True)


def _named(unit: str) -> str:
    return "g/t" if unit == "g/tonne" else unit


def _noun(row: list[Token], at: int, skip: int) -> tuple[str, int, str | None] | None:
    """The unit noun at a place, at most ``skip`` words inside it passed over, with the metal among them."""
    nouns, inside, metal = unit_nouns(), words("rates", "inside"), None
    for place in range(at, min(at + skip + 1, len(row))):
        for length in (2, 1):
            heard = tuple(token.low for token in row[place : place + length])
            if len(heard) == length and heard in nouns:
                last = place + length
                if heard == ("oz",) and last < len(row) and row[last].text == "." and row[last].glued:
                    last += 1 if last + 1 < len(row) else 0
                return nouns[heard], last, metal
        if row[place].low not in inside:
            return None
        metal = row[place].low if row[place].low in words("rates", "metals") else metal
    return None


def _compound(row: list[Token], at: int) -> Tail:
    """The noun joined by a hyphen: "50-hole drilling program" counts holes."""
    counted = row[at].kind == "word" and row[at].low not in words("counting", "stops")
    return Tail(plural_of(row[at].low), at + 1) if counted else Tail("", at)


def _counted(row: list[Token], at: int) -> Tail:
    """The noun that is counted: the last word of the run that follows, in the plural; '' where nothing follows."""
    stops, adjectives = words("counting", "stops"), words("counting", "adjectives")
    last = at
    heard = tuple(token.low for token in row[at : at + 2])
    after = begun("qualifiers", "after", heard)
    last += len(after)
    first = last
    while last < len(row) and last - first < 3 and row[last].kind == "word" and row[last].low not in stops:
        if row[last].text[0].isupper() and not row[last].text.isupper():
            return Tail("", at)  # "210 Elm Avenue": what has a capital is named, not counted
        last += 1
        plural = row[last - 1].low.endswith("s") and not row[last - 1].low.endswith("ss")
        if plural and row[last - 1].low not in adjectives:
            break
    run = [token.low for token in row[first:last] if token.low not in adjectives]
    if not run:
        return Tail("", at)
    return Tail(plural_of(run[-1]), last)


def plural_of(noun: str) -> str:
    """The plural that a count is known by: "hole" is counted in "holes"."""
    return noun if noun.endswith("s") else f"{noun}s"
