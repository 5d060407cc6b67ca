"""Other ways to read a question: a wider metric, another metal, another period than the one assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.resolve import Resolved
from grammar.reading import Reading
from grammar.readings import measure_of
from grammar.tokens import stems_of
from grammar.units import measure as unit_measure
from grammar.vocabulary import Fixed
from grammar.when import When

MOST_WIDER = 3
MOST_ENTITIES = 3  # whose other periods are looked at


def others(resolved: Resolved, fixed: Fixed) -> Iterator[Reading]:
    """The readings beside the one that was answered, the nearest first; whether they have figures isn't known yet."""
    reading = resolved.reading
    yield from _wider(reading, fixed)
    for metal in resolved.other_metals:
        yield replace(reading, metals=(metal,))
    if _period_open(reading):
        yield replace(reading, whens=(When(0, 0, "other periods", relative="recent"),), assumed=())


def _period_open(reading: Reading) -> bool:
    """Whether the period was chosen for the user, so that others may have been meant."""
    plain = not (reading.compute or reading.order or reading.bound or reading.trend or reading.yearly or reading.every)
    few = not reading.group and len(reading.entities) <= MOST_ENTITIES  # nobody reads all that forty mines ever printed
    return (
        plain
        and few
        and len(reading.measures) == 1
        and reading.measures[0].by != "statement"  # nor a whole sheet of every quarter
        and (not reading.whens or any(w.relative in ("prior_year", "latest") for w in reading.whens))
    )


def _wider(reading: Reading, fixed: Fixed) -> Iterator[Reading]:
    """Metrics whose phrases hold the words used and more: "operating cash flow *before exploration*"."""
    terms = [t for t in reading.terms if t.kind == "measure"]
    if len(terms) != 1 or len(reading.measures) != 1 or reading.measures[0].by != "metric":
        return
    own = reading.measures[0]
    stems = [s for s in stems_of(terms[0].said.lower()) if s not in fixed.function]
    seen = {own.id, *terms[0].ids}
    for phrase in fixed.free.wider(stems) if len(stems) > 1 else ():
        for id in phrase.id.split("|"):
            measure = measure_of(phrase.kind, id, "") if id not in seen and phrase.kind == "measure" else None
            seen.add(id)
            if (
                measure
                and measure.by == "metric"
                and {unit_measure(u) for u in measure.units} & {unit_measure(u) for u in own.units}
            ):
                yield replace(reading, measures=(measure,))
                if len(seen) > MOST_WIDER + len(terms[0].ids):
                    return
