"""Which readings of a question have an answer in the store, out of its tables or else out of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answer import Value
from assistant.asked import Asked
from assistant.book import Book
from assistant.conversation import carried
from assistant.objections import objection, unobjectionable
from assistant.resolve import Missing, Resolved, resolve
from assistant.spliced import FINAL
from assistant.turn import Turn
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


def outcomes_of(
    read: Iterable[Reading],
    book: Book,
    failures: list[Missing] | None = None,
    tried: Resolved | Missing | None = None,
) -> Iterator[Outcome]:
    """The readings that have an answer, in order: out of tables, else out of sentences.

    Where ``failures`` are wanted, why the first reading has none is worked out in full. ``tried`` is what came of the
    first reading and the tables, where that is known.
    """
    for number, reading in enumerate(read):
        for source in SOURCES:
            first = not number and source == SOURCES[0]
            asked = Asked(reading, book, source, _nature(reading), explained=failures is not None and first)
            found = _computed(asked, tried if tried is not None and first else resolve(asked))
            if not isinstance(found, Missing):
                yield found
                break
            if failures is not None:
                failures.append(found)
            if found.what in FINAL:
                break


def _nature(reading: Reading) -> str:
    return "guidance" if reading.guidance else "actual"


def _computed(asked: Asked, resolved: Resolved | Missing) -> Outcome | Missing:
    """What a plan comes to; its figure is missing where the store has none, unless none is an answer."""
    if isinstance(resolved, Missing):
        return resolved
    query = translate(resolved.plan)
    values = values_of(resolved, asked.book, query)
    if values or resolved.reading.bound or resolved.plan.operation == "trend" or resolved.plan.skip:
        return Outcome(resolved, values, query)
    return Missing("figure", ", ".join(e.name for e in asked.reading.entities))


def has_answer(question: str, book: Book, before: Turn | None = None) -> bool:
    """Whether a question is answered with figures of tables; no more is worked out than that."""
    read = readings(read_terms(question, book.vocabulary, book.labels), book.vocabulary.entities)
    if isinstance(read, Unread):
        return False
    meant = carried(read, before, question)
    if not meant:
        return False
    # The latest period is looked at first, before all that there are; and that it is printed is enough.
    first = Asked(meant[0], book, nature=_nature(meant[0]), newest=not meant[0].whens)
    plan = resolve(first)
    if isinstance(plan, Resolved) and plan.printed and unobjectionable(plan):
        return True
    found = next(outcomes_of(meant, book, tried=None if first.newest else plan), None)
    return found is not None and bool(found.values) and objection(found.resolved, found.values, question) is None
