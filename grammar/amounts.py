"""Amounts in sentences and questions: ``$2.5 million``, ``a negative seven cents``, ``more than 85 square miles``.

General number libraries lose the sign, the scale or the unit of such amounts, and read a release's number or the name
of a mine's level as a quantity; here the value is exact and a figure that names something is no amount.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from grammar.amount_figures import Figure, read_figure, read_multiple
from grammar.amount_names import is_name
from grammar.amount_ranges import in_money_of, share_units
from grammar.amount_units import Tail, rate_before, unit_after
from grammar.numerals import Token, tokens
from grammar.prose_words import begun, phrases, prose_data, words
from grammar.records import record


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


def read_amounts(text: str) -> list[Amount]:
    """Every amount of a text in order; years, dates, marks and figures that name something are none."""
    row, found, starters, free = tokens(text), list[Amount](), _starters(), 0
    for at, token in enumerate(row):
        if at < free or not (token.kind == "number" or (token.low in starters and _goes_on(row, at, starters))):
            continue
        read = _amount(text, row, at, found[-1] if found else None)
        if read is not None:
            amount, free = read
            found.append(amount)
    return share_units(found, text)


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


def _goes_on(row: list[Token], at: int, starters: frozenset[str]) -> bool:
    """Whether a sign or a word that may begin an amount is not at once followed by a word that goes on with none."""
    if row[at].kind == "word" and len(row[at].low) > 2:
        return True
    following = row[at + 1] if at + 1 < len(row) else None
    return following is None or following.kind != "word" or following.low in starters or following.low in _behind()


@cache
def _behind() -> frozenset[str]:
    """The words of numbers that begin none: "a million", "a third"."""
    numerals = prose_data()["numerals"]
    said = {part for sign in prose_data()["currencies"] for part in sign.replace("$", " ").replace(".", " ").split()}
    return frozenset((*numerals["scales"], *numerals["parts"], "hundred", *said))


def _amount(text: str, row: list[Token], at: int, before: Amount | None) -> tuple[Amount, int] | None:
    multiple = read_multiple(row, at)
    figure = multiple or read_figure(row, at)
    if figure is None:
        return None
    if before is not None and not multiple and not figure.currency:
        figure = in_money_of(before, row, figure)
    tail = rate_before(row, at, Tail("x", figure.last) if multiple else _unit(row, at, figure))
    if not multiple and is_name(row, figure, tail):
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


def _unit(row: list[Token], at: int, figure: Figure) -> Tail:
    if row[figure.last - 1].text == ")" and not figure.currency:
        return Tail("", figure.last)
    return unit_after(row, figure.last, figure.currency, grading=_grading(row, at), part=figure.part)


def _grading(row: list[Token], at: int) -> bool:
    """Whether the figure is said to be a grade, so that ounces are ounces a ton."""
    grades = words("rates", "grades")
    return any(token.low in grades for token in row[max(0, at - 4) : at])


def _signed(row: list[Token], figure: Figure) -> tuple[int, Decimal]:
    """Where the figure starts once its "negative" is counted in, and its signed value.

    The word may stand before a noun phrase: "at a negative total average cash cost of $3.41".
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
    return " ".join(begun("qualifiers", "after", heard)) or None
