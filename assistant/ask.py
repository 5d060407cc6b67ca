"""The one road from a question to its answer; every face of Stope calls :func:`ask`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Alternative, Answer, Said, Value
from assistant.book import Book, book_of
from assistant.refusing import refuse
from assistant.resolve import Missing, Resolved, resolve
from assistant.values import values_of
from assistant.verdict import describe, verdict
from db.store import Store
from grammar.reading import Reading, Unread
from grammar.readings import readings
from grammar.terms import Terms, read_terms
from grammar.translate import translate

MOST_ALTERNATIVES = 4
LONGEST = 2_000


def ask(question: str, store: Store, context: Sequence[str] = ()) -> Answer:
    """The answer to ``question``, which may follow on the questions of ``context`` (oldest first).

    Raises:
        StoreError: the store can't be read.
        TimeLimit: the store took too long.
    """
    book = book_of(store)
    if len(question) > LONGEST:
        return refuse(question, book, Unread("too_long"), ())
    found = read_terms(question, book.vocabulary, book.labels)
    read = readings(found, book.vocabulary.entities)
    if isinstance(read, Unread):
        return refuse(question, book, read, found.corrections, terms=said_of(found))
    return _best(question, book, found, read)


def _best(question: str, book: Book, found: Terms, read: list[Reading]) -> Answer:
    """The first reading that has figures answers, the others are its alternatives; none: the first one's reason."""
    failures: list[Missing] = []
    answers: list[tuple[Resolved, tuple[Value, ...], str, tuple[tuple[str, object], ...]]] = []
    for reading in read:
        for source in ("table", "text"):
            resolved = resolve(reading, book, source=source, nature="guidance" if reading.guidance else "actual")
            if isinstance(resolved, Missing):
                failures.append(resolved)
                continue
            query = translate(resolved.plan)
            values = values_of(resolved, book, query)
            if values or resolved.reading.bound or resolved.reading.trend:
                answers.append((resolved, values, query.sql, tuple(query.parameters.items())))
    if not answers:
        return refuse(
            question,
            book,
            failures[0] if failures else Unread("nothing_asked"),
            found.corrections,
            read[0] if read else None,
            said_of(found),
        )
    resolved, values, sql, parameters = answers[0]
    return Answer(
        question=question,
        status="answered",
        reading=describe(resolved, values),
        verdict=verdict(resolved, values),
        values=values,
        alternatives=tuple(Alternative(describe(r, v), v) for r, v, _, _ in answers[1 : MOST_ALTERNATIVES + 1]),
        notes=tuple(
            dict.fromkeys((*resolved.reading.assumed, *resolved.assumed, *(n for v in values for n in v.notes)))
        ),
        corrections=tuple(f"{said} read as {better}" for said, better in found.corrections),
        terms=said_of(found),
        sql=sql,
        parameters=parameters,  # type: ignore[arg-type]
    )


def said_of(found: Terms) -> tuple[Said, ...]:
    """The words of the question with what each was understood as, left to right."""
    said = [
        Said(t.start, t.end, t.said, t.kind, ", ".join(t.ids))
        for t in (*found.terms, *found.unknown)
        if t.kind != "unknown"
    ]
    said += [Said(t.start, t.end, t.said, "", "") for t in found.unknown]
    said += [Said(w.start, w.end, w.said, "period", w.said) for w in found.whens]
    return tuple(sorted(said, key=lambda s: (s.start, s.end)))
