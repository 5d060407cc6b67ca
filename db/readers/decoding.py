"""Bytes to the one text whose lines and columns every place refers to; reading and verifying both decode here."""

from __future__ import annotations

import codecs


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 where a mark or its pattern says so, else Windows-1252.

    A byte order mark stays as the first character, so that columns count it; nothing is normalised or dropped.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        return data.decode(encoding, errors="replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
