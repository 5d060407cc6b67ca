"""What headings, titles and columns name: mines, segments and metals that no list gives, learned before the rows."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from db.parsing.draft import Column, Draft, Heading, Table
from db.parsing.entities import (
    Entities,
    Entity,
    bare_name,
    basis_in,
    ends_no_name,
    is_metal,
    key_of,
    metals_in,
    title_case,
)
from db.parsing.labels import is_of_tables, take_marks
from db.parsing.periods import BASIS
from db.parsing.units_said import column_unit, unit_in
from grammar.dates import read_time
from grammar.labels import metric_of
from grammar.lexicon import lexicon

MEASURES = ("production_summary", "production_data", "metal_prices")
WHOLES = frozenset(("total", "totals", "consolidated", "combined", "company", "total company", "consolidated total"))
COST_OF = re.compile(
    r"\bcosts?\b.*\bof (?P<metal>[a-z]+) (?:produced|sold)\b|\bcosts? (?:per|an?) (?:ounce"
    r"|pound|ton) of (?P<per>[a-z]+)\b"
    r"|\bdivided by (?P<by>[a-z]+) (?:ounces|pounds|tons)",
    re.IGNORECASE,
)
DATA_OF = re.compile(
    r"(?P<name>[^\W\d][\w'’/.-]*(?: [^\W\d][\w'’/.-]*){0,3}?)(?: mines?| unit)?\s*[-\u2013\u2014:,]*\s*"
    r"(?:operating|operational|production|mine|mining)\s+(?:results|data|statistics|summary|highlights)$",
    re.IGNORECASE,
)
BY_MINE = ("production_summary", "production_data", "reconciliation", "capital_additions")
_OF_TIME = (
    "first second third fourth three six nine twelve quarter quarters month months year years ended ending to date"
)
OF_TIME = frozenset(_OF_TIME.split())  # a heading of these alone is no mine's
OF_MINES = re.compile(r"(?:mines?|mine sites?|operations?|propert(?:y|ies))(?:\s*(?:/|and|or)\s*\w+)?", re.IGNORECASE)
PARTED = re.compile(
    r"\s+[-\u2013\u2014]\s+|:\s+|\s+(?:at|for)\s+(?:the\s+)?", re.IGNORECASE
)  # a title from whose it is
TOTALS = WHOLES | {"other", "others"}
OF_ORE = frozenset(("oz", "ton", "tonne", "oz/ton", "g/t", "USD/oz", "USD/ton", "USD/tonne", "USD/lb"))


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
    """Mines by headings that are a bare name, over rows of ore or metal, where the text speaks of it too.

    In a table of reserves, below a heading ``Mine`` and before a share of it in brackets the name is enough.
    """
    of_reserves, of_mines = table.statement == "reserves", _labels_mines(table)
    rows = [row for row in table.rows if row.path and (of_reserves or unit_in(row.measured) in OF_ORE)]
    for heading in dict.fromkeys(row.path[-1].text for row in rows):
        bare = bare_name(heading) if basis_in(heading) else heading
        name = title_case(bare) if bare.isupper() else bare
        listed = (of_reserves or bare != heading) and _is_new_name(name)
        listed = listed or (of_mines and may_be_name(name)) or key_of(name) in entities.segments
        if key_of(name) not in entities.known and (listed or _is_spoken_of(draft, name)):
            entities.known[key_of(name)] = Entity(name, "mine")
    if of_mines:
        for name in dict.fromkeys(bare_name(row.label) for row in table.rows):
            if may_be_name(name) and name.lower() not in TOTALS:
                entities.known.setdefault(key_of(name), Entity(name, "mine"))


def _labels_mines(table: Table) -> bool:
    """Whether the labels of a table are headed as names of mines."""
    return any(OF_MINES.fullmatch(row.cells[0].text) for row in table.header if row.cells and not row.rule)


def _is_new_name(name: str) -> bool:
    """Whether words may be a name that no text gives: none of them is one of those that tables use."""
    return may_be_name(name) and not any(map(is_of_tables, name.split()))


def _is_spoken_of(draft: Draft, name: str) -> bool:
    """Whether words that may be a name are used as one in running text, or begin the company's name."""
    tokens = name.replace("/", " ").split()
    used = (is_of_tables(token) for token in tokens if not is_metal(token))
    if not tokens or not may_be_name(" ".join(tokens)) or any(used):
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
    named = [_words_over(column) for column in table.columns]
    names = [words for words in named if may_be_name(words)]
    by_mine = len(names) > 1 and (table.statement in BY_MINE or _only_mines(draft, table, named, names))
    for column, words in zip(table.columns, named, strict=True):
        if words and column.nature != "change" and not column.entity:
            _head_column(column, words, entities, by_mine=by_mine)


def _words_over(column: Column) -> str:
    """What heads a column, without times and without what only says that mines are named below it."""
    parts = [take_marks(part)[0] for part in column.parts if not read_time(part)]
    return " ".join([part for part in parts[:-1] if not OF_MINES.fullmatch(part)] + parts[-1:])


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
    if entity is None and by_mine and may_be_name(words):
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


def may_be_name(words: str) -> bool:
    """Whether a column's heading may be the name of a mine that no text names: capitals, no word that tables use."""
    tokens = words.split()
    plain = (
        bool(tokens)
        and len(tokens) <= 4
        and all(token[0].isupper() and token.replace("-", "").isalpha() for token in tokens)
    )
    plain = plain and not all(token.lower() in OF_TIME for token in tokens)
    used = any(ends_no_name(token.lower()) for token in tokens) or _measures_metal(tokens)
    used = used or all(is_of_tables(token.strip("-")) for token in tokens)
    return plain and not used and not BASIS.search(words)


def _measures_metal(tokens: list[str]) -> bool:
    """Whether words have a metal and are no name: "Silver Basin" may be one, "Silver Grade" and "Gold" are none."""
    others = [token for token in tokens if not is_metal(token)]
    return len(others) < len(tokens) and (len(others) != 1 or tokens[-1] != others[0] or is_of_tables(others[0]))


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
    part = next(filter(None, map(entities.of_label, PARTED.split(table.title)[1:])), None)
    if part is not None and part.kind == "mine":
        return part
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
