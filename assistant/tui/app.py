"""The interface: the conversation, the source beside it, and the ask line. Engines work in lanes beside the screen."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from assistant.tui.actions import Actions
from assistant.tui.keys import Keys
from assistant.tui.preferences import Preferences
from assistant.tui.prompt import ALT_DIGITS, AskPane
from assistant.tui.session import Kept
from assistant.tui.themes import DARK, LIGHT
from assistant.tui.title import Title
from assistant.tui.transcript import Transcript
from grammar.errors import StopeError, StoreError

if TYPE_CHECKING:
    from assistant.tui.completions import Completions
    from assistant.tui.engine import Engine, OpenEngine
    from db.store import Store

__all__ = ["Kept", "StopeApp", "engine_over", "run"]

MOST_RESTORED = 200  # answers shown again after a restart; the questions before them are in the history
RESTORED_AT_ONCE = 20  # so that a key that is typed meanwhile is echoed between them
SWITCH = 0.0005  # seconds that work beside the screen may hold Python: a tenth of the standard, or keys wait for it
QUIET = 0.02  # seconds after a key before the line is read: the key is echoed first
NO_STORE = 3
WIDE = 180


class StopeApp(Actions):
    """Everything is put together here; what a key does is in ``Actions``, what a widget shows in the widgets."""

    TITLE = "stope"
    CSS_PATH = "stope.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y", "copy('cited')", "Copy cited", key_display="^Y"),
        Binding("f2", "source", "Source"),
        Binding("f1", "help", "Help"),
        Binding("f4", "filings", "Filings"),
        Binding("ctrl+q", "quit", "Quit", key_display="^Q", priority=True),
        Binding("f8", "history", "History"),
        Binding("ctrl+n", "new", "New", key_display="^N"),
        Binding("f5", "copy_what", "Copy…"),
        Binding("f6", "export", "Export"),
        Binding("ctrl+p", "command_palette", "Commands", key_display="^P"),
        Binding("alt+right", "walk(1)", "Next citation", key_display="Alt+→", priority=True),
        Binding("f9", "light_or_dark", "Light/dark"),
        Binding("f3", "find", "Find", show=False),
        Binding("f7", "checks", "Failed checks", show=False),
        Binding("ctrl+c", "stop_or_quit", "Stop", show=False),
        Binding("escape", "escape", "Esc", show=False),
        Binding("alt+left", "walk(-1)", "Previous citation", show=False, priority=True),
        Binding("alt+up", "step(-1)", "Earlier answer", show=False, priority=True),
        Binding("alt+down", "step(1)", "Later answer", show=False, priority=True),
        *[Binding(f"alt+{n}", f"pick({n})", f"Pick {n}", show=False, priority=True) for n in range(1, 10)],
        *[
            Binding(each, f"pick_typed({n})", f"Pick {n}", show=False, priority=True)
            for n, each in enumerate(ALT_DIGITS, 1)
        ],
    ]

    def __init__(self, open_engine: OpenEngine, kept: Kept | None = None) -> None:
        super().__init__(open_engine, kept)
        if self.kept.preferences is not None:
            self.preferences = Preferences.load(self.kept.preferences)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        # Without its watcher: a theme that changes after the stylesheet was read means reading it twice.
        theme = self.preferences.theme
        self.set_reactive(App.theme, theme if theme in self.available_themes else DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def compose(self) -> ComposeResult:
        """Only what the first frame shows; the source pane comes when there is time."""
        yield Title()
        yield Transcript()
        yield AskPane()
        yield Keys()

    def on_mount(self) -> None:
        """Type at once; everything else comes after the first frame."""
        self.ask_line.focus()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first frame: the store, the kept conversation."""
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember_theme(theme.name))
        self.work(self._welcome, group="welcome")

    async def _welcome(self) -> None:
        """The kept conversation, then the store; without a store that can be read the interface can only say so."""
        from assistant.tui.layout import Entry  # noqa: PLC0415

        if (log := self.log_of_questions) is not None:
            kept = await asyncio.to_thread(log.read, MOST_RESTORED)
            entries = [Entry(each.question, "answered", each.answer, context=each.context) for each in kept.exchanges]
            self.ask_line.questions[:0] = dict.fromkeys((*kept.earlier, *(each.question for each in kept.exchanges)))
            if entries:
                said = "earlier questions are above (F8 finds older ones); here begins a new conversation"
                self.transcript.put_first([Entry(said, "divider")])
            for end in range(len(entries), 0, -RESTORED_AT_ONCE):
                self.transcript.put_first(entries[max(0, end - RESTORED_AT_ONCE) : end])
                await asyncio.sleep(0)
            if kept.lost:
                said = f"{kept.lost} lines of the kept conversation can't be read: they are left out"
                self.notify(said, severity="warning")
        try:
            summary = await self.look(lambda engine: engine.summary())
        except StoreError as error:
            self.exit(return_code=NO_STORE, message=f"stope: {error}")
            return
        self.screen_stack[0].query_one(Title).holds = summary
        examples = await self.look(lambda engine: engine.complete("", 0))
        if examples:
            self.ask_line.placeholder = examples[0].text
            if not any(entry.state != "divider" for entry in self.transcript.entries):
                lines = ["Ask, for example:", *(f"· {each.text}" for each in examples[:5])]
                self.transcript.add(Entry("\n".join(lines), "note"))
        await self.source_pane()
        await self.look(lambda engine: engine.prepare(), "asking")

    # Typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read and complete what is typed, dropping what was typed before it."""
        self.work(partial(self._typed, event.value), group="typing", exclusive=True)

    async def _typed(self, typed: str) -> None:
        if not typed.strip():
            self.ask_line.show_said(typed, ())
            self.ask_line.offer(typed, ())
            return
        if typed.startswith("/"):
            self.ask_line.offer(typed, self.commands_for(typed))
            return
        await asyncio.sleep(QUIET)
        cursor = self.ask_line.cursor_position
        completions = await self.look(lambda engine: engine.complete(typed, cursor))
        self.ask_line.offer(typed, completions)
        said = await self.look(lambda engine: engine.understood(typed))
        # The word that is being typed isn't called unknown as long as something begins like it.
        self.ask_line.show_said(typed, [each for each in said if each.kind or each.end < cursor or not completions])

    def on_transcript_selected(self, event: Transcript.Selected) -> None:
        """The source follows the answer that is selected."""
        if event.entry.answer is not None and event.entry is not self.shown:
            self.show_sources(event.entry)

    def on_completions_picked(self, event: Completions.Picked) -> None:
        """A click takes a completion."""
        self.ask_line.take(event.completion)
        self.ask_line.focus()

    def on_ask_pane_examples(self) -> None:
        """Whole questions, for an empty line."""
        self.work(self._examples, group="typing", exclusive=True)

    async def _examples(self) -> None:
        self.ask_line.offer("", await self.look(lambda engine: engine.complete("", 0)))

    # Asking

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter asks what is typed, or obeys it where it begins with a slash."""
        text = event.value.strip()
        self.workers.cancel_group(self, "typing")
        self.ask_line.list.offer(())
        self.ask_line.value = ""
        if text.startswith("/"):
            self.obey(text)
        elif text:
            self.ask(text)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What goes wrong in the background is said, and the interface stays."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, StopeError):
            self.notify(str(error), severity="warning", timeout=8)
        else:
            self.notify(f"{type(error).__name__}: {error}. This is a fault of Stope.", severity="error", timeout=12)
        for entry in self.transcript.entries:
            if entry.state == "asking" and event.worker.group == "asking" and entry is not self.running:
                entry.state, entry.message = "failed", f"no answer: {type(error).__name__}: {error}"
                self.transcript.redraw(entry)

    def on_resize(self, event: events.Resize) -> None:
        """The source stands below the conversation, or beside it where both have room."""
        self.screen.set_class(event.size.width >= WIDE, "-wide")

    def _remember_theme(self, name: str) -> None:
        self.preferences.theme = name
        self.save_preferences()


def engine_over(open_store: Callable[[], Store]) -> OpenEngine:
    """One engine for all lanes, made by the first that needs it: the first frame has no use for a store."""
    lock = threading.Lock()
    made: list[Engine] = []

    def open_engine() -> Engine:
        from assistant.tui.store_engine import StoreEngine  # noqa: PLC0415

        with lock:
            if not made:
                made.append(StoreEngine(open_store()))
            return made[0]

    return open_engine


def run(open_engine: OpenEngine, kept: Kept | None = None) -> int:
    """Show the interface until it is left; the exit status, that of a store that can't be read among them."""
    sys.setswitchinterval(SWITCH)
    app = StopeApp(open_engine, kept)
    app.run()
    return app.return_code or 0
