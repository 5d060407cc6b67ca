"""Which files an ``add`` means: files as they are named, folders searched, ``-`` for what is piped in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.readers import MAX_BYTES
from grammar.errors import ReadError

STDIN = "-"
SUFFIXES = frozenset((".txt", ".text", ".asc", ".nc", ".sgml", ".htm", ".html", ".xhtml", ""))


@dataclass(frozen=True, slots=True)
class Given:
    """A file to read (``path`` is ``-`` for standard input), or, with ``problem``, what can't be one."""

    path: str
    size: int = 0
    problem: str = ""


def gather(paths: Sequence[str]) -> list[Given]:
    """The files behind the words of the command, each once, a folder's in the order of their names.

    In a folder only names that a filing can have are taken and hidden ones left; a file that is named is always tried.
    """
    found: dict[str, Given] = {}
    for path in paths:
        for file in _behind(path):
            found.setdefault(file.path, file)
    return list(found.values())


def _behind(path: str) -> Iterator[Given]:
    if path == STDIN:
        yield Given(STDIN)
        return
    place = Path(path).expanduser().absolute()
    if place.is_dir():
        files = list(_in_folder(place))
        if not files:
            kinds = ", ".join(sorted(SUFFIXES - {""}))
            yield Given(str(place), problem=f"{path} holds no filing (files that end in {kinds}, or in nothing)")
        yield from files
    else:
        yield _file(place, path)


def _in_folder(folder: Path) -> Iterator[Given]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            place = Path(parent, name)
            if not name.startswith(".") and place.suffix.lower() in SUFFIXES and place.is_file():
                yield _file(place, str(place))


def _file(place: Path, said: str) -> Given:
    try:
        status = place.stat()
    except OSError as error:
        return Given(str(place), problem=f"{said} can't be read: {(error.strerror or str(error)).lower()}")
    if not place.is_file():
        return Given(str(place), problem=f"{said} is no file: name a filing, a folder of filings, or - to pipe one in")
    return Given(str(place), status.st_size)


def read_file(path: str) -> bytes:
    """The bytes of a file; ReadError where it can't be read or is more than is read at once."""
    place = Path(path)
    try:
        with place.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(MAX_BYTES + 1) if size <= MAX_BYTES else b""
    except OSError as error:
        raise ReadError(f"{path} can't be read: {(error.strerror or str(error)).lower()}") from error
    if max(size, len(data)) > MAX_BYTES:
        raise ReadError(
            f"{path} has {max(size, len(data)) / 2**20:.0f} MB, more than the {MAX_BYTES >> 20} MB that are read at "
            "once: give the main document or the exhibit you need as a file of its own"
        )
    return data
