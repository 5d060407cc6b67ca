"""Which readings of a question have an answer in the store, out of its tables or else out of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answer import Value
from assistant.asked import Asked
from assistant.book import Book
from assistant.conversation import Turn, carried
from assistant.objections import objection
from assistant.resolve import Missing, Resolved, resolve
from assistant.spliced import FINAL
from assistant.values import values_of
from grammar.reading import Reading, Unread
from grammar.readings import readings
from grammar.records import record
from grammar.terms import read_terms
from grammar.translate import Query, translate

SOURCES = ("table", "text")


@record
class Outcome:
    """A reading that has an answer: how it was resolved, its values and the query that computed them."""

    resolved: Resolved
    values: tuple[Value, ...]
    query: Query


def outcomes_of(read: Iterable[Reading], book: Book, failures: list[Missing] | None = None) -> Iterator[Outcome]:
    """The readings that have an answer, in order: out of tables, else out of sentences.

    Where ``failures`` are wanted, why the first reading has none is worked out in full.
    """
    for number, reading in enumerate(read):
        nature = "guidance" if reading.guidance else "actual"
        for source in SOURCES:
            explained = failures is not None and not number and source == SOURCES[0]
            resolved = resolve(Asked(reading, book, source, nature, explained))
            if isinstance(resolved, Missing):
                if failures is not None:
                    failures.append(resolved)
                if resolved.what in FINAL:
                    break
                continue
            query = translate(resolved.plan)
            values = values_of(resolved, book, query)
            if values or resolved.reading.bound or resolved.plan.operation == "trend" or resolved.plan.skip:
                yield Outcome(resolved, values, query)
                break
            if failures is not None:
                failures.append(Missing("figure", ", ".join(e.name for e in reading.entities)))


def has_answer(question: str, book: Book, before: Turn | None = None) -> bool:
    """Whether a question is answered with figures of tables; no more is worked out than that."""
    read = readings(read_terms(question, book.vocabulary, book.labels), book.vocabulary.entities)
    if isinstance(read, Unread):
        return False
    first = next(outcomes_of(carried(read, before, question), book), None)
    return first is not None and bool(first.values) and objection(first.resolved, first.values, question) is None
