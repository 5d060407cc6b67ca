"""Words to meanings: every phrase that stands in a question competes for its words, and the longest wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from grammar.numbers import number_terms
from grammar.phrases import Match, PhraseIndex
from grammar.reading import Term
from grammar.tokens import Word, stem
from grammar.units import unit_of
from grammar.vocabulary import Vocabulary

DEFAULT_MEASURE = "production"
# At equal length a name goes before a measure, a measure before the words that say how something is asked.
KINDS = (
    "entity", "measure", "label", "metal", "statement", "negation", "unit", "nature", "bound", "sign", "compute",
    "order", "arithmetic", "yearly", "trend", "compare", "scope", "speech", "opinion", "group", "ask", "filler",
)  # fmt: skip
JOINING = frozenset(("and", "or", "vs", "versus", "&", "/", "plus", "+"))
CHANGES = ("compute", "trend")
TURNING = ("negation", "arithmetic", "trend", "bound")  # what is no part of a question where a label prints it
WHOLE = 3  # content words that a label has at least to be known by them
MINES = ("mine", "mines")
PLAIN = ("oz", "ton", "shares", "days")  # "change in ounces produced": what is measured as often as its unit
FIXED = ("entity", "number")  # what no printed label may take words from
LabelsOf = Callable[[frozenset[str]], Iterable[str]]
_MOVES, _COST = frozenset(map(stem, ("change", "increase", "decrease"))), stem("cost")
_SENTENCE_END = re.compile(  # "oz. per ton", "prod. cost" go on
    r"[!?;]\s|\w{4}(?<!prod)\.\s|\band\s+(?:\w+\s+)?(?:which|what|how|when|who)\b"
)


@dataclass
class Binder:
    """The words of one question on their way to terms; ``taken`` are the positions that have a meaning."""

    words: Sequence[Word]
    text: str
    vocabulary: Vocabulary
    labels: LabelsOf | None = None
    balances: bool = False
    terms: list[Term] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def bind(self) -> list[Term]:
        """A term for each word that isn't plain filler; those of kind ``unknown`` have no meaning.

        Between two ``balances`` a change is their difference, not the cash flow's line that is called so.
        """
        self._add(number_terms(self.words))
        self._add(self._units_asked())
        self._choose([*self.named, *self._measures(), *self.tight])
        self._share_heads()
        self.terms = _units_beside_measures(self._without_beside())
        if self.labels is not None and not self._bind_whole_label(self.labels) and self.left:
            self._bind_label(self.labels)
        return [*self.terms, *(self._term("unknown", "", (i,)) for i in self.left)]

    def __post_init__(self) -> None:
        self.fixed = self.vocabulary.fixed
        self.stems = [w.stem for w in self.words]
        function = self.fixed.function
        self.light = {i for i, w in enumerate(self.words) if w.stem in function or w.text in function}
        self.filler = self.light | {i for i, w in enumerate(self.words) if w.stem in self.fixed.filler}
        self.named, self.tight = (list(self._unbroken(index)) for index in (self.vocabulary.names, self.fixed.tight))
        self.tight = [m for m in self.tight if not self._goes_on(m)]
        self.clear = self.filler | {
            i for m in (*self.named, *self.tight) if m.phrase.kind in ("entity", "metal", "nature") for i in m.positions
        }

    @property
    def left(self) -> list[int]:
        """The positions that neither have a meaning nor are filler."""
        return [i for i in range(len(self.words)) if i not in self.taken and i not in self.filler]

    def _units_asked(self) -> Iterator[Term]:
        """ "Lead produced *in pounds*": a unit right behind its "in", before a measure takes the word."""
        if "in" not in self.stems:
            return
        changes = {i for m in self.tight if m.phrase.kind in CHANGES for i in m.positions}
        behind = {i + 1 for i, word in enumerate(self.words) if word.text == "in" and i - 1 not in changes}
        units = [m for m in self.tight if m.phrase.kind == "unit" and m.positions[0] in behind]
        for start in {m.positions[0] for m in units}:
            longest = max((m for m in units if m.positions[0] == start), key=lambda m: len(m.positions))
            after = longest.positions[-1] + 1
            if longest.phrase.id not in PLAIN and (after == len(self.words) or after in self.light):
                yield self._term("unit", longest.phrase.id, longest.positions)

    def _unbroken(self, index: PhraseIndex) -> Iterator[Match]:
        return (m for m in index.matches(self.stems, ()) if m.ordered and not m.gaps)

    def _measures(self) -> Iterator[Match]:
        found = self.fixed.free.matches(self.stems, self.clear, self.light)
        without = {i for m in self.tight if m.phrase.kind == "negation" and len(m.positions) > 1 for i in m.positions}
        if without:  # "income for quarters *other than*" Q1
            found = (m for m in found if without.isdisjoint(m.positions))
        found = (m for m in found if not (self.balances and _MOVES.intersection(m.phrase.stems)))
        return (m for m in found if not self._parted(m) and not self._turned(m))

    def _goes_on(self, match: Match) -> bool:
        """Whether a ranking by cost is the beginning of the name of a cost: "the lowest cost *of* sales"."""
        after = match.positions[-1] + 1
        by_cost = match.phrase.kind == "order" and len(match.positions) > 1
        return by_cost and self.words[after - 1].stem == _COST and after < len(self.words) and after in self.light

    def _turned(self, match: Match) -> bool:
        """Whether a noun is taken for the verb of a phrase: "the lowest cost *mine*" is no cost of mining."""
        at = next((i for i in match.positions if self.words[i].text in MINES), None)
        return (
            at is not None
            and len(match.positions) > 1
            and at == match.positions[-1]
            and self.words[at - 1].text != "to"
        )

    def _parted(self, match: Match) -> bool:
        """Whether a sentence or a question ends inside: "I own *shares. What was net income*" asks for no income a
        share, "above 700,000 *oz and cash cost*" for no cost an ounce."""
        first, last = match.positions[0], match.positions[-1]
        inside = self.text[self.words[first].start : self.words[last].start]
        amount = first > 0 and self.words[first - 1].is_number and unit_of(self.words[first].text) is not None
        return _SENTENCE_END.search(inside) is not None or (amount and " and " in inside)

    def _add(self, terms: Iterable[Term]) -> None:
        for term in terms:
            self.terms.append(term)
            self.taken.update(term.positions)

    def _term(self, kind: str, ids: str, positions: tuple[int, ...]) -> Term:
        start, end = self.words[positions[0]].start, self.words[positions[-1]].end
        return Term(kind, tuple(ids.split("|")), start, end, self.text[start:end], positions)

    def _choose(self, matches: list[Match]) -> None:
        """Matches that don't overlap, the strongest first; equal ones on the same words become one term."""
        chosen: dict[tuple[tuple[int, ...], str], Term] = {}
        for match in sorted(matches, key=self._strength):
            key, phrase = (match.positions, match.phrase.kind), match.phrase
            if key in chosen:
                ids = dict.fromkeys((*chosen[key].ids, *phrase.id.split("|")))
                chosen[key] = replace(chosen[key], ids=tuple(ids))
            elif self.taken.isdisjoint(match.positions):
                self.taken.update(match.positions)
                chosen[key] = self._term(phrase.kind, phrase.id, match.positions)
        self.terms += chosen.values()

    def _share_heads(self) -> None:
        """ "mining and milling cost per ton": a second measure that shares the head of the first."""
        heads = {i for t in self.terms if t.kind == "measure" for i in t.positions}
        if not heads or not set(self.left) - self.clear:
            return
        joining = {i for i, word in enumerate(self.words) if word.text in JOINING}
        for match in sorted(self.fixed.free.matches(self.stems, self.clear | heads | joining), key=self._strength):
            own = set(match.positions) - heads
            if own and self._joined(match.positions) and len(own) < len(match.positions) and own <= set(self.left):
                self.terms = [t for t in self.terms if not self._goes_on_to(t, match, own)]
                self._add([self._term(match.phrase.kind, match.phrase.id, match.positions)])

    def _goes_on_to(self, term: Term, match: Match, own: set[int]) -> bool:
        """Whether a measure's name goes on in the words that only a longer one has: "cost of sales ... (GAAP)"."""
        beside = {i for i in (min(own) - 1, max(own) + 1) if 0 <= i < len(self.words)}
        joined = any(self.words[i].text in JOINING for i in beside)
        return not joined and term.kind == "measure" and not set(term.positions).isdisjoint(match.positions)

    def _without_beside(self) -> list[Term]:
        """The terms without measures that only describe another one: "the cost to mill a ton *of ore*"."""
        measures = sorted((t for t in self.terms if t.kind == "measure"), key=lambda t: t.start)
        weak = [t for t in measures if t.said.lower() in self.fixed.beside]
        joined = any(self._joined((a.positions[-1], b.positions[0])) for a, b in pairwise(measures))
        return self.terms if joined or len(weak) == len(measures) else [t for t in self.terms if t not in weak]

    def _strength(self, match: Match) -> tuple[object, ...]:
        """What sorts matches, the strongest first; of equal length by fewer function words, then tightness.

        Ties have an order too, so that an answer never depends on how a set is laid out.
        """
        light = sum(1 for i in match.positions if i in self.light)
        kind = KINDS.index(match.phrase.kind)
        spread = match.positions[-1] - match.positions[0]
        return (*match.strength[:3], light, spread, kind, match.phrase.rank, match.phrase.id, match.positions)

    def _joined(self, positions: tuple[int, ...]) -> bool:
        """Whether "and", "or", "vs" or the like stands among the words."""
        return any(self.words[i].text in JOINING for i in range(positions[0], positions[-1]))

    def _bind_whole_label(self, labels: LabelsOf) -> bool:
        """Whether a printed label stands in the question word for word that holds what would turn a question round:
        "long-term debt, *less* amount due within one year", "*divided by* ounces produced"; it is taken as it is."""
        turning = [t for t in self.terms if t.kind in TURNING]
        if not turning:
            return False
        content = [i for i in range(len(self.words)) if i not in self.light]
        said = [self.stems[i] for i in content]
        best: tuple[tuple[int, ...], str] = (), ""
        for key in labels(frozenset(said[content.index(i)] for t in turning for i in t.positions if i in content)):
            parts = [p for p in dict.fromkeys(stem(w) for w in key.split()) if p not in self.fixed.function]
            for at in range(len(said) - len(parts) + 1 if len(parts) >= WHOLE else 0):
                positions = tuple(content[at : at + len(parts)])
                if said[at : at + len(parts)] == parts and len(positions) > len(best[0]):
                    best = positions, key
        positions, key = best
        cut = [t for t in self.terms if not set(t.positions).isdisjoint(positions)]
        if not positions or any(t.kind == "entity" or not set(t.positions) <= set(positions) for t in cut):
            return False
        self.terms = [t for t in self.terms if t not in cut]
        self.taken = {i for t in self.terms for i in t.positions}
        self._add([self._term("label", key, positions)])
        return not self.left

    def _bind_label(self, labels: LabelsOf) -> None:
        """The printed label that explains the words left over; terms that it cuts through give their words back."""
        fixed = {i for t in self.terms if t.kind in FIXED and t.id != "ordinal" for i in t.positions}
        free = [
            i
            for i, word in enumerate(self.words)
            if i not in self.light and i not in fixed and (not word.is_number or word.text.isalpha())
        ]
        left = set(self.left)
        best: dict[tuple[int, int], list[tuple[str, tuple[int, ...]]]] = {}
        for key in labels(frozenset(self.stems[i] for i in left)):
            parts = [p for p in dict.fromkeys(stem(w) for w in key.split()) if p not in self.fixed.function]
            positions = tuple(i for i in free if self.stems[i] in parts)
            hit = [p for p in parts if any(self.stems[i] == p for i in positions)]
            if left & set(positions) and _fits(parts, hit, left <= set(positions)):
                best.setdefault((-len(left & set(positions)), len(parts) - len(hit)), []).append((key, positions))
        if best:
            keys = best[min(best)]
            positions = keys[0][1]
            self.terms = [t for t in self.terms if set(t.positions).isdisjoint(positions)]
            self.taken = {i for t in self.terms for i in t.positions}
            self._add([self._term("label", "|".join(sorted(k for k, p in keys if p == positions)), positions)])


def _fits(parts: list[str], hit: list[str], explains_all: bool) -> bool:
    """A label held whole; or a run of its words, at least two and half of them, that explains every word left over."""
    if len(hit) == len(parts):
        return True
    first = parts.index(hit[0])
    run = parts[first : first + len(hit)] == hit
    return run and len(hit) >= 2 and 2 * len(hit) >= len(parts) and explains_all


def _units_beside_measures(terms: list[Term]) -> list[Term]:
    """ "ounces" is what is measured when nothing else is, and only its unit beside "production"."""
    measures = [t for t in terms if t.kind == "measure"]
    plain = [t for t in measures if unit_of(t.said) is not None]
    if len(plain) == len(measures):
        plain = plain[1:]
    metal = any(t.kind == "metal" or (t.kind, t.id) == ("group", "metal") for t in terms)
    sole = len(measures) - len(plain) == 1
    return [_as_unit(t) if t in plain else _of_metal(t) if t in measures and metal and sole else t for t in terms]


def _as_unit(term: Term) -> Term:
    return replace(term, kind="unit", ids=(unit_of(term.said) or "",))


def _of_metal(term: Term) -> Term:
    """Tons of a metal are produced, before they are ore that is milled."""
    if DEFAULT_MEASURE not in term.ids:
        return term
    return replace(term, ids=(DEFAULT_MEASURE, *(i for i in term.ids if i != DEFAULT_MEASURE)))
