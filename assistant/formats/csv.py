"""CSV: a row a figure or passage, with its role in the answer, for a spreadsheet or a data frame.

Text that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a return and is no
number) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from assistant.answer import Answer, Citation, PassageQuote, Value
from assistant.formats import Settings

VALUE_FIELDS: tuple[str, ...] = (
    "label",
    "value",
    "unit",
    "as_printed",
    "entity",
    "metric",
    "metal",
    "period",
    "period_start",
    "period_end",
    "nature",
    "basis",
    "qualifier",
    "formula",
)
PLACE_FIELDS: tuple[str, ...] = (
    "document",
    "sha256",
    "line",
    "line_end",
    "column_start",
    "column_end",
    "quote",
    "table",
    "row",
    "column",
)
SOURCE_FIELDS: tuple[str, ...] = ("company", "title", "released", "exhibit", "form", "filed", "accession")
CITATION_FIELDS = PLACE_FIELDS + SOURCE_FIELDS
COLUMNS = ("role", "reading", *VALUE_FIELDS, "notes", *CITATION_FIELDS)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Record = dict[str, object]


def render(answer: Answer, settings: Settings) -> str:
    """A header and the rows: values, each followed by its operands and other places; passages; other readings."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in _records(answer):
        writer.writerow({name: _safe(value) for name, value in record.items()})
    return text.getvalue()


def _records(answer: Answer) -> Iterator[Record]:
    if answer.refusal is not None:
        yield {"role": "refusal", "label": answer.refusal.reason, "notes": answer.refusal.message}
    for value in answer.values:
        yield from _value("value", answer.reading, value, answer.notes)
    for passage in answer.passages:
        yield _passage("passage", answer.reading, passage)
    for other in answer.alternatives:
        for value in other.values:
            yield from _value("alternative", other.reading, value, ())
        for passage in other.passages:
            yield _passage("alternative", other.reading, passage)


def _value(role: str, reading: str, value: Value, notes: tuple[str, ...]) -> Iterator[Record]:
    head: Record = {"role": role, "reading": reading, "notes": " ".join(dict.fromkeys((*notes, *value.notes)))}
    figures: Record = {name: getattr(value, name) for name in VALUE_FIELDS}
    preferred, *others = value.citations or (None,)
    yield head | figures | _citation(preferred)
    for operand in value.operands:
        yield from _value("operand", reading, operand, ())
    for other in others:
        yield head | figures | {"role": "also printed"} | _citation(other)


def _passage(role: str, reading: str, passage: PassageQuote) -> Record:
    place = passage.citations[0] if passage.citations else None
    return {"role": role, "reading": reading, "label": passage.text} | _citation(place)


def _citation(citation: Citation | None) -> Record:
    return {} if citation is None else {name: getattr(citation, name) for name in CITATION_FIELDS}


def _safe(value: object) -> object:
    """A cell: whole floats as ints, text that looks like a formula with an apostrophe before it."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
