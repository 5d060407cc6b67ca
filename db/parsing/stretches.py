"""Lines between blank ones: what kind of thing a stretch of an ASCII part is, by how it looks on the page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from db.parsing.lines_read import FILLED, INDENT, SENTENCE_END, WIDE_BLANK, is_one_sentence, is_prose, join_lines, reads
from db.readers.text import Line

NOTE = re.compile(
    r"\s*(?:\((\d{1,2}|[a-z])\)|(\*{1,4})|\[(\d{1,2})\]|<F(\d{1,2})>|notes?\s+\(?(\d{1,2}|[a-z])\)?\s?[:.-]|(\d{1,2})\))\s*(?=[A-Za-z\"'\u201c$])",
    re.IGNORECASE,
)
BULLET = re.compile(r"\s*(?:--|[*\u2022\u25cf\u00b7\u2013\u2014]|o(?=\s{2})|-(?=[A-Z ]))\s*(?=[\w$\"'])")
StretchKind = Literal["figures", "prose", "note", "bullet", "loose", "furniture", "edge", "break"]


@dataclass(slots=True)
class Stretch:
    """Lines with no blank between them; ``blanks`` is how many blank lines stand before."""

    lines: list[Line]
    kind: StretchKind
    blanks: int = 0
    zone: int = field(default=0)

    @property
    def words(self) -> str:
        """The text of its lines, white space folded."""
        return join_lines([line.words for line in self.lines if line.kind != "rule"])


def stretches(lines: list[Line]) -> Iterator[Stretch]:
    """The stretches of a part in their order, cut where a note or a sentence begins right below a table."""
    _settle_figures(lines)
    if _double_spaced(lines):
        lines = [
            line for at, line in enumerate(lines) if line.kind != "blank" or (at and lines[at - 1].kind == "blank")
        ]
    run: list[Line] = []
    blanks = before = 0
    for line in [*lines, Line(0, "", (), "blank")]:
        if run and (line.kind in ("blank", "tag") or (line.kind == "furniture") != (run[-1].kind == "furniture")):
            yield from _cut(run, before)
            run = []
        if line.kind == "blank":
            blanks += 1
            continue
        if line.kind == "tag":
            tag = line.text.strip().upper()
            yield Stretch([line], "edge" if "TABLE" in tag else "break", blanks)
            if line.chunks:  # words behind the tag
                run = [Line(line.number, line.text, line.chunks, "text", line.words, (), line.left, line.right)]
                before = blanks = 0
            continue
        if not run:
            before, blanks = blanks, 0
        run.append(line)


def _double_spaced(lines: list[Line]) -> bool:
    """Whether nearly every line of text stands between blank ones."""
    at = [index for index, line in enumerate(lines[1:-1], 1) if line.kind == "text"]
    alone = sum(1 for index in at if lines[index - 1].kind == lines[index + 1].kind == "blank")
    return len(at) > 20 and alone > 0.7 * len(at)


def _settle_figures(lines: list[Line]) -> None:
    """A lone figure with none above or below it (a zip code, a number that ends a line) makes no table."""
    for line, below in itertools.pairwise(lines):
        if line.kind == "figures" and _is_justified(line, below):
            line.kind = "text"
    rows = [line for line in lines if line.kind == "figures"]
    for index, line in enumerate(rows):
        values = line.figures
        if len(values) > 1:
            continue
        near = [other for other in rows[max(index - 2, 0) : index + 3] if other is not line]
        value = values[0]
        if not any(
            _lines_up(value.left, value.right, other) for other in near if abs(other.number - line.number) <= 14
        ):
            line.kind = "text"


def _is_justified(line: Line, below: Line) -> bool:
    """Whether a line is one of running text that blanks fill up to the margin: words go on behind its figures, or in
    the line below."""
    gaps = [after.left - before.right for before, after in itertools.pairwise(line.chunks)]
    if line.left > INDENT or line.right < FILLED or not gaps or max(gaps) > WIDE_BLANK or not reads(line.words, 3):
        return False
    last = line.figures[-1]
    if last is line.chunks[-1]:
        return below.kind in ("text", "figures") and below.left == line.left and below.words[0].islower()
    behind = [chunk for chunk in line.chunks if chunk.kind == "text" and chunk.left > line.figures[0].right]
    return any(chunk.text[0].islower() for chunk in behind)


def _lines_up(left: int, right: int, other: Line) -> bool:
    return any(abs(v.right - right) <= 2 or (v.left < right and left < v.right) for v in other.figures)


def _cut(run: list[Line], blanks: int) -> Iterator[Stretch]:
    """A run of lines as one stretch, or several where prose and table touch."""
    if run[0].kind == "furniture":
        yield Stretch(run, "furniture", blanks)
        return
    if not any(line.kind == "figures" for line in run):
        yield from _words(run, blanks)
        return
    first = next(i for i, line in enumerate(run) if line.kind == "figures")
    last = max(i for i, line in enumerate(run) if line.kind == "figures")
    zone = min(v.left for line in run for v in line.figures if line.kind == "figures")
    lead = _prose_lead(run[:first], zone)
    if lead:
        yield from _words(run[:lead], blanks)
        blanks = 0
    tail = next((i for i in range(last + 1, len(run)) if _leaves_table(run, i, zone)), len(run))
    yield Stretch(run[lead:tail], "figures", blanks, zone)
    if run[tail:]:
        yield from _words(run[tail:], 0)


def _prose_lead(lines: list[Line], zone: int) -> int:
    """How many lines at the start of a stretch are a paragraph that runs on into a table."""
    count = 0
    for line in lines:
        if line.kind != "text" or len(line.chunks) > 2 or line.right < max(zone + 6, 58) or line.left > 12:
            break
        count += 1
    if count and count < len(lines) and SENTENCE_END.search(lines[count].words) and len(lines[count].chunks) == 1:
        count += 1
    words = " ".join(line.words for line in lines[:count])
    return count if count > 1 and reads(words) else 0


def _leaves_table(run: list[Line], at: int, zone: int) -> bool:
    line = run[at]
    if line.kind != "text":
        return False
    return NOTE.match(line.text) is not None or (line.right > zone + 10 and len(line.chunks) == 1 and reads(line.words))


def _words(run: list[Line], blanks: int) -> Iterator[Stretch]:
    """A run without figures: its notes and bullets each on their own."""
    starts = [i for i, line in enumerate(run) if line.kind == "text" and _opens(run, i)]
    edges = sorted({0, *starts, len(run)})
    for a, b in itertools.pairwise(edges):
        part = run[a:b]
        yield Stretch(part, _kind_of(part), blanks if a == 0 else 0)


def _opens(run: list[Line], at: int) -> bool:
    """Whether a line begins a note or a bullet; one that is a wrapped line of the text above doesn't."""
    line = run[at]
    match = NOTE.match(line.text)
    if match:
        above = run[at - 1] if at else None
        wrapped = (
            above is not None and not SENTENCE_END.search(above.words) and above.left == line.left and above.right > 60
        )
        return not wrapped
    if at and _is_indented(line, run[at - 1]):
        return True
    return BULLET.match(line.text) is not None and (at == 0 or run[at - 1].kind != "rule")


def _is_indented(line: Line, above: Line) -> bool:
    """Whether a line stands in as the first of a paragraph below one that ended."""
    stands_in = above.kind == "text" and above.left + 3 <= line.left <= 12 and line.right > 58
    return stands_in and SENTENCE_END.search(above.words) is not None


def _kind_of(lines: list[Line]) -> StretchKind:
    if all(line.kind == "rule" for line in lines):
        return "loose"
    texts = [line for line in lines if line.kind != "rule"]
    words = join_lines([line.words for line in texts])
    if not words or not texts[0].chunks:
        return "loose"
    if any(len(line.chunks) > 1 and not is_one_sentence(line) for line in texts):
        return "loose"
    match = NOTE.match(texts[0].text)
    if match and (len(words) > 3):
        return "note"
    if BULLET.match(texts[0].text) and len(words) > 8 and not re.fullmatch(r"[-\s]*[A-Z][^a-z]*[-\s]*", words):
        return "bullet"
    return "prose" if is_prose(texts, words) else "loose"
