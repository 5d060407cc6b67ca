"""The lines of a filing as they stand, with a cited figure marked and its headings kept in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip

from assistant.page import Span
from assistant.tui.engine import Pins
from assistant.tui.runs import Line, Run
from assistant.tui.runs_view import RunsView

GUTTER = 7
MOST_PINNED = 6
SPACES = dict.fromkeys(range(32), " ")


class SourceView(RunsView):
    """A ScrollView over a filing's lines; offsets are those of the file, so tabs and other controls show as a space."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "app.walk(1)", "Next citation"),
        Binding("p", "app.walk(-1)", "Previous"),
        Binding("slash", "app.find", "Find", key_display="/"),
        Binding("c", "back_to_cited", "Back to figure"),
        Binding("y", "app.copy('lines')", "Copy lines"),
        Binding("r", "app.copy('row')", "Copy row", show=False),
        Binding("g", "scroll_home", "Top", show=False),
        Binding("G,shift+g", "scroll_end", "End", show=False),
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
        Binding("h", "scroll_left", "Left", show=False),
        Binding("l", "scroll_right", "Right", show=False),
        Binding("right_square_bracket", "app.find_next(1)", "Next hit", show=False),
        Binding("left_square_bracket", "app.find_next(-1)", "Previous hit", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="source-view")
        self.lines: Sequence[str] = ()
        self.numbers: Sequence[int] = ()
        self.cited: Span | None = None
        self.cited_end = 0
        self.pins = Pins()
        self._marks: dict[int, list[tuple[int, int, str]]] = {}
        self._hits: tuple[str, set[int]] = ("", set())
        self._pinned: list[int] = []

    def load(self, lines: Sequence[str], numbers: Sequence[int] = ()) -> None:
        """Show another filing, from its top; ``numbers`` are its lines' in the file where the two differ."""
        self.lines, self.numbers = lines, numbers
        self.cited, self.pins, self._marks, self._pinned = None, Pins(), {}, []
        self._hits = ("", set())
        self.virtual_size = Size(GUTTER + max(map(len, lines), default=0), len(lines))
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    def cite(self, span: Span, last_line: int, pins: Pins, others: Sequence[Span]) -> None:
        """Mark the span (line, start, end), its headings and the other places of the answer, and scroll to it."""
        self.cited, self.pins = span, pins
        self.cited_end = min(max(last_line, span[0]), len(self.lines))
        self._marks = {}
        for spans, style in (
            (others, "operand"),
            (pins.headings, "heading"),
            (pins.columns, "heading"),
            (pins.label, "label"),
        ):
            for line, start, end in spans:
                self._marks.setdefault(line, []).append((start, end, style))
        for line in range(span[0], self.cited_end + 1):
            start, end = span[1:] if span[0] == self.cited_end else _printed(self.lines[line - 1])
            self._marks.setdefault(line, []).append((start, end, "cited"))
        self._pinned = self._to_pin(pins, span[0])
        self.refresh()
        self.call_after_refresh(self.action_back_to_cited)

    def _to_pin(self, pins: Pins, cited: int) -> list[int]:
        """The lines to keep in sight, in their order: of a low pane those nearest to the figure, of both kinds."""
        columns, headings = (
            sorted({line for line, _, _ in spans if line < cited}, reverse=True)
            for spans in (pins.columns, pins.headings)
        )
        nearest = dict.fromkeys([*columns[:1], *headings[:1], *columns[1:], *headings[1:]])
        room = min(MOST_PINNED, max(2, self.size.height // 3))
        return sorted(list(nearest)[:room])

    def find(self, words: str) -> int:
        """Mark the lines that have the words, whatever their case; the number of lines found."""
        sought = words.casefold()
        found = {number for number, line in enumerate(self.lines, 1) if sought in line.casefold()} if sought else set()
        self._hits = (sought, found)
        self.refresh()
        return len(found)

    def next_hit(self, step: int) -> int | None:
        """Scroll to the next line found, around the end if need be; its number."""
        hits = sorted(self._hits[1])
        if not hits:
            return None
        here = round(self.scroll_y) + self._middle + 1
        later = [line for line in (hits if step > 0 else reversed(hits)) if (line - here) * step > 0]
        line = later[0] if later else (hits[0] if step > 0 else hits[-1])
        column = self.lines[line - 1].casefold().find(self._hits[0])
        self._to(line, column, column + len(self._hits[0]))
        return line

    @property
    def _middle(self) -> int:
        return self.scrollable_content_region.height // 2

    def action_back_to_cited(self) -> None:
        """Scroll so that the cited span is in the middle, and as far left as it stays in sight."""
        if self.cited is not None:
            self._to(*self.cited)

    def _to(self, line: int, start: int, end: int) -> None:
        room = self.scrollable_content_region.width - GUTTER
        needed = end + 2 - room
        x = 0 if needed <= 0 else min(needed, max(0, start - room // 3))
        self.scroll_to(x=x, y=max(0, line - 1 - self._middle), animate=False)

    def render_line(self, y: int) -> Strip:
        """A pinned heading at the top, below them the filing's lines."""
        width = self.scrollable_content_region.width
        top = self.scroll_offset.y
        number = self._line_at(y, top)
        if number > len(self.lines):
            return Strip.blank(width, self.rich_style)
        is_pinned = number != top + y + 1
        cited = self.cited is not None and self.cited[0] <= number <= self.cited_end
        under = "pinned" if is_pinned else ("cited-line" if cited else "")
        line = self._heading(number) if is_pinned and self._is_row_heading(number) else self._line(number, cited, width)
        return self.painted(line, number - 1, width, under)

    def _line_at(self, y: int, top: int) -> int:
        """The number of the line that is drawn ``y`` below the top: headings that went out of sight come first."""
        pinned: list[int] = []
        if self.cited is not None and self.cited[0] > top + len(self._pinned):
            for line in self._pinned:
                if line <= top + len(pinned):
                    pinned.append(line)
        return pinned[y] if y < len(pinned) else top + y + 1

    def _line(self, number: int, cited: bool, width: int) -> Line:
        edge = Run("▌", "edge-selected") if cited else Run(" ")
        gutter = (edge, self._number(number))
        x, room = self.scroll_offset.x, width - GUTTER
        text = self.lines[number - 1]
        runs = _marked(text[x : x + room], x, self._marks_of(number, text))
        if cited and x and (label := self._label_of(number, text, x, room)):
            runs = (Run(label, "label"), Run("│", "edge-selected"), *_after(runs, len(label) + 1))
        return (*gutter, *runs)

    def _is_row_heading(self, number: int) -> bool:
        """Whether the pinned line heads rows; one that heads columns has to stay over them."""
        return any(line == number for line, _, _ in self.pins.headings) and all(
            line != number for line, _, _ in self.pins.columns
        )

    def _heading(self, number: int) -> Line:
        """A pinned row heading, at the left however far the page is scrolled."""
        text = self.lines[number - 1].translate(SPACES)
        x = min(self.scroll_offset.x, len(text) - len(text.lstrip()))
        return (Run(" "), self._number(number), Run(text[x:], "heading"))

    def _number(self, line: int) -> Run:
        """The line's number in the file; a line that only the page has is without."""
        number = self.numbers[line - 1] if self.numbers else line
        return Run(f"{number or '':>5} ", "number")

    def _marks_of(self, number: int, text: str) -> list[tuple[int, int, str]]:
        marks = list(self._marks.get(number, ()))
        sought, found = self._hits
        if number in found:
            folded, start = text.casefold(), -1
            while (start := folded.find(sought, start + 1)) >= 0:
                marks.append((start, start + len(sought), "hit"))
        return marks

    def _label_of(self, number: int, text: str, x: int, room: int) -> str:
        """The row's label where scrolling cut it off, as short as it has to be to leave the cited span in sight."""
        spans = [(start, end) for line, start, end in self.pins.label if line == number and start < x]
        if not spans or self.cited is None:
            return ""
        label = text[spans[0][0] : spans[0][1]].translate(SPACES).strip()
        space = min(room // 2, self.cited[1] - x - 2)
        if space < 4:
            return ""
        return label if len(label) <= space else label[: space - 1] + "…"

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What the mouse selected, without the line numbers where whole lines were."""
        text = "\n".join(" " * GUTTER + line.translate(SPACES) for line in self.lines)
        return selection.extract(text), "\n"

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cited span in sight, under as many headings as there is room for."""
        if self.cited is not None:
            self._pinned = self._to_pin(self.pins, self.cited[0])
        self.call_after_refresh(self.action_back_to_cited)


def _printed(line: str) -> tuple[int, int]:
    """Where the text of a line begins and ends."""
    return len(line) - len(line.lstrip()), len(line.rstrip())


def _marked(text: str, x: int, marks: list[tuple[int, int, str]]) -> Line:
    """The text, which begins at column ``x`` of its line, cut at the marks; of marks that overlap the last one wins."""
    styles = ["text"] * len(text)
    for start, end, style in marks:
        for column in range(max(0, start - x), min(len(text), end - x)):
            styles[column] = style
    shown = text.translate(SPACES)
    runs, begin = [], 0
    for column in range(1, len(text) + 1):
        if column == len(text) or styles[column] != styles[begin]:
            runs.append(Run(shown[begin:column], styles[begin]))
            begin = column
    return tuple(runs)


def _after(runs: Line, count: int) -> Line:
    """The runs without their first ``count`` characters."""
    kept: list[Run] = []
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        if run.text[cut:]:
            kept.append(run._replace(text=run.text[cut:]))
    return tuple(kept)
