"""A scrolling widget that draws lines of runs itself: no child widget a line, so thousands of lines cost nothing."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from assistant.tui.runs import Line

# A run's style: the theme's variable of its colour, of its background, and attributes. Component classes would do the
# same at the price of some 20 style sheets a widget, worked out anew whenever a focus changes: a third of the first
# frame. Every style differs from plain text without its colour too, or stands where it can't be mistaken (NO_COLOR).
STYLES: dict[str, tuple[str, str, str]] = {
    "text": ("", "", ""),
    "muted": ("foreground 65%", "", ""),
    "question": ("text-primary", "", "bold"),
    "value": ("text-success", "", "bold"),
    "figure": ("", "", "bold"),
    "mark": ("text-accent", "", ""),
    "agree": ("text-success", "", ""),
    "warning": ("text-warning", "", ""),
    "refusal": ("text-error", "", ""),
    "key": ("text-primary", "primary-muted", "bold"),
    "pick": ("", "", "underline"),
    "code": ("text-secondary", "", ""),
    "bar": ("primary", "", ""),
    "bar-negative": ("error", "", ""),
    "edge": ("panel", "", ""),
    "edge-selected": ("accent", "", "bold"),
    "number": ("foreground 45%", "", ""),
    "cited-line": ("", "boost", ""),
    "cited": ("background", "accent", "bold"),
    "operand": ("text-accent", "", "bold underline"),
    "label": ("", "", "bold"),
    "heading": ("text-primary", "", "bold"),
    "hit": ("text-warning", "warning-muted", "underline"),
    "pinned": ("", "panel", ""),
    "cursor": ("", "primary-muted", "bold"),
    "understood": ("text-success", "", ""),
    "unknown": ("text-warning", "", "underline"),
    "footer-key": ("text-accent", "", "bold"),
}


class RunsView(ScrollView, can_focus=True):
    """Paints lines of runs; a subclass says which line stands where."""

    DEFAULT_CSS = """
    RunsView { background: $background; color: $foreground; scrollbar-size: 1 1; }
    """

    def painted(self, line: Line, y: int, width: int, under: str = "") -> Strip:
        """Line number ``y`` as a strip of exactly ``width`` cells; ``under`` is a style for the whole of it."""
        variables, behind = self.app.theme_variables, self.background_colors[1]
        base = self.rich_style + style_of(under, variables, behind) if under else self.rich_style
        segments = [
            Segment(run.text, base + style_of(run.style, variables, behind) + _action(run.action))
            for run in line
            if run.text
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


_MADE: dict[tuple[str, str, str], Style] = {}


def style_of(name: str, variables: dict[str, str], behind: Color) -> Style:
    """The style in the colours of a theme, transparent ones laid over what is ``behind``; made once for each."""
    key = (name, variables["primary"] + variables["foreground"], behind.hex)
    if key not in _MADE:
        colour, background, attributes = STYLES[name]
        _MADE[key] = Style.parse(attributes) + Style(
            color=_colour(colour, variables, behind), bgcolor=_colour(background, variables, behind)
        )
    return _MADE[key]


def _colour(said: str, variables: dict[str, str], behind: Color) -> str | None:
    """A theme's variable, with an opacity (``foreground 65%``) or none, as an opaque colour."""
    if not said:
        return None
    name, _, opacity = said.partition(" ")
    value, _, own = variables[name].partition(" ")
    colour = behind.get_contrast_text(1.0) if value == "auto" else Color.parse(value)
    for share in (opacity, own):
        if share.endswith("%"):
            colour = colour.multiply_alpha(float(share[:-1]) / 100)
    return (behind + colour).hex


def _action(action: str) -> Style:
    return Style.from_meta({"@click": action}) if action else Style.null()
