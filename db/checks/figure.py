"""The facts of one filing as the checks read them: each figure with the range that its printed digits allow."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from db.store import Store

SECONDS = 60.0  # a 10-K has twenty thousand facts; reading them all is no question
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?|\.(\d+)")
_APART = re.compile(r"non-?gaap|pro ?forma|pro-forma|\badjust(?:ed|ment)|\bexcluding\b|\bfair value\b", re.IGNORECASE)
Period = tuple[str | None, str | None]  # ISO start and end
PLAIN, SOURCE = 27, 30  # columns of FIELDS
# The columns of ``facts AS f`` in the order of a Figure's fields, then what its last three are made of.
FIELDS = """
f.id, f.line, f.column_start, f.as_printed, f.value, f.unit, f.scale, f.nil, f.nature, f.statement, f.table_number,
coalesce(f.row_number, 0), coalesce(f.column_number, 0), f.heading_path, f.label, f.label_key, f.metric, f.metal,
f.entity, f.entity_kind, f.basis, coalesce(f.period, ''), f.qualifier, f.places, f.sentence, f.preference,
coalesce(f.table_title, '') || ' ' || f.column_heading || ' ' || f.label || ' ' || coalesce(f.basis, ''),
f.period_start, f.period_end, f.notes, f.source
"""


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
    period_name: str
    qualifier: str | None
    places: str
    sentence: str
    preference: int
    told: str
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


@dataclass(frozen=True)
class Sheet:
    """One filing: its figures in tables and in running text, each in the order of the file."""

    store: Store
    filing_id: int
    document: str
    company: str | None
    figures: tuple[Figure, ...]
    said: tuple[Figure, ...]

    @cached_property
    def clear(self) -> tuple[Figure, ...]:
        """The tables' figures that are their row's only one for their period.

        A row with several (members' shares of equity, reported beside adjusted) doesn't say which is the company's;
        what calls itself adjusted is another measure than its label says.
        """
        places = Counter(_place(figure) for figure in self.figures)
        return tuple(f for f in self.figures if places[_place(f)] == 1 and not _is_apart(f.told))

    @cached_property
    def by_metric(self) -> dict[str, list[Figure]]:
        """The clear figures of each metric."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.clear:
            if figure.metric:
                found[figure.metric].append(figure)
        return found

    @cached_property
    def _every(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.metric:
                found[figure.metric].append(figure)
        return found

    def any_of(self, metric: str) -> list[Figure]:
        """The figures of a metric, those too that share their row and period with others."""
        return self._every.get(metric, [])

    @cached_property
    def by_entity(self) -> dict[tuple[str | None, str], list[Figure]]:
        """The clear figures of each entity and unit."""
        found: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
        for figure in self.clear:
            found[figure.entity, figure.unit].append(figure)
        return found

    def of(self, *metrics: str, entity: str | None = None, period: Period | None = None) -> list[Figure]:
        """The tables' figures of these metrics; of one entity or period where that is given."""
        return [
            figure
            for metric in metrics
            for figure in self.by_metric.get(metric, ())
            if (entity is None or figure.entity == entity) and (period is None or figure.period == period)
        ]

    @cached_property
    def tables(self) -> dict[int, list[Figure]]:
        """The figures of each table."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.table is not None:
                found[figure.table].append(figure)
        return found


def read_sheet(store: Store, filing_id: int) -> Sheet:
    """The filing's figures that say what was (forecasts and change columns are left out of the tables)."""
    filing = store.run("SELECT document, company FROM filings WHERE id = ?", (filing_id,))[0]
    sql = f"SELECT {FIELDS} FROM facts AS f WHERE f.filing_id = ? ORDER BY f.line, f.column_start"
    tables, texts = list[Figure](), list[Figure]()
    for row in store.run(sql, (filing_id,), SECONDS):
        figure = figure_of(row)
        if row[SOURCE] == "text":
            texts.append(figure)
        elif figure.nature == "actual":
            tables.append(figure)
    return Sheet(store, filing_id, filing["document"], filing["company"], tuple(tables), tuple(texts))


def figure_of(row: sqlite3.Row) -> Figure:
    """The fact of one row of FIELDS."""
    start, end, notes = row[PLAIN:SOURCE]
    return Figure._make((*row[:PLAIN], (start, end), _strings(notes), _half(row)))


@lru_cache(4096)
def _is_apart(told: str) -> bool:
    return bool(_APART.search(told))


def _place(figure: Figure) -> tuple[object, ...]:
    return figure.table, figure.row, figure.label, figure.period, figure.unit, figure.metal, figure.entity


@lru_cache(256)
def _strings(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _half(row: sqlite3.Row) -> float:
    """Half of the last digit's worth; in running text a round number says no more than its last digit but zeros."""
    printed, value, scale = row[3], row[4], float(row[6] or 1)
    number, step = _digits(printed, row[SOURCE] == "text")
    if number is None or row[7]:
        return 0.5 * scale
    return 0.5 * step * (abs(value / number) if number and value else scale)


@lru_cache(4096)
def _digits(printed: str, in_text: bool) -> tuple[float | None, float]:
    """The number as it is printed, and what its last digit counts."""
    found = _NUMBER.search(printed)
    if found is None:
        return None, 1.0
    decimals, digits = len(found[1] or found[2] or ""), found[0].replace(",", "")
    step = 10.0**-decimals
    if in_text and not decimals:
        step = 10.0 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else 1.0
    return float(digits or 0), step
