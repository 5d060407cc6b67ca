"""A change as a filing states it ("how much did X rise, per the release"); a computed one says that it is computed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from assistant.answer import Answer
from assistant.asking import is_claim
from assistant.book import Book
from assistant.cited import value_of_fact
from assistant.told import corrections_of, reading_of, said_of, sentence_of
from assistant.values import facts_of
from grammar.prose_words import words
from grammar.reading import Reading
from grammar.shape import CHANGES
from grammar.terms import Terms
from grammar.tokens import split_words

UNSTATED = "computed here from the figures printed: the filings state no such change"
_STATED = """
SELECT f.id, f.sentence FROM facts AS f
WHERE f.metric IN (SELECT value FROM json_each(:ids)) AND f.source = 'text' AND f.nature = 'comparison'
  AND f.entity IN (SELECT value FROM json_each(:whose)) AND (:metal IS NULL OR f.metal = :metal)
  AND (:ends IS NULL OR f.period_end IN (SELECT value FROM json_each(:ends)))
ORDER BY f.period_end DESC, f.id
"""


def claimed(question: str, book: Book, found: Terms, reading: Reading) -> Answer | None:
    """The change that the text of a filing states of the measure asked for; None where it states none, or several."""
    whose = [e.name for e in reading.entities] or list(reading.companies) or book.companies
    moved = bool(reading.trend or reading.yearly or reading.compute in CHANGES)
    if len(whose) != 1 or len(reading.measures) != 1 or len(reading.metals) > 1 or not moved:
        return None
    days = [end.isoformat() for when in reading.whens for end in when.ends]
    stated = book.store.run(
        _STATED,
        {
            "ids": json.dumps([reading.measures[0].id]),
            "whose": json.dumps(whose),
            "metal": next(iter(reading.metals), None),
            "ends": json.dumps(days) if days else None,
        },
    )
    ids = [row["id"] for row in stated if _goes_that_way(row, reading)]
    facts = list(facts_of(book, ids).values()) if ids else []
    newest = max((fact["period_end"] or "" for fact in facts), default="")
    values = [value_of_fact(fact) for fact in facts if (fact["period_end"] or "") == newest]
    if len({(value.value, value.unit) for value in values}) != 1:
        return None
    return Answer(
        question=question,
        status="answered",
        reading=reading_of(values[0]),
        verdict=sentence_of(values[:1]),
        values=tuple(values[:1]),
        notes=("said in the text of the filing",),
        corrections=corrections_of(found),
        terms=said_of(found),
    )


def _goes_that_way(row: sqlite3.Row, reading: Reading) -> bool:
    """Whether the sentence tells a change of the direction asked for, where one is."""
    told = {word.text for word in split_words(row["sentence"])}
    return not reading.trend or bool(told & words("passages", f"changes_{reading.trend}"))


def unstated(answer: Answer, question: str, operation: str) -> Answer:
    """The answer, saying that it is computed where a change was asked for as the filing states it."""
    if operation not in CHANGES or not is_claim(question):
        return answer
    return replace(answer, verdict=f"{answer.verdict} ({UNSTATED.capitalize()}.)", notes=(UNSTATED, *answer.notes))
