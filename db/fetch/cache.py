"""Files that were fetched, on disk: each is there whole or not at all, so that a stopped run can be taken up again."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grammar.errors import FetchError


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of files by name (``submissions/CIK0000001234.json``)."""

    folder: Path

    def path(self, name: str) -> Path:
        """Where a file of that name is kept; FetchError for a name that would leave the folder."""
        parts = PurePosixPath(name).parts
        if not parts or any(part in ("..", "/") or "\\" in part or ":" in part for part in parts):
            raise FetchError(f"{name!r} is no name for a cached file")
        return self.folder.joinpath(*parts)

    def get(self, name: str, max_age: float | None = None) -> bytes | None:
        """The file's bytes; None where it isn't there or is older than ``max_age`` seconds."""
        path = self.path(name)
        try:
            if max_age is not None and time.time() - path.stat().st_mtime > max_age:
                return None
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, data: bytes) -> Path:
        """Keep ``data`` under ``name`` and say where: written beside it first, then moved there in one step."""
        path = self.path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        except OSError as error:
            raise FetchError(f"{path} can't be written: {error.strerror}") from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError as error:
            raise FetchError(f"{path} can't be written: {error.strerror}") from error
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
        return path
