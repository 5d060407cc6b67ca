"""Planned step: the columns of tables that hold plans or the ends of ranges, where their own headings don't say so.

"2008 OUTLOOK" over the table, a sentence of plans that opens it, or a period that is still to come when the filing is
given out make a plan of a column; "Low" and "High" beside each other make a range of two.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from db.model import Nature, Paragraph
from db.parsing.draft import Column, Draft, Table
from db.parsing.prose_context import ProseContext
from db.parsing.prose_nature import guidance_cues
from db.parsing.prose_plans import Standing
from db.prose.phrases import any_of, either
from db.prose.said import Said, spans_of
from db.prose.sentences import sentences_of
from grammar.chunks import remembered
from grammar.dates import years_in
from grammar.periods import duration, month_end
from grammar.prose_words import prose_data

_PLANS = prose_data()["guidance"]
RESULT = any_of(_PLANS["results"], hyphens=True)  # this and the next three are for lower-case text
LOW = re.compile(rf"\b{either(_PLANS['low'])}(?:\s+(?:end|case|range))?$")
HIGH = re.compile(rf"\b{either(_PLANS['high'])}(?:\s+(?:end|case|range))?$")
ROW = re.compile(
    rf"\b{either(_PLANS['rows'])}\b|\b{either(_PLANS['planned'])}\b.{{0,24}}\b{either(_PLANS['measures'])}\b"
)
LONE = 0.2  # the share of columns that may be still to come; with more the day of the filing is misread
NO_TIME = ("hedges",)  # what is sold forward is dated ahead and no plan


def planned(draft: Draft) -> None:
    """Set the nature of columns that are no results."""
    day = _given_out(draft)
    sections = _sections(draft)
    for table in draft.tables:
        ahead = [c for c in table.columns if c.nature == "actual" and table.statement not in NO_TIME and _ahead(c, day)]
        for column in ahead:
            column.nature = "guidance"
        for column in _plans(table, day, sections):
            column.nature = "guidance"
        _ranged(table)
        _of_year(table, draft.year_end)


@remembered
def is_planned(text: str) -> bool:
    """Whether a row's label or a heading over it says a plan: "Forecast silver production"."""
    return ROW.search(text.lower()) is not None


def _given_out(draft: Draft) -> dt.date | None:
    """The day that the filing is given out on; None where too much would be still to come for it to be right."""
    filed = draft.source.header.get("filed")
    day = draft.released or (dt.date.fromisoformat(filed) if filed else None)
    dated = [column for table in draft.tables for column in table.columns if column.period is not None]
    ahead = sum(1 for column in dated if _ahead(column, day))
    return day if ahead <= LONE * len(dated) or ahead == 1 else None


def _ahead(column: Column, day: dt.date | None) -> bool:
    return day is not None and column.period is not None and column.period.end > day


def _sections(draft: Draft) -> set[int]:
    """The grids, by identity, that stand right below a heading or a sentence of plans."""
    context, found = ProseContext(draft.company), set[int]()
    for blocks in draft.blocks.values():
        standing = Standing()
        for block in blocks:
            if not isinstance(block, Paragraph):
                found |= {id(block)} if standing.plan else set()
            elif block.kind != "furniture":
                standing = standing.over(block, context).below(block)
    return found


def _plans(table: Table, day: dt.date | None, sections: set[int]) -> Iterator[Column]:
    """The columns that what stands over a table makes plans of: not those called actual, nor past ones beside what is
    ahead, nor any of a table that says its times where only the text around it speaks of plans."""
    said = [text for text in (table.title, *(caption.text for caption in table.captions)) if text]
    titled = any(_says_plans(text) for text in said)
    if not titled and (any(spans_of("guidance", "no_titles", text) for text in said) or not _told(table, sections)):
        return
    if not titled and (any(row.period for row in table.rows) or any(column.time for column in table.columns)):
        return
    some = any(column.nature == "guidance" for column in table.columns) or _says_results(table.title)
    for column in table.columns:
        over = day is not None and column.period is not None and column.period.end <= day
        result = _says_results(column.text) or (over and some)
        if column.nature == "actual" and not result:
            yield column


def _says_plans(text: str) -> bool:
    return bool(spans_of("guidance", "headings", text)) and not spans_of("guidance", "no_titles", text)


def _says_results(text: str) -> bool:
    return RESULT.search(text.lower()) is not None


def _told(table: Table, sections: set[int]) -> bool:
    """Whether the sentence that opens a table is one of plans, or the section in which one without a title stands."""
    lead = table.lead
    if lead is not None and lead.text.endswith(":"):
        return bool(guidance_cues(Said(sentences_of(lead)[-1].text)))
    return not table.title and not table.captions and id(table.grid) in sections


def _of_year(table: Table, year_end: int) -> None:
    """Plans whose columns say no time are of the year that the title names: "2009 Outlook"."""
    years = {year for text in (table.title, *(caption.text for caption in table.captions)) for year in years_in(text)}
    if len(years) == 1 and not any(column.time for column in table.columns):
        for column in table.columns:
            if column.nature in ("guidance", "guidance range") and column.period is None:
                column.period = duration(month_end(min(years), year_end), 12)


def _ranged(table: Table) -> None:
    """Two columns side by side, "Low" and "High", are the ends of ranges."""
    for first, second in zip(table.columns, table.columns[1:], strict=False):
        if LOW.search(first.text.lower()) and HIGH.search(second.text.lower()):
            nature: Nature = "guidance range" if "guidance" in (first.nature, second.nature) else "range"
            first.nature = second.nature = nature
