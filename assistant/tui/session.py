"""What every part of the interface can reach: the lanes, the conversation, the ask line, and what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textual.app import App

from assistant.tui.preferences import Preferences
from assistant.tui.prompt import AskLine
from assistant.tui.transcript import Transcript

if TYPE_CHECKING:
    from assistant.conversation_log import ConversationLog
    from assistant.tui.engine import Engine, OpenEngine
    from assistant.tui.lanes import Lane
    from assistant.tui.layout import Entry

T = TypeVar("T")


class Kept(NamedTuple):
    """Where the interface keeps what outlives it; None for what is not kept."""

    log: Path | None = None
    preferences: Path | None = None
    last_copy: Path | None = None

    @classmethod
    def beside(cls, store: Path, history: bool) -> Kept:
        """Files beside the store; without history no question is written anywhere."""
        log = store.with_name(store.name + ".conversation.jsonl") if history else None
        return cls(log, store.with_name("interface.conf"), store.with_name("last-copy.txt"))


class Session(App[None]):
    """The app as its parts see it.

    What the first frame doesn't show is imported when it is first used: a quarter of a second of start-up is imports.
    """

    def __init__(self, open_engine: OpenEngine, kept: Kept | None = None) -> None:
        super().__init__()
        self.kept = kept or Kept()
        self.preferences = Preferences()
        self.context: tuple[str, ...] = ()
        self._open_engine = open_engine
        self._lanes: dict[str, Lane] = {}

    @property
    def log_of_questions(self) -> ConversationLog | None:
        """Where the conversation is kept, None where it isn't."""
        from assistant.conversation_log import ConversationLog  # noqa: PLC0415

        return ConversationLog(self.kept.log) if self.kept.log is not None else None

    @property
    def transcript(self) -> Transcript:
        """The conversation, whatever dialog is open above it."""
        return self.screen_stack[0].query_one(Transcript)

    @property
    def ask_line(self) -> AskLine:
        """The line that is typed on."""
        return self.screen_stack[0].query_one(AskLine)

    @property
    def entry(self) -> Entry | None:
        """The selected entry of the conversation."""
        return self.transcript.current

    async def look(self, job: Callable[[Engine], T], lane: str = "looking") -> T:
        """The job's result, by default from the lane that never asks questions."""
        if lane not in self._lanes:
            from assistant.tui.lanes import Lane  # noqa: PLC0415

            self._lanes[lane] = Lane(lane, self._open_engine)
        return await asyncio.wrap_future(self._lanes[lane].submit(job))

    def work(self, job: Callable[[], Coroutine[Any, Any, None]], *, group: str, exclusive: bool = False) -> None:
        """Do it beside the screen; ``exclusive`` ends what the group does. What goes wrong is said, not raised."""
        self.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False)  # type: ignore[arg-type]

    def abandon(self, lane: str) -> None:
        """Stop what the lane does; the next job gets a new one."""
        if (old := self._lanes.pop(lane, None)) is not None:
            old.abandon()

    def save_preferences(self) -> None:
        """Keep what was chosen."""
        if self.kept.preferences is not None:
            self.preferences.save(self.kept.preferences)
