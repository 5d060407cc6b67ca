"""Facts step: every figure of every table with its unit, scale, period, entity, metal, metric and basis."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from db.model import EntityKind, Fact
from db.parsing.costed import is_costed, with_metals
from db.parsing.draft import Column, Draft, Row, Table, Value
from db.parsing.entities import NOT_A_NAME, Entities, Entity, basis_in, is_metal, key_of, metals_in, title_case
from db.parsing.labels import take_marks
from db.parsing.measures import FINANCIAL, factor_of, unit_of
from db.parsing.periods import BASIS
from db.parsing.statements import section_statement
from grammar.dates import period_of, read_time
from grammar.labels import metric_of
from grammar.lexicon import lexicon
from grammar.periods import Period, instant

AT_BEGINNING = re.compile(r"\b(?:at|,|-)?\s*(?:the )?beginning of (?:the )?(?:period|year|quarter|month|fiscal year)|\bopening (?:cash|balance)\b|\bat beginning\b", re.IGNORECASE)
AT_END = re.compile(r"\b(?:at|,|-)?\s*(?:the )?end of (?:the )?(?:period|year|quarter|month|fiscal year)\b|\bclosing (?:cash|balance)\b|\bat (?:period|year|quarter)[- ]end\b", re.IGNORECASE)
MONEY_WORDS = re.compile(r"\b(?:costs?|prices?|revenues?|sales|expend\w+|additions|expenses?|capital|income|profit|earnings|debt)\b", re.IGNORECASE)
COST_OF = re.compile(r"\bcosts?\b.*\bof (?P<metal>[a-z]+) (?:produced|sold)\b|\bcosts? (?:per|an?) (?:ounce|pound|ton) of (?P<per>[a-z]+)\b|\bdivided by (?P<by>[a-z]+) (?:ounces|pounds|tons)", re.IGNORECASE)
SEGMENT_MEASURES = ("production_summary", "production_data", "metal_prices")
BY_MINE = ("production_summary", "production_data", "reconciliation", "capital_additions")
OTHERS = frozenset(("other", "others", "all other", "corporate and other", "other operations", "corporate"))


def facts(draft: Draft) -> None:
    """Fill ``draft.facts`` from the tables' rows."""
    entities = Entities(draft.company)
    entities.learn_text([p for p in draft.paragraphs() if p.kind in ("paragraph", "bullet", "heading")])
    for table in draft.tables:
        for row in table.rows:
            for heading in row.path:
                entities.of_heading(heading.text)
    _learn_metals(draft, entities)
    for table in draft.tables:
        _columns_meaning(table, entities)
        money = _money(table)
        for row in table.rows:
            for value in row.values:
                draft.facts.append(_fact(draft, table, row, value, entities, money))
    draft.facts = with_metals(draft.facts)


def _learn_metals(draft: Draft, entities: Entities) -> None:
    """What each mine is costed by: the metal in ``average cost of silver produced`` or ``divided by silver ounces``."""
    for table in draft.tables:
        for row in table.rows:
            entity = _heading_entity(row, entities)
            if entity is None or entity.kind != "mine":
                continue
            for text in (*(heading.text for heading in row.path), row.label):
                match = COST_OF.search(text)
                metal = lexicon().metal_of((match["metal"] or match["per"] or match["by"]).lower()) if match else None
                if metal:
                    entities.metals[entity.name] = metal


def _heading_entity(row: Row, entities: Entities) -> Entity | None:
    found = (entities.of_heading(heading.text) for heading in reversed(row.path))
    return next((entity for entity in found if entity is not None), None)


def _columns_meaning(table: Table, entities: Entities) -> None:
    """Columns that are headed by a mine, a segment or a metal rather than by time alone."""
    named = [" ".join(take_marks(part)[0] for part in column.parts if not read_time(part)) for column in table.columns]
    by_mine = table.statement in BY_MINE and sum(1 for words in named if _may_be_name(words)) > 1
    for column, words in zip(table.columns, named, strict=True):
        if not words or column.nature == "change":
            continue
        entity = entities.of_label(words)
        if entity is None and by_mine and _may_be_name(words):
            entity = Entity(title_case(words) if words.isupper() else words, "mine", basis_in(words))
            entities.known.setdefault(key_of(entity.name), entity)
        if entity is not None:
            column.entity, column.entity_kind = entity.name, entity.kind
            column.basis = column.basis or entity.basis
        metals = metals_in(words)
        if entity is None and len(metals) == 1:
            column.metal = metals[0]


def _may_be_name(words: str) -> bool:
    """Whether a column's heading may be the name of a mine that no text names: capitals, no word that tables use."""
    tokens = words.split()
    plain = bool(tokens) and len(tokens) <= 4 and all(token[0].isupper() and token.isalpha() for token in tokens)
    return plain and not any(token.lower() in NOT_A_NAME or is_metal(token) for token in tokens) and not BASIS.search(words)


def _money(table: Table) -> str:
    """The currency of figures that state no unit, empty where the table isn't one of amounts."""
    signs = [value.figure.currency for row in table.rows for value in row.values if value.figure.currency]
    named = table.scale.currency
    currency = named if named and named != "USD" else (signs[0] if signs else named)
    if table.statement in SEGMENT_MEASURES:
        return ""
    return currency or ("USD" if table.statement in FINANCIAL else "")


def _fact(draft: Draft, table: Table, row: Row, value: Value, entities: Entities, money: str) -> Fact:
    column = table.columns[value.column]
    headings = tuple(heading.text for heading in row.path)
    statement = _statement(table, headings)
    if statement in SEGMENT_MEASURES:
        money = (table.scale.currency or "USD") if MONEY_WORDS.search(row.label) else ""
    label, turned = _turned(table, row, column)
    unit = unit_of(label, headings if not turned else (), column.text, value.figure, money)
    scale = factor_of(unit, label, headings, column.text, value.figure, table.scale)
    entity = _entity(draft, table, row, column, entities)
    period = _period(draft, row, column, label)
    metal = column.metal or _metal(label, headings, entity, entities)
    kind = entity.kind if entity else None
    metric = _metric(table, row, headings, label, statement, unit, metal, kind, column)
    if metal is None and is_costed(label, metric) and entity is not None and entity.kind != "company":
        of_name = metals_in(entity.name) if entity.kind == "segment" else ()
        metal = entities.metals.get(entity.name) or next(iter(of_name), None)
    marks = [*row.marks, *value.marks, *(m for h in row.path for m in h.marks), *column.marks, *table.title_marks]
    basis = (entity.basis if entity else None) or column.basis or table.basis
    return Fact(
        cell=value.cell,
        value=value.figure.value * scale,
        unit=unit,
        label=label,
        label_cells=row.cells,
        header_cells=column.cells,
        heading_path=headings or ((table.title,) if table.title else ()),
        column=column.text,
        table=table.number,
        table_title=table.title,
        row=row.number,
        column_number=value.column + 1,
        nature=column.nature,
        statement=statement,
        metric=metric if column.nature == "actual" else None,
        metal=metal,
        entity=entity.name if entity else None,
        entity_kind=kind,
        basis=basis,
        period=period,
        nil=value.figure.nil,
        scale=scale,
        notes=tuple(dict.fromkeys(marks)),
    )


def _turned(table: Table, row: Row, column: Column) -> tuple[str, bool]:
    """The label of a figure: the row's, or the column's heading where rows are periods and columns measures."""
    if column.period is None and column.text and row.label and not column.time and read_time(row.label):
        if period_of(read_time(row.label)) is not None or read_time(row.label).year:
            return column.text, True
    return row.label, False


def _metric(
    table: Table, row: Row, headings: tuple[str, ...], label: str, statement: str | None, unit: str, metal: str | None, kind: str | None, column: Column,
) -> str | None:  # fmt: skip
    above = row.above if not label else None
    found = metric_of(label, headings, table.title, statement, unit, metal, kind, above)
    if found is None and metal and label.lower().startswith("total "):
        return metric_of(label[6:], headings, table.title, statement, unit, metal, kind)
    if found is None and column.text and not column.time and column.metal is None and column.entity is None:
        return metric_of(column.text, (*headings, row.label), table.title, statement, unit, metal, kind)
    return found


def _statement(table: Table, headings: tuple[str, ...]) -> str | None:
    """The statement of a row: what the innermost heading names, else what the table's title does."""
    if table.statement in (None, "highlights", "production_summary", "production_data", "metal_prices"):
        for heading in reversed(headings):
            found = section_statement(heading)
            if found:
                return found
    return table.statement or "other"


def _entity(draft: Draft, table: Table, row: Row, column: Column, entities: Entities) -> Entity | None:
    """Whose figure it is: the column's or the label's entity, else the nearest heading's, else the company."""
    if column.entity and column.entity_kind:
        return Entity(column.entity, column.entity_kind, column.basis)
    named = entities.of_label(row.label) if row.label else None
    if named is not None:
        return named
    above = _heading_entity(row, entities)
    if above is not None:
        return above
    if row.label.lower() in OTHERS and _beside_entities(table, row, entities):
        kind: EntityKind = "segment" if _beside_kind(table, row, entities) == "segment" else "other"
        return Entity(row.label if not row.label.isupper() else row.label.title(), kind)
    return Entity(draft.company, "company") if draft.company else None


def _beside_entities(table: Table, row: Row, entities: Entities) -> bool:
    """Whether other rows under the same headings name entities."""
    return _beside_kind(table, row, entities) is not None


def _beside_kind(table: Table, row: Row, entities: Entities) -> str | None:
    for other in table.rows:
        if other is not row and other.path == row.path and abs(other.number - row.number) <= 12:
            found = entities.of_label(other.label) if other.label else None
            if found is not None:
                return found.kind
    return None


def _metal(label: str, headings: tuple[str, ...], entity: Entity | None, entities: Entities) -> str | None:
    """The metal that the label names (if it doesn't name the entity), else the nearest heading that is no entity's."""
    own = metals_in(label)
    if own and not (entity is not None and entities.of_label(label) is not None):
        return own[0] if len(own) == 1 else None
    for heading in reversed(headings):
        if entities.of_heading(heading) is not None:
            return None
        found = metals_in(heading)
        if len(found) == 1:
            return found[0]
    return None


def _of_rows(draft: Draft, row: Row) -> Period | None:
    """The period that a row's own label or the nearest heading over it says, where its column says none."""
    for text in (row.label, *(heading.text for heading in reversed(row.path))):
        words = read_time(text) if text else None
        if words:
            found = period_of(words, draft.year_end)
            if found is not None:
                return found
            if words.year and not (words.month_day or words.months) and text.strip("*").isdigit():
                return period_of(replace(words, months=12), draft.year_end)
    return None


def _period(draft: Draft, row: Row, column: Column, label: str) -> Period | None:
    """The column's period with the exceptions that rows make: cash at the beginning is the day before it starts."""
    period = column.period
    if row.period is not None and column.nature == "actual" and not read_time(column.text):
        return row.period
    if period is None and column.nature == "actual":
        period = _of_rows(draft, row)
    if period is None or column.nature == "change":
        return period
    if AT_BEGINNING.search(row.label):
        if period.start is None:
            return None
        return instant(period.start - dt.timedelta(days=1))
    if AT_END.search(row.label) and period.start is not None:
        return instant(period.end)
    return period


