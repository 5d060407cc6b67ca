"""Values as people write them: ``$1.77 per ounce of silver``, ``852,113 oz``, ``$8.143 million``, ``-$0.07 per share``.

Figures that were read are said exactly; only computed ones (more decimals than anybody prints) are rounded.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from grammar.periods import day_name

SYMBOLS = {"USD": "$", "CAD": "C$", "AUD": "A$", "EUR": "€", "GBP": "£"}
PER = {"oz": "ounce", "lb": "pound", "kg": "kilogram", "g": "gram"}
# Units whose name changes with the number: said of one, said of several.
PLURALS = {
    "ton": "tons",
    "tonne": "tonnes",
    "long ton": "long tons",
    "mile": "miles",
    "square mile": "square miles",
    "acre": "acres",
    "hectare": "hectares",
}
SINGULAR = {several: one for one, several in PLURALS.items()} | {
    "shares": "share",
    "days": "day",
    "employees": "employee",
    "cents": "cent",
    "basis points": "basis point",
}
# What follows the noun that a verb agrees with: a phrase that belongs to it, a participle, a unit, a remark.
_AFTER_NOUN = re.compile(
    r"(?:\s+(?:\w+(?:ed|ing)|sold))?"
    r"(?:,?\s+(?:(?:of|to|in|per|for|on|at|from|by|with|before|after|excluding|net)\b|[-(–—]).*)?$"
)
_PLURAL = re.compile(r"[^\W\d_](?<![suis])s$")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_LISTED = 12
MAGNITUDES = ("thousand", "million", "billion")
PRINTED_DECIMALS = 4


def letter_of(number: int) -> str:
    """What the operand of a number is called in a formula: ``a`` to ``z``, then ``x26`` and so on."""
    return LETTERS[number] if number < len(LETTERS) else f"x{number}"


def say_value(value: float, unit: str, metal: str | None = None) -> str:
    """The value with its unit in words; ``metal`` completes a rate (``per ounce of silver``)."""
    if not math.isfinite(value):
        return "not a number"
    above, _, below = unit.partition("/")
    if below:
        return _rate(value, above, below, metal)
    magnitude, _, base = unit.partition(" ")
    if magnitude in MAGNITUDES and base:
        return _of_magnitude(value, magnitude, base)
    if _is_currency(unit):
        return money(value, unit)
    if unit == "%":
        return f"{say_number(value, computed_decimals=1)}%"
    if unit in ("", "ratio"):
        return say_number(value)
    return f"{say_number(value)} {_count_name(unit, value)}"


def say_list(named: Sequence[tuple[str, str]], most: int = MOST_LISTED) -> str:
    """``Deep Shaft: 12 oz; North Pit: 10 oz.``: labels with their values, cut with a count of the rest."""
    said = [f"{label}: {value}" for label, value in named[:most]]
    said += [f"and {len(named) - most} more"] if len(named) > most else []
    return "; ".join(said) + "."


def say_names(names: Sequence[str]) -> str:
    """``Q2 2006, Q3 2006 and Q4 2006``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def say_absent(names: Sequence[str]) -> str:
    """``Q3 2004 is not in the store``."""
    several = len(names) != 1 or " to " in names[0]
    return f"{say_names(names)} {'are' if several else 'is'} not in the store"


def money(value: float, currency: str = "USD") -> str:
    """An amount: from a million on in millions (billions where three decimals say it all), below in full."""
    size = abs(_exact(value))
    sign, symbol = ("-" if value < 0 else ""), _symbol(currency)
    for magnitude, name in ((10**9, "billion"), (10**6, "million")):
        scaled = size / magnitude
        if scaled >= 1 and _decimals(scaled) <= 3:
            return f"{sign}{symbol}{scaled.normalize():,f} {name}"
    if _decimals(size) > PRINTED_DECIMALS and size >= 10**6:
        return f"{sign}{symbol}{_rounded(size / 10**6, 3).normalize():,f} million"
    return f"{sign}{symbol}{_cents(size)}"


def say_number(value: float, computed_decimals: int = 2) -> str:
    """The figure with thousands separated, all its decimals where it can have been printed, else rounded."""
    exact = _exact(value)
    if _decimals(exact) > PRINTED_DECIMALS:
        exact = _rounded(exact, 0 if abs(exact) >= 1000 else _decimals_for(exact, computed_decimals))
    return f"{_plain(exact):,f}"


def was_or_were(measure: str) -> str:
    """The verb that agrees with a measure's name: ``total cash cost per ounce`` was, ``tons milled`` were."""
    noun = _AFTER_NOUN.sub("", measure.lower(), count=1)
    return "were" if _PLURAL.search(noun) else "was"


def say_date(iso: str | None) -> str:
    """An ISO date as filings print it (``May 2, 2007``); anything else as it is, nothing for None."""
    try:
        return day_name(dt.date.fromisoformat(iso or ""))
    except ValueError:
        return iso or ""


def _rate(value: float, above: str, below: str, metal: str | None) -> str:
    if above == "g" and below == "t":
        return f"{say_number(value)} g/t"
    per = f"per {PER.get(below, below)}" + (f" of {metal}" if metal and below in PER else "")
    if _is_currency(above):
        size = abs(_exact(value))
        return f"{'-' if value < 0 else ''}{_symbol(above)}{_cents(size)} {per}"
    return f"{say_number(value)} {_count_name(above, value)} {per}"


def _of_magnitude(value: float, magnitude: str, base: str) -> str:
    number = say_number(abs(value), computed_decimals=3)
    sign = "-" if value < 0 else ""
    if _is_currency(base):
        return f"{sign}{_symbol(base)}{number} {magnitude}"
    return f"{sign}{number} {magnitude} {PLURALS.get(base, base)}"


def _count_name(unit: str, value: float) -> str:
    name = PLURALS.get(unit, unit)
    return SINGULAR.get(name, name) if abs(value) == 1 else name


def _is_currency(unit: str) -> bool:
    return unit in SYMBOLS or (len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper())


def _symbol(currency: str) -> str:
    return SYMBOLS.get(currency, f"{currency} ")


def _cents(size: Decimal) -> str:
    """A size without its sign: whole dollars without cents, else at least two decimals."""
    if _decimals(size) > PRINTED_DECIMALS:
        size = _rounded(size, _decimals_for(size, 2))
    decimals = _decimals(size)
    return f"{size:,.{max(decimals, 2) if decimals else 0}f}"


def _exact(value: float) -> Decimal:
    """The decimal that the float was read from (its shortest exact form)."""
    return Decimal(repr(float(value))) if not isinstance(value, int) else Decimal(value)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimals_for(value: Decimal, at_least: int) -> int:
    """Decimals that keep three significant digits of a small figure, ``at_least`` of others."""
    return max(at_least, 2 - value.adjusted()) if value else at_least


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent or a negative zero."""
    return value.normalize() + 0
