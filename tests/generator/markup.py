"""Sheets as HTML tables, with the colspans, spacer cells and split signs that EDGAR filings have."""

from __future__ import annotations

from html import escape

from tests.generator.heads import column_heads
from tests.generator.layout import NOTES, Page, dollar, marked, printed, truth
from tests.generator.sheets import Row, Sheet
from tests.generator.styles import Style


def html_table(page: Page, sheet: Sheet, style: Style, calendar: bool) -> None:
    """Write a sheet as a table: three cells a column ($, figure, bracket), before them a spacer cell in some."""
    each = 3 + style.spacers
    page.add('<table cellspacing="0" cellpadding="0" border="0" width="100%">')
    spans, lines = column_heads(sheet, style, calendar)
    if any(words for _, _, words in spans):
        cells = "".join(
            f'<td colspan="{each * (b - a + 1)}" align="center">{escape(words) or "&nbsp;"}</td>'
            for a, b, words in spans
        )
        page.add(f"<tr><td>&nbsp;</td>{cells}</tr>")
    for line in lines:
        cells = "".join(
            f'<td colspan="{each}" align="center"><b>{escape(words) or "&nbsp;"}</b></td>' for words in line
        )
        page.add(f"<tr><td>&nbsp;</td>{cells}</tr>")
    fresh = True
    for row in sheet.rows:
        if row.heading:
            page.add(f'<tr><td colspan="{1 + each * len(sheet.columns)}"><b>{escape(row.label)}</b></td></tr>')
            fresh = True
            continue
        _row(page, sheet, row, style, first=fresh or row.total)
        fresh = False
    page.add("</table>", "")
    if style.odd.marks and any(marked(row, style) for row in sheet.rows):
        page.add(*(f"<p>{note}</p>" for note in NOTES))


def _row(page: Page, sheet: Sheet, row: Row, style: Style, first: bool) -> None:
    mark = marked(row, style).strip()
    sup = f"<sup>{mark}</sup>" if mark else ""
    text = f'<tr valign="bottom"><td>{"&nbsp;" * row.indent}{escape(row.label, quote=False)}{sup}</td>'
    places = []
    for cell in row.cells:
        text += "<td>&nbsp;</td>" if style.spacers else ""
        if cell is None:
            text += f'<td></td><td align="right">{style.odd.unknown}</td><td></td>'
            continue
        figure = printed(cell, style)
        closing = ")" if figure.endswith(")") else ""
        body = figure.removesuffix(")")
        text += f'<td align="right">{"$" if dollar(cell, first, style) else "&nbsp;"}</td><td align="right">'
        places.append((cell, len(text), body))
        text += f"{body}</td><td>{closing or '&nbsp;'}</td>"
    page.add(text + "</tr>")
    page.truths += [truth(cell, row, sheet, (len(page.lines), start), body) for cell, start, body in places]
