"""Text questions: the one way in. A release's own date and telephone are looked up, everything else is searched for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.passage_search import Found, Piece, Scope, search_passages
from assistant.release_facts import asks_release_date, asks_telephone, find_release_dates, find_telephones
from assistant.text_figures import FigureFound, text_figures
from db.store import Store

__all__ = ["FigureFound", "Found", "Piece", "find_passages", "text_figures"]


def find_passages(  # noqa: PLR0913 - each narrows the search on its own
    store: Store,
    words: str | Sequence[str],
    *,
    filing_ids: Sequence[int] | None = None,
    entity: str | None = None,
    speaker: str | None = None,
    period_end: str | None = None,
    kind: str | None = None,
    limit: int = 3,
) -> list[Found]:
    """The passages that answer, best first, at most ``limit`` and 2,000 characters in all.

    ``words`` is the question (best as it was typed) or its words; ``entity`` and ``speaker`` must stand there too;
    ``period_end`` is the filing's (ISO); ``kind`` is one of passages.kind ("note" for footnotes). A passage answers
    only where ``missing`` is empty; else the list has the nearest one, with the words that it lacks, or nothing.
    """
    text = words if isinstance(words, str) else " ".join(words)
    if kind is None and asks_telephone(text):
        return find_telephones(store, text, filing_ids=filing_ids, limit=limit)
    dated = find_release_dates(store, text, filing_ids=filing_ids, limit=limit) if asks_release_date(text) else []
    if dated and kind is None:
        return dated
    extra = [word for word in (entity, speaker) if word and word.lower() not in text.lower()]
    scope = Scope(None if filing_ids is None else tuple(filing_ids), period_end, kind)
    return search_passages(store, " ".join([text, *extra]), scope, limit)
