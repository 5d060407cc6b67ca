"""The unit of a figure: from its label, else the headings over it, else what the table is about; and what scales it."""

from __future__ import annotations

import re

from db.parsing.scales import Scale, read_scale
from grammar.chunks import remembered
from grammar.figures import Figure
from grammar.lexicon import lexicon
from grammar.prose_words import prose_data

_PER = r"(?:/\s?|\bper\s+(?:\w+\s+){0,2}?|\ban?\s+|\b(?:each|every)\s+)"
_RATES = (
    (
        re.compile(
            r"/\s?share|\bper\s+(?:[\w-]+\s+){0,4}?(?:share|adss?)\b|\bper[\s-]share|\beps\b"
            r"|\b(?:earnings|loss|income)\b.{0,30}\ba share",
            re.I,
        ),
        "share",
    ),
    (re.compile(_PER + r"(?:oz\b|ounces?\b)", re.I), "oz"),
    (re.compile(_PER + r"(?:metric\s+tons?\b|tonnes?\b|mt\b|t\b(?!\w))", re.I), "tonne"),
    (re.compile(_PER + r"(?:s?tons?\b|st\b)", re.I), "ton"),
    (re.compile(_PER + r"(?:lbs?\b|pounds?\b)", re.I), "lb"),
    (re.compile(_PER + r"(?:kg\b|kilograms?\b)", re.I), "kg"),
    (re.compile(_PER + r"(?:days?)\b", re.I), "day"),
    (re.compile(_PER + r"(?:grams?|g)\b", re.I), "g"),
)
# No unit is stated without one of these: most labels are asked no further.
_UNIT_SAID = re.compile(
    r"[/%]|oz|ounce|ton|share|stock|ads|pound|lb|gram|day|percent"
    r"|\b(?:per|s?t|opt|gp?t|g|kg|ppm|eps|k?d?mt|mdmt|mmt|kt|employees|m|metres?|meters?|ft|feet|cubic)\b",
    re.I,
)
_GRADE = re.compile(r"\bg/?t\b|\bgpt\b|\b(?:g|grams?)/tonne\b|\bgrams?\s+per\s+(?:metric\s+)?tonn?e?\b|\bppm\b", re.I)
_ORE_GRADE = re.compile(r"\bgrade\b", re.I)
_OPT = re.compile(r"\bopt\b|\boz\.?\s?/\s?t\b", re.I)
_OUNCES = re.compile(r"\b(?:oz|ozs|ounces?|koz|moz)\b", re.I)
_TONNES = re.compile(r"^t$|\b000s? t$|\b(?:tonnes?|metric tons?|k?d?mt|kt|mdmt|mmt)\b", re.I)
_TONS = re.compile(r"\b(?:s?tons?)\b", re.I)
_POUNDS = re.compile(r"\b(?:pounds|lbs?|mlbs?)\b(?! sterling)", re.I)
_KILOGRAMS = re.compile(r"\b(?:kg|kilograms?)\b", re.I)
_CENTS = re.compile(r"\bcents?\b|\u00a2", re.I)
_ONLY_CENTS = re.compile(r"(?:in )?(?:US |U\.S\. )?(?:cents?|\u00a2)", re.I)
_CUBIC = re.compile(r"\bcubic yards?\b", re.I)
_METRES = re.compile(r"^m$|\b(?:metres?|meters?)\b", re.I)
_FEET = re.compile(r"^ft$|\b(?:ft|feet)\b", re.I)
_DAYS = re.compile(
    r"^(?:number of )?(?:operating |calendar |mill |working )?days\b|\bdays (?:of operation|operated|worked)|\(days\)",
    re.I,
)
_SHARES = re.compile(
    r"\bnumber of (?:[\w-]+ ){0,4}?(?:shares|adss?)\b|\baverage (?:[\w-]+ ){0,6}?shares\b"
    r"|\bshares (?:[\w-]+ ){0,3}?outstanding\b"
    r"|\bdilutive (?:[\w-]+ ){0,3}?shares\b|\b(?:incremental|equivalent) (?:[\w-]+ ){0,2}?shares$"
    r"|\b(?:diluted|basic) shares\b|^shares\b|\bshares used\b|\(shares\)|\bshares issued and outstanding",
    re.I,
)
_PAR = re.compile(r"\b(?:par|stated)\b|\bauthorized\b", re.I)
_OF_ALL_SHARES = re.compile(r"\baverage\b|\boutstanding\b|\bbasic\b|\bdiluted\b", re.I)
_PRICED = re.compile(r"\b(?:prices?|costs?)\b", re.I)
_OWN_CURRENCY = (
    (re.compile(r"\b(?:C|CA|CAD|Cdn|CDN)\$"), "CAD"),
    (re.compile(r"\b(?:A|AU)\$"), "AUD"),
    (re.compile(r"\b(?:US\$|U\.S\.\s?\$|USD\b)"), "USD"),
)
_COUNTS_ROWS = re.compile(  # a heading that says of what its rows are: ounces, "consolidated gold ounces sold"
    r"(?:payable |recovered |contained )?(?:[\w-]+ )?(?:ounces|tons|tonnes|pounds)\b"
    r"|(?:[\w-]+ ){2,3}(?:ounces|tons|tonnes|pounds) (?:produced|sold|milled|mined|processed|treated|recovered)\b",
    re.I,
)
_EXCHANGE = re.compile(r"\bexchange rates?\b(?! (?:changes|differences|fluctuations|gains?|loss))", re.I)
_PRICE_OF_OUNCES = re.compile(
    r"(?:(?:average|spot|market|realized|realised|london|fix|fixing|pm|am|comex|final) )*"
    r"(?:gold|silver|platinum|palladium)(?: (?:spot|market|reali[sz]ed))? prices?(?: (?:reali[sz]ed|received))?",
    re.I,
)
_PERCENT = re.compile(r"\(%\)|\bper\s?cent(?:age)?\b|(?<![\d.])%", re.I)
# Units that have their scale in them, as they stand in brackets behind a label: (kmt), (koz).
_SCALED: dict[str, int] = prose_data()["numerals"]["scaled_units"] | prose_data()["numerals"]["scaled_labels"]
_ALL_COUNTED = re.compile(
    r"(?:in\s+)?(?:(?:thousands?|millions?|000['’]?s?)\s+)?(?:of\s+)?(?:troy\s+|metric\s+|short\s+)?"
    r"(?:ounces|oz|tons|tonnes|pounds|lbs?|kg|kilograms?)\.?(?:\s+in\s+(?:thousands|millions))?",
    re.I,
)
_EMPLOYEES = re.compile(r"\b(?:number of )?employees\b$|^(?:number of )?employees (?:at|as of)\b", re.I)
_HOLDERS = re.compile(
    r"\b(?:share ?(?:owner|holder)|stock ?holder)s?(?: of record|\W? accounts)"
    r"|\bnumber of (?:share|stock)(?:owner|holder)s",
    re.I,
)
_COUNTED_IN = re.compile(r"\((?:in )?(?:thousands|millions)\)", re.I)  # no rate is counted so
_DILUTES = re.compile(
    r"(?:denominator|effect of (?:all )?(?:potentially )?dilut\w+|dilutive (?:effect|potential|securities))\b", re.I
)
_RATIO = re.compile(
    r"\b(?:current|debt[- ]to[- ][\w-]+|strip(?:ping)?|coverage|quick|leverage) ratio\b|^ratio of\b", re.I
)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_AVERAGE_COST = re.compile(
    r"\b(?:average|cash|unit|production|total) (?:[\w-]+ )*?costs?\b.*\bof (?P<metal>\w+) (?:produced|sold)", re.I
)
_METRIC_TON = ("mt",)  # a million of them where it is written Mt
_FEW_SHARES = 1_000_000  # hardly a company that files has fewer shares than this
_FULL_SHARES = 3_000_000  # a count of shares in thousands or more is hardly as large: it is printed in full


@remembered
def unit_in(text: str) -> str:
    """The unit that a label or heading states, empty where it states none; dollars stand for any currency in rates."""
    plain = text.replace("oz.", "oz").replace("lb.", "lb").replace("lbs.", "lbs")
    inside = _BRACKETED.findall(plain)
    found = next(filter(None, map(_plain_unit, inside)), "") or _plain_unit(_BRACKETED.sub(" ", plain))
    if found.startswith("USD/") and any(map(_ONLY_CENTS.fullmatch, inside)):
        return f"cents/{found[4:]}"
    return found


def _plain_unit(text: str) -> str:
    if not _UNIT_SAID.search(text):
        return ""
    if _GRADE.search(text):
        return "g/t"
    if _OPT.search(text):
        return "oz/ton"
    if _SHARES.search(text) and not _PAR.search(text):
        return "shares"
    for pattern, under in _RATES:
        match = pattern.search(text)
        if match:
            return _rate(text[: match.start()], under, text[match.end() :])
    return _count(text)


def _rate(over: str, under: str, behind: str) -> str:
    """What is over the unit: ounces of metal in ore, cents, tons a day, else money."""
    if under in ("ton", "tonne") and _OUNCES.search(over):
        return f"oz/{under}"
    if under in ("ton", "tonne") and (_POUNDS.search(over)):
        return f"lb/{under}"
    if under == "day":
        counted = _count(over)
        return f"{counted}/day" if counted else ""
    if _CENTS.search(over) or _CENTS.search(behind):
        return f"cents/{under}"
    return f"USD/{under}"


def _count(text: str) -> str:
    for pattern, unit in (
        (_OUNCES, "oz"), (_TONNES, "tonne"), (_TONS, "ton"), (_POUNDS, "lb"), (_KILOGRAMS, "kg"), (_DAYS, "days"),
        (_PERCENT, "%"), (_EMPLOYEES, "employees"), (_HOLDERS, "holders"), (_CUBIC, "cubic yards"),
        (_METRES, "m"), (_FEET, "ft"),
    ):  # fmt: skip
        if pattern.search(text):
            return "oz/ton" if unit == "oz" and _ORE_GRADE.search(text) else unit
    return ""


@remembered
def heading_unit(text: str) -> str:
    """The unit that a heading gives to the rows below it: rates, counts in brackets, the average cost of a metal."""
    unit = unit_in(text)
    if unit and ("/" in unit or unit in ("shares", "%", "employees")):
        return unit
    match = _AVERAGE_COST.search(text)
    if match:
        metal = lexicon().metal_of(match["metal"])
        if metal:
            return "USD/oz" if lexicon().metals[metal].by_ounce else "USD/lb"
    inner = [_plain_unit(found) for found in _BRACKETED.findall(text.replace("oz.", "oz"))]
    counted = next((found for found in inner if found), "")
    if counted or not unit:
        return counted
    return unit if _COUNTS_ROWS.match(text) else ""


@remembered
def column_unit(parts: tuple[str, ...]) -> str:
    """The unit that the headings over a column give to its figures, the nearest first."""
    return next(filter(None, map(heading_unit, reversed(parts))), "") or heading_unit(
        " ".join(parts).replace("- ", "-")
    )


def bracketed_unit(text: str) -> str:
    """The one unit that a caption counts by in brackets of its own, ``(million pounds)``; empty where it says more."""
    counted = [inner for inner in _BRACKETED.findall(text) if _ALL_COUNTED.fullmatch(inner)]
    return _count(counted[0]) if len(counted) == 1 else ""


@remembered
def own_currency(text: str) -> str:
    """The currency that a label or heading states by a sign of its own (``C$``, ``US$``), empty where it has none."""
    return next((code for pattern, code in _OWN_CURRENCY if pattern.search(text)), "") if "$" in text else ""


def unit_of(label: str, headings: tuple[str, ...], column: tuple[str, ...], figure: Figure, money: str) -> str:
    """The unit of a figure; ``money`` is the table's currency, empty where the table isn't about money."""
    own = _printed_unit(label, figure)
    if own:
        return own
    if "xchange" in label and _EXCHANGE.search(label):
        return ""
    unit = unit_in(label)
    if unit.endswith("/share") and _COUNTED_IN.search(label):
        return "shares" if _COUNTED_IN.sub("", label).rstrip().lower().endswith("shares") else money or "USD"
    if not unit and not figure.currency and _of_dilution(headings):
        return "shares"
    if not unit or (figure.currency and "/" not in unit):
        inherited = next((found for found in map(heading_unit, reversed(headings)) if found), "")
        unit = unit if unit and not figure.currency else inherited if "/" in inherited or not figure.currency else ""
    if not unit:
        over = column_unit(column)
        if figure.currency and over in ("oz", "lb") and _PRICED.search(label):
            over = f"USD/{over}"
        unit = over if "/" in over or not figure.currency else ""
    if unit == "%" and figure.currency:
        unit = ""
    signed = figure.currency if figure.currency != "USD" else money or "USD"  # a bare $ is the table's dollar
    currency = own_currency(label) or own_currency(" ".join(column)) or signed or money
    if not unit and currency and "rice" in label and _PRICE_OF_OUNCES.fullmatch(label):
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
    return "ratio" if figure.ratio or (_RATIO.search(label) and not figure.currency) else ""


def _own_rate(figure: Figure, said: str) -> str:
    """The unit that a cell states behind its figure; cents are per what its label says."""
    if figure.per == "cents":
        return f"cents/{said.partition('/')[2]}" if "/" in said else "cents"
    return f"{figure.currency}/{figure.per}"


@remembered
def _of_dilution(headings: tuple[str, ...]) -> bool:
    """Whether rows are the shares by which earnings a share are parted: below the denominator, or what dilutes it."""
    said = bool(headings) and _DILUTES.match(headings[-1]) is not None
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
    if scale.shares == 1 and _OF_ALL_SHARES.search(label):
        return scale.money if abs(figure.value) < _FEW_SHARES and not scale.shares_kept else 1
    return scale.shares
