"""What an answer says of the figures that it cites: the checks of their filings that failed and touch them.

A filing's checks are made when a fact of it is first cited and kept while the store is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from db.checks import FOR_ANSWERS, check_filing
from db.checks.finding import Finding
from db.store import Store

MOST_FILINGS = 4  # of an answer that are checked: each costs some 20 ms
MOST_NOTES = 4
_kept: WeakKeyDictionary[Store, dict[int, list[Finding]]] = WeakKeyDictionary()


def notes_for(store: Store, fact_ids: Sequence[int]) -> list[str]:
    """A sentence for each failed check that touches the facts, those about their own figure first.

    An answer from many filings is not checked whole (it is a trend, read as one): the filings of the first facts are.
    """
    filings = _filings_of(store, fact_ids)
    found: list[tuple[bool, str]] = []
    for filing_id in list(dict.fromkeys(filings[fact] for fact in fact_ids if fact in filings))[:MOST_FILINGS]:
        for finding in failures(store, filing_id):
            printed = {spot.fact_id for spot in finding.printed_at}
            touched = printed | {spot.fact_id for spot in finding.sources}
            if not touched.isdisjoint(fact_ids):
                found.append((printed.isdisjoint(fact_ids), sentence(finding)))
    ordered = sorted(dict.fromkeys(found), key=lambda note: note[0])
    return [text for _, text in ordered][:MOST_NOTES]


def failures(store: Store, filing_id: int) -> list[Finding]:
    """What does not add up in one filing."""
    kept = _kept.setdefault(store, {})
    if filing_id not in kept:
        kept[filing_id] = [finding for finding in check_filing(store, filing_id, FOR_ANSWERS) if finding.fails]
    return kept[filing_id]


def sentence(finding: Finding) -> str:
    """The finding with what it is about and its places: ``... (ex99.txt:12 from lines 4, 8).``"""
    here = finding.printed_at[0]
    lines = [str(spot.line) if spot.document == here.document else str(spot) for spot in finding.sources]
    listed = ", ".join(dict.fromkeys(lines))
    places = f"{here} from line{'s' if ',' in listed else ''} {listed}" if listed else str(here)
    return f"{finding.about}: {finding.explanation.rstrip('.')} ({places})."


def _filings_of(store: Store, fact_ids: Sequence[int]) -> dict[int, int]:
    marks = ", ".join("?" * len(fact_ids))
    if not marks:
        return {}
    return {
        row["id"]: row["filing_id"]
        for row in store.run(f"SELECT id, filing_id FROM facts WHERE id IN ({marks})", tuple(fact_ids))
    }
