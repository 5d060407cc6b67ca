"""From the words of ``stope add`` to filings in the store: read on every core, written by one, in the order given.

Of many files each is also checked by its own figures where it is read, so that it goes in with what doesn't add up in
it; a few are answered from sooner when they are checked afterwards (``db/checks/keeping.py``).
The order makes a store that was interrupted and completed later the same as one that never was. No more files are
parsed ahead than keep the cores busy, so that memory does not grow with their number.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from db.checks.looking import look_at_parsed
from db.gathering import STDIN, Given, read_file
from db.model import Filing
from db.parsing import parse_bytes
from db.readers import MAX_BYTES
from db.rows import Rows
from db.rows.filing import rows_of
from db.store import Store
from db.workers import cores, rare_collections, start_worker
from db.writing import FEW, MANY, Added, Already, Writer
from grammar.errors import ReadError, StoreError, StoreMissing

AHEAD = 6  # files a core that are parsed or wait to be written
ALONE = 400_000  # bytes that are parsed sooner than other processes have started
# What a fault of the parser looks like from outside: one odd file must not keep the others from being added.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: it was added, was there already, or could not be read (``problem`` says why)."""

    path: str
    result: Added | Already | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A file whose bytes the store already holds, found before it was parsed."""

    sha256: str


_Parsed = Filing | _Known | ReadError
_Ready = Rows | _Known | ReadError  # what is handed from process to process


def add(files: Sequence[Given], store: Path, stdin: BinaryIO | None = None) -> Iterator[Outcome]:
    """Add the files to the store one by one; StoreError ends it, all that was yielded before being in the store.

    The store is made when the first filing is ready for it: where none can be read, none is made.
    """
    writer: Writer | None = None
    parsed = _parse_all(files, _known(store), stdin or sys.stdin.buffer)
    try:
        with rare_collections():
            for file, result in parsed:
                if isinstance(result, ReadError):
                    yield Outcome(file.path, problem=str(result))
                    continue
                writer = writer or Writer.open(store, few=len(files) <= FEW, many=len(files) >= MANY)
                yield Outcome(file.path, _write(writer, result))
    finally:
        parsed.close()
        if writer:
            writer.close()


def _write(writer: Writer, parsed: Rows | _Known) -> Added | Already:
    if isinstance(parsed, Rows):
        return writer.write(parsed)
    found = writer.find(parsed.sha256)
    if found is None:
        raise StoreError(f"{writer.path} lost a filing while others were added: run the command again")
    return found


def _known(store: Path) -> frozenset[str]:
    """The digests of what the store holds; a store that can't be read is reported here, before any parsing."""
    try:
        with Store.open(store) as opened:
            return frozenset(row["sha256"] for row in opened.run("SELECT sha256 FROM filings"))
    except StoreMissing:
        return frozenset()


def _parse_all(
    files: Sequence[Given], known: frozenset[str], stdin: BinaryIO
) -> Generator[tuple[Given, _Ready], None, None]:
    readable = [file for file in files if not file.problem and file.path != STDIN]
    if len(readable) < 2 or sum(file.size for file in readable) < ALONE or cores() < 2:
        for file in files:
            yield file, _parse_here(file, known, stdin)
    else:
        yield from _parse_apart(files, known, stdin)


def _parse_apart(files: Sequence[Given], known: frozenset[str], stdin: BinaryIO) -> Iterator[tuple[Given, _Ready]]:
    """The files parsed by as many processes as there are cores, in their order."""
    pool = ProcessPoolExecutor(cores(), initializer=_start, initargs=(known,))
    waiting: deque[tuple[Given, Future[_Ready] | None]] = deque()
    try:
        for file in files:
            apart = not file.problem and file.path != STDIN
            waiting.append((file, pool.submit(_read_apart, file.path) if apart else None))
            if len(waiting) > AHEAD * cores():
                yield _next(waiting, known, stdin)
        while waiting:
            yield _next(waiting, known, stdin)
    except BrokenProcessPool as error:
        raise ReadError(
            f"a process that read the files was killed at or after {waiting[0][0].path if waiting else 'the last'}, "
            "perhaps for want of memory: what was reported is in the store, run the command again for the rest"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _next(
    waiting: deque[tuple[Given, Future[_Ready] | None]], known: frozenset[str], stdin: BinaryIO
) -> tuple[Given, _Ready]:
    file, future = waiting[0]
    result = future.result() if future else _parse_here(file, known, stdin)
    waiting.popleft()
    return file, result


_store_has: set[str] = set()  # in a process that parses for another: the digests that it was started with


def _start(known: frozenset[str]) -> None:
    _store_has.update(known)
    start_worker()


def _read_apart(path: str) -> _Ready:
    """The rows of a file, checked: what the checks read is at hand here, and later in the store only."""
    parsed = parse_file(path, _store_has)
    ready = _ready(parsed)
    if isinstance(parsed, Filing) and isinstance(ready, Rows):
        ready.checked = look_at_parsed(parsed, ready)
    return ready


def _ready(parsed: _Parsed) -> _Ready:
    return rows_of(parsed) if isinstance(parsed, Filing) else parsed


def _parse_here(file: Given, known: frozenset[str], stdin: BinaryIO) -> _Ready:
    if file.problem:
        return ReadError(file.problem)
    if file.path == STDIN:
        return _ready(_parse(stdin.read(MAX_BYTES + 1), "stdin", known))
    return _ready(parse_file(file.path, known))


def parse_file(path: str, known: Set[str] = frozenset()) -> _Parsed:
    """What stands in a file: its Filing, or that it is known, or the ReadError that says what to give instead."""
    try:
        data = read_file(path)
    except ReadError as error:
        return error
    return _parse(data, path, known)


def _parse(data: bytes, path: str, known: Set[str]) -> _Parsed:
    digest = hashlib.sha256(data).hexdigest()
    if digest in known:
        return _Known(digest)
    try:
        # A name that isn't Unicode can't be kept as it is; it is shown with marks where it is odd.
        return parse_bytes(data, os.fsencode(path).decode("utf-8", "replace"))
    except ReadError as error:
        return error
    except MemoryError:
        return ReadError(f"{path} needs more memory than there is: give the exhibit you need as a file of its own")
    except FAULTS as error:
        return ReadError(f"{path} has something in it that Stope fails on ({type(error).__name__}: {error})")
