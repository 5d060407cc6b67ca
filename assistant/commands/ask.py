"""``stope ask``: a question, or a file of them, and the cited answer."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from assistant.options import db_option
from assistant.shell import question_words
from assistant.where import colour_wanted, store_to_read
from grammar.errors import UsageError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from db.store import Store

WIDEST = 100  # running text is read in lines of this length at most, however wide the terminal is


@click.command()
@click.argument("question", nargs=-1, shell_complete=question_words)
@click.option(
    "--format", "form", metavar="NAME", help="text, json, csv, markdown, html, latex, bibtex, csl, bluebook or chicago."
)
@click.option("--json", "form", flag_value="json", help="The same as --format json: one object.")
@click.option("--sql", "form", flag_value="sql", help="The SQL and its parameters, for the sqlite3 shell.")
@click.option("--batch", metavar="FILE", help="Answer a JSON object a line (id, question, context); - reads stdin.")
@db_option
def command(question: tuple[str, ...], form: str | None, batch: str | None, db: str | None) -> int:
    """Ask a question and get the figure with the line that says so.

    \b
    stope ask total cash cost per ounce last quarter
    stope ask --batch questions.jsonl > answers.jsonl
    """
    if batch:
        if question or form:
            raise UsageError("--batch takes its questions from the file and answers in JSON: give it nothing else")
        return _batch(batch, db)
    words = " ".join(question).strip()
    if not words:
        raise UsageError('there is no question: stope ask "your question"')
    return _single(words, form or "text", db)


def _single(words: str, form: str, db: str | None) -> int:
    from assistant.ask import ask  # noqa: PLC0415
    from assistant.batch import well_formed  # noqa: PLC0415

    with store_to_read(db) as store:
        answer = ask(well_formed(words), store)
        click.echo(_rendered(answer, form, store), nl=False)
    return 0 if answer.status == "answered" else 1


def _rendered(answer: Answer, form: str, store: Store) -> str:
    if form == "sql":
        return as_shell(answer)
    from assistant.formats import render  # noqa: PLC0415

    width = min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else WIDEST
    return render(answer, form, colour=colour_wanted(), width=width, lines=store.lines_of)


def as_shell(answer: Answer) -> str:
    """The query as commands for the sqlite3 shell; where nothing was asked of the store, a comment that says why."""
    if not answer.sql:
        return f"-- no SQL: {answer.refusal.message if answer.refusal else 'answered without a query'}\n"
    lines = [f'.parameter set :{name} "{_literal(value)}"' for name, value in answer.parameters]
    return "\n".join([".parameter init", *lines, answer.sql.rstrip().rstrip(";") + ";"]) + "\n"


def _literal(value: str | float | None) -> str:
    """An SQL literal inside the double quotes of a shell command."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''").replace("\\", "\\\\").replace('"', '\\"') + "'"
    return repr(value)


def _batch(path: str, db: str | None) -> int:
    """Answer line by line, each as it is asked; 2 where a line was no question."""
    from assistant.batch import answers  # noqa: PLC0415

    faults = 0
    with store_to_read(db) as store, _lines(path) as lines:
        for line in answers(lines, store):
            if isinstance(line, UsageError):
                faults += 1
                click.echo(f"stope: {path}: {line}", err=True)
            else:
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
    return 2 if faults else 0


def _lines(path: str) -> TextIO:
    """The questions, to be read as they come."""
    if path == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        return sys.stdin
    try:
        return Path(path).open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"the questions {path} can't be read: {(error.strerror or str(error)).lower()}") from error
