"""Names put together of two others: "Lucky Creek" where there are a Lucky Friday and a Greens Creek is neither of them.

Word by word such a name is known, and a sentence that speaks of both mines holds all of it; so it is taken as one word
that nothing answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grammar.reading import Term
from grammar.tokens import split_words
from grammar.vocabulary import Vocabulary

MIXED = "mixed"  # the id of such an unknown term


def without_mixed(question: str, terms: Sequence[Term], vocabulary: Vocabulary) -> list[Term]:
    """The terms, left to right, with two words that stand side by side in no name of the store as one unknown word."""
    made: list[Term] = []
    for term in sorted(terms, key=lambda t: t.start):
        before = made[-1] if made else None
        if before is not None and _may_be_part(before) and _may_be_part(term):
            between = question[before.end : term.start]
            if between == " " and _is_mixed(before.said.lower(), term.said.lower(), vocabulary):
                said = question[before.start : term.end]
                made[-1] = replace(before, kind="unknown", ids=(MIXED,), end=term.end, said=said)
                continue
        made.append(term)
    return made


def _may_be_part(term: Term) -> bool:
    """Whether a term is one word that stands for nothing, or by itself for a mine."""
    mine = term.kind == "entity" and not any(id.startswith("company:") for id in term.ids)
    return (mine or (term.kind == "unknown" and term.id != MIXED)) and term.said.isalpha()


def _is_mixed(first: str, second: str, vocabulary: Vocabulary) -> bool:
    """Whether the first word begins names of the store and the second ends some, but none has them side by side."""
    following = vocabulary.following
    return first in following and second not in following[first] and second in _ends(vocabulary)


def _ends(vocabulary: Vocabulary) -> set[str]:
    """The words that names of several words end with."""
    names = (split_words(entity.name.lower()) for entity in vocabulary.entities.values())
    return {words[-1].text for words in map(list, names) if len(words) > 1}
