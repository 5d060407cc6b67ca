"""Which filing a person means by the word for it, and which lines by ``DOC:LINE``."""

from __future__ import annotations

import sqlite3

from db.store import Store
from grammar.errors import UsageError
from grammar.records import record

SHORTEST_DIGEST = 6


@record
class Place:
    """Lines of a document (1-based, the last included) and, where given, columns (0-based, end exclusive)."""

    document: str
    first: int
    last: int
    columns: tuple[int, int] | None = None


def find_filing(store: Store, said: str) -> sqlite3.Row:
    """The filing whose name, accession number, digest or path is ``said`` or alone begins so; UsageError otherwise."""
    filings = store.filings()
    for matches in (
        [row for row in filings if said in (row["document"], row["accession"], row["sha256"], row["path"])],
        [row for row in filings if said and _begins(row, said)],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            ways = ", ".join(f"{row['document']} ({row['sha256'][:12]})" for row in matches[:5])
            raise UsageError(f"{said!r} may be {ways}: say more of the name, or the digest in brackets")
    there = ", ".join(row["document"] for row in filings[:5]) + (" …" if len(filings) > 5 else "")
    raise UsageError(f"there is no filing {said!r} in the store; there are {there or 'none'}")


def _begins(row: sqlite3.Row, said: str) -> bool:
    named, digest = str(row["document"]), str(row["sha256"])
    return named.startswith(said) or (len(said) >= SHORTEST_DIGEST and digest.startswith(said))


def read_place(said: str) -> Place:
    """``DOC:LINE``, ``DOC:FIRST-LAST`` or ``DOC:LINE:START-END``; UsageError for anything else."""
    parts = said.rsplit(":", 2)
    if len(parts) == 3 and (columns := _span(parts[2])) and (lines := _span(parts[1])) and "-" in parts[2]:
        return Place(parts[0], *lines, columns)
    document, _, place = said.rpartition(":")
    span = _span(place)
    if not document or span is None or span[0] < 1 or span[0] > span[1]:
        raise UsageError(f"{said!r} names no line: write DOCUMENT:LINE, as in `stope show ex99.txt:12`")
    return Place(document, *span)


def _span(text: str) -> tuple[int, int] | None:
    first, dash, last = text.partition("-")
    if not (first.isdecimal() and len(first) < 10 and ((last.isdecimal() and len(last) < 10) or not dash)):
        return None
    return int(first), int(last or first)
