"""Filings in layouts of others, each beside its cells as a reader of it would write them: what differs, cell by cell.

``tests/cases/strangers/NAME.gold`` stands beside ``NAME.txt`` or ``NAME.html``. Its lines, in the order of the page::

    columns: 3m 2004-09-30 | at 2003-12-31; entity=Crow Peak | change; unit=%
    entity: Talus Ridge Silver Company
    Sales of products | USD x1000 | 31,118 (28,054) . | metal=silver

A blank within a figure is ``_``, as in ``6_1/2%``. A column has a period (months and last day, ``at`` a day,
``change``, or ``any``) and what it says of its cells; a row has its label, its unit and scale, its figures as printed
(``.`` where there is none) and what it says of its cells. A line that begins with ``#`` says what the page is for.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from db.model import Fact
from db.parsing import parse_bytes
from grammar.periods import MONTHS_OF, duration
from grammar.records import record

HERE = Path(__file__).parent / "cases" / "strangers"
DIGITS = re.compile(r"\d")


@record
class Cell:
    """One figure as a reader understands it; ``more`` holds what the page says beyond, by the name of the field."""

    printed: str
    label: str
    period: str
    unit: str
    scale: int
    more: dict[str, str]


def gold_cells(path: Path) -> list[Cell]:
    """The cells of a gold file, in the order of the page."""
    columns: list[tuple[str, dict[str, str]]] = []
    said: dict[str, str] = {}
    cells = []
    for line in path.read_text(encoding="utf-8").splitlines():
        head, _, rest = line.partition(":")
        if head == "columns":
            columns = [_column(part) for part in rest.split("|")]
        elif head in ("entity", "statement"):
            said = said | {head: rest.strip()}
        elif line.strip() and not line.startswith("#"):
            cells += list(_row(line, columns, said))
    return cells


def _column(text: str) -> tuple[str, dict[str, str]]:
    period, *more = (part.strip() for part in text.split(";"))
    return period, _pairs(more)


def _pairs(parts: list[str]) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in parts)}


def _row(line: str, columns: list[tuple[str, dict[str, str]]], said: dict[str, str]) -> Iterator[Cell]:
    label, unit, figures, *rest = (part.strip() for part in line.split("|"))
    more = _pairs(rest[0].split(";")) if rest else {}
    printed = figures.split()
    assert len(printed) == len(columns), line
    for figure, (period, of_column) in zip(printed, columns, strict=True):
        if figure == ".":
            continue
        fields = said | of_column | more
        name, _, scale = (fields.pop("unit", unit) if unit == "." or "unit" in of_column else unit).partition(" x")
        if figure.endswith("%"):
            name, scale = "%", ""
        yield Cell(figure, label, period, name, int(scale or 1), fields)


def differences(path: Path) -> list[str]:
    """What differs between a filing and its gold file: cells that are missing, invented, or have a field wrong."""
    wanted = gold_cells(path.with_suffix(".gold"))
    filing = parse_bytes(path.read_bytes(), path.name)
    got = sorted(
        (fact for fact in filing.facts if fact.source == "table"), key=lambda fact: (fact.cell.line, fact.cell.start)
    )
    said = []
    matcher = difflib.SequenceMatcher(
        None,
        [plain(cell.printed) for cell in wanted],
        [plain(html.unescape(fact.cell.text)) for fact in got],
        autojunk=False,
    )
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            for cell, fact in zip(wanted[first:last], got[start:end], strict=True):
                said += [
                    f"wrong {fact.cell.line} {cell.printed} {cell.label!r}: {fault}" for fault in faults(cell, fact)
                ]
            continue
        said += [f"missing {cell.printed} {cell.label!r} {cell.period}" for cell in wanted[first:last]]
        said += [f"invented {fact.cell.line} {fact.cell.text} {fact.label!r}" for fact in got[start:end]]
    return said


def plain(printed: str) -> str:
    """A figure's digits and points alone, ``-`` where it has none: what is left when the signs around it are not."""
    return "".join(sign for sign in printed if sign.isdigit() or sign in ",.") if DIGITS.search(printed) else "-"


def faults(cell: Cell, fact: Fact) -> Iterator[str]:
    """The fields in which the fact is not what the cell says."""
    wanted = {
        "unit": cell.unit,
        "label": cell.label.lower(),
        "period": "" if cell.period in ("any", "change") else cell.period,
    } | cell.more
    got = {
        "unit": fact.unit,
        "label": fact.label.lower(),
        "period": "" if cell.period in ("any", "change") else _period_of(fact),
        "metal": fact.metal or "",
        "entity": fact.entity or "",
        "statement": fact.statement or "",
        "basis": fact.basis or "",
        "metric": fact.metric or "",
        "nature": fact.nature,
        "notes": ",".join(dict.fromkeys(fact.notes)),
    }
    if (cell.period == "change") != (fact.nature == "change"):
        yield f"nature {fact.nature}"
    if fact.value != value_of(cell):
        yield f"value {fact.value}, not {value_of(cell)}"
    yield from (f"{name} {got[name]!r}, not {want!r}" for name, want in wanted.items() if got[name] != want)


def value_of(cell: Cell) -> Decimal:
    """The value that the printed figure and the scale make."""
    if not DIGITS.search(cell.printed):
        return Decimal(0)
    sign = -1 if cell.printed.startswith(("(", "-")) else 1
    if "/" in cell.printed:
        whole, _, part = cell.printed.strip("%").partition("_")
        over, _, under = part.partition("/")
        return sign * (Decimal(whole) + Decimal(over) / Decimal(under))
    if cell.printed.endswith(":1"):
        return Decimal(cell.printed[:-2])
    return Decimal(plain(cell.printed).replace(",", "")) * cell.scale * sign


def _period_of(fact: Fact) -> str:
    period = fact.period
    if period is None:
        return "none"
    if period.start is None:
        return f"at {period.end}"
    months = next((count for count, kind in MONTHS_OF.items() if kind == period.kind), 0)
    whole = months and period.start == duration(period.end, months).start
    return f"{months}m {period.end}" if whole else f"{period.start} to {period.end}"


if __name__ == "__main__":
    import sys

    names = [name for name in sys.argv[1:] if "/" not in name]
    folder = next((Path(name) for name in sys.argv[1:] if "/" in name), HERE)
    for page in sorted(folder.iterdir()):
        if page.suffix != ".gold" and (not names or page.stem in names):
            found = differences(page)
            print(f"{page.stem}: {len(gold_cells(page.with_suffix('.gold')))} cells, {len(found)} differences")
            print("".join(f"    {line[:170]}\n" for line in found), end="")
