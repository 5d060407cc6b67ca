"""BibTeX: an entry for each cited filing, its cited places in the note."""

from __future__ import annotations

import datetime as dt

from assistant.answer import Answer, Citation
from assistant.formats import Settings
from assistant.formats.citing import exhibit, fold, form, said_of_values
from assistant.formats.latex import escape
from assistant.formats.sources import Source, document_key, documents

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render(answer: Answer, settings: Settings) -> str:
    """The entries; a comment where nothing is cited."""
    said = said_of_values(answer)
    entries = [_entry(cited, said) for cited in documents(answer).values()]
    return "\n\n".join(entries or ["% nothing is cited"]) + "\n"


def _entry(cited: list[Source], said: dict[str, str]) -> str:
    citation = cited[0].citation
    fields = [(name, f"{{{text}}}") for name, text in _fields(citation) if text]
    fields += _month(citation)
    fields.append(("note", f"{{{_note(cited, said)}}}"))
    body = ",\n".join(f"  {name} = {text}" for name, text in fields)
    return f"@misc{{{document_key(citation)},\n{body}\n}}"


def _fields(citation: Citation) -> list[tuple[str, str]]:
    published = ", ".join(part for part in (exhibit(citation), form(citation)) if part)
    return [
        ("author", _kept(citation.company)),
        ("title", _kept(citation.title or citation.document)),
        ("howpublished", escape(published)),
        ("year", (citation.released or citation.filed or "")[:4]),
    ]


def _kept(text: str | None) -> str:
    """In further braces: the words of a company aren't a first and last name, a title keeps its capitals."""
    return f"{{{escape(fold(text))}}}" if text else ""


def _month(citation: Citation) -> list[tuple[str, str]]:
    try:
        day = dt.date.fromisoformat(citation.released or citation.filed or "")
    except ValueError:
        return []
    return [("month", f'{MONTHS[day.month - 1]} # "~{day.day}"')]


def _note(cited: list[Source], said: dict[str, str]) -> str:
    citation = cited[0].citation
    parts = [f"filed {citation.filed}" if citation.filed else ""]
    parts += [f"accession no. {citation.accession}" if citation.accession else "", f"file {citation.document}"]
    parts += [said[source.key] for source in cited]
    return escape("; ".join(part for part in parts if part))
