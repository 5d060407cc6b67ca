"""What can be copied of an answer, and what a conversation looks like in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, Citation
from assistant.tui.engine import Engine
from assistant.tui.layout import Entry
from assistant.tui.places import Place
from assistant.wording import say_value

WHAT = {
    "cited": "the answer with its citations",
    "value": "the value alone",
    "row": "the row",
    "lines": "the quoted lines",
    "question": "the question",
    "sql": "the query",
}
FORMAT_OF_SUFFIX = {
    ".md": "markdown",
    ".html": "html",
    ".tex": "latex",
    ".json": "json",
    ".jsonl": "json",
    ".csv": "csv",
    ".bib": "bibtex",
}


def text_to_copy(what: str, entry: Entry, place: Place | None, format: str, engine: Engine) -> str:
    """The text of that part of the entry; '' where it has none."""
    answer = entry.answer
    if what == "question":
        return entry.text
    if answer is None:
        return ""
    if what == "cited":
        return engine.render(answer, format)
    if what == "value":
        return "\n".join(say_value(value.value, value.unit, value.metal) for value in answer.values) or answer.verdict
    if what == "sql":
        return answer.sql
    return _of_source(what, answer, place, engine)


def _of_source(what: str, answer: Answer, place: Place | None, engine: Engine) -> str:
    """The cited row under its column headings, or the cited lines as they stand."""
    if place is None:
        return ""
    citation = place.citation
    lines = engine.lines(citation.sha256)
    wanted = list(range(citation.line, citation.line_end + 1))
    if what == "row":
        pins = engine.pins(citation)
        wanted = sorted({span[0] for span in (*pins.columns, *pins.headings, *pins.label)} | set(wanted))
    return "\n".join(_line(lines, number, citation) for number in wanted) + "\n"


def _line(lines: Sequence[str], number: int, citation: Citation) -> str:
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else citation.quote


def format_for(path: Path, names: Sequence[str]) -> str:
    """The format that a file's name asks for, plain text where it asks for none that there is."""
    format = FORMAT_OF_SUFFIX.get(path.suffix.lower(), "text")
    return format if format in names else "text"


def conversation_text(entries: Sequence[Entry], format: str, engine: Engine) -> str:
    """Every answered question of the conversation in the format, one after the other."""
    parts = []
    for entry in entries:
        if entry.answer is not None:
            rendered = engine.render(entry.answer, format)
            parts.append(rendered if format in ("json", "bibtex") else _headed(entry.text, rendered, format))
    return ("" if format == "json" else "\n").join(parts)


def _headed(question: str, rendered: str, format: str) -> str:
    """The answer under its question, marked as a heading in the way of the format."""
    head = {
        "markdown": f"## {question}\n\n",
        "html": f"<h2>{_escaped(question)}</h2>\n",
        "latex": "",
        "csv": "",
    }.get(format, f"> {question}\n\n")
    return head + rendered


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
