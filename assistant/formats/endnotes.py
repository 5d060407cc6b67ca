"""A memo in plain text with numbered notes below it: what the Bluebook-like and the Chicago-like style share."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answer import Answer
from assistant.formats.memo import Row, memo
from assistant.formats.sources import Source


def with_endnotes(answer: Answer, note: Callable[[Source], str]) -> str:
    """The sentence or the values with note numbers in brackets, what has to be said with them, and the notes."""
    pieces = memo(answer)
    blocks = [
        [pieces.lead + _mark(pieces.lead_source)] if pieces.lead else [],
        [_row(row) for row in pieces.rows],
        *([f"“{text}”{_mark(source)}"] for text, source in pieces.passages),
        list(pieces.notes + pieces.suggestions),
        [f"{source.number}. {note(source)}" for source in pieces.sources],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def quoted(text: str, comma: bool = True) -> str:
    """In quotation marks, a comma that follows set inside them as American usage has it."""
    return f"“{text},”" if comma else f"“{text}”"


def _row(row: Row) -> str:
    formula = [f"= {row.formula}"] if row.formula else []
    return f"{'   ' * row.depth}{row.label}: {', '.join([row.value, *formula, *row.remarks])}{_mark(row.source)}"


def _mark(source: Source | None) -> str:
    return f" [{source.number}]" if source else ""
