"""The kept conversation: one JSON line a question, beside the user's store, so that it survives a restart.

It is the user's own: readable by nobody else, appended to in one write so that two windows don't mix their lines, and
a line that can't be read (a power cut, a newer program) is left out and counted, never fatal.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Alternative, Answer, Citation, PassageQuote, Refusal, Said, Value
from grammar.records import record

MOST_KEPT = 2000
LONGEST_QUESTION = 16_000  # bytes
NESTED: dict[tuple[type, str], type] = {
    (Answer, "values"): Value,
    (Answer, "passages"): PassageQuote,
    (Answer, "alternatives"): Alternative,
    (Answer, "terms"): Said,
    (Answer, "refusal"): Refusal,
    (Alternative, "values"): Value,
    (Alternative, "passages"): PassageQuote,
    (PassageQuote, "citations"): Citation,
    (Value, "operands"): Value,
    (Value, "citations"): Citation,
}


@record
class Exchange:
    """A question, when it was asked (ISO, UTC), the questions before it in its conversation, and its answer."""

    asked: str
    question: str
    context: tuple[str, ...]
    answer: Answer


@record
class Kept:
    """What a log holds: the ``earlier`` questions, the last exchanges, how many lines are ``lost``; oldest first."""

    earlier: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    lost: int


@record
class ConversationLog:
    """The file of one store's conversations."""

    path: Path

    def append(self, question: str, context: Sequence[str], answer: Answer) -> bool:
        """Keep an exchange; False where the file can't be written."""
        asked = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        kept = {"asked": asked, "question": question, "context": list(context), "answer": as_plain(answer)}
        line = json.dumps(kept, ensure_ascii=False) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, line.encode())
            finally:
                os.close(file)
        except OSError:
            return False
        return True

    def read(self, most: int = MOST_KEPT) -> Kept:
        """The last ``most`` exchanges, and of those before them only the questions; nothing where there is no log."""
        earlier: list[str] = []
        last: deque[bytes] = deque()
        try:
            with self.path.open("rb") as file:
                for line in file:
                    last.append(line)
                    if len(last) > most and (question := _question_of(last.popleft())):
                        earlier.append(question)
        except OSError:
            return Kept((), (), 0)
        exchanges, lost = [], 0
        while last:
            line = last.popleft()
            try:
                exchanges.append(exchange_of(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError):
                lost += bool(line.strip())
        return Kept(tuple(earlier), tuple(exchanges), lost)

    def forget(self) -> None:
        """Delete what is kept."""
        self.path.unlink(missing_ok=True)


def _question_of(line: bytes) -> str:
    """The question of a kept line without reading its answer, '' where there is none."""
    _, found, rest = line.partition(b'"question": ')
    try:
        question, _ = (
            json.JSONDecoder().raw_decode(rest[:LONGEST_QUESTION].decode(errors="ignore")) if found else ("", 0)
        )
    except ValueError:
        return ""
    return question if isinstance(question, str) else ""


def exchange_of(kept: dict[str, Any]) -> Exchange:
    """The exchange of a kept line; KeyError or TypeError where it isn't one."""
    return Exchange(kept["asked"], kept["question"], tuple(kept["context"]), revive(Answer, kept["answer"]))


def as_plain(thing: Any) -> Any:
    """Dataclasses as dicts of what differs from the default, which keeps a line short."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
        defaults = {field.name: field.default for field in dataclasses.fields(thing)}
        return {name: as_plain(value) for name, value in fields.items() if value != defaults[name]}
    if isinstance(thing, tuple):
        return [as_plain(each) for each in thing]
    return thing


def revive(kind: type, kept: dict[str, Any]) -> Any:
    """The dataclass of a dict that ``as_plain`` made."""
    values: dict[str, Any] = {}
    for name, value in kept.items():  # texts recur from answer to answer (titles, quotes): one copy of each is enough
        nested = NESTED.get((kind, name))
        if nested is not None and isinstance(value, list):
            values[name] = tuple(revive(nested, each) for each in value)
        elif nested is not None and value is not None:
            values[name] = revive(nested, value)
        else:
            values[name] = _tuples(value)
    return kind(**values)


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(each) for each in value)
    return sys.intern(value) if isinstance(value, str) else value
