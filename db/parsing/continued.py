"""Tables that go on over the end of a page, where their title is said again with "(continued)" behind it."""

from __future__ import annotations

import re

CONTINUED = re.compile(r"[-,\s]*\(?\s*\b(?:cont(?:\.|'d|inued)?)\s*\)?\.?\s*$", re.IGNORECASE)


def says_again(text: str, title: str) -> bool:
    """Whether a line is a table's title said again as that of its rest: ``HIGHLIGHTS (continued)``."""
    bare = CONTINUED.sub("", text)
    return bare != text and bool(title) and " ".join(bare.split()).lower() == title.lower()
