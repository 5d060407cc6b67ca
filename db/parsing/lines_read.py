"""What a line of a page reads like, and lines together: a sentence, a paragraph, a heading over columns."""

from __future__ import annotations

import re
import string
from statistics import median

from db.readers.chunks import Chunk
from db.readers.text import Line
from grammar.dates import read_time

_LOWER, _UPPER = string.ascii_lowercase.encode(), string.ascii_uppercase.encode()
SENTENCE_END = re.compile(r"[.!?:;][\"')\u201d]*$")
_HEADER_WORDS = re.compile(
    r"\b(?:end(?:ed|ing)|months?|quarters?|years?|weeks|as\s+of|as\s+at|unaudited|audited|change|variance|increase"
    r"|decrease|percent|per cent|restated|pro\s?forma|adjusted|total|ytd|estimated?|budget"
    r"|actual)\b|%|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(?(?:(?:un)?audited\b|(?:dollars\s|amounts\s)?in\s(?:thousand|million)).*\)?", re.IGNORECASE)
_FIGURES = re.compile(r"(?<!\S)[$(]*\d\S*\s*")
WIDE_BLANK = 3  # typed for one
FILLED = 58  # a line of running text reaches so far
MARGIN = 8  # lines of a paragraph stray no more than this
INDENT = 16  # the first line of a paragraph stands in no more than this
A_PARAGRAPH = 160  # characters: no title is as long


def join_lines(parts: list[str]) -> str:
    """Lines as one text: a word that is broken with a hyphen is joined as it is printed."""
    text = ""
    for part in parts:
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and part[:1].islower():
            text += part
        else:
            text = f"{text} {part}" if text else part
    return text


def is_prose(lines: list[Line], words: str) -> bool:
    """Running text: sentences that fill their lines, and no title set in the middle of the page."""
    ends = SENTENCE_END.search(words) is not None
    if ends and len(lines) == 1 and lines[0].right >= A_PARAGRAPH:
        return reads(words, 6)  # a whole paragraph in one line, with the capitals of a dateline and of names
    said = _FIGURES.sub("", words) if ends and len(lines) == 1 else words  # "X was $5, Y was $6."
    if not reads(said, 2 if not ends or len(lines) == 1 else 3 if len(lines) > 2 else 4):
        return False
    if len(lines) == 1:
        filled = lines[0].right >= 58 and lines[0].left <= 12
        ends = ends and (not words.endswith(":") or lines[0].right >= 58)
        return (ends and words.count(" ") >= 4) or (filled and words.count(" ") >= 9)
    if _centred(lines) or not _at_margin(lines):
        return False
    widest = max(line.right for line in lines)
    headed = ends and len(lines) > 2 and lines[0].right < 0.75 * widest <= lines[1].right  # its heading right above it
    body = [line.right for line in lines[headed:-1]]
    return widest >= 50 and median(body) >= 0.75 * widest and max(line.left for line in lines[1:]) <= 24


def _centred(lines: list[Line]) -> bool:
    """Whether lines of unlike lengths share their middle and none starts at the margin of the one above."""
    middles = [line.left + line.right for line in lines]
    lefts = [line.left for line in lines]
    return max(middles) - min(middles) <= 6 and max(lefts) - min(lefts) >= 2 and min(lefts) > 0


def _at_margin(lines: list[Line]) -> bool:
    """Whether the lines of a paragraph begin at one margin, its first perhaps indented: a title's begin anywhere."""
    lefts = [line.left for line in lines[1:]]
    return max(lefts) - min(lefts) <= MARGIN and lines[0].left - min(lefts) <= INDENT


def reads(words: str, share: int = 2) -> bool:
    """Whether most letters are lower case and one in ``share`` of the words begins so, as in a sentence."""
    tokens = words.split()
    if len(tokens) < 4:
        return False
    small = sum(map(str.islower, [token[0] for token in tokens]))
    if small * share < len(tokens) - 1:
        return False
    letters = words.encode("ascii", "ignore")
    lower = len(letters) - len(letters.translate(None, _LOWER))
    return lower > 2 * (len(letters) - len(letters.translate(None, _UPPER)))


def is_one_sentence(line: Line) -> bool:
    """Whether the gaps in a line are the two blanks after a full stop, after a bullet, or of justified text."""
    for before, after in zip(line.chunks, line.chunks[1:], strict=False):
        gap = after.left - before.right
        short = before is line.chunks[0] and len(before.text) <= 8
        if gap > 3 and not (short and gap <= 12):
            return False
        if gap > 2 and not short and not SENTENCE_END.search(before.text):
            return False
    return True


def _is_title(words: Chunk, aside: Chunk) -> bool:
    """Whether a line is a title and, two blanks behind it, brackets that tell of audit or scale: one run of words."""
    near = aside.left - words.right <= WIDE_BLANK and _ASIDE.fullmatch(aside.text) is not None
    return near and read_time(words.text).date is None and words.right - words.left > len(aside.text)


def is_header_line(line: Line, zone: int) -> bool:
    """Whether a line without values heads columns: words of time over the figures, or several runs over them.

    ``zone`` is the page column where the figures begin.
    """
    if line.kind != "text" or not line.chunks:
        return False
    over = [chunk for chunk in line.chunks if chunk.right > zone and chunk.left >= zone - 14 and chunk.kind != "rule"]
    over = [chunk for chunk in over if chunk.left >= 18 or len(line.chunks) > 1]
    if len(line.chunks) == 2 and _is_title(*line.chunks):
        return False
    if not over or (len(over) == len(line.chunks) == 1 and reads(line.words)):
        return False
    if len(over) > 1:
        return True
    words = over[0].text
    if len(words) > 60:
        return False
    beside = len(line.chunks) > 1 or line.left >= zone - 4
    return bool(read_time(words)) or (beside and _HEADER_WORDS.search(words) is not None)
