"""Processes that work for one that writes: as many as there are cores, and gone when it is."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import connection, parent_process


def cores() -> int:
    """How many processes can run at once for this one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_worker() -> None:
    """Leave Ctrl-C to the writer, and end when it is gone: a killed ``add`` must leave no processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
