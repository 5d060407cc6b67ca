"""The one road from a question to its answer; every face of Stope calls :func:`ask`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.alternatives import others
from assistant.answer import Alternative, Answer, Value
from assistant.asking import LONGEST, in_full, is_claim, of_before, wants_words
from assistant.book import Book, book_of
from assistant.claims import claimed, unstated
from assistant.conversation import carried, in_parallel, spelled_out
from assistant.objections import lacking, objection
from assistant.outcomes import Outcome, outcomes_of
from assistant.overlap import one_thing_twice
from assistant.plans import asks_earlier
from assistant.refusing import refuse
from assistant.remarks import cited_facts, remarked
from assistant.resolve import Missing
from assistant.teaching import taught_of, with_taught_notes
from assistant.told import corrections_of, said_of, told_first, told_last
from assistant.turn import Turn
from assistant.verdict import describe, verdict
from db.findings import notes_for
from db.store import Store
from grammar.errors import TimeLimit
from grammar.reading import Reading, Unread
from grammar.readings import readings
from grammar.terms import Terms
from grammar.when import When

MOST_ALTERNATIVES = 6
EVER = When(0, 0, "", relative="any")
MOST_TURNS = 12
# What sentences may still answer; a period, a metal or a unit that the tables don't have is missing, not overlooked.
LEFT_TO_TEXT = frozenset(("unknown_words", "nothing_asked", "measure", "figure"))


def ask(question: str, store: Store, context: Sequence[str] = ()) -> Answer:
    """The answer to ``question``, which may follow on the questions of ``context`` (oldest first).

    Raises:
        StoreError: the store can't be read.
        TimeLimit: the store took too long.
    """
    book = book_of(store, taught_of(store))
    turn: Turn | None = None
    for earlier in context[-MOST_TURNS:]:
        turn = _turn(earlier, book, turn)[1] or turn or Turn(earlier, Reading())
    answer = _turn(question, book, turn)[0]
    if answer.refusal is not None:
        from assistant.suggesting import with_suggestions  # noqa: PLC0415  (only refusals pay for its import)

        try:
            answer = with_suggestions(answer, book, turn)
        except TimeLimit:
            return with_taught_notes(answer, book)  # the refusal stands without them: a cold disk is no other answer
    return with_taught_notes(answer, book)


def _turn(question: str, book: Book, before: Turn | None) -> tuple[Answer, Turn | None]:
    """One question of a conversation: its answer, and what the next one may inherit."""
    if len(question) > LONGEST:
        return refuse(question, book, Unread("too_long")), None
    found = in_parallel(book.terms(question), before, book.vocabulary)
    talk = before is not None and _is_talk(found)
    read = Unread("nothing_asked") if talk else readings(found, book.vocabulary.entities)
    asks_why = before is not None and bool(found.of("speech")) and not found.of("measure", "label", "entity")
    told_of = in_full(question, found)
    told_of = of_before(told_of, before.question) if before is not None and asks_why else told_of
    in_words = told_first(told_of, book, found)
    if in_words is not None:
        return replace(in_words, question=question), _turn_of(in_words, before)
    if asks_earlier(told_of):
        in_words = told_last(told_of, book, found)
        turn = _turn_of(in_words, before) if in_words is not None else None
        return in_words or refuse(question, book, Missing("earlier", question), found), turn
    if not isinstance(read, Unread) and is_claim(question):
        in_words = claimed(question, book, found, carried(read, before, question)[0])
        if in_words is not None:
            return in_words, _turn_of(in_words, before)
    if asks_why:
        return refuse(question, book, Missing("text", before.question if before else ""), found), None
    if isinstance(read, Unread):
        answer, turn = refuse(question, book, read, found), None
    elif wants_words(found, question):
        answer, turn = refuse(question, book, Missing("text", question), found, read[0]), None
    else:
        answer, turn = _best(question, book, found, carried(read, before, question), before)
    if answer.refusal is not None and answer.refusal.reason in LEFT_TO_TEXT:
        in_words = told_last(spelled_out(question, before) or in_full(question, found), book, found)
        if in_words is not None:
            return replace(in_words, question=question), _turn_of(in_words, before)
    return answer, turn


def _is_talk(found: Terms) -> bool:
    """Whether a follow-up is nothing but talk ("thanks"): it asks for no figure again."""
    return not found.whens and all(t.kind == "filler" for t in (*found.terms, *found.unknown))


def _turn_of(answer: Answer, before: Turn | None) -> Turn:
    """A turn that was answered in words: the next question finds nothing to inherit but what was counted."""
    return Turn(answer.question, Reading(), answer.values, before)


def _best(
    question: str, book: Book, found: Terms, read: list[Reading], before: Turn | None
) -> tuple[Answer, Turn | None]:
    """The first reading that has figures answers, the others are its alternatives; none: the first one's reason."""
    failures: list[Missing] = []
    outcomes = outcomes_of(read, book, failures)
    best = next(outcomes, None)
    if (planned := _planned(question, book, found, read, best)) is not None:
        return planned, Turn(question, replace(read[0], assumed=()), planned.values, before)
    if best is None:
        why = failures[0] if failures else Unread("nothing_asked")
        meant = read[0] if read else Reading()
        return refuse(question, book, why, found, read[0] if read else None), _unanswered(question, meant, before)
    best, outcomes, against = _unobjected(best, outcomes, question, book)
    meant = best.resolved.reading
    if against is not None:
        return refuse(question, book, against, found, meant), _unanswered(question, meant, before)
    rest = [*outcomes, *outcomes_of(others(best.resolved, book.vocabulary.fixed), book)]
    answer = _answer(question, book, found, best, rest)
    return answer, Turn(question, replace(meant, assumed=()), best.values, before)


def _planned(question: str, book: Book, found: Terms, read: Sequence[Reading], best: Outcome | None) -> Answer | None:
    """The range that was planned, where a plan is asked for and a filing gives one; else None."""
    if not any(reading.guidance for reading in read[:1]):
        return None
    from assistant.guided import told_range  # noqa: PLC0415  (few questions are of plans)

    planned = best.values if best is not None else ()
    ranges = (told_range(question, book, found, reading, planned) for reading in read)
    return next((answer for answer in ranges if answer is not None), None)


def _unobjected(
    best: Outcome, outcomes: Iterator[Outcome], question: str, book: Book
) -> tuple[Outcome, Iterator[Outcome], Missing | None]:
    """The outcome that answers, those behind it, and what is to be said against it, None for nothing."""
    against = objection(best.resolved, best.values, question)
    if against is not None and against.what == "rank" and not best.resolved.reading.whens:
        whole = replace(best.resolved.reading, whens=(EVER,))  # "the highest gold price": of all the periods there are
        best, outcomes = next(outcomes_of([whole], book), best), iter(())
        against = objection(best.resolved, best.values, question)
    if against is None or against.what != "figure":
        return best, outcomes, against
    other = next(outcomes, None)  # another meaning of a word may have it all
    if other is None or objection(other.resolved, other.values, question) is not None:
        return best, outcomes, against
    return other, outcomes, None


def _answer(question: str, book: Book, found: Terms, best: Outcome, rest: Sequence[Outcome]) -> Answer:
    """What an outcome says, the others beside it as its alternatives."""
    values = remarked(best.values, book)
    answer = Answer(
        question=question,
        status="answered",
        reading=describe(best.resolved, best.values),
        verdict=verdict(best.resolved, best.values, question),
        values=values,
        alternatives=_alternatives(best, rest),
        notes=(*_notes(best), *notes_for(book.store, cited_facts(values))),
        corrections=corrections_of(found),
        terms=said_of(found),
        sql=best.query.sql,
        parameters=tuple(best.query.parameters.items()),
    )
    return unstated(answer, question, best.resolved.plan.operation)


def _unanswered(question: str, meant: Reading, before: Turn | None) -> Turn | None:
    """A question that was understood though nothing answers it is what the next one follows on: after a mine's cost of
    a year that no filing covers, "and 2007?" is that cost. One that asks for nothing leaves the turn before it."""
    return Turn(question, replace(meant, assumed=()), (), before) if meant.measures else None


def _alternatives(best: Outcome, rest: Iterable[Outcome]) -> tuple[Alternative, ...]:
    """The other outcomes that say something else, each figure once."""
    seen = {_key(v) for v in best.values}
    made: list[Alternative] = []
    for outcome in rest:
        fresh = tuple(v for v in outcome.values if _key(v) not in seen)
        if fresh and len(made) < MOST_ALTERNATIVES:
            seen.update(_key(v) for v in fresh)
            made.append(Alternative(describe(outcome.resolved, fresh), fresh))
    return tuple(made)


def _key(value: Value) -> tuple[object, ...]:
    return (value.value, value.unit, value.entity, value.metal, value.period_end, value.metric)


def _notes(best: Outcome) -> tuple[str, ...]:
    absent = lacking(best.resolved.reading, best.values)
    said = (f"there is no figure of {' and '.join(absent)}",) if absent else ()
    if twice := one_thing_twice(best.values):
        said = (*said, f"{' and '.join(twice)} print the same figure: they may be one")
    return tuple(dict.fromkeys((*best.resolved.reading.assumed, *best.resolved.assumed, *said)))
