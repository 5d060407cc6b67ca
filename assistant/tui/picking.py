"""Taking another reading of a question in place of the one that was answered."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Alternative, Answer, Citation


def alike(first: Answer, second: Answer) -> bool:
    """Whether both give the same figures from the same places, and quote the same places."""
    return _told(first) == _told(second)


def _told(answer: Answer) -> list[object]:
    figures = [
        (value.value, value.unit, value.period, value.entity, _place(value.citations)) for value in answer.values
    ]
    return [*figures, *(_place(passage.citations) for passage in answer.passages)]


def _place(citations: tuple[Citation, ...]) -> tuple[str, int, int | None] | None:
    return (citations[0].sha256, citations[0].line, citations[0].column_start) if citations else None


def swapped(answer: Answer, index: int) -> Answer:
    """The answer with its alternative ``index`` in front and its own reading among the alternatives.

    The query belonged to the first reading: an answer never shows one that didn't compute it.
    """
    chosen = answer.alternatives[index]
    first = Alternative(answer.reading, answer.values, answer.passages)
    others = tuple(other for other in answer.alternatives if other is not chosen)
    return replace(
        answer,
        reading=chosen.reading,
        verdict="",
        values=chosen.values,
        passages=chosen.passages,
        alternatives=(first, *others),
        notes=(),
        sql="",
        parameters=(),
    )
