"""What a follow-up inherits: "and Greens Creek?" asks the question before of another mine.

A slot that a follow-up leaves open is filled from the turn before; what it fills replaces. A new measure keeps the
mine and the period, a new mine or period keeps the measure and what was done with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.turn import SAME_SPAN, Turn, in_its_year, run_on, same_span
from grammar.lexicon import lexicon
from grammar.periods import shift_months
from grammar.quotients import ratio_of
from grammar.reading import TAKEN_AS, Entity, Measure, Reading
from grammar.terms import Terms, read_terms
from grammar.vocabulary import Vocabulary
from grammar.when import BACK

_HEAD = re.compile(
    r"\bhow\s+(many|much)\s+((?:[\w'-]+\s+){1,4}?)(?=(?:was|were|did|do|does|is|are|has|have|had|will|would|can|could|in|at)\b)",
    re.I,
)
_OPEN = re.compile(r"\bhow\s+(many|much)\s+(?=(?:was|were|did|do|does|is|are|has|have|had|will|remain|left)\b)", re.I)
_BOTH = re.compile(r"\b(?:both|together|combined|the sum|added up|difference)\b", re.I)
_ITS = re.compile(r"\b(?:its|it|there|that (?:mine|unit|operation|segment))\b", re.I)


def carried(readings: Sequence[Reading], turn: Turn | None, question: str = "") -> list[Reading]:
    """The readings of a follow-up with what they leave open taken from ``turn``; as they are where nothing is open."""
    if turn is None or not turn.reading.measures:
        return list(readings)
    two = _BOTH.search(question) is not None and (turn.before is not None or "difference" not in question.lower())
    two = two or (_only_computes(readings) and _of_two_periods(turn))
    if two and not any((r.measures and not _implied(r)) or r.entities or r.metals for r in readings):
        return [_both(reading, turn) for reading in readings]
    turn = _of_the_first(turn) if _ITS.search(question) else turn
    readings = [same_span(r, turn) for r in readings] if SAME_SPAN.search(question) else readings
    made = [(reading, _carried(reading, turn)) for reading in readings]
    if _ITS.search(question):  # "its lead production": of nobody else
        return [one for _, carried in made for one in carried]
    of_company = [other for reading, carried in made for other in _of_company(carried[0], reading)]
    return [*(one for _, carried in made for one in carried), *of_company]


def _only_computes(readings: Sequence[Reading]) -> bool:
    """Whether nothing is asked but how far something moved: "what's the change?"."""
    slots = ((r.measures and not _implied(r)) or r.entities or r.companies or r.metals or r.whens for r in readings)
    return any(r.compute in ("difference", "percent") and not r.yearly for r in readings) and not any(slots)


def _of_two_periods(turn: Turn) -> bool:
    """Whether the last two questions were about the same figure of two periods."""
    if turn.before is None:
        return False
    now, then = turn.reading, turn.before.reading
    alike = _ids(now.measures) == _ids(then.measures) and now.entities == then.entities and now.metals == then.metals
    return alike and len(turn.whens) == len(turn.before.whens) == 1 and turn.whens[0].ends != turn.before.whens[0].ends


def _of_the_first(turn: Turn) -> Turn:
    """The turn as one about what came first in its ranking: "its grade" after "which mine produced the most"."""
    group, first = turn.reading.group, next(iter(turn.values), None)
    if group not in ("mine", "segment") or not turn.reading.order or first is None or not first.entity:
        return turn
    return replace(turn, reading=replace(turn.reading, entities=(Entity(first.entity, group),), group="", order=""))


def _both(reading: Reading, turn: Turn) -> Reading:
    """ "Both together?": the things of the last turns, two mines or two measures; nothing where there was only one."""
    last = [turn, turn.before] if turn.before is not None else [turn]
    said = [t.reading for t in reversed(last)]
    entities = tuple(dict.fromkeys(e for r in said for e in r.entities))
    measures = tuple(dict.fromkeys(m for r in said for m in r.measures))
    whens = tuple({w.said.lower(): w for t in reversed(last) for w in t.whens}.values())
    if sorted((max(len(entities), 1), len(measures), max(len(whens), 1))) != [1, 1, 2]:
        return Reading(terms=reading.terms)
    told = ", ".join([*(e.name for e in entities), *(m.shown.lower() for m in measures), *(w.said for w in whens)])
    summed = "sum" if reading.whole or reading.compute == "sum" else reading.compute
    return replace(
        turn.reading,
        entities=entities,
        measures=measures,
        whens=reading.whens or whens,
        compute=summed,
        unit=reading.unit or turn.reading.unit,
        terms=reading.terms,
        assumed=(f"from the questions before: {told}",),
    )


def _carried(reading: Reading, turn: Turn) -> list[Reading]:
    if reading.compute == "share" and reading.companies and turn.reading.entities and not reading.entities:
        reading = replace(reading, companies=())  # "as a share of the company's": of what the turn was about
    whose = bool(reading.entities or reading.companies or reading.group in ("mine", "segment", "company"))
    when = bool(reading.whens)
    measure = bool(reading.measures) and not _implied(reading)
    if measure and reading.compute == "share" and (part := _part_of(reading, turn)):
        return [part]
    if measure and whose and when:
        return [reading]
    if not measure and _asks_which(reading):
        return [_among(reading, turn)]
    made = reading if measure else _measure_from(reading, turn)
    said: list[str] = []
    if not whose:
        made = replace(made, entities=turn.reading.entities, companies=turn.reading.companies, group=turn.reading.group)
        said += [e.name for e in turn.reading.entities] or list(turn.reading.companies)
    elif not measure and reading.compare:
        made = replace(made, entities=(*turn.reading.entities, *reading.entities))
    made, periods = _periods(made, reading, turn, measure)
    said += periods
    if not measure:
        said = [m.shown.lower() for m in made.measures] + said
    made = replace(
        made,
        assumed=(*(() if not measure else reading.assumed), f"from the question before: {', '.join(said)}")
        if said
        else reading.assumed,
    )
    return [made, *_without_metal(made, reading)]


def _part_of(reading: Reading, turn: Turn) -> Reading | None:
    """ "As a percentage of sales" after another measure: what was told before, as a part of the one named now."""
    old, new = turn.reading.measures, reading.measures
    plain = len(old) == 1 and len(new) == 1 and old[0].by == new[0].by == "metric" and old[0].id != new[0].id
    if not plain or reading.entities or reading.metals or old[0].units[:1] != new[0].units[:1]:
        return None
    said = f"from the question before: {', '.join([old[0].shown.lower(), *(w.said for w in turn.whens)])}"
    return replace(
        turn.reading,
        measures=(ratio_of(old[0], new[0], "%"),),
        whens=reading.whens or turn.whens,
        compute="",
        terms=reading.terms,
        assumed=(said,),
    )


def in_parallel(found: Terms, turn: Turn | None, vocabulary: Vocabulary) -> Terms:
    """A follow-up of one word that stands in the place of the first word of the measure before: "and milling?" after
    the mining cost per ton is the milling cost per ton, where there is such a measure in the same unit."""
    measures = turn.reading.measures if turn else ()
    said = [*found.of("measure"), *found.unknown]
    alone = len(measures) == 1 and len(said) == 1 and " " not in said[0].said
    if not alone or measures[0].by != "metric" or found.of("entity", "metal", "compute", "order", "speech"):
        return found
    name = [said[0].said.lower(), *measures[0].shown.lower().split()[1:]]
    whole = read_terms(" ".join(name), vocabulary)
    metric = lexicon().metrics.get(whole.terms[0].id) if len(whole.terms) == 1 and not whole.unknown else None
    if metric is None or whole.corrections or len(name) < 2 or metric.units != measures[0].units:
        return found
    term = replace(said[0], kind="measure", ids=(metric.id,))
    return replace(found, terms=(*(t for t in found.terms if t is not said[0]), term), unknown=())


def spelled_out(question: str, turn: Turn | None) -> str | None:
    """ "How many are left?" with what was counted before ("how many *preferred shares* are left?"), else None."""
    counted = _HEAD.search(turn.question) if turn else None
    if counted is None or not _OPEN.search(question):
        return None
    return _OPEN.sub(lambda m: f"{m.group(0)}{counted.group(2)}", question, count=1)


def _implied(reading: Reading) -> bool:
    """Whether the measure is only what a bare metal or mine was taken for."""
    return any(a.startswith(TAKEN_AS) for a in reading.assumed)


def _measure_from(reading: Reading, turn: Turn) -> Reading:
    old = turn.reading
    return replace(
        reading,
        measures=old.measures,
        metals=reading.metals or old.metals,
        compute=reading.compute or ("percent" if reading.unit == "%" else old.compute),
        compare=reading.compare or old.compare,
        order=reading.order or old.order,
        trend=reading.trend or old.trend,
        yearly=reading.yearly or old.yearly,
        bound=reading.bound or old.bound,
        limit=reading.limit or old.limit,
        every=reading.every or old.every,
        whole=reading.whole or old.whole,
        unit=reading.unit if reading.unit else None if reading.compute else old.unit,
        guidance=reading.guidance or old.guidance,
    )


def _periods(made: Reading, reading: Reading, turn: Turn, measure: bool) -> tuple[Reading, list[str]]:
    """The reading with its periods: those of the turn, or those told from it ("the year before")."""
    before = turn.whens
    if not reading.whens:
        summed = any(w.until or w.first for w in before) and (turn.reading.whole or turn.reading.compute == "sum")
        return replace(made, whens=before, whole=made.whole or summed), [w.said for w in before]
    if not measure:
        reading = replace(reading, whens=in_its_year(run_on(reading.whens, turn), turn))
        made = replace(made, whens=reading.whens)
    shifted = [w for w in reading.whens if w.relative in BACK]
    exact = [w for w in before if w.ends]
    if shifted and exact:
        base = max(exact, key=lambda w: w.ends[0])
        ends = tuple(shift_months(base.ends[0], -BACK[w.relative]) for w in shifted)
        told = tuple(replace(base, said=w.said, ends=(end,)) for w, end in zip(shifted, ends, strict=True))
        moves = reading.compare or made.compute in ("difference", "percent") or made.trend
        return replace(made, whens=(base, *told) if moves else told), []
    higher = reading.bound is None and any(t.kind == "bound" for t in reading.terms)  # "is that higher than in 2006?"
    if not measure and (reading.compare or higher) and not any(w.relative for w in reading.whens):
        return replace(made, whens=(*before, *reading.whens), compare=True), []
    return made, []


def _without_metal(made: Reading, reading: Reading) -> list[Reading]:
    """The same without a metal that was only carried over, for a mine or a measure that has none of it."""
    return [replace(made, metals=())] if made.metals and not reading.metals else []


def _of_company(made: Reading, reading: Reading) -> list[Reading]:
    """A measure that no mine has, asked after one that it has, is the company's."""
    measure = bool(reading.measures) and not _implied(reading)
    if not (measure and made.entities and not reading.entities):
        return []
    metals = reading.metals
    said = (*made.assumed, f"not told of {' or '.join(e.name for e in made.entities)}: the company's")
    return [replace(made, entities=(), group="", metals=metals, assumed=said)]


def _asks_which(reading: Reading) -> bool:
    """ "Which of them is higher?": an order over what was just told, with nothing of its own named."""
    asks = any(t.kind == "ask" for t in reading.terms)
    return asks and bool(reading.order or reading.trend) and not (reading.entities or reading.metals or reading.whens)


def _among(reading: Reading, turn: Turn) -> Reading:
    order = reading.order or ("desc" if reading.trend == "up" else "asc")
    entities: dict[Entity, None] = {}
    node: Turn | None = turn
    while node is not None and _ids(node.reading.measures) == _ids(turn.reading.measures):
        entities.update(dict.fromkeys(node.reading.entities))
        node = node.before
    base = turn.reading
    told = ", ".join(e.name for e in reversed(list(entities)))
    return replace(
        base,
        entities=tuple(reversed(list(entities))),
        whens=turn.whens,
        order=order,
        trend="",
        compute="",
        terms=reading.terms,
        assumed=(f"from the questions before: {told}",) if told else (),
    )


def _ids(measures: Sequence[Measure]) -> tuple[str, ...]:
    return tuple(m.id for m in measures)
