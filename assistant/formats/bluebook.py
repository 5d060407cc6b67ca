"""Notes after the Bluebook's way with company filings: title, form, exhibit, pinpoint, date in parentheses."""

from __future__ import annotations

from assistant.answer import Answer, Citation
from assistant.formats import Settings
from assistant.formats.citing import exhibit, fold, form
from assistant.formats.endnotes import quoted, with_endnotes
from assistant.formats.sources import Source
from assistant.wording import say_date


def render(answer: Answer, settings: Settings) -> str:
    """The memo with its notes."""
    return with_endnotes(answer, note)


def note(source: Source) -> str:
    """One citation, ending with a full stop."""
    citation = source.citation
    named = form(citation)
    title = fold(citation.title or citation.document) + (f" ({named})" if named else "")
    head = [fold(citation.company or ""), title, exhibit(citation).replace("Exhibit", "Ex.")]
    text = ", ".join(part for part in head if part) + f", {_pinpoint(citation)}"
    file = citation.document if citation.title else ""
    accession = f"Accession No. {citation.accession}" if citation.accession else ""
    filed = f"filed {say_date(citation.filed)}" if citation.filed else ""
    return text + "".join(f" ({part})" for part in (say_date(citation.released), filed, accession, file) if part) + "."


def _pinpoint(citation: Citation) -> str:
    named = [("tbl.", citation.table), ("row", citation.row), ("col.", citation.column)]
    places = " ".join(f"{word} {quoted(fold(text))}" for word, text in named if text)
    several = citation.line_end > citation.line
    lines = f"ll. {citation.line}–{citation.line_end}" if several else f"l. {citation.line}"
    return f"{places} {lines}".strip()
