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
ALWAYS = ("Ask line", "Help", "Quit")  # the way back, the way on and the way out


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
        """The keys from the left until one doesn't fit; at the right those that always stand there."""
        base = self.rich_style
        variables, behind = self.app.theme_variables, self.background_colors[1]
        key_style, does_style = (base + style_of(name, variables, behind) for name in ("footer-key", "text"))

        def painted(keys: list[tuple[str, str, str]]) -> list[Segment]:
            parts: list[Segment] = []
            for key, does, action in keys:
                click = Style.from_meta({"@click": action})
                parts += [Segment(key, key_style + click), Segment(f" {does}", does_style + click), Segment("  ", base)]
            return parts

        shown = list(self._shown())
        always = [each for each in shown if each[1] in ALWAYS]
        fitting, room = [], self.size.width - 1 - sum(map(_width, always))
        for each in shown:
            if each in always:
                continue
            if _width(each) > room:
                break
            fitting.append(each)
            room -= _width(each)
        left = Strip([Segment(" ", base), *painted(fitting)])
        left = left.adjust_cell_length(self.size.width - sum(map(_width, always)), base)
        return Strip.join([left, Strip(painted(always))]).adjust_cell_length(self.size.width, base)

    def _shown(self) -> Iterator[tuple[str, str, str]]:
        """Key, what it does and the action of a click, which is to press the key: those of the focused place first."""
        seen: set[str] = set()
        active = list(self.screen.active_bindings.values())
        own = [each for each in active if each.node is not self.app]
        for _, binding, enabled, _ in (*own, *sorted(active, key=self._rank)):
            action = binding.action.removeprefix("app.")
            if binding.show and enabled and action not in seen:
                seen.add(action)
                key = binding.key_display or _shown_key(self.app.get_key_display(binding))
                yield key, binding.description, f"app.press_key({binding.key!r})"

    def _rank(self, each: ActiveBinding) -> int:
        """The order in which the app lists its keys; those that it inherits come last."""
        actions = [binding.action for binding in self.app.BINDINGS if isinstance(binding, Binding)]
        return actions.index(each.binding.action) if each.binding.action in actions else len(actions)


def _width(each: tuple[str, str, str]) -> int:
    return cell_len(each[0]) + 1 + cell_len(each[1]) + GAP


def _shown_key(key: str) -> str:
    """``F2`` for f2; a letter stays as it is typed."""
    return key.capitalize() if len(key) > 1 else key
