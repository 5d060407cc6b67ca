"""The plain answer, for a terminal and for pipes: the value, the sentence, what was understood, and the line itself."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assistant.answer import Alternative, Answer, PassageQuote, Refusal, Value
from assistant.formats import Settings
from assistant.formats.citing import (
    all_notes,
    also_printed,
    document_parts,
    fold,
    place_parts,
    remarks,
    sentence,
    value_text,
)
from assistant.formats.excerpt import excerpt
from assistant.formats.paint import Paint
from assistant.formats.sources import Source, Sources, lettered, sources

FULL_EXCERPTS = 4
LABEL_WIDTH = 12


def render(answer: Answer, settings: Settings) -> str:
    """The answer as paragraphs, the most important first."""
    paint = Paint(settings.colour)
    if answer.refusal is not None:
        blocks = [_refusal(answer.refusal, paint, settings), _understood(answer, paint, settings)]
    else:
        blocks = _answered(answer, paint, settings)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _answered(answer: Answer, paint: Paint, settings: Settings) -> list[list[str]]:
    cited = sources(answer)
    return [
        _headline(answer, cited, paint, settings),
        *(_quoted(passage, cited, paint, settings) for passage in answer.passages),
        _understood(answer, paint, settings),
        *_sources(cited, paint, settings),
        _alternatives(answer.alternatives, paint, settings),
    ]


def _headline(answer: Answer, cited: Sources, paint: Paint, settings: Settings) -> list[str]:
    """One value in full, several as a table; then the sentence."""
    single = len(answer.values) == 1 and bool(answer.verdict)
    lines = _single(answer.values[0], cited, paint) if single else _table(answer, cited, paint)
    return lines + _wrapped(sentence(answer), settings.width)


def _single(value: Value, cited: Sources, paint: Paint) -> list[str]:
    said = [paint.strong(value_text(value)) + _mark(cited.of(value)), *remarks(value)]
    return ["  ".join(said), *_working(value, cited, "  ")]


def _table(answer: Answer, cited: Sources, paint: Paint) -> list[str]:
    """A line a value: label and period at the left, the values aligned at the right of them."""
    values = answer.values
    dated = not answer.verdict or len({value.period for value in values}) > 1
    names = [_name(value, dated) for value in values]
    said = [value_text(value) for value in values]
    across, deep = max(map(len, names), default=0), max(map(len, said), default=0)
    lines = []
    for name, text, value in zip(names, said, values, strict=True):
        rest = "  ".join([*remarks(value)])
        row = f"{name:<{across}}  {' ' * (deep - len(text))}{paint.strong(text)}{_mark(cited.of(value))}  {rest}"
        lines += [row.rstrip(), *_working(value, cited, "    ")]
    return lines


def _name(value: Value, dated: bool) -> str:
    """The label, with the period where that is wanted and the label doesn't say it."""
    if value.period and dated and value.period not in value.label:
        return f"{fold(value.label)}, {value.period}"
    return fold(value.label)


def _working(value: Value, cited: Sources, indent: str) -> Iterator[str]:
    """The formula and each of its inputs by letter."""
    if value.formula is None:
        return
    yield f"{indent}= {value.formula}"
    for letter, operand in lettered(value.operands):
        period = f", {operand.period}" if operand.period and operand.period not in operand.label else ""
        said = f"{fold(operand.label)}{period}  {value_text(operand)}{_mark(cited.of(operand))}"
        yield f"{indent}{letter}  {'  '.join([said, *remarks(operand)])}"


def _mark(source: Source | None) -> str:
    return f" [{source.number}]" if source else ""


def _quoted(passage: PassageQuote, cited: Sources, paint: Paint, settings: Settings) -> list[str]:
    lines = _wrapped(fold(passage.text), settings.width - 2)
    source = cited.of(passage)
    if lines and source:
        lines[-1] += _mark(source)
    return [f"  {line}" for line in lines]


def _understood(answer: Answer, paint: Paint, settings: Settings) -> list[str]:
    rows = [("understood", answer.reading)] if answer.reading else []
    rows += [("corrected", correction) for correction in answer.corrections]
    rows += [("note", note) for note in all_notes(answer)]
    return [line for label, text in rows for line in _labelled(label, fold(text), paint, settings)]


def _labelled(label: str, text: str, paint: Paint, settings: Settings) -> list[str]:
    first, *rest = _wrapped(text, settings.width - LABEL_WIDTH) or [""]
    return [paint.faint(f"{label:<{LABEL_WIDTH}}") + first, *(" " * LABEL_WIDTH + line for line in rest)]


def _sources(cited: Sources, paint: Paint, settings: Settings) -> Iterator[list[str]]:
    """Each source; its document is described where it is first cited, headings are shown for the first few."""
    described: set[str] = set()
    for source in cited.all:
        yield _source(source, paint, settings, source.citation.sha256 not in described)
        described.add(source.citation.sha256)


def _source(source: Source, paint: Paint, settings: Settings, describe: bool) -> list[str]:
    """The citation in words, then the cited line under its headings."""
    citation = source.citation
    rows = [", ".join(document_parts(citation)), fold(citation.title or "")] if describe else [citation.document]
    rows += [", ".join(place_parts(citation)), also_printed(source)]
    rows = rows if describe else [", ".join(row for row in rows if row)]
    said = [line for row in rows if row for line in _wrapped(row, settings.width - 4)]
    number = paint.strong(f"[{source.number}]")
    lines = [f"{number} {said[0]}", *(f"    {line}" for line in said[1:])]
    return lines + excerpt(source, settings, paint, headings=source.number <= FULL_EXCERPTS)


def _alternatives(others: tuple[Alternative, ...], paint: Paint, settings: Settings) -> list[str]:
    lines = [paint.faint("it could also mean")] if others else []
    for other in others:
        values = [f"{value_text(value)}{_where(value)}" for value in other.values]
        texts = [f"“{textwrap.shorten(fold(passage.text), 100, placeholder=' …')}”" for passage in other.passages]
        said = "; ".join(values + texts)
        wrapped = _wrapped(f"{fold(other.reading)}: {said}" if said else fold(other.reading), settings.width - 4)
        lines += [f"  - {wrapped[0]}", *(f"    {line}" for line in wrapped[1:])]
    return lines


def _where(value: Value) -> str:
    """Where another reading's value stands, in short."""
    if not value.citations:
        return ""
    place = value.citations[0]
    return f" ({place.document} line {place.line})"


def _refusal(refusal: Refusal, paint: Paint, settings: Settings) -> list[str]:
    lines = [paint.strong(line) for line in _wrapped(fold(refusal.message), settings.width)]
    if refusal.suggestions:
        lines += ["", "What can be answered:"]
        lines += [f"  {fold(suggestion)}" for suggestion in refusal.suggestions]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False)
