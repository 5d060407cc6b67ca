"""The ask line: what was understood shows while typing, Tab accepts a completion, Enter always asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import SuggestionReady
from textual.widget import Widget
from textual.widgets import Input

from assistant.tui.runs_view import style_of

if TYPE_CHECKING:
    from assistant.answer import Said
    from assistant.completion import Completion
    from assistant.tui.completions import Completions


ALT_DIGITS = "¡™£¢∞§¶•ª"  # what Textual makes of Alt+1 to Alt+9 where a terminal says Alt with an escape alone


class AskLine(Input):
    """The line itself: an Input that marks its words and walks through earlier questions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Ask", key_display="⏎"),
        Binding("tab", "accept", "Accept", key_display="Tab"),
        Binding("up", "earlier", "Earlier question", show=False),
        Binding("down", "later", "Later question", show=False),
        Binding("pageup", "app.scroll_transcript(-1)", "Scroll up", show=False),
        Binding("pagedown", "app.scroll_transcript(1)", "Scroll down", show=False),
    ]
    DEFAULT_CSS = """
    AskLine { border: none; height: 1; padding: 0; background: $background; }
    AskLine:focus { border: none; background-tint: $foreground 0%; }
    """

    def __init__(self) -> None:
        super().__init__(id="ask", placeholder="Ask a question about the filings", select_on_focus=False)
        self.highlighter = self.mark_words  # type: ignore[assignment]
        self.said: tuple[str, tuple[Said, ...]] = ("", ())
        self.questions: list[str] = []
        self._at: int | None = None
        self._draft = ""
        self._list: Completions | None = None

    def mark_words(self, text: Text) -> Text:
        """The text with its understood words coloured and the others underlined; what was typed since stays plain."""
        about, said = self.said
        typed = text.plain
        same = next(
            (at for at, (old, new) in enumerate(zip(about, typed, strict=False)) if old != new),
            min(len(about), len(typed)),
        )
        variables, behind = self.app.theme_variables, self.background_colors[1]
        understood, unknown = (style_of(name, variables, behind) for name in ("understood", "unknown"))
        for each in said:
            if each.end <= same and (each.end == len(about) or each.end < same or about == typed):
                text.stylize(understood if each.kind else unknown, each.start, each.end)
        return text

    def show_said(self, typed: str, said: Sequence[Said]) -> None:
        """Mark what the words of ``typed`` were understood as."""
        self.said = (typed, tuple(said))
        self.refresh()

    def put(self, text: str) -> None:
        """Fill the line, the cursor at its end."""
        self.value = text
        self.cursor_position = len(text)

    def remember(self, question: str) -> None:
        """Add to the questions that the arrows bring back."""
        if question in self.questions:
            self.questions.remove(question)
        self.questions.append(question)
        self._at = None

    @property
    def list(self) -> Completions:
        """The list above this line, made when it is first wanted."""
        from assistant.tui.completions import Completions  # noqa: PLC0415

        if self._list is None:
            self._list = Completions()
            self.screen.mount(self._list)
        return self._list

    def action_earlier(self) -> None:
        """Go up in the list if in it, else bring back the question before."""
        if self.list.is_shown and self.list.highlighted >= 0:
            self.list.highlighted -= 1
            self._show_ghost()
        elif self.questions and self._at != 0:
            if self._at is None:
                self._draft, self._at = self.value, len(self.questions)
            self._recall(self._at - 1)

    def action_later(self) -> None:
        """Go forward to the question after or the draft; into the list where it is shown."""
        if self._at is not None:
            self._recall(self._at + 1)
        elif self.list.is_shown:
            self.list.highlighted = min(self.list.highlighted + 1, len(self.list.completions) - 1)
            self._show_ghost()
        elif not self.value:
            self.post_message(AskPane.Examples())

    def _recall(self, index: int) -> None:
        self.list.offer(())
        if index >= len(self.questions):
            self._at = None
            self.put(self._draft)
        else:
            self._at = index
            self.put(self.questions[index])

    @property
    def is_recalled(self) -> bool:
        """Whether the line holds an earlier question as it was."""
        return self._at is not None and self.value == self.questions[self._at]

    def action_accept(self) -> None:
        """Take the completion; with none go to the next pane, as Tab does elsewhere."""
        if (chosen := self.list.chosen) is not None:
            self.take(chosen)
        else:
            self.screen.focus_next()

    def take(self, completion: Completion) -> None:
        """Put the completion in its place."""
        self._at = None
        head = self.value[: completion.start] + completion.text
        self.value = head + self.value[completion.end :]
        self.cursor_position = len(head)

    def _show_ghost(self) -> None:
        """The rest of the chosen completion behind the cursor, where it goes on from what was typed."""
        chosen = self.list.chosen
        ghost = ""
        if chosen is not None and chosen.end >= len(self.value) and self.value:
            whole = self.value[: chosen.start] + chosen.text
            typed = self.value
            if whole.casefold().startswith(typed.casefold()):
                ghost = typed + whole[len(typed) :]
        self.post_message(SuggestionReady(self.value, ghost))

    def offer(self, typed: str, completions: Sequence[Completion]) -> None:
        """Show completions for ``typed``; those that come too late for it are dropped."""
        if typed == self.value and not self.is_recalled:
            self.list.offer([each for each in completions if _changes(each, typed)])
            self._show_ghost()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are for the line, but for those that mean Alt and a digit while nothing has been typed."""
        return super().check_consume_key(key, character) and (bool(self.value) or (character or " ") not in ALT_DIGITS)

    def close_list(self) -> None:
        """Show no completions until something else is typed."""
        self.list.offer(())
        self._show_ghost()

    def on_key(self, event: events.Key) -> None:
        """Typing ends the walk through earlier questions."""
        if event.is_printable or event.key in ("backspace", "delete"):
            self._at = None


class AskPane(Widget):
    """The ask line behind its label, which the pane draws itself; the list of completions stands above it."""

    class Examples(Message):
        """The examples of what can be asked are wanted."""

    DEFAULT_CSS = """
    AskPane {
        dock: bottom; width: 100%; height: 2; margin-bottom: 1; padding: 0 1;
        layout: vertical; border-top: solid $panel;
        color: $text-accent; text-style: bold;
        &:focus-within { border-top: solid $accent; }
        & > AskLine { margin-left: 6; }
    }
    """

    def compose(self) -> ComposeResult:
        """The line."""
        yield AskLine()

    def render(self) -> RenderResult:
        """The label."""
        return "Ask ›"


def _changes(completion: Completion, typed: str) -> bool:
    """Whether taking the completion would change anything."""
    return typed[completion.start : completion.end] != completion.text
