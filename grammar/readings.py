"""Terms to Readings: each term fills its slot, and what the question leaves open is left open for the store.

Several meanings of one word make several readings, the likeliest first: the first metric that the lexicon ranks for a
phrase is the default, the others follow with everything else unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from grammar.conditions import numbers_meant, unit_asked
from grammar.doubts import SORTED, doubt
from grammar.implied import adds_up, asks_of_periods, exceeds, likely_metrics, metal_of_name, of_its_own
from grammar.lexicon import lexicon
from grammar.quotients import of_two_metals, part_of, quotient_of
from grammar.ranges import ranged
from grammar.reading import TAKEN_AS, Bound, Compute, Entity, Measure, Reading, Term, Unread
from grammar.terms import Terms
from grammar.tokens import stems_of
from grammar.units import convertible
from grammar.vocabulary import phrasing
from grammar.when import BACK
from grammar.words import phrase_key

MOST_READINGS = 6
OWNED = "ownership_interest"
MOVED: tuple[Compute, ...] = ("difference", "percent")
COSTS_PER = {"USD/oz": "cost per ounce", "USD/ton": "cost per ton"}
LESS = ("less", "minus")
RANK = ("company", "mine", "segment", "other")
COMPARATIVES = frozenset(
    ("more", "higher", "greater", "larger", "bigger", "costlier", "less", "lower", "fewer", "smaller", "cheaper")
)
_YES_NO = re.compile(r"\W*(?:is|are|was|were|do|does|did|has|have|had)\b", re.IGNORECASE)
_NAMES = re.compile(r"^\W*(?:which|what|list|name|show|how\s+many)\b.*\bmines?\b", re.IGNORECASE)  # no figure of theirs
_ON_QUARTER = re.compile(r"q|sequential|quarter\s*[\s-](?:over|on|to)\b", re.IGNORECASE)
_LOSSES = re.compile(r"\b(?:with|had|have|having|reported|made)\s+(?:a\s+)?(?:net\s+)?loss(?:es)?\b", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:months|mos|(?:quarter|half|year)\s+end(?:ed|ing))\b")
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_AND = re.compile(r"(?:\b(?:and|plus|or|vs|versus)\b|[&+,;])", re.IGNORECASE)
_METALS = re.compile(r"\bmetals?\b.*\bprices\b|\bmetals\b", re.IGNORECASE)  # "metal prices" are those of all metals


def readings(found: Terms, entities: Mapping[str, Entity]) -> list[Reading] | Unread:
    """The readings of a question's terms, best first; Unread where words failed or nothing is asked."""
    against = doubt(found)
    if against is not None:
        return against
    base = _base(found, entities)
    options = [_options(t, base) for t in found.of("measure", "label", "statement")]
    if found.of("measure", "label"):
        options = _of_statements(options, found)
    made = list(_combined(base, options, found))
    return made[:MOST_READINGS]


def _base(found: Terms, entities: Mapping[str, Entity]) -> Reading:
    """The reading without its measures: every other slot as the terms fill it."""
    named = [entity for t in found.of("entity") for entity in _meant(t, entities)]
    companies = tuple(dict.fromkeys(e.name for e in named if e.kind == "company"))
    others = tuple(dict.fromkeys(e for e in named if e.kind != "company"))
    slots = _slots(found, named)
    if slots.get("order") and slots.get("group") == "mine" and len(others) == 1:
        others = ()  # "was X the cheapest mine": all of them are ranked
    slots = _signed(found, slots, bool(others))
    metals = tuple(dict.fromkeys(t.id for t in found.of("metal")))
    of_name = () if metals else metal_of_name(found)
    natures = {t.id for t in found.of("nature")}
    return Reading(
        metals=metals or of_name,
        of_name=bool(of_name),
        entities=others,
        companies=companies,
        whens=ranged(found, summed=slots.get("whole", False) or slots.get("compute") == "sum"),
        compare=bool(found.of("compare")) or slots.get("compare_only", False),
        yearly=bool(found.of("yearly")),
        guidance="guidance" in natures and "actual" not in natures,
        speech=next((t.id for t in found.of("speech")), ""),
        unit=None if of_two_metals(found) else unit_asked(found),
        sign=next((t.id for t in found.of("sign")), ""),
        terms=found.terms,
        **slots,
    )


def _signed(found: Terms, slots: dict[str, Any], named: bool) -> dict[str, Any]:
    """With a sign, or a loss, as the condition that it is on a group or on periods: "companies with a net loss"."""
    if "order" not in slots and _LOSSES.search(found.text) and (slots.get("group") or asks_of_periods(found)):
        slots = {"bound": Bound(high=0.0), **slots}
    signs = found.of("sign")
    if signs and ((slots.get("group") and not named) or asks_of_periods(found)):
        slots = {**slots, "bound": Bound(high=0.0) if signs[-1].id == "below" else Bound(low=0.0)}
    return slots


def _slots(found: Terms, named: list[Entity]) -> dict[str, Any]:
    """What is ranked, computed, compared and run over, by the slots of a Reading."""
    slots: dict[str, Any] = {}
    for term in found.of("order", "compute", "trend", "scope", "group"):
        _fill(slots, term)
    if slots.get("group") == "company" and slots.get("every"):
        slots["group"] = "mine"  # "list it for all operations"
    if slots.get("order") == SORTED:
        slots["order"] = next((t.id for t in found.of("order") if t.id != SORTED), "desc")
    _fill_computed(found, slots)
    slots = _ranked(found, _taken_off(found, slots))
    _fill_measured(found, slots)
    slots.update(numbers_meant(found))
    slots.update(_running_over(found, slots, named))
    return slots


def _fill_measured(found: Terms, slots: dict[str, Any]) -> None:
    """What the words of a measure say beside it: a total, all metals, a ratio of two, "higher than a year ago"."""
    bounds = {"above": "up", "below": "down"}
    if "bound" not in slots and any(w.relative in BACK for w in found.whens):
        slots.update(("trend", bounds[t.id]) for t in found.of("bound") if t.id in bounds and not found.of("number"))
    if any(_says_total(t) for t in found.of("measure")):
        slots["whole"] = True
    if not found.of("metal") and any(_METALS.search(t.said) for t in found.of("measure")):
        slots["every"] = True
    if slots.get("compute") == "share" and of_its_own(found):
        del slots["compute"]
    if of_two_metals(found):
        slots["compute"] = "ratio"


def _fill_computed(found: Terms, slots: dict[str, Any]) -> None:
    """What is computed where no word of computing says it: a plus, "exceeds", a quarter on the one before."""
    if slots.get("compute") == "difference" and any(_says_fewer(t) for t in found.of("compute")):
        slots.setdefault("trend", "down")
    if exceeds(found):
        slots.setdefault("compute", "difference")
    if adds_up(found):
        slots.setdefault("compute", "sum")
    if any(w.relative == "previous" and _ON_QUARTER.match(w.said) for w in found.whens) and not slots.get("trend"):
        slots.setdefault("compute", "difference")  # "Q4 2008 qoq"


def _taken_off(found: Terms, slots: dict[str, Any]) -> dict[str, Any]:
    """ "Sales less cost of sales", "Q1 2007 less Q1 2006": one taken off another, which tells of no fall."""
    measures = sorted(found.of("measure"), key=lambda t: t.start)
    whens = [w for w in found.whens if not w.release]
    pairs = [[(t.start, t.end) for t in measures], [(w.start, w.end) for w in whens]]
    taken = [p for p in pairs if len(p) == 2 and found.text[p[0][1] : p[1][0]].strip().lower() in LESS]
    if not taken:
        return slots
    rest = {slot: value for slot, value in slots.items() if slot != "trend"}
    if taken[0] is pairs[1] and all(w.ends for w in whens) and whens[0].ends < whens[1].ends:
        rest["trend"] = "down"  # "Q1 2006 less Q1 2007": the earlier is told less the later
    return {**rest, "compute": "difference"}


def _says_fewer(term: Term) -> bool:
    """Whether a difference is asked for by what one has less of: "how many fewer"."""
    return not _falling().isdisjoint(stems_of(term.said.lower()))


@cache
def _falling() -> frozenset[str]:
    return frozenset(stems[0] for said in phrasing()["trend"]["down"] if len(stems := stems_of(said)) == 1)


def _ranked(found: Terms, slots: dict[str, Any]) -> dict[str, Any]:
    """ "Which mine produced more": more than the others, where nothing is named that it is more than."""
    periods = any(w.relative == "any" for w in found.whens)
    asked = periods or any(t.id == "which" for t in found.of("ask"))
    compared = [t for t in found.of("trend") if t.said.lower() in COMPARATIVES]
    named = found.of("compute", "compare", "yearly", "bound", "order") or len(found.whens) > 1
    if not (asked and compared and (periods or slots.get("group"))) or named or _THAN.search(found.text):
        return slots
    rest = {slot: value for slot, value in slots.items() if slot != "trend"}
    return {**rest, "order": "desc" if compared[0].id == "up" else "asc"}


def _meant(term: Term, entities: Mapping[str, Entity]) -> list[Entity]:
    """The entities that a name means: all of the weightiest kind, since a place may hold two mines."""
    found = sorted((entities[id] for id in term.ids), key=lambda e: RANK.index(e.kind) if e.kind in RANK else len(RANK))
    return [e for e in found if e.kind == found[0].kind]


def _running_over(found: Terms, slots: dict[str, Any], named: list[Entity]) -> dict[str, Any]:
    """What an order or a comparison is over where no group is said: "where did most go" is over mines."""
    made: dict[str, Any] = {}
    whens = [w for w in found.whens if not w.release]
    of_periods = any(w.relative in ("any", "all") for w in whens)
    whose = "group" in slots or any(e.kind != "company" for e in named)
    if slots.get("order") and not whose and not of_periods and found.of("ask"):
        made["group"] = "mine"
    pairs = max(len({t.id for t in found.of(kind)}) for kind in ("metal", "entity")) > 1
    if slots.get("trend") and "compute" not in slots and pairs and len(whens) < 2:
        made["compare_only"] = True
    return made


def _says_total(term: Term) -> bool:
    """Whether "total" was said with a measure that isn't called so: of several it asks for their sum."""
    metric = lexicon().metrics.get(term.id)
    return metric is not None and "total" in term.said.lower() and "total" not in metric.name.lower()


def _fill(slots: dict[str, Any], term: Term) -> None:
    if term.kind == "scope":
        slots["whole" if term.id == "whole" else "every"] = True
        slots["apart"] = slots.get("apart", False) or term.id == "apart"
        for group in ("mine", "metal"):  # "by mine", "metal by metal"
            if group in term.said.lower().split():
                slots.setdefault("group", group)
    elif term.kind == "compute" and slots.get("compute") in ("", None, "difference"):
        slots["compute"] = term.id
    elif term.kind not in slots:
        slots[term.kind] = term.id


def _options(term: Term, base: Reading) -> list[Measure]:
    """The measures that a term can mean, those first whose unit is the one asked for."""
    kind, ids = term.kind, term.ids
    if kind == "label" and term.said.lower() in ("cost", "costs") and base.unit in COSTS_PER:
        kind, ids = "measure", lexicon().phrases[phrase_key(COSTS_PER[base.unit])]  # "an ounce costs"
    measures = [measure for id in ids if (measure := measure_of(kind, id, term.said))]
    fitting = [m for m in measures if base.unit is None or _unit_fits(m, base.unit)] or measures
    if len(fitting) > 1 and any(_SPAN.search(w.said.lower()) for w in base.whens):  # "interest *for the nine months*"
        metrics = lexicon().metrics
        fitting.sort(key=lambda m: m.id in metrics and metrics[m.id].kind == "instant")
    return fitting


def _of_statements(options: list[list[Measure]], found: Terms) -> list[list[Measure]]:
    """A table named beside a measure ("cash on the balance sheet") says which of its meanings is meant, not what else
    is asked for, unless an "and" stands between."""
    first, last = found.of("measure", "label", "statement")[0], found.of("measure", "label", "statement")[-1]
    tables = {t.id for t in found.of("statement")}
    if not tables or _AND.search(found.text[first.start : last.end]):
        return options
    metrics = lexicon().metrics
    kept = [[m for m in option if m.by != "statement"] for option in options]
    return [
        sorted(option, key=lambda m: m.id in metrics and tables.isdisjoint(metrics[m.id].statements))
        for option in kept
        if option
    ]


def measure_of(kind: str, id: str, said: str) -> Measure | None:
    """The measure behind an id of the lexicon, or behind the key of a printed label."""
    lex = lexicon()
    if kind == "label":
        return Measure("label", id, said)
    if kind == "statement":
        statement = lex.statements.get(id)
        return Measure("statement", id, statement.name) if statement else None
    if id in lex.metrics:
        metric = lex.metrics[id]
        return Measure(
            "metric", metric.guidance_of or id, metric.name, metric.units, metric.includes, bool(metric.guidance_of)
        )
    if id in lex.ratios:
        ratio = lex.ratios[id]
        return Measure("ratio", id, ratio.name, (ratio.unit,))
    return None


def _unit_fits(measure: Measure, unit: str) -> bool:
    return not measure.units or any(convertible(own, unit) for own in measure.units) or unit == "%"


def _combined(base: Reading, options: list[list[Measure]], found: Terms) -> Iterator[Reading]:
    """The default of each term together, then every other meaning of one term at a time."""
    if any(m.guidance for option in options for m in option[:1]):
        base = replace(base, guidance=True)
    if not options:
        yield from _without_measure(base, found)
        return
    first = [o[0] for o in options if o]
    quotient = quotient_of(first, found) or part_of(first, found)
    if quotient is not None:
        yield replace(base, measures=(quotient,), unit=None, compute=_moved(found))
        return
    if base.compute == "share" and [m.by for m in first] == ["ratio"]:
        base = replace(base, compute=_moved(found))  # "the change of the ratio of A to B", which has a name of its own
    yield replace(base, measures=tuple(dict.fromkeys(first)))
    for number, option in enumerate(options):
        for other in option[1:]:
            yield replace(base, measures=tuple(dict.fromkeys([*first[:number], other, *first[number + 1 :]])))


def _moved(found: Terms) -> Compute:
    """How a ratio is set against an earlier one, if it is: "how did the ratio of A to B change"."""
    said = {t.id for t in found.of("compute")}
    return next((way for way in MOVED if way in said), "")


def _without_measure(base: Reading, found: Terms) -> Iterator[Reading]:
    """A metal alone, or with its unit, is about how much was produced, in ounces a ton about its grade; a mine alone
    about all that is printed of it."""
    if base.compute == "share" and len(base.entities) == 1 and base.companies and not base.metals:
        measure = measure_of("measure", OWNED, "")  # "what share of the mine does the company hold"
        if measure:
            yield replace(base, measures=(measure,), compute="", companies=())
        return
    likely = [m for id in likely_metrics(base) if (m := measure_of("measure", id, ""))]
    if likely:
        yield from (replace(base, measures=(m,), assumed=(f"{TAKEN_AS} {m.shown.lower()}",)) for m in likely)
    elif base.entities and not base.speech and not _YES_NO.match(found.text) and not _NAMES.match(found.text):
        measure = measure_of("statement", "production_data", "")
        if measure:
            yield replace(base, measures=(measure,), assumed=(f"{TAKEN_AS} all of its {measure.shown.lower()}",))
    else:
        yield base
