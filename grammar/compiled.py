"""The lexicon as it was when it was last compiled: its tables as JSON, and its phrases by their rarest stem.

Parsing the TOML and stemming two thousand phrases takes longer than answering; so both are kept in ``compiled.json``
(``python -m tests.kept`` makes it, a test holds it against the lexicon). A TOML file that was changed since makes the
digest differ, and the lexicon is then read from the TOML, checked anew.
"""

from __future__ import annotations

import functools
import json
import zlib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("lexicon")
FILE = Path(__file__).with_name("compiled.json")
Entry = tuple[list[str], str, str, int]  # stems, kind, id, rank


def digest() -> str:
    """What tells one state of the TOML files from another: a checksum, against mistakes and not against malice."""
    summed = 0
    for path in sorted(FOLDER.rglob("*.toml")):
        named = path.relative_to(FOLDER).as_posix().encode() + b"\0"
        summed = zlib.crc32(path.read_bytes().replace(b"\r\n", b"\n"), zlib.crc32(named, summed))
    return f"{summed:08x}"


@functools.cache
def compiled() -> dict[str, Any] | None:
    """The kept form, None where the TOML files say something else by now."""
    if not FILE.exists():
        return None
    kept: dict[str, Any] = json.loads(FILE.read_bytes())
    return kept if kept["digest"] == digest() else None


def table(path: Path) -> dict[str, Any] | None:
    """The tables of a lexicon file as they were compiled; None for a file that was not, or was changed since."""
    kept = compiled() if FOLDER in path.parents else None
    found: dict[str, Any] | None = kept["tables"].get(path.relative_to(FOLDER).as_posix()) if kept else None
    return found
