"""Bars that can be read in 80 columns: one row a figure, in eighths of a cell, the zero line where signs differ."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Value
from assistant.tui.runs import Run

EIGHTHS = " ▏▎▍▌▋▊▉█"
LEAST = 3


def is_charted(values: Sequence[Value]) -> bool:
    """Whether there are enough figures of one unit, metric and metal, over different periods or entities."""
    kinds = {(value.unit, value.metric, value.metal) for value in values}
    over = {(value.period_end or value.period, value.entity) for value in values}
    return len(values) >= LEAST and len(kinds) == 1 and len(over) == len(values)


def bars(figures: Sequence[float], width: int) -> list[tuple[Run, ...]]:
    """A bar of exactly ``width`` cells a figure; negative ones run to the left of the zero line."""
    low, high = min(0.0, *figures), max(0.0, *figures)
    span = (high - low) or 1.0
    left = round(width * -low / span)
    left = min(max(left, 1), width - 1) if low < 0 < high else (width if low < 0 else 0)
    return [_bar(figure, left, width - left, -low or 1.0, high or 1.0) for figure in figures]


def _bar(figure: float, left: int, right: int, low: float, high: float) -> tuple[Run, ...]:
    if figure < 0:
        cells = max(1, round(left * -figure / low)) if left else 0
        return (Run(" " * (left - cells)), Run("█" * cells, "bar-negative"), Run(" " * right))
    drawn = _eighths(figure / high * right, right) if right else ""
    return (Run(" " * left), Run(drawn, "bar"), Run(" " * (right - len(drawn))))


def _eighths(cells: float, room: int) -> str:
    """A bar of that many cells, to the nearest eighth; a figure that isn't zero shows at least one."""
    eighths = min(max(round(cells * 8), 1 if cells > 0 else 0), room * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (EIGHTHS[rest] if rest else "")
