"""Where the tables of a release stand, and how their columns are pushed apart without breaking their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.generator.lines import Line


@dataclass(frozen=True)
class Region:
    """A table: its lines (0-based, last included), and the columns before which blanks may be put."""

    first: int
    last: int
    gutters: tuple[int, ...]


def tables(lines: tuple[str, ...], cells: list[dict[str, str]]) -> list[Region]:
    """The regions of a release's tables, found from its gold cells: runs of lines with the same columns."""
    runs: list[list[dict[str, str]]] = []
    for cell in cells:
        number = int(cell["line"])
        last = runs[-1][-1] if runs else cell
        apart = cell["column"] == last["column"] == "1" and abs(int(cell["col_end"]) - int(last["col_end"])) > 6
        apart = apart or cell["statement"] == "hedges"
        fresh = not runs or apart or number - int(last["line"]) > 12 or _break(lines, int(last["line"]), number)
        if fresh:
            runs.append([])
        runs[-1].append(cell)
    return [_region(lines, run) for run in runs]


def _break(lines: tuple[str, ...], after: int, before: int) -> bool:
    """Whether a note, or three blank lines together, stand between two lines (1-based)."""
    between = lines[after : before - 1]
    notes = any(re.match(r"\s?\(\d\) ", text) for text in between)
    return notes or any(not "".join(between[i : i + 3]).strip() for i in range(len(between) - 2))


def _region(lines: tuple[str, ...], run: list[dict[str, str]]) -> Region:
    first, last = int(run[0]["line"]) - 1, int(run[-1]["line"]) - 1
    top = first
    while top > 0 and first - top < 14 and lines[top - 1 : top] and "".join(lines[max(0, top - 2) : top]).strip():
        if re.match(r"\s*\S.*[a-z]\.$", lines[top - 1]):
            break
        top -= 1
    while last + 1 < len(lines) and re.fullmatch(r"\s*[-= ]*", lines[last + 1]) and lines[last + 1].strip():
        last += 1
    return Region(top, last, _gutters(lines, run))


def _gutters(lines: tuple[str, ...], run: list[dict[str, str]]) -> tuple[int, ...]:
    """A column between labels and figures, and one between the two columns of figures; () for a table of one column."""
    before = [lines[int(c["line"]) - 1][: int(c["col_start"])].rstrip() for c in run if c["column"] == "1"]
    begin = [len(text.removesuffix("$").rstrip()) for text in before]
    ends = [int(c["col_end"]) for c in run if c["column"] == "1"]
    if not any(c["column"] == "2" for c in run):
        return ()
    return max(begin) + 1, max(ends) + 1


def spread(kept: list[Line], region: Region, margin: int, gaps: tuple[int, int]) -> None:
    """Indent a table and put blanks into its gutters; rules are drawn longer, lines with words in a gutter stay."""
    for line in kept[region.first : region.last + 1]:
        for column, count in sorted(zip(region.gutters, gaps, strict=False), reverse=True):
            text = line.text
            if len(text) <= column:
                continue
            around = text[max(0, column - 2) : column + 2]
            if text[column - 1 : column + 1] in ("--", "=="):
                line.insert(column, count, text[column])
            elif "  " in around or (line.spans and " " in around[1:3]):
                at = column if " " in text[column - 1 : column + 1] else column - 1
                line.insert(at, count)
            elif re.match(r"\s{20}", text) and column == region.gutters[-1]:
                line.insert(0, count // 2)
        if line.text.strip():
            line.insert(0, margin)
