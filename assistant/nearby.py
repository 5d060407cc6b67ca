"""The known names and measures that are nearest to words that aren't known, for messages and suggestions."""

from __future__ import annotations

from assistant.book import Book
from grammar.lexicon import Metric, Ratio, lexicon
from grammar.tokens import level

MOST = 3
LEAST_LIKE = 55.0


def known_phrases(book: Book) -> dict[str, str]:
    """Everything that can be named: its lower-case form -> how it is written; found once for a book."""
    return book.once(_known_phrases)


def _known_phrases(book: Book) -> dict[str, str]:
    return {level(text): text for text in sorted(_known(book))}


def _known(book: Book) -> set[str]:
    lex = lexicon()
    names = [e.name for e in book.vocabulary.entities.values()]
    entries: list[Metric | Ratio] = [*lex.metrics.values(), *lex.ratios.values()]
    measures = [text for entry in entries for text in (entry.name.lower(), *entry.phrases)]
    metals = [metal.id.replace("_", " ") for metal in lex.metals.values()]
    return {*measures, *metals, *names}


def nearest_known(text: str, book: Book, most: int = MOST, least_like: float = LEAST_LIKE) -> tuple[str, ...]:
    """At most ``most`` known names and measures that are spelled most like ``text``, the nearest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (slow to import, needed by refusals only)

    known = known_phrases(book)
    found = process.extract(level(text), list(known), scorer=fuzz.ratio, limit=most, score_cutoff=least_like)
    return tuple(known[key] for key, _, _ in found)
