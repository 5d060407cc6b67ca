"""What a question asks, as orthogonal slots; no slot names a kind of question.

A compare, a rank and a sum differ only in how the slots are filled: two entities and ``compare``, an ``order`` over a
``group``, a ``compute`` of "sum" over the entities named.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from grammar.records import record
from grammar.when import When

Compute = Literal["", "difference", "percent", "sum", "average", "share", "ratio"]
Order = Literal["", "asc", "desc"]
Trend = Literal["", "up", "down"]
Group = Literal["", "mine", "segment", "metal", "company", "period", "row"]
By = Literal["metric", "label", "ratio", "heading", "statement"]
TAKEN_AS = "taken as"  # how it is told that a metal or a mine alone was given a measure


@record
class Term:
    """A run of words with its meaning: ``kind`` names the slot, ``ids`` its value, the best first where several fit."""

    kind: str
    ids: tuple[str, ...]
    start: int
    end: int
    said: str
    positions: tuple[int, ...] = ()
    number: float | None = None

    @property
    def id(self) -> str:
        """The best of its meanings."""
        return self.ids[0]


@record
class Measure:
    """What is measured: a metric or ratio of the lexicon, a printed label, the rows under a heading, a statement."""

    by: By
    id: str
    shown: str
    units: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    guidance: bool = False


@record
class Entity:
    """A mine, segment or company that the store holds."""

    name: str
    kind: str
    company: str | None = None


@record
class Bound:
    """A condition on the figure, ``low`` and ``high`` in ``unit`` (None: in the figure's own)."""

    low: float | None = None
    high: float | None = None
    strict: bool = True
    unit: str | None = None


@record
class Reading:
    """One understanding of a question; an empty slot states no condition.

    ``of_name`` says that the metal is the last word of a company's name as well, and meant where figures have metals.
    """

    measures: tuple[Measure, ...] = ()
    metals: tuple[str, ...] = ()
    of_name: bool = False
    entities: tuple[Entity, ...] = ()
    companies: tuple[str, ...] = ()
    whens: tuple[When, ...] = ()
    group: Group = ""
    every: bool = False
    whole: bool = False
    apart: bool = False
    compute: Compute = ""
    compare: bool = False
    compare_only: bool = False
    order: Order = ""
    limit: int | None = None
    nth: int | None = None
    trend: Trend = ""
    yearly: bool = False
    bound: Bound | None = None
    unit: str | None = None
    guidance: bool = False
    speech: str = ""
    sign: str = ""
    terms: tuple[Term, ...] = ()
    assumed: tuple[str, ...] = field(default=())


@record
class Unread:
    """A question that was not understood: a value, not an exception, because a refusal is an answer too."""

    reason: str
    words: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
