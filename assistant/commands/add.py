"""``stope add``: filings into the store."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.options import own_db_option
from assistant.where import store_to_write
from grammar.errors import StoreMissing

if TYPE_CHECKING:
    from db.adding import Outcome

FEWEST_FOR_A_BAR = 4
MOST_NAMED = 20  # files that are each given a line of their own; of more, only the sum is said


@click.command()
@click.argument("paths", nargs=-1, required=True)
@own_db_option
@click.option("--quiet", "-q", is_flag=True, help="Say only what could not be added.")
def command(paths: tuple[str, ...], db: str | None, quiet: bool) -> int:
    """Add filings: files, folders, or - for one that is piped in.

    A filing that the store holds already is left as it is. What can't be read is said, and the others are added;
    the exit code is 1 then.

    \b
    stope add ~/filings
    stope add ex99.txt 10q.htm
    """
    return add_files(paths, db, each=not quiet, quiet=quiet)


def add_files(paths: Sequence[str], db: str | None, *, each: bool, quiet: bool = False) -> int:
    """Add the files and say what became of them, of ``each`` by itself where they are few; 1 where one is not read."""
    from db.adding import add  # noqa: PLC0415
    from db.gathering import gather  # noqa: PLC0415

    store = store_to_write(db)
    files = gather(paths)
    tally, say = Tally(), Speech()
    with progress(len(files), say) as tell:
        for outcome in add(files, store):
            tally.count(outcome)
            wanted = outcome.problem or (each and len(files) <= MOST_NAMED)
            tell(said(outcome) if wanted else "", bool(outcome.problem))
    if not quiet:
        say(f"{tally.summary()} {store}" if tally.added or tally.already else tally.summary())
    check(store, db, say, quiet=quiet, failing=tally.failing)
    say.end()
    return 1 if tally.failed else 0


class Speech:
    """Says lines as long as they can be written; after that the work goes on, and the fault is raised at its end."""

    def __init__(self) -> None:
        self.fault: OSError | None = None

    def __call__(self, line: str, fault: bool = False) -> None:
        if self.fault is None:
            try:
                click.echo(line, err=fault)
            except OSError as error:
                self.fault = error

    def end(self) -> None:
        """Raise what kept lines from being written."""
        if self.fault is not None:
            raise self.fault


def check(place: Path, db: str | None, say: Speech, *, quiet: bool = False, failing: int = 0) -> None:
    """Hold the figures of each filing that was never checked against each other; say how many don't add up.

    ``failing`` were found in those that were checked as they were read.
    """
    from db.checks.keeping import check_rest, unchecked  # noqa: PLC0415
    from db.store import Store  # noqa: PLC0415

    try:
        with Store.open(place) as store:
            new = unchecked(store)
    except StoreMissing:
        return
    with progress(len(new), say, "checking") as tell:
        for checked in check_rest(place, new):
            failing += checked.failing
            tell("", False)
    if failing and not quiet:
        several = "figure does" if failing == 1 else "figures do"
        say(f"{failing} {several} not add up: stope checks{f' --db {db}' if db else ''}")


class Tally:
    """What became of the files, counted."""

    def __init__(self) -> None:
        self.added = self.already = self.failed = self.facts = self.failing = 0

    def count(self, outcome: Outcome) -> None:
        """Take one more file into the sum."""
        from db.writing import Added  # noqa: PLC0415

        if outcome.result is None:
            self.failed += 1
        elif isinstance(outcome.result, Added):
            self.added += 1
            self.facts += outcome.result.facts
            self.failing += outcome.result.failing
        else:
            self.already += 1

    def summary(self) -> str:
        """``3 filings with 816 facts added, 1 there already: 4 in``, ready for the store's name to follow."""
        parts = [f"{self.added} filing{'' if self.added == 1 else 's'} with {self.facts} facts added"]
        parts += [f"{self.already} there already"] if self.already else []
        parts += [f"{self.failed} could not be read"] if self.failed else []
        return ", ".join(parts) + (": now in" if self.added or self.already else "")


def said(outcome: Outcome) -> str:
    """One line on what became of a file."""
    from db.writing import Added  # noqa: PLC0415

    result = outcome.result
    if result is None:
        return f"stope: {outcome.problem}"
    if isinstance(result, Added):
        about = f"; {result.remark}" if result.remark else ""
        return f"{result.document}: {result.facts} facts, {result.passages} passages{about}"
    return f"{result.document}: there already"


@contextlib.contextmanager
def progress(total: int, say: Speech, doing: str = "adding") -> Iterator[Callable[[str, bool], None]]:
    """What to call after each file with its line, '' for none, and whether that is a fault.

    On a terminal, where there are several, a bar moves below the lines; in a pipe there is nothing but the lines.
    """
    if total < FEWEST_FOR_A_BAR or not sys.stderr.isatty():
        yield lambda line, fault: say(line, fault) if line else None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)

        def tell(line: str, _fault: bool) -> None:
            if line:
                bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
            bar.advance(task)

        yield tell
