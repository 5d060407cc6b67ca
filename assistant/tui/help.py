"""F1: the keys, and what can be asked."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip

from assistant.tui.keys import Keys
from assistant.tui.runs import Line, Run, wrap
from assistant.tui.runs_view import RunsView

HELP = """\
Ask
  Enter|asks what is typed, whatever the list shows
  Tab|accepts the completion; the arrows choose another or bring back earlier questions
  green, underlined|words that were understood, and words that were not
  a follow-up|goes on from the last answer: "and the quarter before?"
  /new, Ctrl+N|starts another conversation
  /copy, /export, /filings, /facts, /checks, /history, /help, /quit|the same as their keys

Answers
  Alt+1 … Alt+9|take an alternative reading or a suggestion (Esc, then the digit)
  Esc|stops a question that takes long; else goes to the answers and back
  Alt+↑ Alt+↓|select an earlier or later answer
  Page up, down|scroll
  in the answers: d|how the question was read, and its query
  in the answers: Enter|puts the question on the ask line again

Source
  F2|shows or hides the filing at the cited line
  Alt+→ Alt+←|next and previous citation, operands of a computed figure as well
  F3 or /|finds words in the filing; Enter or ] goes to the next, [ to the one before
  c|back to the cited figure
  v|an HTML filing as a page, or as it stands in the file
  F4|all filings; there F3 lists a filing's facts, F7 what doesn't add up

Copy
  Ctrl+Y|the answer with its citations
  F5|the value alone, the row, the quoted lines, or another format
  F6|writes the conversation to a file

Elsewhere
  Ctrl+P|every command by name      F8  earlier questions      F9  light or dark
  Ctrl+Q|quit
"""


class HelpText(RunsView):
    """The text of the help, wrapped for the width."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self._lines = [line for text in HELP.splitlines() for line in _help_lines(text, event.size.width - 1)]
        self.virtual_size = Size(0, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """A line of the help."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        return self.painted(self._lines[number] if number < len(self._lines) else (), number, width)


class HelpScreen(ModalScreen[None]):
    """The help in a box; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q", "dismiss", "Close", key_display="Esc")]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > Vertical {
            width: 92%; max-width: 110; height: 90%; max-height: 42;
            border: round $primary; border-title-color: $text-primary; background: $background; padding: 0 1;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """The box and its keys."""
        with Vertical() as box:
            box.border_title = "Help"
            yield HelpText()
        yield Keys()


def _help_lines(text: str, width: int) -> list[Line]:
    key, bar, does = text.partition("|")
    if not bar:
        return [(Run(text, "heading"),)]
    if len(key) > 22:
        return [*wrap([Run(key, "mark")], width, 2), *wrap([Run(" " * 24 + does)], width, 24)]
    return wrap([Run(f"{key:<24}", "mark"), Run(does)], width, 24)
