"""Refusals that help: which word or what is missing, what there is, and questions that can be answered."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Refusal, Said
from assistant.book import Book
from assistant.resolve import Missing
from grammar.reading import Reading, Unread


def refuse(
    question: str,
    book: Book,
    why: Unread | Missing,
    corrections: Sequence[tuple[str, str]],
    reading: Reading | None = None,
    terms: tuple[Said, ...] = (),
) -> Answer:
    """The answer that is none, with its reason."""
    refusal = _unread(why, book) if isinstance(why, Unread) else _missing(why, book, reading)
    return Answer(
        question=question,
        status="refused",
        corrections=tuple(f"{said} read as {better}" for said, better in corrections),
        terms=terms,
        refusal=refusal,
    )


def _unread(why: Unread, book: Book) -> Refusal:
    words = tuple(dict.fromkeys(why.words))
    message = {
        "unknown_words": f"not understood: {', '.join(repr(w) for w in words)}",
        "opinion": "that asks for an opinion; filings give figures and what companies said",
        "too_long": "that is too long for a question: ask for one thing in a sentence or two",
        "nothing_asked": "there is no question in that: name a measure, such as cash cost or production, and a mine or company",
    }.get(why.reason, why.reason)
    return Refusal(why.reason, message, words, why.suggestions)


def _missing(why: Missing, book: Book, reading: Reading | None) -> Refusal:
    measure = " and ".join(m.shown for m in reading.measures).lower() if reading else ""
    periods = tuple(dict.fromkeys(c.period for c in sorted(why.cover, key=lambda c: c.end or "") if c.period))
    message = {
        "measure": "it isn't said what is asked for: name a measure, such as cash cost, production or net income",
        "company": f"several companies are in the store; name one: {', '.join(why.have[:8])}",
        "entity": f"no company figure of {measure} is printed; name one of {', '.join(why.have[:8])}",
        "period": f"no filing has {measure} for {why.asked or 'that period'}; there are {', '.join(periods[-12:])}",
        "figure": f"no filing has {measure} of {why.asked or 'that'}",
        "metal": f"no filing has {measure} of {why.asked}",
        "unit": f"{measure} is in {', '.join(why.have)}, which can't be said in {why.asked}",
        "second_period": "two different periods are needed for that",
    }.get(why.what, f"no answer: {why.what}")
    return Refusal(why.what, message)
