"""One unknown word to the nearest known word, or to none.

The distance is optimal string alignment (Damerau-Levenshtein without overlapping edits): a swapped pair of letters is
one slip of the fingers. Digits are never respelled, nor is a word that is known; a word that carries no condition must
be nearer than a name, because "lake" must not become "like".
"""

from __future__ import annotations

from collections.abc import Mapping

from grammar.tokens import stem

BEGINNING = 3  # letters: fewer stand at the beginning of too many words
SHORT = 5  # letters: one of so few changed is as likely another word as a slip
FREE_OF_MEANING = 2  # the weight of words that only say how something is asked


def allowed(length: int) -> int:
    """How many slips a word of ``length`` letters may hold and still be taken for another."""
    return 0 if length < 4 else 1 if length < 9 else 2


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """The known word that ``word`` is a slip of; None where there is none, or where two are equally near."""
    limit = allowed(len(word))
    if not limit or not word.isalpha():
        return None
    from rapidfuzz import process  # noqa: PLC0415  (its import costs more than a question without slips)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=limit, limit=None)
    scored = [
        (int(distance), known[other], other)
        for other, distance, _ in near
        if abs(len(other) - len(word)) <= 1 and len(other) >= 4 and _fits(word, other, known[other], int(distance))
    ]
    if not scored:
        return None
    best = min(scored)
    # No weight decides between words with a meaning: "miling" is as near to "milling" as to a company's "Mining".
    least = max(best[1], FREE_OF_MEANING - 1)
    rivals = {other for distance, weight, other in scored if distance == best[0] and weight <= least}
    return best[2] if len({stem(r) for r in rivals}) == 1 else _same_letters(word, rivals)


def is_slip_of(word: str, whole: str) -> bool:
    """Whether ``word`` is the beginning of ``whole``, of three letters at least, or a slip of it by one letter."""
    if len(word) < BEGINNING or not word.isalpha() or word[0] != whole[0]:
        return False
    if whole.startswith(word):
        return True
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (as above)

    return len(whole) > BEGINNING and OSA.distance(word, whole, score_cutoff=1) == 1


def _fits(word: str, other: str, weight: int, distance: int) -> bool:
    """A word without meaning corrects only a swap of letters or one slip in a long word; first letters mostly agree,
    in short words always, and there no letter stands for another: "pine" is no "mine", nor "gild" "gold"."""
    if len(word) <= SHORT and len(other) == len(word) and sorted(word) != sorted(other):
        return False
    if weight == FREE_OF_MEANING:
        return sorted(word) == sorted(other) or (distance == 1 and len(word) >= 6)
    return (distance == 1 and len(word) > SHORT) or word[0] == other[0] or sorted(word) == sorted(other)


def _same_letters(word: str, rivals: set[str]) -> str | None:
    """Of equally near words the only one with the same letters, as a swap keeps them."""
    same = sorted(r for r in rivals if sorted(r) == sorted(word))
    return same[0] if len(same) == 1 else None


def parted(word: str, known: Mapping[str, int]) -> str | None:
    """Two known words written as one ("longterm"), the first as long as may be; None where there are none."""
    for cut in range(len(word) - 3, 2, -1):
        first, second = word[:cut], word[cut:]
        if known.get(first, FREE_OF_MEANING) < FREE_OF_MEANING and known.get(second, FREE_OF_MEANING) < FREE_OF_MEANING:
            return f"{first} {second}"
    return None
