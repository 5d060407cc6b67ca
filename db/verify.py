"""Every place that the store cites, read again: from the text that it keeps, and from the file where that still is.

A citation is worth what it can be held against. The stored text proves the facts; the file proves the stored text.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.gathering import read_file
from db.readers import decode
from db.store import Store
from grammar.errors import ReadError

Place = Sequence[int]  # line, start, end
# What isn't seen, and the brackets and raised figures by which text tells a mark that markup raises.
SAME = {ord(sign): None for sign in "\u00ad\u200b\ufeff()"} | str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TAGS = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Checked:
    """One filing's result: how many places were read again, what differs, and what became of the file itself."""

    document: str
    places: int
    faults: tuple[str, ...]
    file: str


def verify(store: Store) -> Iterator[Checked]:
    """Check each filing of the store in turn."""
    for filing in store.filings():
        lines = store.lines(filing["id"])
        faults = list(_in_text(store, filing, lines))
        state, more = _in_file(store, filing, lines)
        yield Checked(filing["document"], _count(store, filing["id"]), (*faults, *more), state)


def _count(store: Store, filing_id: int) -> int:
    counts = store.run(
        "SELECT (SELECT count(*) FROM facts WHERE filing_id = ?1)"
        " + (SELECT count(*) FROM passages WHERE filing_id = ?1) + (SELECT count(*) FROM notes WHERE filing_id = ?1)",
        (filing_id,),
        60,
    )
    return int(counts[0][0])


def _in_text(store: Store, filing: sqlite3.Row, lines: list[str]) -> Iterator[str]:
    """What differs between the spans that the store holds and ``lines``."""
    document = filing["document"]
    for fact in store.run("SELECT * FROM facts WHERE filing_id = ? ORDER BY line, column_start", (filing["id"],), 60):
        stands = _read(lines, (fact["line"], fact["column_start"], fact["column_end"]))
        if stands != fact["as_printed"]:
            yield f"{document}:{fact['line']} should read {fact['as_printed']!r}, and there stands {stands!r}"
        for name, places in json.loads(fact["places"]).items():
            if any(_read(lines, place) is None for place in places):
                yield f"{document}:{fact['line']} {fact['as_printed']!r} has a {name} outside the text"
    for table in ("passages", "notes"):
        for row in store.run(f"SELECT * FROM {table} WHERE filing_id = ? ORDER BY line_start", (filing["id"],), 60):
            pieces = [_read(lines, place) for place in json.loads(row["places"])]
            stands = _folded("".join(piece or "" for piece in pieces))
            # A note's text leaves out the mark that its place begins with.
            if None in pieces or not stands.endswith(_folded(row["text"])):
                yield f"{document}:{row['line_start']} is no longer where {row['text'][:60]!r} stands"


def _in_file(store: Store, filing: sqlite3.Row, lines: list[str]) -> tuple[str, list[str]]:
    """What became of the file, and what differs in it."""
    path = Path(filing["path"])
    if not path.is_absolute() or not path.exists():
        return "gone", []
    try:
        data = read_file(str(path))
    except ReadError as error:
        return "unreadable", [str(error)]
    text = decode(data)
    if hashlib.sha256(data).hexdigest() == filing["sha256"]:
        same = text.split("\n") == lines
        return "same", [] if same else [f"{filing['document']}: the stored text is not what the file says"]
    faults = list(_in_text(store, filing, text.split("\n")))
    first = f"{filing['document']}: {path} has changed since it was added, {len(faults)} places differ"
    return "changed", [first, *faults]


def _read(lines: list[str], place: Place) -> str | None:
    """What stands at a place, None where the text doesn't reach that far."""
    line, start, end = place
    if not 1 <= line <= len(lines) or not 0 <= start <= end <= len(lines[line - 1]):
        return None
    return lines[line - 1][start:end]


def _folded(text: str) -> str:
    """The text without white space, tags and marks that aren't seen; entities of HTML as what they stand for."""
    return "".join(html.unescape(TAGS.sub("", text)).translate(SAME).split())
