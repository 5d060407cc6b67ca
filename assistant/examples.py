"""Questions that can be asked of a store, of each kind one, made from what it holds and tried before they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.book import Book, book_of
from assistant.coverage import Coverage, coverage_of
from assistant.outcomes import has_answer
from assistant.teaching import taught_of
from db.store import Store

MOST = 6
TRIED = 12  # measures looked at for one that fits


def examples(store: Store) -> list[str]:
    """A handful of questions that the store answers: a look-up, a comparison, a rank, a change and the like."""
    return list(examples_of(book_of(store, taught_of(store))))


def examples_of(book: Book) -> tuple[str, ...]:
    """The same for a book, found once."""
    return book.once(_answered)


def _answered(book: Book) -> tuple[str, ...]:
    return tuple(q for q in dict.fromkeys(_made(coverage_of(book))) if has_answer(q, book))[:MOST]


def _made(coverage: Coverage) -> Iterator[str]:
    """Questions of different kinds, the mines with most figures first."""
    mines = _of_kind(coverage, "mine")
    companies = _of_kind(coverage, "company")
    for number, mine in enumerate(mines[:2]):
        yield from _look_ups(coverage, mine, number)
    yield from _over_mines(coverage, mines)
    for name in companies[:1]:
        yield from _look_ups(coverage, name, 0)
        yield from _changes(coverage, name, 1)
    if mines:
        yield from _changes(coverage, mines[0], 2)


def _of_kind(coverage: Coverage, kind: str) -> list[str]:
    names = [name for name, entity in coverage.entities.items() if entity.kind == kind and coverage.by_entity.get(name)]
    return sorted(names, key=lambda n: (-len(coverage.by_entity[n]), n))


def _look_ups(coverage: Coverage, name: str, skip: int) -> Iterator[str]:
    for id in coverage.measures_of(name)[skip : skip + 1]:
        for period in coverage.periods(id, name)[:1]:
            yield f"{coverage.called(name)} {coverage.measures[id]} {period}"


def _over_mines(coverage: Coverage, mines: list[str]) -> Iterator[str]:
    """Two mines beside each other, and all of them in order, over a figure and a period that both have."""
    for id in coverage.measures_of(mines[0])[2:TRIED] if mines else ():
        both = [m for m in coverage.holders(id) if m in mines][:2]
        shared = [p for p in coverage.periods(id, both[0]) if p in coverage.periods(id, both[1])] if both[1:] else []
        if shared and not coverage.metals(id, both[0]):
            yield f"compare {coverage.measures[id]} of {both[0]} and {both[1]} in {shared[0]}"
            yield f"which mine had the highest {coverage.measures[id]} in {shared[0]}?"
            return


def _changes(coverage: Coverage, name: str, skip: int) -> Iterator[str]:
    """How a figure moved between the newest two periods of one kind."""
    for id in coverage.measures_of(name)[skip:TRIED]:
        printed = coverage.printed(id, name)
        kinds = {p.kind for p in printed[:1]}
        names = list(dict.fromkeys(p.name for p in printed if p.kind in kinds))
        if len(names) > 1 and kinds == {"quarter"}:
            what = f"{coverage.measures[id]} of {coverage.called(name)}"
            yield f"by how much did {what} change from {names[1]} to {names[0]}?"
            return
