"""Facts step: every figure of every table with its unit, scale, period, entity, metal, metric and basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from db.model import EntityKind, Fact, Nature
from db.parsing.costed import is_costed, with_metals
from db.parsing.draft import Column, Draft, Row, Table, Value
from db.parsing.entities import Entities, Entity, metals_in
from db.parsing.measures import factor_of, unit_of
from db.parsing.named import has_places, head_columns, learn_headings, learn_metals, titled
from db.parsing.planned import is_planned
from db.parsing.rated import prints_cents, rate_of
from db.parsing.row_periods import is_timeless, period_in
from db.parsing.senses import Sense, Senses, metal_of, says_money
from db.parsing.share_counts import with_share_counts
from db.parsing.units_said import column_unit, own_currency
from grammar.dates import only_time, period_of, read_time
from grammar.labels import metric_of
from grammar.lexicon import lexicon
from grammar.periods import Period, instant
from grammar.records import record

MEASURED = ("actual", "guidance", "guidance range")  # what a metric is asked for of
MIXED = ("other", "highlights", "segment")


def facts(draft: Draft) -> None:
    """Fill ``draft.facts`` from the tables' rows."""
    entities = Entities(draft.company)
    entities.learn_text([p for p in draft.paragraphs() if p.kind in ("paragraph", "bullet", "heading")])
    for table in draft.tables:
        for path, _ in groupby(table.rows, attrgetter("path")):
            for heading in path:
                entities.of_heading(heading.text)
        learn_headings(draft, table, entities)
    learn_metals(draft, entities)
    for table in draft.tables:
        head_columns(draft, table, entities)
    for table in draft.tables if entities.segments else ():
        learn_headings(draft, table, entities)
    for table in draft.tables:
        table.of_places = has_places(table)
        table.owner = titled(draft, table, entities)
        reader, senses = _Reader(draft, table, entities), Senses(draft, table, entities)
        for at, row in enumerate(table.rows):
            draft.facts.extend(reader.facts(row, senses.of(at, row)))
    draft.facts = with_share_counts(with_metals(draft.facts))


@record
class _Meaning:
    """What a figure of a row means; ``metal`` is the one it names, else the one that its costs are counted by,
    ``planned`` says that the row's words make it a plan, ``measured`` is the label with the unit beside it."""

    label: str
    unit: str
    entity: Entity | None
    metal: str | None
    metric: str | None
    planned: bool = False
    measured: str = ""


class _Reader:
    """Makes the facts of one table."""

    def __init__(self, draft: Draft, table: Table, entities: Entities) -> None:
        self.draft = draft
        self.table = table
        self.entities = entities
        self.percents = _percents(table)
        self.rate = rate_of(table)
        self.plain = [_is_plain(column) and at not in self.percents for at, column in enumerate(table.columns)]

    def facts(self, row: Row, sense: Sense) -> list[Fact]:
        """The figures of a row; what it means is read once for all columns that only tell the time."""
        found: list[Fact] = []
        read: dict[tuple[bool, str], _Meaning] = {}
        timeless = is_timeless(row)
        for value in row.values:
            meaning = None
            if self.plain[value.column]:
                key = value.figure.percent, value.figure.currency
                meaning = read.get(key)
                if meaning is None:
                    meaning = read[key] = self._meaning(row, value, sense)
            fact = self._fact(row, value, sense, meaning or self._meaning(row, value, sense), timeless)
            if value.upto:
                found += _ends(fact, value)
            else:
                found.append(fact)
        return found

    def _fact(self, row: Row, value: Value, sense: Sense, meaning: _Meaning, timeless: bool) -> Fact:
        """One figure with everything that its row, its column and its table say of it; ``timeless`` says that the row
        leaves the period to the column."""
        table, column, figure, entity = self.table, self.table.columns[value.column], value.figure, meaning.entity
        scale = factor_of(meaning.unit, (meaning.measured, *sense.over.nearest, column.text), figure, table.scale)
        nature: Nature = "guidance" if meaning.planned and column.nature == "actual" else column.nature
        marks = row.marks + value.marks + sense.over.marks + column.marks + table.title_marks
        period = column.period if timeless and column.period else period_in(row, column, self.draft.year_end)
        return Fact(
            value.cell,
            figure.value * scale,
            meaning.unit,
            meaning.label,
            row.cells,
            column.cells,
            sense.over.path,
            column.text,
            table.number,
            table.title,
            row.number,
            value.column + 1,
            "table",
            nature,
            sense.over.statement,
            meaning.metric if nature in MEASURED else None,
            meaning.metal,
            entity.name if entity else None,
            entity.kind if entity else None,
            (entity.basis if entity else None) or column.basis or table.basis,
            self._held(row, column, sense, meaning.metric, period),
            None,
            figure.nil,
            scale,
            tuple(dict.fromkeys(marks)) if marks else (),
        )

    def _meaning(self, row: Row, value: Value, sense: Sense) -> _Meaning:
        column = self.table.columns[value.column]
        label, over = _label(row, column), sense.over
        turned = label != row.label
        measured = label if turned else row.measured
        unit = unit_of(measured, () if turned else over.headings, column.parts, value.figure, sense.money)
        if self.table.unit and (not unit or (unit == sense.money and not value.figure.currency)):
            unit = self.table.unit if not says_money(label) else unit
        if value.column in self.percents and not value.figure.currency:
            unit = "%"
        if self.rate and unit == sense.money and unit and prints_cents(row):
            unit += self.rate
        if unit == "shares" and over.statement == "cash_flow" and sense.money:
            unit = sense.money  # what was paid for them
        entity = Entity(column.entity, column.entity_kind or "mine", column.basis) if column.entity else sense.entity
        metal = column.metal or (metal_of(label, None, entity, self.entities) if turned else sense.metal)
        unnamed = bool(column.entity) or entity is self.table.owner  # then the row itself names nobody
        kind = entity.kind if entity and not unnamed else None
        metric = self._metric(row, column, sense, _Said(label, unit, metal, kind))
        planned = over.planned or is_planned(label)
        metal = metal or self._costed(label, metric, entity)
        return _Meaning(label, unit, entity, metal, metric, planned, measured)

    def _held(self, row: Row, column: Column, sense: Sense, metric: str | None, period: Period | None) -> Period | None:
        """The period of a figure, its last day where it is an amount held in a table that mixes such with flows."""
        if period is None or period.start is None or metric is None or sense.over.statement not in MIXED:
            return period
        held = lexicon().metrics[metric].kind == "instant" and row.period is None and column.nature == "actual"
        said = " ".join((row.label, self.table.title, *sense.over.headings, column.text)).lower()
        return instant(period.end) if held and "average" not in said else period

    def _costed(self, label: str, metric: str | None, entity: Entity | None) -> str | None:
        """The metal that a mine or segment is costed by, for a figure of its costs or the ounces under them."""
        if entity is None or entity.kind == "company" or not is_costed(label, metric):
            return None
        of_name = metals_in(entity.name) if entity.kind == "segment" else ()
        return self.entities.metals.get(entity.name) or next(iter(of_name), None)

    def _metric(self, row: Row, column: Column, sense: Sense, said: _Said) -> str | None:
        """The metric of a figure by its label; by its column's heading where that names a measure."""
        label, title, rest = said.label, self.table.title, (said.unit, said.metal, said.kind)
        headings, statement = sense.over.headings, sense.over.statement
        above = row.above if not label else None
        found = metric_of(label, headings, title, statement, *rest, above)
        if found is None and said.metal and label.lower().startswith("total "):
            return metric_of(label[6:], headings, title, statement, *rest)
        if found is None and self._is_part(row):
            return None
        if found is None and column.text and not (column.metal or column.entity):
            words = " ".join(part for part in column.parts if not read_time(part)) if column.time else column.text
            return metric_of(words, (*headings, row.label), title, statement, *rest) if words else None
        if found is None and column.metal and self.table.of_places and title:
            return metric_of(column.text, (title, *headings), "", statement, *rest)
        return found

    def _is_part(self, row: Row) -> bool:
        """Whether a row without a label adds up some of the rows only: another such row stands further down."""
        if row.label:
            return False
        unlabelled = [other for other in self.table.rows if not other.label and other.values]
        return row is not unlabelled[-1]


def _ends(fact: Fact, value: Value) -> Iterator[Fact]:
    """Both ends of a range that one cell prints."""
    cell, figure = value.upto or (value.cell, value.figure)
    nature: Nature = "guidance range" if fact.nature.startswith("guidance") else "range"
    metric = fact.metric if nature in MEASURED else None
    yield replace(fact, nature=nature, metric=metric, qualifier="from")
    yield replace(fact, nature=nature, metric=metric, qualifier="to", cell=cell, value=figure.value * fact.scale)


@record
class _Said:
    """What is known of a figure when its metric is asked for."""

    label: str
    unit: str
    metal: str | None
    kind: EntityKind | None


def _is_plain(column: Column) -> bool:
    """Whether a column only says when: what a figure in it means its row alone tells."""
    named = column.entity or column.metal or column_unit(column.parts) or own_currency(" ".join(column.parts))
    return bool(column.time) and not named


def _percents(table: Table) -> frozenset[int]:
    """The columns of change headed so or whose first figure is a per cent: those below it are too."""
    found: dict[int, bool] = {}
    if any(column.nature == "change" for column in table.columns):
        for value in (value for row in table.rows for value in row.values if not value.figure.nil):
            found.setdefault(value.column, value.figure.percent or "%" in table.columns[value.column].text)
    return frozenset(at for at, percent in found.items() if percent and table.columns[at].nature == "change")


def _label(row: Row, column: Column) -> str:
    """The label of a figure: the row's, or the column's heading where rows are periods and columns measures."""
    if column.period is None and column.text and row.label and not column.time:
        words = read_time(row.label) if only_time(row.label) else None
        if words and (words.year or period_of(words) is not None):
            return column.text
    return row.label
