"""Markup as it stands in the file: tags with how they look, and runs of text that know their line and columns.

lxml and its kind forget columns, so that no figure could be found again in the file; here offsets are kept throughout.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from db.model import Cell
from grammar.records import record

# A quoted value never crosses "<": one odd quote then costs its own tag and not the rest of the file.
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([A-Za-z][\w:.-]*+)((?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
    r"|<(/?)([A-Za-z][\w:.-]*+)([^<>]*+)>|<[!?][^>]*+>|</?[A-Za-z][^<>]*+\Z",
    re.DOTALL,
)
BLANK = (
    r"(?:\s|&nbsp;|&#160;|&#0*32;|&#x[aA]0;|&ensp;|&emsp;|&thinsp;|&zwnj;|&#8203;|&shy;|&#173;|[\u200b\u00ad\ufeff])"
)
LEADING = re.compile(BLANK + "*+")
TRAILING = re.compile(BLANK + r"\Z")
LONGEST_ENTITY = 10
_BLANK_ENDS = frozenset(";\u200b\u00ad\ufeff")  # what white space that ``rstrip`` leaves ends with
HARD_SPACE = re.compile(r"&nbsp;|&#160;|&#x[aA]0;|\u00a0|&[en]msp;|&#819[45];")
NOT_SHOWN = re.compile(
    r"(?:[\u00ad\u200b-\u200d\u2060\ufeff]|&(?:shy|zwnj|zwj|#173|#xad|#820[345]|#8288);)+", re.IGNORECASE
)
UNSEEN = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x2060: None}

SUP, BOLD, LINK, TINY, CENTERED, LISTED, HEADING, UNDERLINED = 1, 2, 4, 8, 16, 32, 64, 128
Run = tuple[int, int, int]
"""Offsets of a stretch of raw text and the flags it is shown with."""
BREAK: Run = (-1, 0, 0)

ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
LENGTH = re.compile(r"\s*(-?[\d.]+)\s*(pt|px|em|rem|ex|in|cm|mm|%)?", re.IGNORECASE)
# How many characters wide one unit of an indent is, near enough to tell deeper from shallower.
CHARACTERS = {"pt": 0.2, "px": 0.15, "em": 2.0, "rem": 2.0, "ex": 1.0, "in": 14.4, "cm": 5.7, "mm": 0.57, "%": 1.0}
SMALLEST_SEEN = 2.0
LONGEST_FIGURE, MOST_PARTS = 24, 8
_NUMBER = re.compile(r"[$(]*\d{1,3}(?:,\d{3})*(?:\.\d+)?[)%]*")


@record
class Look:
    """What a start tag says of its content: the flags it sets and clears, its ``indent`` in characters, its spans."""

    flags: int = 0
    clears: int = 0
    hidden: bool = False
    indent: float = 0.0
    colspan: int = 1
    rowspan: int = 1


PLAIN = Look()
FLAGS_OF = {
    "b": BOLD,
    "strong": BOLD,
    "sup": SUP,
    **dict.fromkeys(("u", "i", "em"), UNDERLINED),
    "center": CENTERED,
    "li": LISTED,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
}


@lru_cache(maxsize=8192)
def look(tag: str, attributes: str) -> Look:
    """How the content of a start tag looks; cached, since a filing repeats the same few hundred tags."""
    said = {key.lower(): a or b or c for key, a, b, c in ATTRIBUTE.findall(attributes)}
    style = _style(said.get("style", ""))
    flags, clears = _flags(tag, said, style)
    return Look(
        flags=flags,
        clears=clears,
        hidden=style.get("display") == "none" or style.get("visibility") == "hidden",
        indent=_indent(style),
        colspan=_span(said.get("colspan", "")),
        rowspan=_span(said.get("rowspan", "")),
    )


def _style(said: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in unescape(said).lower().split(";"))
    return {key.strip(): value.strip() for key, _, value in pairs if value}


def _flags(tag: str, said: dict[str, str], style: dict[str, str]) -> tuple[int, int]:
    """The flags that a start tag sets, and those that it clears of the elements around it."""
    flags, clears = FLAGS_OF.get(tag, 0), 0
    raised = style.get("vertical-align") == "super" or style.get("top", "").startswith("-")
    if raised and tag in {"span", "font"}:
        flags |= SUP
    weight = style.get("font-weight", "")
    if weight.startswith("bold") or (weight.isdigit() and int(weight) >= 600):
        flags |= BOLD
    elif weight:
        clears |= BOLD
    align = style.get("text-align") or said.get("align", "").lower()
    if align == "center":
        flags |= CENTERED
    elif align:
        clears |= CENTERED
    if "underline" in style.get("text-decoration", "") or style.get("font-style") == "italic":
        flags |= UNDERLINED
    if tag == "a" and said.get("href", "").startswith("#"):
        flags |= LINK
    size = LENGTH.match(style.get("font-size", ""))
    if size and (size[2] or "px").lower() in {"pt", "px"}:
        if _number(size[1]) <= SMALLEST_SEEN:
            flags |= TINY
        else:
            clears |= TINY
    return flags, clears


def _indent(style: dict[str, str]) -> float:
    total = 0.0
    for key in ("padding-left", "margin-left", "text-indent"):
        length = LENGTH.match(style.get(key, ""))
        if length:
            total += _number(length[1]) * CHARACTERS[(length[2] or "px").lower()]
    for key in ("padding", "margin"):
        sides = style.get(key, "").split()
        length = LENGTH.match(sides[3]) if len(sides) == 4 else None
        if length:
            total += _number(length[1]) * CHARACTERS[(length[2] or "px").lower()]
    return total


def _number(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0


def _span(said: str) -> int:
    """A colspan or rowspan; browsers stop at 1000, and so does a file that means harm."""
    return min(max(int(said), 1), 1000) if said.isdecimal() and len(said) < 6 else 1


@record
class Line:
    """A line that a reader sees: its text with white space folded, its places, and how it looks."""

    text: str
    pieces: tuple[Cell, ...]
    flags: int = 0
    indent: float = 0.0


class Places:
    """Turns runs of a document's text into lines with their places; ``first_line`` is the file line it begins at."""

    def __init__(self, content: str, first_line: int) -> None:
        self.content = content
        self.first_line = first_line
        self._starts = [0]
        self._starts.extend(match.end() for match in re.finditer("\n", content))
        self._last = 0  # the line that was asked for last

    def blank(self, start: int, end: int) -> str:
        """The white space, written as it may be, that a run begins with: all of it where nothing is to be seen."""
        match = LEADING.match(self.content, start, end)
        return match[0] if match else ""

    def pieces(self, start: int, end: int) -> Iterator[Cell]:
        """The places of a run line by line, without the white space at either end."""
        content = self.content
        index = self._line_at(start)
        while start < end:
            begin = self._starts[index]
            stop = min(end, self._starts[index + 1] - 1) if index + 1 < len(self._starts) else end
            lead = LEADING.match(content, start, stop)
            left = lead.end() if lead else start
            if left < stop:
                text = _without_tail(content[left:stop])
                if text.isascii() and "&" not in text:
                    yield Cell(self.first_line + index, left - begin, left - begin + len(text), text)
                else:
                    for first, last in _seen_stretches(content, left, left + len(text)):
                        yield Cell(self.first_line + index, first - begin, last - begin, content[first:last])
            start = stop + 1
            index += 1

    def line(self, runs: list[Run], indent: float = 0.0, *, running: bool = False) -> Line | None:
        """The runs as one line with the flags that they share, or None if there is nothing to see in them."""
        if len(runs) == 1 and (plain := self.plain_line(runs[0], indent)):
            return plain
        seen: list[str] = []
        pieces: list[Cell] = []
        flags = -1
        for start, end, run_flags in runs:
            lead = self.blank(start, end) if start >= 0 else ""
            if not pieces and lead:
                indent += len(HARD_SPACE.findall(lead))
            if len(lead) == end - start or start < 0:
                seen.append(" ")
                continue
            flags &= run_flags
            pieces.extend(self.pieces(start, end))
            seen.append(seen_text(self.content[start:end], run_flags, seen, running))
        if not pieces:
            return None
        text = " ".join("".join(seen).split())
        if 1 < len(pieces) <= MOST_PARTS and len(text) <= LONGEST_FIGURE and not any(run[2] & SUP for run in runs):
            pieces = self._whole_figure(pieces, text)
        return Line(text, tuple(pieces), flags, indent) if text else None

    def _whole_figure(self, pieces: list[Cell], text: str) -> list[Cell]:
        """The pieces of one number that markup cuts (``12<b>,</b>404``) as one place; others as they are."""
        first, last = pieces[0], pieces[-1]
        digits = sum(any(map(str.isdigit, unescape(piece.text))) for piece in pieces)
        if digits < 2 or first.line != last.line or not _NUMBER.fullmatch(text):
            return pieces
        begin = self._starts[first.line - self.first_line]
        return [Cell(first.line, first.start, last.end, self.content[begin + first.start : begin + last.end])]

    def plain_line(self, run: Run, indent: float) -> Line | None:
        """A run of one line without entities, which stands in the file as it is seen; None where it isn't so plain."""
        start, end, flags = run
        raw = self.content[start:end]
        text = raw.strip()
        if start < 0 or flags & SUP or not text or not raw.isascii() or "&" in text or "\n" in raw:
            return None
        index = self._line_at(start)
        left = start - self._starts[index] if text is raw else start + raw.index(text[0]) - self._starts[index]
        piece = Cell(self.first_line + index, left, left + len(text), text)
        folded = text if "  " not in text and text.isprintable() else " ".join(text.split())
        return Line(folded, (piece,), flags, indent)

    def _line_at(self, offset: int) -> int:
        """The index of the line in which an offset lies; mostly it is that of the offset before."""
        starts, last = self._starts, self._last
        if not (starts[last] <= offset and (last + 1 == len(starts) or offset < starts[last + 1])):
            self._last = bisect_right(starts, offset) - 1
        return self._last


def _without_tail(text: str) -> str:
    """The text without the white space, written as it may be, that it ends with."""
    while True:
        text = text.rstrip()
        if text[-1:] not in _BLANK_ENDS:
            return text
        tail = TRAILING.search(text, max(len(text) - LONGEST_ENTITY, 0))
        if not tail:
            return text
        text = text[: tail.start()]


def _seen_stretches(content: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The stretches between characters that aren't shown, such as soft hyphens: those are no part of any word."""
    for match in NOT_SHOWN.finditer(content, left, right):
        if content[left : match.start()].strip():
            yield left, match.start()
        left = match.end()
    if content[left:right].strip():
        yield left, right


RAISED_MARK = re.compile(r"\s*(\d{1,2}|[a-zA-Z]|[ivx]{1,4})\s*")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def seen_text(raw: str, flags: int, before: list[str], running: bool) -> str:
    """What a browser shows of raw text; a raised mark gets the parentheses that it has in plain text, ``Sales (1)``.

    In ``running`` text a number stays raised, ``rose 5% ¹``, so that its characters are those of the source. A unit's
    power (m²) and an ordinal's letters (2nd) stay with what they stand on.
    """
    text = unescape(raw) if "&" in raw else raw
    if not text.isascii():
        text = text.translate(UNSEEN)
    if not flags & SUP:
        return text
    mark = RAISED_MARK.fullmatch(text)
    said = "".join(before)
    if not mark:
        apart = f" {text}" if said.strip() else f"{text} "
        return apart if text.lstrip()[:1] in "(*[†‡" else text
    if mark[1] in {"2", "3"} and POWER.search(said[-4:]):
        return text
    return f" {mark[1].translate(RAISED)} " if running and mark[1].isdigit() and said.strip() else f" ({mark[1]}) "


POWER = re.compile(r"(?:^|[\s/\d])[kcm]?m$")
ANCHOR = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)


def anchor_near(lines: list[str], line: int, column: int | None = None) -> str | None:
    """The id or name that stands last before a place: a browser opens ``file.htm#anchor`` there; None if there is none.

    Without ``column`` the whole of the line (1-based) counts.
    """
    for index in range(min(line, len(lines)) - 1, -1, -1):
        found = ANCHOR.findall(lines[index][:column])
        if found:
            return str(found[-1])
        column = None
    return None
