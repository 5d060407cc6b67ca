"""Answers in a filing's own words: the passages that hold every word of a question, best first, cited by line.

Full-text search proposes; what is proposed counts only where each content word of the question stands in the passage,
its heading, or the filing's own title and date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from assistant.passage_spans import SentenceRun, best_span, may_answer
from assistant.passage_words import TextQuestion, text_question
from assistant.roles import contradicts
from db.model import Cell, Paragraph
from db.prose.places import places_of
from db.prose.sentences import sentences_of
from db.store import Store
from grammar.records import record
from grammar.said_time import MONTHS
from grammar.tokens import split_words
from grammar.when import When, read_whens

LONGEST = 2000  # characters of all passages of one answer
_CANDIDATES = 60
_OPENS = 8  # characters before the time that a sentence opens with: "During ", "In the "

# Every condition is there always and switched off by NULL, so that the text of the query never changes.
_SEARCH = """
SELECT p.id, p.filing_id, p.kind, p.heading, p.text, p.places, p.forward_looking,
       g.document, g.sha256, g.company, g.title, g.released, g.period_end, g.exhibit, g.accession, g.form, g.filed,
       bm25(passages_text, 1.0, 0.6) AS rank
FROM passages_text JOIN passages AS p ON p.id = passages_text.rowid JOIN filings AS g ON g.id = p.filing_id
WHERE passages_text MATCH :match
  AND (:kind IS NULL OR p.kind = :kind)
  AND (:company IS NULL OR lower(g.company) = lower(:company))
  AND (:year IS NULL OR :year IN (substr(g.period_end, 1, 4), substr(g.released, 1, 4), substr(g.filed, 1, 4))
       OR instr(p.text, :year))
ORDER BY rank LIMIT :limit
"""
_COMPANIES = (
    "SELECT DISTINCT said, entity FROM names WHERE entity_kind = 'company' AND relation IN ('name', 'short', 'ticker')"
)


@record
class QuotedLines:
    """A run of adjacent lines: 1-based, the columns of its first and last character, and what stands there."""

    line: int
    line_end: int
    column_start: int
    column_end: int
    quote: str


@record
class FoundPassage:
    """A passage that answers.

    ``text`` has white space folded; ``pieces`` are its places, more than one where page furniture parts it.
    ``filing`` holds the filing's own columns (document, sha256, company, title, released ...).
    """

    passage_id: int
    filing_id: int
    kind: str
    heading: str
    text: str
    pieces: tuple[QuotedLines, ...]
    score: float
    filing: dict[str, Any]


def search_passages(store: Store, said: str, kind: str | None, limit: int) -> list[FoundPassage]:
    """The passages that answer, of one kind where it is given, best first, at most ``limit`` and 2,000 characters."""
    question, company = _question(store, said)
    if not question.wanted:
        return []
    asked = {
        "match": question.match,
        "kind": kind,
        "company": company,
        "year": year_of(question.whens),
        "limit": _CANDIDATES,
    }
    picks = sorted(_picks(store.run(_SEARCH, asked), question), key=_order)
    return _short_enough((_found(store, pick) for pick in picks), limit)


@record
class _Pick:
    """A part of a passage's text that was chosen, before its lines are looked up."""

    row: sqlite3.Row
    start: int
    end: int
    score: float


def _picks(rows: Sequence[sqlite3.Row], question: TextQuestion) -> list[_Pick]:
    """The passages that answer; a text that many filings print is judged once, and kept once a filing."""
    judged: dict[tuple[str, str], SentenceRun | None] = {}
    picks: dict[tuple[int, str], _Pick] = {}
    for row in rows:
        if not in_time(row, question.whens, f"{row['heading']} {row['text']}") or _is_past(row, question):
            continue
        key = (row["text"], row["heading"])
        sentences = sentences_of(Paragraph((), row["text"]))
        if key not in judged:
            fits = may_answer(row["text"], question, row["heading"])
            judged[key] = best_span(sentences, question, row["heading"]) if fits else None
        span = judged[key]
        if span:
            first, last = sentences[span.first], sentences[span.last]
            end = last.start + len(last.text)
            if contradicts(question.text, row["text"][first.start : end]) or _of_other_time(first.text, question):
                continue
            pick = _Pick(row, first.start, end, _score(row, span, question))
            picks.setdefault((row["filing_id"], row["text"]), pick)
    return list(picks.values())


def _score(row: sqlite3.Row, span: SentenceRun, question: TextQuestion) -> float:
    score: float = span.score - 0.05 * row["rank"] + (0.2 if row["kind"] in ("paragraph", "bullet") else 0.0)
    return score + (0.3 if question.plans and row["forward_looking"] else 0.0)


def companies_said(store: Store, text: str) -> tuple[str | None, list[str]]:
    """The one company that a text names (None: none or several), and the words that name companies."""
    low = f" {_spaced(text)} "
    named = [(said, entity) for said, entity in _companies(store) if f" {said} " in low]
    entities = {entity for _, entity in named}
    words = [word for said, _ in named for word in said.split()]
    return (entities.pop() if len(entities) == 1 else None), words


_companies_of: WeakKeyDictionary[Store, list[tuple[str, str]]] = WeakKeyDictionary()


def _companies(store: Store) -> list[tuple[str, str]]:
    """The names of the store's companies, each with whose it is; read once, for every filing repeats them."""
    if store not in _companies_of:
        _companies_of[store] = [(_spaced(row["said"]), row["entity"]) for row in store.run(_COMPANIES)]
    return _companies_of[store]


def _spaced(text: str) -> str:
    return " ".join(word.text for word in split_words(text))


def _question(store: Store, said: str) -> tuple[TextQuestion, str | None]:
    company, known = companies_said(store, said)
    return text_question(said, known), company


def year_of(whens: Sequence[When]) -> str | None:
    """The one year that the question's times lie in; None where they name none or several."""
    years = {str(when.year or when.ends[0].year) for when in whens if when.year or when.exact}
    return years.pop() if len(years) == 1 else None


def in_time(row: Mapping[str, Any] | sqlite3.Row, whens: Sequence[When], text: str) -> bool:
    """Whether the filing is of the time that the question names, or the text itself names it."""
    lower = text.lower()
    if any(when.relative in ("today", "future") for when in whens):
        return False
    return all(_is_of(row, when, lower) or when.said.lower() in lower for when in whens if when.exact or when.year)


def _of_other_time(sentence: str, question: TextQuestion) -> bool:
    """Whether a cause is asked for, and the sentence opens with another time than the one that is asked about."""
    named = [when for when in question.whens if when.exact]
    if question.asked != "why" or not named:
        return False
    told = [when for when in read_whens(sentence) if when.exact and when.start <= _OPENS]
    return bool(told) and not any(set(one.ends) & set(when.ends) for one in told for when in named)


def _is_past(row: sqlite3.Row, question: TextQuestion) -> bool:
    """Whether what is expected of a period is asked of the filing that tells how it was: its plans are of the next."""
    told = f"{row['heading']} {row['text']}".lower()
    ends = [end.isoformat() for when in question.whens if when.exact and not when.month for end in when.ends]
    named = any(when.said.lower().removeprefix("the ") in told for when in question.whens)
    return question.plans and row["period_end"] in ends and not named


def _is_of(row: Mapping[str, Any] | sqlite3.Row, when: When, text: str) -> bool:
    days = [day for day in (row["period_end"], row["released"], row["filed"]) if day]
    if when.exact:
        ends = [end.isoformat() for end in when.ends]
        if when.month:  # "in March 2003" is a time of the release, unless the end of a period is meant
            return any((row["released"] or "").startswith(end[:7]) for end in ends) or _in_month(row, when, text)
        return any(day in ends for day in days)
    return any(day.startswith(str(when.year)) for day in days)


def _in_month(row: Mapping[str, Any] | sqlite3.Row, when: When, text: str) -> bool:
    """Whether a text of the same year names the month without its year: "In January, ..."."""
    month = MONTHS[(when.month or 1) - 1]
    years = {day[:4] for day in (row["period_end"], row["released"], row["filed"]) if day}
    return month in text and any(str(end.year) in years for end in when.ends)


def _found(store: Store, pick: _Pick) -> FoundPassage:
    """The pick with its places in the source."""
    row, lines = pick.row, store.lines(pick.row["filing_id"])
    cells = tuple(Cell(line, a, b, lines[line - 1][a:b]) for line, a, b in json.loads(row["places"]))
    text = row["text"][pick.start : pick.end]
    places = places_of(Paragraph(cells, row["text"])).of(pick.start, pick.end)
    return FoundPassage(
        row["id"],
        row["filing_id"],
        row["kind"],
        row["heading"],
        text,
        tuple(pieces_of(lines, places)),
        pick.score,
        filing_of(row),
    )


def filing_of(row: sqlite3.Row) -> dict[str, Any]:
    """The filing's own columns of a row."""
    return {key: row[key] for key in _FILING}


_FILING = ("document", "sha256", "company", "title", "released", "period_end", "exhibit", "accession", "form", "filed")


def pieces_of(lines: Sequence[str], cells: Sequence[Cell]) -> list[QuotedLines]:
    """Cells joined where their lines follow on each other; the quote is the file's own text over those lines."""
    runs: list[list[Cell]] = []
    for cell in cells:
        if runs and runs[-1][-1].line in (cell.line, cell.line - 1):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [_piece(lines, run) for run in runs]


def _piece(lines: Sequence[str], run: Sequence[Cell]) -> QuotedLines:
    first, last = run[0], run[-1]
    if first.line == last.line:
        return QuotedLines(first.line, last.line, first.start, last.end, lines[first.line - 1][first.start : last.end])
    between = lines[first.line : last.line - 1]
    quote = "\n".join([lines[first.line - 1][first.start :], *between, lines[last.line - 1][: last.end]])
    return QuotedLines(first.line, last.line, first.start, last.end, quote)


def _order(pick: _Pick) -> tuple[float, str, int]:
    row = pick.row
    newest = row["released"] or row["filed"] or row["period_end"] or ""
    return (-round(pick.score, 1), "".join(chr(255 - ord(c)) for c in newest), row["id"])


def _short_enough(found: Iterable[FoundPassage], limit: int) -> list[FoundPassage]:
    kept: list[FoundPassage] = []
    for passage in found:
        if kept and (len(kept) == limit or passage.score < kept[0].score - 1.5):
            break
        if sum(len(p.text) for p in kept) + len(passage.text) <= LONGEST:
            kept.append(passage)
    return kept
