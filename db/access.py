"""How the store's file is reached: read-only connections, the authorizer, and SQLite's faults in a person's words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

from grammar.errors import StoreError, StoreMissing

SCHEMA_VERSION = 4
APPLICATION_ID = 0x53544F50  # "STOP", so that another program's database is told from an old store
SCHEMA = Path(__file__).with_name("schema.sql")
# fmt: off
TABLES = frozenset((
    "filings", "parts", "facts", "notes", "passages", "passages_text", "names", "vocabulary", "cited_facts", "checked",
    "findings",
))
FUNCTIONS = frozenset((
    "abs", "avg", "bm25", "coalesce", "count", "date", "dense_rank", "first_value", "group_concat", "highlight",
    "ifnull", "iif", "instr", "json_array", "json_array_length", "json_each", "json_extract", "json_group_array",
    "json_group_object", "json_object", "julianday", "lag", "last_value", "lead", "length", "like", "likely", "lower",
    "ltrim", "match", "max", "min", "nullif", "printf", "rank", "replace", "round", "row_number", "rtrim", "sign",
    "snippet", "strftime", "substr", "substring", "sum", "total", "trim", "unlikely", "upper",
))
# fmt: on


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection; ``immutable`` only where a store in WAL mode lies in a folder that can't be written.

    What a writer that was killed has left half done is rolled back first, which a read-only connection can't do.
    """
    try:
        return _read_only(path)
    except sqlite3.OperationalError as error:
        writable = os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)
        if writable and "readonly" in str(error):
            _roll_back(path)
            return _read_only(path)
        if os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists():
            raise
        # WAL wants to create its index beside the file; with no log there, the file alone is the whole store.
        return _read_only(path, "&immutable=1")


def _read_only(path: Path, how: str = "") -> sqlite3.Connection:
    """A read-only connection that has read the file once."""
    named = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    uri = f"file:{named}?mode=ro{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=10.0, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        raise
    return connection


def _roll_back(path: Path) -> None:
    """Let SQLite undo what was begun and never finished: opening the file for writing and reading it does."""
    with contextlib.closing(sqlite3.connect(path, timeout=10.0)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


def check_version(connection: sqlite3.Connection, path: Path | str) -> None:
    """StoreError, saying what to do, unless the file is a store of this version; StoreMissing where it is still empty.

    A process that is killed while it makes a store leaves an empty one; the next writer makes it anew.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        raise StoreMissing(f"the store {path} is empty: `stope add FILE --db {path}` fills it")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is not a Stope store: give another file with --db")
    if version != SCHEMA_VERSION:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise StoreError(f"{path} was made by {age} version of Stope: move it away and `stope add` the filings again")


@contextlib.contextmanager
def faults(path: Path | str) -> Iterator[None]:
    """Turn what SQLite reports into a StoreError that says which file and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_explain(str(error), path)) from error


def _explain(message: str, path: Path | str) -> str:
    advice = {
        "unable to open": f"{path} can't be opened: look at the rights of the file and its folder",
        "readonly": f"{path} can't be written: look at the rights of the file and its folder, or use another --db",
        "disk is full": f"the disk is full: {path} holds every filing that was reported as added, none in part",
        "disk I/O": f"{path} can't be read or written (disk error, or the disk is full)",
        "locked": f"{path} is in use by another process: try again when that is done",
        "not a database": f"{path} is not a Stope store: give another file with --db",
        "malformed": f"{path} is damaged: move it away and `stope add` the filings again",
        "not authorized": "this SQL does more than read the store",
        "prohibited": "this SQL does more than read the store",
    }
    known = (text for sign, text in advice.items() if sign in message)
    return next(known, f"{path}: {message}")


def authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    """Only SELECT over the store's tables (and what SQLite needs to serve them) with known functions."""
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ:
        table = first or ""
        # "passages_text_*" are the shadow tables that the full-text index reads itself; "json_each" a table function.
        known = table in TABLES or table.startswith("passages_text_") or table == "json_each"
        return sqlite3.SQLITE_OK if known else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if (second or "").lower() in FUNCTIONS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first == "data_version":  # asked by the full-text index
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def pack(text: str) -> bytes:
    """The text as the store keeps it; lone surrogates of a file that isn't quite Unicode survive."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(blob: bytes) -> str:
    """The text that ``pack`` was given."""
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")
