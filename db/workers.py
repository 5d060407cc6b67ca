"""Processes that work for one that writes: as many as there are cores, and gone when it is."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing import connection, parent_process

MANY = 50_000  # objects: a filing of the usual size


def cores() -> int:
    """How many processes can run at once for this one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_worker() -> None:
    """Leave Ctrl-C to the writer, and end when it is gone: a killed ``add`` must leave no processes behind.

    What is loaded by now is left alone by the garbage collector, which comes as rarely as in ``rare_collections``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(MANY, 20, 50)
    parent = parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


@contextlib.contextmanager
def rare_collections() -> Iterator[None]:
    """Collect garbage every 50,000 objects and not every 700, which takes a third of the time to read a filing.

    What is read lives until it is written and holds hardly a cycle.
    """
    usual = gc.get_threshold()
    gc.set_threshold(MANY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
