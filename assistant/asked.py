"""A reading on its way to a plan: what is asked of which store, and what kept it from an answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.book import Book
from assistant.cover import By, Cover, Wanted, cover, has_any, latest_end
from assistant.span import NEAR
from grammar.lexicon import lexicon
from grammar.reading import Measure, Reading
from grammar.records import record
from grammar.when import When

YEAR = dt.timedelta(days=375)
OPERAND = re.compile(r"[a-z_][a-z0-9_]*")


@record
class Missing:
    """What kept a reading from an answer: ``what`` is the slot, ``asked`` the words, ``have`` what the store offers."""

    what: str
    asked: str = ""
    have: tuple[str, ...] = ()
    cover: tuple[Cover, ...] = ()


@record
class Asked:
    """A reading, the book of the store it is asked of, and which figures count: of tables or text, results or plans.

    ``explained`` has a reading that fails say which periods there are, which costs a look at all of them; ``wide``
    looks at the two years before as well, for what a period is put together from. ``newest`` looks at the latest
    period alone where the question names none: enough to know that there is an answer, not what else there is.
    """

    reading: Reading
    book: Book
    source: str = "table"
    nature: str = "actual"
    explained: bool = False
    wide: bool = False
    newest: bool = False

    @property
    def by(self) -> By:
        """The column that the measures are found by."""
        by = self.reading.measures[0].by
        return "label" if by == "label" else "statement" if by == "statement" else "metric"

    @property
    def ids(self) -> tuple[str, ...]:
        """Every metric, label or statement that the measures need."""
        ids: list[str] = []
        for measure in self.reading.measures:
            ids += operands_of(measure) if measure.by == "ratio" else [measure.id, *measure.includes]
        return tuple(dict.fromkeys(ids))

    @property
    def ratio(self) -> Measure | None:
        """The measure that is computed from others, if there is one."""
        return next((m for m in self.reading.measures if m.by == "ratio"), None)

    @property
    def wants_two(self) -> bool:
        """Whether one figure is set against another: a change, a growth, "did it rise"."""
        r = self.reading
        if self._set_in_percent:
            return True
        if r.compare_only:
            return False
        return r.yearly or r.compute in ("difference", "percent") or bool(r.trend and not r.bound)

    @property
    def _set_in_percent(self) -> bool:
        """Whether amounts of two periods are set side by side in per cent ("sales 2007 vs 2006 in %"): their change."""
        r = self.reading
        amounts = all(m.units and "%" not in m.units for m in r.measures)
        two = len([w for w in r.whens if not w.release]) == 2
        return r.compare and r.unit == "%" and not r.compute and two and amounts

    @property
    def in_percent(self) -> bool:
        """Whether a change is told in per cent: it is asked for so, or the changes of metals are ranked, of which one
        is in dollars an ounce and another in cents a pound."""
        r = self.reading
        return r.compute == "percent" or r.unit == "%" or (r.group == "metal" and bool(r.order))

    @property
    def against(self) -> str:
        """Which slot has the two things that are set against each other; periods where nothing else has."""
        r = self.reading
        if len([w for w in r.whens if not w.release]) > 1 or r.yearly:
            return "period"
        many = {"entity": r.entities, "metal": r.metals, "measure": r.measures, "company": r.companies}
        return next((name for name, values in many.items() if len(values) == 2), "period")

    @property
    def within(self) -> tuple[str, str] | None:
        """The days that any period meant may end on, where the question names them all; None where it doesn't."""
        named = [w for w in self.reading.whens if not w.release]
        if any(w.until for w in named):
            return None
        days = [day for w in named for day in (w.ends or _days_of_year(w))] + [w.first for w in named if w.first]
        if not named or not all(w.ends or w.year for w in named) or any(w.relative for w in named):
            return None
        back = (YEAR if self.wants_two else NEAR) + 2 * YEAR * self.wide
        return ((min(days) - back).isoformat(), (max(days) + NEAR + YEAR * self.wide).isoformat())

    def covers(
        self, entities: Sequence[str] = (), within: tuple[str, str] | None = None, kind: str = ""
    ) -> list[Cover]:
        """What the store has for the measures, of these entities and of this kind of entity where any are given."""
        wanted = Wanted(self.by, self.ids, tuple(entities), self.nature, self.source, within, kind)
        return cover(self.book.store, wanted)

    def latest(self, entity_kind: str, names: Sequence[str] = ()) -> tuple[str, str] | None:
        """The days of the latest period there is for a kind of entity, where the question names no period at all; of
        entities by name, unless all mines or segments or a whole sheet is meant, only where no more is wanted."""
        r = self.reading
        some = bool(names) and r.group not in ("mine", "segment") and self.by != "statement"
        if r.whens or self.wants_two or (some and (not self.newest or r.group or r.order or r.bound or r.compute)):
            return None
        wanted = Wanted(self.by, self.ids, tuple(names), self.nature, self.source, kind=entity_kind)
        end = latest_end(self.book.store, wanted)
        return (end, end) if end else None

    def told_of(self, entity_kind: str) -> bool:
        """Whether the store has the measures for entities of this kind at all."""
        names = self.book.names_of(entity_kind)
        wanted = Wanted(self.by, self.ids, names, self.nature, self.source, kind=entity_kind)
        return has_any(self.book.store, wanted)


def _days_of_year(when: When) -> tuple[dt.date, ...]:
    return (dt.date(when.year, 1, 1), dt.date(when.year, 12, 31)) if when.year else ()


def operands_of(measure: Measure) -> list[str]:
    """The metrics that a ratio's formula needs, in their order."""
    return [w for w in dict.fromkeys(OPERAND.findall(formula_of(measure))) if w in lexicon().metrics]


def formula_of(measure: Measure) -> str:
    """The arithmetic of a ratio over metric ids: the lexicon's, or the quotient that the question spelled out."""
    ratio = lexicon().ratios.get(measure.id)
    return ratio.formula if ratio else measure.id


def is_by_metal(metric: str | None) -> bool:
    """Whether a metric is a different figure for each metal."""
    found = lexicon().metrics.get(metric or "")
    return found is not None and found.by_metal
