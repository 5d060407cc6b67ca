"""Names that are none of the store's: "Lucky Creek" where there are a Lucky Friday and a Greens Creek is neither of
them, and "Iron Peak" is no highest figure of iron.

Word by word such a name is known, and a sentence that speaks of both mines holds all of it; so it is taken as one word
that nothing answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grammar.name_forms import generic_names
from grammar.reading import Term
from grammar.tokens import split_words
from grammar.vocabulary import Vocabulary

MIXED = "mixed"  # the id of such an unknown term


def without_mixed(question: str, terms: Sequence[Term], vocabulary: Vocabulary) -> list[Term]:
    """The terms, left to right, with two words that stand side by side in no name of the store as one unknown word."""
    made: list[Term] = []
    for term in sorted(terms, key=lambda t: t.start):
        before = made[-1] if made else None
        beside = before is not None and question[before.end : term.start] == " "
        if before is not None and beside and _are_one(before, term, question, vocabulary):
            said = question[before.start : term.end]
            made[-1] = replace(before, kind="unknown", ids=(MIXED,), end=term.end, said=said)
        else:
            made.append(term)
    return made


def _are_one(first: Term, second: Term, question: str, vocabulary: Vocabulary) -> bool:
    """Whether two words side by side are one name that the store doesn't hold."""
    if _may_be_part(first) and _may_be_part(second):
        return _is_mixed(first.said.lower(), second.said.lower(), vocabulary)
    return _is_place(first, second, question)


def _is_place(first: Term, second: Term, question: str) -> bool:
    """Whether a metal and what stands behind it are the name of a place: "Iron Peak" is no highest iron."""
    name = first.said[:1].isupper() and second.said[:1].isupper() and not question.isupper() and not question.istitle()
    if first.kind != "metal":
        return False
    if second.kind == "entity":  # "Silver Friday" is no Lucky Friday
        return name and _may_be_part(second) and not second.id.partition(":")[2].startswith(second.said)
    return second.kind == "order" and (name or second.said.lower() in generic_names())


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
