"""Tables step: every grid with its captions, its heading rows parted from its body, its title, statement and scale."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from db.model import Block, Grid, GridCell, GridRow, Paragraph
from db.parsing.columns import find_columns
from db.parsing.continued import CONTINUED, says_again
from db.parsing.draft import Column, Draft, Table
from db.parsing.scales import Scale, currency_in, read_scale
from db.parsing.sections import section_scales
from db.parsing.statements import statement_of_rows
from db.parsing.summaries import summarizes
from db.parsing.titles import CAPTION_LENGTH, name_by_section, name_table
from db.parsing.unit_columns import take_units
from db.parsing.units_said import bracketed_unit
from db.parsing.values import RawValue, is_year, read_row
from grammar.dates import only_time, read_time
from grammar.labels import SUMMARY

SENTENCE_END = re.compile(r"[.!?:;,]$|\.\s")
Read = tuple[list[GridCell], list[RawValue]]  # the words and the figures of a row
_ENDS_WITH_SCALE = re.compile(r"\([^()]*\b(?:thousands|millions|000s)\b[^()]*\)\s*[:.]?$", re.IGNORECASE)
LEAST_YEARS = 3


def tables(draft: Draft) -> None:
    """Fill ``draft.tables``; a grid without any figure is logged and left as text."""
    for part, blocks in draft.blocks.items():
        exact = any(p.part.number == part and p.part.format == "html" for p in draft.source.parts)
        sections = section_scales(blocks)
        for index, block in enumerate(blocks):
            if isinstance(block, Grid):
                table = Table(0, part, block, exact)
                if _begin(draft, table, blocks, index, sections[index]):
                    draft.tables.append(table)
                    draft.table_of[id(block)] = table


def _begin(draft: Draft, table: Table, blocks: list[Block], index: int, section: Scale | None) -> bool:
    """Fill what stands over and beside the table's figures; False where its grid has none."""
    if not _split(table):
        return False
    table.number = len({t.number for t in draft.tables}) + 1
    table.captions, table.lead = _captions(blocks, index, table.exact)
    before = draft.tables[-1] if draft.tables and draft.tables[-1].part == table.part else None
    if before:
        _leave_headings(table, before, blocks[:index])
    name_table(draft, table)
    if before and _continues(table, before):
        table.number = before.number
    if before and not table.captions and table.lead is None and not table.title:
        table.title, table.title_marks, table.statement = before.title, before.title_marks, before.statement
    if table.statement is None and not table.title and table.lead is not None:
        name_by_section(table, blocks, index)
    if table.statement is None:
        sections = [row.cells[0].text for row in table.body if len(row.cells) == 1 and not row.rule]
        table.statement = statement_of_rows(sections)
    if summarizes(draft, table):
        table.statement = SUMMARY
    table.scale = _scale(table, before, section)
    heads = (row.cells[0].text for row in table.header if not row.rule and len(row.cells) == 1)
    said = [*heads, *(caption.text for caption in reversed(table.captions))]
    table.unit = next(filter(None, map(bracketed_unit, said)), "")
    return True


def _split(table: Table) -> bool:
    """Part heading rows from body rows and set the columns; False where no row has a figure."""
    rows = table.grid.rows
    read = [([], []) if row.rule else read_row(row) for row in rows]
    first = next((i for i, (_, values) in enumerate(read) if values and not all(map(is_year, values))), None)
    if first is None:
        return False
    _name_by_years(read)
    years = _take_years(read)
    extents = [[(v.left, v.right) for v in values] for _, values in read[first:] if values]
    columns = find_columns(extents, 0 if table.exact else 3)
    margin = min([words[0].left for words, values in read[first:] if words and values], default=0)
    heads = [i for i in range(first) if _is_heading(rows[i], columns, margin)]
    cut = heads[-1] + 1 if heads else 0
    while cut < first and (rows[cut].rule or (heads and _ends_date(rows[cut], columns[0][0]))):
        cut += 1
    table.header, table.body, table.read = list(rows[:cut]), list(rows[cut:]), read[cut:]
    table.row_years = {at - cut: year for at, year in years.items()}
    table.row_units = take_units(table.header, table.read) if table.exact else {}
    table.columns = [Column(left, right) for left, right in columns]
    table.stub = _stub(table.header, columns, margin)
    return True


def _name_by_years(read: list[Read]) -> None:
    """Make the years that stand before the figures of rows without words the labels of these, where they run on."""
    rows = [at for at, (words, values) in enumerate(read) if len(values) > 1 and not words and is_year(values[0])]
    years = [int(read[at][1][0].figure.value) for at in rows]
    steps = {then - first for first, then in itertools.pairwise(years)}
    edge = max((read[at][1][0].right for at in rows), default=0)
    if len(rows) < LEAST_YEARS or steps not in ({1}, {-1}) or any(read[at][1][1].left < edge for at in rows):
        return
    if any(value.left < edge for at, (_, values) in enumerate(read) if at not in rows for value in values):
        return
    for at in rows:
        year, *values = read[at][1]
        read[at] = [GridCell(year.left, year.right, (year.cell,), year.cell.text)], values


def _take_years(read: list[Read]) -> dict[int, int]:
    """Take the years that stand as a column between labels and figures out of the rows: the year of each row."""
    rows = [at for at, (_, values) in enumerate(read) if values]
    dated = [at for at in rows if len(read[at][1]) > 1 and is_year(read[at][1][0])]
    edge = max((read[at][1][0].right for at in dated), default=0)
    years = {int(read[at][1][0].figure.value) for at in dated}
    named = [at for at in dated if read[at][0]]
    beside = all(read[at][1][1].left >= edge for at in dated) and all(
        c.right <= edge for at in dated for c in read[at][0]
    )
    if not beside or not named or len(dated) < len(rows) or len(years) < 2 or len(dated) < 2 * len(years):
        return {}
    taken = {}
    for at in dated:
        year, *values = read[at][1]
        taken[at] = int(year.figure.value)
        read[at] = read[at][0], values
    return taken


def _is_heading(row: GridRow, columns: list[tuple[int, int]], margin: int) -> bool:
    """Whether a row without values has a cell that stands over a column and doesn't begin at the labels' margin."""
    if row.rule:
        return False
    over = [c for c in row.cells if c.left > margin and any(c.left < e and s < c.right for s, e in columns) and c.text]
    return bool(over)


def _ends_date(row: GridRow, edge: int) -> bool:
    """Whether a row is the day that ends the words left of the columns: ``Years ended`` over ``June 30, 1999``."""
    alone = len(row.cells) == 1 and row.cells[0].right <= edge
    return alone and only_time(row.cells[0].text) and read_time(row.cells[0].text).date is not None


def _stub(header: list[GridRow], columns: list[tuple[int, int]], margin: int) -> str:
    """What stands left of the columns in the heading rows: often the table's title or scale."""
    words = []
    for row in header:
        for cell in row.cells:
            over = any(cell.left < end and start < cell.right for start, end in columns)
            if not row.rule and cell.text and (not over or cell.left <= margin):
                words.append(cell.text)
    return " ".join(words)


def _captions(blocks: list[Block], index: int, html: bool) -> tuple[list[Paragraph], Paragraph | None]:
    """The captions right above a grid, in their order, and the paragraph above those; in HTML headings are captions."""
    captions: list[Paragraph] = []
    at = index - 1
    while at >= 0:
        block = blocks[at]
        if not isinstance(block, Paragraph):
            return captions[::-1], None
        if block.kind == "furniture":
            if html and captions:
                break  # what stands above the end of the page before is not over this table
            at -= 1
            continue
        if block.kind == "caption" or (html and len(captions) < 6 and _is_caption(block)):
            captions.append(block)
            at -= 1
            continue
        return captions[::-1], block
    return captions[::-1], None


def _is_caption(block: Paragraph) -> bool:
    """Whether a paragraph of HTML right above a table titles it: a heading, or a line that tells its time or scale."""
    if len(block.text) > CAPTION_LENGTH:
        return False
    tells = not SENTENCE_END.search(block.text) and (read_time(block.text) or read_scale(block.text))
    return block.kind == "heading" or (block.kind == "paragraph" and bool(tells))


def _leave_headings(table: Table, before: Table, above: list[Block]) -> None:
    """Part what heads rows, and ended the page before, from the captions of a table that goes on over it."""
    title = next((caption for caption in table.captions if says_again(caption.text, before.title)), None)
    if title is None:
        return
    page = [block.pieces[0].line for block in above if isinstance(block, Paragraph) and block.kind == "furniture"]
    end = max((line for line in page if line < title.pieces[0].line), default=0)
    table.over_page = [caption for caption in table.captions if caption.pieces[0].line < end]
    table.captions = [caption for caption in table.captions if caption not in table.over_page]


def _continues(table: Table, before: Table) -> bool:
    """Whether the table is the rest of the one before: it says so, and has the same title."""
    said = any(CONTINUED.search(caption.text) for caption in table.captions) or CONTINUED.search(table.stub)
    return bool(said) and bool(table.title) and table.title.lower() == before.title.lower()


def _scale(table: Table, before: Table | None, section: Scale | None) -> Scale:
    """The scale of the nearest caption that states one, else of the section.

    A table without captions of its own that follows another goes by that one.
    """
    alone = [row.cells[0].text for row in table.header if not row.rule and len(row.cells) == 1]
    for text in [*alone, table.stub, *(caption.text for caption in reversed(table.captions))]:
        found = read_scale(text)
        if found:
            return found
    if before is not None and (
        before.number == table.number or (not table.captions and (not table.header or table.lead is None))
    ):
        table.inherits = before.number != table.number
        return before.scale
    told = table.lead is not None and (not table.captions or _ENDS_WITH_SCALE.search(table.lead.text))
    lead = table.lead.text[-300:] if table.lead is not None and told else ""
    found = read_scale(lead)
    if found and section and found.money == 1:
        return replace(found, money=section.money, currency=found.currency or section.currency)
    return found or section or Scale(currency=currency_in(table.said))
