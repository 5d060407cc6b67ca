"""The facts of one filing as the checks read them: each figure with the range that its printed digits allow."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from db.store import Store

SECONDS = 60.0  # a 10-K has twenty thousand facts; reading them all is no question
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?|\.(\d+)")
_APART = re.compile(r"non-?gaap|pro ?forma|pro-forma|\badjust(?:ed|ment)|\bexcluding\b|\bfair value\b", re.IGNORECASE)
Period = tuple[str | None, str | None]  # ISO start and end
Wanted = tuple[str, str | None, Period | None]  # metric, entity, period; None is any
PLAIN, SOURCE = 27, 30  # columns of FIELDS
# The columns of ``facts AS f`` in the order of a Figure's fields, then what its last three are made of.
FIELDS = """
f.id, f.line, f.column_start, f.as_printed, f.value, f.unit, f.scale, f.nil, f.nature, f.statement, f.table_number,
coalesce(f.row_number, 0), coalesce(f.column_number, 0), f.heading_path, f.label, f.label_key, f.metric, f.metal,
f.entity, f.entity_kind, f.basis, coalesce(f.period, ''), f.qualifier, f.sentence, f.preference,
coalesce(f.table_title, ''), f.column_heading,
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
        places = [_place(figure) for figure in self.figures]
        counts = Counter(places)
        return tuple(
            figure
            for figure, place in zip(self.figures, places, strict=True)
            if counts[place] == 1 and not _is_apart(figure)
        )

    @cached_property
    def _clear(self) -> dict[Wanted, list[Figure]]:
        """The clear figures of each metric: all, of an entity, of a period, and of both; every check asks for some."""
        found: dict[Wanted, list[Figure]] = defaultdict(list)
        for figure in self.clear:
            metric, entity, period = figure.metric, figure.entity, figure.period
            if metric:
                found[metric, None, None].append(figure)
                found[metric, None, period].append(figure)
                if entity is not None:
                    found[metric, entity, None].append(figure)
                    found[metric, entity, period].append(figure)
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

    def of(self, *metrics: str, entity: str | None = None, period: Period | None = None) -> Sequence[Figure]:
        """The tables' figures of these metrics; of one entity or period where that is given."""
        if len(metrics) == 1:
            return self._clear.get((metrics[0], entity, period), ())
        return [figure for metric in metrics for figure in self._clear.get((metric, entity, period), ())]

    @cached_property
    def tables(self) -> dict[int, list[Figure]]:
        """The figures of each table."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.table is not None:
                found[figure.table].append(figure)
        return found

    @cached_property
    def changes(self) -> list[Figure]:
        """The tables' printed changes in per cent, in the order of the file."""
        sql = (
            f"SELECT {FIELDS} FROM facts AS f WHERE f.filing_id = ? AND f.nature = 'change' AND f.source = 'table'"
            " AND f.unit = '%' ORDER BY f.line, f.column_start"
        )
        return [figure_of(row) for row in self.store.run(sql, (self.filing_id,), SECONDS)]

    @cached_property
    def rows(self) -> dict[tuple[int, int], list[Figure]]:
        """The figures of each row, by table and row."""
        found: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.table is not None:
                found[figure.table, figure.row].append(figure)
        return found


def read_sheet(store: Store, filing_id: int) -> Sheet:
    """The filing's figures that say what was (forecasts and change columns are left out of the tables)."""
    filing = store.run("SELECT document, company FROM filings WHERE id = ?", (filing_id,))[0]
    sql = (
        f"SELECT {FIELDS} FROM facts AS f"
        " WHERE f.filing_id = ? AND (f.nature = 'actual' OR f.source = 'text') ORDER BY f.line"
    )
    tables, texts = list[Figure](), list[Figure]()
    for row in store.run(sql, (filing_id,), SECONDS):
        figure = figure_of(row)
        (texts if row[SOURCE] == "text" else tables).append(figure)
    for figures in (tables, texts):  # the index gives the lines; rows of thirty columns are sorted dearly in SQLite
        figures.sort(key=_where)
    return Sheet(store, filing_id, filing["document"], filing["company"], tuple(tables), tuple(texts))


def figure_of(row: sqlite3.Row) -> Figure:
    """The fact of one row of FIELDS."""
    start, end, notes = row[PLAIN:SOURCE]
    return Figure._make((*row[:PLAIN], (start, end), _strings(notes), _half(row)))


def _is_apart(figure: Figure) -> bool:
    basis = figure.basis
    return (
        _says_apart(figure.title) or _says_apart(figure.over) or _says_apart(figure.label) or _says_apart(basis or "")
    )


@lru_cache(4096)
def _says_apart(words: str) -> bool:
    return bool(_APART.search(words))


_where = attrgetter("line", "start")
_place = attrgetter("table", "row", "label", "period", "unit", "metal", "entity")


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
