"""Which headings are in force over a row: a line without figures opens one, its total, indent or the next ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import is_not

from db.parsing.draft import Heading
from db.parsing.entities import names_entity
from db.parsing.labels import is_of_tables
from grammar.chunks import remembered
from grammar.dates import read_time

_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
LONGEST_NAME = 3
FILLER = frozenset(
    [
        "total",
        "net",
        "cash",
        "flow",
        "flows",
        "provided",
        "by",
        "used",
        "in",
        "from",
        "for",
        "the",
        "of",
        "and",
        "subtotal",
        "sub",
        "activities",
    ]
)
TOTAL = re.compile(
    r"(?:sub-?)?totals?\b|net cash\b|net (?:decrease|increase)\b|cash flows?\b.*\b(?:provided|used)|balance\b",
    re.IGNORECASE,
)


@remembered
def is_section(text: str) -> bool:
    """Whether a heading is set in capitals (what stands in brackets left aside): a section of the table."""
    bare = _BRACKETS.sub("", text)
    letters = [c for c in bare if c.isalpha()]
    return len(letters) > 2 and all(c.isupper() for c in letters)


def _dates(text: str) -> bool:
    """Whether a heading gives the period of the rows below it, whatever other headings follow."""
    words = read_time(text)
    return words.date is not None or bool(words.year and (words.quarter or words.months))


def _rank(text: str, colon: bool) -> int:
    """How far out a heading stands: what dates rows first, then sections and mines, then groups within them."""
    if _dates(text):
        return -1
    if is_section(text):
        return 1 if colon else 0
    return 0 if names_entity(text) else 2


@dataclass(slots=True)
class Headings:
    """The stack of headings in force, outermost first."""

    stack: list[Heading] = field(default_factory=list)
    fresh: bool = False  # no row has come since the last heading
    told: tuple[Heading, ...] = ()  # as they were over the last row: rows below the same headings share them

    def push(self, heading: Heading, colon: bool) -> None:
        """A new heading: those of its rank or below are no longer in force."""
        heading.rank = _rank(heading.text, colon)
        self._promote(heading)
        if not (self.fresh and self.stack and heading.rank == self.stack[-1].rank == 0 and self._nests(heading)):
            while self.stack and self._gives_way(self.stack[-1], heading):
                self.stack.pop()
        if self.fresh and self.stack and self.stack[-1].rank == 0 and heading.indent > self.stack[-1].indent:
            self.stack[-1].inner = heading.indent
        self.stack.append(heading)
        self.fresh = True

    def _promote(self, heading: Heading) -> None:
        """Make a group that heads no row, but a group that begins as far in, one of groups."""
        top = self.stack[-1] if self.fresh and self.stack else None
        if top is None or not top.rank == heading.rank == 2 or top.indent != heading.indent:
            return
        top.rank = 1
        self.stack = [one for one in self.stack if one is top or one.rank != 1 or one.indent != top.indent]

    def _nests(self, heading: Heading) -> bool:
        return heading.indent != self.stack[-1].indent or len(self.stack) == 1

    def _gives_way(self, old: Heading, new: Heading) -> bool:
        if old.inner == new.indent and old.rank == new.rank == 0:
            return False  # a section of sections, of which this is the next
        if old.rank != new.rank:
            return old.rank > new.rank or (old.rank == 0 and new.indent < old.indent and names_entity(old.text))
        return old.rank < 2 or old.indent >= new.indent

    def over(self, label: str, indent: int, *, unlabelled: bool) -> tuple[Heading, ...]:
        """The headings in force over a row; one that stands out as far as a heading with indented rows ends that."""
        self.fresh = False
        while self.stack and not unlabelled:
            top = self.stack[-1]
            edge = top.indent if top.rank > 0 or _is_another(label) else top.indent - 1
            stands_out = top.child is not None and top.child > top.indent and indent <= edge
            if not stands_out or self._totals(top, label, indent):
                break
            self.stack.pop()
        last = self.stack[-1] if self.stack else None
        if last and last.summed and last.rank == 0 and indent <= last.indent and is_section(label):
            self.stack.pop()  # what follows the sum of a section in capitals is no part of it
        if label and self._sums_up(label):
            self.stack.clear()
        for heading in self.stack:
            if heading.child is None and not unlabelled:
                heading.child = indent
        if len(self.told) != len(self.stack) or any(map(is_not, self.told, self.stack)):
            self.told = tuple(self.stack)
        return self.told

    def _sums_up(self, label: str) -> bool:
        """Whether a total adds up more than its section: ``Total liabilities and equity`` below ``Equity``."""
        if not self.stack or not TOTAL.match(label):
            return False
        words = _content(label)
        top = self.stack[0]
        section = _content(top.text)
        return (
            top.rank == 0
            and " and " in label.lower()
            and section < words
            and "liabilities" in words
            and "liabilities" not in section
        )

    def close(self, label: str, indent: int, *, unlabelled: bool) -> None:
        """End what a row ends by being its total: an unlabelled subtotal ends the innermost group."""
        if not self.stack:
            return
        if unlabelled:
            if self.stack[-1].rank > 0:
                self.stack.pop()
            else:
                self.stack[-1].summed = True
            return
        for index in range(len(self.stack) - 1, -1, -1):
            if self._totals(self.stack[index], label, indent):
                del self.stack[index:]
                return

    def _totals(self, heading: Heading, label: str, indent: int) -> bool:
        """Whether a row is the total of a heading's rows: the same words, said as a total or standing out as far."""
        if TOTAL.match(label) is None and indent > heading.indent:
            return False
        if TOTAL.match(label) and heading.rank > 0 and not _content(label) and "total" in label.lower():
            return heading.child is None or indent >= heading.indent
        words = _content(label)
        return bool(words) and words == _content(heading.text)


@remembered
def _is_another(label: str) -> bool:
    """Whether a label may be a name: rows of a mine may stand as far out as its name, but not the next mine."""
    words = _BRACKETS.sub(" ", label).split()
    named = 0 < len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words)
    return named and not any(is_of_tables(part) for word in words for part in _WORD.findall(word.lower()))


@remembered
def _content(text: str) -> frozenset[str]:
    """The words of a label or heading that tell one from another."""
    bare = _BRACKETS.sub(" ", text.lower())
    found = frozenset(_WORD.findall(bare)) - FILLER
    return found or (frozenset({"activities"}) if "activities" in bare else frozenset())
