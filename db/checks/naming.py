"""Which mines of a filing's tables a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from db.checks.figure import Figure


class Mines:
    """The mines of some figures, to be looked for in many texts."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        names = dict.fromkeys([figure.entity for figure in figures if figure.entity_kind == "mine"])
        self._names = [(name, name.lower()) for name in names if name]

    def named(self, text: str) -> list[str]:
        """The mines that the text names as whole words, in the tables' order."""
        low = text.lower()
        return [name for name, key in self._names if key in low and _whole(name).search(text)]


@lru_cache(256)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
