"""Copying: the desktop's own command where there is one; it can say that it worked, which OSC 52 can't."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Which = Callable[[str], str | None]
PATIENCE = 2.0


def native_command(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform, which: Which = shutil.which
) -> list[str] | None:
    """The command that puts its input on the clipboard here, None where there is none that can work."""
    candidates: list[tuple[bool, list[str]]] = [
        (platform == "darwin", ["pbcopy"]),
        ("WAYLAND_DISPLAY" in environ, ["wl-copy"]),
        ("DISPLAY" in environ, ["xclip", "-selection", "clipboard"]),
        ("DISPLAY" in environ, ["xsel", "--clipboard", "--input"]),
        ("WSL_DISTRO_NAME" in environ or platform == "win32", ["clip.exe"]),
        ("TMUX" in environ, ["tmux", "load-buffer", "-w", "-"]),
    ]
    return next((command for fits, command in candidates if fits and which(command[0])), None)


def copy_native(text: str, command: list[str]) -> bool:
    """Whether the command took the text; it may stay in the background to serve it, so nothing of it is waited for."""
    data = text.encode("utf-16") if command[0] == "clip.exe" else text.encode()
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def keep(text: str, path: Path) -> bool:
    """Whether the text could be kept in the file, readable by its owner alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            file.write(text)
    except OSError:
        return False
    return True


def copied_message(what: str, native: str | None, kept: Path | None) -> str:
    """What was copied and by which way, so that nobody has to guess why a paste is empty."""
    way = f"with {native} and OSC 52" if native else "with OSC 52 only: the terminal doesn't say whether it took it"
    last = f"; also in {kept}" if kept else ""
    return f"Copied {what} {way}{last}"
