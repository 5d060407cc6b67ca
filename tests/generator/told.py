"""Stores written from the truth itself, without the parser: what questions can do when every fact is read right."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.model import Cell, Fact, Filing, Paragraph
from db.parsing.names import read_names
from db.store import Store
from db.writing import Writer
from grammar.periods import Period, duration, instant
from tests.generator.filings import Generated
from tests.generator.targets import program_metric
from tests.generator.variants import Made


def store_told(filings: Iterable[Filing], place: Path) -> Store:
    """A store of filings that were made from their truth."""
    with Writer.open(place) as writer:
        for filing in filings:
            writer.add(filing)
    return Store.open(place)


def filing_of(name: str, text: str, facts: Iterable[Fact], company: str, ticker: str | None = None) -> Filing:
    """A filing of given facts; its names are read from its paragraphs as the program reads them."""
    found = tuple(facts)
    lines = text.split("\n")
    entities = list({f.entity: f.entity_kind for f in found if f.entity and f.entity_kind}.items())
    names = read_names(list(_paragraphs(lines)), company, entities)  # type: ignore[arg-type]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    end = max((f.period.end for f in found if f.period), default=None)
    return Filing(
        name, name, sha256, text, "text", company, ticker, None, end and end + dt.timedelta(days=36), "99", end,
        names=tuple(names), facts=found,
    )  # fmt: skip


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    run: list[Cell] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            run.append(Cell(number, 0, len(line), line))
        elif run:
            yield Paragraph(tuple(run), " ".join(" ".join(c.text for c in run).split()))
            run = []


def of_gold(made: Made, company: str) -> Filing:
    """A release, or a variant of one, from its gold cells."""
    lines = made.text.split("\n")
    return filing_of(made.name, made.text, (_gold_fact(c, lines, company) for c in made.cells), company)


def _gold_fact(cell: dict[str, str], lines: list[str], company: str) -> Fact:
    metric, metal = program_metric(cell)
    end = dt.date.fromisoformat(cell["period_end"])
    kind = (
        "company"
        if cell["entity"] == company
        else "segment"
        if cell["entity"] in ("Silver", "Gold", "Other")
        else "mine"
    )
    line, start, stop = int(cell["line"]), int(cell["col_start"]), int(cell["col_end"])
    return Fact(
        Cell(line, start, stop, lines[line - 1][start:stop]), Decimal(cell["value"]), cell["unit"], cell["label"],
        heading_path=tuple(p for p in cell["heading_path"].split(" > ") if p), column_number=int(cell["column"]),
        statement=cell["statement"], metric=metric, metal=metal, entity=cell["entity"], entity_kind=kind,
        basis=cell["basis"] or None, period=instant(end) if cell["period_kind"] == "instant" else duration(end, 3),
        nil=cell["nil"] == "1", notes=tuple(filter(None, cell["own_marks"].split(","))),
    )  # fmt: skip


def of_generated(made: Generated, company: str) -> Filing:
    """A made-up filing from its truth."""
    facts = (_made_fact(t) for t in made.truths)
    return filing_of(made.name, made.text, facts, company)


def _made_fact(t: dict[str, Any]) -> Fact:
    start = dt.date.fromisoformat(t["period_start"]) if t["period_start"] else None
    period = Period(dt.date.fromisoformat(t["period_end"]), t["period_kind"], start)
    return Fact(
        Cell(t["line"], t["column_start"], t["column_end"], t["as_printed"]), Decimal(str(t["value"])), t["unit"],
        t["label"], period=period,
        **{n: t[n] for n in ("statement", "metric", "metal", "entity", "entity_kind", "nature", "nil")},
    )  # fmt: skip
