"""A list of rows with columns, a cursor and a filter: quick with the thousands of facts of an annual report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from assistant.tui.runs import Run, fit, fit_left
from assistant.tui.runs_view import RunsView

GAP = 2
NUMERIC = ">"
NARROWEST = 6


class Rows(RunsView):
    """Rows of texts under the names of their columns; a column whose name begins with ">" stands right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("enter", "pick", "Take", key_display="⏎"),
    ]

    cursor: reactive[int] = reactive(0)

    class Picked(Message):
        """A row was taken; ``index`` counts among all rows, filtered or not."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.rows = [tuple(row) for row in rows]
        self._texts = [" ".join(row).casefold() for row in self.rows]
        self.shown = list(range(len(self.rows)))
        self._widths: tuple[int, list[int]] = (0, [])

    def on_mount(self) -> None:
        """The extent of the page."""
        self.virtual_size = Size(0, len(self.shown) + 1)

    def filter(self, words: str) -> None:
        """Show the rows that have every one of the words."""
        sought = words.casefold().split()
        self.shown = [index for index, text in enumerate(self._texts) if all(word in text for word in sought)]
        self.virtual_size = Size(0, len(self.shown) + 1)
        self.cursor = 0
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def watch_cursor(self, cursor: int) -> None:
        """Keep the row of the cursor in sight, below the line that names the columns."""
        height = max(1, self.scrollable_content_region.height - 1)
        top = round(self.scroll_y)
        if not top <= cursor < top + height:
            self.scroll_to(y=cursor if cursor < top else cursor - height + 1, animate=False)
        self.refresh()

    def _widths_for(self, width: int) -> list[int]:
        """The widths of the columns, shared out anew where the list has another width."""
        if self._widths[0] != width:
            self._widths = (width, self._share(width - 2))
        return self._widths[1]

    def _share(self, width: int) -> list[int]:
        """As wide as the widest text; where there is too little room numbers give way last."""
        sample = [self.columns, *self.rows[:2000]]
        widths = [
            max((cell_len(row[at].lstrip(NUMERIC)) for row in sample), default=0) for at in range(len(self.columns))
        ]
        words = [at for at, name in enumerate(self.columns) if not name.startswith(NUMERIC)]
        for giving, least in ((words, 26), (words[1:], 10), (words, NARROWEST), (range(len(widths)), 1)):
            while (over := sum(widths) + GAP * (len(widths) - 1) - width) > 0 and giving:
                widest = max(giving, key=lambda at: widths[at])
                if widths[widest] <= least or over <= 0:
                    break
                widths[widest] -= 1
        return widths

    def render_line(self, y: int) -> Strip:
        """The names of the columns, below them the rows."""
        width = self.scrollable_content_region.width
        if y == 0:
            names = [name.lstrip(NUMERIC) for name in self.columns]
            return self.painted(self._line(names, width, "muted"), -1, width, "pinned")
        number = y - 1 + self.scroll_offset.y
        if number >= len(self.shown):
            return Strip.blank(width, self.rich_style)
        line = self._line(self.rows[self.shown[number]], width, "text")
        return self.painted(line, number, width, "cursor" if number == self.cursor else "")

    def _line(self, row: Sequence[str], room: int, style: str) -> tuple[Run, ...]:
        cells = []
        for name, text, width in zip(self.columns, row, self._widths_for(room), strict=True):
            cells.append(fit_left(text, width) if name.startswith(NUMERIC) else fit(text, width))
        return (Run(" " + (" " * GAP).join(cells), style),)

    def on_click(self, event: events.Click) -> None:
        """The first click puts the cursor on a row, a click on the row of the cursor takes it."""
        number = event.y - 1 + self.scroll_offset.y
        if event.y > 0 and number < len(self.shown):
            if number == self.cursor or event.chain > 1:
                self.cursor = number
                self.action_pick()
            else:
                self.cursor = number

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.cursor = max(0, min(self.cursor + step, len(self.shown) - 1))

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self.action_move(step * max(1, self.scrollable_content_region.height - 2))

    def action_pick(self) -> None:
        """Take the row of the cursor."""
        if self.shown:
            self.post_message(self.Picked(self.shown[self.cursor]))
