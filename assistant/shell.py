"""Completion of a question's words in the shell: ``stope ask lucky fri`` and the Tab key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grammar.errors import StopeError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

MOST = 12


def question_words(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The words that the half-typed word can become, the best first, each with what it belongs to.

    A shell completes a word at a time, so a name of two words is offered by its next one. Nothing is offered where the
    store can't be read: a message would stand in the middle of the command line.
    """
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    before = " ".join([*(context.params.get(parameter.name or "") or ()), ""])
    named = context.params.get("db") or context.find_root().params.get("db")
    try:
        words = next_words(before, incomplete, named)
    except StopeError:
        return []
    return [CompletionItem(word, help=about) for word, about in words.items()][:MOST]


def next_words(before: str, incomplete: str, db: str | None) -> dict[str, str]:
    """Each word that may stand in the place of ``incomplete`` after ``before``, with what it belongs to."""
    from assistant.complete import complete  # noqa: PLC0415
    from assistant.where import store_to_read  # noqa: PLC0415

    text = (before + incomplete).lstrip()
    before = before.lstrip()
    found: dict[str, str] = {}
    with store_to_read(db, say=False) as store:
        for each in complete(text, len(text), store):
            whole = text[: each.start] + each.text
            rest = whole[len(before) :].split()
            if rest and whole.lower().startswith(before.lower()) and rest[0].lower() != incomplete.lower():
                found.setdefault(rest[0], each.about or each.text)
    return found
