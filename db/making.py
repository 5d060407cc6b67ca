"""A store that does not exist yet: filled in memory and put in its place as one whole file.

SQLite waits for the disk four times to make a file and fill it in a transaction that a kill can't tear. A file that has
no name until it is whole needs no journal and one wait. Where the system has no such files, or another process made the
store meanwhile, nothing is put anywhere and the caller writes to the file as it would to any other.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from db.access import APPLICATION_ID, SCHEMA, SCHEMA_VERSION

# What no check and no reader needs while a store is first filled. Each filing has entries all over such an index: to
# make them at the end costs a fifth of what it costs to widen them a thousand times.
LATER = ("facts_by_label", "facts_by_period", "facts_by_statement")


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of a store, within the transaction that is open."""
    for statement in _statements(SCHEMA.read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def put_off(connection: sqlite3.Connection) -> bool:
    """Whether the store has no filing yet, so that its LATER indices are left to ``complete``."""
    if connection.execute("SELECT 1 FROM filings LIMIT 1").fetchone():
        return False
    for name in LATER:
        connection.execute(f"DROP INDEX IF EXISTS {name}")
    return True


def complete(connection: sqlite3.Connection) -> None:
    """Make the LATER indices that the store lacks, within the transaction that is open."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    missing = [f"CREATE INDEX {name} " for name in LATER if name not in there]
    for statement in _statements(SCHEMA.read_text(encoding="utf-8")) if missing else ():
        if statement.startswith(tuple(missing)):
            connection.execute(statement)


def empty() -> sqlite3.Connection:
    """An empty store in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_empty())
    return connection


def put(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the store of a connection stands at ``path`` now, on the disk, where nothing stood before."""
    if not hasattr(os, "O_TMPFILE"):
        return False
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _put(connection.serialize(), folder, path.name)
    except OSError:  # a full disk, a folder that can't be written, a file system without files that have no name
        return False
    finally:
        os.close(folder)


def put_empty(path: Path) -> bool:
    """Whether an empty store stands at ``path`` now, where nothing stood before."""
    with contextlib.closing(empty()) as connection:
        return put(connection, path)


def _put(data: bytes, folder: int, name: str) -> bool:
    file = os.open(".", os.O_TMPFILE | os.O_WRONLY, 0o644, dir_fd=folder)
    with os.fdopen(file, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fdatasync(file)
        with contextlib.suppress(FileExistsError):
            os.link(f"/proc/self/fd/{file}", name, dst_dir_fd=folder, follow_symlinks=True)
            _keep_name(folder)
            return True
    return False


def _keep_name(folder: int) -> None:
    """Wait until the new name is on the disk too: without it a power cut would take the whole store away."""
    with contextlib.suppress(OSError):  # a file system that can't wait for a folder keeps its names in its own time
        os.fsync(folder)


@cache
def _empty() -> bytes:
    """The content of a store's file before the first filing; made once for all stores of a process."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        create(connection)
        connection.execute("COMMIT")
        return connection.serialize()


def _statements(script: str) -> Iterator[str]:
    """The statements of an SQL script one by one: ``executescript`` would commit the transaction around it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if ";" in line and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
