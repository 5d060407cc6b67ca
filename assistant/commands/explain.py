"""``stope explain``: how a question was understood, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from assistant.options import db_option
from assistant.where import store_to_read
from grammar.errors import UsageError

if TYPE_CHECKING:
    from assistant.answer import Answer


@click.command()
@click.argument("question", nargs=-1)
@db_option
def command(question: tuple[str, ...], db: str | None) -> int:
    """Show how a question was understood.

    What each word was taken for, the reading, the SQL with its parameters, and the readings that lost; of a question
    that is refused the reason. The exit code is 1 then.

    \b
    stope explain total cash cost per ounce last quarter
    """
    from assistant.ask import ask  # noqa: PLC0415
    from assistant.batch import well_formed  # noqa: PLC0415

    words = well_formed(" ".join(question).strip())
    if not words:
        raise UsageError('there is no question: stope explain "your question"')
    with store_to_read(db) as store:
        answer = ask(words, store)
    click.echo("\n\n".join(explanation(answer)))
    return 0 if answer.status == "answered" else 1


def explanation(answer: Answer) -> Iterator[str]:
    """The paragraphs of the explanation."""
    yield _titled("Words", [_said(term.text, term.kind, term.meaning) for term in answer.terms] or ["none understood"])
    if answer.corrections:
        yield _titled("Corrected", answer.corrections)
    if answer.reading:
        yield _titled("Reading", [answer.reading])
    if answer.refusal:
        yield _titled("Refused", [f"{answer.refusal.reason}: {answer.refusal.message}", *answer.refusal.suggestions])
    if answer.sql:
        yield _titled("SQL", answer.sql.splitlines())
        yield _titled("Parameters", [f"{name} = {value!r}" for name, value in answer.parameters])
    if answer.alternatives:
        yield _titled("Readings that lost", [other.reading for other in answer.alternatives])
    if answer.notes:
        yield _titled("Notes", answer.notes)


def _titled(title: str, lines: list[str] | tuple[str, ...]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _said(text: str, kind: str, meaning: str) -> str:
    return f"{text:<24} {kind or 'not understood':<12} {meaning}".rstrip()
