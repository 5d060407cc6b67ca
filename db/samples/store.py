"""The samples' own store: made in the cache folder when it is first asked for, and again when its makers change.

It is made by another process (``python -m db.samples.store``), because a question must not pay for importing what
writes a store, and comes back as bytes: where the cache can't be written, they answer from memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path

from db.samples import sample_files
from db.store import Store
from grammar.errors import StoreError

ROOT = Path(__file__).parents[2]
MAKERS = ("grammar", "db")
SECONDS = 120.0


def sample_store(cache: Path) -> Store:
    """The store of the samples, from ``cache`` where it is there and current, else made now."""
    path = cache / f"samples-{_edition()}.db"
    with contextlib.suppress(StoreError):  # not there yet, or damaged: made again
        return Store.open(path)
    data = _make()
    try:
        _put(path, data)
        _forget_older(path)
        return Store.open(path)
    except (OSError, StoreError):
        return Store.from_bytes(data, "the embedded samples")


def _edition() -> str:
    """A name for what the store is made from: the packages' files, by size and time."""
    digest = hashlib.sha256()
    for package in MAKERS:
        for folder, folders, names in os.walk(ROOT / package):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                status = Path(folder, name).stat()
                digest.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _make() -> bytes:
    """The store's bytes, from a process of its own that imports this very package whatever folder it is run in."""
    import subprocess  # noqa: PLC0415

    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, "-P", "-m", "db.samples.store"]
    try:
        made = subprocess.run(command, env=environment, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()
        raise StoreError(f"the embedded samples can't be made: {said[-300:] or error}") from error
    return made.stdout


def _put(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: two that start at once each put the same bytes there."""
    import tempfile  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix="samples-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _forget_older(current: Path) -> None:
    for path in current.parent.glob("samples-*.db"):
        if path != current:
            with contextlib.suppress(OSError):
                path.unlink()


def write_samples() -> bytes:
    """The bytes of a new store of the samples."""
    from db.checks.keeping import check_here, unchecked  # noqa: PLC0415
    from db.parsing import parse_bytes  # noqa: PLC0415
    from db.writing import Writer  # noqa: PLC0415

    with Writer.in_memory() as writer:
        for path in sample_files():
            writer.add(parse_bytes(path.read_bytes(), str(path)))
        with Store.from_bytes(writer.to_bytes()) as store:
            list(check_here(store, writer, unchecked(store)))
        return writer.to_bytes()


if __name__ == "__main__":
    sys.stdout.buffer.write(write_samples())
