"""``stope verify``: every citation of the store held against the text, and against the file where it still is."""

from __future__ import annotations

import click

from assistant.options import db_option
from assistant.where import store_to_read

FILE = {
    "same": "the file is the same",
    "changed": "the file has changed",
    "gone": "the file is no longer there",
    "unreadable": "the file can't be read",
}


@click.command()
@db_option
def command(db: str | None) -> int:
    """Read every fact, passage and note again at its place and say what differs.

    The exit code is 1 where anything does.
    """
    from db.verify import verify  # noqa: PLC0415

    differs = 0
    with store_to_read(db) as store:
        for checked in verify(store):
            state = f"{len(checked.faults)} differences" if checked.faults else "all as stored"
            click.echo(f"{checked.document}: {checked.places} places read again, {state}; {FILE[checked.file]}")
            for fault in checked.faults:
                click.echo(f"  {fault}")
            differs += len(checked.faults)
    return 1 if differs else 0
