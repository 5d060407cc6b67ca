"""An answer as the pieces of a memo, without markup: what Markdown, HTML, LaTeX and the note styles have in common."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer, Value
from assistant.formats.citing import all_notes, fold, remarks, sentence, value_text
from assistant.formats.sources import Source, Sources, lettered, sources
from grammar.records import record


@record
class Row:
    """A value in words; ``depth`` is 1 for an input of the computed value above it, ``formula`` '' for one read."""

    label: str
    value: str
    remarks: tuple[str, ...]
    source: Source | None
    formula: str = ""
    depth: int = 0


@record
class Memo:
    """``lead`` is the sentence and ``lead_source`` its footnote where the sentence says the only value."""

    lead: str
    lead_source: Source | None
    rows: tuple[Row, ...]
    passages: tuple[tuple[str, Source | None], ...]
    notes: tuple[str, ...]
    suggestions: tuple[str, ...]
    sources: tuple[Source, ...]


def memo(answer: Answer) -> Memo:
    """The pieces of the answer; those of a refusal are its message and what can be asked instead."""
    cited = sources(answer)
    said_in_full = _said_in_full(answer)
    return Memo(
        sentence(answer) if answer.refusal is None else fold(answer.refusal.message),
        cited.of(answer.values[0]) if said_in_full else None,
        () if said_in_full else tuple(_rows(answer.values, cited)),
        tuple((fold(passage.text), cited.of(passage)) for passage in answer.passages),
        tuple(_notes(answer)),
        tuple(fold(text) for text in (answer.refusal.suggestions if answer.refusal else ())),
        cited.all,
    )


def _said_in_full(answer: Answer) -> bool:
    """Whether the sentence says the only value, so that no list of values is needed."""
    return len(answer.values) == 1 and answer.values[0].formula is None and bool(answer.verdict)


def _told(value: Value) -> tuple[tuple[str, str | None], ...]:
    nature = None if value.nature == "actual" else value.nature
    return ("Basis", value.basis), ("Qualified as", value.qualifier), ("Kind of figure", nature)


def _rows(values: tuple[Value, ...], cited: Sources) -> Iterator[Row]:
    for value in values:
        yield Row(_label(value), value_text(value), tuple(remarks(value)), cited.of(value), value.formula or "")
        for letter, operand in lettered(value.operands):
            label = f"{letter}: {_label(operand)}"
            yield Row(label, value_text(operand), tuple(remarks(operand)), cited.of(operand), "", 1)


def _label(value: Value) -> str:
    """The label, with the period where the label doesn't say it."""
    label = fold(value.label)
    return f"{label}, {value.period}" if value.period and value.period not in label else label


def _notes(answer: Answer) -> Iterator[str]:
    """The basis of a value that the sentence says, the reading where there are others, corrections and notes."""
    if _said_in_full(answer):
        value = answer.values[0]
        yield from (f"{word}: {fold(text)}." for word, text in _told(value) if text)
    if answer.alternatives and answer.reading:
        yield f"Read as: {fold(answer.reading)}."
    yield from (f"Corrected: {fold(text)}." for text in answer.corrections)
    yield from all_notes(answer)
