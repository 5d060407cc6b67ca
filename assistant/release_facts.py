"""What a release says about itself: the day it was published and whom to call, as passages with their lines."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator, Sequence

from assistant.passage_search import FoundPassage, companies_said, filing_of, in_time, pieces_of
from assistant.passage_words import held_words, text_question
from db.model import Cell
from db.store import Store
from grammar.prose_words import prose_data, words
from grammar.tokens import split_words

_TELEPHONE = re.compile(r"(?<![\d/-])(?:1[-.\s])?(?:\(\d{3}\)\s*|\d{3}[-./\s])\d{3}[-.]\d{4}(?!\d)")
_HEAD = 80  # lines in which a release prints its date
_FILINGS = """
SELECT id AS filing_id, document, sha256, company, title, released, period_end, exhibit, accession, form, filed
FROM filings
WHERE :company IS NULL OR lower(company) = lower(:company)
ORDER BY coalesce(released, filed, '') DESC, id DESC LIMIT :limit
"""


def find_telephones(store: Store, question: str, limit: int) -> list[FoundPassage]:
    """The telephone numbers of the releases, the newest release first, each number once with its line.

    Nothing where the question names a company that no filing is of, or wants more than a telephone number.
    """
    rows = _filings(store, question, words("releases", "telephone"), 6)
    found: dict[str, FoundPassage] = {}
    for row in rows:
        for cell in _telephones(store.lines(row["filing_id"])):
            found.setdefault(cell.text, _passage(store, row, (cell,), "contact", 10.0 - len(found) / 10))
    return list(found.values())[:limit]


def find_release_dates(store: Store, question: str, limit: int) -> list[FoundPassage]:
    """The lines that print the date of the releases that a question is about, best first."""
    rows = _filings(store, question, words("releases", "dates"), 200)
    found = [passage for row in rows if (passage := _dated(store, row))]
    return found[:limit]


def asks_telephone(said: str) -> bool:
    """Whether a question wants a telephone number or whom to contact."""
    return bool({word.text for word in split_words(said)} & words("releases", "telephone_asked"))


def asks_release_date(said: str) -> bool:
    """Whether a question wants the date of a release."""
    texts = {word.text for word in split_words(said)}
    return bool(texts & {"date", "when", "dated", "day"}) and bool(texts & words("releases", "release_asked"))


def _filings(store: Store, said: str, left: frozenset[str], limit: int) -> list[sqlite3.Row]:
    """The filings that every word of the question but those ``left`` out is about: company, title, time, passages."""
    company, known = companies_said(store, said)
    question = text_question(said, known)
    wanted = [group for group in question.wanted if group.said not in left]
    rows = store.run(_FILINGS, {"company": company, "limit": limit})
    rows = [row for row in rows if in_time(row, question.whens, "")]
    return [row for row in rows if all(held_words(row["title"] or "").holds(group) for group in wanted)]


def _telephones(lines: Sequence[str]) -> Iterator[Cell]:
    for number, line in enumerate(lines, 1):
        for match in _TELEPHONE.finditer(line):
            before = line[max(0, match.start() - 8) : match.start()].lower()
            if "fax" not in before:
                yield Cell(number, match.start(), match.end(), match[0])


def _dated(store: Store, row: sqlite3.Row) -> FoundPassage | None:
    """The line that prints the release's date, the one that says "release" before others."""
    if not row["released"]:
        return None
    lines = store.lines(row["filing_id"])
    printed = _printed(dt.date.fromisoformat(row["released"]))
    places = [
        Cell(number, match.start(), match.end(), match[0])
        for number, line in enumerate(lines[:_HEAD], 1)
        if (match := printed.search(line))
    ]
    if not places:
        return None
    cell = next((cell for cell in places if "release" in lines[cell.line - 1].lower()), places[0])
    line = lines[cell.line - 1]
    start = len(line) - len(line.lstrip())
    alone = len(line.strip()) <= 60
    whole = Cell(cell.line, start, len(line.rstrip()), line.strip()) if alone else cell
    return _passage(store, row, (whole,), "date", 10.0)


def _printed(day: dt.date) -> re.Pattern[str]:
    month = prose_data()["names"]["months"][day.month - 1]
    name = rf"{month[:3]}(?:{month[3:]}|\.)?" if len(month) > 3 else month
    return re.compile(rf"\b{name}\.?\s+0?{day.day}(?:st|nd|rd|th)?,?\s+{day.year}\b", re.IGNORECASE)


def _passage(store: Store, row: sqlite3.Row, cells: tuple[Cell, ...], kind: str, score: float) -> FoundPassage:
    pieces = tuple(pieces_of(store.lines(row["filing_id"]), cells))
    text = " ".join(" ".join(piece.quote.split()) for piece in pieces)
    return FoundPassage(0, row["filing_id"], kind, "", text, pieces, score, filing_of(row))
