"""The list above the ask line: ways to go on. It never takes the focus and never takes Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from assistant.tui.runs import Run, fit
from assistant.tui.runs_view import RunsView

if TYPE_CHECKING:
    from assistant.completion import Completion

MOST_SHOWN = 6


class Completions(RunsView, can_focus=False):
    """At most six lines; ``highlighted`` is -1 until the arrows go into the list."""

    DEFAULT_CSS: ClassVar[str] = """
    Completions {
        dock: bottom; margin-bottom: 3; display: none; height: 1; max-height: 6; padding: 0 1; background: $surface;
    }
    Completions.-shown { display: block; }
    """

    highlighted: reactive[int] = reactive(-1)

    class Picked(Message):
        """A completion was clicked."""

        def __init__(self, completion: Completion) -> None:
            self.completion = completion
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="completions")
        self.completions: list[Completion] = []

    def offer(self, completions: Sequence[Completion]) -> None:
        """Show these, or nothing."""
        self.completions = list(completions)
        self.set_reactive(Completions.highlighted, -1)
        self.virtual_size = Size(0, len(self.completions))
        self.styles.height = min(MOST_SHOWN, len(self.completions))
        self.set_class(bool(self.completions), "-shown")
        self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def is_shown(self) -> bool:
        """Whether there is something to pick."""
        return self.has_class("-shown")

    @property
    def chosen(self) -> Completion | None:
        """The highlighted one, the likeliest before any is."""
        return self.completions[max(0, self.highlighted)] if self.is_shown and self.completions else None

    def watch_highlighted(self, highlighted: int) -> None:
        """Keep the highlighted line in sight."""
        top, height = round(self.scroll_y), self.size.height
        if not top <= highlighted < top + height and highlighted >= 0:
            self.scroll_to(y=highlighted if highlighted < top else highlighted - height + 1, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A completion and what it is."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self.completions):
            return Strip.blank(width, self.rich_style)
        each = self.completions[number]
        widest = min(width - 2, max(cell_len(one.text) for one in self.completions))
        about = fit(each.about, max(0, width - widest - 4)) if each.about else ""
        line = (Run(" " + fit(each.text, widest) + "  "), Run(about, "muted"))
        return self.painted(line, number, width, "cursor" if number == self.highlighted else "")

    def on_click(self, event: events.Click) -> None:
        """Take the completion under the mouse."""
        number = event.y + self.scroll_offset.y
        if number < len(self.completions):
            self.post_message(self.Picked(self.completions[number]))
