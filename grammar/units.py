"""Units of mining filings: names as printed and typed, and exact conversion between them.

Troy ounce 31.1034768 g, pound 453.59237 g, short ton 907,184.74 g (NIST Handbook 44, appendix C); tonne 1,000,000 g.
Factors come from units.toml as decimal text and are kept as fractions, so that there and back again is the same value.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache

from grammar.errors import LexiconError
from grammar.lexicon import FOLDER, read
from grammar.records import record

CURRENCIES = frozenset(("CAD", "AUD", "GBP", "EUR", "MXN", "ZAR"))
DIGITS = 28


@record
class Unit:
    """``kind`` says what it can be converted into, ``factor`` how many of the kind's base unit one of it is."""

    id: str
    kind: str
    factor: Fraction
    words: tuple[str, ...]


@cache
def units() -> dict[str, Unit]:
    """All units by id. Raises LexiconError naming the unit whose words another unit has already."""
    found: dict[str, Unit] = {}
    owners: dict[str, str] = {}
    for key, block in read(FOLDER / "units.toml").items():
        words = tuple(word.strip() for word in block["words"].split("|"))
        for word in words:
            if owners.setdefault(word, key) != key:
                raise LexiconError(f"units.toml: {word!r} names both [{owners[word]}] and [{key}]")
        over, _, under = block.get("ratio", block["factor"]).partition("/")
        found[key] = Unit(key, block["kind"], Fraction(over.strip()) / Fraction(under.strip() or "1"), words)
    return found


@cache
def unit_words() -> dict[str, str]:
    """Every word and sign for a unit, lower case, to its id; ids name themselves."""
    words = {word: unit.id for unit in units().values() for word in unit.words}
    words.update((key.lower(), key) for key in units() if key.lower() not in words)
    return words


@lru_cache(maxsize=2048)
def unit_of(text: str) -> str | None:
    """The canonical unit that a printed or typed name means (``$/oz.`` -> ``USD/oz``), None where it is no unit."""
    folded = " ".join(text.lower().strip(" ()[]:,").split())
    words = unit_words()
    return words.get(folded) or words.get(folded.rstrip("."))


def convertible(source: str, target: str) -> bool:
    """Whether figures of one unit can be said in the other."""
    return factor(source, target) is not None


@lru_cache(maxsize=2048)
def factor(source: str, target: str) -> Fraction | None:
    """How many ``target`` one ``source`` is, exactly; None where no conversion exists (tons to dollars)."""
    if source == target:
        return Fraction(1)
    known = units()
    if source not in known or target not in known or known[source].kind != known[target].kind:
        return None
    return known[source].factor / known[target].factor


def convert(value: Decimal | int, source: str, target: str) -> Decimal | None:
    """``value`` of ``source`` said in ``target``, to 28 digits; None where no conversion exists.

    Share prices, ratios and per cent convert too: 0.25 of ``ratio`` is 25 of ``%``.
    """
    by = factor(source, target)
    if by is None:
        return None
    with localcontext() as context:
        context.prec = DIGITS
        return Decimal(value) * by.numerator / by.denominator


ALIKE = {
    "cents": "USD",
    "thousand USD": "USD",
    "million USD": "USD",
    "cents/lb": "USD/lb",
    "cents/oz": "USD/oz",
    "cents/share": "USD/share",
    "tonne": "ton",
    "long ton": "ton",
    "thousand tonne": "ton",
    "million tonne": "ton",
    "thousand ton": "ton",
    "thousand oz": "oz",
    "million oz": "oz",
    "million lb": "lb",
    "g": "oz",
    "g/t": "oz/ton",
    "oz/tonne": "oz/ton",
    "USD/g": "USD/oz",
    "USD/kg": "USD/oz",
    "USD/tonne": "USD/ton",
    "x": "ratio",
}


@lru_cache(maxsize=512)
def measure(unit: str) -> str:
    """The unit that stands for all units of one measure (``g/t`` and ``oz/ton`` are both ``oz/ton``).

    A metric lists these: a grade is a grade in either unit, though ounces of metal and tons of ore stay apart.
    Currencies stand for dollars.
    """
    money, slash, rest = unit.partition("/")
    plain = f"USD{slash}{rest}" if money in CURRENCIES else unit
    return ALIKE.get(plain, plain)
