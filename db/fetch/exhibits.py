"""Of a full submission only some exhibits, at the very lines at which the SEC's own file has them."""

from __future__ import annotations

import re

DOCUMENT = re.compile(rb"^<DOCUMENT>\s*?$.*?^</DOCUMENT>\s*?$", re.DOTALL | re.MULTILINE | re.IGNORECASE)
TYPE = re.compile(rb"^<TYPE>[ \t]*([^\s<]+)", re.MULTILINE | re.IGNORECASE)


def only_exhibits(data: bytes, numbers: tuple[str, ...]) -> bytes | None:
    """The submission with the lines of every other document emptied; None where it has no such exhibit.

    ``99`` takes EX-99, EX-99.1 and so on; ``99.1`` takes that one alone. Header and line numbers stay as they are, so
    that a citation's line can be looked up in the file on the SEC's site.
    """
    kept = 0

    def keep_or_empty(document: re.Match[bytes]) -> bytes:
        nonlocal kept
        if _is_one_of(document[0], numbers):
            kept += 1
            return document[0]
        return b"\n" * document[0].count(b"\n")

    trimmed = DOCUMENT.sub(keep_or_empty, data)
    return trimmed if kept else None


def _is_one_of(document: bytes, numbers: tuple[str, ...]) -> bool:
    found = TYPE.search(document)
    name = re.sub(r"^EX-?", "", found[1].decode("latin-1").upper()) if found else ""
    return any(name == number or name.startswith((f"{number}.", f"{number}(")) for number in numbers)
