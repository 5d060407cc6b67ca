"""One measure over another as a question spells it out: "ounces per day", "debt to equity", "G&A as part of sales"."""

from __future__ import annotations

import re

from grammar.reading import Measure
from grammar.terms import Terms

PARTS = ("%", "as %", "in %")
_PER = re.compile(r"(?:per|/|divided by|for each|for every)(?: (?:a|an|the))?", re.IGNORECASE)


def quotient_of(measures: list[Measure], found: Terms) -> Measure | None:
    """ "silver ounces per day of operation": two metrics with "per" between them are one divided by the other."""
    terms = found.of("measure")
    if len(terms) != 2 or len(measures) != 2 or any(m.by != "metric" or not m.units for m in measures):
        return None
    first, second = sorted(zip(terms, measures, strict=True), key=lambda pair: pair[0].end)
    between = found.text[first[0].end : second[0].start].strip()
    if between in PARTS and first[1].units[:1] == second[1].units[:1] and first[1].id != second[1].id:
        return ratio_of(first[1], second[1], "%")  # "exploration % revenue"
    if _stands_to(first[1], second[1], between, found):
        return ratio_of(first[1], second[1], "ratio")
    if first[1].id == second[1].id or not _PER.fullmatch(between):
        return None
    over, under = first[1], second[1]
    if over.units[:1] == under.units[:1]:
        return ratio_of(over, under, "ratio")
    singular = {"days": "day", "shares": "share"}.get(under.units[0], under.units[0])
    return Measure(
        "ratio", f"{over.id} / {under.id}", f"{over.shown} per {under.shown.lower()}", (f"{over.units[0]}/{singular}",)
    )


def part_of(measures: list[Measure], found: Terms) -> Measure | None:
    """ "G&A as a percentage of sales": one measure as a part of another; "what per cent of sales was G&A" turned round.
    "The ratio of A to B" is A over B."""
    terms, shares = found.of("measure"), [t for t in found.of("compute") if t.id == "share"]
    parts = [t for t in found.of("entity") if not t.id.startswith("company:")]
    if len(terms) != 2 or len(measures) != 2 or not shares or found.of("metal", "group"):
        return None
    inside = any(min(t.end for t in terms) <= s.start and s.end <= max(t.start for t in terms) for s in shares)
    if parts and not inside:  # "what per cent of X is Y's" may be about who owns it, "A as a per cent of B" is not
        return None
    if any(m.by != "metric" or "/" in "".join(m.units) for m in measures) or measures[0].id == measures[1].id:
        return None
    pairs = sorted(zip(terms, measures, strict=True), key=lambda pair: pair[0].start)
    ratio = shares[0].said.lower().startswith("ratio")
    turned = not ratio and shares[0].end <= pairs[0][0].start
    (_, over), (_, under) = reversed(pairs) if turned else pairs
    return ratio_of(over, under, "ratio" if ratio else "%")


def of_two_metals(found: Terms) -> bool:
    """Whether one metal's figure is asked for over another's: "the ratio of zinc to lead", "gold silver ratio"."""
    said = any(t.said.lower().startswith("ratio") for t in found.of("compute") if t.id == "share")
    ratio = said or any(t.id == "ratio" for t in found.of("unit"))
    return ratio and len(dict.fromkeys(t.id for t in found.of("metal"))) == 2 and len(found.of("measure", "label")) < 2


def _stands_to(over: Measure, under: Measure, between: str, found: Terms) -> bool:
    """ "Long-term debt to equity": one amount to another, unless one is set against the other some other way."""
    apart = found.of("compute", "compare", "trend", "order", "yearly", "bound", "group") or len(found.whens) > 1
    return between.lower() == "to" and over.id != under.id and over.units == under.units == ("USD",) and not apart


def ratio_of(over: Measure, under: Measure, unit: str) -> Measure:
    """One metric over another of the same unit, as a ratio or in per cent."""
    joined = "to" if unit == "ratio" else "as a part of"
    return Measure("ratio", f"{over.id} / {under.id}", f"{over.shown} {joined} {under.shown.lower()}", (unit,))
