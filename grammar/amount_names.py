"""Figures that name something: years, days, levels and zones, forms, telephones, footnote marks. They count nothing."""

from __future__ import annotations

from grammar.amount_figures import Figure
from grammar.amount_units import Tail, unit_after
from grammar.numerals import Token
from grammar.prose_words import prose_data, words


def is_name(row: list[Token], figure: Figure, tail: Tail) -> bool:
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


def _glued_name(row: list[Token], figure: Figure) -> bool:
    """Figures inside a longer sign: "1998-12", "208/555-0100", "10-Q", "HL1", "3/31/07", "10:30"."""
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


def _range_start(row: list[Token], figure: Figure) -> bool:
    """Whether a figure starts a range that ends in a measure: the 5 of "5-10%"."""
    last = figure.last
    if last + 1 >= len(row) or row[last].text not in "-–" or row[last + 1].kind != "number":
        return False
    token_before = row[figure.first - 1] if figure.first and row[figure.first].glued else None
    scaled = last + 2 < len(row) and row[last + 2].low in prose_data()["numerals"]["scales"]
    return token_before is None and unit_after(row, last + 2 + scaled, None).measured


def _range_end(row: list[Token], figure: Figure) -> bool:
    """Whether a figure ends a range of two: the 10 of "5-10%"."""
    before = figure.first - 1
    if (
        before < 1
        or row[before].text not in "-–"
        or not (row[before - 1].kind == "number" or row[before - 1].text == "%")
    ):
        return False
    return not (row[before - 1].glued and row[before - 2].text in "-–/") if before > 1 else True


def _span_of_time(row: list[Token], tail: Tail) -> bool:
    """Whether a number of months or weeks names a reporting period: "three months ended"."""
    return tail.unit in ("months", "weeks") and tail.last < len(row) and row[tail.last].low in ("ended", "ending", "to")


def _marked(row: list[Token], figure: Figure) -> bool:
    """Whether a small whole number stands alone in parentheses: a footnote's mark or a list's."""
    before, last = figure.first - 1, figure.last
    return before >= 0 and row[before].text == "(" and last < len(row) and row[last].text == ")"


def _names_on(row: list[Token], at: int) -> bool:
    """Whether what is joined to a figure makes it a name: a digit, or a lone capital letter ("10-Q")."""
    token = row[at]
    return token.kind == "number" or (len(token.text) == 1 and token.text.isupper())


def _glued_units() -> frozenset[tuple[str, ...]]:
    return frozenset({("oz",), ("kg",), ("g",), ("km",), ("x",), ("lb",), ("lbs",), ("ft",), ("t",), ("gpt",)})


def _dated(row: list[Token], figure: Figure) -> bool:
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


def _compound(row: list[Token], figure: Figure) -> bool:
    """ "one-time", "90-year-old", "one of", "Q1", "first-half": a numeral that counts nothing."""
    heard = [token.low for token in row[figure.last : figure.last + 4]]
    if heard[:1] == ["-"] and len(heard) > 1:
        return heard[1] in words("names", "compounds") or heard[2:4] == ["-", "old"]
    if figure.words and figure.value == 1:
        before = row[figure.first - 1].low if figure.first else ""
        if before in ("only", "no", "any", "this", "every", "which", "that", "the"):
            return True
        return bool(heard) and (heard[0] in ("of", "another", "or", "is", "can", "that") or not heard[0].isalpha())
    return False
