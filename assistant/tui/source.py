"""The source pane: the filing itself at the cited line, and a line to search it with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from assistant.page import Page, Span
from assistant.tui.engine import Pins
from assistant.tui.places import Place
from assistant.tui.source_view import SourceView


class SourcePane(Vertical):
    """Shows one filing; the app tells it which place of the answer to show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Ask line", key_display="Esc"),
        Binding("v", "turn", "Page or file", show=False),
    ]

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
        self._page = self._shown = Page(())
        self._file: Sequence[str] = ()
        self._citing: tuple[Place, Pins, Sequence[Place]] | None = None
        self._cited = ""

    def compose(self) -> ComposeResult:
        """The filing's lines, and the find line below them."""
        yield self.view
        yield Input(placeholder="Find in this filing, Enter for the next", id="find")

    def wait_for(self, name: str) -> None:
        """Say which filing is on its way: the page of a large one takes seconds."""
        self.border_title = f"Source · {name} …".replace("[", r"\[")

    def load(self, sha256: str, name: str, lines: Sequence[str], page: Page) -> None:
        """Show a filing from its top: its page, with the lines of the file at hand."""
        self.sha256, self._name, self._file, self._page = sha256, name, lines, page
        self._citing, self._cited = None, ""
        self._show(page)
        self._title()

    def _show(self, page: Page) -> None:
        self._shown = page
        self.view.load(page.lines, page.numbers)

    def cite(self, place: Place, pins: Pins, places: Sequence[Place]) -> None:
        """Show a place of the filing that is loaded; ``places`` are all of the answer."""
        self._citing = (place, pins, places)
        here = self._on_page(_spans(place, self._file))
        if not here:  # nothing that a reader sees stands there: the file itself does show it
            self._show(Page(self._file))
            here = self._on_page(_spans(place, self._file))
        others = [each for each in places if each is not place and each.citation.sha256 == self.sha256]
        marks = self._on_page([span for each in others for span in _spans(each, self._file)])
        parts = (self._on_page(spans) for spans in (pins.label, pins.columns, pins.headings))
        self.view.cite(here[0] if here else (1, 0, 0), here[-1][0] if here else 1, Pins(*map(tuple, parts)), marks)
        agrees = " agrees" if place.role == "agrees" else ""
        table = f" · {place.citation.table}" if place.citation.table else ""
        self._cited = f"[{place.number}/{len(places)}]{agrees}{table} · line {place.citation.line}"
        self._title()

    def _on_page(self, spans: Sequence[Span]) -> list[Span]:
        return sorted({found for span in spans for found in self._shown.spans(span)})

    def _title(self) -> None:
        count, of = len(self._file), " as a page" if self._shown.numbers else ""
        if self._cited:
            self.border_title = f"Source {self._cited} of {count} · {self._name}{of}".replace("[", r"\[")
        else:
            self.border_title = f"Source · {self._name} · {count} lines{of}".replace("[", r"\[")

    def action_turn(self) -> None:
        """An HTML filing as it stands in the file, or as a page again."""
        if not self._page.numbers:
            self.notify("this filing is plain text: its page is the file")
            return
        self._show(Page(self._file) if self._shown.numbers else self._page)
        self._title()
        if self._citing is not None:
            self.cite(*self._citing)

    def start_finding(self) -> None:
        """Open the find line."""
        self.add_class("-finding")
        self.query_one("#find", Input).focus()

    def find_next(self, step: int) -> None:
        """Go to the next line with the words of the find line."""
        words = self.query_one("#find", Input).value
        count = self.view.find(words)
        line = self._line_of(self.view.next_hit(step)) if count else None
        found = f"{count} lines, now at {line}" if line else ("not found" if words else "")
        self.border_subtitle = f"“{words}” {found}".replace("[", r"\[") if words else ""

    def _line_of(self, shown: int | None) -> int | None:
        """The line of the file that a line of the page begins on."""
        numbers = self._shown.numbers
        return numbers[shown - 1] if shown and numbers else shown

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


def _spans(place: Place, lines: Sequence[str]) -> list[Span]:
    """Where a place is in the file: its columns, or all of each of its lines."""
    citation = place.citation
    if citation.column_start is not None and citation.column_end is not None and citation.line == citation.line_end:
        return [(citation.line, citation.column_start, citation.column_end)]
    last = min(citation.line_end, len(lines))
    return [(number, 0, len(lines[number - 1])) for number in range(citation.line, last + 1)]
