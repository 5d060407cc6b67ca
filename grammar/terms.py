"""A question to Terms: every word bound to a meaning, declared filler, or named as not understood.

Periods are read first, then everything else competes for the words that are left: the longest phrase wins, an unbroken
one before a broken one. What two meanings claim equally keeps both, the likelier first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from grammar.phrases import Match, Phrase, PhraseIndex
from grammar.reading import Term
from grammar.spelling import nearest, parted
from grammar.tokens import Word, level, split_words, stem
from grammar.units import unit_of
from grammar.vocabulary import Vocabulary
from grammar.when import When, read_whens

DEFAULT_MEASURE = "production"
KINDS = ("entity", "measure", "label", "metal", "statement", "unit", "nature", "bound", "compute", "order", "yearly", "trend",
         "compare", "scope", "speech", "opinion", "group", "ask", "filler")  # fmt: skip
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "twenty": 20,
}
ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
MAGNITUDES = {
    "hundred": 100,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "mm": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
}
_CORRECTED = re.compile(r"[\s.,;:-]*\b(?:no|sorry|scratch that|correction|i mean(?:t)?|make that|rather)\b[,\s]+(?=\w)")
_CLAUSE = re.compile(r"[.!?;:]+\s+|\s+-+\s+|,\s+")

_CHANGE = stem("change")
LabelsOf = Callable[[frozenset[str]], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
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
    text, places, corrections = _respelled(level(question), vocabulary, labels)
    whens = read_whens(text)
    words = _abbreviated(
        [w for w in split_words(text) if not any(x.start <= w.start < x.end for x in whens)], vocabulary
    )
    balances = sum(1 for w in whens if w.kinds[:1] == ("instant",)) > 1
    terms = _bind(words, text, vocabulary, labels, balances=balances)
    kept, meant = _last_word(text, _without_chatter(text, terms, whens, vocabulary), whens)
    kept = sorted(kept, key=lambda t: t.start)
    back = [
        replace(t, start=places(t.start), end=places(t.end), said=question[places(t.start) : places(t.end)])
        for t in kept
    ]
    periods = tuple(
        replace(w, start=places(w.start), end=places(w.end), said=question[places(w.start) : places(w.end)])
        for w in meant
    )
    return Terms(
        question,
        tuple(t for t in back if t.kind != "unknown"),
        periods,
        tuple(t for t in back if t.kind == "unknown"),
        tuple(corrections),
    )


def _respelled(
    text: str, vocabulary: Vocabulary, labels: LabelsOf | None
) -> tuple[str, Callable[[int], int], list[tuple[str, str]]]:
    """The text with unknown words respelled, the way back to places in the question, and what was changed."""
    whens = read_whens(text)
    changes: list[tuple[int, int, str]] = []
    for word in split_words(text):
        if _is_known(word, vocabulary) or any(w.start <= word.start < w.end for w in whens):
            continue
        better = (
            _PERIOD_SLIPS.get(word.text) or parted(word.text, vocabulary.words) or nearest(word.text, vocabulary.words)
        )
        if better and better != word.text:
            changes.append((word.start, word.end, better))
    return _replace_spans(text, changes)


_PERIOD_SLIPS = {
    "frist": "first",
    "quater": "quarter",
    "quarer": "quarter",
    "qaurter": "quarter",
    "secnd": "second",
    "marhc": "march",
    "decmber": "december",
    "septmber": "september",
    "octber": "october",
    "janury": "january",
    "febuary": "february",
}


def _is_known(word: Word, vocabulary: Vocabulary) -> bool:
    return (
        not word.text.isalpha()
        or word.stem in vocabulary.stems
        or word.text in vocabulary.stems
        or word.text in vocabulary.fixed.abbreviations
        or word.text in NUMBERS
        or word.text in ORDINALS
        or word.text in MAGNITUDES
    )


def _replace_spans(
    text: str, changes: list[tuple[int, int, str]]
) -> tuple[str, Callable[[int], int], list[tuple[str, str]]]:
    out, at, origin = "", 0, list[int]()
    for start, end, better in changes:
        out += text[at:start] + better
        origin += [*range(at, start), *(min(start + i, end) for i in range(len(better)))]
        if len(better) < end - start and origin:
            origin[-1] = min(origin[-1], end - 1)
        at = end
    out += text[at:]
    origin += [*range(at, len(text)), len(text)]

    def places(index: int) -> int:
        return origin[index] if index < len(origin) else len(text)

    return out, places, [(text[s:e], b) for s, e, b in changes]


def _abbreviated(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    table = vocabulary.fixed.abbreviations
    return [replace(w, text=table[w.text], stem=stem(table[w.text])) if w.text in table else w for w in words]


def _bind(
    words: Sequence[Word], text: str, vocabulary: Vocabulary, labels: LabelsOf | None, *, balances: bool = False
) -> list[Term]:
    """A term for each word that isn't plain filler, the best phrases first.

    Between two ``balances`` a change is their difference, not the line of the cash flow statement that is called so.
    """
    stems = [w.stem for w in words]
    fixed = vocabulary.fixed
    amounts = _amounts(words)
    names = list(_unbroken(vocabulary.names, stems))
    tight = list(_unbroken(fixed.tight, stems))
    light = {i for i, s in enumerate(stems) if s in fixed.function or words[i].text in fixed.function}
    clear = set(light)
    clear |= {i for i, w in enumerate(words) if w.stem in fixed.filler}
    clear |= {i for m in (*names, *tight) if m.phrase.kind in ("entity", "metal", "nature") for i in m.positions}
    free = [m for m in fixed.free.matches(stems, clear, light) if not (balances and _CHANGE in m.phrase.stems)]
    taken: set[int] = {i for t in amounts for i in t.positions}
    chosen = [*amounts, *_choose([*names, *free, *tight], words, text, taken)]
    chosen += _shared_heads(fixed.free, stems, clear, words, text, taken, chosen)
    chosen = _measures_of_units(chosen)
    left = [i for i in range(len(words)) if i not in taken and not _is_filler(words[i], vocabulary)]
    if left and labels is not None:
        chosen += _labels(labels, words, stems, text, taken, left, vocabulary, chosen)
        left = [i for i in left if i not in taken]
    return [*chosen, *(_term(Phrase((), "unknown", ""), (i,), words, text) for i in left)]


def _measures_of_units(chosen: list[Term]) -> list[Term]:
    """ "ounces" is what is measured when nothing else is, and only its unit beside "production"."""
    measures = [t for t in chosen if t.kind == "measure"]
    plain = [t for t in measures if unit_of(t.said) is not None]
    if len(plain) == len(measures):
        plain = plain[1:]
    metal = any(t.kind == "metal" for t in chosen)
    made = []
    for term in chosen:
        if term in plain:
            made.append(replace(term, kind="unit", ids=(unit_of(term.said) or "",)))
        elif term in measures and metal and len(measures) - len(plain) == 1 and DEFAULT_MEASURE in term.ids:
            made.append(replace(term, ids=(DEFAULT_MEASURE, *(i for i in term.ids if i != DEFAULT_MEASURE))))
        else:
            made.append(term)
    return made


def _is_filler(word: Word, vocabulary: Vocabulary) -> bool:
    fixed = vocabulary.fixed
    return word.stem in fixed.function or word.text in fixed.function or word.stem in fixed.filler


def _unbroken(index: PhraseIndex, stems: Sequence[str]) -> Iterator[Match]:
    return (m for m in index.matches(stems, ()) if m.ordered and not m.gaps)


def _choose(matches: list[Match], words: Sequence[Word], text: str, taken: set[int]) -> list[Term]:
    """Matches that don't overlap, the strongest first; equally strong ones on the same words become one term."""
    ranked = sorted(matches, key=lambda m: (m.strength[:3], KINDS.index(m.phrase.kind), m.phrase.rank, m.phrase.id))
    terms: dict[tuple[tuple[int, ...], str], Term] = {}
    for match in ranked:
        key = (match.positions, match.phrase.kind)
        if key in terms:
            ids = dict.fromkeys((*terms[key].ids, *match.phrase.id.split("|")))
            terms[key] = replace(terms[key], ids=tuple(ids))
        elif taken.isdisjoint(match.positions):
            taken.update(match.positions)
            terms[key] = _term(match.phrase, match.positions, words, text)
    return list(terms.values())


def _term(phrase: Phrase, positions: tuple[int, ...], words: Sequence[Word], text: str) -> Term:
    start, end = words[positions[0]].start, words[positions[-1]].end
    return Term(phrase.kind, tuple(phrase.id.split("|")), start, end, text[start:end], positions)


def _shared_heads(
    index: PhraseIndex,
    stems: Sequence[str],
    clear: set[int],
    words: Sequence[Word],
    text: str,
    taken: set[int],
    chosen: list[Term],
) -> list[Term]:
    """ "mining and milling cost per ton": a second measure that shares the head of the first, parted by and, or, vs."""
    heads = {i for t in chosen if t.kind == "measure" for i in t.positions}
    loose = [i for i in range(len(stems)) if i not in taken and i not in clear]
    if not heads or not loose:
        return []
    found: list[Term] = []
    for match in sorted(index.matches(stems, clear | heads), key=lambda m: m.strength):
        own = [i for i in match.positions if i in loose and i not in taken]
        if own and len(own) < len(match.positions) and all(i in heads or i in own for i in match.positions):
            taken.update(own)
            found.append(_term(match.phrase, match.positions, words, text))
    return found


def _labels(
    labels: LabelsOf,
    words: Sequence[Word],
    stems: list[str],
    text: str,
    taken: set[int],
    left: list[int],
    vocabulary: Vocabulary,
    chosen: list[Term],
) -> list[Term]:
    """Printed labels for words that the lexicon doesn't explain: one that the question holds whole, else the one that
    holds all the words around the unexplained one."""
    function = vocabulary.fixed.function
    free_terms = [
        t
        for t in chosen
        if t.kind
        in (
            "measure",
            "statement",
            "scope",
            "group",
            "compute",
            "trend",
            "order",
            "filler",
            "speech",
            "nature",
            "metal",
            "unit",
            "label",
        )
    ]
    content = {i for i in range(len(words)) if stems[i] not in function and not words[i].is_number} - {
        i for t in chosen if t.kind in ("entity", "number") for i in t.positions
    }
    present = {stems[i] for i in content}
    best: tuple[tuple[float, int, str], tuple[int, ...], list[str]] | None = None
    for key, _ in labels(frozenset(stems[i] for i in left)):
        parts = [p for p in dict.fromkeys(stem(w) for w in key.split()) if p not in function]
        hit = [p for p in parts if p in present]
        positions = tuple(i for i in sorted(content) if stems[i] in hit)
        if not set(left) & set(positions) or not _fits_label(parts, hit, positions, left):
            continue
        score = (-len(set(left) & set(positions)), len(parts) - len(hit), key)
        if best is None or score < best[0]:
            best = (score, positions, [key])
        elif score[:2] == best[0][:2]:
            best[2].append(key)
    if best is None:
        return []
    for term in free_terms:
        if set(term.positions) & set(best[1]):
            chosen.remove(term)
            taken.difference_update(term.positions)
    taken.update(best[1])
    return [_term(Phrase((), "label", "|".join(sorted(best[2]))), best[1], words, text)]


def _fits_label(parts: list[str], hit: list[str], positions: tuple[int, ...], left: list[int]) -> bool:
    """Whole; or a run of its words, at least two and half of them, that explains every unexplained word."""
    if len(hit) == len(parts):
        return True
    first = parts.index(hit[0])
    run = parts[first : first + len(hit)] == hit
    return run and len(hit) >= 2 and 2 * len(hit) >= len(parts) and set(left) <= set(positions)


def _amounts(words: Sequence[Word]) -> list[Term]:
    """Numbers: counts ("top 3"), ordinals ("second highest"), conditions ("10,000", "$40", "a million")."""
    found: list[Term] = []
    for i, word in enumerate(words):
        if word.text == "one" and (i + 1 == len(words) or words[i + 1].text not in MAGNITUDES):
            continue
        number = (
            float(word.text.replace(",", ""))
            if word.is_number
            else float(NUMBERS[word.text])
            if word.text in NUMBERS
            else None
        )
        if (
            number is None
            and word.text in MAGNITUDES
            and len(word.text) > 2
            and i
            and words[i - 1].text in ("a", "one")
        ):
            number = 1.0
            found.append(Term("number", ("amount",), word.start, word.end, word.text, (i,), MAGNITUDES[word.text]))
            continue
        if word.text in ORDINALS:
            found.append(
                Term("number", ("ordinal",), word.start, word.end, word.text, (i,), float(ORDINALS[word.text]))
            )
        if number is None:
            continue
        first, last, factor = i, i, 1.0
        if i and words[i - 1].text == "$":
            first = i - 1
        if (
            i + 1 < len(words)
            and words[i + 1].text in MAGNITUDES
            and (len(words[i + 1].text) > 2 or words[i + 1].start == word.end)
        ):
            last, factor = i + 1, MAGNITUDES[words[i + 1].text]
        kind = "dollars" if first < i else "amount"
        found.append(
            Term(
                "number",
                (kind,),
                words[first].start,
                words[last].end,
                "",
                tuple(range(first, last + 1)),
                number * factor,
            )
        )
    return found


def _last_word(text: str, terms: list[Term], whens: Sequence[When]) -> tuple[list[Term], Sequence[When]]:
    """ "growth of X... no, of Y": what is said after a correction stands in the place of what was said before."""
    cut = next((m for m in _CORRECTED.finditer(text) if m.start() > 0), None)
    if cut is None:
        return terms, whens
    later = {t.kind for t in terms if t.start >= cut.end()}
    if later & {"measure", "label"}:
        later |= {"measure", "label", "metal"}
    kept = [t for t in terms if t.start >= cut.start() or t.kind not in later]
    after = [w for w in whens if w.start >= cut.end()]
    return kept, after or whens


def _without_chatter(text: str, terms: list[Term], whens: Sequence[When], vocabulary: Vocabulary) -> list[Term]:
    """The terms without those of clauses that only tell who asks and why ("I own a few hundred shares.")."""
    starts = [0, *(m.end() for m in _CLAUSE.finditer(text))]
    ends = [*(m.start() for m in _CLAUSE.finditer(text)), len(text)]
    meaning = {"entity", "measure", "metal", "label"}
    for start, end in zip(starts, ends, strict=True):
        first = next(iter(split_words(text[start:end])), None)
        inside = [t for t in terms if start <= t.start < end]
        others = [t for t in terms if not start <= t.start < end and t.kind in meaning]
        told = first is not None and first.text in vocabulary.fixed.chatter
        if (
            told
            and others
            and not any(start <= w.start < end for w in whens)
            and not any(t.kind in ("entity", "metal") for t in inside)
        ):
            terms = [t for t in terms if t not in inside]
    return terms
