"""The first line: what the store holds."""

from __future__ import annotations

from rich.text import Text
from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget


class Title(Widget):
    """One line, a widget of its own because it is a part of the first frame: Static would be one more import."""

    DEFAULT_CSS = """
    Title {
        dock: top; width: 100%; height: 1; padding: 0 1; background: $panel; color: $text-primary; text-style: bold;
    }
    """

    holds: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """The name, and what the store holds once it is open."""
        return Text(f"stope ── {self.holds}" if self.holds else "stope", no_wrap=True, overflow="ellipsis")
