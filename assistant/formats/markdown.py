"""Markdown with footnotes (GitHub, Pandoc, Obsidian); a footnote's name depends on the cited place alone."""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.formats import Settings
from assistant.formats.citing import cited_in_words
from assistant.formats.memo import Memo, Row, memo
from assistant.formats.sources import Source

SPECIAL = re.compile(r"([\\`*_\[\]<>|~$#&^])")
LIST_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=:])")


def render(answer: Answer, settings: Settings) -> str:
    """Paragraph, table, quotations, notes and footnotes, as far as there are any."""
    pieces = memo(answer)
    blocks = [
        [escape(pieces.lead) + _mark(pieces.lead_source)] if pieces.lead else [],
        _table(pieces),
        *([f"> {escape(text)}{_mark(source)}"] for text, source in pieces.passages),
        [f"- {escape(text)}" for text in (*pieces.notes, *pieces.suggestions)],
        [f"[^{source.key}]: {escape(cited_in_words(source))}" for source in pieces.sources],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """The text with everything escaped that Markdown would read as markup, also at the start of a line."""
    escaped = SPECIAL.sub(r"\\\1", text)
    return LIST_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", escaped)


def _table(pieces: Memo) -> list[str]:
    if not pieces.rows:
        return []
    return ["| | Value | |", "| :-- | --: | :-- |", *(_row(row) for row in pieces.rows)]


def _row(row: Row) -> str:
    formula = f"= {row.formula}" if row.formula else ""
    remarks = ", ".join(text for text in (formula, *row.remarks) if text)
    return f"| {escape(row.label)} | {escape(row.value)}{_mark(row.source)} | {escape(remarks)} |"


def _mark(source: Source | None) -> str:
    return f"[^{source.key}]" if source else ""
