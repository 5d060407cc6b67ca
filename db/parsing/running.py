"""Running step: a line that reads like a row of a table, ``Gold: 93,729 ounces hedged @ average price of $288``.

Such a line stands under a heading with its own date and gives a quantity and its price in one phrase.
"""

from __future__ import annotations

import re
from dataclasses import replace

from db.model import Cell, Fact, Paragraph
from db.parsing.draft import Draft
from db.parsing.entities import metals_in
from db.parsing.statements import statement_of
from db.parsing.units_said import unit_in
from grammar.dates import period_of, read_time
from grammar.figures import read_figure
from grammar.labels import metric_of

QUANTITY = re.compile(
    r"^(?P<subject>[A-Za-z][\w -]{1,24}):\s+(?P<amount>\d[\d,.]*)\s+(?P<unit>ounces|oz\.?"
    r"|pounds|lbs?\.?|tons|tonnes)\s+(?P<verb>\w+)"
    r"\s*(?:@|at)\s*(?:an?\s+)?(?P<price>(?:[a-z]+ )*?price)\s+(?:of\s+)?(?P<figure>\$\s?\d[\d,.]*\d|\$\s?\d)"
)


def running(draft: Draft) -> None:
    """Add the facts of such lines under their heading, with the day that the heading gives."""
    for blocks in draft.blocks.values():
        heads: list[Paragraph] = []
        for block in blocks:
            if not isinstance(block, Paragraph) or block.kind not in ("heading", "caption", "paragraph"):
                heads = heads if isinstance(block, Paragraph) and block.kind == "furniture" else []
                continue
            match = QUANTITY.match(block.text)
            if match and len(block.pieces) == 1:
                draft.facts.extend(_facts(draft, block.pieces[0], match, heads))
            elif block.kind == "paragraph":
                heads = []
            else:
                heads = [*heads[-2:], block]


def _facts(draft: Draft, place: Cell, match: re.Match[str], heads: list[Paragraph]) -> list[Fact]:
    """The quantity and its price, as rows of the table that the headings above name."""
    lines = [" ".join(piece.text.split()) for head in heads for piece in head.pieces]
    title = next((line for line in lines if not read_time(line)), "")
    said = next((words for line in reversed(lines) if (words := read_time(line))), None)
    period = period_of(replace(said, as_of=True), draft.year_end) if said else None
    subject, verb = match["subject"], match["verb"]
    metal = next(iter(metals_in(subject)), None)
    unit = unit_in(match["unit"])
    number = max((table.number for table in draft.tables), default=0) + 1
    statement = statement_of(title) or "other"
    found: list[Fact] = []
    for group, label, measure in (
        ("amount", f"{subject}: {match['unit']} {verb}", unit),
        ("figure", f"{subject}: {verb} {match['price']}", f"USD/{unit}"),
    ):
        start = place.text.find(match[group], 0 if group == "amount" else place.text.find(match["price"]))
        figure = read_figure(match[group])
        if figure is None or start < 0:
            continue
        cell = Cell(place.line, place.start + start, place.start + start + len(match[group]), match[group])
        found.append(
            Fact(
                cell=cell,
                value=figure.value,
                unit=measure,
                label=label,
                label_cells=(place,),
                table=number,
                heading_path=(title,) if title else (),
                table_title=title,
                column_number=len(found) + 1,
                statement=statement,
                metal=metal,
                entity=draft.company,
                entity_kind="company" if draft.company else None,
                period=period,
                metric=metric_of(label, (title,) if title else (), title, statement, measure, metal, "company"),
            )
        )
    return found
