"""Ownership that headings state: "BLUE FOX UNIT (REFLECTS X'S 29% SHARE)" says what share of the mine its owner holds.

Rows under such a heading carry the share as their basis; here it becomes a figure of its own, so that it can be asked
for with its place. It is read from the heading's line, which is exact where the running text rounds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from db.model import Cell, Fact
from grammar.periods import instant

_SHARE = re.compile(r"(\d{1,2}(?:\.\d+)?)\s?%")
_ABOVE = 40  # lines from a row up to the heading that it stands under


def shares_in_headings(facts: Sequence[Fact], lines: Sequence[str], period_end: dt.date | None) -> Iterator[Fact]:
    """One ownership fact for each heading that states a share of a mine, in the order of the filing."""
    seen: set[tuple[int, int]] = set()
    found: dict[tuple[int, str], Cell | None] = {}
    for fact in facts:
        share = _SHARE.search(fact.basis) if fact.basis else None
        if share is None or fact.entity is None or fact.entity_kind != "mine" or period_end is None:
            continue
        place = fact.cell.line, share[0]
        cell = found[place] = found[place] if place in found else _above(lines, *place)
        if cell and (cell.line, cell.start) not in seen:
            seen.add((cell.line, cell.start))
            yield _ownership(fact, cell, Decimal(share[1]), lines[cell.line - 1].strip(), period_end)


def _above(lines: Sequence[str], line: int, share: str) -> Cell | None:
    """Where the share stands, on the row's own line or the nearest above it."""
    for number in range(line, max(line - _ABOVE, 0), -1):
        start = lines[number - 1].find(share)
        if start >= 0:
            return Cell(number, start, start + len(share), share)
    return None


def _ownership(fact: Fact, cell: Cell, value: Decimal, heading: str, period_end: dt.date) -> Fact:
    return Fact(
        cell=cell,
        value=value,
        unit="%",
        label="ownership interest",
        heading_path=(heading,),
        source="text",
        metric="ownership_interest",
        entity=fact.entity,
        entity_kind="mine",
        period=instant(period_end),
        sentence=" ".join(heading.split()),
    )
