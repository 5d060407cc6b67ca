"""One file a document format; ``read`` recognises the format from the bytes, never from the file's name.

text        ASCII releases: no blocks here, the parser finds them from the lines
html        db/readers/html.py
submission  db/readers/submission.py: EDGAR's full submission, or one ``<DOCUMENT>`` of it
"""

from __future__ import annotations

from db.readers.decoding import decode
from db.readers.markup import anchor_near
from db.readers.refusing import MAX_BYTES, refuse_unreadable
from db.readers.source import PartSource, Source
from db.readers.submission import read_text

__all__ = ["MAX_BYTES", "PartSource", "Source", "anchor_near", "decode", "read"]


def read(data: bytes, name: str) -> Source:
    """The parts of a file; ReadError, saying what to give instead, where it can't be read as a filing."""
    refuse_unreadable(data, name)
    return read_text(decode(data), name)
