"""The conversation: questions and answers as they come, the newest in view."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip

from assistant.tui.runs import Run, plain
from assistant.tui.runs_view import RunsView

if TYPE_CHECKING:
    from assistant.tui.layout import Entry

EDGE = 2
LAID_OUT = 40


class Transcript(RunsView):
    """All entries as one long page; one of them is selected, and keys and copies are about that one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "select(-1)", "Earlier", key_display="↑"),
        Binding("down,j", "select(1)", "Later", key_display="↓"),
        Binding("home", "select_first", "First", show=False),
        Binding("end", "select_last", "Last", show=False),
        *[Binding(str(number), f"app.pick({number})", f"Pick {number}", show=False) for number in range(1, 10)],
        Binding("enter", "app.reuse", "Ask again"),
        Binding("space", "app.source", "Source"),
        Binding("n", "app.walk(1)", "Next citation", show=False),
        Binding("p", "app.walk(-1)", "Previous citation", show=False),
        Binding("y", "app.copy('cited')", "Copy cited"),
        Binding("v", "app.copy('value')", "value"),
        Binding("r", "app.copy('row')", "row"),
        Binding("l", "app.copy('lines')", "lines"),
        Binding("d", "details", "Details"),
        Binding("escape", "app.escape", "Ask line", key_display="Esc"),
    ]

    selected: reactive[int] = reactive(-1)

    class Selected(Message):
        """Another entry is selected."""

        def __init__(self, entry: Entry) -> None:
            self.entry = entry
            super().__init__()

    DEFAULT_CSS = """
    Transcript { overflow-x: hidden; scrollbar-gutter: stable; }
    """

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self.entries: list[Entry] = []
        self._starts: list[int] = [0]
        self._drawn: deque[Entry] = deque()
        self._aim: float | None = None
        self._width = 0

    @property
    def current(self) -> Entry | None:
        """The selected entry."""
        return self.entries[self.selected] if 0 <= self.selected < len(self.entries) else None

    def add(self, entry: Entry) -> None:
        """Put an entry at the end, select it if it is a question, and show it."""
        self.entries.append(entry)
        self._starts.append(self._starts[-1] + len(entry.lines(self._room)))
        self._resized()
        if entry.state not in ("note", "divider"):
            self.selected = len(self.entries) - 1
        self.call_after_refresh(self.show, len(self.entries) - 1)

    def put_first(self, entries: Iterable[Entry]) -> None:
        """Put earlier entries before all others, without moving what is in view."""
        earlier = list(entries)
        heights = [len(entry.lines(self._room)) for entry in earlier]
        for entry in earlier:
            entry.changed()
        grown = sum(heights)
        self.entries[:0] = earlier
        self._starts = [*accumulate(heights, initial=0), *(start + grown for start in self._starts[1:])]
        if self.selected >= 0:
            self.set_reactive(Transcript.selected, self.selected + len(earlier))
        self._aim = (self.scroll_y if self._aim is None else self._aim) + grown
        self._resized()
        self.call_after_refresh(self._scroll_to_aim)

    def _scroll_to_aim(self) -> None:
        """Where several entries came before the last one was drawn, one scroll does for all."""
        if self._aim is not None:
            self.scroll_to(y=self._aim, animate=False)
            self._aim = None

    def redraw(self, entry: Entry) -> None:
        """Lay the entry out again: it has changed."""
        if entry not in self.entries:
            return
        entry.changed()
        index = self.entries.index(entry)
        grown = len(entry.lines(self._room)) - (self._starts[index + 1] - self._starts[index])
        if grown:
            self._starts[index + 1 :] = [start + grown for start in self._starts[index + 1 :]]
            self._resized()
        self.refresh()
        if index == self.selected:
            self.call_after_refresh(self.show, index)

    def clear(self) -> None:
        """Forget all entries."""
        self.entries.clear()
        self.selected = -1
        self._lay_out()

    def show(self, index: int) -> None:
        """Scroll so that the entry is in view: its whole where it fits, else its beginning."""
        if not 0 <= index < len(self.entries):
            return
        first, end = self._starts[index], self._starts[index + 1]
        height = self.scrollable_content_region.height
        top = round(self.scroll_y)
        if first < top or end - first > height:
            self.scroll_to(y=first, animate=False)
        elif end > top + height:
            self.scroll_to(y=end - height, animate=False)

    @property
    def _room(self) -> int:
        return max(20, self._width - EDGE)

    def _lay_out(self) -> None:
        """All line numbers anew; the layouts themselves are made here for a new width and kept by the entries."""
        heights = []
        for entry in self.entries:
            heights.append(len(entry.lines(self._room)))
            if entry not in self._drawn:
                entry.changed()
        self._starts = [0, *accumulate(heights)]
        self._resized()

    def _resized(self) -> None:
        self.virtual_size = Size(0, self._starts[-1])
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Lay all entries out again where the width is another."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._lay_out()
        self.call_after_refresh(self.show, self.selected)

    def watch_selected(self, selected: int) -> None:
        """Tell who shows the sources of the selected answer."""
        self.refresh()
        if (entry := self.current) is not None:
            self.post_message(self.Selected(entry))

    def render_line(self, y: int) -> Strip:
        """The line of the entry that stands ``y`` lines below the top."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if number >= self._starts[-1]:
            return Strip.blank(width, self.rich_style)
        index = bisect_right(self._starts, number) - 1
        entry = self.entries[index]
        lines = entry.lines(self._room)
        within = number - self._starts[index]
        self._recall(entry)
        if within >= len(lines):
            return Strip.blank(width, self.rich_style)
        return self.painted((self._edge(index, within, len(lines)), *lines[within]), number, width)

    def _recall(self, entry: Entry) -> None:
        """Keep the layouts of the entries that were drawn last; those of a thousand answers are 20 MB."""
        if self._drawn and self._drawn[-1] is entry:
            return
        if entry in self._drawn:
            self._drawn.remove(entry)
        self._drawn.append(entry)
        if len(self._drawn) > LAID_OUT:
            self._drawn.popleft().changed()

    def _edge(self, index: int, within: int, height: int) -> Run:
        """The mark before a line: of a question's lines, bold for the selected one."""
        if within == height - 1 or self.entries[index].state in ("note", "divider"):
            return Run("  ")
        if index == self.selected:
            return Run("▌ ", "edge-selected")
        return Run("│ ", "edge")

    def on_click(self, event: events.Click) -> None:
        """Select the entry under the mouse."""
        number = event.y + self.scroll_offset.y
        if number < self._starts[-1]:
            index = bisect_right(self._starts, number) - 1
            if self.entries[index].state not in ("note", "divider"):
                self.selected = index

    def action_select(self, step: int) -> None:
        """Select the next question in that direction."""
        index = self.selected + step
        while 0 <= index < len(self.entries) and self.entries[index].state in ("note", "divider"):
            index += step
        if 0 <= index < len(self.entries):
            self.selected = index
            self.show(index)

    def action_select_first(self) -> None:
        """Select the oldest question."""
        self.set_reactive(Transcript.selected, -1)
        self.action_select(1)

    def action_select_last(self) -> None:
        """Select the newest question."""
        self.set_reactive(Transcript.selected, len(self.entries))
        self.action_select(-1)

    def action_details(self) -> None:
        """Show or hide how the selected question was read, and its query."""
        if (entry := self.current) is not None:
            entry.open = not entry.open
            self.redraw(entry)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What the mouse selected, as text."""
        text = "\n".join(" " * EDGE + plain(line) for entry in self.entries for line in entry.lines(self._room))
        return selection.extract(text), "\n"
