"""When periods have to be put together for a question, and which; what can't be is told with what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain

from assistant.asked import Asked, Missing
from assistant.cover import Cover
from assistant.span import Spans
from assistant.splicing import (
    MONTHS,
    Piece,
    Series,
    Splice,
    Target,
    adds_up,
    first_day,
    missing_quarters,
    pieces_of,
    say_quarters,
    splice,
)
from assistant.targets import Calendar, before, overlap, quarters, targets
from assistant.wording import say_absent, say_names
from grammar.lexicon import lexicon
from grammar.ranges import LAST_YEAR
from grammar.reading import Measure
from grammar.translate import Plan
from grammar.when import When

SAID = ("parts", "overlap")  # why a sum that is asked for is none, though figures are there
FINAL = (
    *SAID,
    "not_added",
    "averaged",
    "alone",
    "uncomputed",
)  # what no sentence that tells of some of it can stand for
MOST_SAID = 3
QUARTERS = "quarter"


def always(asked: Asked) -> bool:
    """Whether a span is asked for that is put together unless it is printed: "TTM", "year to date", a sum of years."""
    reading = asked.reading
    summed = reading.compute == "sum" or (reading.whole and all(map(_flows, reading.measures)))
    return any(w.run or w.first or (w.until and summed) for w in reading.whens)


def may_help(asked: Asked, plan: Plan | Missing) -> bool:
    """Whether a plan lacks a period that may be put together, or puts figures of different spans together."""
    reading = asked.reading
    if asked.source != "table" or asked.nature != "actual" or not all(map(_flows, reading.measures)):
        return False
    if not any(_is_span(w) for w in reading.whens):
        return False
    if isinstance(plan, Missing):
        return plan.what in ("period", "figure")
    spans_of = [{kind for _, kind in side.periods} - {"instant"} for side in plan.sides]
    mixed = len(set().union(*spans_of)) > 1
    listed = any(w.year and not w.kinds for w in reading.whens) and len(plan.sides[0].periods) > 1
    if asked.wants_two and asked.against == "period":
        return mixed or any(len(side.periods) > 1 for side in plan.sides)
    return bool(reading.whole or reading.compute in ("sum", "average")) and (mixed or listed)


def _flows(measure: Measure) -> bool:
    metric = lexicon().metrics.get(measure.id)
    return measure.by == "metric" and metric is not None and any(adds_up(metric.id, unit) for unit in metric.units)


def _is_span(when: When) -> bool:
    return bool(when.year or when.until or (when.exact and when.kinds[:1] and when.kinds[0] in MONTHS))


def spliced_spans(asked: Asked, covers: Sequence[Cover]) -> Spans | Missing:
    """The periods asked for, each put together from what is printed of it."""
    own = [c for c in covers if c.metric in {m.id for m in asked.reading.measures}] or list(covers)
    series = pieces_of(own)
    if not series:
        return Missing("not_added", cover=tuple(covers))
    calendar = Calendar([piece for pieces in series.values() for piece in pieces])
    wanted = _wanted(asked, calendar)
    if isinstance(wanted, When):
        return Missing("period", wanted.said, cover=tuple(covers))
    if asked.reading.compute in ("sum", "share") and overlap(wanted):
        return Missing("overlap", say_names([t.name for t in wanted]))
    added = all(adds_up(c.metric, c.unit) for c in own if c.kind in MONTHS)
    made = [(target, splice(target, series, printed=not added)) for target in wanted]
    if not added and not any(found for _, found in made):
        return Missing("not_added", cover=tuple(covers))
    return _put_together(asked, made, series, covers)


def _wanted(asked: Asked, calendar: Calendar) -> list[Target] | When:
    reading = asked.reading
    whens = reading.whens or (When(0, 0, "", relative="latest"),)
    found = targets(whens, calendar, each_year=reading.compute == "average")
    if isinstance(found, When) or len(found) != 1:
        return found
    if reading.apart and not reading.group and any(QUARTERS in w.said.lower() for w in whens if w.run):
        return quarters(found[0])  # "each of the last four quarters"
    return [*found, before(found[0])] if asked.wants_two and asked.against == "period" else found


def _put_together(
    asked: Asked,
    tried: Sequence[tuple[Target, Splice | None]],
    series: dict[Series, list[Piece]],
    covers: Sequence[Cover],
) -> Spans | Missing:
    """The spans with the way to each; of "over time" those that have one, else what the first without one lacks."""
    every = any(w.relative in ("all", "any") and not w.until for w in asked.reading.whens)
    made = [found for _, found in tried if found]
    gap = next((target for target, found in tried if not found), None)
    if gap is not None and not (every and made):
        return _lacking(asked, gap, series, covers)
    added = asked.reading.compute or asked.reading.whole
    short = next((one for one in made if one.lacking and added), None)
    if short is None:
        return _spans(asked, made)
    who, ends = short.lacking[0]
    return Missing("parts", f"{short.target.name} at {who}", say_quarters(ends), tuple(covers))


def _spans(asked: Asked, made: Sequence[Splice]) -> Spans:
    groups = tuple(tuple(piece.key for piece, _ in one.way) for one in made)
    said = [one.said for one in made if one.said]
    said = said if len(said) <= MOST_SAID else [f"{len(said)} of the periods are added up, each from those beside it"]
    lacks = dict.fromkeys((who, names) for one in made for who, names in one.lacking)
    said += [f"{who} is left out: {_left_out(ends)}" for who, ends in lacks]
    if all(len(one.way) == 1 for one in made) or _averaged(asked, made):
        return Spans(groups, () if _averaged(asked, made) else tuple(said))
    return Spans(groups, tuple(said), spliced=tuple(one.spliced for one in made))


def _left_out(ends: Sequence[dt.date]) -> str:
    return say_absent(say_quarters(ends)) if ends else "it is told by other periods"


def _averaged(asked: Asked, made: Sequence[Splice]) -> bool:
    """Whether the mean of a span's own quarters is asked for, not of spans."""
    alike = {(piece.key[1], sign) for one in made for piece, sign in one.way}
    return asked.reading.compute == "average" and len(made) == 1 and len(alike) == 1


def gaps(asked: Asked, covers: Sequence[Cover], plan: Plan) -> tuple[str, ...]:
    """What a list over time leaves open, as a note: the quarters of one series that no period of it covers."""
    whens = asked.reading.whens
    if (
        asked.source != "table"
        or plan.operation not in ("rows", "average")
        or not any(w.until or w.relative == "all" for w in whens)
    ):
        return ()
    series = pieces_of([c for c in covers if c.metric in {m.id for m in asked.reading.measures}])
    pieces = list(chain.from_iterable(series.values()))
    if len(series) != 1 or len(pieces) < 2:
        return ()
    first, last, calendar = min(p.first for p in pieces), max(p.last for p in pieces), Calendar(pieces)
    for when in whens:
        if when.year and when.until:
            first = first_day(calendar.year(when.year), MONTHS["year"])
            last = last if when.until == LAST_YEAR else calendar.year(when.until)
        if when.until and when.ends:
            first, last = first_day(when.ends[0], MONTHS["quarter"]), when.ends[-1]
    numbers = {when.quarter for when in whens if when.quarter}
    absent = missing_quarters(Target(first, last, ""), pieces)
    absent = [end for end in absent if not numbers or end.month // MONTHS["quarter"] in numbers]
    return (say_absent(say_quarters(absent)),) if absent else ()


def _lacking(asked: Asked, target: Target, series: dict[Series, list[Piece]], covers: Sequence[Cover]) -> Missing:
    """The quarters that the series which has most of the span lacks; no period at all where none has any of it."""
    gaps = [missing_quarters(target, pieces) for pieces in series.values()]
    quarters = len(missing_quarters(target, ()))
    fewest = min(gaps, key=len)
    if len(fewest) == quarters or not fewest:
        said = next((w.said for w in asked.reading.whens if w.said), target.name)
        return Missing("period", said, cover=tuple(covers))
    return Missing("parts", target.name, say_quarters(fewest), tuple(covers))
