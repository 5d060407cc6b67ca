"""Facts that the program found, held against gold cells (by the shared checker's own rules) or against a made truth."""

from __future__ import annotations

import importlib.util
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from db.model import Filing

Fact = dict[str, Any]
Faults = Callable[[dict[str, Any], Fact], Iterable[tuple[str, bool]]]


@dataclass
class Held:
    """How many cells there are, were found and were right in every field; which fields failed, how often and where."""

    cells: int = 0
    found: int = 0
    right: int = 0
    invented: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing, wrong or invented."""
        return self.right == self.cells and not self.invented

    def __add__(self, other: Held) -> Held:
        counts = [getattr(self, n) + getattr(other, n) for n in ("cells", "found", "right", "invented")]
        return Held(*counts, self.wrong + other.wrong, self.shown + other.shown)

    def __str__(self) -> str:
        share = 100 * self.right / self.cells if self.cells else 0
        said = f"cells {self.cells}, found {self.found}, every field right {self.right} ({share:.2f} %)"
        said += f", invented {self.invented}"
        return said + (f", wrong {dict(self.wrong.most_common())}" if self.wrong else "")


@cache
def shared_module(path: Path) -> ModuleType:
    """A script of ``../shared`` as a module, so that its own rules judge."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def facts_of(filing: Filing) -> Iterator[Fact]:
    """The table facts of a filing in the fields that the shared checker describes, and some more."""
    for fact in filing.facts:
        if fact.source == "table":
            period = fact.period
            yield {
                "document": filing.document, "line": fact.cell.line, "column_start": fact.cell.start,
                "column_end": fact.cell.end, "as_printed": fact.cell.text, "value": float(fact.value),
                "unit": fact.unit, "statement": fact.statement, "heading_path": list(fact.heading_path),
                "label": fact.label, "period_end": period.end.isoformat() if period else None,
                "period_start": period.start.isoformat() if period and period.start else None,
                "period_kind": period.kind if period else None, "entity": fact.entity, "metal": fact.metal,
                "basis": fact.basis, "notes": list(fact.notes), "metric": fact.metric, "nature": fact.nature,
                "entity_kind": fact.entity_kind,
            }  # fmt: skip


def hold(name: str, facts: Iterable[Fact], cells: list[dict[str, Any]], span: tuple[str, str], faults: Faults) -> Held:
    """Every cell against the best fact on its span; a fact on no cell's span is invented."""
    by_line: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_line[fact["line"]].append(fact)
    result, used = Held(len(cells)), set()
    for cell in cells:
        line, start, end = int(cell["line"]), int(cell[span[0]]), int(cell[span[1]])
        hits = [f for f in by_line.get(line, []) if f["column_start"] < end and start < f["column_end"]]
        if not hits:
            result.wrong["not found"] += 1
            result.shown.append(
                f"not found {name}:{line} {cell.get('raw') or cell['as_printed']!r} {cell['label'][:50]!r}"
            )
            continue
        result.found += 1
        used.update(id(f) for f in hits)
        judged = [([n for n, ok in faults(cell, f) if not ok], f) for f in hits]
        missed, best = min(judged, key=lambda j: len(j[0]))
        result.right += not missed
        result.wrong.update(missed)
        if missed:
            told = [(n, best.get(n, best["heading_path"]), cell.get(n)) for n in missed]
            result.shown.append(f"{name}:{line} {best['as_printed']!r} {cell['label'][:40]!r} {told}")
    strays = [f for fs in by_line.values() for f in fs if id(f) not in used]
    result.invented = len(strays)
    result.shown += [f"invented {name}:{f['line']} {f['as_printed']!r} {f['label'][:50]!r}" for f in strays]
    return result


def against_gold(shared: Path, filing: Filing, cells: list[dict[str, str]]) -> Held:
    """A release, or a variant of one, against its gold cells; the fields are those of the shared checker."""
    checker = shared_module(shared / "gold" / "check_facts.py")
    return hold(filing.document, facts_of(filing), cells, ("col_start", "col_end"), checker.fields)


def against_truth(filing: Filing, truths: list[dict[str, Any]]) -> Held:
    """A made-up filing against its truth."""
    return hold(filing.document, facts_of(filing), truths, ("column_start", "column_end"), _fields)


def _fields(truth: dict[str, Any], fact: Fact) -> Iterator[tuple[str, bool]]:
    yield "value", abs(fact["value"] - truth["value"]) <= 1e-9 * max(1, abs(truth["value"]))
    yield "nature", fact["nature"] == truth["nature"]
    yield "label", plain(fact["label"]) == plain(truth["label"])
    yield "entity", plain(fact["entity"]) == plain(truth["entity"])
    if truth["nature"] == "change":
        return
    yield "unit", fact["unit"] == truth["unit"]
    yield "metal", (fact["metal"] or None) == truth["metal"]
    yield "metric", fact["metric"] == truth["metric"]
    yield "period_end", fact["period_end"] == truth["period_end"]
    yield "period_kind", fact["period_kind"] == truth["period_kind"]
    yield "statement", fact["statement"] == truth["statement"]


def plain(text: object) -> str:
    """Letters and digits alone, small."""
    return "".join(c for c in str(text or "").lower() if c.isalnum())
