"""Ways to go on with a question that is being typed, and what its words were understood as so far.

Only what the store can answer is offered: its mines, companies and periods, and the measures that it has figures for.
Nothing here guesses: a completion is text for the ask line, and what it means is decided when it is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Said
from assistant.ask import ask
from assistant.book import Book, book_of
from assistant.told import said_of
from db.store import Store
from grammar.lexicon import lexicon
from grammar.terms import read_terms
from grammar.tokens import level

MOST = 8
WORDS_BACK = 6
MOST_TRIED = 12
SLOTS = ("measure", "entity", "period")

_METRICS = "SELECT DISTINCT key, detail FROM vocabulary WHERE kind = 'metric' ORDER BY key, detail"
_REPORTED = "SELECT DISTINCT metric FROM facts WHERE entity = ? AND entity_kind <> 'company' AND metric IS NOT NULL"
_COMMON = """
SELECT metric, metal, entity, period, period_kind, period_end, count(*) AS printed FROM facts
WHERE entity_kind = 'mine' AND metric IS NOT NULL AND nature = 'actual' AND period_kind IN ('quarter', 'year')
GROUP BY metric, metal, entity, period, period_kind, period_end
ORDER BY period_end DESC, printed DESC, metric, entity LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class Completion:
    """A way to go on: ``text`` takes the place of ``start`` to ``end`` of the line; ``about`` says what it is."""

    start: int
    end: int
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be named in a question: its words, what it is, its slot, and how early it is offered."""

    text: str
    about: str
    slot: str
    rank: int
    metric: str = ""


class Candidates:
    """All candidates of a store, found by the beginning of any of their words."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.all = list(dict.fromkeys(candidates))
        self._index = sorted(
            (
                (level(each.text)[at:], at > 0, number)
                for number, each in enumerate(self.all)
                for at in _starts(each.text)
            ),
        )
        self._keys = [key for key, _, _ in self._index]

    def beginning(self, typed: str, reported: Collection[str] = ()) -> list[Candidate]:
        """Those with words that begin as typed, best first: the metrics ``reported`` by what the question names already,
        then those that begin so themselves, then by rank, then short ones."""
        found: dict[int, bool] = {}
        for place in range(bisect_left(self._keys, typed), len(self._keys)):
            if not self._keys[place].startswith(typed):
                break
            _, inside, number = self._index[place]
            found[number] = min(inside, found.get(number, True))

        def place_of(number: int) -> tuple[bool, bool, int, int, str]:
            each = self.all[number]
            return (each.metric not in reported, found[number], each.rank, len(each.text), each.text)

        return [self.all[number] for number in sorted(found, key=place_of)]

    def of(self, slot: str) -> list[Candidate]:
        """Those of one slot, best first."""
        return sorted((each for each in self.all if each.slot == slot), key=lambda each: each.rank)


def complete(text: str, cursor: int, store: Store) -> list[Completion]:
    """At most ``MOST`` ways to go on at the ``cursor``; whole questions for an empty text, best first."""
    book = book_of(store)
    if not text.strip():
        return [Completion(0, len(text), example, "example") for example in examples(store)]
    head = text[:cursor]
    if head.endswith(" "):
        return _next_slot(text, cursor, book)
    for start in _tails(head):
        found = _candidates(book).beginning(level(head[start:]), _reported(head[:start], book))
        found = [each for each in found if level(each.text) != level(head[start:])]
        if found:
            return [Completion(start, cursor, each.text, each.about) for each in found[:MOST]]
    return []


def understood(text: str, store: Store) -> tuple[Said, ...]:
    """The words of a text with what they mean; ``kind`` is '' for those that aren't understood."""
    book = book_of(store)
    return said_of(read_terms(text, book.vocabulary, book.labels))


def examples(store: Store) -> list[str]:
    """A few questions of different kinds that this store answers, each tried before it is shown."""
    kept: list[str] | None = getattr(store, "_examples", None)
    if kept is None:
        kept = []
        for tried, question in enumerate(_drafts(store)):
            if tried >= MOST_TRIED or len(kept) >= 5:
                break
            if ask(question, store).status == "answered":
                kept.append(question)
        store._examples = kept  # type: ignore[attr-defined]
    return kept


def _drafts(store: Store) -> Iterator[str]:
    """Questions put together from what mines report most."""
    metrics = lexicon().metrics
    rows = [row for row in store.run(_COMMON) if row["metric"] in metrics]
    seen: set[str] = set()
    shapes = (
        "What was {entity}'s {what} in {period}?",
        "{what} by mine {period}",
        "How did {entity}'s {what} change in {period}?",
        "Which mine had the lowest {what} in {period}?",
        "{entity} {what} {period}",
    )
    for row in rows:
        shape = shapes[len(seen) % len(shapes)]
        name = metrics[row["metric"]].name
        if name in seen:
            continue
        seen.add(name)
        metal = row["metal"] if metrics[row["metric"]].by_metal and row["metal"] else ""
        what = " ".join(part for part in (metal, _lower(name)) if part)
        question = shape.format(entity=row["entity"], what=what, period=row["period"])
        yield question[0].upper() + question[1:]


def _next_slot(text: str, cursor: int, book: Book) -> list[Completion]:
    """After a space: the first slot that the question doesn't fill yet, the periods the newest first."""
    kinds = {said.kind for said in understood(text, book.store)}
    missing = next((slot for slot in SLOTS if slot not in kinds), None)
    if missing is None or not kinds & set(SLOTS):
        return []
    return [Completion(cursor, cursor, each.text, each.about) for each in _candidates(book).of(missing)[:MOST]]


def _candidates(book: Book) -> Candidates:
    kept: Candidates | None = getattr(book, "_candidates", None)
    if kept is None:
        kept = Candidates([*_names(book), *_periods(book), *_measures(book)])
        book._candidates = kept  # type: ignore[attr-defined]
    return kept


def _names(book: Book) -> Iterator[Candidate]:
    for name, company in book.mines:
        yield Candidate(name, "mine" + (f", {company}" if company else ""), "entity", 0)
    for name in book.companies:
        yield Candidate(name, "company", "entity", 1)
    for entity in book.vocabulary.entities.values():
        if entity.kind not in ("mine", "company"):
            yield Candidate(entity.name, entity.kind if entity.kind != "other" else "place", "entity", 3)


def _periods(book: Book) -> Iterator[Candidate]:
    orders = {"quarter": 0, "year": 1, "instant": 3}
    for age, (_, shown, kind) in enumerate(reversed(book.periods())):
        if kind in orders:
            yield Candidate(shown, "day" if kind == "instant" else kind, "period", 1000 * orders[kind] + age)


def _measures(book: Book) -> Iterator[Candidate]:
    """The measures that the store has figures for, by their name and by the words that people use."""
    metrics = lexicon().metrics
    for row in book.store.run(_METRICS):
        metric = metrics.get(row["key"])
        if metric is None:
            continue
        metal = f"{row['detail']} " if metric.by_metal and row["detail"] else ""
        unit = metric.units[0] if metric.units else ""
        yield Candidate(metal + _lower(metric.name), unit, "measure", 1, metric.id)
        for phrase in metric.phrases:
            yield Candidate(phrase, _lower(metric.name), "measure", 2, metric.id)


def _reported(head: str, book: Book) -> frozenset[str]:
    """The metrics that the store has of the mine or segment that the text names."""
    if not head.strip():
        return frozenset()
    said = [each.meaning for each in understood(head, book.store) if each.kind == "entity"]
    names = [meaning.partition(":")[2] for each in said for meaning in each.split(", ")]
    rows = [row for name in names for row in book.store.run(_REPORTED, (name,))]
    return frozenset(str(row["metric"]) for row in rows)


def _lower(name: str) -> str:
    """A name in the middle of a sentence: lower case, abbreviations kept."""
    first = name.partition(" ")[0]
    return name if first.isupper() and len(first) > 1 else name[:1].lower() + name[1:]


def _starts(text: str) -> list[int]:
    """Where words begin."""
    return [at for at, character in enumerate(text) if character.isalnum() and (at == 0 or not text[at - 1].isalnum())]


def _tails(head: str) -> Sequence[int]:
    """Where the last words of the text begin, the longest tail first."""
    return _starts(head)[-WORDS_BACK:]
