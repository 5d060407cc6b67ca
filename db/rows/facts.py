"""The rows of a filing's facts.

JSON columns are written here by hand where they hold nothing but integers: a release has some 400 facts with three
lists each, and ``json.dumps`` for all of them costs more than the inserts do.
"""

from __future__ import annotations

import datetime as dt
import json

from db.model import Cell, Fact, Filing
from db.rows import Row
from grammar.chunks import remembered
from grammar.labels import label_key
from grammar.lexicon import lexicon
from grammar.periods import Period

PeriodColumns = tuple[str | None, str | None, str | None, str | None]

ORDINARY = 50  # the preference of a fact whose statement its metric doesn't name
SUPERSEDED = 20  # added for what a column beside it restates
SAID_IN_TEXT = 70  # running text rounds: a table that prints the same fact is cited first


def fact_rows(filing: Filing) -> list[Row]:
    """One row a fact, in the order of the filing."""
    places, periods = _Places(), _periods(filing)
    restated = {fact.table for fact in filing.facts if fact.basis and "restated" in fact.basis}
    return [
        _fact_row(fact, places, periods[id(fact.period)], fact.table in restated and _is_superseded(fact))
        for fact in filing.facts
    ]


def _is_superseded(fact: Fact) -> bool:
    """Whether a figure beside restated ones is what they replace, or by how much they differ from it."""
    return bool(fact.basis and ("reported" in fact.basis or "adjustment" in fact.basis))


def _periods(filing: Filing) -> dict[int, PeriodColumns]:
    """What the facts' periods are in the store, by identity: a column's facts share theirs, which are slow to hash."""
    return {id(period): _period_columns(period) for period in periods_of(filing).values()}


def periods_of(filing: Filing) -> dict[int, Period | None]:
    return {id(fact.period): fact.period for fact in filing.facts}


def _fact_row(fact: Fact, places: _Places, period: PeriodColumns, superseded: bool) -> Row:
    cell = fact.cell
    return (
        cell.line,
        cell.start,
        cell.end,
        cell.text,
        float(fact.value),
        fact.unit,
        fact.scale,
        int(fact.nil),
        fact.source,
        fact.nature,
        fact.statement,
        fact.table,
        fact.table_title,
        fact.row,
        fact.column_number,
        _strings(fact.heading_path),
        fact.label,
        key_of(fact.label),
        fact.column,
        fact.metric,
        fact.metal,
        fact.entity,
        fact.entity_kind,
        fact.basis,
        *period,
        fact.qualifier,
        _strings(fact.notes),
        places.of_fact(fact),
        fact.sentence,
        preference(fact) + (SUPERSEDED if superseded else 0),
    )


def preference(fact: Fact) -> int:
    """How early a fact is cited among those that say the same: the order of statements of its metric, then the rest."""
    return SAID_IN_TEXT if fact.source == "text" else _preference((fact.metric, fact.statement))


@remembered
def _preference(stated: tuple[str | None, str | None]) -> int:
    """How early what a metric is in a statement is cited."""
    metric, statement = stated
    known = lexicon().metrics.get(metric) if metric else None
    return known.statements.index(statement) if known and statement in known.statements else ORDINARY


def _period_columns(period: Period | None) -> PeriodColumns:
    """First day, last day, kind, name."""
    if period is None:
        return None, None, None, None
    return iso(period.start), iso(period.end), period.kind, period.label


key_of = remembered(label_key)


@remembered
def _strings(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


class _Places:
    """The places of a filing's facts as JSON, written once for the rows and columns that share them.

    They are told apart by identity, for the facts hold them while this is used.
    """

    def __init__(self) -> None:
        self._written: dict[int, str] = {}

    def of_fact(self, fact: Fact) -> str:
        """``{"label": [[line, start, end], ...], "header": ...}``."""
        label, header = fact.label_cells, fact.header_cells
        if label and header and not fact.sentence_cells:  # as nearly all facts of tables
            known = self._written.get
            told, over = known(id(label)) or self._of(label), known(id(header)) or self._of(header)
            return f'{{"label": {told}, "header": {over}}}'
        groups = ("label", label), ("header", header), ("sentence", fact.sentence_cells)
        return "{" + ", ".join([f'"{name}": {self._of(cells)}' for name, cells in groups if cells]) + "}"

    def _of(self, cells: tuple[Cell, ...]) -> str:
        written = self._written.get(id(cells))
        if written is None:
            written = self._written[id(cells)] = places_of(cells)
        return written


def places_of(cells: tuple[Cell, ...]) -> str:
    """``[[line, start, end], ...]``."""
    return "[" + ", ".join([f"[{cell.line}, {cell.start}, {cell.end}]" for cell in cells]) + "]"


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
