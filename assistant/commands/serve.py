"""``stope serve``: the interface in a browser, on this machine alone unless another address is named."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec

import click

from assistant.options import db_option
from grammar.errors import UsageError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
MISSING = "serving needs textual-serve, which isn't installed: pip install 'stope[serve]'"


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="The port to listen at.")
@click.option("--no-history", is_flag=True, help="Keep nothing of the conversation.")
def command(db: str | None, host: str, port: int, no_history: bool) -> int:
    """Open the interface to a browser; Ctrl+C ends it.

    It listens on this machine only. With another --host everybody who reaches that address can read the store: there
    is no password.
    """
    from assistant.where import store_to_read  # noqa: PLC0415

    if find_spec("textual_serve") is None:
        raise UsageError(MISSING)
    store_to_read(db).close()  # a store that can't be read is said here, not in the browser
    if host not in LOOPBACK:
        click.echo(f"stope: everybody who reaches {host}:{port} can read this store; there is no password", err=True)
    from textual_serve.server import Server  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    Server(shlex.join(interface_command(db, no_history)), host=host, port=port, title="stope").serve()
    return 0


def interface_command(db: str | None, no_history: bool) -> list[str]:
    """The command that each browser window runs."""
    options = ([] if db is None else ["--db", db]) + (["--no-history"] if no_history else [])
    return [sys.executable, "-m", "assistant.start", *options]
