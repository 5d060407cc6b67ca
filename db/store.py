"""The read side of the store: what a question may see, and nothing that it could change.

Three walls stand behind the guard of the grammar: the connection is opened read-only, ``PRAGMA query_only`` holds it
there, and an authorizer lets SQLite compile nothing but reads of the store's own tables with known functions. Only
sqlite3 is imported: a plain question pays for no more.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from db.access import authorize, check_version, connect, faults, unpack
from grammar.errors import StoreError, StoreMissing, TimeLimit

STEPS = 5_000  # of SQLite's machine between two looks at the clock: about 50 microseconds
FILINGS_AT_HAND = 16  # whose lines are kept; a few filings are looked at in turn, a thousand must not pile up

Parameters = Mapping[str, Any] | Sequence[Any]


class Store:
    """A store opened for reading; it may be used from several threads, one statement at a time."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.path = path
        self.home = ""  # the file beside which a user's own things are kept; none for a store in memory
        self._connection = connection
        self._lock = threading.RLock()
        self._lines: dict[int, list[str]] = {}
        self._stopped = threading.Event()
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = 1")
        self._declare()

    def _declare(self) -> None:
        """Have SQLite make its virtual tables, then put up the wall, which lets none be declared."""
        self._connection.set_authorizer(None)
        for virtual in ("json_each('[]')", "passages_text"):
            self._connection.execute(f"SELECT 1 FROM {virtual} LIMIT 0")
        self._connection.set_authorizer(authorize)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The store at ``path``; StoreMissing where there is none, StoreError where it can't be read or is too old."""
        place = Path(path)
        if not place.exists():
            raise StoreMissing(f"there is no store at {place}: `stope add FILE --db {place}` makes one")
        if place.is_dir():
            raise StoreError(f"{place} is a folder, not a store: name the file in it")
        with faults(place):
            connection = connect(place)
        try:
            with faults(place):
                check_version(connection, place)
                store = cls(connection, str(place))
                store.home = str(place)
                return store
        except StoreError:
            connection.close()
            raise

    @classmethod
    def from_bytes(cls, data: bytes, name: str = ":memory:") -> Self:
        """A store held in memory, from the bytes of its file; ``name`` is what messages call it."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        with faults(name):
            connection.deserialize(data)
            check_version(connection, name)
            return cls(connection, name)

    def run(self, sql: str, parameters: Parameters = (), seconds: float = 5.0) -> list[sqlite3.Row]:
        """Every row of one SELECT; TimeLimit after ``seconds``, StoreError where it isn't a read of the store."""
        end = time.monotonic() + seconds
        with self._lock, faults(self.path):
            self._stopped.clear()
            self._connection.set_progress_handler(lambda: time.monotonic() > end or self._stopped.is_set(), STEPS)
            try:
                return self._fetched(sql, parameters)
            except sqlite3.OperationalError as error:
                if "interrupted" in str(error):
                    raise TimeLimit(self._why_stopped(seconds)) from None
                raise
            finally:
                self._connection.set_progress_handler(None, 0)

    def _fetched(self, sql: str, parameters: Parameters) -> list[sqlite3.Row]:
        """The rows; where another program changed the file's schema meanwhile, the virtual tables are declared anew."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            if "vtable constructor failed" not in str(error):
                raise
        self._declare()
        return self._connection.execute(sql, parameters).fetchall()

    def stop(self) -> None:
        """End the statement that another thread runs now (it raises TimeLimit); nothing happens when none does."""
        self._stopped.set()

    def _why_stopped(self, seconds: float) -> str:
        if self._stopped.is_set():
            return "stopped"
        return f"the question took longer than {seconds:g} seconds: name a mine, a metric or a period to narrow it"

    def lines(self, filing_id: int) -> list[str]:
        """The filing's source as it was given, split at ``\\n`` alone; line ``n`` of a citation is ``[n - 1]``."""
        with self._lock:
            if filing_id not in self._lines:
                rows = self.run("SELECT text FROM filings WHERE id = ?", (filing_id,))
                if not rows:
                    raise StoreError(f"there is no filing {filing_id} in {self.path}")
                if len(self._lines) >= FILINGS_AT_HAND:
                    self._lines.pop(next(iter(self._lines)))
                self._lines[filing_id] = unpack(rows[0]["text"]).split("\n")
            return self._lines[filing_id]

    def lines_of(self, sha256: str) -> list[str]:
        """The same for the filing with these bytes; nothing where the store doesn't hold it."""
        rows = self.run("SELECT id FROM filings WHERE sha256 = ?", (sha256,))
        return self.lines(rows[0]["id"]) if rows else []

    def filings(self) -> list[sqlite3.Row]:
        """What each filing says of itself (every column but its text), the oldest first."""
        return self.run(
            "SELECT id, document, path, sha256, format, company, ticker, title, exhibit, released, period_end, form,"
            " filed, accession, cik, fiscal_year_end, lines, log FROM filings"
            " ORDER BY coalesce(released, filed, ''), id"
        )

    def vocabulary(self, kind: str | None = None) -> list[sqlite3.Row]:
        """What questions may name (kind, key, shown, detail: see the schema), that of one ``kind`` or all."""
        return self.run(
            "SELECT kind, key, shown, detail FROM vocabulary WHERE ?1 IS NULL OR kind = ?1 ORDER BY kind, key, shown",
            (kind,),
        )

    def close(self) -> None:
        """Give the file back; the store can't be used afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
