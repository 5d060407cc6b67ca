"""What a row, or a column headed by more than time, means: whose figures, of which metal, in which statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from db.model import EntityKind
from db.parsing.draft import Column, Draft, Heading, Row, Table
from db.parsing.entities import NOT_A_NAME, Entities, Entity, basis_in, is_metal, key_of, metals_in, title_case
from db.parsing.labels import is_of_tables, take_marks
from db.parsing.measures import FINANCIAL, column_unit, unit_in
from db.parsing.periods import BASIS
from db.parsing.planned import is_planned
from db.parsing.scales import read_scale
from db.parsing.statements import section_statement
from grammar.dates import read_time
from grammar.labels import metric_of
from grammar.lexicon import lexicon

MONEY_WORDS = re.compile(
    r"\b(?:costs?|prices?|revenues?|sales|expend\w+|additions|expenses?|capital|income|profit|earnings|debt)\b",
    re.IGNORECASE,
)
COST_OF = re.compile(
    r"\bcosts?\b.*\bof (?P<metal>[a-z]+) (?:produced|sold)\b|\bcosts? (?:per|an?) (?:ounce"
    r"|pound|ton) of (?P<per>[a-z]+)\b"
    r"|\bdivided by (?P<by>[a-z]+) (?:ounces|pounds|tons)",
    re.IGNORECASE,
)
DASHED = re.compile(r"([A-Za-z]+)\s+[-\u2013\u2014]\s")
DATA_OF = re.compile(
    r"(?P<name>[^\W\d][\w'’/.-]*(?: [^\W\d][\w'’/.-]*){0,3}?)(?: mines?| unit)?\s*[-\u2013\u2014:,]*\s*"
    r"(?:operating|operational|production|mine|mining)\s+(?:results|data|statistics|summary|highlights)$",
    re.IGNORECASE,
)
MEASURES = ("production_summary", "production_data", "metal_prices")
BY_SECTION = (None, "highlights", *MEASURES)
BY_MINE = ("production_summary", "production_data", "reconciliation", "capital_additions")
_OF_TIME = (
    "first second third fourth three six nine twelve quarter quarters month months year years ended ending to date"
)
OF_TIME = frozenset(_OF_TIME.split())  # a heading of these alone is no mine's
BY_SEGMENT = re.compile(r"\bby (?:business |operating |industry )?segments?\b", re.IGNORECASE)
PROJECT = re.compile(r"\b(?:project|property|complex)$", re.IGNORECASE)
OTHERS = frozenset(("other", "others", "all other", "corporate and other", "other operations", "corporate"))
WHOLES = frozenset(("total", "totals", "consolidated", "combined", "company", "total company", "consolidated total"))
TOTALS = WHOLES | {"other", "others"}
OF_ORE = frozenset(("oz", "ton", "tonne", "oz/ton", "g/t", "USD/oz", "USD/ton", "USD/tonne", "USD/lb"))
BESIDE = 12  # rows that far apart are still of one list


@dataclass(slots=True)
class Over:
    """What the headings in force say of all rows below them; ``money`` is the currency that one scales by, if any."""

    headings: tuple[str, ...]
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


def learn_metals(draft: Draft, entities: Entities) -> None:
    """What each mine is costed by: the metal in ``average cost of silver produced`` or ``divided by silver ounces``."""
    for table in draft.tables:
        for path, rows in groupby(table.rows, attrgetter("path")):
            entity = heading_entity(path, entities)
            if entity is None or entity.kind != "mine":
                continue
            over = next(filter(None, [_costed_by(heading.text) for heading in reversed(path)]), None)
            for row in rows:
                metal = _costed_by(row.label) or over
                if metal:
                    entities.metals[entity.name] = metal


@lru_cache(maxsize=4096)
def _costed_by(text: str) -> str | None:
    """The metal whose cost a label or heading says it is."""
    match = COST_OF.search(text)
    return lexicon().metal_of((match["metal"] or match["per"] or match["by"]).lower()) if match else None


def learn_headings(draft: Draft, table: Table, entities: Entities) -> None:
    """Mines by headings that are a bare name, over rows of ore or metal, where the text speaks of it too."""
    of_reserves = table.statement == "reserves"
    rows = [row for row in table.rows if row.path and (of_reserves or unit_in(row.label) in OF_ORE)]
    for heading in dict.fromkeys(row.path[-1].text for row in rows):
        name = title_case(heading) if heading.isupper() else heading
        listed = of_reserves and _may_be_name(name) and not any(map(is_of_tables, name.split()))
        if key_of(name) not in entities.known and (listed or _is_spoken_of(draft, name)):
            entities.known[key_of(name)] = Entity(name, "mine")


def _is_spoken_of(draft: Draft, name: str) -> bool:
    """Whether words that may be a name are used as one in running text, or begin the company's name."""
    tokens = name.replace("/", " ").split()
    used = (is_of_tables(token) for token in tokens if not is_metal(token))
    if not tokens or not _may_be_name(" ".join(tokens)) or any(used):
        return False
    said = (paragraph.text for paragraph in draft.paragraphs() if paragraph.kind == "paragraph")
    return (draft.company or "").startswith(f"{name} ") or any(name in text for text in said)


def heading_entity(path: tuple[Heading, ...], entities: Entities) -> Entity | None:
    """The entity of the nearest of a row's headings that names one."""
    for heading in reversed(path):
        found = entities.of_heading(heading.text)
        if found is not None:
            return found
    return None


def head_columns(draft: Draft, table: Table, entities: Entities) -> None:
    """Give columns that are headed by a mine, a segment or a metal what they are headed by."""
    if table.statement == "segment":
        _head_segments(table, entities)
    named = [" ".join(take_marks(part)[0] for part in column.parts if not read_time(part)) for column in table.columns]
    names = [words for words in named if _may_be_name(words)]
    by_mine = len(names) > 1 and (table.statement in BY_MINE or _only_mines(draft, table, named, names))
    for column, words in zip(table.columns, named, strict=True):
        if words and column.nature != "change" and not column.entity:
            _head_column(column, words, entities, by_mine=by_mine)


def _head_segments(table: Table, entities: Entities) -> None:
    """Give the columns of a table of segments what they are headed by, unless those are measures."""
    headed = [
        (column, take_marks(words)[0])
        for column in table.columns
        if (words := " ".join(part for part in column.parts if not read_time(part)))
    ]
    segments = [(column, words) for column, words in headed if words.lower() not in WHOLES]
    names = {words for _, words in segments}
    odd = any(unit_in(words) or BASIS.search(words) or not words[0].isupper() for words in names)
    measures = sum(metric_of(words, (), "", None, "USD") is not None for words in names)
    if odd or len(names) < 2 or 2 * measures > len(names):
        return
    for column, words in segments:
        column.entity, column.entity_kind = title_case(words) if words.isupper() else words, "segment"
        entities.segments.setdefault(key_of(words), column.entity)


def _head_column(column: Column, words: str, entities: Entities, *, by_mine: bool) -> None:
    entity = entities.of_label(words)
    if entity is None and by_mine and _may_be_name(words):
        entity = Entity(title_case(words) if words.isupper() else words, "mine", basis_in(words))
        entities.known.setdefault(key_of(entity.name), entity)
    if entity is not None:
        column.entity, column.entity_kind = entity.name, entity.kind
        column.basis = column.basis or entity.basis
        return
    metals = metals_in(words)
    if len(metals) == 1:
        column.metal = metals[0]


def _only_mines(draft: Draft, table: Table, named: list[str], names: list[str]) -> bool:
    """Whether a table that names no statement has mines over its columns: names and totals alone, over ore or metal.

    A total stands beside them, or the text speaks of one: other headings of columns may look like names.
    """
    others = [words for words in named if words and words not in names]
    if table.statement not in (None, "highlights") or any(words.lower() not in TOTALS for words in others):
        return False
    if any(is_of_tables(token) for words in names for token in words.split() if not is_metal(token)):
        return False
    if not others and not any(_is_spoken_of(draft, title_case(words) if words.isupper() else words) for words in names):
        return False
    return any(metals_in(row.label) or unit_in(row.label) in OF_ORE for row in table.rows)


def _may_be_name(words: str) -> bool:
    """Whether a column's heading may be the name of a mine that no text names: capitals, no word that tables use."""
    tokens = words.split()
    plain = (
        bool(tokens)
        and len(tokens) <= 4
        and all(token[0].isupper() and token.replace("-", "").isalpha() for token in tokens)
    )
    plain = plain and not all(token.lower() in OF_TIME for token in tokens)
    used = any(token.lower() in NOT_A_NAME for token in tokens) or _measures_metal(tokens)
    used = used or all(is_of_tables(token.strip("-")) for token in tokens)
    return plain and not used and not BASIS.search(words)


def _measures_metal(tokens: list[str]) -> bool:
    """Whether words have a metal and are no name: "Silver Basin" may be one, "Silver Grade" and "Gold" are none."""
    others = [token for token in tokens if not is_metal(token)]
    return len(others) < len(tokens) and (len(others) != 1 or tokens[-1] != others[0] or is_of_tables(others[0]))


def table_money(table: Table) -> str:
    """The currency of figures that state no unit, empty where the table isn't one of amounts."""
    signs = next((v.figure.currency for row in table.rows for v in row.values if v.figure.currency), "")
    named = table.scale.currency
    currency = named if named and named != "USD" else signs or named
    return currency or ("USD" if table.statement in FINANCIAL else "")


class Senses:
    """Tells what the rows of one table mean; what headings and the table say of many rows is read once."""

    def __init__(self, draft: Draft, table: Table, entities: Entities) -> None:
        self.table = table
        self.entities = entities
        self.money = table_money(table)
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
            headings or ((table.title,) if table.title and not table.told else ()),
            _statement(table, headings),
            next((scale.currency for scale in scales if scale and scale.currency and scale.money > 1), ""),
            heading_entity(path, self.entities),
            _metal_over(headings, self.entities),
            tuple([mark for heading in path for mark in heading.marks]),
            any(map(is_planned, headings)),
        )

    def of(self, at: int, row: Row) -> Sense:
        """What the row at an index means."""
        entity = self._entity(row)
        over = self.over(row.path)
        money = over.money or self.money
        if over.statement in MEASURES and not over.money:
            money = (self.table.scale.currency or "USD") if says_money(row.label) else ""
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
        if self.table.of_places and _may_be_name(label) and not any(map(is_of_tables, label.split())):
            return entities.known.setdefault(key_of(label), Entity(label, "mine"))
        found = self.over(row.path).entity
        if found is not None:
            return found
        return self._listed(row) or self.owner

    def _listed(self, row: Row) -> Entity | None:
        """Whose figures a row of a list of segments or mines has that says no more than a name."""
        label = row.label
        if row.path and BY_SEGMENT.search(row.path[-1].text) and label and label.lower().split()[0] not in WHOLES:
            return Entity(label.title() if label.isupper() else label, "segment")
        project = PROJECT.search(label) is not None
        beside = _beside(self.table, row, self.entities) if project or label.lower() in OTHERS else None
        if beside is None or project:
            return self.entities.of_heading(label) if beside == "mine" else None
        return Entity(label.title() if label.isupper() else label, "segment" if beside == "segment" else "other")


@lru_cache(maxsize=8192)
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


def titled(draft: Draft, table: Table, entities: Entities) -> Entity | None:
    """The mine that the table's title names: alone, or before ``operating results`` where the text speaks of it too."""
    if table.statement not in (None, "segment", *MEASURES):
        return None
    segment = next(filter(None, (entities.segments.get(key_of(text)) for text in _over(table))), "")
    if segment or table.statement == "segment":
        return Entity(segment, "segment") if segment else None
    named = (entities.of_heading(text) for text in _over(table) if text)
    mine = next((found for found in named if found is not None and found.kind == "mine"), None)
    if mine is not None:
        return mine
    match = DATA_OF.match(table.title)
    name = title_case(match["name"]) if match and match["name"].isupper() else match["name"] if match else ""
    key = key_of(name)
    if name and key in entities.known:
        return entities.known[key]
    if not _is_spoken_of(draft, name):
        return None
    return entities.known.setdefault(key, Entity(name, "mine"))


def _over(table: Table) -> list[str]:
    """The title of a table and its captions, the nearest first."""
    return [table.title, *(caption.text for caption in reversed(table.captions))]


def has_places(table: Table) -> bool:
    """Whether columns are of one unit or of unlike measures or metals, as in a table of reserves: rows are places."""
    columns = [column for column in table.columns if column.nature != "change"]
    return bool(table.unit) or len({(column.metal, column_unit(column.parts)) for column in columns} - {(None, "")}) > 1


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
