"""Lines of styled text before they meet a screen: what the transcript lays out and what its tests read.

A run is a piece of text, the name of its style (a component class of the widget that shows it) and the action that a
click on it takes. Nothing here imports Textual, so a layout is tested as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Run(NamedTuple):
    """Text in one style; ``action`` is a Textual action string, '' for none."""

    text: str
    style: str = "text"
    action: str = ""


Line = tuple[Run, ...]


def plain(line: Line) -> str:
    """The line's text without its styles."""
    return "".join(run.text for run in line)


def width_of(line: Line) -> int:
    """The cells that the line takes on a screen."""
    return sum(cell_len(run.text) for run in line)


def wrap(runs: Iterable[Run], width: int, indent: int = 0) -> list[Line]:
    """The runs broken at spaces into lines of at most ``width`` cells; lines after the first start with ``indent``."""
    lines: list[Line] = []
    line: list[Run] = []
    room = width
    for run in runs:
        for word in _words(run.text):
            piece = word
            if cell_len(piece.rstrip()) > room and line:
                lines.append(tuple(line))
                line, room, piece = [_blank(indent)] if indent else [], width - indent, piece.lstrip()
            while cell_len(piece.rstrip()) > room:
                head = _head(piece, room)
                lines.append((*line, run._replace(text=head)))
                line, room, piece = [_blank(indent)] if indent else [], width - indent, piece[len(head) :]
            if piece:
                line.append(run._replace(text=piece))
                room -= cell_len(piece)
    if line:
        lines.append(tuple(line))
    return [_joined(_trimmed(each)) for each in lines] or [()]


def fit(text: str, width: int) -> str:
    """The text padded to ``width`` cells, or cut to it with an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…" if width else ""


def fit_left(text: str, width: int) -> str:
    """As ``fit``, with the text at the right end of the room."""
    room = width - cell_len(text)
    return " " * room + text if room >= 0 else fit(text, width)


def _words(text: str) -> list[str]:
    """The text cut after its spaces, so that joining the pieces gives it back."""
    words = text.split(" ")
    return [word + " " for word in words[:-1]] + ([words[-1]] if words[-1] else [])


def _head(text: str, width: int) -> str:
    """The longest start of the text that fits in ``width`` cells, at least one character."""
    taken = 0
    for index, character in enumerate(text):
        taken += cell_len(character)
        if taken > width:
            return text[: max(1, index)]
    return text


def _blank(width: int) -> Run:
    return Run(" " * width)


def _trimmed(line: Line) -> Line:
    """The line without the space that it was broken at."""
    return (*line[:-1], line[-1]._replace(text=line[-1].text.removesuffix(" "))) if line else line


def _joined(line: Line) -> Line:
    """Neighbouring runs of one style as one run."""
    runs: list[Run] = []
    for run in line:
        if runs and runs[-1][1:] == run[1:]:
            runs[-1] = run._replace(text=runs[-1].text + run.text)
        else:
            runs.append(run)
    return tuple(runs)
