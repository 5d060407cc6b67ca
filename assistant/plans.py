"""Whether a question is about a plan that was given up since: "the earlier guidance", "what was first estimated"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grammar.prose_words import words
from grammar.tokens import Word, split_words

_BETWEEN = 6  # words, at most, from "earlier" to the plan: "the previous full-year silver production guidance"


def asks_earlier(question: str) -> bool:
    """Whether a plan is asked for that was given up since."""
    row = split_words(question)
    earlier = (at for at, word in enumerate(row) if word.text in words("earlier_plans", "earlier"))
    return any(_is_of_plan(question, row[at : at + 2 + _BETWEEN]) for at in earlier)


def _is_of_plan(question: str, row: Sequence[Word]) -> bool:
    """Whether the first word of a row is said of a plan: named after it, only words between, or made right then."""
    for at, (before, word) in enumerate(pairwise(row)):
        gap = question[before.end : word.start]
        if not (gap.isspace() or (at and gap == "-")):
            return False
        if word.text in words("earlier_plans", "named") or (not at and word.text in words("earlier_plans", "made")):
            return True
    return False
