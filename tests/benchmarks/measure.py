"""Clocks: medians of five, percentiles, and what a process of its own takes in time and memory."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
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


# A process keeps the peak of the one that forked it, so a small one stands between: it prints seconds and kilobytes.
_BETWEEN = """
import os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, _, usage = os.wait4(child.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss)
"""


def process(command: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a command in a process of its own, its output thrown away.

    Byte code is written and used, as in any installation.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    said = subprocess.run(
        [sys.executable, "-S", "-c", _BETWEEN, *command], stdout=subprocess.PIPE, text=True, env=environment, check=True
    )
    seconds_taken, peak = said.stdout.split()
    return float(seconds_taken), float(peak) / 1024


def cold(command: Sequence[str], repeats: int = REPEATS) -> tuple[float, float]:
    """Medians of wall seconds and peak megabytes of a command, after one run that warms the disk's cache."""
    process(command)
    runs = [process(command) for _ in range(repeats)]
    return statistics.median(t for t, _ in runs), statistics.median(m for _, m in runs)
