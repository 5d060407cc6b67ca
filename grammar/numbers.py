"""The numbers of a question as terms: counts ("top 3"), ordinals ("second highest"), amounts ("$40", "a million")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grammar.reading import Term
from grammar.tokens import Word

COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "twenty": 20,
}  # fmt: skip
ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "mm": 1e6, "billion": 1e9,
    "bn": 1e9, "b": 1e9,
}  # fmt: skip


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
