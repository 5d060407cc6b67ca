"""What the lexicon's blocks become: one frozen type a kind of block."""

from __future__ import annotations

from typing import Literal

from grammar.records import record

Kind = Literal["duration", "instant"]


@record
class Metric:
    """A measure. ``ambiguous`` are (phrase, rank) that other metrics claim too, the lowest rank being what people mean
    by default; ``labels`` is the notation that label_rules.py reads; ``label_statements`` the statements whose rows the
    labels stand for; ``averaged`` says that it is no figure of one day, ``outflow`` that filings may print it negative,
    as what it takes off; ``statements`` are cited first, in order; ``per_ounce`` marks the
    costs of an ounce, whose metal is the one that a mine is said to mine.
    """

    id: str
    name: str
    kind: Kind
    units: tuple[str, ...]
    statements: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, int], ...] = ()
    by_metal: bool = False
    averaged: bool = False
    outflow: bool = False
    labels: str = ""
    label_statements: str = ""
    includes: tuple[str, ...] = ()
    guidance_of: str = ""
    per_ounce: bool = False
    file: str = ""


@record
class Metal:
    """A product of mines: ``words`` people and labels use, ``symbol`` of the element (empty for coal and the like);
    ``by_ounce`` says that prices and costs are told of an ounce of it."""

    id: str
    words: tuple[str, ...]
    symbol: str = ""
    by_ounce: bool = False


@record
class Statement:
    """A table that filings share: heading words that identify it (``titles``) and the phrases people use for it."""

    id: str
    name: str
    titles: tuple[str, ...]
    phrases: tuple[str, ...]


@record
class Ratio:
    """A measure computed from others of one entity and period: ``formula`` is arithmetic over ``operands``.

    An operand is a metric's id or ``days_in_period``; ``unit`` is the unit of the result.
    """

    id: str
    name: str
    formula: str
    unit: str
    phrases: tuple[str, ...]
    operands: tuple[str, ...]
    ambiguous: tuple[tuple[str, int], ...] = ()


@record
class Place:
    """A country, state or province and the adjectives that point at what lies there (``Alaskan``)."""

    name: str
    adjectives: tuple[str, ...]
