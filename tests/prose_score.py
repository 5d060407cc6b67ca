"""How well sentences are read: facts of the real releases against the figures that people read in them.

    python -m tests.prose_score [--show]

A field is right, missing (None where people know it) or wrong; wrong is what costs.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.model import Fact
from db.parsing import parse_bytes

FIELDS = ("value", "unit", "nature", "entity", "metal", "period")
NATURES = {"other": "actual", "ratio": "actual", "ownership": "actual"}
UNITS = {"kilometers": "km"}


@dataclass
class Tally:
    """How often a field was right, missing and wrong."""

    right: int = 0
    missing: int = 0
    wrong: int = 0

    def add(self, got: object, want: object) -> bool:
        """Count one field; whether it is wrong."""
        if got == want:
            self.right += 1
        elif got is None:
            self.missing += 1
        else:
            self.wrong += 1
        return got != want and got is not None


def score(shared: Path, *, show: bool = False) -> dict[str, Any]:
    """``found`` and ``lost`` figures, and a Tally for each field, over all figures of the gold file but its dates."""
    facts = {
        path.name[:3]: [f for f in parse_bytes(path.read_bytes(), path.name).facts if f.source == "text"]
        for path in sorted((shared / "filings").glob("0*.txt"))
    }
    tally: dict[str, Any] = {"found": 0, "lost": 0, **{field: Tally() for field in FIELDS}}
    with (shared / "gold" / "prose.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["nature"] != "date":
                _one(row, facts[row["doc"]], tally, show=show)
    return tally


def _one(row: dict[str, str], facts: list[Fact], tally: dict[str, Any], *, show: bool) -> None:
    start = int(row["col_start"])
    here = [f for f in facts if f.cell.line == int(row["line"]) and f.cell.start <= start + 12 and f.cell.end > start]
    if not here:
        tally["lost"] += 1
        return
    tally["found"] += 1
    got, want = _got(here[0], row), _want(row)
    wrong = [field for field in FIELDS if tally[field].add(got[field], want[field])]
    if show and wrong:
        print(row["doc"], row["line"], row["raw"], *(f"{field}: {got[field]} is {want[field]};" for field in wrong))


def _got(fact: Fact, row: dict[str, str]) -> dict[str, object]:
    value = Decimal(row["value"])
    close = abs(fact.value - value) <= abs(value) / 1000
    entity = fact.entity
    if entity and row["entity"] and (entity.startswith(row["entity"]) or row["entity"].startswith(entity)):
        entity = row["entity"]
    period = fact.period.end.isoformat() if fact.period else None
    if len(row["period"]) != 10:  # gold says a month, a year or nothing exact
        period = None if period is None or period.startswith(row["period"][:4]) else period
    unit = row["unit"] if row["unit"].split()[-1:] == fact.unit.split()[-1:] or not row["unit"] else fact.unit
    return {
        "value": value if close else fact.value,
        "unit": UNITS.get(unit, unit),
        "nature": fact.nature,
        "entity": entity,
        "metal": fact.metal,
        "period": period,
    }


def _want(row: dict[str, str]) -> dict[str, object]:
    return {
        "value": Decimal(row["value"]),
        "unit": UNITS.get(row["unit"], row["unit"]),
        "nature": NATURES.get(row["nature"], row["nature"]),
        "entity": row["entity"] or None,
        "metal": row["metal"] or None,
        "period": row["period"] if len(row["period"]) == 10 else None,
    }


if __name__ == "__main__":
    result = score(Path(__file__).parents[2] / "shared", show="--show" in sys.argv)
    print(f"found {result['found']}, lost {result['lost']}")
    for field in FIELDS:
        print(
            f"{field:8} right {result[field].right:3} missing {result[field].missing:3} wrong {result[field].wrong:3}"
        )
