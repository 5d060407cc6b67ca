"""What the checks read of a filing beside its figures: passages, notes, lines; from the store, or as it was parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

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
