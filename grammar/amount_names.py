"""Figures that name something: years, days, levels and zones, forms, telephones, footnote marks. They count nothing."""

from __future__ import annotations

from grammar.amount_figures import Figure
from grammar.amount_units import Tail, unit_after
from grammar.numerals import Row
from grammar.prose_words import prose_data, words

_GLUED_UNITS = frozenset(
    (
        "oz",
        "ozs",
        "kg",
        "g",
        "km",
        "m",
        "x",
        "lb",
        "lbs",
        "ft",
        "t",
        "gpt",
        "moz",
        "koz",
        "mt",
        "kt",
        "kmt",
        "kdmt",
        "mlb",
        "mlbs",
        "ct",
        "cts",
    )
)
_JOINTS = frozenset("-/#:_.@–")
_DASHES = ("-", "–")


def is_name(row: Row, figure: Figure, tail: Tail) -> bool:
    """Whether the figure names something (a year, a day, a level, a form, a telephone) and counts nothing."""
    if _compound(row, figure):
        return True
    if figure.currency or (tail.measured and (not _glued_name(row, figure) or _range_end(row, figure))):
        return _span_of_time(row, tail)
    if _marked(row, figure) or is_date(row, figure) or (_glued_name(row, figure) and not _range_start(row, figure)):
        return True
    if figure.words:
        return False
    before = row.lows[figure.first - 1] if figure.first else ""
    if before == "." and figure.first > 1:
        before = row.lows[figure.first - 2] if row.glued(figure.first - 1) else ""
    if before in words("names", "before"):
        return True
    return row.low(figure.last) in words("names", "after") and figure.value != 1


def _glued_name(row: Row, figure: Figure) -> bool:
    """Figures inside a longer sign: "1998-12", "208/555-0100", "10-Q", "HL1", "3/31/07", "10:30"."""
    if figure.words or figure.currency:
        return False
    at = figure.first
    if row.glued(at) and (row.lows[at - 1] in _JOINTS or row.is_word(at - 1) or row.is_number(at - 1)):
        sign = row.lows[at - 1]
        opener = sign in ("-", "/", "–", ":") and not row.glued(at - 1)
        bullet = at > 1 and sign == row.lows[at - 2] == "-"
        return not (opener or bullet)
    last = figure.last
    if last + 1 >= len(row) or not row.glued(last):
        return False
    if row.is_word(last) and row.lows[last] not in prose_data()["numerals"]["suffixes"]:
        return row.lows[last] not in _GLUED_UNITS
    return row.lows[last] in ("-", "/", ":") and row.glued(last + 1) and _names_on(row, last + 1)


def _range_start(row: Row, figure: Figure) -> bool:
    """Whether a figure starts a range that ends in a measure: the 5 of "5-10%"."""
    last = figure.last
    if row.low(last) not in _DASHES or not row.is_number(last + 1) or row.glued(figure.first):
        return False
    scaled = row.low(last + 2) in prose_data()["numerals"]["scales"]
    return unit_after(row, last + 2 + scaled, None).measured


def _range_end(row: Row, figure: Figure) -> bool:
    """Whether a figure ends a range of two: the 10 of "5-10%"."""
    before = figure.first - 1
    if before < 1 or row.lows[before] not in _DASHES:
        return False
    if not (row.is_number(before - 1) or row.lows[before - 1] == "%"):
        return False
    return not (row.glued(before - 1) and row.lows[before - 2] in ("-", "–", "/")) if before > 1 else True


def _span_of_time(row: Row, tail: Tail) -> bool:
    """Whether a number of months or weeks names a reporting period: "three months ended"."""
    return tail.unit in ("months", "weeks") and row.low(tail.last) in ("ended", "ending", "to")


def _marked(row: Row, figure: Figure) -> bool:
    """Whether a small whole number stands alone in parentheses: a footnote's mark or a list's."""
    return figure.first > 0 and row.lows[figure.first - 1] == "(" and row.low(figure.last) == ")"


def _names_on(row: Row, at: int) -> bool:
    """Whether what is joined to a figure makes it a name: a digit, or a lone capital letter ("10-Q")."""
    said = row.said(at)
    return row.is_number(at) or (len(said) == 1 and said.isupper())


def is_date(row: Row, figure: Figure) -> bool:
    """Whether the figure is a year or a day of a month, if nothing is counted in it."""
    if figure.words or figure.scale != 1 or figure.value != figure.value.to_integral_value():
        return False
    if not figure.commas and 1900 <= figure.value <= 2099:
        return True
    if abs(figure.value) > 31:
        return False
    months, first = words("names", "months"), figure.first
    if (first and row.lows[first - 1] in months) or row.low(figure.last) in months:
        return True
    return first > 1 and row.lows[first - 1] == "." and row.lows[first - 2] in months


def _compound(row: Row, figure: Figure) -> bool:
    """ "one-time", "90-year-old", "one of", "Q1", "first-half": a numeral that counts nothing."""
    following = row.low(figure.last)
    if following == "-" and figure.last + 1 < len(row):
        joined = row.lows[figure.last + 1]
        return joined in words("names", "compounds") or row.heard(figure.last + 2, 2) == ("-", "old")
    if figure.words and figure.value == 1:
        before = row.lows[figure.first - 1] if figure.first else ""
        if before in ("only", "no", "any", "this", "every", "which", "that", "the"):
            return True
        stopped = following in ("of", "another", "or", "is", "can", "that")
        return following != "" and (stopped or not following.isalpha())
    return False
