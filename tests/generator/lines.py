"""Text that may be edited while the places of its figures are kept.

A `Line` is one line of a table (edits keep the columns of what follows it); a `Paragraph` is running text, which is
edited as one string and wrapped afresh. Both carry spans: (start, end, tag), where the tag says what stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Tag = tuple[str, int]
Placed = dict[Tag, tuple[int, int, int]]


def move_spans(spans: list[list], start: int, end: int, length: int, whole: bool = True) -> None:
    """Let spans follow a text whose piece from ``start`` to ``end`` now has ``length`` characters.

    A span that is exactly the piece grows with it, unless ``whole`` is false (nothing is taken out there).
    """
    moved = length - (end - start)
    for span in spans:
        if whole and span[0] == start and span[1] == end:
            span[1] += moved
        elif span[0] >= end:
            span[0] += moved
            span[1] += moved
        elif span[1] >= end:
            span[1] += moved


@dataclass
class Line:
    """A line that keeps its layout: a replacement takes from, or gives to, the blanks beside it."""

    text: str
    spans: list[list] = field(default_factory=list)

    def insert(self, column: int, count: int, char: str = " ") -> None:
        """Push everything from ``column`` on to the right."""
        if len(self.text) > column and count > 0:
            self._splice(column, column, char * count)

    def cut(self, column: int, count: int) -> None:
        """Take ``count`` characters out at ``column``; the caller has made sure that they are blank."""
        if len(self.text) > column and count > 0:
            self._splice(column, column + count, "")

    def replace(self, start: int, end: int, new: str, align: str) -> None:
        """Put ``new`` in the place of a piece; ``align``: the edge that stays (blanks give way), or none."""
        grown = len(new) - (end - start)
        self._splice(start, end, new)
        if align == "right":
            blanks = len(self.text[:start]) - len(self.text[:start].rstrip(" "))
            if 0 < grown < blanks:
                self._splice(start - grown, start, "")
            elif grown < 0 and self.text[:start].endswith("  "):
                self._splice(start, start, " " * -grown)
        elif align == "left":
            after = start + len(new)
            blanks = len(self.text[after:]) - len(self.text[after:].lstrip(" "))
            if blanks > 1 and len(self.text) > after + blanks:
                if grown > 0:
                    self._splice(after, after + min(grown, blanks - 1), "")
                else:
                    self._splice(after, after, " " * -grown)

    def _splice(self, start: int, end: int, new: str) -> None:
        self.text = self.text[:start] + new + self.text[end:]
        move_spans(self.spans, start, end, len(new), whole=end > start)

    def lay(self, number: int, placed: Placed) -> list[str]:
        """The printed lines, after noting where each span came to stand (``number`` is the first line's, 1-based)."""
        placed.update({tag: (number, start, end) for start, end, tag in self.spans})
        return [self.text.rstrip(" ")] if self.text.strip() else [self.text]


@dataclass
class Paragraph:
    """Running text as one string, with the indents it is wrapped with."""

    text: str
    first: int
    rest: int
    width: int
    spans: list[list] = field(default_factory=list)

    def replace(self, start: int, end: int, new: str, align: str = "none") -> None:
        """Put ``new`` in the place of a piece; the wrapping comes later, so no side needs to give way."""
        self.text = self.text[:start] + new + self.text[end:]
        move_spans(self.spans, start, end, len(new))

    def lay(self, number: int, placed: Placed) -> list[str]:
        """The wrapped lines; a span that the wrapping cuts is noted by its first line."""
        lines, at = [" " * self.first], []
        for word in re.finditer(r"\S+", self.text):
            bare = not lines[-1].strip()
            if not bare and len(lines[-1]) + 1 + len(word[0]) > self.width:
                lines.append(" " * self.rest)
                bare = True
            column = len(lines[-1]) + (0 if bare else 1)
            lines[-1] += ("" if bare else " ") + word[0]
            at.append((word.start(), word.end(), len(lines) - 1, column))
        for start, end, tag in self.spans:
            words = [a for a in at if a[0] < end and start < a[1]]
            if words:
                begin, _, row, column = words[0]
                last = [a for a in words if a[2] == row][-1]
                stop = min(end, last[1]) - last[0] + last[3]
                placed[tag] = (number + row, column + max(0, start - begin), stop)
        return lines
