"""What every format says of a citation: the numbered sources of an answer, and their parts in a reader's terms.

Only what the filing's own text or metadata gave is named; a part that isn't known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Answer, Citation, PassageQuote, Value
from assistant.wording import say_date, say_list, say_value

ENTITY = re.compile(r"&#?\w{2,8};")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Source:
    """A cited place with its number in the answer; ``also`` are further places that print the same fact."""

    number: int
    citation: Citation
    also: tuple[Citation, ...] = ()

    @property
    def key(self) -> str:
        """An identifier that depends on the place alone: ``hecla2007-3526a5-l616c51``."""
        return place_key(self.citation)


@dataclass(frozen=True, slots=True)
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
    """The operands under their names in the formula: ``a`` to ``z``, then ``x26`` and so on."""
    for number, operand in enumerate(operands):
        yield (LETTERS[number] if number < len(LETTERS) else f"x{number}"), operand


def documents(answer: Answer) -> dict[str, list[Source]]:
    """The sources by the SHA-256 of their document, in the order met."""
    grouped: dict[str, list[Source]] = {}
    for source in sources(answer).all:
        grouped.setdefault(source.citation.sha256, []).append(source)
    return grouped


def lines_of(citation: Citation) -> str:
    """``line 616`` or ``lines 90-92``."""
    if citation.line_end > citation.line:
        return f"lines {citation.line}-{citation.line_end}"
    return f"line {citation.line}"


def also_printed(source: Source) -> str:
    """``also on lines 90, 738``, naming other documents; '' where the fact stands only once."""
    by_document: dict[str, list[str]] = {}
    for other in source.also:
        by_document.setdefault(other.document, []).append(lines_of(other).partition(" ")[2])
    said = []
    for document, numbers in by_document.items():
        elsewhere = "" if document == source.citation.document else f" of {document}"
        said.append(f"{'line' if len(numbers) == 1 else 'lines'} {', '.join(numbers)}{elsewhere}")
    return f"also on {' and '.join(said)}" if said else ""


def exhibit(citation: Citation) -> str:
    """``Exhibit 99.1`` for ``EX-99.1``, ``99.1`` or ``Exhibit 99.1``; '' where none is known."""
    number = re.sub(r"^\s*ex(hibit)?[\s.-]*", "", citation.exhibit or "", flags=re.IGNORECASE).strip()
    return f"Exhibit {number}" if number else ""


def form(citation: Citation) -> str:
    """``Form 8-K``; '' where none is known."""
    name = re.sub(r"^\s*form\s+", "", citation.form or "", flags=re.IGNORECASE).strip()
    return f"Form {name}" if name else ""


def document_parts(citation: Citation) -> list[str]:
    """Company, exhibit, form, dates, accession number and file name, as far as they are known, in plain words."""
    parts = [
        citation.company,
        exhibit(citation),
        form(citation),
        say_date(citation.released),
        f"filed {say_date(citation.filed)}" if citation.filed else "",
        f"accession no. {citation.accession}" if citation.accession else "",
        citation.document,
    ]
    return [fold(part) for part in parts if part]


def place_parts(citation: Citation) -> list[str]:
    """Table, row, column and lines, as far as they are known."""
    named = [("table", citation.table), ("row", citation.row), ("column", citation.column)]
    return [f"{word} “{fold(text)}”" for word, text in named if text] + [lines_of(citation)]


def cited_in_words(source: Source) -> str:
    """The whole citation as one sentence: document, title, place, what is printed there, where else."""
    citation = source.citation
    title = [f"“{fold(citation.title)}”"] if citation.title else []
    company, *rest = document_parts(citation)
    quote = f": {_printed(source)}" if citation.quote else ""
    also = also_printed(source)
    return f"{', '.join([company, *title, *rest, *place_parts(citation)])}{quote}{f' ({also})' if also else ''}."


def said_of_values(answer: Answer) -> dict[str, str]:
    """For each source's key its place, what is printed there, and the basis and notes of the value that cites it."""
    found = sources(answer)
    texts = {source.key: f"{', '.join(place_parts(source.citation))}: {_printed(source)}" for source in found.all}
    for value in walk(answer.values):
        source = found.of(value)
        added = [
            text for text in (*remarks(value), *map(fold, value.notes)) if source and text not in texts[source.key]
        ]
        if source and added:
            texts[source.key] += f" ({'; '.join(added)})"
    return texts


def _printed(source: Source) -> str:
    return f"“{shorten(fold(source.citation.quote))}”"


def shorten(text: str, longest: int = 120) -> str:
    """The text, cut at a space with an ellipsis where it is long: a passage is quoted in full elsewhere."""
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"


def document_key(citation: Citation) -> str:
    """``hecla2007-3526a5``: the company's first word, the year and six digits of the file's SHA-256."""
    company = re.search(r"[a-z0-9]+", (citation.company or "").lower())
    year = (citation.released or citation.filed or "")[:4]
    return f"{company[0] if company else 'filing'}{year}-{citation.sha256[:6]}"


def place_key(citation: Citation) -> str:
    """The document's key with line and column."""
    column = "" if citation.column_start is None else f"c{citation.column_start}"
    return f"{document_key(citation)}-l{citation.line}{column}"


def value_text(value: Value) -> str:
    """The value as a person writes it, with the printed form where that reads differently."""
    said = say_value(value.value, value.unit, value.metal)
    printed = fold(value.as_printed or "")
    return said if not printed or printed in said else f"{said} (printed “{printed}”)"


def sentence(answer: Answer) -> str:
    """The verdict without a list of the values at its beginning: where there are several, a table says them."""
    verdict = fold(answer.verdict)
    if len(answer.values) < 2:
        return verdict
    listed = fold(say_list([(value.label, say_value(value.value, value.unit, value.metal)) for value in answer.values]))
    return verdict.removeprefix(listed).strip()


def remarks(value: Value) -> list[str]:
    """What has to be said with a value: its nature, basis and qualifier."""
    said = [] if value.nature == "actual" else [value.nature]
    return said + [fold(text) for text in (value.basis, value.qualifier) if text]


def all_notes(answer: Answer) -> list[str]:
    """The notes of the answer and of its values, each once, in order."""
    of_values = [note for value in walk(answer.values) for note in value.notes]
    return list(dict.fromkeys(fold(note) for note in (*answer.notes, *of_values)))


def fold(text: str) -> str:
    """As a reader sees it: white space folded, entities of HTML read, control characters (escapes) taken out."""
    if ENTITY.search(text):
        import html  # noqa: PLC0415  (its table of entities is slow to load, and text filings don't need it)

        text = html.unescape(text)
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())


def _place(citation: Citation) -> tuple[object, ...]:
    return citation.sha256, citation.line, citation.column_start, citation.line_end, citation.column_end
