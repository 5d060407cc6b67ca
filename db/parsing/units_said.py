"""The unit that a label, a heading or a caption states in words, by the phrases of ``lexicon/headings.toml``."""

from __future__ import annotations

import re

from grammar.chunks import remembered
from grammar.headings import any_of, headings, matching, pattern_of
from grammar.lexicon import lexicon

_PER = r"(?:/\s?|\bper\s+(?:\w+\s+){0,2}?|\ban?\s+|\b(?:each|every)\s+)"
_RATES = {
    "share": pattern_of("shares", "per"),
    **{unit: re.compile(rf"{_PER}(?:{any_of(said)})") for unit, said in headings()["per"].items()},
}
_COUNTED = {unit: matching(said) for unit, said in headings()["counted"].items()}
_COUNTED["%"] = re.compile(rf"{_COUNTED['%'].pattern}|(?<![\d.])%")
# No unit is stated without one of these: most labels are asked no further.
_HINT = re.compile("|".join((*headings()["hints"]["parts"], any_of(headings()["hints"]["words"]))))
_GRAMS_PER_TONNE, _OUNCES_PER_TON, _GRADE = (
    pattern_of("told", key) for key in ("grams_per_tonne", "ounces_per_ton", "grade")
)
_CENTS, _ONLY_CENTS, _OF_ALL = (pattern_of("told", key) for key in ("cents", "only_cents", "of_all"))
_SHARES, _VALUED = pattern_of("shares", "counted"), pattern_of("shares", "valued")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_AVERAGE_COST = re.compile(
    r"\b(?:average|cash|unit|production|total) (?:[\w-]+ )*?costs?\b.*\bof (?P<metal>\w+) (?:produced|sold)"
)
_OWN_CURRENCY = (
    (re.compile(r"\b(?:C|CA|CAD|Cdn|CDN)\$"), "CAD"),
    (re.compile(r"\b(?:A|AU)\$"), "AUD"),
    (re.compile(r"\b(?:US\$|U\.S\.\s?\$|USD\b)"), "USD"),
)
_ROWS = re.compile(  # a heading that says of what its rows are: ounces, "consolidated gold ounces sold"
    rf"(?:(?:{'|'.join(headings()['told']['content'])}) )?(?:[\w-]+ )?(?:ounces|tons|tonnes|pounds)\b"
    rf"|(?:[\w-]+ ){{2,3}}(?:ounces|tons|tonnes|pounds) (?:{'|'.join(headings()['told']['got'])})\b",
)


@remembered
def unit_in(text: str) -> str:
    """The unit that a label or heading states, empty where it states none; dollars stand for any currency in rates."""
    plain = text.lower().replace("oz.", "oz").replace("lb.", "lb").replace("lbs.", "lbs")
    inside = _BRACKETED.findall(plain)
    found = next(filter(None, map(_plain_unit, inside)), "") or _plain_unit(_BRACKETED.sub(" ", plain))
    if found.startswith("USD/") and any(map(_ONLY_CENTS.search, inside)):
        return f"cents/{found[4:]}"
    return found


def _plain_unit(text: str) -> str:
    """The unit that a text in lower case states outside brackets, or that stood in a pair of them."""
    if not _HINT.search(text):
        return ""
    if _GRAMS_PER_TONNE.search(text):
        return "g/t"
    if _OUNCES_PER_TON.search(text):
        return "oz/ton"
    if _SHARES.search(text) and not _VALUED.search(text):
        return "shares"
    for under, pattern in _RATES.items():
        match = pattern.search(text)
        if match:
            return _rate(text[: match.start()], under, text[match.end() :])
    return _count(text)


def _rate(over: str, under: str, behind: str) -> str:
    """What is over the unit: ounces of metal in ore, cents, tons a day, else money."""
    if under in ("ton", "tonne") and _COUNTED["oz"].search(over):
        return f"oz/{under}"
    if under in ("ton", "tonne") and _COUNTED["lb"].search(over):
        return f"lb/{under}"
    if under == "day":
        counted = _count(over)
        return f"{counted}/day" if counted else ""
    if _CENTS.search(over) or _CENTS.search(behind):
        return f"cents/{under}"
    return f"USD/{under}"


def _count(text: str) -> str:
    """What a text in lower case counts or measures, empty where it says nothing of it."""
    for unit, pattern in _COUNTED.items():
        if pattern.search(text):
            return "oz/ton" if unit == "oz" and _GRADE.search(text) else unit
    return ""


@remembered
def heading_unit(text: str) -> str:
    """The unit that a heading gives to the rows below it: rates, counts in brackets, the average cost of a metal."""
    unit = unit_in(text)
    if unit and ("/" in unit or unit in ("shares", "%", "employees")):
        return unit
    low = text.lower()
    match = _AVERAGE_COST.search(low)
    if match:
        metal = lexicon().metal_of(match["metal"])
        if metal:
            return "USD/oz" if lexicon().metals[metal].by_ounce else "USD/lb"
    inner = [_plain_unit(found) for found in _BRACKETED.findall(low.replace("oz.", "oz"))]
    counted = next((found for found in inner if found), "")
    if counted or not unit:
        return counted
    return unit if _ROWS.match(low) else ""


@remembered
def column_unit(parts: tuple[str, ...]) -> str:
    """The unit that the headings over a column give to its figures, the nearest first."""
    return next(filter(None, map(heading_unit, reversed(parts))), "") or heading_unit(
        " ".join(parts).replace("- ", "-")
    )


def bracketed_unit(text: str) -> str:
    """The one unit that a caption counts by in brackets of its own, ``(million pounds)``; empty where it says more."""
    counted = [inner for inner in _BRACKETED.findall(text.lower()) if _OF_ALL.search(inner)]
    return _count(counted[0]) if len(counted) == 1 else ""


@remembered
def own_currency(text: str) -> str:
    """The currency that a label or heading states by a sign of its own (``C$``, ``US$``), empty where it has none."""
    return next((code for pattern, code in _OWN_CURRENCY if pattern.search(text)), "") if "$" in text else ""
