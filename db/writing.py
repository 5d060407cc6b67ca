"""The write side of the store: a filing goes in whole, in one transaction, or not at all.

While a store is written it is in WAL mode with ``synchronous=NORMAL``: a commit costs no wait for the disk, a killed
process loses nothing that was committed, and readers go on reading. A power cut may lose the last filings, which are
added again from their files, but never tears one. When the writer closes, the store goes back to a rollback journal, so
that what lies there is one file that also opens in a folder that can't be written. To go there and back waits for the
disk a dozen times: a writer of few filings stays with the rollback journal, in which a commit waits three times, and
the first filing of a store is written in memory and put in its place as a whole, which waits once (``db/making.py``).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast

from sqlite_utils import Database

from db import making, rows
from db.access import check_version, faults
from db.model import Filing
from db.rows.filing import rows_of
from grammar.errors import StoreError

FEW = 2  # filings that are sooner written each with a wait for the disk than to a log that is folded in at the end
MANY = 64  # filings that fill a store sooner when some of its indices are made behind the last of them
MOST_WORDS = 200_000  # so many are remembered at most
WAIT = 60.0  # seconds for another writer; one filing takes milliseconds, so only a stuck process reaches it


@dataclass(frozen=True, slots=True)
class Added:
    """A filing that is in the store now."""

    filing_id: int
    document: str
    facts: int
    passages: int
    remark: str = ""
    failing: int = 0  # figures that don't add up, as far as it was checked as it was read


@dataclass(frozen=True, slots=True)
class Already:
    """A filing whose very bytes the store held before; it was left as it is."""

    filing_id: int
    document: str


class Writer:
    """A store opened for writing; several processes may each have one."""

    def __init__(self, connection: sqlite3.Connection, path: Path | str, *, new: Path | None = None) -> None:
        self.path = path
        self._words: set[rows.Word] = set()
        self._new = new  # where the store is to be put that is in memory yet
        self._made = new is not None
        self._unindexed = False  # whether indices are put off until it is closed
        self._use(connection)

    def _use(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Plugins of sqlite-utils belong to its own command; the store is the same whatever is installed beside it.
        self._db = Database(connection, recursive_triggers=False, execute_plugins=False)

    @classmethod
    def open(cls, path: Path, *, few: bool = False, many: bool = False) -> Self:
        """The store at ``path``, made with its folder where there is none; StoreError where that can't be.

        ``few`` says that no more than one or two filings will be written: then it is made with the first of them.
        ``many`` says that it may be filled: then it gets some indices when it is closed, or by the next that writes.
        """
        if path.is_dir():
            raise StoreError(f"{path} is a folder, not a store: name a file in it")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the store's folder {path.parent} can't be made: {error.strerror}") from error
        if few and not path.exists():
            return cls(making.empty(), path, new=path)
        if not path.exists():
            making.put_empty(path)  # so that a process that is killed leaves no file that is no store
        with faults(path):
            connection = _connect(path, few=few)
            try:
                writer = cls(connection, path)
                writer._begin(few=few, many=many)
            except (sqlite3.Error, StoreError):
                connection.close()
                raise
        return writer

    @classmethod
    def in_memory(cls) -> Self:
        """An empty store in memory; ``to_bytes`` gives it as a file's content."""
        writer = cls(making.empty(), ":memory:")
        writer._made = True
        return writer

    def find(self, sha256: str) -> Already | None:
        """The filing that has these bytes, if the store holds it."""
        if not self._made:
            return None
        with faults(self.path):
            row = self._connection.execute("SELECT id, document FROM filings WHERE sha256 = ?", (sha256,)).fetchone()
        return Already(*row) if row else None

    def add(self, filing: Filing) -> Added | Already:
        """Write all of the filing, or, where anything fails, nothing of it (StoreError)."""
        return self.write(rows_of(filing))

    def write(self, made: rows.Rows) -> Added | Already:
        """Write a filing's rows, all of them, or, where anything fails, none (StoreError)."""
        written = self._write(made)
        return written if self._new is None or self._put(self._new) else self._write(made)

    def _put(self, path: Path) -> bool:
        """Whether the store that was made in memory stands at its place; either way the file is written from now on."""
        there = making.put(self._connection, path)
        with faults(path):
            self._connection.close()
            self._use(_connect(path, few=True))
        self._new, self._made = None, there
        if not there:
            self._words.clear()
        return there

    def _write(self, made: rows.Rows) -> Added | Already:
        with faults(self.path), self._transaction():
            known = self.find(made.sha256)
            if known:
                return known
            filing_id = self._insert_filing(made.filing)
            for table, found in made.tables.items():
                self._insert_rows(table, filing_id, found)
            self._index_passages(filing_id)
            if made.checked:
                self._insert_own(filing_id, made.checked)
            new = [word for word in made.words if word not in self._words]
            self._widen_vocabulary(new)
        self._remember(new)
        failing = made.checked.failing if made.checked else 0
        facts, passages = len(made.tables["facts"]), len(made.tables["passages"])
        return Added(filing_id, made.document, facts, passages, made.remark, failing)

    def _remember(self, words: list[rows.Word]) -> None:
        """Note the words that the store surely has: filings of one company share nearly all of theirs."""
        if len(self._words) > MOST_WORDS:
            self._words.clear()
        self._words.update(words)

    def keep(self, filing_id: int, checked: rows.Checked) -> None:
        """Keep what does not add up in a filing, all of it or nothing; what another process kept before stays."""
        with faults(self.path), self._transaction():
            if not self._connection.execute("SELECT 1 FROM checked WHERE filing_id = ?", (filing_id,)).fetchone():
                self._insert_checked(filing_id, checked, checked.records)

    def _insert_checked(self, filing_id: int, checked: rows.Checked, records: Iterable[rows.Kept]) -> None:
        self._insert("findings", [cast("rows.Record", record) for record in records])
        kept = {"filing_id": filing_id, "failing": checked.failing, "problem": checked.problem}
        self._insert("checked", [cast("rows.Record", kept)])

    def _insert_own(self, filing_id: int, checked: rows.Checked) -> None:
        """Insert what was found before the filing's facts had their ids."""
        sql = "SELECT id FROM facts WHERE filing_id = ? ORDER BY id"
        ids = [id for (id,) in self._connection.execute(sql, (filing_id,))] if checked.records else []
        records = (rows.Kept({**record, "fact_id": ids[record["fact_id"]]}) for record in checked.records)
        self._insert_checked(filing_id, checked, records)

    def to_bytes(self) -> bytes:
        """The store as the bytes of a file."""
        return self._connection.serialize()

    def close(self) -> None:
        """Make the indices that were put off, and fold the log into the file.

        While others have the store open the log stays as it is, and they will; what fails is left to the next writer.
        """
        if self._unindexed:
            self._connection.execute("PRAGMA temp_store = DEFAULT")  # however many facts are sorted, not in memory
            with contextlib.suppress(sqlite3.Error), self._transaction():
                making.complete(self._connection)
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.execute("PRAGMA busy_timeout = 0")
            self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """Take the write lock first, so that what is looked up before an insert is still true at the insert."""
        made = self._made
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            if not made:
                self._create()
            yield
        except BaseException:  # Ctrl-C too must leave nothing half-written
            self._made = made
            self._db.rollback()
            raise
        self._db.commit()

    def _begin(self, *, few: bool, many: bool) -> None:
        """Make the store if there is none, or leave that to the first transaction; StoreError where it is no store."""
        if few and not self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            return
        with faults(self.path), self._transaction():
            self._unindexed = many and making.put_off(self._connection)
            if not self._unindexed:
                making.complete(self._connection)

    def _create(self) -> None:
        """Make what is not there yet, within a transaction."""
        self._made = True
        if self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            check_version(self._connection, self.path)
        else:
            making.create(self._connection)

    def _insert_filing(self, record: rows.Record) -> int:
        """Insert a filing's own record; its id. sqlite-utils' ``insert`` looks the table over first, for half a ms."""
        marks = ", ".join("?" * len(record))
        sql = f"INSERT INTO filings ({', '.join(record)}) VALUES ({marks})"
        return cast("int", self._db.execute(sql, tuple(record.values())).lastrowid)

    def _insert(self, table: str, records: list[rows.Record]) -> None:
        """Insert records that share their keys."""
        if records:
            marks = ", ".join("?" * len(records[0]))
            sql = f"INSERT INTO {table} ({', '.join(records[0])}) VALUES ({marks})"
            self._connection.executemany(sql, [tuple(record.values()) for record in records])

    def _insert_rows(self, table: str, filing_id: int, found: list[rows.Row]) -> None:
        """Insert the rows of a filing; names that it gives twice are kept once.

        sqlite-utils' ``insert_all`` takes 12 ms for the facts of one release where one prepared statement takes 3.
        """
        columns = rows.COLUMNS[table]
        marks = ", ".join("?" * (columns.count(",") + 2))
        conflict = "IGNORE" if table == "names" else "ABORT"
        sql = f"INSERT OR {conflict} INTO {table} (filing_id, {columns}) VALUES ({marks})"
        self._connection.executemany(sql, [(filing_id, *row) for row in found])

    def _index_passages(self, filing_id: int) -> None:
        self._connection.execute(
            "INSERT INTO passages_text(rowid, text, heading)"
            " SELECT id, text, heading FROM passages WHERE filing_id = ? ORDER BY id",
            (filing_id,),
        )

    def _widen_vocabulary(self, words: list[rows.Word]) -> None:
        """Add the words that are new, in their order."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO vocabulary (kind, key, shown, detail) VALUES (?, ?, ?, ?)", words
        )


def _connect(path: Path, *, few: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        _set_up(connection, few=few)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, *, few: bool) -> None:
    """WAL where the file system can (else the journal that is), no wait for the disk at a commit; for few, neither."""
    if not few:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    # The indices of a large store stay in memory (32 MB), and the log is folded in every 64 MB: each filing changes
    # pages all over the indices, so that folding seldom writes a page once for many filings. Half the time.
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute("PRAGMA wal_autocheckpoint = 16000")
