"""A scrolling widget that draws lines of runs itself: no child widget a line, so thousands of lines cost nothing."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from assistant.tui.runs import Line

STYLES = """
text muted question value figure mark agree warning refusal key pick code bar bar-negative edge edge-selected number
cited-line cited operand label heading hit pinned cursor
"""


FILLED = {"key", "cited", "hit", "cited-line", "pinned", "cursor"}


class RunsView(ScrollView, can_focus=True):
    """Paints lines of runs with its component classes; a subclass says which line stands where."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"run--{style}" for style in STYLES.split()}

    DEFAULT_CSS = """
    RunsView {
        background: $background;
        color: $foreground;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        & > .run--muted { color: $foreground 65%; }
        & > .run--question { text-style: bold; color: $text-primary; }
        & > .run--value { text-style: bold; color: $text-success; }
        & > .run--figure { text-style: bold; }
        & > .run--mark { color: $text-accent; }
        & > .run--agree { color: $text-success; }
        & > .run--warning { color: $text-warning; }
        & > .run--refusal { color: $text-error; }
        & > .run--key { background: $primary-muted; color: $text-primary; text-style: bold; }
        & > .run--pick { text-style: underline; }
        & > .run--code { color: $text-secondary; }
        & > .run--bar { color: $primary; }
        & > .run--bar-negative { color: $error; }
        & > .run--edge { color: $panel; }
        & > .run--edge-selected { color: $accent; text-style: bold; }
        & > .run--number { color: $foreground 45%; }
        & > .run--cited-line { background: $boost; }
        & > .run--cited { background: $accent; color: $background; text-style: bold; }
        & > .run--operand { text-style: bold underline; color: $text-accent; }
        & > .run--label { text-style: bold; }
        & > .run--heading { text-style: bold; color: $text-primary; }
        & > .run--hit { background: $warning-muted; color: $text-warning; }
        & > .run--pinned { background: $panel; }
        & > .run--cursor { background: $primary-muted; text-style: bold; }
    }
    """

    def style_of(self, name: str) -> Style:
        """The style of a run over whatever stands behind it: with a background only where it has one of its own.

        Not the partial style, which would lose the transparency of colours such as ``$text-muted``.
        """
        style = self.get_component_rich_style(f"run--{name}")
        return style if name in FILLED else Style(color=style.color, bold=style.bold, underline=style.underline)

    def painted(self, line: Line, y: int, width: int, under: str = "") -> Strip:
        """Line number ``y`` as a strip of exactly ``width`` cells; ``under`` is a style for the whole of it."""
        base = self.rich_style + self.style_of(under) if under else self.rich_style
        segments = [
            Segment(run.text, base + self.style_of(run.style) + _action(run.action)) for run in line if run.text
        ]
        strip = Strip(segments).adjust_cell_length(width, base)
        return self._selected(strip, y).apply_offsets(0, y)

    def _selected(self, strip: Strip, y: int) -> Strip:
        """The strip with what the mouse selected of it marked."""
        selection: Selection | None = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        if span is None:
            return strip
        start, end = span
        end = strip.cell_length if end == -1 else end
        chosen = Segment.apply_style(
            strip.crop(start, end), post_style=self.screen.get_component_rich_style("screen--selection")
        )
        return Strip.join([strip.crop(0, start), Strip(chosen), strip.crop(end)])

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected now."""
        self.refresh()


def _action(action: str) -> Style:
    return Style.from_meta({"@click": action}) if action else Style.null()
