"""Taking another reading of a question in place of the one that was answered."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Alternative, Answer


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
