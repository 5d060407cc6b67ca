"""HTML documents to blocks whose every piece keeps its place in the source file."""

from __future__ import annotations

import re

from db.model import Block

OPENS_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
HTML_TAG = re.compile(r"</(?:td|p|div|font|span|b|center|tr)>|<br\s*/?>|<(?:td|tr|p|div|font)[\s>]", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a document is HTML: it opens as such, or is full of its tags (EDGAR's ASCII has only TABLE, S and C)."""
    return OPENS_HTML.search(text, 0, 8192) is not None or len(HTML_TAG.findall(text, 0, 65536)) > 5


def read_html(content: str, first_line: int) -> tuple[Block, ...]:
    """The paragraphs and tables of an HTML document whose first line is ``first_line`` of the file."""
    return ()
