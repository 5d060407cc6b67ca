"""A question to Terms: every word bound to a meaning, declared filler, or named as not understood.

Periods are read first, then everything else competes for the words that are left: the longest phrase wins, an unbroken
one before a broken one. What two meanings claim equally keeps both, the likelier first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from grammar.binding import Binder, LabelsOf
from grammar.mixed_names import without_mixed
from grammar.reading import Term
from grammar.records import record
from grammar.respelling import Respelled, respelled
from grammar.tokens import Word, level, split_words, stem
from grammar.vocabulary import Vocabulary
from grammar.when import When, read_whens

_CORRECTED = re.compile(
    r"[\s.,;:-]*\b(?:no|sorry|scratch that|correction|i mean(?:t)?|make that|rather)\b"
    r"(?:,\s*|\s+(?=of|i\b|the\b))(?=\w)"
)
_CLAUSE = re.compile(r"[.!?;:]+\s+|\s+-+\s+|,\s+")
_OVER_PERIODS = re.compile(r"\s+(?:the\s+)?(?:\w+\s+){0,2}(?:quarters|qtrs|periods)\b")  # "over the four quarters"
_MEANS = re.compile(r"\b(?:does|do|did)\b.*\bmeans?\W*$|\bmeant?\s+by\b|\bmeans\b")
_BESIDE = re.compile(r"[\s,:(]*(?:(?:in|on|from|of|for)\s+)?(?:the\s+)?|.*\d.*[\s,:(]*")  # a period may stand between
CASH_FLOW = ("cash flow", "cash flows")
MEANT = ("mean", "means", "meant", "meaning")
THROUGH = frozenset(("through", "thru", "until"))  # between two periods: all from one to the other
_PERIODS = re.compile(r"\b(?:quarters?|qtrs?|periods?)\b")
ASKING = frozenset(("what", "how", "which", "who", "did", "does", "was", "were"))
MEANING = frozenset(("entity", "measure", "metal", "label"))


@record
class Terms:
    """A question's terms in order; ``unknown`` are its words without meaning, ``corrections`` (said, read as) pairs."""

    text: str
    terms: tuple[Term, ...]
    whens: tuple[When, ...]
    unknown: tuple[Term, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()

    def of(self, *kinds: str) -> list[Term]:
        """The terms of these kinds, in the question's order."""
        return [t for t in self.terms if t.kind in kinds]


def read_terms(question: str, vocabulary: Vocabulary, labels: LabelsOf | None = None) -> Terms:
    """The terms of ``question``; ``labels`` gives the printed labels that hold some of the given stems."""
    mended = respelled(level(question), vocabulary, labels)
    whens = read_whens(mended.text)
    balances = sum(1 for w in whens if w.kinds[:1] == ("instant",)) > 1
    words = _words(mended.text, whens, vocabulary)
    terms = Binder(words, mended.text, vocabulary, labels, balances).bind()
    terms = _without_chatter(mended.text, terms, whens, vocabulary)
    terms, whens = _last_word(mended.text, terms, whens)
    terms, whens = _ranked_times(mended.text, terms, whens)
    terms = _relative_clauses(_of_meaning(mended.text, _of_cash_flow(mended.text, terms)))
    terms += _countries(question, words)
    placed = without_mixed(question, [_placed(t, mended, question) for t in terms], vocabulary)
    return Terms(
        question,
        tuple(t for t in placed if t.kind != "unknown"),
        tuple(_placed_when(w, mended, question) for w in whens),
        tuple(t for t in placed if t.kind == "unknown"),
        mended.changes,
    )


def _countries(question: str, words: Sequence[Word]) -> list[Term]:
    """ "US" in capitals is a country, which no filler word is."""
    found = [w for w in words if w.text == "us" and question[w.start : w.end] == "US" and not question.isupper()]
    found = [w for w in found if question[w.end : w.end + 1] != "$"]
    return [Term("unknown", ("",), w.start, w.end, "US") for w in found]


def _words(text: str, whens: Sequence[When], vocabulary: Vocabulary) -> list[Word]:
    """The words that name no period, abbreviations spelled out."""
    table = vocabulary.fixed.abbreviations
    rest = [w for w in split_words(text) if not any(x.start <= w.start < x.end for x in whens)]
    between = {text[a.end : b.start].strip() for a, b in pairwise(whens)}
    rest = [w for w in rest if w.text not in THROUGH or w.text not in between]
    return [replace(w, text=table[w.text], stem=stem(table[w.text])) if w.text in table else w for w in rest]


def _placed(term: Term, mended: Respelled, question: str) -> Term:
    """The term at its place in the question as it was typed."""
    start, end = mended.place(term.start), mended.place(term.end - 1) + 1
    return Term(term.kind, term.ids, start, end, question[start:end], term.positions, term.number)


def _placed_when(when: When, mended: Respelled, question: str) -> When:
    start, end = mended.place(when.start), mended.place(when.end - 1) + 1
    return replace(when, start=start, end=end, said=question[start:end])


def _last_word(text: str, terms: list[Term], whens: tuple[When, ...]) -> tuple[list[Term], tuple[When, ...]]:
    """ "growth of X... no, of Y": what is said after a correction stands in the place of what was said before."""
    cut = _CORRECTED.search(text)
    if cut is None:
        return terms, whens
    terms = [t for t in terms if not (t.kind == "negation" and cut.start() <= t.start < cut.end())]
    later = {t.kind for t in terms if t.start >= cut.end()}
    if later & {"measure", "label"}:
        later |= {"measure", "label", "metal", "unit"}
    kept = [t for t in terms if t.start >= cut.start() or t.kind not in later]
    return kept, tuple(w for w in whens if w.start >= cut.end()) or whens


def _ranked_times(text: str, terms: list[Term], whens: tuple[When, ...]) -> tuple[list[Term], tuple[When, ...]]:
    """ "When was X the highest" ranks the periods of X: its "when" is a period, and no text is asked for."""
    ranked = [t for t in terms if t.kind == "order" or (t.kind == "bound" and not _OVER_PERIODS.match(text[t.end :]))]
    of_years = all(w.release or (w.year and not (w.exact or w.kinds or w.relative or w.run)) for w in whens)
    if ranked and of_years and (said := _PERIODS.search(text)):  # "the best quarter for X", "of 2003"
        return terms, (When(said.start(), said.end(), said.group(), relative="any"), *whens)
    asked = [t for t in terms if t.kind == "speech" and t.id == "when"]
    if not asked or not any(t.kind == "order" for t in terms) or not any(t.kind == "measure" for t in terms):
        return terms, whens
    any_time = When(asked[0].start, asked[0].end, asked[0].said, relative="any")
    return [t for t in terms if t not in asked], (any_time, *whens)


def _of_cash_flow(text: str, terms: list[Term]) -> list[Term]:
    """ "Deferred income taxes, cash flow": the statement's name beside a line that it has says which line is meant."""
    if CASH_FLOW[0] not in text:
        return terms
    measures = [t for t in terms if t.kind == "measure"]
    named = [t for t in measures if t.said in CASH_FLOW]
    lines = [t for t in measures if t not in named and any(id.startswith("cf_") for id in t.ids)]
    if not (len(measures) == 2 and len(named) == len(lines) == 1):
        return terms
    first, last = sorted(measures, key=lambda t: t.start)
    if not _BESIDE.fullmatch(text[first.end : last.start]):
        return terms
    line = replace(lines[0], ids=tuple(id for id in lines[0].ids if id.startswith("cf_")))
    return [line if t is lines[0] else t for t in terms if t is not named[0]]


def _of_meaning(text: str, terms: list[Term]) -> list[Term]:
    """ "What does X mean", "the meaning of X": what is asked is said in words, and no mean of figures."""
    asked = [t for t in terms if t.id == "average" and (t.said == "meaning" or _MEANS.search(text))]
    return (
        terms
        if not asked
        else [replace(t, kind="speech", ids=("meaning",)) if t in asked and t.said in MEANT else t for t in terms]
    )


def _relative_clauses(terms: list[Term]) -> list[Term]:
    """ "Mines whose output rose": the "whose" belongs to what is listed and asks for nobody's name."""
    groups = {t.end for t in terms if t.kind == "group"}
    return [t for t in terms if not (t.kind == "speech" and t.said.lower() == "whose" and t.start - 1 in groups)]


def _without_chatter(text: str, terms: list[Term], whens: Sequence[When], vocabulary: Vocabulary) -> list[Term]:
    """The terms without those of clauses that only tell who asks and why ("I own a few hundred shares.")."""
    cuts = [m.span() for m in _CLAUSE.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True):
        if _is_chatter(text[start:end], vocabulary) and not any(start <= w.start < end for w in whens):
            inside = [t for t in terms if start <= t.start < end]
            named = any(t.kind in ("entity", "metal") for t in inside)
            liked = whens and _is_talk(text[start:end], vocabulary)
            if not named and (liked or any(t.kind in MEANING for t in terms if t not in inside)):
                terms = [t for t in terms if t not in inside]
    return terms


def _is_chatter(clause: str, vocabulary: Vocabulary) -> bool:
    if _is_talk(clause, vocabulary):
        return True
    said = [w.text for w in split_words(clause)]
    return bool(said) and said[0] in vocabulary.fixed.chatter and not ASKING.intersection(said)


def _is_talk(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause only says that an answer was liked: "Great, thanks."""
    said, fixed = [w.text for w in split_words(clause)], vocabulary.fixed
    talk = all(w in fixed.praise or stem(w) in fixed.filler or w in fixed.function for w in said)
    return talk and not fixed.praise.isdisjoint(said)
