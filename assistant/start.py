"""Where ``stope`` begins: the interface opens without the imports of the command line, which takes all else.

Parsing commands costs a tenth of the interface's first frame, and ``stope`` alone on a terminal has none to parse.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Open the interface where that is all that was asked for, else hand over to the command line."""
    wanted = interface_wanted(sys.argv[1:])
    if wanted is not None and has_screen():
        from assistant.interface import open_interface  # noqa: PLC0415

        sys.exit(open_interface(*wanted))
    from assistant.cli import main as command_line  # noqa: PLC0415

    command_line()


def has_screen() -> bool:
    """Whether there is a terminal, or a browser that ``stope serve`` speaks to; without either Textual would hang."""
    return bool(os.environ.get("TEXTUAL_DRIVER")) or (sys.stdin.isatty() and sys.stdout.isatty())


def interface_wanted(arguments: Sequence[str]) -> tuple[str | None, bool] | None:
    """The store's file and whether to keep a history, where the arguments say no more than that; else None."""
    store: str | None = None
    history = True
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--no-history":
            history = False
        elif word == "--db" and rest and not rest[0].startswith("-"):
            store = rest.pop(0)
        else:
            return None
    return store, history


if __name__ == "__main__":
    main()
