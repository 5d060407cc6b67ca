"""The hand-made relations of ``../shared/gold/ties.csv`` held against what the checks find in the same filings.

    python -m tests.ties STORE [-v]

prints, for each kind of relation, how many were found, then what was missed and what is a false alarm.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.checks import Finding, check_filing
from db.store import Store
from tests.conftest import SHARED

NUMBER = re.compile(r"\d+")
LOOSE = "loose"
ONE_SENTENCE, ONE_PARAGRAPH = 2, 12  # lines


@dataclass(frozen=True)
class Tie:
    """One relation: document, lines of it, the day it is about and whether it holds."""

    document: str
    kind: str
    description: str
    lines: frozenset[int]
    period: str
    holds: str


@dataclass
class Measured:
    """Found and all relations by kind; what was missed; failures of ours that the relations don't know."""

    found: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    missed: list[Tie] = field(default_factory=list)
    missed_faults: list[Tie] = field(default_factory=list)
    false_alarms: list[Finding] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How many of the relations were found, 0 to 1."""
        return self.found.total() / self.total.total()


def read_ties(path: Path) -> list[Tie]:
    """The relations of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Tie(r["doc"], r["kind"], r["description"], _lines(r["lines"]), r["period"], r["holds"])
            for r in csv.DictReader(file)
        ]


def _lines(text: str) -> frozenset[int]:
    """Every line named: ``438,439 -> 446``, ``69 vs 308.1``, ``(1-600.1/600.2)*100``, ``315-322 = 404-411``."""
    text = re.sub(r"\(1-", "(", text).replace("-1)*100", "").replace("*100", "")
    return frozenset(int(number) for number in NUMBER.findall(re.sub(r"\.\d+\b", "", text)) if len(number) < 5)


def measure(findings: dict[str, Sequence[Finding]], ties: Sequence[Tie]) -> Measured:
    """The findings by document (its first letters) held against the relations."""
    measured = Measured()
    same = {document: _same_facts(found) for document, found in findings.items()}
    used: set[int] = set()
    for tie in ties:
        measured.total[tie.kind] += 1
        found = findings.get(tie.document, ())
        matches = [f for f in found if _matches(tie, f, same[tie.document])]
        right = [f for f in matches if (f.verdict == "NO") == (tie.holds == "NO")]
        used.update(id(finding) for finding in right)
        if right:
            measured.found[tie.kind] += 1
        else:
            measured.missed.append(tie)
            if tie.holds == "NO":
                measured.missed_faults.append(tie)
    for found in findings.values():
        measured.false_alarms += [f for f in found if f.fails and id(f) not in used]
    return measured


def _same_facts(findings: Sequence[Finding]) -> dict[int, frozenset[int]]:
    """For each line the lines of other tables that print the same facts: a claim may be held against any of them."""
    same: dict[int, frozenset[int]] = {}
    for finding in findings:
        if finding.kind == "statements agree" and finding.verdict == "holds" and len(finding.sources) == 1:
            lines = {finding.sources[0].line, finding.printed_at[0].line}
            joined = frozenset().union(lines, *(same.get(line, ()) for line in lines))
            same.update(dict.fromkeys(joined, joined))
    return same


def _matches(tie: Tie, finding: Finding, same: dict[int, frozenset[int]]) -> bool:
    """The same lines; a claim of the text may be held against another table that prints the same."""
    in_text = "prose" in tie.kind or "claim" in tie.kind or tie.kind == LOOSE
    dated = finding.period and len(tie.period) == len(finding.period)
    if not in_text and dated and finding.period != tie.period:
        return False
    lines = {spot.line for spot in (*finding.sources, *finding.printed_at)}
    return tie.lines == lines or (in_text and _is_claim(tie, finding, same))


def _is_claim(tie: Tie, finding: Finding, same: dict[int, frozenset[int]]) -> bool:
    said = finding.printed_at[0].line
    tables = {spot.line for spot in finding.sources if abs(spot.line - said) > ONE_PARAGRAPH}
    known = frozenset(tie.lines).union(*(same.get(line, ()) for line in tie.lines))
    beside = any(abs(said - line) <= ONE_SENTENCE for line in tie.lines - tables)
    return bool(tables) and tables <= known and beside


def measure_store(store: Store, shared: Path) -> Measured:
    """The checks of the three releases in the store."""
    found = {row["document"][:3]: check_filing(store, row["id"]) for row in store.filings()}
    return measure(found, read_ties(shared / "gold" / "ties.csv"))


def main() -> None:
    """Print what was found of each kind."""
    with Store.open(sys.argv[1]) as store:
        measured = measure_store(store, SHARED)
    for kind, count in measured.total.most_common():
        print(f"{measured.found[kind]:4} of {count:4}  {kind}")
    print(f"{measured.found.total()} of {measured.total.total()}: {measured.share:.1%}")
    for tie in measured.missed if "-v" in sys.argv else measured.missed_faults:
        print(f"missed ({tie.holds}): {tie.document} {tie.kind}: {tie.description} {sorted(tie.lines)} {tie.period}")
    for finding in measured.false_alarms:
        print(f"false alarm: {finding.kind} {finding.printed_at[0]} {finding.explanation}")


if __name__ == "__main__":
    main()
