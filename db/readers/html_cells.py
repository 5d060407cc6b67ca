"""The cells and rows of an HTML table as they are read, before it is known what the table is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from db.model import Block, Cell
from db.readers.markup import Line


@dataclass(slots=True)
class HtmlCell:
    """A cell at columns ``left`` to ``right`` (exclusive): its lines, and the blocks of tables that stand in it, each
    with the number of lines before it.

    ``levels`` has for each line how many stand above it, blank ones counted, and ``depth`` how many there are.
    """

    left: int
    right: int
    rowspan: int = 1
    lines: list[Line] = field(default_factory=list)
    nested: list[tuple[int, Block]] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    depth: int = 0

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)

    @property
    def pieces(self) -> tuple[Cell, ...]:
        """Its places, line by line."""
        if len(self.lines) == 1:
            return self.lines[0].pieces
        return tuple(piece for line in self.lines for piece in line.pieces)

    @property
    def indent(self) -> float:
        """How far its first line stands in, in characters."""
        return self.lines[0].indent if self.lines else 0.0

    def hold(self, blocks: Iterable[Block]) -> None:
        """Take in blocks that stand behind the lines so far."""
        self.nested.extend((len(self.lines), block) for block in blocks)

    @property
    def flags(self) -> int:
        """What all its lines share."""
        flags = -1
        for line in self.lines:
            flags &= line.flags
        return flags if self.lines else 0


@dataclass(slots=True)
class HtmlRow:
    """The cells of one ``<tr>``; ``width`` is the first free column, ``parted`` says that an empty one stands above."""

    cells: list[HtmlCell] = field(default_factory=list)
    width: int = 0
    parted: bool = False
