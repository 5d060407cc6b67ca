"""The last line: the keys that do something here, as many as fit."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import RenderResult
from textual.binding import ActiveBinding, Binding
from textual.strip import Strip
from textual.widget import Widget

from assistant.tui.runs_view import style_of

GAP = 2


class Keys(Widget, can_focus=False):
    """One line of keys and what they do; a click does it. What doesn't fit is in the palette and in F1."""

    DEFAULT_CSS = """
    Keys { dock: bottom; height: 1; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Follow the focus: other panes have other keys."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> RenderResult:
        """Nothing: ``render_line`` draws."""
        return ""

    def render_line(self, y: int) -> Strip:
        """The keys from the left until one doesn't fit."""
        base = self.rich_style
        variables, behind = self.app.theme_variables, self.background_colors[1]
        key_style, does_style = (base + style_of(name, variables, behind) for name in ("footer-key", "text"))
        segments: list[Segment] = [Segment(" ", base)]
        room = self.size.width - 1
        for key, does, action in self._shown():
            needed = cell_len(key) + 1 + cell_len(does) + GAP
            if needed - GAP > room:
                break
            click = Style.from_meta({"@click": action})
            segments += [
                Segment(key, key_style + click),
                Segment(" " + does, does_style + click),
                Segment(" " * GAP, base),
            ]
            room -= needed
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _shown(self) -> Iterator[tuple[str, str, str]]:
        """Key, what it does and the action of a click, which is to press the key: those of the focused place first."""
        seen: set[str] = set()
        active = list(self.screen.active_bindings.values())
        own = [each for each in active if each.node is not self.app]
        for _, binding, enabled, _ in (*own, *sorted(active, key=self._rank)):
            if binding.show and enabled and binding.action not in seen:
                seen.add(binding.action)
                key = binding.key_display or _shown_key(self.app.get_key_display(binding))
                yield key, binding.description, f"app.press_key({binding.key!r})"

    def _rank(self, each: ActiveBinding) -> int:
        """The order in which the app lists its keys; those that it inherits come last."""
        actions = [binding.action for binding in self.app.BINDINGS if isinstance(binding, Binding)]
        return actions.index(each.binding.action) if each.binding.action in actions else len(actions)


def _shown_key(key: str) -> str:
    """``F2`` for f2; a letter stays as it is typed."""
    return key.capitalize() if len(key) > 1 else key
