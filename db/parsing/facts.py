"""Facts step: every figure of every table with its unit, scale, period, entity, metal, metric and basis."""

from __future__ import annotations

from db.model import EntityKind, Fact
from db.parsing.costed import is_costed, with_metals
from db.parsing.draft import Column, Draft, Row, Table, Value
from db.parsing.entities import Entities, Entity, metals_in
from db.parsing.measures import factor_of, unit_of
from db.parsing.row_periods import period_in
from db.parsing.senses import Sense, head_columns, learn_metals, metal_of, sense_of, table_money
from grammar.dates import period_of, read_time
from grammar.labels import metric_of
from grammar.records import record


def facts(draft: Draft) -> None:
    """Fill ``draft.facts`` from the tables' rows."""
    entities = Entities(draft.company)
    entities.learn_text([p for p in draft.paragraphs() if p.kind in ("paragraph", "bullet", "heading")])
    for table in draft.tables:
        for row in table.rows:
            for heading in row.path:
                entities.of_heading(heading.text)
    learn_metals(draft, entities)
    for table in draft.tables:
        head_columns(table, entities)
        reader = _Reader(draft, table, entities)
        money = table_money(table)
        for row in table.rows:
            sense = sense_of(draft, table, row, entities, money)
            draft.facts.extend(reader.fact(row, value, sense) for value in row.values)
    draft.facts = with_metals(draft.facts)


@record
class _Reader:
    """Makes the facts of one table."""

    draft: Draft
    table: Table
    entities: Entities

    def fact(self, row: Row, value: Value, sense: Sense) -> Fact:
        """One figure with everything that its row, its column and its table say of it."""
        table, column = self.table, self.table.columns[value.column]
        label = _label(row, column)
        turned = label != row.label
        unit = unit_of(label, () if turned else sense.headings, column.parts, value.figure, sense.money)
        if unit == "shares" and sense.statement == "cash_flow" and sense.money:
            unit = sense.money  # what was paid for them
        scale = factor_of(unit, (label, *reversed(sense.headings), column.text), value.figure, table.scale)
        entity = Entity(column.entity, column.entity_kind or "mine", column.basis) if column.entity else sense.entity
        kind = entity.kind if entity else None
        metal = column.metal or (metal_of(label, (), entity, self.entities) if turned else sense.metal)
        metric = self._metric(row, column, sense, _Said(label, unit, metal, kind))
        marks = (*row.marks, *value.marks, *sense.marks, *column.marks, *table.title_marks)
        return Fact(
            cell=value.cell,
            value=value.figure.value * scale,
            unit=unit,
            label=label,
            label_cells=row.cells,
            header_cells=column.cells,
            heading_path=sense.path,
            column=column.text,
            table=table.number,
            table_title=table.title,
            row=row.number,
            column_number=value.column + 1,
            nature=column.nature,
            statement=sense.statement,
            metric=metric if column.nature == "actual" else None,
            metal=metal or self._costed(label, metric, entity),
            entity=entity.name if entity else None,
            entity_kind=kind,
            basis=(entity.basis if entity else None) or column.basis or table.basis,
            period=period_in(row, column, self.draft.year_end),
            nil=value.figure.nil,
            scale=scale,
            notes=tuple(dict.fromkeys(marks)) if marks else (),
        )

    def _costed(self, label: str, metric: str | None, entity: Entity | None) -> str | None:
        """The metal that a mine or segment is costed by, for a figure of its costs or the ounces under them."""
        if entity is None or entity.kind == "company" or not is_costed(label, metric):
            return None
        of_name = metals_in(entity.name) if entity.kind == "segment" else ()
        return self.entities.metals.get(entity.name) or next(iter(of_name), None)

    def _metric(self, row: Row, column: Column, sense: Sense, said: _Said) -> str | None:
        """The metric of a figure by its label; by its column's heading where that names a measure."""
        label, title, rest = said.label, self.table.title, (said.unit, said.metal, said.kind)
        above = row.above if not label else None
        found = metric_of(label, sense.headings, title, sense.statement, *rest, above)
        if found is None and said.metal and label.lower().startswith("total "):
            return metric_of(label[6:], sense.headings, title, sense.statement, *rest)
        if found is None and column.text and not (column.time or column.metal or column.entity):
            return metric_of(column.text, (*sense.headings, row.label), title, sense.statement, *rest)
        return found


@record
class _Said:
    """What is known of a figure when its metric is asked for."""

    label: str
    unit: str
    metal: str | None
    kind: EntityKind | None


def _label(row: Row, column: Column) -> str:
    """The label of a figure: the row's, or the column's heading where rows are periods and columns measures."""
    if column.period is None and column.text and row.label and not column.time:
        words = read_time(row.label)
        if words and (words.year or period_of(words) is not None):
            return column.text
    return row.label
