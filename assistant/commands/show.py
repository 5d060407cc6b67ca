"""``stope show``: lines of a filing as they stand, or of its page, the cited spans marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from assistant.options import db_option
from assistant.where import colour_wanted, store_to_read
from grammar.errors import UsageError

if TYPE_CHECKING:
    from assistant.documents import Place
    from assistant.page import Page
    from db.store import Store

Columns = tuple[int, int]


@click.command()
@click.argument("place", metavar="DOC:LINE")
@click.option("--context", "around", type=click.IntRange(0, 1000), default=0, help="Lines before and after it.")
@click.option("--page", "as_page", is_flag=True, help="Show HTML as a reader sees it.")
@db_option
def command(place: str, around: int, as_page: bool, db: str | None) -> None:
    """Show a line of a filing with its cited figures marked.

    DOC:FIRST-LAST shows several lines, DOC:LINE:START-END marks those columns (from 0, the end not included).

    \b
    stope show ex99.txt:120 --context 3
    """
    from assistant.documents import find_filing, read_place  # noqa: PLC0415
    from assistant.page import Page  # noqa: PLC0415
    from assistant.page_layout import page_of  # noqa: PLC0415

    wanted = read_place(place)
    with store_to_read(db) as store:
        filing = find_filing(store, wanted.document)
        lines = store.lines(filing["id"])
        if wanted.last > len(lines):
            raise UsageError(f"{filing['document']} has {len(lines)} lines; there is no line {wanted.last}")
        spans = _spans(store, filing["id"], wanted)
        page = page_of(lines, filing["document"]) if as_page else Page(lines)
    for line in _shown(page, wanted, spans, around):
        click.echo(line)


def _shown(page: Page, wanted: Place, spans: dict[int, list[Columns]], around: int) -> Iterator[str]:
    """The lines of the page that hold the lines of the file that were asked for, with those around them."""
    asked = [(line, 0, 0) for line in range(wanted.first, wanted.last + 1)]
    cited = {line for span in asked for line, _, _ in page.spans(span)}
    if not cited:
        raise UsageError(f"line {wanted.first} holds nothing that a reader sees: leave out --page")
    marks: dict[int, list[Columns]] = {}
    for number, columns in spans.items():
        for start, end in columns:
            for line, left, right in page.spans((number, start, end)):
                marks.setdefault(line, []).append((left, right))
    for at in range(max(1, min(cited) - around), min(len(page.lines), max(cited) + around) + 1):
        number = page.numbers[at - 1] if page.numbers else at
        yield from marked(number, page.lines[at - 1], at in cited, sorted(marks.get(at, ())), colour_wanted())


def _spans(store: Store, filing_id: int, wanted: Place) -> dict[int, list[Columns]]:
    """The columns to mark in each line: the ones that were asked for, else those of its facts."""
    if wanted.columns:
        return {line: [wanted.columns] for line in range(wanted.first, wanted.last + 1)}
    found: dict[int, list[Columns]] = {}
    sql = (
        "SELECT DISTINCT line, column_start, column_end FROM facts"
        " WHERE filing_id = ? AND line BETWEEN ? AND ? ORDER BY line, column_start"
    )
    for line, start, end in store.run(sql, (filing_id, wanted.first, wanted.last)):
        found.setdefault(line, []).append((start, end))
    return found


def marked(number: int, line: str, cited: bool, spans: list[Columns], colour: bool) -> Iterator[str]:
    """The line with its number and, where it is cited, its spans in reverse or underlined by a second line."""
    margin = f"{'>' if cited else ' '} {number or '':>6}  "
    if not colour or not spans:
        yield margin + _visible(line)
        if spans:
            yield " " * len(margin) + _underline(spans)
        return
    shown, at = margin, 0
    for start, end in spans:
        shown += _visible(line[at:start]) + click.style(_visible(line[start:end]), reverse=True)
        at = max(at, end)
    yield shown + _visible(line[at:])


def _underline(spans: list[Columns]) -> str:
    marks = [" "] * max(end for _, end in spans)
    for start, end in spans:
        marks[start:end] = "^" * (end - start)
    return "".join(marks)


def _visible(text: str) -> str:
    """One column a character, so that the marks stand under what they mark; nothing that steers a terminal."""
    return "".join(" " if sign.isspace() else sign if sign.isprintable() else "·" for sign in text)
