"""A question with its slips of the fingers mended, and the way back to the places of the question as it was typed."""

from __future__ import annotations

from collections.abc import Iterator

from grammar.binding import LabelsOf
from grammar.name_forms import generic_names
from grammar.numbers import is_number_word
from grammar.records import record
from grammar.spelling import is_slip_of, nearest, parted
from grammar.tokens import Word, split_words
from grammar.vocabulary import Vocabulary
from grammar.when import read_whens


@record
class Respelled:
    """The mended ``text``; ``origin`` gives the place that each of its characters came from; ``changes`` are what was
    said and what it is read as."""

    text: str
    origin: tuple[int, ...]
    changes: tuple[tuple[str, str], ...]

    def place(self, index: int) -> int:
        """The place in the question as typed of a place in the mended text."""
        return self.origin[min(index, len(self.origin) - 1)]


def respelled(text: str, vocabulary: Vocabulary, labels: LabelsOf | None = None) -> Respelled:
    """``text`` with each unknown word respelled to the nearest known one, where there is one; a word of a printed label
    is known."""
    out, at = "", 0
    origin: list[int] = []
    changes: list[tuple[str, str]] = []
    for word, better in _slips(text, vocabulary, labels):
        out += text[at : word.start] + better
        origin += range(at, word.start)
        origin += (min(word.start + i, word.end - 1) for i in range(len(better)))
        changes.append((text[word.start : word.end], better))
        at = word.end
    return Respelled(out + text[at:], (*origin, *range(at, len(text) + 1)), tuple(changes))


def _slips(text: str, vocabulary: Vocabulary, labels: LabelsOf | None) -> Iterator[tuple[Word, str]]:
    whens = read_whens(text)
    before: str | None = None
    for word in split_words(text):
        if is_known(word, vocabulary) or any(w.start <= word.start < w.end for w in whens):
            before = word.text
            continue
        better = vocabulary.fixed.period_slips.get(word.text) or _next_of_name(before, word.text, vocabulary)
        if not better and not (labels and any(labels(frozenset((word.stem,))))):
            better = _nearest(word.text, vocabulary)
        before = better or word.text
        if better and better != word.text:
            yield word, better


def _next_of_name(before: str | None, word: str, vocabulary: Vocabulary) -> str | None:
    """The word that follows ``before`` in a name, where ``word`` begins it or has one slip: what stands in a name is
    known by its place, so that "Blue Lak" and "Blue Leke" are the lake, though neither word is long."""
    following = vocabulary.following.get(before or "", ())
    fitting = {name for name in following if is_slip_of(word, name)}
    return fitting.pop() if len(fitting) == 1 else None


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    return parted(word, vocabulary.words) or nearest(word, vocabulary.words)


def is_known(word: Word, vocabulary: Vocabulary) -> bool:
    """Whether a word needs no mending: digits and signs, words with a meaning, words declared filler, and
    what many places are called, which nobody means for another word ("Lake" is no "make")."""
    known = vocabulary.stems
    return (
        not word.text.isalpha()
        or word.stem in known
        or word.text in known
        or word.text in vocabulary.fixed.abbreviations
        or is_number_word(word.text)
        or word.text in generic_names()
    )
