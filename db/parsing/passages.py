"""Passages step: paragraphs, bullets, headings and notes, each under the heading it stands in, for full-text search."""

from __future__ import annotations

from db.model import Paragraph, Passage
from db.parsing.draft import Draft
from db.prose.phrases import any_of
from grammar.prose_words import prose_data

FORWARD = any_of(prose_data()["guidance"]["ahead"], hyphens=True)  # of text in lower case
LONGEST = 160


def passages(draft: Draft) -> None:
    """Fill ``draft.passages`` in the order of the filing; furniture is left out."""
    for blocks in draft.blocks.values():
        heading = ""
        for block in blocks:
            if not isinstance(block, Paragraph) or block.kind == "furniture" or not block.text:
                continue
            if block.kind == "heading" and len(block.text) <= LONGEST:
                heading = block.text.rstrip(":")
            kind = "heading" if block.kind == "caption" else block.kind
            under = heading if block.kind != "heading" else ""
            ahead = block.kind in ("paragraph", "bullet") and FORWARD.search(block.text.lower()) is not None
            draft.passages.append(Passage(block.text, block.pieces, kind, under, ahead))
