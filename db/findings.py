"""What an answer says of the figures that it cites: what was found not to add up when their filings were checked.

``stope add`` keeps that in the store, so a question only reads it. A filing that is not checked yet (an ``add`` was cut
short) is checked in memory when a fact of it is first cited: the answer is the same, later by some ten milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

from db.store import Store

MOST_NOTES = 4
APART = frozenset(("directional claim",))  # what is kept for `stope checks` alone
Note = tuple[bool, int, str]  # whether it is about a source of the figure that is off, its number in the filing, text
_SQL = """
SELECT f.id, f.filing_id, c.filing_id IS NOT NULL AS checked, n.number, n.printed, n.kind, n.text
FROM facts AS f LEFT JOIN checked AS c ON c.filing_id = f.filing_id LEFT JOIN findings AS n ON n.fact_id = f.id
WHERE f.id IN ({marks})
"""
_unkept: WeakKeyDictionary[Store, dict[int, dict[int, list[Note]]]] = WeakKeyDictionary()


def notes_for(store: Store, fact_ids: Sequence[int]) -> list[str]:
    """A sentence for each failed check that touches the facts: those about their own figure first, by fact."""
    ids = list(dict.fromkeys(fact_ids))
    if not ids:
        return []
    found: dict[int, list[Note]] = {}
    for row in store.run(_SQL.format(marks=", ".join("?" * len(ids))), ids):
        if not row["checked"]:
            found[row["id"]] = _in_memory(store, row["filing_id"]).get(row["id"], [])
        elif row["number"] is not None and row["kind"] not in APART:
            found.setdefault(row["id"], []).append((not row["printed"], row["number"], row["text"]))
    notes = _in_order(found, ids)
    return list(dict.fromkeys(text for _, _, text in notes))[:MOST_NOTES]


def _in_order(found: dict[int, list[Note]], ids: Iterable[int]) -> list[Note]:
    notes = [note for fact in ids for note in sorted(found.get(fact, ()))]
    return sorted(notes, key=lambda note: note[0])


def _in_memory(store: Store, filing_id: int) -> dict[int, list[Note]]:
    """The notes of a filing that nobody checked, by fact."""
    kept = _unkept.setdefault(store, {})
    if filing_id not in kept:
        notes: dict[int, list[Note]] = {}
        for fact, note in _checked_now(store, filing_id):
            notes.setdefault(fact, []).append(note)
        kept[filing_id] = notes
    return kept[filing_id]


def _checked_now(store: Store, filing_id: int) -> Iterator[tuple[int, Note]]:
    from db.checks.looking import look_at  # noqa: PLC0415  (a question about checked filings pays for no checks)

    for record in look_at(store, filing_id, for_answers=True).records:
        yield record["fact_id"], (not record["printed"], record["number"], record["text"])
