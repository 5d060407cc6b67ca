"""Amounts in sentences and questions: ``$2.5 million``, ``a negative seven cents``, ``more than 85 square miles``.

General number libraries lose the sign, the scale or the unit of such amounts, and read a release's number or the name
of a mine's level as a quantity; here the value is exact and a figure that names something is no amount.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from grammar.amount_figures import Amount, Figure, read_figure, read_multiple
from grammar.amount_names import is_date, is_name
from grammar.amount_ranges import in_money_of, share_units
from grammar.amount_units import Tail, may_measure, rate_before, unit_after
from grammar.chunks import remembered, where
from grammar.numerals import Row, is_digits, is_word
from grammar.prose_words import begun, phrases, prose_data, words

__all__ = ["Amount", "read_amounts"]


def read_amounts(text: str) -> list[Amount]:
    """Every amount of a text in order; years, dates, marks and figures that name something are none."""
    text = _SPACED.sub(lambda found: found[0].replace(" ", ","), text)
    text = _SERIES.sub("  ", text)
    row, found, starters, free = Row(text), list[Amount](), _starters(), 0
    for at in where(_may_begin, row.lows):
        if at < free or not (is_digits(row.lows[at]) or _goes_on(row, at, starters)):
            continue
        read = _amount(row, at, found[-1] if found else None)
        if read is not None:
            amount, free = read
            found.append(_restated(amount, found[-1], text) if found and amount.value < 0 else amount)
    return share_units(found, text) if len(found) > 1 else found


def _restated(amount: Amount, before: Amount, text: str) -> Amount:
    """The amount; one in brackets right behind another is no loss but the same in other money: "C$5 (US$4)"."""
    other = _IN_OTHER_MONEY.match(amount.text) and not text[before.span_end : amount.start].strip()
    return replace(amount, value=abs(amount.value)) if other and before.value > 0 else amount


@remembered
def _may_begin(low: str) -> bool:
    """Whether an amount may begin with a token."""
    return is_digits(low) or low in _starters()


_SERIES = re.compile(r"\b[2-6]E\b(?=\s(?:oz|ounces?|PGMs?)\b)")  # 4E ounces: of four platinum metals together
_IN_OTHER_MONEY = re.compile(r"\((?:[A-Z]|U\.S\.)[A-Za-z.]{0,3}\$|\([£€]")
# Thousands that blanks part ("1 512 000 ounces"): two of them, one of noughts, one behind a sign of money, or one that
# is at once measured ("to 110 600 oz").
_SPACED = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:(?: \d{3}){2,3}|(?<=[$R]\d) \d{3}|(?<=[$R]\d\d) \d{3}|(?<=[$R]\d{3}) \d{3}| 000"
    r"|(?<=[a-z] \d) \d{3}(?= ?oz\b| ounces| tonnes)|(?<=[a-z] \d\d) \d{3}(?= ?oz\b| ounces| tonnes)"
    r"|(?<=[a-z] \d{3}) \d{3}(?= ?oz\b| ounces| tonnes))(?![\d,]|\.\d)"
)


@cache
def _starters() -> frozenset[str]:
    """What an amount can begin with, apart from digits: everything else is passed over at once."""
    data = prose_data()
    signs = {sign[0] for sign in data["currencies"]}
    said = ("(", "-", "−", "–", "us", "a", "an", "u", "cdn", "cad", "c")
    numerals = data["numerals"]
    return frozenset((*signs, *said, *numerals["small"], *numerals["tens"], *numerals["multiples"]))


def _goes_on(row: Row, at: int, starters: frozenset[str]) -> bool:
    """Whether a sign or a word that may begin an amount is not at once followed by a word that goes on with none."""
    if len(row.lows[at]) > 2 and is_word(row.lows[at]):
        return True
    if not row.is_word(at + 1):
        return True
    following = row.lows[at + 1]
    return following in starters or following in _behind()


@cache
def _behind() -> frozenset[str]:
    """The words of numbers that begin none: "a million", "a third"."""
    numerals = prose_data()["numerals"]
    said = {part for sign in prose_data()["currencies"] for part in sign.replace("$", " ").replace(".", " ").split()}
    return frozenset((*numerals["scales"], *numerals["parts"], "hundred", *said))


def _amount(row: Row, at: int, before: Amount | None) -> tuple[Amount, int] | None:
    multiple = read_multiple(row, at)
    figure = multiple or read_figure(row, at)
    if figure is None:
        return None
    if not multiple and not figure.currency:
        if before is not None:
            figure = in_money_of(before, row, figure)
        if not figure.currency and not may_measure(row.low(figure.last)) and is_date(row, figure):
            return None
    tail = Tail("x", figure.last) if multiple else _unit(row, at, figure)
    if figure.scale == 1:
        tail = rate_before(row, at, tail)
    if not multiple and is_name(row, figure, tail):
        return None
    first, value = _signed(row, figure)
    qualifier, begin = _qualifier(row, first)
    last = tail.figure_last(figure.last)
    start, end = row.starts[first], row.end(last - 1)
    amount = Amount(
        value * tail.factor,
        tail.unit,
        start,
        end,
        row.text[start:end],
        qualifier or _after(row, figure.last) or _after(row, tail.last),
        row.starts[begin],
        row.end(tail.last - 1),
        tail.metal,
        figure.scale,
        figure.words,
    )
    return amount, max(last, at + 1)


def _unit(row: Row, at: int, figure: Figure) -> Tail:
    if row.lows[figure.last - 1] == ")" and not figure.currency:
        return Tail("", figure.last)
    return unit_after(row, figure.last, figure.currency, grading=_grading(row, at), part=figure.part)


def _grading(row: Row, at: int) -> bool:
    """Whether the figure is said to be a grade, so that ounces are ounces a ton."""
    return not words("rates", "grades").isdisjoint(row.lows[max(0, at - 4) : at])


def _signed(row: Row, figure: Figure) -> tuple[int, Decimal]:
    """Where the figure starts once its "negative" is counted in, and its signed value.

    The word may stand before a noun phrase: "at a negative total average cash cost of $3.41".
    """
    negatives, before = words("names", "negative"), figure.first - 1
    if before < 0:
        return figure.first, figure.value
    if row.lows[before] in negatives:
        return before, -abs(figure.value)
    if row.lows[before] == "of":
        for place in range(before - 1, max(before - 8, -1), -1):
            low = row.lows[place]
            if not is_word(low) or (low != "per" and low in words("counting", "stops")):
                break
            if low in negatives:
                return figure.first, -abs(figure.value)
    return figure.first, figure.value


def _qualifier(row: Row, first: int) -> tuple[str | None, int]:
    """The qualifier that stands right before, an article between allowed, and where it starts."""
    place = first - 1 if first and row.lows[first - 1] in ("a", "an") else first
    for end in (first, place) if place != first else (first,):
        for phrase in _qualifiers().get(row.lows[end - 1], ()) if end else ():
            begin = end - len(phrase)
            if begin >= 0 and row.heard(begin, len(phrase)) == phrase:
                return " ".join(phrase), begin
    return None, first


@cache
def _qualifiers() -> dict[str, list[tuple[str, ...]]]:
    """The qualifiers by their last word, the longest first."""
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases("qualifiers", "before"):
        by_last.setdefault(phrase[-1], []).append(phrase)
    return by_last


def _after(row: Row, at: int) -> str | None:
    return " ".join(begun("qualifiers", "after", row.lows, at)) or None
