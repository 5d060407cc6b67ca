"""Clocks: medians of five, percentiles, and what a process of its own takes in time and memory."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence

REPEATS = 5


def machine() -> str:
    """The machine's name, processor, cores and Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.node()} ({_processor()}, {cores} cores, Python {platform.python_version()})"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:  # noqa: PTH123 - no file of ours
            names = [line.partition(":")[2].strip() for line in info if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()


def median(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median of a work's wall times, in seconds."""
    return statistics.median(seconds(work) for _ in range(repeats))


def seconds(work: Callable[[], object]) -> float:
    """The wall time of a work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(times: Sequence[float], share: float) -> float:
    """The value that a share of the times is not above."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def process(command: Sequence[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a command in a process of its own, its output thrown away."""
    start = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | (environment or {})
    )
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def cold(command: Sequence[str], repeats: int = REPEATS) -> tuple[float, float]:
    """Medians of wall seconds and peak megabytes of a command, after one run that warms the disk's cache."""
    process(command)
    runs = [process(command) for _ in range(repeats)]
    return statistics.median(t for t, _ in runs), statistics.median(m for _, m in runs)
