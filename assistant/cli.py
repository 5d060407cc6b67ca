"""The ``stope`` command: finds the subcommand, runs it, and turns every fault into one line and an exit code.

Exit codes: 0 answered or done, 1 refused or something differs, 2 usage, 3 no store or an unreadable one, 4 time limit,
130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from assistant import commands
from grammar.errors import StopeError, StoreError, TimeLimit, UsageError

DONE, REFUSED, USAGE, NO_STORE, TIME_LIMIT, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 4, 130, 141
CODES: tuple[tuple[type[StopeError], int], ...] = (
    (UsageError, USAGE),
    (StoreError, NO_STORE),
    (TimeLimit, TIME_LIMIT),
    (StopeError, REFUSED),
)


class Commands(click.Group):
    """The commands in ``assistant/commands``, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module of the folder."""
        import pkgutil  # noqa: PLC0415

        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The ``command`` of the module of that name, None where there is none."""
        module = f"{commands.__name__}.{cmd_name}"
        try:
            command: click.Command = import_module(module).command
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        return command


@click.command(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", type=click.Path(), metavar="FILE", help="The store (else $STOPE_DB, else your own).")
@click.option("--no-history", is_flag=True, help="Keep nothing of the conversation in the interface.")
@click.option("--version", is_flag=True, help="Print the version and leave.")
@click.pass_context
def cli(context: click.Context, db: str | None, no_history: bool, version: bool) -> None:
    """Ask mining companies' filings a question and get back a number that can be proved.

    Without a command, on a terminal, the interface opens. To begin: stope ask "your question".

    \b
    Exit codes: 0 answered or done; 1 refused, or something differs; 2 usage;
    3 no store or an unreadable one; 4 time limit; 130 interrupted.
    """
    context.obj = db
    if version:
        from importlib.metadata import version as installed  # noqa: PLC0415

        click.echo(f"stope {installed('stope')}")
    elif context.invoked_subcommand is None:
        context.exit(_interface(context, db, history=not no_history))


def _interface(context: click.Context, db: str | None, history: bool) -> int:
    """Open the interface; without a terminal it would hang, so there the usage is said instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(context.get_help(), err=True)
        return USAGE
    from assistant.interface import open_interface  # noqa: PLC0415

    return open_interface(db, history)


def main() -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    _plain_streams()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _pipe_closed()
    except OSError as error:
        code = _unwritten(error)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of one command line; every fault has been said on stderr."""
    try:
        result = cli.main(arguments, prog_name="stope", standalone_mode=False)
    except StopeError as error:
        return _fault(str(error), next(code for kind, code in CODES if isinstance(error, kind)))
    except click.UsageError as error:
        hint = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        return _fault(error.format_message() + hint, USAGE)
    except click.ClickException as error:
        return _fault(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fault("interrupted", INTERRUPTED)
    except BrokenPipeError:
        return _pipe_closed()
    except MemoryError:
        return _fault("out of memory", REFUSED)
    except OSError as error:
        if error.filename is None:
            return _unwritten(error)
        return _fault(f"{error.filename}: {(error.strerror or str(error)).lower()}", REFUSED)
    return result if isinstance(result, int) else DONE


def _fault(message: str, code: int) -> int:
    with contextlib.suppress(OSError):  # a stderr that is closed must not hide the exit code
        click.echo(f"stope: {message}", err=True)
    return code


def _unwritten(error: OSError) -> int:
    """The disk behind the output is full, or the output is closed: said once."""
    _drop_output()
    return _fault(f"the output can't be written: {(error.strerror or str(error)).lower()}", REFUSED)


def _pipe_closed() -> int:
    """The reader has gone, as ``head`` does: leave as other commands do, without a word."""
    _drop_output()
    return PIPE_CLOSED


def _drop_output() -> None:
    """What is still buffered goes nowhere, so that Python does not complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain_streams() -> None:
    """Pipes carry UTF-8 in every locale; what a terminal can't show is escaped, never a fault."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and stream.isatty():
            reconfigure(errors="backslashreplace")
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
