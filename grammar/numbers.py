"""The numbers of a question as terms: counts ("top 3"), ordinals ("second highest"), amounts ("$40", "a million")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grammar.prose_words import prose_data
from grammar.reading import Term
from grammar.tokens import Word

_NUMERALS = prose_data()["numerals"]
COUNTS = {word: int({**_NUMERALS["small"], **_NUMERALS["tens"]}[word]) for word in _NUMERALS["asked"]}
ORDINALS: dict[str, int] = _NUMERALS["ranks"]
MAGNITUDES = {word: float({**_NUMERALS["scales"], **_NUMERALS["suffixes"]}[word]) for word in _NUMERALS["asked_scales"]}


def is_number_word(word: str) -> bool:
    """Whether a word is part of a number as people write it out."""
    return word in COUNTS or word in ORDINALS or word in MAGNITUDES


def number_terms(words: Sequence[Word]) -> list[Term]:
    """The numbers among ``words``: ``ordinal``, ``dollars`` (behind a $), else ``amount``."""
    return list(_numbers(words))


def _numbers(words: Sequence[Word]) -> Iterator[Term]:
    for i, word in enumerate(words):
        if word.text in ORDINALS:
            yield _term(words, i, i, "ordinal", ORDINALS[word.text])
        elif _is_bare_magnitude(words, i):
            yield _term(words, i, i, "amount", MAGNITUDES[word.text])
        elif (value := _value(words, i)) is not None:
            scaled = _has_magnitude(words, i)
            first = i - 1 if i and words[i - 1].text == "$" else i
            factor = MAGNITUDES[words[i + 1].text] if scaled else 1.0
            yield _term(words, first, i + 1 if scaled else i, "dollars" if first < i else "amount", value * factor)


def _value(words: Sequence[Word], i: int) -> float | None:
    word = words[i]
    if word.is_number:
        return float(word.text.replace(",", ""))
    if word.text == "one" and not _has_magnitude(words, i):  # "one ton", "which one": no count
        return None
    return float(COUNTS[word.text]) if word.text in COUNTS else None


def _has_magnitude(words: Sequence[Word], i: int) -> bool:
    """Whether "million" follows, or a letter that stands for it without a space ("3m")."""
    if i + 1 == len(words) or words[i + 1].text not in MAGNITUDES:
        return False
    return len(words[i + 1].text) > 2 or words[i + 1].start == words[i].end


def _is_bare_magnitude(words: Sequence[Word], i: int) -> bool:
    """ "over a million ounces": the magnitude alone is the number."""
    return words[i].text in MAGNITUDES and len(words[i].text) > 2 and bool(i) and words[i - 1].text == "a"


def _term(words: Sequence[Word], first: int, last: int, kind: str, value: float) -> Term:
    positions = tuple(range(first, last + 1))
    return Term("number", (kind,), words[first].start, words[last].end, "", positions, float(value))
