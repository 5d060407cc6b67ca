"""An ASCII filing retold as HTML: its paragraphs as ``<p>``, its tables with spacers and figures in several cells."""

from html import escape
from pathlib import PurePath

from db.model import Grid
from db.parsing.blocks import blocks
from db.parsing.draft import Draft
from db.parsing.front import front
from db.parsing.tables import tables
from db.readers import read
from grammar.figures import read_figure


def as_page(data, name, split=True):
    """The HTML page of an ASCII filing's bytes; a figure takes several cells where ``split``, else one."""
    draft = Draft(read(data, name), name, PurePath(name).name, "")
    for step in (blocks, front, tables):
        step(draft)
    parts = [_block(block, draft, split) for part in draft.blocks.values() for block in part]
    return f"<html><body>\n{''.join(parts)}</body></html>\n"


def _block(block, draft, split):
    if not isinstance(block, Grid):
        text = escape(block.text)
        if block.kind in {"heading", "caption"}:
            return f"<p align=center><b>{text}</b></p>\n"
        return f"<p>{text}</p>\n"
    table = draft.table_of.get(id(block))
    if table is None:
        return "".join(f"<p>{escape(' '.join(c.text for c in row.cells))}</p>\n" for row in block.rows if row.cells)
    rows = (_row(row, table, split) for row in block.rows if row.cells and not row.rule)
    return f"<table>\n{''.join(rows)}</table>\n"


def _row(row, table, split):
    """A row in four HTML columns for each column of figures: a spacer, the sign, the digits, the bracket."""
    cells, at, sign, columns = [], 0, "", table.columns
    style = f'style="padding-left:{row.indent}em"' if row.indent else ""
    if row not in table.header and not any(read_figure(cell.text) for cell in row.cells):
        return f"<tr><td {style}>{escape(' '.join(cell.text for cell in row.cells))}</td></tr>\n"
    labels = [
        cell for cell in row.cells if cell.text != "$" and cell.left < columns[0].left and not _over(cell, columns)
    ]
    cells.append(f"<td {style}>{escape(' '.join(cell.text for cell in labels))}</td>")
    for cell in row.cells:
        if cell.text == "$":
            sign = "$"
            continue
        over = _over(cell, columns)
        if cell in labels or not over:
            continue
        first, last = max(over[0], at), over[-1]
        if first > last:
            continue
        cells.append("<td>&nbsp;</td><td></td><td></td><td></td>" * (first - at))
        cells.append(_cell(sign + escape(cell.text), last - first + 1, split))
        sign = ""
        at = last + 1
    return f"<tr>{''.join(cells)}</tr>\n"


def _over(cell, columns):
    return [i for i, column in enumerate(columns) if cell.left < column.right and column.left < cell.right]


def _cell(text, span, split):
    if not split or span > 1 or read_figure(text) is None:
        return f"<td></td><td colspan={4 * span - 1}><b>{text}</b></td>"
    sign = "$" if text.startswith("$") else ""
    bracket = ")" if text.endswith(")") else ""
    digits = text[len(sign) : len(text) - len(bracket)].strip()
    return f"<td></td><td>{sign}</td><td align=right>{digits}</td><td>{bracket}</td>"
