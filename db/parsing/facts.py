"""Facts step: every figure of every table with its unit, scale, period, entity, metal, metric and basis."""

from __future__ import annotations

from db.model import Fact
from db.parsing.costed import is_costed, with_metals
from db.parsing.draft import Column, Draft, Row, Table, Value
from db.parsing.entities import Entities, Entity, metals_in
from db.parsing.measures import factor_of, unit_of
from db.parsing.row_periods import period_in
from db.parsing.senses import Sense, head_columns, learn_metals, metal_of, sense_of, table_money
from grammar.dates import period_of, read_time
from grammar.labels import metric_of


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
        money = table_money(table)
        for row in table.rows:
            sense = sense_of(draft, table, row, entities, money)
            for value in row.values:
                draft.facts.append(_fact(draft, table, row, value, sense, entities))
    draft.facts = with_metals(draft.facts)


def _fact(draft: Draft, table: Table, row: Row, value: Value, sense: Sense, entities: Entities) -> Fact:
    """One figure with everything that its row, its column and its table say of it."""
    column = table.columns[value.column]
    label = _label(row, column)
    headings = sense.headings if label == row.label else ()
    unit = unit_of(label, headings, column.text, value.figure, sense.money)
    scale = factor_of(unit, label, sense.headings, column.text, value.figure, table.scale)
    entity = Entity(column.entity, column.entity_kind or "mine", column.basis) if column.entity else sense.entity
    metal = column.metal or (sense.metal if label == row.label else metal_of(label, (), entity, entities))
    metric = _metric(table, row, sense, label, unit, metal, entity, column)
    if metal is None and entity is not None and entity.kind != "company" and is_costed(label, metric):
        of_name = metals_in(entity.name) if entity.kind == "segment" else ()
        metal = entities.metals.get(entity.name) or next(iter(of_name), None)
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
        metal=metal,
        entity=entity.name if entity else None,
        entity_kind=entity.kind if entity else None,
        basis=(entity.basis if entity else None) or column.basis or table.basis,
        period=period_in(row, column, draft.year_end),
        nil=value.figure.nil,
        scale=scale,
        notes=tuple(dict.fromkeys(marks)) if marks else (),
    )


def _label(row: Row, column: Column) -> str:
    """The label of a figure: the row's, or the column's heading where rows are periods and columns measures."""
    if column.period is None and column.text and row.label and not column.time:
        words = read_time(row.label)
        if words and (words.year or period_of(words) is not None):
            return column.text
    return row.label


def _metric(
    table: Table, row: Row, sense: Sense, label: str, unit: str, metal: str | None, entity: Entity | None, column: Column
) -> str | None:
    """The metric of a figure by its label; by its column's heading where that names a measure."""
    kind = entity.kind if entity else None
    above = row.above if not label else None
    found = metric_of(label, sense.headings, table.title, sense.statement, unit, metal, kind, above)
    if found is None and metal and label.lower().startswith("total "):
        return metric_of(label[6:], sense.headings, table.title, sense.statement, unit, metal, kind)
    if found is None and column.text and not (column.time or column.metal or column.entity):
        path = (*sense.headings, row.label)
        return metric_of(column.text, path, table.title, sense.statement, unit, metal, kind)
    return found
