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
    """Read every citation again at its place.

    Each fact, passage and note is held against the text that the store keeps, and against the file where that is still
    there. What differs is said, and the exit code is 1 then.
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
