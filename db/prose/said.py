"""A text heard once: its words with their places, and in one scan every listed phrase that stands among them.

The rooms that read a sentence each look for phrases of lists of their own (``LISTS``, of prose.toml): plans,
comparisons, metals, what makes an aside of a figure. All lists are indexed together by the first words of their
phrases, so one pass over the words finds what all rooms look for, and a room only asks what was found of its lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from db.prose.phrases import Span
from grammar.chunks import Cutter, where
from grammar.prose_words import prose_data
from grammar.tokens import lowered

List = tuple[str, str]  # table and key of prose.toml
Phrases = Sequence[tuple[List, str]]
Index = Mapping[str, Mapping[str, Phrases]]  # by the first word of the phrases and by the word behind it
FoundSpans = Mapping[List, Sequence[Span]]
LISTS: tuple[List, ...] = (
    *(("guidance", key) for key in ("cues", "not", "projects", "behind", "done")),
    *(("comparison", key) for key in ("boundaries", "changes")),
    *(("aside", key) for key in ("supposing", "others", "capacity", "valued", "ever")),
    ("adjusted", "cues"),
    ("rates", "metals"),
)
_WORD = re.compile(r"\w+")
_WORDS = Cutter(_WORD.pattern)


class Said:
    """A text, the same in lower case (``low``), and its words in lower case with where they begin (``starts``, worked
    out when it is first asked for)."""

    __slots__ = ("_found", "_pieces", "low", "starts", "text", "words")
    starts: list[int]

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = lowered(text)
        self._pieces = self.low.split()
        self.words = _WORDS.words(self._pieces)
        self._found: FoundSpans | None = None

    def __getattr__(self, name: str) -> list[int]:
        if name != "starts":
            raise AttributeError(name)
        self.starts = _WORDS.starts(self.low, self._pieces)
        return self.starts

    def spans(self, table: str, key: str) -> Sequence[Span]:
        """The phrases of one of ``LISTS``, left to right, none over another; blanks stand as the list writes them."""
        if self._found is None:
            self._found = _scan(self, _index(LISTS))
        return self._found.get((table, key), ())

    def has(self, words: frozenset[str]) -> bool:
        """Whether any of the words is said."""
        return not words.isdisjoint(self.words)

    def word_before(self, place: int) -> str:
        """The word before a place with nothing but white space between, empty where there is none."""
        at = bisect_left(self.starts, place) - 1
        if at < 0:
            return ""
        end = self.starts[at] + len(self.words[at])
        return self.words[at] if self.low[end:place].isspace() else ""


@lru_cache(maxsize=4)
def _said(text: str) -> Said:
    """A text that is asked for several lists one by one."""
    return Said(text)


def spans_of(table: str, key: str, text: str) -> Sequence[Span]:
    """The phrases of one list in a text, left to right, none over another; blanks stand as the list writes them."""
    return _scan(_said(text), _index(((table, key),))).get((table, key), ())


def _scan(said: Said, index: Index) -> FoundSpans:
    """The phrases of all lists of an index in a text: of each list the longest that begin at a word."""
    found: dict[List, list[Span]] = {}
    low, words = said.low, said.words
    for at in where(index.__contains__, words):
        phrases, start = index[words[at]], said.starts[at]
        following = words[at + 1] if at + 1 < len(words) else ""
        for listed, phrase in phrases.get(following) or phrases[""]:
            if low.startswith(phrase, start) and _apart(low, start, start + len(phrase)):
                spans = found.setdefault(listed, [])
                if not spans or spans[-1].end <= start:
                    spans.append(Span(start, start + len(phrase), phrase))
    return found


def _apart(low: str, start: int, end: int) -> bool:
    """Whether what begins with a word is no part of a longer or hyphenated one."""
    after = low[end : end + 1]
    if after.isalnum() or after in ("-", "_"):
        return False
    return start < 2 or low[start - 1] != "-" or not low[start - 2].isalnum()


@cache
def _index(lists: Iterable[List]) -> Index:
    """The phrases of lists by their first two words, those of one word behind any; the longest first."""
    index: dict[str, dict[str, list[tuple[List, str]]]] = {}
    for table, key in lists:
        for phrase in prose_data()[table][key]:
            first, second, *_ = *_WORD.findall(phrase), ""
            index.setdefault(first, {"": []}).setdefault(second, []).append(((table, key), phrase))
    for phrases in index.values():
        for second, listed in phrases.items():
            listed.extend(phrases[""] if second else ())
            listed.sort(key=lambda entry: -len(entry[1]))
    return index
