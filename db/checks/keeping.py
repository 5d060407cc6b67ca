"""Checks made once and kept in the store: the last phase of ``stope add``, for what was not checked as it was read.

Only what a filing's own figures show is kept. What depends on the other filings of the store (restated figures) is
looked up when it is asked for, so that the order of adding makes no difference. Each filing's findings go in whole or
not at all; what was not reached is checked by the next ``stope add``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from db.checks.looking import look_at
from db.rows import Checked
from db.store import Store
from db.workers import cores, start_worker
from db.writing import FEW, Writer

ALONE = 12  # filings that are checked sooner than other processes have started


def unchecked(store: Store) -> list[int]:
    """The filings that were added and never checked, as they were added."""
    sql = "SELECT id FROM filings WHERE id NOT IN (SELECT filing_id FROM checked) ORDER BY +id"  # out of an index
    return [row["id"] for row in store.run(sql)]


def check_here(store: Store, writer: Writer, filings: Sequence[int]) -> Iterator[Checked]:
    """Check these filings of a store and keep what was found with the writer of the same store."""
    for filing in filings:
        checked = look_at(store, filing)
        writer.keep(filing, checked)
        yield checked


def check_rest(path: Path, filings: Sequence[int]) -> Iterator[Checked]:
    """Check these filings of the store at ``path`` and keep what was found, each before it is yielded."""
    if len(filings) < ALONE or cores() < 2:
        few = len(filings) <= FEW
        with Writer.open(path, few=few) as writer, Store.open(path) as store:  # closed last, it leaves one file
            yield from check_here(store, writer, filings)
    else:
        yield from _apart(path, filings)


def _apart(path: Path, filings: Sequence[int]) -> Iterator[Checked]:
    """The filings checked on every core; the pool starts before the writer opens, for SQLite must not be forked."""
    pool = ProcessPoolExecutor(cores(), initializer=_start, initargs=(path,))
    ahead = 4 * cores()
    waiting = deque((filing, pool.submit(_look, filing)) for filing in filings[:ahead])
    with Writer.open(path) as writer:
        try:
            yield from _kept(pool, writer, waiting, filings[ahead:])
        except BrokenProcessPool:
            return  # killed, perhaps for want of memory: the next ``add`` goes on from here
        finally:  # the readers are gone before the writer closes, so that it leaves one file
            pool.shutdown(cancel_futures=True)


def _kept(
    pool: ProcessPoolExecutor, writer: Writer, waiting: deque[tuple[int, Future[Checked]]], rest: Sequence[int]
) -> Iterator[Checked]:
    left = iter(rest)
    while waiting:
        filing, looking = waiting.popleft()
        checked = looking.result()
        waiting.extend((new, pool.submit(_look, new)) for new in (next(left, None),) if new is not None)
        writer.keep(filing, checked)
        yield checked


_stores: list[Store] = []  # the one of a worker process


def _start(path: Path) -> None:
    start_worker()
    _stores.append(Store.open(path))


def _look(filing_id: int) -> Checked:
    return look_at(_stores[0], filing_id)
