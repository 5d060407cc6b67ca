"""What a row, or a column headed by more than time, means: whose figures, of which metal, in which statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.model import EntityKind
from db.parsing.draft import Draft, Heading, Row, Table
from db.parsing.entities import Entities, Entity, key_of, metals_in
from db.parsing.labels import is_of_tables
from db.parsing.money_told import HOME, dollar_of
from db.parsing.named import MEASURES, WHOLES, heading_entity, may_be_name
from db.parsing.planned import is_planned
from db.parsing.scales import read_scale
from db.parsing.statements import section_statement
from grammar.chunks import remembered
from grammar.lexicon import lexicon

MONEY_WORDS = re.compile(
    r"\b(?:costs?|prices?|revenues?|sales|expend\w+|additions|expenses?|capital|income|profit|earnings|debt)\b",
    re.IGNORECASE,
)
DASHED = re.compile(r"([A-Za-z]+)\s+[-\u2013\u2014]\s")
FINANCIAL = (  # tables of amounts, though none of their figures has a sign
    "highlights",
    "income_statement",
    "balance_sheet",
    "cash_flow",
    "cash_flow_reconciliation",
    "capital_additions",
    "segment",
    "reconciliation",
)
BY_SECTION = (None, "highlights", *MEASURES)
BY_SEGMENT = re.compile(r"\bby (?:business |operating |industry )?segments?\b", re.IGNORECASE)
PROJECT = re.compile(r"\b(?:project|property|complex)$", re.IGNORECASE)
OTHERS = frozenset(("other", "others", "all other", "corporate and other", "other operations", "corporate"))
BESIDE = 12  # rows that far apart are still of one list


@dataclass(slots=True)
class Over:
    """What the headings in force say of all rows below them; ``money`` is the currency that one scales by, if any.

    ``nearest`` are the headings from the innermost out.
    """

    headings: tuple[str, ...]
    nearest: tuple[str, ...]
    path: tuple[str, ...]
    statement: str
    money: str
    entity: Entity | None
    metal: str | None
    marks: tuple[str, ...]
    planned: bool


@dataclass(slots=True)
class Sense:
    """What all figures of a row have in common, unless their column says otherwise.

    ``money`` is the currency of figures that state no unit, empty where the row isn't about amounts.
    """

    over: Over
    money: str
    entity: Entity | None
    metal: str | None


def table_money(table: Table, told: str = "") -> str:
    """The currency of figures that state no unit, empty where the table isn't one of amounts; ``told`` is what the
    filing says that all its amounts are in."""
    signs = next((v.figure.currency for row in table.rows for v in row.values if v.figure.currency), "")
    named = table.scale.currency
    if named and named not in ("$", HOME):
        return named
    if signs and signs != HOME:
        return signs
    dollar = HOME if named == HOME else dollar_of(told)
    return dollar if signs or named else (told or HOME) if table.statement in FINANCIAL else ""


class Senses:
    """Tells what the rows of one table mean; what headings and the table say of many rows is read once."""

    def __init__(self, draft: Draft, table: Table, entities: Entities) -> None:
        self.table = table
        self.entities = entities
        self.told = draft.money
        self.money = table_money(table, self.told)
        self.dashed = any(DASHED.match(row.label) for row in table.rows)
        self.owner = table.owner or (Entity(draft.company, "company") if draft.company else None)
        self._over: dict[int, Over] = {}
        self._known = -1

    def over(self, path: tuple[Heading, ...]) -> Over:
        """What headings say, read once as long as no name is added."""
        if self._known != len(self.entities.known):
            self._over, self._known = {}, len(self.entities.known)
        found = self._over.get(id(path))
        if found is None:
            found = self._over[id(path)] = self._read(path)
        return found

    def _read(self, path: tuple[Heading, ...]) -> Over:
        table, headings = self.table, tuple([heading.text for heading in path])
        scales = (read_scale(heading) for heading in reversed(headings))
        return Over(
            headings,
            headings[::-1],
            headings or ((table.title,) if table.title and not table.told else ()),
            _statement(table, headings),
            next((self._named(scale.currency) for scale in scales if scale and scale.currency and scale.money > 1), ""),
            heading_entity(path, self.entities),
            _metal_over(headings, self.entities),
            tuple([mark for heading in path for mark in heading.marks]),
            any(map(is_planned, headings)),
        )

    def _named(self, currency: str) -> str:
        """The currency of a caption, a bare "$" being the filing's own."""
        return dollar_of(self.told) if currency == "$" else currency

    def of(self, at: int, row: Row) -> Sense:
        """What the row at an index means."""
        entity = self._entity(row)
        over = self.over(row.path)
        money = over.money or self.money
        if over.statement in MEASURES and not over.money:
            money = (self._named(self.table.scale.currency) or self.told or HOME) if says_money(row.label) else ""
        metal = metal_of(row.label, over.metal, entity, self.entities)
        if metal is None and self.dashed:
            metal = _metal_above(self.table, at, row)
        return Sense(over, money, entity, metal)

    def _entity(self, row: Row) -> Entity | None:
        """Whose figures a row has: its label's entity, else the nearest heading's, else the company."""
        label, entities = row.label, self.entities
        found = entities.of_label(label) if label else None
        if found is not None:
            return found
        if self.table.of_places and may_be_name(label) and not any(map(is_of_tables, label.split())):
            return entities.known.setdefault(key_of(label), Entity(label, "mine"))
        found = self.over(row.path).entity
        if found is not None:
            return found
        return self._listed(row) or self.owner

    def _listed(self, row: Row) -> Entity | None:
        """Whose figures a row of a list of segments or mines has that says no more than a name."""
        label = row.label
        segments = bool(row.path) and _by_segment(row.path[-1].text)
        if segments and label and label.lower().split()[0] not in WHOLES:
            return Entity(label.title() if label.isupper() else label, "segment")
        project = _is_project(label)
        beside = _beside(self.table, row, self.entities) if project or label.lower() in OTHERS else None
        if beside is None or project:
            return self.entities.of_heading(label) if beside == "mine" else None
        return Entity(label.title() if label.isupper() else label, "segment" if beside == "segment" else "other")


@remembered
def _by_segment(heading: str) -> bool:
    return BY_SEGMENT.search(heading) is not None


@remembered
def _is_project(label: str) -> bool:
    return PROJECT.search(label) is not None


@remembered
def says_money(label: str) -> bool:
    """Whether the words of a label are of amounts."""
    return MONEY_WORDS.search(label) is not None


def _statement(table: Table, headings: tuple[str, ...]) -> str:
    """The statement of a row: what the innermost heading names, else what the table's title does."""
    if table.statement in BY_SECTION:
        for heading in reversed(headings):
            found = section_statement(heading)
            if found:
                return found
    return table.statement or "other"


def _beside(table: Table, row: Row, entities: Entities) -> EntityKind | None:
    """The kind of the entities that other rows under the same headings name, None where they name none."""
    for other in table.rows:
        if other is not row and other.path[: len(row.path)] == row.path and abs(other.number - row.number) <= BESIDE:
            found = entities.of_label(other.label) if other.label else None
            if found is not None:
                return found.kind
    return None


def _metal_above(table: Table, at: int, row: Row) -> str | None:
    """The metal that a dash parts from the label above, where this one stands under what follows the dash.

    ``Silver - Ounces produced`` over ``Payable ounces sold``, which begins further in.
    """
    if not row.cells:
        return None
    start = row.cells[0].start
    for above in reversed(table.rows[:at]):
        if above.path != row.path or not above.cells or above.cells[0].start > start:
            return None
        if above.cells[0].start < start:
            dashed = DASHED.match(above.label)
            return lexicon().metal_of(dashed[1]) if dashed else None
    return None


def metal_of(label: str, over: str | None, entity: Entity | None, entities: Entities) -> str | None:
    """The metal that the label names (if it doesn't name the entity), else the one of the headings ``over`` it."""
    own = metals_in(label)
    if own and not (entity is not None and entities.of_label(label) is not None):
        return own[0] if len(own) == 1 else None
    return over


def _metal_over(headings: tuple[str, ...], entities: Entities) -> str | None:
    """The metal that the nearest heading names which is no entity's."""
    for heading in reversed(headings):
        if entities.of_heading(heading) is not None:
            return None
        found = metals_in(heading)
        if len(found) == 1:
            return found[0]
    return None
