"""``stope cite``: the citation of a fact or of a line, in the style of the document it goes into."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import click

from assistant.formats import FORMATS
from assistant.options import db_option
from assistant.where import colour_wanted, store_to_read
from grammar.errors import UsageError

if TYPE_CHECKING:
    from assistant.answer import Answer, Value
    from db.store import Store

WIDEST = 100


@click.command()
@click.argument("place", metavar="ID")
@click.option("--style", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to write it.")
@db_option
def command(place: str, style: str, db: str | None) -> None:
    """Cite a figure or a line of a filing.

    ID is the number of a fact (fact_id in JSON answers and in the view cited_facts), or DOC:LINE, DOC:FIRST-LAST,
    DOC:LINE:COLUMN or DOC:LINE:START-END with columns counted from 0.

    \b
    stope cite 812 --style bluebook
    stope cite ex99.txt:120 --style bibtex
    """
    from assistant.formats import render  # noqa: PLC0415

    with store_to_read(db) as store:
        width = min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else WIDEST
        text = render(cited(store, place), style, colour=colour_wanted(), width=width, lines=store.lines_of)
        click.echo(text, nl=False)


def cited(store: Store, place: str) -> Answer:
    """What stands at the place as an answer without a sentence: its facts, else the lines themselves."""
    from assistant.answer import Answer  # noqa: PLC0415
    from assistant.cited import fact_by_id  # noqa: PLC0415

    if not place.isdecimal():
        return _at_line(store, place)
    value = fact_by_id(store, int(place)) if len(place) < 19 else None
    if value is None:
        raise UsageError(f"there is no fact {place} in {store.path}: `stope facts` lists them")
    return Answer(place, "answered", values=(value,))


def _at_line(store: Store, said: str) -> Answer:
    from assistant.answer import Answer  # noqa: PLC0415
    from assistant.cited import facts_on, quoted  # noqa: PLC0415
    from assistant.documents import find_filing, read_place  # noqa: PLC0415

    column = re.fullmatch(r"(.+:\d+):(\d+)", said)
    place = read_place(column[1] if column else said)
    filing = find_filing(store, place.document)
    if place.last > filing["lines"]:
        raise UsageError(f"{filing['document']} has {filing['lines']} lines; there is no line {place.last}")
    wanted = (int(column[2]), int(column[2]) + 1) if column else place.columns
    values = [value for value in facts_on(store, filing["id"], place.first, place.last) if _meets(value, wanted)]
    if values:
        return Answer(said, "answered", values=tuple(values))
    return Answer(said, "answered", passages=(quoted(store, filing, place.first, place.last, place.columns),))


def _meets(value: Value, columns: tuple[int, int] | None) -> bool:
    """Whether the value's span shares a column with those."""
    at = value.citations[0]
    if columns is None or at.column_start is None or at.column_end is None:
        return True
    return at.column_start < columns[1] and columns[0] < at.column_end
