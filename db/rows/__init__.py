"""What a filing becomes in the store: its rows as ``schema.sql`` lays the tables out, made where it is parsed.

Rows are a third of a Filing's size and need no code to come out of another process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

Column = str | int | float | bytes | None
Record = dict[str, Column]
Row = tuple[Column, ...]
Word = tuple[str, str, str, str]  # kind, key, shown, detail
# The columns of each table's rows; all but the filing's id, which comes first and is given when they are written.
COLUMNS = {
    "parts": "number, type, description, format, line_start, line_end",
    "facts": "line, column_start, column_end, as_printed, value, unit, scale, nil, source, nature, statement,"
    " table_number, table_title, row_number, column_number, heading_path, label, label_key, column_heading, metric,"
    " metal, entity, entity_kind, basis, period_start, period_end, period_kind, period, qualifier, notes, places,"
    " sentence, preference",
    "notes": "table_number, mark, text, line_start, line_end, places",
    "passages": "kind, heading, text, forward_looking, line_start, line_end, places",
    "names": "said, entity, entity_kind, company, relation, line",
}


class Kept(TypedDict):
    """One row of ``findings``."""

    fact_id: int
    number: int
    printed: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a filing gave: the rows to keep, how many relations fail, why it could not be checked."""

    records: tuple[Kept, ...] = ()
    failing: int = 0
    problem: str = ""


@dataclass(slots=True)
class Rows:
    """All that a filing becomes: its own record, the rows of each table of COLUMNS, the words that it adds, sorted.

    ``checked`` is what its own figures show, if it is known yet; its facts go by their number, from 0, in this filing.
    """

    sha256: str
    document: str
    filing: Record
    tables: dict[str, list[Row]]
    words: list[Word]
    remark: str = ""  # why there are no facts, where that is known
    checked: Checked | None = None
