"""Two sheets side by side on the same lines."""

from __future__ import annotations

from tests.generator.heads import column_heads
from tests.generator.layout import Frame, Page, figures_of, truth, widths_of
from tests.generator.sheets import Sheet
from tests.generator.styles import Style


def ascii_panels(page: Page, left: Sheet, right: Sheet, style: Style, calendar: bool) -> None:
    """Two sheets side by side on the same lines, as old balance sheets stand: labels are not wrapped."""
    halves: list[tuple[Sheet, list[int], list[int], int]] = []
    start = 0
    for sheet in (left, right):
        widths, _ = widths_of(sheet, style, calendar)
        label = max(len(r.label) + r.indent for r in sheet.rows) + 2
        rights: list[int] = []
        for width in widths:
            rights.append((rights[-1] if rights else start + label) + 2 + width)
        halves.append((sheet, widths, rights, start))
        start = rights[-1] + 4
    heads = column_heads(left, style, calendar)[1]
    for line in heads:
        text = ""
        for _, widths, rights, _ in halves:
            for words, width, edge in zip(line, widths, rights, strict=True):
                text = text.ljust(edge - width) + words.rjust(width)
        page.add(text)
    fresh = [True, True]
    for n in range(max(len(left.rows), len(right.rows))):
        text, told = "", []
        for i, (sheet, widths, rights, begin) in enumerate(halves):
            if n >= len(sheet.rows):
                continue
            row = sheet.rows[n]
            text = text.ljust(begin) + " " * row.indent + row.label
            shown = (
                (text, [])
                if row.heading
                else figures_of(text, row, Frame(style, ([], []), widths, rights), fresh[i] or row.total)
            )
            text, places = shown
            fresh[i] = row.heading
            told += [truth(cell, row, sheet, (len(page.lines) + 1, at), figure) for cell, at, figure in places]
        page.add(text.rstrip())
        page.truths += told
    page.add("")
