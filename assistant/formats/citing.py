"""What every format says of a citation and of a value, in a reader's terms.

Only what the filing's own text or metadata gave is named; a part that isn't known is left out.
"""

from __future__ import annotations

import re

from assistant.answer import Answer, Citation, Value
from assistant.formats.sources import Source, sources, walk
from assistant.wording import say_date, say_list, say_value
from grammar.figures import as_seen

ENTITY = re.compile(r"&#?\w{2,8};")


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


def value_text(value: Value) -> str:
    """The value as a person writes it, with the printed form where that reads differently."""
    said = say_value(value.value, value.unit, value.metal)
    printed = fold(as_seen(value.as_printed or ""))
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
