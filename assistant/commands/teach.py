"""``stope teach``: words of your own for what filings call otherwise."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.options import db_option
from assistant.where import store_to_read, store_to_write
from grammar.errors import UsageError


@click.command()
@click.argument("phrase", required=False)
@click.argument("meaning", required=False)
@click.option("--list", "listed", is_flag=True, help="Print the words that were taught and what they mean.")
@db_option
def command(phrase: str | None, meaning: str | None, listed: bool, db: str | None) -> int:
    """Teach a phrase of your own for what filings call otherwise.

    PHRASE will mean what MEANING means: a mine, a company, a measure, a metal or a table.

    \b
    stope teach "tcc" "total cash cost per ounce"
    stope teach --list
    stope forget "tcc"
    """
    if listed:
        if phrase:
            raise UsageError("--list takes no words")
        return _list(db)
    if not phrase or not meaning:
        raise UsageError('say a phrase and what it means: stope teach "tcc" "total cash cost per ounce"')
    from assistant.book import Book  # noqa: PLC0415
    from assistant.teaching import teach, words_file  # noqa: PLC0415

    with store_to_read(db) as store:
        shown = teach(phrase, meaning, Book(store), words_file(Path(store.home or store_to_write(db))))
    click.echo(f"{phrase!r} means {shown} from now on")
    return 0


def _list(db: str | None) -> int:
    """Each phrase with its meaning; one that means nothing in this store says so."""
    from assistant.book import Book  # noqa: PLC0415
    from assistant.teaching import taught_of  # noqa: PLC0415

    with store_to_read(db) as store:
        pairs = taught_of(store)
        used = set(Book(store, pairs).phrases.values())
    for phrase, meaning in pairs:
        note = "" if (phrase, meaning) in used else "  (not used: this store can't take it)"
        click.echo(f"{phrase} = {meaning}{note}")
    if not pairs:
        click.echo('nothing is taught yet: stope teach "tcc" "total cash cost per ounce"', err=True)
    return 0
