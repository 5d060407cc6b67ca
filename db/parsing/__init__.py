"""A file to a Filing. The process is STEPS: each fills its part of the draft and logs what it leaves out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import PurePath

from db.model import Filing
from db.parsing.blocks import blocks
from db.parsing.draft import Draft
from db.parsing.facts import facts
from db.parsing.fiscal import fiscal_year_end
from db.parsing.front import front
from db.parsing.money_told import money_told
from db.parsing.notes import notes
from db.parsing.passages import passages
from db.parsing.periods import columns, periods
from db.parsing.planned import planned
from db.parsing.prose_step import prose
from db.parsing.released import covered
from db.parsing.row_times import row_times
from db.parsing.rows import rows
from db.parsing.running import running
from db.parsing.schedules import schedules
from db.parsing.tables import tables
from db.parsing.told_scale import told_scale
from db.readers import Source, read

Step = Callable[[Draft], None]
STEPS: tuple[Step, ...] = (
    blocks,  # lines -> paragraphs and grids; furniture marked
    front,  # company, title, release date, exhibit
    tables,  # grids -> captions, heading rows, body rows, statement, scale
    money_told,  # the money that all amounts are said to be in
    columns,  # what stands over each column
    rows,  # labels over their lines, headings in force
    periods,  # columns -> periods, kinds, bases
    row_times,  # what happened between the balances that are rows
    planned,  # columns of plans and of ranges
    schedules,  # financial data schedules, a tag and its figures a line
    facts,  # figures with unit, entity, metal, metric
    running,  # lines of figures that read like text
    notes,  # footnotes and the tables they belong to
    passages,  # running text for search
    covered,  # the latest period reported
    prose,  # names that the text gives, figures that sentences state
    told_scale,  # tables without a scale, counted as sentences tell
)


def parse_bytes(data: bytes, path: str) -> Filing:
    """The Filing in a file's bytes; ReadError where they can't be read as one."""
    return parse(read(data, PurePath(path).name or path), path, hashlib.sha256(data).hexdigest())


def parse(source: Source, path: str, sha256: str = "") -> Filing:
    """The Filing of a source; ``sha256`` is of its bytes, of its text where it is empty."""
    digest = sha256 or hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    draft = Draft(source, path, PurePath(path).name or path, digest)
    for step in STEPS:
        step(draft)
    return _filing(draft)


def _filing(draft: Draft) -> Filing:
    header = draft.source.header
    filed = header.get("filed")
    return Filing(
        document=draft.document,
        path=draft.path,
        sha256=draft.sha256,
        text=draft.source.text,
        format=draft.source.format,
        company=draft.company,
        ticker=draft.ticker,
        title=draft.title,
        released=draft.released,
        exhibit=draft.exhibit,
        period_end=draft.period_end,
        form=header.get("form"),
        filed=dt.date.fromisoformat(filed) if filed else None,
        accession=header.get("accession"),
        cik=header.get("cik"),
        fiscal_year_end=fiscal_year_end(draft),
        parts=tuple(part.part for part in draft.source.parts),
        names=tuple(draft.names),
        facts=tuple(sorted(draft.facts, key=lambda fact: (fact.cell.line, fact.cell.start))),
        notes=tuple(draft.notes),
        passages=tuple(draft.passages),
        log=(*draft.source.log, *draft.log),
    )
