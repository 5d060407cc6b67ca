"""The rows of a filing: its own record, its parts, notes and passages, and what the neighbouring rooms make of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from db.access import pack
from db.model import Cell, Filing
from db.readers.html import BEHIND_IMAGES
from db.rows import Record, Row, Rows
from db.rows.facts import fact_rows, iso, places_of
from db.rows.words import name_rows, vocabulary


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
        "released": iso(filing.released),
        "period_end": iso(filing.period_end),
        "form": filing.form,
        "filed": iso(filing.filed),
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


def note_rows(filing: Filing) -> list[Row]:
    """One row a footnote."""
    return [
        (note.table, note.mark, note.text, _first(note.pieces), _last(note.pieces), places_of(note.pieces))
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
            places_of(passage.pieces),
        )
        for passage in filing.passages
    ]


def _first(pieces: Sequence[Cell]) -> int:
    return min(piece.line for piece in pieces)


def _last(pieces: Sequence[Cell]) -> int:
    return max(piece.line for piece in pieces)
