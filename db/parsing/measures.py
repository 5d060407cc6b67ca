"""The unit of a figure: from its label, else the headings over it, else what the table is about; and what scales it."""

from __future__ import annotations

import re

from db.parsing.scales import Scale, read_scale
from db.parsing.units_said import column_unit, heading_unit, own_currency, unit_in
from grammar.chunks import remembered
from grammar.figures import Figure
from grammar.headings import headings, pattern_of
from grammar.lexicon import lexicon
from grammar.prose_words import prose_data

_BEFORE, _BEHIND = ("|".join(headings()["told"][key]) for key in ("price_before", "price_behind"))
_BY_OUNCE = "|".join(metal.id for metal in lexicon().metals.values() if metal.by_ounce)
_PRICE_OF_OUNCES = re.compile(rf"(?:(?:{_BEFORE}) )*(?:{_BY_OUNCE})(?: (?:{_BEFORE}))? prices?(?: (?:{_BEHIND}))?")
_EXCHANGE, _PRICED, _RATIO, _SCALE = (pattern_of("told", key) for key in ("exchange", "priced", "ratio", "scale"))
_PARTING, _ALL_SHARES = pattern_of("shares", "parting"), pattern_of("shares", "all")
# Units that have their scale in them, as they stand in brackets behind a label: (kmt), (koz).
_SCALED: dict[str, int] = prose_data()["numerals"]["scaled_units"] | prose_data()["numerals"]["scaled_labels"]
_BRACKETED = re.compile(r"\(([^()]*)\)")
_METRIC_TON = ("mt",)  # a million of them where it is written Mt
_FEW_SHARES = 1_000_000  # hardly a company that files has fewer shares than this
_FULL_SHARES = 3_000_000  # a count of shares in thousands or more is hardly as large: it is printed in full


def unit_of(label: str, headings: tuple[str, ...], column: tuple[str, ...], figure: Figure, money: str) -> str:
    """The unit of a figure; ``money`` is the table's currency, empty where the table isn't about money."""
    own = _printed_unit(label, figure)
    if own:
        return own
    low = label.lower()
    if "xchange" in low and _EXCHANGE.search(low):
        return ""
    unit = unit_in(label)
    if unit.endswith("/share") and _SCALE.search(low):  # no rate is counted so
        return "shares" if _SCALE.sub("", low).rstrip().endswith("shares") else money or "USD"
    if not unit and not figure.currency and _of_dilution(headings):
        return "shares"
    if not unit or (figure.currency and "/" not in unit):
        inherited = next((found for found in map(heading_unit, reversed(headings)) if found), "")
        unit = unit if unit and not figure.currency else inherited if "/" in inherited or not figure.currency else ""
    if not unit:
        over = column_unit(column)
        if figure.currency and over in ("oz", "lb") and _PRICED.search(low):
            over = f"USD/{over}"
        unit = over if "/" in over or not figure.currency else ""
    if unit == "%" and figure.currency:
        unit = ""
    signed = figure.currency if figure.currency != "USD" else money or "USD"  # a bare $ is the table's dollar
    currency = own_currency(label) or own_currency(" ".join(column)) or signed or money
    if not unit and currency and "price" in low and _PRICE_OF_OUNCES.fullmatch(low):
        unit = "USD/oz"
    if not unit:
        return currency
    if unit.startswith("USD/") and currency and currency != "USD":
        return currency + unit[3:]
    return unit


def _printed_unit(label: str, figure: Figure) -> str:
    """The unit that a figure prints with itself, or that of a ratio; else empty."""
    if figure.percent:
        return "%"
    if figure.per:
        return _own_rate(figure, unit_in(label))
    return "ratio" if figure.ratio or (_RATIO.search(label.lower()) and not figure.currency) else ""


def _own_rate(figure: Figure, said: str) -> str:
    """The unit that a cell states behind its figure; cents are per what its label says."""
    if figure.per == "cents":
        return f"cents/{said.partition('/')[2]}" if "/" in said else "cents"
    return f"{figure.currency}/{figure.per}"


@remembered
def _of_dilution(headings: tuple[str, ...]) -> bool:
    """Whether rows are the shares by which earnings a share are parted: below the denominator, or what dilutes it."""
    said = bool(headings) and _PARTING.search(headings[-1].lower()) is not None
    return said and not any(heading.lower().startswith("numerator") for heading in headings)


@remembered
def _scaled_in(text: str) -> int:
    """What the unit in the brackets of a label or heading scales by, 0 where none does."""
    words = [word for inner in _BRACKETED.findall(text) for word in inner.replace(".", "").split()]
    scaled = [word.lower() for word in words if word == "Mt" or word.lower() not in _METRIC_TON]
    return next((_SCALED[word] for word in scaled if word in _SCALED), 0)


def factor_of(unit: str, said: tuple[str, ...], figure: Figure, scale: Scale) -> int:
    """By how much the figure is scaled: rates, per cent and days never are.

    ``said`` are the texts that stand over it, nearest first (its label, its headings, its column): a scale that one of
    them states comes before the table's.
    """
    if "/" in unit or unit in ("%", "days", "", "ratio", "cents", "employees", "holders", "m", "ft"):
        return 1
    scaled, own = _said_scale(said)
    if scaled and unit in ("oz", "tonne", "lb"):
        return scaled
    scale_of = scale if own is None else own
    if unit == "shares":
        return _of_shares(said[0], figure, scale_of, stated=own is not None)
    if unit == "oz":
        return scale_of.ounces
    return scale_of.tons if unit in ("ton", "tonne", "lb", "kg") else scale_of.money


@remembered
def _said_scale(said: tuple[str, ...]) -> tuple[int, Scale | None]:
    """What the first unit in brackets scales by (0 where none does), and the first scale that is stated in words."""
    scaled = next(filter(None, map(_scaled_in, said)), 0)
    return scaled, next((found for found in map(read_scale, said) if found), None)


def _of_shares(label: str, figure: Figure, scale: Scale, *, stated: bool) -> int:
    """By how much a count of shares is scaled; one that is large enough is printed in full."""
    if not stated and abs(figure.value) >= _FULL_SHARES:
        return 1
    if scale.shares == 1 and _ALL_SHARES.search(label.lower()):
        return scale.money if abs(figure.value) < _FEW_SHARES and not scale.shares_kept else 1
    return scale.shares
