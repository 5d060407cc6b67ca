"""Sheets as ASCII tables in the layouts that filings have had, noting the place of each figure."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from grammar.periods import Period, day_name
from tests.generator.sheets import Cell, Column, Row, Sheet

Truth = dict[str, Any]
LENGTHS = {1: "Three", 2: "Six", 3: "Nine", 4: "Twelve"}


@dataclass(frozen=True)
class Oddities:
    """What makes a layout hard: each of them is found in real filings."""

    marks: bool = False  # footnote marks on labels, explained under the table
    every: int = 0  # a page ends after so many lines of a table; 0: never
    again: bool = True  # the columns' heads are printed again on the next page
    audit: bool = False  # "(Unaudited)" over the columns
    slashed: bool = False  # 6/30/05 over the columns
    words: str = ""  # other words over a run of columns, e.g. "For the {n} Months Ended"
    hyphen: bool = False  # labels are broken inside words
    tonnes: bool = False  # metric units
    by_metal: bool = False  # a table with the metals side by side
    submission: bool = False  # the release is an exhibit of a full submission
    unknown: str = ""  # what stands for a figure that isn't there: "N/A", "n.m."


@dataclass(frozen=True)
class Style:
    """How a company sets its tables."""

    html: bool
    header: str
    dollars: str
    minus: bool
    nil: str
    leaders: bool
    tags: bool
    label: int
    margin: int
    gap: int
    rules: bool
    span: str
    spacers: bool
    panels: bool
    odd: Oddities = field(default_factory=Oddities)


def draw_style(dice: random.Random, html: bool | None = None) -> Style:
    """A style by chance; ``html`` forces the format."""
    return Style(
        html=dice.random() < 0.3 if html is None else html,
        header=dice.choice(["dates", "dates", "years", "stacked", "quarters"]),
        dollars=dice.choice(["apart", "apart", "glued", "none"]),
        minus=dice.random() < 0.15,
        nil=dice.choice(["--", "---", "-", "- -", "nil"]),
        leaders=dice.random() < 0.2,
        tags=dice.random() < 0.4,
        label=dice.choice([34, 42, 50, 62]),
        margin=dice.choice([0, 0, 2, 5]),
        gap=dice.choice([2, 3, 5]),
        rules=dice.random() < 0.8,
        span=dice.choice(["{n} Months Ended", "{n} Months Ended", "Quarter Ended"]),
        spacers=dice.random() < 0.5,
        panels=dice.random() < 0.1,
    )


def draw_oddities(dice: random.Random) -> Oddities:
    """A few oddities by chance."""
    return Oddities(
        marks=dice.random() < 0.5,
        every=dice.choice([0, 0, 14, 23]),
        again=dice.random() < 0.7,
        audit=dice.random() < 0.25,
        slashed=dice.random() < 0.2,
        words=dice.choice(["", "", "For the {n} Months Ended", "FOR THE {N} MONTHS ENDED", "{n} months ended"]),
        hyphen=dice.random() < 0.2,
        unknown=dice.choice(["", "", "N/A", "n/a"]),
        tonnes=dice.random() < 0.25,
        by_metal=dice.random() < 0.3,
        submission=dice.random() < 0.2,
    )


def printed(cell: Cell, style: Style) -> str:
    """The figure as it stands in the table, without its dollar sign."""
    if cell.change:
        return f"({-cell.figure:,.0f}%)" if cell.figure < 0 else f"{cell.figure:,.0f}%"
    if not cell.figure and not cell.places:
        return style.nil
    text = f"{abs(cell.figure):,.{cell.places}f}"
    if cell.figure >= 0:
        return text
    return f"-{text}" if style.minus else f"({text})"


def dollar(cell: Cell, first: bool, style: Style) -> bool:
    """Whether a dollar sign goes with the figure: with first rows, totals and prices an ounce."""
    money = cell.unit.startswith("USD") and not cell.change and style.dollars != "none"
    return money and bool(cell.figure or cell.places) and (first or cell.unit != "USD")


def truth(cell: Cell, row: Row, sheet: Sheet, place: tuple[int, int], text: str) -> Truth:
    """What a reader must make of the figure."""
    nil = not re_digits(text)
    line, start = place
    return {
        "line": line, "column_start": start, "column_end": start + len(text), "as_printed": text,
        "value": float(Decimal(0) if nil else cell.figure * cell.scale), "unit": cell.unit, "label": row.label,
        "entity": cell.entity, "entity_kind": cell.entity_kind, "metal": cell.metal, "metric": cell.metric,
        "period_start": cell.period.start and cell.period.start.isoformat(), "period_end": cell.period.end.isoformat(),
        "period_kind": cell.period.kind, "statement": _statement(sheet, cell), "nil": nil,
        "nature": "change" if cell.change else "actual",
        "restated_from": None if cell.restated_from is None else float(cell.restated_from),
    }  # fmt: skip


def _statement(sheet: Sheet, cell: Cell) -> str:
    """The statement of a figure: the first table of a release sums up production after the books' main lines."""
    made = cell.metric == "production" or (cell.metric or "").endswith("_per_oz")
    return "production_summary" if sheet.statement == "highlights" and made else sheet.statement


def re_digits(text: str) -> bool:
    """Whether a figure has a digit (nil marks have none)."""
    return any(c.isdigit() for c in text)


# --- headings of columns
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


# --- ASCII
@dataclass(frozen=True)
class Frame:
    """Where the columns of an ASCII table stand: their heads, widths and right edges, in a style."""

    style: Style
    heads: tuple[list[tuple[int, int, str]], list[list[str]]]
    widths: list[int]
    rights: list[int]

    def rule(self, char: str) -> str:
        """A line of rules, one under each column."""
        text = ""
        for width, right in zip(self.widths, self.rights, strict=True):
            text = text.ljust(right - width) + char * width
        return text


@dataclass
class Page:
    """Lines of a filing and the truth about its figures."""

    lines: list[str]
    truths: list[Truth]

    def add(self, *lines: str) -> None:
        """Append lines."""
        self.lines += lines


def ascii_table(page: Page, sheet: Sheet, style: Style, calendar: bool) -> None:
    """Write a sheet: tags, headings of columns, rows with wrapped labels, rules before totals."""
    widths, heads = _widths(sheet, style, calendar)
    left = style.margin + style.label + style.gap
    rights: list[int] = []
    for width in widths:
        rights.append((rights[-1] + style.gap if rights else left) + width)
    if style.tags:
        page.add("<TABLE>", "<CAPTION>")
    frame = Frame(style, heads, widths, rights)
    _head(page, sheet, frame)
    if style.tags:
        marks = " " * style.margin + "<S>"
        for width, right in zip(widths, rights, strict=True):
            marks = marks.ljust(right - width) + "<C>"
        page.add(marks)
    fresh = True
    for row in sheet.rows:
        if row.heading:
            page.add(
                *([""] if not row.indent and page.lines[-1].strip() else []),
                " " * (style.margin + row.indent) + row.label,
            )
            fresh = True
            continue
        if row.total and style.rules:
            page.add(frame.rule("-"))
        _row(page, sheet, row, frame, first=fresh or row.total)
        fresh = False
    if style.rules:
        page.add(frame.rule("="))
    page.add(*(["</TABLE>"] if style.tags else []), "")
    if style.odd.marks and any(marked(row, style) for row in sheet.rows):
        page.add(*NOTES, "")


NOTES = (
    "(1) A non-GAAP measure; see the reconciliation for 2 of the 3 measures used.",
    "(2) Counted at 100% until the 1999 agreement, net of 5 tons of samples since.",
)


def marked(row: Row, style: Style) -> str:
    """The footnote mark that a row's label bears, with the blank before it; '' for none."""
    first = next((c for c in row.cells if c), None)
    if not style.odd.marks or first is None:
        return ""
    if first.metric in ("total_cash_cost_per_oz", "eps", "total_cash_costs"):
        return "(1)"
    return " (2)" if first.metric == "tons_milled" else ""


def _page_end(page: Page, sheet: Sheet, frame: Frame) -> None:
    """A page ends within a table: its number, the running title, and (mostly) the columns' heads again."""
    number = str(len(page.lines) // 50 + 1)
    page.add("", f"- {number} -".center(78).rstrip(), "", "", f"{sheet.title} (continued)".center(78).rstrip(), "")
    if frame.style.odd.again:
        _head(page, sheet, frame)


def _widths(sheet: Sheet, style: Style, calendar: bool) -> tuple[list[int], tuple]:
    heads = column_heads(sheet, style, calendar)
    texts = [
        [printed(c, style) for r in sheet.rows for c in r.cells[i : i + 1] if c] for i in range(len(sheet.columns))
    ]
    widths = [
        max([len(t) + 3 for t in column] + [len(lines[i]) for lines in heads[1]] + [6])
        for i, column in enumerate(texts)
    ]
    for a, b, words in heads[0]:
        room = sum(widths[a : b + 1]) + style.gap * (b - a)
        if len(words) > room:
            widths[a] += len(words) - room
    return widths, heads


def _head(page: Page, sheet: Sheet, frame: Frame) -> None:
    style, widths, rights = frame.style, frame.widths, frame.rights
    spans, lines = frame.heads
    if any(words for _, _, words in spans):
        top, under = "", ""
        for a, b, words in spans:
            start, stop = rights[a] - widths[a], rights[b]
            if words:
                top = top.ljust(start) + words.center(stop - start)
                under = under.ljust(start) + "-" * (stop - start)
        page.add(top.rstrip(), under)
    for n, line in enumerate(lines):
        text = " " * style.margin + (sheet.title if sheet.statement == "highlights" and n == len(lines) - 1 else "")
        for words, width, right in zip(line, widths, rights, strict=True):
            text = text.ljust(right - width) + words.rjust(width)
        page.add(text.rstrip())
    if style.rules:
        page.add(frame.rule("-"))


def _row(page: Page, sheet: Sheet, row: Row, frame: Frame, first: bool) -> None:
    """A row on as many lines as its label needs, the figures on the last."""
    style, widths, rights = frame.style, frame.widths, frame.rights
    pieces = wrapped(" " * row.indent + row.label + marked(row, style), style.label)
    if style.odd.hyphen and len(pieces) == 1 and len(row.label) > 20 and row.label.isascii():
        pieces = hyphenated(" " * row.indent + row.label + marked(row, style))
    page.add(*(" " * style.margin + piece for piece in pieces[:-1]))
    text = " " * style.margin + pieces[-1]
    if style.leaders and row.label and len(text) < rights[0] - widths[0] - 4:
        text = (text + " ").ljust(rights[0] - widths[0] - 1, ".")
    text, places = _figures(text, row, frame, first)
    page.add(text)
    page.truths += [truth(cell, row, sheet, (len(page.lines), start), figure) for cell, start, figure in places]


def _figures(text: str, row: Row, frame: Frame, first: bool) -> tuple[str, list[tuple[Cell, int, str]]]:
    """The line with the row's figures put behind ``text``, and where each of them starts."""
    style, widths, rights = frame.style, frame.widths, frame.rights
    places = []
    for cell, width, right in zip(row.cells, widths, rights, strict=True):
        if cell is None:
            if style.odd.unknown:
                text = text.ljust(right - 1 - len(style.odd.unknown)) + style.odd.unknown
            continue
        figure = printed(cell, style)
        body = right - 1 - len(figure) + (1 if figure.endswith((")", "%")) else 0)
        signed = dollar(cell, first, style)
        if signed and style.dollars == "apart":
            text = text.ljust(right - width) + "$"
        if signed and style.dollars == "glued":
            text = text.ljust(body - 1) + "$"
        text = text.ljust(body)
        places.append((cell, len(text), figure))
        text += figure
    return text, places


def ascii_panels(page: Page, left: Sheet, right: Sheet, style: Style, calendar: bool) -> None:
    """Two sheets side by side on the same lines, as old balance sheets stand: labels are not wrapped."""
    halves: list[tuple[Sheet, list[int], list[int], int]] = []
    start = 0
    for sheet in (left, right):
        widths, _ = _widths(sheet, style, calendar)
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
                else _figures(text, row, Frame(style, ([], []), widths, rights), fresh[i] or row.total)
            )
            text, places = shown
            fresh[i] = row.heading
            told += [truth(cell, row, sheet, (len(page.lines) + 1, at), figure) for cell, at, figure in places]
        page.add(text.rstrip())
        page.truths += told
    page.add("")


def hyphenated(label: str) -> list[str]:
    """A label cut inside its last long word, with a hyphen."""
    words = label.split(" ")
    at = max(i for i, w in enumerate(words) if len(w) == max(len(x) for x in words))
    word = words[at]
    if len(word) < 9 or not word.isalpha():
        return [label]
    indent = len(label) - len(label.lstrip())
    return [" ".join([*words[:at], word[:5] + "-"]), " " * (indent + 2) + " ".join([word[5:], *words[at + 1 :]])]


def wrapped(label: str, width: int) -> list[str]:
    """A label on as many lines as it needs; the later ones hang by two."""
    indent = len(label) - len(label.lstrip())
    lines = [""]
    for word in label.split():
        room = " " * (indent if len(lines) == 1 else indent + 2)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(" " * (indent + 2) + word)
        else:
            lines[-1] = (lines[-1] + " " if lines[-1].strip() else room) + word
    return lines
