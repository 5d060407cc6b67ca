"""What a question means without saying it: the metal in a company's name, the measure that a metal alone stands for."""

from __future__ import annotations

import re

from grammar.binding import DEFAULT_MEASURE
from grammar.lexicon import lexicon
from grammar.reading import Reading
from grammar.terms import Terms
from grammar.units import units

GRADE = "ore_grade"
PRICE = "average_price"
COST = "total_cash_cost_per_oz"  # what a cheap mine is cheap by, where nothing else is named
COSTLY = ("cheapest", "expensive", "costliest", "dearest", "cost", "costs")
_PERIODS_ASKED = re.compile(
    r"\b(?:quarters|qtrs|periods|halves|years)\b|\b(?:which|what|best|worst|any|every|each)\s+(?:quarter|qtr|period|year|half)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"\W*(?:by\s+)?how\s+(?:much|many|far)\b", re.IGNORECASE)


def metal_of_name(found: Terms) -> tuple[str, ...]:
    """The metal that a company's short name ends with right before a measure that is told by metal: "Heron silver
    price" is the price of silver, whatever Heron Silver Company is called."""
    lex = lexicon()
    for name in found.of("entity"):
        metals = [metal for word in name.said.split() if (metal := lex.metal_of(word))]
        after = next((t for t in found.of("measure") if t.start == name.end + 1), None)
        metric = lex.metrics.get(after.id) if after else None
        ends = len(metals) == 1 and lex.metal_of(name.said.split()[-1]) is not None
        if name.id.startswith("company:") and ends and metric is not None and metric.by_metal:
            return (metals[0],)
    return ()


def adds_up(found: Terms) -> bool:
    """ "A + B": two mines, measures or periods with a plus between are added; metals aren't, which it only lists."""
    at = found.text.find("+")
    kinds = [[(t.id, t.start, t.end) for t in found.of(*kinds)] for kinds in (("entity",), ("measure", "label"))]
    for named in (*kinds, [(w.said, w.start, w.end) for w in found.whens]) if at >= 0 else ():
        before = {name for name, start, _ in named if start < at}  # "long-term debt + current portion of debt"
        after = {name for name, _, end in named if end > at}
        if before and after and before != after:
            return True
    return False


def asks_of_periods(found: Terms) -> bool:
    """Whether it is asked which of several periods: "the quarters in 2003 with ...", "in which quarter"."""
    if any(w.relative in ("any", "all") for w in found.whens):
        return True
    said = _PERIODS_ASKED.finditer(found.text)
    return any(not any(w.start <= match.start() < w.end for w in found.whens) for match in said)


def exceeds(found: Terms) -> bool:
    """ "By how much did A exceed B": a condition that names no figure asks how far apart two are."""
    above = [t for t in found.of("bound") if t.id == "above" and "exceed" in t.said.lower()]
    two = max(len({t.id for t in found.of(kind)}) for kind in ("entity", "metal")) == 2 or len(found.whens) == 2
    return bool(above) and two and not found.of("number") and _HOW_MUCH.match(found.text) is not None


def of_its_own(found: Terms) -> bool:
    """ "Hecla's share of the lead": what a company has of a mine's metal is what its filings print, no part of it."""
    shares = [t for t in found.of("compute") if t.id == "share" and "share" in t.said.lower()]
    owners = [t for t in found.of("entity") if t.id.startswith("company:")]
    beside = any(0 <= s.start - o.end <= len("'s ") for s in shares for o in owners)
    return beside and bool(found.of("metal", "measure", "label")) and len(found.of("entity")) > len(owners)


def likely_metrics(base: Reading) -> tuple[str, ...]:
    """The metrics that a metal or a unit alone can mean, the likeliest first."""
    unit = base.unit or (base.bound.unit if base.bound else None)
    if unit in units() and units()[unit or ""].kind == "grade":
        return (GRADE,)
    if (base.metals or base.group == "mine") and any(
        t.said.lower().endswith(COSTLY) for t in base.terms if t.kind == "order"
    ):
        return (COST,)
    if base.trend and base.metals and not base.entities and base.unit in (None, "%"):
        return (PRICE, DEFAULT_MEASURE)  # "gold rose": its price did, or what was produced of it
    return (DEFAULT_MEASURE,) if base.metals or base.unit in ("oz", "ton", "tonne", "lb", "kg", "t") else ()
