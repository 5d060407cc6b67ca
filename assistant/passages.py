"""Text questions: the one way in. A release's own date and telephone are looked up, everything else is searched for."""

from __future__ import annotations

from assistant.passage_search import FoundPassage, search_passages
from assistant.release_facts import asks_release_date, asks_telephone, find_release_dates, find_telephones
from db.store import Store


def find_passages(store: Store, question: str, *, kind: str | None = None, limit: int = 3) -> list[FoundPassage]:
    """The passages that answer, best first, at most ``limit`` and 2,000 characters in all; none where none does.

    ``question`` is best as it was typed; ``kind`` is one of passages.kind ("note" for footnotes).
    """
    if kind is None and asks_telephone(question):
        return find_telephones(store, question, limit)
    dated = find_release_dates(store, question, limit) if kind is None and asks_release_date(question) else []
    return dated or search_passages(store, question, kind, limit)
