"""A user's own words: phrases that mean what the lexicon or the store already knows.

They are checked as the lexicon is: a phrase that already means something keeps that meaning, and what a phrase is
taught to mean must be one thing that questions can name.
"""

from __future__ import annotations

from collections.abc import Iterable

from grammar.binding import LabelsOf
from grammar.lexicon import lexicon
from grammar.phrases import Phrase
from grammar.reading import Term
from grammar.terms import Terms, read_terms
from grammar.tokens import level, split_words, stem
from grammar.vocabulary import Vocabulary
from grammar.when import read_whens

TEACHABLE = ("entity", "measure", "metal", "statement")
ARTICLES = ("the", "a", "an", "our", "my")
MOST_WORDS = 6
SLOTS = {
    "order": "a ranking",
    "compute": "a computation",
    "compare": "a comparison",
    "trend": "a rise or fall",
    "yearly": "a comparison with the year before",
    "bound": "a condition on figures",
    "group": "what an answer runs over",
    "scope": "all of a group",
    "ask": "what is asked",
    "nature": "plans or results",
    "speech": "what a filing says",
    "opinion": "an opinion",
    "number": "a number",
}


def stems_of_phrase(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems that a question must hold to mean the phrase: without an article, abbreviations written out."""
    abbreviations = vocabulary.fixed.abbreviations
    return tuple(stem(abbreviations.get(word, word)) for word in without_article(phrase))


def without_article(phrase: str) -> list[str]:
    """The words of ``phrase`` without the article that it begins with."""
    words = [w.text for w in split_words(phrase)]
    while len(words) > 1 and words[0] in ARTICLES:
        words.pop(0)
    return words


def fault_of(phrase: str, vocabulary: Vocabulary) -> str:
    """Why ``phrase`` can't be taught whatever it is to mean; '' where it can."""
    words = split_words(phrase)
    if any(not (c.isalpha() or c in " -'.&") for c in level(phrase)):
        return "digits and signs are read as periods and amounts"
    if not words:
        return "there is no word in it"
    if len(words) > MOST_WORDS:
        return f"it has more than {MOST_WORDS} words"
    if any(w.start < len(phrase) for text in (phrase, f"{phrase} 2001") for w in read_whens(level(text))):
        return "it names a period"
    fixed = vocabulary.fixed
    if all(w.stem in fixed.function or w.text in fixed.function or w.stem in fixed.filler for w in words):
        return "its words carry no meaning in questions"
    return ""


def meaning_of(text: str, vocabulary: Vocabulary) -> Term | None:
    """The one entity, measure, metal or statement that the whole of ``text`` means; None where there is none."""
    found = read_terms(text, vocabulary)
    terms = [t for t in found.terms if t.kind != "filler"]
    whole = len(terms) == 1 and not (found.unknown or found.whens or found.corrections)
    return terms[0] if whole and terms[0].kind in TEACHABLE else None


def present_meaning(phrase: str, vocabulary: Vocabulary, labels: LabelsOf | None = None) -> tuple[Term, ...]:
    """What ``phrase`` means without being taught; nothing where one of its words has no meaning yet."""
    found: Terms = read_terms(phrase, vocabulary, labels)
    if found.unknown or found.corrections:
        return ()
    return tuple(t for t in found.terms if t.kind != "filler")


def described(terms: Iterable[Term], vocabulary: Vocabulary) -> str:
    """What terms mean, in words that a person knows it by."""
    return " and ".join(dict.fromkeys(_described(term, vocabulary) for term in terms))


def _described(term: Term, vocabulary: Vocabulary) -> str:
    lex = lexicon()
    if term.kind == "entity":
        found = [vocabulary.entities[id] for id in term.ids if id in vocabulary.entities]
        return " or ".join(f"{e.name} ({e.kind})" for e in found)
    if term.kind == "measure":
        known = [lex.metrics.get(id) or lex.ratios.get(id) for id in term.ids[:1]]
        return " or ".join(m.name.lower() for m in known if m)
    if term.kind == "statement":
        return lex.statements[term.id].name.lower()
    if term.kind == "label":
        return f"the line {term.id!r}"
    if term.kind in SLOTS:
        return SLOTS[term.kind]
    return term.id.replace("_", " ") if term.kind == "metal" else f"the {term.kind} {term.id}"


def taught_phrases(pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> dict[Phrase, tuple[str, str]]:
    """The phrases of (phrase, meaning) pairs with the pair of each; those left out that this store can't take.

    Left out are a meaning that the store doesn't hold, and a phrase that means something else here.
    """
    made: dict[Phrase, tuple[str, str]] = {}
    for phrase, meaning in pairs:
        term = meaning_of(meaning, vocabulary)
        if term is None or fault_of(phrase, vocabulary):
            continue
        if all((t.kind, t.ids) == (term.kind, term.ids) for t in present_meaning(phrase, vocabulary)):
            made[Phrase(stems_of_phrase(phrase, vocabulary), term.kind, "|".join(term.ids))] = (phrase, meaning)
    return made
