"""Text cut into words once for each way to write them: the words of filings come again and again.

A text is split at its white space; what stands between is cut by a pattern the first time that it is met, and is known
from then on. So most of a text is cut by looking it up, without a step of Python for each of its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import accumulate, chain, compress, count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
_KNOWN = 8192  # pieces that are kept; a language has fewer words that are common


class _Known(dict[K, T], Generic[K, T]):
    """What a function gives for each word that it was asked for; all is forgotten when there are too many."""

    __slots__ = ("_of",)

    def __init__(self, of: Callable[[K], T]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: K) -> T:
        if len(self) >= _KNOWN:
            self.clear()
        found = self[word] = self._of(word)
        return found


def remembered(of: Callable[[K], T]) -> Callable[[K], T]:
    """A function of a word that is worked out once for each; what was asked is told in half the time of a cache's."""
    return _Known(of).__getitem__


class Cutter:
    """Cuts a text into all that a pattern finds in it; the pattern never finds white space."""

    __slots__ = ("_lengths", "_split", "_words")

    def __init__(self, pattern: str) -> None:
        self._split = re.compile(f"({pattern})").split
        self._words = remembered(self._words_of)
        self._lengths = remembered(self._lengths_of)

    def words(self, pieces: list[str]) -> list[str]:
        """What is found, in order, in the pieces of a text between its white space (``text.split()``)."""
        return list(chain.from_iterable(map(self._words, pieces)))

    def starts(self, text: str, pieces: list[str]) -> list[int]:
        """Where each of the words begins in the text."""
        lengths = list(chain.from_iterable(map(self._lengths, pieces)))
        edges = list(accumulate(lengths, initial=-1))
        if edges[-1] != len(text):  # its white space is not folded
            return self._apart(text, pieces)
        return list(compress(edges[1::2], lengths[1::2]))

    def _words_of(self, piece: str) -> tuple[str, ...]:
        return tuple(self._split(piece)[1::2])

    def _lengths_of(self, piece: str) -> tuple[int, ...]:
        """How long are the gap before each word, a blank before the piece counted in, and the word; a piece that ends
        with a gap has a word of no length behind it."""
        first, *lengths = map(len, self._split(piece))
        return (first + 1, *lengths, 0) if not lengths or lengths[-1] else (first + 1, *lengths[:-1])

    def _apart(self, text: str, pieces: list[str]) -> list[int]:
        starts, end = list[int](), 0
        for piece in pieces:
            at, lengths = text.index(piece, end), self._lengths(piece)
            starts += compress(list(accumulate(lengths, initial=at - 1))[1::2], lengths[1::2])
            end = at + len(piece)
        return starts


def where(known: Callable[[str], object], words: Iterable[str]) -> Iterator[int]:
    """The places of those words of a row that ``known`` holds for."""
    return compress(count(), map(known, words))
