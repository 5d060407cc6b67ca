"""Sheets as ASCII tables in the layouts that filings have had, noting the place of each figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.generator.heads import column_heads
from tests.generator.sheets import Cell, Row, Sheet
from tests.generator.styles import Style

Truth = dict[str, Any]


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
    widths, heads = widths_of(sheet, style, calendar)
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
    fresh, top = True, len(page.lines)
    for row in sheet.rows:
        if style.odd.every and len(page.lines) - top >= style.odd.every and not row.total:
            _page_end(page, sheet, frame)
            top = len(page.lines)
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


def widths_of(sheet: Sheet, style: Style, calendar: bool) -> tuple[list[int], tuple]:
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
    text, places = figures_of(text, row, frame, first)
    page.add(text)
    page.truths += [truth(cell, row, sheet, (len(page.lines), start), figure) for cell, start, figure in places]


def figures_of(text: str, row: Row, frame: Frame, first: bool) -> tuple[str, list[tuple[Cell, int, str]]]:
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
