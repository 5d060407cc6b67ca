"""What the text of a query depends on: which conditions a plan has and what it computes, never a value.

Two plans of one shape share their SQL, so it is built and checked once. Its text is that of its sides and of its tail,
each of which ``shapes.json`` keeps by name.
"""

from __future__ import annotations

from typing import Literal

from grammar.records import record

Operation = Literal["rows", "difference", "percent", "decline", "share", "sum", "average", "trend", "ratio"]
CHANGES = ("difference", "percent", "decline")  # the operations that set one figure against another
By = Literal["metric", "label_key", "statement", "heading"]
Order = Literal["", "asc", "desc"]
Trend = Literal["", "up", "down"]
Condition = Literal[
    "metals",
    "entities",
    "members",
    "entity_kinds",
    "companies",
    "periods",
    "spliced",
    "factors",
    "filings",
    "totals",
    "merged",
]
CONDITIONS: tuple[Condition, ...] = (
    "metals", "entities", "members", "entity_kinds", "companies", "periods", "spliced", "factors", "filings", "totals",
    "merged",
)  # fmt: skip


@record
class SideShape:
    """One side of a query: the column that its measures are found by, and its conditions."""

    by: By
    conditions: tuple[Condition, ...]

    @property
    def key(self) -> str:
        """Short and readable: ``metric+entities+periods``."""
        return "+".join((self.by, *self.conditions))


@record
class Shape:
    """The whole of a query's text: sides, operation, bounds (``low``, ``high``, ``strict``), order and scale.

    ``per_entity`` sets each entity's figure against its own (not one entity against another); ``formula`` is arithmetic
    over ``$0``, ``$1`` ..., the values of the sides.
    """

    operation: Operation
    sides: tuple[SideShape, ...]
    order: Order = ""
    low: bool = False
    high: bool = False
    strict: bool = True
    scaled: bool = False
    trend: Trend = ""
    per_entity: bool = False
    formula: str = ""

    @property
    def key(self) -> str:
        """The name of the shape: one for one with its fields."""
        return f"{';'.join(s.key for s in self.sides)}|{self.tail}"

    @property
    def tail(self) -> str:
        """The name of what follows the sides: it says how many there are, not what they are."""
        bound = ("low" if self.low else "") + ("high" if self.high else "") + ("" if self.strict else "=")
        flags = ("scaled" if self.scaled else "", self.trend, "each" if self.per_entity else "", self.formula)
        return "|".join((self.operation, str(len(self.sides)), self.order, bound, *flags))
