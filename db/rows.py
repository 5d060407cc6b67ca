"""What a filing becomes in the store: one record (column to value) a row, as ``schema.sql`` lays the tables out.

JSON columns are written here by hand where they hold nothing but integers: a release has some 400 facts with three
lists each, and ``json.dumps`` for all of them costs more than the inserts do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import lru_cache

from db.access import pack
from db.model import Cell, Fact, Filing
from grammar.labels import label_key
from grammar.lexicon import lexicon
from grammar.periods import Period
from grammar.tokens import stem

Column = str | int | float | bytes | None
Record = dict[str, Column]
Word = tuple[str, str, str, str]  # kind, key, shown, detail

ORDINARY = 50  # the preference of a fact whose statement its metric doesn't name
SAID_IN_TEXT = 70  # running text rounds: a table that prints the same fact is cited first


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


def part_rows(filing: Filing, filing_id: int) -> list[Record]:
    """One record a document of the file."""
    return [
        {
            "filing_id": filing_id,
            "number": part.number,
            "type": part.type,
            "description": part.description,
            "format": part.format,
            "line_start": part.line_start,
            "line_end": part.line_end,
        }
        for part in filing.parts
    ]


def fact_rows(filing: Filing, filing_id: int) -> list[Record]:
    """One record a fact, in the order of the filing."""
    return [_fact_row(fact, filing_id) for fact in filing.facts]


def _fact_row(fact: Fact, filing_id: int) -> Record:
    return {
        "filing_id": filing_id,
        "line": fact.cell.line,
        "column_start": fact.cell.start,
        "column_end": fact.cell.end,
        "as_printed": fact.cell.text,
        "value": float(fact.value),
        "unit": fact.unit,
        "scale": fact.scale,
        "nil": int(fact.nil),
        "source": fact.source,
        "nature": fact.nature,
        "statement": fact.statement,
        "table_number": fact.table,
        "table_title": fact.table_title,
        "row_number": fact.row,
        "column_number": fact.column_number,
        "heading_path": _strings(fact.heading_path),
        "label": fact.label,
        "label_key": _key(fact.label),
        "column_heading": fact.column,
        "metric": fact.metric,
        "metal": fact.metal,
        "entity": fact.entity,
        "entity_kind": fact.entity_kind,
        "basis": fact.basis,
        **_period_columns(fact.period),
        "qualifier": fact.qualifier,
        "notes": _strings(fact.notes),
        "places": _fact_places(fact),
        "sentence": fact.sentence,
        "preference": preference(fact),
    }


def preference(fact: Fact) -> int:
    """How early a fact is cited among those that say the same: the order of statements of its metric, then the rest."""
    if fact.source == "text":
        return SAID_IN_TEXT
    metric = lexicon().metrics.get(fact.metric) if fact.metric else None
    if metric is None or fact.statement not in metric.statements:
        return ORDINARY
    return metric.statements.index(fact.statement)


def note_rows(filing: Filing, filing_id: int) -> list[Record]:
    """One record a footnote."""
    return [
        {
            "filing_id": filing_id,
            "table_number": note.table,
            "mark": note.mark,
            "text": note.text,
            "line_start": _first(note.pieces),
            "line_end": _last(note.pieces),
            "places": _places(note.pieces),
        }
        for note in filing.notes
    ]


def passage_rows(filing: Filing, filing_id: int) -> list[Record]:
    """One record a passage of running text."""
    return [
        {
            "filing_id": filing_id,
            "kind": passage.kind,
            "heading": passage.heading,
            "text": passage.text,
            "forward_looking": int(passage.forward_looking),
            "line_start": _first(passage.pieces),
            "line_end": _last(passage.pieces),
            "places": _places(passage.pieces),
        }
        for passage in filing.passages
    ]


def name_rows(filing: Filing, filing_id: int) -> list[Record]:
    """What the filing calls its entities."""
    return [
        {
            "filing_id": filing_id,
            "said": said,
            "entity": entity,
            "entity_kind": kind,
            "company": filing.company,
            "relation": relation,
            "line": line,
        }
        for said, entity, kind, relation, line in _names(filing)
    ]


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
        words.update(("word", stem(word), key, "") for word in key.split())
    words.update(
        ("heading", _key(heading), heading, "") for heading in {h for fact in facts for h in fact.heading_path}
    )
    words.update(("metric", fact.metric, fact.metric, fact.metal or "") for fact in facts if fact.metric)
    for period in {fact.period for fact in facts if fact.period}:
        words.add(("period", period.end.isoformat(), period.label, period.kind))
    return words


@lru_cache(maxsize=1024)
def _period_columns(period: Period | None) -> Record:
    if period is None:
        return {"period_start": None, "period_end": None, "period_kind": None, "period": None}
    return {
        "period_start": _iso(period.start),
        "period_end": _iso(period.end),
        "period_kind": period.kind,
        "period": period.label,
    }


@lru_cache(maxsize=4096)
def _key(label: str) -> str:
    return label_key(label)


@lru_cache(maxsize=4096)
def _strings(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


def _fact_places(fact: Fact) -> str:
    groups = {"label": fact.label_cells, "header": fact.header_cells, "sentence": fact.sentence_cells}
    return "{" + ", ".join(f'"{name}": {_places(cells)}' for name, cells in groups.items() if cells) + "}"


@lru_cache(maxsize=4096)
def _places(cells: tuple[Cell, ...]) -> str:
    """``[[line, start, end], ...]``."""
    return "[" + ", ".join(f"[{cell.line}, {cell.start}, {cell.end}]" for cell in cells) + "]"


def _first(pieces: Sequence[Cell]) -> int:
    return min(piece.line for piece in pieces)


def _last(pieces: Sequence[Cell]) -> int:
    return max(piece.line for piece in pieces)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
