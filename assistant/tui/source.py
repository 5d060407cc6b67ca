"""The source pane: the filing itself at the cited line, and a line to search it with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from assistant.tui.engine import Pins, Span
from assistant.tui.places import Place
from assistant.tui.source_view import SourceView


class SourcePane(Vertical):
    """Shows one filing; the app tells it which place of the answer to show."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Ask line", key_display="Esc")]

    DEFAULT_CSS = """
    SourcePane {
        border-top: solid $panel;
        border-title-color: $text-primary;
        &:focus-within { border-top: solid $accent; }
        & > Input, & > Input:focus { display: none; border: none; height: 1; padding: 0 1; background: $panel; }
        &.-finding > Input { display: block; }
        &.-finding > Input:focus { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="source")
        self.view = SourceView()
        self.sha256 = ""
        self._name = ""
        self._cited = ""

    def compose(self) -> ComposeResult:
        """The filing's lines, and the find line below them."""
        yield self.view
        yield Input(placeholder="Find in this filing, Enter for the next", id="find")

    def load(self, sha256: str, name: str, lines: Sequence[str]) -> None:
        """Show a filing from its top."""
        self.sha256, self._name, self._cited = sha256, name, ""
        self.view.load(lines)
        self._title()

    def cite(self, place: Place, pins: Pins, places: Sequence[Place]) -> None:
        """Show a place of the filing that is loaded; ``places`` are all of the answer."""
        citation = place.citation
        line = self.view.lines[citation.line - 1] if citation.line <= len(self.view.lines) else ""
        here = _span(place, len(line))
        others = [_span(other, 0) for other in places if other is not place and other.citation.sha256 == self.sha256]
        self.view.cite(here, citation.line_end, pins, others)
        agrees = " agrees" if place.role == "agrees" else ""
        table = f" · {citation.table}" if citation.table else ""
        self._cited = f"[{place.number}/{len(places)}]{agrees}{table} · line {citation.line}"
        self._title()

    def _title(self) -> None:
        cited = self._cited or f"{len(self.view.lines)} lines"
        self.border_title = f"Source {cited} of {len(self.view.lines)} · {self._name}".replace("[", r"\[")
        if not self._cited:
            self.border_title = f"Source · {self._name} · {cited}".replace("[", r"\[")

    def start_finding(self) -> None:
        """Open the find line."""
        self.add_class("-finding")
        self.query_one("#find", Input).focus()

    def find_next(self, step: int) -> None:
        """Go to the next line with the words of the find line."""
        words = self.query_one("#find", Input).value
        count = self.view.find(words)
        line = self.view.next_hit(step) if count else None
        found = f"{count} lines, now at {line}" if line else ("not found" if words else "")
        self.border_subtitle = f"“{words}” {found}".replace("[", r"\[") if words else ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next hit."""
        event.stop()
        self.find_next(1)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Mark the hits while typing."""
        event.stop()
        self.view.find(event.value)

    def on_key(self, event: events.Key) -> None:
        """Arrows walk the hits while the find line is open."""
        if self.query_one("#find", Input).has_focus and event.key in ("up", "down"):
            event.stop()
            self.find_next(1 if event.key == "down" else -1)

    def action_leave(self) -> None:
        """Close the find line if it is open, else go back to the ask line."""
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self.view.find("")
            self.border_subtitle = ""
            self.view.focus()
        else:
            self.app.query_one("#ask").focus()


def _span(place: Place, line_length: int) -> Span:
    citation = place.citation
    if citation.column_start is None or citation.column_end is None:
        return (citation.line, 0, line_length)
    return (citation.line, citation.column_start, citation.column_end)
