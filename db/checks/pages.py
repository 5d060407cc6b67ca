"""What the checks read of a filing beside its figures: passages, notes, lines; from the store, or as it was parsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Protocol

from db.model import Filing
from db.rows import COLUMNS, Row
from db.store import Store

Passage = tuple[str, str, str]  # kind, text, places as JSON
Note = tuple[int | None, str, str, int]  # table, mark, text, first line


class Pages(Protocol):
    """The filing's text and what is known of it, in the order of its lines."""

    @property
    def lines(self) -> list[str]:
        """The source, split at ``\\n`` alone."""

    def passages(self) -> Iterable[Passage]:
        """Its passages."""

    def notes(self) -> Iterable[Note]:
        """Its footnotes."""

    def places(self, fact: int) -> str:
        """The places of a fact, as JSON."""


@dataclass(frozen=True)
class StoredPages:
    """The pages of a filing in the store."""

    store: Store
    filing_id: int

    @cached_property
    def lines(self) -> list[str]:
        """The source, split at ``\\n`` alone."""
        return self.store.lines(self.filing_id)

    def passages(self) -> Iterable[Passage]:
        """Its passages."""
        sql = "SELECT kind, text, places FROM passages WHERE filing_id = ? ORDER BY line_start, id"
        return [(kind, text, places) for kind, text, places in self.store.run(sql, (self.filing_id,))]

    def notes(self) -> Iterable[Note]:
        """Its footnotes."""
        sql = "SELECT table_number, mark, text, line_start FROM notes WHERE filing_id = ? ORDER BY line_start, id"
        return [(table, mark, text, line) for table, mark, text, line in self.store.run(sql, (self.filing_id,))]

    def places(self, fact: int) -> str:
        """The places of a fact, as JSON."""
        return str(self.store.run("SELECT places FROM facts WHERE id = ?", (fact,))[0][0])


@dataclass(frozen=True)
class ParsedPages:
    """The pages of a filing that is in no store yet; a fact goes by its number among the rows."""

    filing: Filing
    tables: Mapping[str, Sequence[Row]]

    @cached_property
    def lines(self) -> list[str]:
        """The source, split at ``\\n`` alone."""
        return self.filing.text.split("\n")

    def passages(self) -> Iterable[Passage]:
        """Its passages."""
        return self._sorted("passages", "kind, text, places")

    def notes(self) -> Iterable[Note]:
        """Its footnotes."""
        return self._sorted("notes", "table_number, mark, text, line_start")

    def _sorted(self, table: str, names: str) -> Iterable[Any]:
        columns = COLUMNS[table].split(", ")
        line, pick = columns.index("line_start"), itemgetter(*map(columns.index, names.split(", ")))
        return map(pick, sorted(self.tables[table], key=itemgetter(line)))

    def places(self, fact: int) -> str:
        """The places of a fact, as JSON."""
        return str(self.tables["facts"][fact][COLUMNS["facts"].split(", ").index("places")])
