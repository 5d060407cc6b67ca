"""JSON: the form that scripts and the batch mode read; every key is there in every answer, always in the same order.

What only some answers have (basis, exhibit, accession number ...) follows the fixed keys, and only where it is known.
"""

from __future__ import annotations

import json
import math
from typing import Any

from assistant.answer import Alternative, Answer, Citation, PassageQuote, Refusal, Value
from assistant.formats import Settings

Json = dict[str, Any]
VALUE_EXTRAS = ("basis", "qualifier")
CITATION_EXTRAS = ("company", "title", "released", "exhibit", "form", "filed", "accession", "fact_id")


def render(answer: Answer, settings: Settings) -> str:
    """One line: the answer as a JSON object."""
    return dumps(answer) + "\n"


def dumps(answer: Answer, question_id: object = None) -> str:
    """The answer as JSON on one line without its newline; with ``id`` first where the question had one."""
    head = {} if question_id is None else {"id": question_id}
    return json.dumps(head | as_dict(answer), ensure_ascii=False, allow_nan=False)


def as_dict(answer: Answer) -> Json:
    """The answer as plain dicts and lists."""
    return {
        "question": answer.question,
        "status": answer.status,
        "reading": answer.reading,
        "verdict": answer.verdict,
        "values": [_value(value) for value in answer.values],
        "passages": [_passage(passage) for passage in answer.passages],
        "alternatives": [_alternative(other) for other in answer.alternatives],
        "notes": list(answer.notes),
        "corrections": list(answer.corrections),
        "sql": answer.sql,
        "parameters": {name: _number(value) for name, value in answer.parameters},
        "refusal": None if answer.refusal is None else _refusal(answer.refusal),
    }


def _value(value: Value) -> Json:
    fixed = {
        "label": value.label,
        "value": _number(value.value),
        "unit": value.unit,
        "as_printed": value.as_printed,
        "entity": value.entity,
        "metric": value.metric,
        "metal": value.metal,
        "period": value.period,
        "period_start": value.period_start,
        "period_end": value.period_end,
        "formula": value.formula,
        "operands": [_value(operand) for operand in value.operands],
        "citations": [_citation(citation) for citation in value.citations],
    }
    extras: Json = _known(value, VALUE_EXTRAS)
    if value.nature != "actual":
        extras["nature"] = value.nature
    if value.notes:
        extras["notes"] = list(value.notes)
    return fixed | extras


def _citation(citation: Citation) -> Json:
    fixed = {
        "document": citation.document,
        "sha256": citation.sha256,
        "line": citation.line,
        "line_end": citation.line_end,
        "column_start": citation.column_start,
        "column_end": citation.column_end,
        "quote": citation.quote,
        "table": citation.table,
        "row": citation.row,
        "column": citation.column,
    }
    return fixed | _known(citation, CITATION_EXTRAS)


def _known(thing: Value | Citation, names: tuple[str, ...]) -> Json:
    """Those of the named fields that are not None."""
    return {name: getattr(thing, name) for name in names if getattr(thing, name) is not None}


def _passage(passage: PassageQuote) -> Json:
    return {"text": passage.text, "citations": [_citation(citation) for citation in passage.citations]}


def _alternative(other: Alternative) -> Json:
    return {
        "reading": other.reading,
        "values": [_value(value) for value in other.values],
        "passages": [_passage(passage) for passage in other.passages],
    }


def _refusal(refusal: Refusal) -> Json:
    return {
        "reason": refusal.reason,
        "message": refusal.message,
        "unknown": list(refusal.unknown),
        "suggestions": list(refusal.suggestions),
    }


def _number(value: str | float | None) -> str | float | None:
    """A whole float as an int, one that JSON can't say as None; anything else as it is."""
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value
