"""Where ``stope`` begins: the interface opens without the imports of the command line, which takes all else.

Parsing commands costs a tenth of the interface's first frame, and ``stope`` alone on a terminal has none to parse.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

STREAMS = (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY))


def main() -> None:
    """Open the interface where that is all that was asked for, else hand over to the command line."""
    open_closed()
    wanted = interface_wanted(sys.argv[1:])
    if wanted is not None and has_screen():
        from assistant.interface import open_interface  # noqa: PLC0415

        sys.exit(open_interface(*wanted))
    from assistant.cli import main as command_line  # noqa: PLC0415

    command_line()


def open_closed() -> None:
    """Give a stream that was closed from outside (``>&-``) its place again: it has nothing to read, what is printed
    can't be written, which is then said, and what is said on stderr is lost. Else a store could be opened there."""
    for number, (name, mode, way) in enumerate(STREAMS):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, way)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


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
