"""The other actions: moving about, the conversation, help, themes, and the same by words that begin with a slash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.screen import Screen

from assistant.tui.asking import Asking
from assistant.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from assistant.completion import Completion


class Actions(Asking):
    """Everything that a key, the palette or a slash command does, and that the other parts don't have."""

    COMMANDS_SAID: ClassVar[dict[str, tuple[str, str]]] = {
        "/new": ("new", "Start another conversation"),
        "/copy": ("copy_what", "Copy the value, the row, the quoted lines, or the answer in another format"),
        "/export": (
            "export",
            "Write the conversation to a file: /export memo.md, .html, .tex, .csv, .json, .bib, .txt",
        ),
        "/source": ("source", "Show or hide the filing at the cited line"),
        "/find": ("find", "Find words in the filing"),
        "/filings": ("filings", "List the filings, open one"),
        "/facts": ("facts", "List the facts of a filing"),
        "/checks": ("checks", "List what doesn't add up in a filing"),
        "/history": ("history", "Ask an earlier question again"),
        "/theme": ("light_or_dark", "Light or dark"),
        "/help": ("help", "Keys, and how to ask"),
        "/quit": ("quit", "Leave Stope"),
    }

    def commands_for(self, typed: str) -> list[Completion]:
        """The slash commands that begin with what is typed."""
        from assistant.completion import Completion  # noqa: PLC0415

        return [
            Completion(0, len(typed), name, about)
            for name, (_, about) in self.COMMANDS_SAID.items()
            if name.startswith(typed)
        ]

    def obey(self, text: str) -> None:
        """Do what a slash command says; one that isn't known is said to be none."""
        name, _, rest = text.partition(" ")
        if name not in self.COMMANDS_SAID:
            self.notify(f"there is no {name}; there are {', '.join(self.COMMANDS_SAID)}", severity="warning", timeout=8)
        elif name == "/export":
            self.action_export(rest.strip())
        else:
            self.call_later(self.run_action, self.COMMANDS_SAID[name][0])

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action by name, and taking each alternative of the selected answer."""
        yield from super().get_system_commands(screen)
        for action, about in self.COMMANDS_SAID.values():
            if action != "quit":
                yield SystemCommand(_title(action), about, self._doing(action))
        for what in ("cited", "value", "row", "lines", "question", "sql"):
            yield SystemCommand(f"Copy: {what}", f"Copy {what} of the selected answer", self._doing(f"copy({what!r})"))
        yield SystemCommand("Next citation", "Alt+Right", self._doing("walk(1)"))
        yield SystemCommand("Previous citation", "Alt+Left", self._doing("walk(-1)"))
        yield SystemCommand("Earlier answer", "Alt+Up", self._doing("step(-1)"))
        yield SystemCommand("Later answer", "Alt+Down", self._doing("step(1)"))
        yield SystemCommand("Stop the question", "Esc", self._doing("stop"))
        yield SystemCommand("Details", "How the question was read, and its query", self.transcript.action_details)
        for number, reading in enumerate(self._pickable(), 1):
            yield SystemCommand(f"Take: {reading}", f"Alt+{number}", self._doing(f"pick({number})"))

    def _doing(self, action: str) -> Callable[[], object]:
        return lambda: self.call_later(self.run_action, action)

    def _pickable(self) -> list[str]:
        answer = self.entry.answer if self.entry is not None else None
        if answer is None:
            return []
        if answer.refusal is not None:
            return list(answer.refusal.suggestions)
        return [other.reading for other in answer.alternatives]

    def action_pick(self, number: int) -> None:
        """Take an alternative or a suggestion of the selected answer."""
        if (entry := self.entry) is not None and number <= len(self._pickable()):
            self.pick_alternative(entry, number)

    def action_pick_typed(self, number: int) -> None:
        """As ``pick``, for keys that could be meant as letters."""
        self.action_pick(number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter picks only where there is something to pick and nothing has been typed."""
        if action != "pick_typed":
            return True
        return not self.ask_line.value and parameters[0] in range(1, len(self._pickable()) + 1)

    def action_new(self) -> None:
        """Another conversation: the next question inherits nothing."""
        from assistant.tui.layout import Entry  # noqa: PLC0415

        self.context = ()
        self.transcript.add(Entry("new conversation", "divider"))
        self.ask_line.focus()

    def action_step(self, step: int) -> None:
        """Select an earlier or later answer."""
        self.transcript.action_select(step)

    def action_scroll_transcript(self, pages: int) -> None:
        """Scroll the conversation without leaving the ask line."""
        height = self.transcript.size.height - 1
        self.transcript.scroll_relative(y=pages * height, animate=False)

    def action_reuse(self) -> None:
        """Put the selected question on the ask line."""
        if self.entry is not None:
            self.action_put(self.entry.text)

    def action_put(self, text: str) -> None:
        """Put a text on the ask line."""
        self.ask_line.put(text)
        self.ask_line.focus()

    def action_escape(self) -> None:
        """Stop a question that runs, close the list, go to the answers, and from anywhere back to the ask line."""
        if self.stop_asking():
            return
        if not self.ask_line.has_focus:
            self.ask_line.focus()
        elif self.ask_line.list.is_shown:
            self.ask_line.close_list()
        elif self.transcript.entries:
            self.transcript.focus()

    def action_stop(self) -> None:
        """Stop the question that runs."""
        self.stop_asking()

    def action_stop_or_quit(self) -> None:
        """Stop a question; without one say how to quit."""
        if not self.stop_asking():
            self.notify("Ctrl+Q quits")

    def action_press_key(self, key: str) -> None:
        """What a click on a key of the footer does."""
        self.simulate_key(key)

    def action_light_or_dark(self) -> None:
        """The other one of Stope's two themes."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_help(self) -> None:
        """The keys."""
        from assistant.tui.help import HelpScreen  # noqa: PLC0415

        self.push_screen(HelpScreen())

    def action_history(self) -> None:
        """Earlier questions, to ask one again."""
        self.work(self._history, group="lists", exclusive=True)

    async def _history(self) -> None:
        questions = list(reversed(self.ask_line.questions))
        if not questions:
            self.notify("nothing has been asked yet")
            return
        picked = await self.pick_row(
            "Earlier questions, the newest first", ("Question",), [(each,) for each in questions]
        )
        if picked is not None:
            self.action_put(questions[picked[1]])


def _title(action: str) -> str:
    return {"light_or_dark": "Light or dark", "copy_what": "Copy…", "new": "New conversation"}.get(
        action, action.capitalize()
    )
