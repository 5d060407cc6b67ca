"""Columns and periods steps: what stands over each column, and the period, kind and basis that it says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from db.model import Cell, Nature
from db.parsing.draft import Column, Draft, Table
from db.parsing.known_days import at_year_ends, on_known_days
from db.parsing.labels import rejoined, take_marks
from db.parsing.scales import read_scale
from db.parsing.settled import POSITIONS, borrow, settle
from db.prose.phrases import either
from grammar.dates import TimeWords, dates_in, merge, read_time, years_in
from grammar.periods import ORDINALS
from grammar.prose_words import prose_data

CHANGE = re.compile(
    r"%\s*(?:change|variance|inc|of\b)|\b(?:change|variance|difference|var\.?|incr?(?:ease)?\s*(?:/|\()|fav\b)|^%$|^\+/-",
    re.IGNORECASE,
)
GUIDANCE = re.compile(rf"\b(?:{either(prose_data()['guidance']['columns'])}|20\d\dE)\b", re.IGNORECASE)
BASIS = re.compile(
    r"\b(?:total\s+)?(?:(pro\s?-?forma(?:\s+adjustments)?)|(adjustments?)|(as\s+restated|restated)|(as\s+(?:previously\s+)?reported|reported)"
    r"|(as\s+adjusted|adjusted)|(non-gaap|gaap)|(100%\s+basis))",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\(?(?:(?:all|dollars?|amounts?|figures?|expressed|stated|and|ounces|shares|(?:un)?audited)[\s,;-]+)*in\s",
    re.IGNORECASE,
)
NOTES = re.compile(r"(?:see\s+)?notes?(?:\s+(?:ref\w*|no\.?))?", re.IGNORECASE)
WHOLE_YEAR = re.compile(r"(?:full|fiscal|calendar|total)?\s*year|12\s+mo(?:nth)?s\.?", re.IGNORECASE)


def columns(draft: Draft) -> None:
    """Give every column the cells over it and their text; a table without headings goes by the one above it."""
    before: Table | None = None
    for table in draft.tables:
        margin = min([cell.left for row in table.body if not row.rule for cell in row.cells], default=0)
        for column in table.columns:
            _head(table, column, margin)
        _without_notes(table)
        if not any(column.text for column in table.columns) and before is not None and before.part == table.part:
            _inherit(table, before)
        before = table


def _without_notes(table: Table) -> None:
    """Take away a column of numbers of notes: nothing in it is a figure, nor a word of a label."""
    found = next((column for column in table.columns if column.parts and NOTES.fullmatch(column.parts[-1])), None)
    if found is None or len(table.columns) < 2:
        return
    edge = min((column.left for column in table.columns if column.left > found.left), default=found.right + 1)
    heads = [cell.left for row in table.header for cell in row.cells if NOTES.fullmatch(cell.text)]
    start = min([found.left, *heads])
    table.columns.remove(found)
    for index, (words, values) in enumerate(table.read):
        kept = [cell for cell in words if not (start - 2 <= cell.left < edge and cell.text[:1].isdigit())]
        table.read[index] = (
            kept,
            [value for value in values if not (start - 2 <= value.left < edge and value.right <= edge)],
        )


def _head(table: Table, column: Column, margin: int) -> None:
    """The heading cells over a column, outermost first, and their words as one text; labels begin at ``margin``."""
    cells: list[Cell] = []
    parts: list[str] = []
    words = ""
    for row in table.header:
        for cell in row.cells:
            if row.rule or not cell.text or not (cell.left < column.right and column.left < cell.right):
                continue
            if ASIDE.match(cell.text) and read_scale(cell.text):
                continue  # the scale of the whole table, below the headings of its columns
            if cell.left <= margin and len(row.cells) == 1 and cell.right > column.right and not read_time(cell.text):
                continue  # a title or scale set across the whole table
            cells.extend(cell.pieces)
            said = rejoined(cell.text)
            parts.append(said)
            broken = words.endswith("-") and len(words) > 1 and words[-2].isalpha() and said[:1].islower()
            words = words[:-1] + said if broken else f"{words} {said}".strip()
    text, marks = take_marks(words)
    column.cells, column.text, column.marks, column.parts = tuple(cells), text, marks, tuple(parts)


def _inherit(table: Table, before: Table) -> None:
    """Columns that line up with those of the table above mean what those do, unless captions of its own say else."""
    if len(table.columns) > len(before.columns) or any(read_time(caption.text) for caption in table.captions):
        return
    for column in table.columns:
        over = [c for c in before.columns if c.left < column.right and column.left < c.right]
        if len(over) != 1:
            return
    table.inherits = True
    for column in table.columns:
        source = next(c for c in before.columns if c.left < column.right and column.left < c.right)
        column.text, column.cells, column.marks, column.parts = source.text, source.cells, source.marks, source.parts


def periods(draft: Draft) -> None:
    """Give every column its period, nature and basis; what neither heading nor caption says stays open."""
    before: Table | None = None
    for table in draft.tables:
        _times(table)
        _dated_apart(table)
        _complete(table, draft.released)
        settle(draft, table)
        if table.inherits and before is not None and not any(column.period for column in table.columns):
            for column in table.columns:
                same = [c for c in before.columns if c.text and c.text == column.text]
                column.period = same[0].period if len(same) == 1 else None
        before = table
    borrow(draft)
    on_known_days(draft)
    at_year_ends(draft)
    for table in draft.tables:
        silent = [column for column in table.columns if column.period is None and column.nature == "actual"]
        if silent:
            line = table.rows[0].values[0].cell.line if table.rows and table.rows[0].values else 0
            share = f"{len(silent)} of {len(table.columns)} columns"
            draft.log.append(f"line {line}: {share} of {table.title or 'a table'!r} have no period")


def _times(table: Table) -> None:
    """What each column's own headings say."""
    quarters = {words.quarter for column in table.columns if (words := read_time(column.text)).quarter}
    numbered = {number for column in table.columns if (number := _ordinal(column))}
    quarters = numbered if numbered == {1, 2, 3, 4} else quarters
    for column in table.columns:
        column.time = _own_time(column, quarters)
        if quarters is numbered and column.time.year and (number := _ordinal(column)):
            column.time = replace(column.time, quarter=number, months=3)
        column.nature = _nature(column.text)
        match = BASIS.search(column.text)
        column.basis = " ".join(match[0].lower().split()) if match else None
        if column.basis and column.basis.startswith("total "):
            column.basis = column.basis[6:]


def _ordinal(column: Column) -> int | None:
    """The number that stands over a column as an ordinal alone: ``2nd`` of four quarters."""
    return next((ORDINALS[part.lower()] for part in column.parts if part.lower() in ORDINALS), None)


def _own_time(column: Column, quarters: set[int]) -> TimeWords:
    """The words of time over a column; ``Year`` alone is twelve months, as ``Total`` is beside all four quarters."""
    words = read_time(column.text)
    if words.year and not (words.months or words.month_day or words.as_of):
        whole = any(WHOLE_YEAR.fullmatch(part) for part in column.parts)
        if whole or (len(quarters) == 4 and any(part.lower() == "total" for part in column.parts)):
            return replace(words, months=12)
    return words


def _dated_apart(table: Table) -> None:
    """A heading of change that is set over years of its own as well as over undated columns is of those alone."""
    changes = [column for column in table.columns if column.nature == "change"]
    dated = [column for column in changes if _is_dated(column)]
    if dated and len(dated) < len(changes):
        for column in dated:
            column.nature = "actual"


def _is_dated(column: Column) -> bool:
    """Whether a heading right over a column has a year, and says nothing of change."""
    return any(years_in(part) and not CHANGE.search(part) for part in column.parts)


def _nature(text: str) -> Nature:
    if CHANGE.search(text):
        return "change"
    return "guidance" if GUIDANCE.search(text) else "actual"


def _complete(table: Table, released: dt.date | None) -> None:
    """Parts of the date that the captions or the heading's stub say: the day, the span, the year.

    The day of the release dates no column.
    """
    said = [*(caption.text for caption in table.captions), table.stub]
    said = [_without(text, released) for text in said]
    own = any(column.time for column in table.columns)
    if not own and table.lead is not None and not any(read_time(text) for text in said):
        said.append(_without(table.lead.text[-400:], released))
    context = TimeWords()
    for text in said:
        context = merge(context, read_time(text))
    if not context:
        return
    years = [year for text in said for year in years_in(text)]
    open_years = [c for c in table.columns if c.time.year is None and c.nature != "change"]
    days = [words for text in said for _, _, words in dates_in(text)]
    dated = len({words.date for words in days if words.date}) == len(days) == len(table.columns) > 1
    if not own and dated:
        for column, day in zip(table.columns, days, strict=True):
            column.time = replace(context, month_day=day.month_day, year=day.year)
        return
    if not own and len(open_years) == len(table.columns) == len(years) == len(set(years)):
        for column, year in zip(table.columns, years, strict=True):
            column.time = replace(context, year=year)
        return
    balance = table.statement in POSITIONS and len(days) == 1
    unheaded = not any(column.text for column in table.columns) and len(days) < 2 and bool(context.months or balance)
    one_span = bool(context.months) and len(set(years)) == len(days) == 1
    for column in table.columns:
        # a mine or a measure over the column, or nothing over any: one span or day over the whole table
        named = (one_span and bool(column.text)) or unheaded
        column.time = _filled(column.time, context, days, alone=len(table.columns) == 1 or named)


def _without(text: str, day: dt.date | None) -> str:
    """A text without the day, if it says that."""
    found = next((span for *span, words in dates_in(text) if words.date == day), None) if day is not None else None
    return f"{text[: found[0]]} {text[found[1] :]}" if found else text


def _filled(own: TimeWords, context: TimeWords, days: list[TimeWords], *, alone: bool) -> TimeWords:
    """A column's words with what they lack from the captions; a day only where the year fits or is all that is said."""
    words = own
    if own and not own.months and not own.as_of and context.months:
        words = replace(words, months=context.months)
    if own.year and not (own.month_day or own.quarter or own.half):
        fitting = {day.month_day for day in days if day.month_day}
        if len(fitting) == 1 or context.month_day:
            words = replace(words, month_day=context.month_day, as_of=own.as_of or (context.as_of and not words.months))
    elif own.months and own.year is None and context.date and (own.month_day in (None, context.month_day)):
        words = replace(words, month_day=context.month_day, year=context.year)
    elif (own.month_day or own.quarter) and own.year is None and context.year:
        words = replace(words, year=context.year)
    elif not own and (alone or (context.date and context.as_of)):
        words = context
    return words
