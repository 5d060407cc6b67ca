"""The terminal interface over a store, opened by ``stope`` alone and by the command line alike."""

from __future__ import annotations


def open_interface(store: str | None, history: bool) -> int:
    """Show the interface until it is left; the exit status. The store is opened after the first frame."""
    from assistant.tui.app import Kept, engine_over, run  # noqa: PLC0415
    from assistant.where import store_to_read, store_to_write  # noqa: PLC0415

    open_engine = engine_over(lambda: store_to_read(store, say=False))
    return run(open_engine, Kept.beside(store_to_write(store), history))
