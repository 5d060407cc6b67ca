"""What stands over the columns of a table: how long their periods are, and when they end."""

from __future__ import annotations

from grammar.periods import Period, day_name
from tests.generator.sheets import Column, Sheet
from tests.generator.styles import Style

LENGTHS = {1: "Three", 2: "Six", 3: "Nine", 4: "Twelve"}


def groups(columns: list[Column]) -> list[tuple[int, int]]:
    """Runs of columns of one length: [first, last] pairs."""
    found: list[tuple[int, int]] = []
    for i, column in enumerate(columns):
        last = columns[found[-1][1]] if found else None
        if last and last.length == column.length and not column.change and not last.change:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def span_words(column: Column, style: Style) -> str:
    """The words over a run of columns: how long their periods are; '' for instants."""
    if column.change or not column.length:
        return ""
    if style.odd.words:
        return style.odd.words.format(n=LENGTHS[column.length], N=LENGTHS[column.length].upper())
    if "{n}" not in style.span and column.length == 1:
        return style.span
    return f"{LENGTHS[column.length]} Months Ended"


def month_day(period: Period, comma: bool = True) -> str:
    """``March 31,``: the upper half of a date over two lines."""
    return f"{period.end:%B} {period.end.day}{',' if comma else ''}"


def column_heads(sheet: Sheet, style: Style, calendar: bool) -> tuple[list[tuple[int, int, str]], list[list[str]]]:
    """Words over runs of columns, and the lines of words over each column."""
    columns = sheet.columns
    if sheet.names:
        period = columns[0].period
        return [(0, len(columns) - 1, f"{span_words(columns[0], style)} {month_day(period)} {period.end.year}")], [
            list(sheet.names)
        ]
    spans = [(a, b, span_words(columns[a], style)) for a, b in groups(columns)]
    days = [c.period for c in columns]
    kind = style.header
    if style.odd.slashed:
        slashed = [f"{d.end.month}/{d.end.day:02d}/{d.end:%y}" for d in days]
        return spans, [["% Change" if c.change else day for c, day in zip(columns, slashed, strict=True)]]
    if style.odd.audit:
        dates = ["% Change" if c.change else day_name(c.period.end) for c in columns]
        return spans, [dates, ["" if c.change else "(Unaudited)" for c in columns]]
    alike = all(len({month_day(days[i]) for i in range(a, b + 1)}) == 1 for a, b in groups(columns))
    if kind == "quarters" and calendar and all(c.length == 1 for c in columns):
        return [], [["% Change" if c.change else c.period.label for c in columns]]
    if kind == "years" and alike and all(c.length for c in columns):
        spans = [(a, b, f"{words} {month_day(days[a])}" if words else "") for a, b, words in spans]
        return spans, [["% Change" if c.change else str(c.period.end.year) for c in columns]]
    if kind == "stacked":
        upper = ["" if c.change else month_day(c.period) for c in columns]
        return spans, [upper, ["% Change" if c.change else str(c.period.end.year) for c in columns]]
    return spans, [["% Change" if c.change else day_name(c.period.end) for c in columns]]
