"""The places that an answer rests on, numbered, each with a key that depends on the place alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Answer, Citation, PassageQuote, Value
from assistant.wording import letter_of
from grammar.records import record


@record
class Source:
    """A cited place with its number in the answer; ``also`` are further places that print the same fact."""

    number: int
    citation: Citation
    also: tuple[Citation, ...] = ()

    @property
    def key(self) -> str:
        """An identifier that depends on the place alone: ``hecla2007-3526a5-l616c51``."""
        return place_key(self.citation)


@record
class Sources:
    """The cited places of an answer in the order in which they are met."""

    all: tuple[Source, ...]

    def of(self, cited: Value | PassageQuote) -> Source | None:
        """The source of a value's or passage's preferred citation, None where it has none of its own."""
        if not cited.citations:
            return None
        place = _place(cited.citations[0])
        return next((source for source in self.all if _place(source.citation) == place), None)


def sources(answer: Answer) -> Sources:
    """The places that an answer rests on: its values, their operands, its passages; not those of other readings."""
    found: dict[tuple[object, ...], Source] = {}
    every = [value.citations for value in walk(answer.values)] + [passage.citations for passage in answer.passages]
    for citations in every:
        if citations:
            first, *also = citations
            found.setdefault(_place(first), Source(len(found) + 1, first, tuple(also)))
    return Sources(tuple(found.values()))


def walk(values: tuple[Value, ...]) -> Iterator[Value]:
    """Every value, each followed by its operands."""
    for value in values:
        yield value
        yield from walk(value.operands)


def lettered(operands: tuple[Value, ...]) -> Iterator[tuple[str, Value]]:
    """The operands under their names in the formula."""
    for number, operand in enumerate(operands):
        yield letter_of(number), operand


def documents(answer: Answer) -> dict[str, list[Source]]:
    """The sources by the SHA-256 of their document, in the order met."""
    grouped: dict[str, list[Source]] = {}
    for source in sources(answer).all:
        grouped.setdefault(source.citation.sha256, []).append(source)
    return grouped


def document_key(citation: Citation) -> str:
    """``hecla2007-3526a5``: the company's first word, the year and six digits of the file's SHA-256."""
    company = re.search(r"[a-z0-9]+", (citation.company or "").lower())
    year = (citation.released or citation.filed or "")[:4]
    return f"{company[0] if company else 'filing'}{year}-{citation.sha256[:6]}"


def place_key(citation: Citation) -> str:
    """The document's key with line and column."""
    column = "" if citation.column_start is None else f"c{citation.column_start}"
    return f"{document_key(citation)}-l{citation.line}{column}"


def _place(citation: Citation) -> tuple[object, ...]:
    return citation.sha256, citation.line, citation.column_start, citation.line_end, citation.column_end
