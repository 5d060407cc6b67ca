"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def _or_the_groups(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """``stope --db FILE ask`` means the same as ``stope ask --db FILE``."""
    return value or context.find_root().obj


def db_option(function: Function) -> Function:
    """``--db FILE``, passed as ``db``: None where neither the command nor the group was given one."""
    return _db_option("The store (else $STOPE_DB, else your own, else the embedded samples).")(function)


def own_db_option(function: Function) -> Function:
    """The same for commands that write: the samples are nobody's own."""
    return _db_option("The store (else $STOPE_DB, else your own); made where there is none.")(function)


def _db_option(about: str) -> Callable[[Function], Function]:
    return click.option("--db", type=click.Path(), metavar="FILE", callback=_or_the_groups, help=about)


def format_option(function: Function) -> Function:
    """``--format table|csv|jsonl``, passed as ``form``."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(("table", "csv", "jsonl")),
        default="table",
        show_default=True,
        help="A table to read, or one for programs.",
    )
    return option(function)
