"""A figure as a table prints it: ``$(4.62)``, ``(472)``, ``- -``, ``29%``, ``C$1,200`` -> its exact signed value.

Accountants' parentheses and a minus sign are negative. A dash is nil: zero, and said so. ``N/A`` and the like are no
figure: the filing gives none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from grammar.chunks import remembered
from grammar.records import record

CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "U.S.$": "USD",
    "C$": "CAD",
    "CDN$": "CAD",
    "CAD$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "£": "GBP",
    "€": "EUR",
}
_CURRENCY = r"(?:U\.S\.\$|(?:US|CDN|Cdn|CAD|CA|AU|C|A)?\$|£|€)"
_NUMBER = r"(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)"
_GROUPED = r"[1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?"
_DASH = r"[-\u2012-\u2015\u2212]"
CURRENCY = re.compile(_CURRENCY)
FIGURE = re.compile(
    rf"(?P<currency>{_CURRENCY})?\s{{0,12}}(?P<open>[(<])?\s{{0,12}}(?P<inner>{_CURRENCY})?\s{{0,12}}(?P<minus>{_DASH})?"
    rf"(?P<late>{_CURRENCY})?(?P<number>{_NUMBER})(?:\s?(?P<percent>%))?(?:\s{{0,12}}(?P<close>[)>]))?(?:\s?(?P<after>%))?"
)
SPACED = r"[1-9]\d{0,2}(?: \d{3})+(?!\d)"  # thousands parted by blanks: 4 118 330
_SPACED = re.compile(rf"(?<![\d.,]){SPACED}")
_BETWEEN = re.compile(
    r"(?P<first>[^\s\u2013\u2014-]*\d%?)(?P<dash>\s?[\u2013\u2014]\s?|\s-\s|-|\sto\s)(?P<then>\S*\d%?)"
)
FRACTION = re.compile(  # prices and rates of old: 64 3/4, $12-1/2, 6 1/2%
    rf"(?P<currency>{_CURRENCY})?\s?(?:(?P<whole>\d{{1,4}})(?:\s|-))?(?P<over>\d{{1,2}})/(?P<under>2|4|8|16|32|64)(?P<percent>\s?%)?"
)
_SHORT_FRACTIONS = {"\u00bd": "1/2", "\u00bc": "1/4", "\u00be": "3/4", "\u215b": "1/8", "\u215c": "3/8",
                    "\u215d": "5/8", "\u215e": "7/8"}  # fmt: skip
_BETWEEN_FRACTIONS = re.compile(
    r"(?P<first>\$?\d{1,4}(?:\s\d{1,2}/\d{1,2})?)(?P<dash>\s?[\u2013-]\s?)(?P<then>\$?\d{1,4}(?:\s\d{1,2}/\d{1,2})?)"
)
_PER = {"oz": "oz", "ounce": "oz", "lb": "lb", "pound": "lb", "ton": "ton", "tonne": "tonne", "share": "share"}
_RATED = re.compile(
    r"(?P<figure>\S.*[\d)])\s?(?:(?P<cent>\u00a2)|(?:/\s?|per )(?P<per>oz|ounce|lb|pound|tonne|ton|share)\.?)", re.I
)
_TO_ONE = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})?|\.\d{1,3})\s?(?::\s?| to )1(?:\.0{1,2})?")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EXACT = re.compile(r"[.,$%]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAIN = re.compile(rf"({_GROUPED})|\(({_GROUPED})\)")  # most figures of most tables
NIL = re.compile(
    rf"-0-|(?P<currency>{_CURRENCY})?\s{{0,12}}(?:\(\s?)?{_DASH}(?:\s?{_DASH}){{0,2}}(?P<percent>\s?%)?(?:\s?\))?|nil",
    re.I,
)
ABSENT = re.compile(r"n/?\.?a\.?|n\.?\s?/?m\.?f?\.?|n\.\s?a\.|not (?:applicable|available|meaningful)|\*", re.I)


@record
class Figure:
    """``value`` is as printed (no scale applied, 29% is 29); ``nil`` is a dash; ``currency`` an ISO code or empty;
    ``ratio`` is so much to one (2.4:1), ``per`` what a cell itself says that its amount is per, or "cents"."""

    value: Decimal
    nil: bool = False
    percent: bool = False
    currency: str = ""
    ratio: bool = False
    per: str = ""


def as_seen(printed: str) -> str:
    """A figure as a reader sees it: the source may write its signs as entities, or part it with tags."""
    if "&" not in printed and "<" not in printed:
        return printed
    import html  # noqa: PLC0415  (its table of entities is slow to load, and text filings don't need it)

    return html.unescape(_TAG.sub("", printed))


@remembered
def read_figure(text: str) -> Figure | None:
    """The figure that the whole of ``text`` prints, None where it prints none (words, ``N/A``, a phone number)."""
    text = text.strip()
    plain = _PLAIN.fullmatch(text)
    if plain:
        return Figure(Decimal(text.replace(",", "")) if plain[1] else -Decimal(plain[2].replace(",", "")))
    if " " in text:
        text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    match = FIGURE.fullmatch(text)
    if match:
        if bool(match["close"]) and not match["open"]:
            return None
        value = Decimal(match["number"].replace(",", ""))
        negative = bool(match["open"] or match["minus"])
        sign = match["currency"] or match["inner"] or match["late"] or ""
        percent = bool(match["percent"] or match["after"])
        return Figure(-value if negative else value, percent=percent, currency=_iso(sign))
    match = NIL.fullmatch(text)
    if match:
        return Figure(Decimal(0), nil=True, percent=bool(match["percent"]), currency=_iso(match["currency"] or ""))
    return _fraction(text) or _ratio(text) or _rated(text)


def _fraction(text: str) -> Figure | None:
    """The figure that a number with a fraction prints; a fraction alone may be a date, and must be of eighths or so."""
    for sign, said in _SHORT_FRACTIONS.items():
        if sign in text:
            text = text.replace(sign, f" {said}" if text[0] != sign else said)
    match = FRACTION.fullmatch(text) if "/" in text else None
    if match is None:
        return None
    over, under = int(match["over"]), int(match["under"])
    alone = not (match["whole"] or match["currency"] or match["percent"])
    if over >= under or not over or (alone and (under < 8 or not over % 2)):
        return None
    value = Decimal(match["whole"] or 0) + Decimal(over) / Decimal(under)
    return Figure(value, percent=bool(match["percent"]), currency=_iso(match["currency"] or ""))


def _rated(text: str) -> Figure | None:
    """The figure of an amount that says what it is per: ``$5.11 /oz``; and of cents: ``39.2\u00a2``."""
    match = _RATED.fullmatch(text)
    inner = read_figure(match["figure"]) if match else None
    if match is None or inner is None or inner.nil or inner.percent:
        return None
    if match["cent"]:
        return replace(inner, per="cents") if not inner.currency else None
    return replace(inner, per=_PER[match["per"].lower()]) if inner.currency else None


def _ratio(text: str) -> Figure | None:
    """The figure of so much to one: ``2.4:1``, ``1.8 to 1``."""
    match = _TO_ONE.fullmatch(text)
    return Figure(Decimal(match["number"]), ratio=True) if match else None


@remembered
def read_range(text: str) -> tuple[tuple[int, int, Figure], tuple[int, int, Figure]] | None:
    """The two ends of a range that the whole of ``text`` prints, each with its place in it: ``$4.00 - $4.25``.

    None where it prints none: years, and numbers with a bare hyphen between them (of a note, an exhibit) make none.
    """
    if "/" in text:
        return _between_fractions(text)
    parted = _BETWEEN.fullmatch(text) if not _TO_ONE.fullmatch(text) else None
    if parted is None or (parted["dash"] == "-" and not _EXACT.search(text)):
        return None
    first, then = read_figure(parted["first"]), read_figure(parted["then"])
    if first is None or then is None or first.nil or then.nil or then.value <= first.value:
        return None
    if _YEAR.fullmatch(parted["first"]):
        return None
    return (*parted.span("first"), first), (*parted.span("then"), then)


def _between_fractions(text: str) -> tuple[tuple[int, int, Figure], tuple[int, int, Figure]] | None:
    """The ends of a range of prices in fractions, of which the higher may come first: ``87 1/2-72 3/4``."""
    parted = _BETWEEN_FRACTIONS.fullmatch(text)
    if parted is None or FRACTION.fullmatch(text):
        return None
    first, then = read_figure(parted["first"]), read_figure(parted["then"])
    if first is None or then is None:
        return None
    return (*parted.span("first"), first), (*parted.span("then"), then)


def is_absent(text: str) -> bool:
    """Whether a cell says that there is no figure (``N/A``, ``nm``)."""
    return ABSENT.fullmatch(text.strip()) is not None


def _iso(sign: str) -> str:
    return CURRENCIES.get(sign.upper(), "")
