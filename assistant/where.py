"""Where the store is: ``--db``, else ``$STOPE_DB``, else the user's data folder, else the embedded samples."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grammar.errors import StoreMissing

if TYPE_CHECKING:
    from db.store import Store

FILE = "stope.db"
SAMPLES = "answering from the two embedded sample filings; `stope add FILE` makes a store of your own"


def own_store() -> Path:
    """The user's own store, whether or not it is there yet."""
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_data_dir("stope", appauthor=False)) / FILE


def store_to_write(option: str | None) -> Path:
    """The store that ``add`` writes to."""
    named = option or os.environ.get("STOPE_DB")
    return Path(named).expanduser() if named else own_store()


def store_to_read(option: str | None, say: bool = True) -> Store:
    """The store that questions are asked of; StoreError (StoreMissing) where the one that is named can't be read.

    While the user has no store, the samples answer, and stderr ``say``s so in one line.
    """
    from db.store import Store  # noqa: PLC0415

    place = store_to_write(option)
    try:
        return Store.open(place)
    except StoreMissing:
        if option or os.environ.get("STOPE_DB"):
            raise
    import platformdirs  # noqa: PLC0415

    from db.samples.store import sample_store  # noqa: PLC0415

    if say:
        import click  # noqa: PLC0415

        click.echo(f"stope: {SAMPLES}", err=True)
    samples = sample_store(Path(platformdirs.user_cache_dir("stope", appauthor=False)))
    samples.home = str(place)
    return samples


def colour_wanted() -> bool:
    """Colour on a terminal only, and never where ``NO_COLOR`` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
