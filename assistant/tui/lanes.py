"""Work beside the screen: a lane is one thread with an engine of its own, so that typing never waits for an answer.

The threads are daemons: a question that never ends keeps nobody from quitting. A lane that is abandoned ends by itself
once the work that it is in is done; what it still returns is thrown away.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from assistant.tui.engine import Engine, OpenEngine

T = TypeVar("T")


class Lane:
    """A thread that opens an engine with its first job and does one job after the other."""

    def __init__(self, name: str, open_engine: OpenEngine) -> None:
        self._open = open_engine
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[Engine], Any]] | None] = SimpleQueue()
        self._engine: Engine | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Engine], T]) -> Future[T]:
        """The future of the job's result; cancelling it before its turn drops the job."""
        future: Future[T] = Future()
        self._jobs.put((future, job))
        return future

    def abandon(self) -> None:
        """Interrupt what runs and take no more work."""
        self._jobs.put(None)
        if self._engine is not None:
            self._engine.interrupt()

    def _work(self) -> None:
        while (each := self._jobs.get()) is not None:
            future, job = each
            if future.set_running_or_notify_cancel():
                self._do(future, job)

    def _do(self, future: Future[Any], job: Callable[[Engine], Any]) -> None:
        """Whatever goes wrong belongs to the one who waits for the future, as in any executor."""
        try:
            if self._engine is None:
                self._engine = self._open()
            result = job(self._engine)
        except BaseException as error:  # noqa: BLE001
            future.set_exception(error)
        else:
            future.set_result(result)
