"""The facts of one filing as the checks read them: each figure with the range that its printed digits allow."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import lru_cache
from typing import Any, NamedTuple

from grammar.figures import as_seen

_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?|\.(\d+)")
Period = tuple[str | None, str | None]  # ISO start and end
FactRow = sqlite3.Row | tuple[Any, ...]  # one row of FIELDS
PRINTED, VALUE, SCALE, NIL, NATURE, PLAIN, SOURCE = 3, 4, 6, 7, 8, 27, 30  # columns of FIELDS
# The columns of ``facts`` in the order of a Figure's fields, then what its last three are made of.
NAMES = (
    *("id", "line", "column_start", "as_printed", "value", "unit", "scale", "nil", "nature", "statement"),
    *("table_number", "row_number", "column_number", "heading_path", "label", "label_key", "metric", "metal"),
    *("entity", "entity_kind", "basis", "period", "qualifier", "sentence", "preference", "table_title"),
    *("column_heading", "period_start", "period_end", "notes", "source"),
)
FIELDS = ", ".join(f"f.{name}" for name in NAMES)  # of ``facts AS f``


class Figure(NamedTuple):
    """One fact. ``half`` is half a unit of its last printed digit, in base units: what was printed lies within it.

    A release has five hundred: a tuple is made from its row in a tenth of the time of a frozen dataclass.
    """

    id: int
    line: int
    start: int
    printed: str
    value: float
    unit: str
    scale: int
    nil: bool
    nature: str
    statement: str | None
    table: int | None
    row: int
    column: int
    heading: str
    label: str
    key: str
    metric: str | None
    metal: str | None
    entity: str | None
    entity_kind: str | None
    basis: str | None
    period_name: str | None
    qualifier: str | None
    sentence: str
    preference: int
    title: str
    over: str
    period: Period
    notes: tuple[str, ...]
    half: float

    @property
    def low(self) -> float:
        """The least that the printed digits allow."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The most that the printed digits allow."""
        return self.value + self.half


def figure_of(row: FactRow) -> Figure:
    """The fact of one row of FIELDS."""
    start, end, notes, source = row[PLAIN : SOURCE + 1]
    printed, value, nil = row[PRINTED], row[VALUE], row[NIL]
    number, step = _digits(printed, source == "text")
    if number is None or nil:
        half = 0.5 * float(row[SCALE] or 1)
    else:
        half = 0.5 * step * (abs(value / number) if number and value else float(row[SCALE] or 1))
    return _new(Figure, (*row[:PLAIN], (start, end), _strings(notes), half))


_new = tuple.__new__  # what Figure._make ends in


@lru_cache(256)
def _strings(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


@lru_cache(4096)
def _digits(printed: str, in_text: bool) -> tuple[float | None, float]:
    """The number as it is printed, and what its last digit counts; in running text a round one counts its zeros."""
    found = _NUMBER.search(as_seen(printed))
    if found is None:
        return None, 1.0
    decimals, digits = len(found[1] or found[2] or ""), found[0].replace(",", "")
    step = 10.0**-decimals
    if in_text and not decimals:
        step = 10.0 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else 1.0
    return float(digits or 0), step
