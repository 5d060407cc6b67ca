"""Notes after the Chicago Manual's way with unpublished reports: company, title in quotes, description, date, place."""

from __future__ import annotations

import datetime as dt

from assistant.answer import Answer, Citation
from assistant.formats import Settings
from assistant.formats.citing import exhibit, fold, form, lines_of
from assistant.formats.endnotes import quoted, with_endnotes
from assistant.formats.sources import Source


def render(answer: Answer, settings: Settings) -> str:
    """The memo with its notes."""
    return with_endnotes(answer, note)


def note(source: Source) -> str:
    """One citation, ending with a full stop."""
    citation = source.citation
    company = f"{fold(citation.company)}," if citation.company else ""
    title = quoted(fold(citation.title)) if citation.title else ""
    filed = f"filed {_day(citation.filed)}" if citation.filed else ""
    accession = f"accession no. {citation.accession}" if citation.accession else ""
    described = [_described(citation), _day(citation.released), filed, accession, citation.document]
    document = " ".join(f"{part}," for part in described if part)
    return " ".join(part for part in (company, title, document, _place(citation)) if part) + "."


def _described(citation: Citation) -> str:
    return " to ".join(part for part in (exhibit(citation).lower(), form(citation)) if part)


def _place(citation: Citation) -> str:
    named = [("table", citation.table), ("row", citation.row), ("column", citation.column)]
    return " ".join([*(f"{word} {quoted(fold(text))}" for word, text in named if text), lines_of(citation)])


def _day(iso: str | None) -> str:
    """``May 2, 2007``: Chicago writes months out."""
    try:
        day = dt.date.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    return f"{day:%B} {day.day}, {day.year}"
