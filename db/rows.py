"""What a filing becomes in the store: its rows as ``schema.sql`` lays the tables out, made where it is parsed.

Rows are a third of a Filing's size and need no code to come out of another process.

JSON columns are written here by hand where they hold nothing but integers: a release has some 400 facts with three
lists each, and ``json.dumps`` for all of them costs more than the inserts do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypedDict

from db.access import pack
from db.model import Cell, Fact, Filing
from db.readers.html import BEHIND_IMAGES
from grammar.chunks import remembered
from grammar.labels import label_key
from grammar.lexicon import lexicon
from grammar.periods import Period
from grammar.prose_words import words as listed_words
from grammar.tokens import stem

Column = str | int | float | bytes | None
Record = dict[str, Column]
Row = tuple[Column, ...]
Word = tuple[str, str, str, str]  # kind, key, shown, detail
PeriodColumns = tuple[str | None, str | None, str | None, str | None]

ORDINARY = 50  # the preference of a fact whose statement its metric doesn't name
SUPERSEDED = 20  # added for what a column beside it restates
SAID_IN_TEXT = 70  # running text rounds: a table that prints the same fact is cited first


# The columns of each table's rows; all but the filing's id, which comes first and is given when they are written.
COLUMNS = {
    "parts": "number, type, description, format, line_start, line_end",
    "facts": "line, column_start, column_end, as_printed, value, unit, scale, nil, source, nature, statement,"
    " table_number, table_title, row_number, column_number, heading_path, label, label_key, column_heading, metric,"
    " metal, entity, entity_kind, basis, period_start, period_end, period_kind, period, qualifier, notes, places,"
    " sentence, preference",
    "notes": "table_number, mark, text, line_start, line_end, places",
    "passages": "kind, heading, text, forward_looking, line_start, line_end, places",
    "names": "said, entity, entity_kind, company, relation, line",
}


class Kept(TypedDict):
    """One row of ``findings``."""

    fact_id: int
    number: int
    printed: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a filing gave: the rows to keep, how many relations fail, why it could not be checked."""

    records: tuple[Kept, ...] = ()
    failing: int = 0
    problem: str = ""


@dataclass(slots=True)
class Rows:
    """All that a filing becomes: its own record, the rows of each table of COLUMNS, the words that it adds, sorted.

    ``checked`` is what its own figures show, if it is known yet; its facts go by their number, from 0, in this filing.
    """

    sha256: str
    document: str
    filing: Record
    tables: dict[str, list[Row]]
    words: list[Word]
    remark: str = ""  # why there are no facts, where that is known
    checked: Checked | None = None


def rows_of(filing: Filing) -> Rows:
    """The rows of a filing."""
    tables = {
        "parts": part_rows(filing),
        "facts": fact_rows(filing),
        "notes": note_rows(filing),
        "passages": passage_rows(filing),
        "names": name_rows(filing),
    }
    words = sorted(vocabulary(filing))
    return Rows(filing.sha256, filing.document, filing_row(filing), tables, words, _remark(filing))


def _remark(filing: Filing) -> str:
    """What to say of a filing without facts whose pages are images, empty for others."""
    if filing.facts or not any(BEHIND_IMAGES in line for line in filing.log):
        return ""
    return "its pages are images, and the words behind them are not read: give the exhibit that has the tables as text"


def filing_row(filing: Filing) -> Record:
    """The filing's own record, its text compressed."""
    return {
        "document": filing.document,
        "path": filing.path,
        "sha256": filing.sha256,
        "format": filing.format,
        "company": filing.company,
        "ticker": filing.ticker,
        "title": filing.title,
        "exhibit": filing.exhibit,
        "released": _iso(filing.released),
        "period_end": _iso(filing.period_end),
        "form": filing.form,
        "filed": _iso(filing.filed),
        "accession": filing.accession,
        "cik": filing.cik,
        "fiscal_year_end": filing.fiscal_year_end,
        "text": pack(filing.text),
        "lines": filing.text.count("\n") + 1,
        "log": json.dumps(filing.log, ensure_ascii=False),
    }


def part_rows(filing: Filing) -> list[Row]:
    """One row a document of the file."""
    return [
        (part.number, part.type, part.description, part.format, part.line_start, part.line_end) for part in filing.parts
    ]


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
    return {id(period): _period_columns(period) for period in _told_apart(filing).values()}


def _told_apart(filing: Filing) -> dict[int, Period | None]:
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
        _key(fact.label),
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


def note_rows(filing: Filing) -> list[Row]:
    """One row a footnote."""
    return [
        (note.table, note.mark, note.text, _first(note.pieces), _last(note.pieces), _json(note.pieces))
        for note in filing.notes
    ]


def passage_rows(filing: Filing) -> list[Row]:
    """One row a passage of running text."""
    return [
        (
            passage.kind,
            passage.heading,
            passage.text,
            int(passage.forward_looking),
            _first(passage.pieces),
            _last(passage.pieces),
            _json(passage.pieces),
        )
        for passage in filing.passages
    ]


def name_rows(filing: Filing) -> list[Row]:
    """What the filing calls its entities."""
    company = filing.company
    return [(said, entity, kind, company, relation, line) for said, entity, kind, relation, line in _names(filing)]


def _names(filing: Filing) -> list[tuple[str, str, str, str, int | None]]:
    """(said, entity, kind, relation, line): the names it gives, and each entity of its facts as a name of its own."""
    said = [
        (name.said.lower(), name.entity, name.entity_kind, name.relation, name.cell.line if name.cell else None)
        for name in filing.names
    ]
    own = {(fact.entity, fact.entity_kind or "other") for fact in filing.facts if fact.entity}
    return [*said, *((entity.lower(), entity, kind, "name", None) for entity, kind in sorted(own))]


def vocabulary(filing: Filing) -> set[Word]:
    """What questions may name because of this filing."""
    facts = filing.facts
    company = filing.company or ""
    words: set[Word] = {
        ("name", said, entity, f"{kind}|{company}|{relation}") for said, entity, kind, relation, _ in _names(filing)
    }
    if company:
        words.add(("company", company.lower(), company, filing.ticker or ""))
    for key in {_key(fact.label) for fact in facts}:
        words.update(_words_of(key))
    headings = {heading for path in {fact.heading_path for fact in facts} for heading in path}
    words.update(("heading", _key(heading), heading, "") for heading in headings)
    measured = {(fact.metric, fact.metal or "") for fact in facts}
    words.update(("metric", metric, metric, metal) for metric, metal in measured if metric)
    costs = lexicon().per_ounce
    mines = {(f.metal, f.entity) for f in facts if f.metric in costs and f.entity_kind == "mine" and f.metal}
    words.update(("miner", metal, mine or "", company) for metal, mine in mines)
    for period in filter(None, _told_apart(filing).values()):
        words.add(("period", period.end.isoformat(), period.label, period.kind))
    return words


@lru_cache(maxsize=8192)
def _words_of(key: str) -> tuple[Word, ...]:
    """The stems by which a label is found; none where all are of time: "this year" names no measure."""
    stems = {stem(word) for word in key.split()}
    return () if stems <= _of_time() else tuple([("word", each, key, "") for each in stems])


@cache
def _of_time() -> frozenset[str]:
    return frozenset(stem(word) for word in listed_words("passages", "dates"))


def _period_columns(period: Period | None) -> PeriodColumns:
    """First day, last day, kind, name."""
    if period is None:
        return None, None, None, None
    return _iso(period.start), _iso(period.end), period.kind, period.label


_key = remembered(label_key)


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
            written = self._written[id(cells)] = _json(cells)
        return written


def _json(cells: tuple[Cell, ...]) -> str:
    """``[[line, start, end], ...]``."""
    return "[" + ", ".join([f"[{cell.line}, {cell.start}, {cell.end}]" for cell in cells]) + "]"


def _first(pieces: Sequence[Cell]) -> int:
    return min(piece.line for piece in pieces)


def _last(pieces: Sequence[Cell]) -> int:
    return max(piece.line for piece in pieces)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
