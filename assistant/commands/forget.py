"""``stope forget``: a phrase that was taught is taught no longer."""

from __future__ import annotations

import click

from assistant.options import own_db_option
from assistant.where import store_to_write


@click.command()
@click.argument("phrase")
@own_db_option
def command(phrase: str, db: str | None) -> int:
    """Forget a phrase that was taught.

    \b
    stope forget "tcc"
    """
    from assistant.teaching import forget, words_file  # noqa: PLC0415

    click.echo(f"{phrase!r} no longer means {forget(phrase, words_file(store_to_write(db)))}")
    return 0
