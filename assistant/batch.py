"""Batch mode: a JSON object a line in, a JSON object a line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.answer import Answer, Refusal
from assistant.ask import ask
from assistant.formats.json import dumps
from db.store import Store
from grammar.errors import TimeLimit, UsageError


def answers(lines: Iterable[str], store: Store) -> Iterator[str | UsageError]:
    """For each line its answer as JSON, or the UsageError that names the line; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = _read(line)
        except UsageError as error:
            yield UsageError(f"line {number}: {error}")
            continue
        yield dumps(_ask(asked, store), asked.get("id"))


def _read(line: str) -> dict[str, Any]:
    """The question's object; UsageError where it isn't one."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"is not JSON ({error})") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise UsageError('is not an object with a "question" in words')
    context = asked.get("context") or []
    if not isinstance(context, list) or not all(isinstance(earlier, str) for earlier in context):
        raise UsageError('has a "context" that is not a list of earlier questions')
    return asked


def _ask(asked: dict[str, Any], store: Store) -> Answer:
    """The answer; a question over the time limit is a refusal, and the next one is asked."""
    question = well_formed(asked["question"])
    try:
        return ask(question, store, tuple(map(well_formed, asked.get("context") or ())))
    except TimeLimit as error:
        return Answer(question, "refused", refusal=Refusal("time-limit", str(error)))


def well_formed(text: str) -> str:
    """The text without halves of characters (bytes of another encoding), which no output could hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
