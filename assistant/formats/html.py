"""An HTML fragment to paste or embed; only ASCII, so that it reads the same whatever charset is declared around it."""

from __future__ import annotations

import html
from collections.abc import Iterator

from assistant.answer import Answer
from assistant.formats import Settings
from assistant.formats.citing import cited_in_words
from assistant.formats.memo import Row, memo
from assistant.formats.sources import Source


def render(answer: Answer, settings: Settings) -> str:
    """One ``article``: sentence, table, quotations, notes, numbered sources."""
    pieces = memo(answer)
    lines = [f'<article class="stope-answer stope-{answer.status}">']
    if pieces.lead:
        lines.append(f"<p>{escape(pieces.lead)}{_mark(pieces.lead_source)}</p>")
    if pieces.rows:
        lines += ["<table>", *(_row(row) for row in pieces.rows), "</table>"]
    lines += [f"<blockquote>{escape(text)}{_mark(source)}</blockquote>" for text, source in pieces.passages]
    lines += _list("notes", pieces.notes)
    lines += _list("suggestions", pieces.suggestions)
    lines += _sources(pieces.sources)
    return "\n".join([*lines, "</article>"]) + "\n"


def escape(text: str) -> str:
    """Text or attribute value as HTML in ASCII."""
    return html.escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _row(row: Row) -> str:
    remarks = ", ".join(text for text in (f"= {row.formula}" if row.formula else "", *row.remarks) if text)
    kind = ' class="operand"' if row.depth else ""
    value = f"{escape(row.value)}{_mark(row.source)}"
    return f'<tr{kind}><th scope="row">{escape(row.label)}</th><td>{value}</td><td>{escape(remarks)}</td></tr>'


def _list(kind: str, texts: tuple[str, ...]) -> Iterator[str]:
    if texts:
        yield f'<ul class="{kind}">'
        yield from (f"<li>{escape(text)}</li>" for text in texts)
        yield "</ul>"


def _sources(found: tuple[Source, ...]) -> Iterator[str]:
    if found:
        yield '<ol class="sources">'
        for source in found:
            place = source.citation
            data = f'data-sha256="{escape(place.sha256)}" data-line="{place.line}"'
            yield f'<li id="{escape(source.key)}" {data}><cite>{escape(cited_in_words(source))}</cite></li>'
        yield "</ol>"


def _mark(source: Source | None) -> str:
    return f'<sup><a href="#{escape(source.key)}">{source.number}</a></sup>' if source else ""
