"""Asking: a question put into the transcript and answered beside the screen, and the answer of another reading."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assistant.tui.copy_actions import CopyActions
from assistant.tui.session import Kept
from grammar.errors import StopeError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.tui.engine import OpenEngine
    from assistant.tui.layout import Entry

SLOW = 0.4
UNREAD = "unknown_words"  # the reason of a refusal that leaves nothing to follow on


class Asking(CopyActions):
    """What asks; one question at a time, ``running`` the one that is being answered."""

    def __init__(self, open_engine: OpenEngine, kept: Kept | None = None) -> None:
        super().__init__(open_engine, kept)
        self.running: Entry | None = None

    def ask(self, question: str) -> None:
        """Put the question into the transcript and ask it in the background."""
        from assistant.tui.layout import Entry  # noqa: PLC0415

        self.ask_line.remember(question)
        entry = Entry(question, "asking")
        self.transcript.add(entry)
        self.work(partial(self._ask, entry), group="asking")

    async def _ask(self, entry: Entry) -> None:
        """One question at a time; the next one of the conversation waits for what this one is answered."""
        while self.running is not None:
            await asyncio.sleep(0.02)
            if entry.state != "asking":
                return
        self.running, entry.context = entry, self.context
        ticking = self.set_interval(SLOW / 2, self._ticker(entry))
        try:
            answer = await self.look(lambda engine: engine.ask(entry.text, entry.context), "asking")
            if entry.state == "asking":
                self._answered(entry, answer)
        except StopeError as error:
            entry.state, entry.message = "failed", str(error)
        except asyncio.CancelledError:
            entry.state, entry.message = "stopped", "stopped"
            raise
        finally:
            ticking.stop()
            self.running = None
            self.transcript.redraw(entry)

    def _answered(self, entry: Entry, answer: Answer) -> None:
        entry.state, entry.answer, entry.message = "answered", answer, ""
        if answer.refusal is None or answer.refusal.reason != UNREAD:  # what was understood may be followed on
            self.context = (*self.context, entry.text)
        self.transcript.redraw(entry)
        self.call_after_refresh(self.show_sources, entry)  # the answer first, then where it stands
        self.call_after_refresh(self._keep, entry, answer)

    def _keep(self, entry: Entry, answer: Answer) -> None:
        if (log := self.log_of_questions) is not None and not log.append(entry.text, entry.context, answer):
            self.notify(f"the conversation can't be kept in {log.path}", severity="warning")

    def _ticker(self, entry: Entry) -> Callable[[], None]:
        """Says how long a question takes, from the moment on when it is long."""
        began = time.monotonic()

        def tick() -> None:
            took = time.monotonic() - began
            if took >= SLOW and entry.state == "asking":
                entry.message = f"asking for {took:.1f} s (Esc stops it)"
                self.transcript.redraw(entry)

        return tick

    def stop_asking(self) -> bool:
        """Stop the question that runs; the lane is left to end by itself and the next question has a new one."""
        if self.running is None:
            return False
        self.workers.cancel_group(self, "asking")
        self.abandon("asking")
        return True

    def pick_alternative(self, entry: Entry, number: int) -> None:
        """Put the answer of another reading below, or ask a suggestion."""
        from assistant.tui.layout import Entry  # noqa: PLC0415

        if entry.answer is None:
            return
        if entry.answer.refusal is not None:
            suggestions = entry.answer.refusal.suggestions
            if number <= len(suggestions):
                self.ask(suggestions[number - 1])
        elif number <= len(entry.answer.alternatives):
            picked = Entry(entry.text, "asking", context=entry.context)
            self.transcript.add(picked)
            self.work(partial(self._pick, picked, entry.answer, number - 1), group="picking")

    async def _pick(self, entry: Entry, first: Answer, index: int) -> None:
        """Asked by itself the other reading has a query of its own, and follow-ups go on from it.

        Where it gives something else when it is asked (it leaned on the conversation), what was shown beside the first
        answer is taken as it stands, and follow-ups begin anew: they must not go on from a reading that wasn't meant.
        """
        from assistant.tui.picking import alike, swapped  # noqa: PLC0415

        chosen = first.alternatives[index]
        answer = swapped(first, index)
        alone = await self.look(lambda engine: engine.ask(chosen.reading, ()), "asking")
        same = alone.status == "answered" and alike(alone, answer)
        if same:
            answer = replace(alone, question=first.question, alternatives=answer.alternatives)
        entry.state, entry.answer = "answered", answer
        self.context = (chosen.reading,) if same else ()
        self._keep(entry, answer)
        self.transcript.redraw(entry)
        self.show_sources(entry)
