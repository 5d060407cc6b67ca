"""A dialog that lets one row be picked: filings, facts, failed checks, earlier questions, formats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from assistant.tui.keys import Keys
from assistant.tui.rows import Rows


class Picker(ModalScreen[tuple[str, int] | None]):
    """Typing filters, the arrows move, Enter takes, Esc leaves; returns the key that took a row and its index.

    ``extra`` are further keys that take a row for something else (``f`` for the facts of a filing): they are given to
    the caller, who knows what they mean.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take('enter')", "Take", key_display="⏎"),
        Binding("f3", "take('f3')", "Facts"),
        Binding("f7", "take('f7')", "Failed checks"),
        Binding("escape", "leave", "Close", key_display="Esc"),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]
    DEFAULT_CSS = """
    Picker {
        align: center middle;
        & > Vertical {
            width: 90%; max-width: 160; height: 85%; max-height: 40;
            border: round $primary; border-title-color: $text-primary; background: $background; padding: 0 1;
        }
        & Input, & Input:focus { border: none; height: 1; padding: 0; background: $surface; }
    }
    """

    def __init__(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, extra: bool = False, at: int = 0
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = Rows(columns, rows)
        self._extra = extra
        self._at = at

    def compose(self) -> ComposeResult:
        """The filter, the rows, the keys."""
        with Vertical() as box:
            box.border_title = self._title.replace("[", r"\[")
            box.border_subtitle = "type to filter, ⏎ takes, Esc closes"
            yield Input(placeholder=f"Filter {len(self._rows.rows)} rows")
            yield self._rows
        yield Keys()

    def on_mount(self) -> None:
        """Typing filters at once."""
        self._rows.can_focus = False
        self._rows.cursor = self._at
        self.query_one(Input).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The further keys only where the caller has a use for them."""
        return self._extra or action != "take" or parameters == ("enter",)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._rows.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the row of the cursor."""
        event.stop()
        self.action_take("enter")

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """A click took a row."""
        self.dismiss(("enter", event.index))

    def action_take(self, key: str) -> None:
        """Close with the row of the cursor."""
        if self._rows.shown:
            self.dismiss((key, self._rows.shown[self._rows.cursor]))

    def action_leave(self) -> None:
        """Close without a row."""
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        """Move the cursor while the filter has the focus."""
        self._rows.action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self._rows.action_page(step)
