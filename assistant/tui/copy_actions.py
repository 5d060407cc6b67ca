"""Copying, exporting: the same bytes as the command prints, by every way there is to a clipboard, and a file."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from pathlib import Path

from assistant.tui.source_actions import SourceActions


class CopyActions(SourceActions):
    """What takes something out of the interface."""

    def action_copy(self, what: str, format: str = "") -> None:
        """Copy that part of the selected answer."""
        entry = self.entry
        if entry is None:
            self.notify("there is nothing to copy yet: ask a question first")
            return
        format = format or self.preferences.copy_format
        place = self.place

        async def copy() -> None:
            from assistant.tui.copying import WHAT, text_to_copy  # noqa: PLC0415

            text = await self.look(lambda engine: text_to_copy(what, entry, place, format, engine))
            name = WHAT[what] + (f" as {format}" if what == "cited" else "")
            await self.put_on_clipboard(text, name)

        self.work(copy, group="copying")

    async def put_on_clipboard(self, text: str, name: str) -> None:
        """Copy by the native command and by OSC 52, keep it in a file, and say what worked."""
        from assistant.tui.clipboard import copied_message, copy_native, keep, native_command  # noqa: PLC0415

        if not text.strip():
            self.notify(f"there is nothing to copy: the answer has no {name.removeprefix('the ')}", severity="warning")
            return
        self.copy_to_clipboard(text)
        command = native_command()
        worked = command is not None and await asyncio.to_thread(copy_native, text, command)
        kept = self.kept.last_copy
        is_kept = kept is not None and await asyncio.to_thread(keep, text, kept)
        self.notify(
            copied_message(name, command[0] if command and worked else None, kept if is_kept else None), timeout=6
        )

    def action_copy_what(self) -> None:
        """Choose what to copy, or in which format from now on."""
        self.work(self._copy_what, group="lists", exclusive=True)

    async def _copy_what(self) -> None:
        from assistant.tui.copying import WHAT  # noqa: PLC0415

        formats = await self.look(lambda engine: engine.formats())
        parts = [part for part in WHAT if part != "cited"]
        rows = [("cited, as " + name, about) for name, about in formats]
        rows += [(part, WHAT[part]) for part in parts]
        names = [name for name, _ in formats]
        at = names.index(self.preferences.copy_format) if self.preferences.copy_format in names else 0
        picked = await self.pick_row(
            "Copy (a format that is picked here stays the one of ^Y)", ("What", ""), rows, at=at
        )
        if picked is None:
            return
        if picked[1] < len(names):
            self.preferences.copy_format = names[picked[1]]
            self.save_preferences()
            self.action_copy("cited")
        else:
            self.action_copy(parts[picked[1] - len(names)])

    def action_export(self, name: str = "") -> None:
        """Write the conversation to a file; its suffix says the format, Markdown where none is named."""
        self.work(partial(self._export, name), group="copying")

    async def _export(self, name: str) -> None:
        from assistant.tui.copying import conversation_text, format_for  # noqa: PLC0415

        path = Path(name).expanduser() if name else Path.cwd() / f"stope-{dt.datetime.now():%Y-%m-%d-%H%M%S}.md"
        since = [index for index, entry in enumerate(self.transcript.entries) if entry.state == "divider"]
        entries = self.transcript.entries[since[-1] + 1 if since else 0 :]
        answered = [entry for entry in entries if entry.answer is not None]
        if not answered:
            self.notify("there is nothing to export in this conversation", severity="warning")
            return
        names = [format for format, _ in await self.look(lambda engine: engine.formats())]
        format = format_for(path, names)
        text = await self.look(lambda engine: conversation_text(answered, format, engine))
        problem = await asyncio.to_thread(_write_new, path, text)
        if problem:
            self.notify(f"not exported: {problem}", severity="error")
        else:
            self.notify(f"{len(answered)} questions exported as {format} to {path}", timeout=8)


def _write_new(path: Path, text: str) -> str:
    """Write a file that isn't there yet; what went wrong, '' if nothing did."""
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        return f"{path} is there already, and is left as it is"
    except OSError as error:
        return f"{path}: {error.strerror}"
    return ""
