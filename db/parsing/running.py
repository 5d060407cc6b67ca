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
from grammar.periods import Period

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
    subject, verb, unit = match["subject"], match["verb"], unit_in(match["unit"])
    title, period = _headed(heads, draft.year_end)
    statement = statement_of(title) or "other"
    path, metal = (title,) if title else (), next(iter(metals_in(subject)), None)
    behind_price = place.text.find(match["price"])
    found: list[Fact] = []
    for group, label, measure, since in (
        ("amount", f"{subject}: {match['unit']} {verb}", unit, 0),
        ("figure", f"{subject}: {verb} {match['price']}", f"USD/{unit}", behind_price),
    ):
        figure, at = read_figure(match[group]), place.text.find(match[group], since)
        if figure is None or at < 0:
            continue
        fact = Fact(
            cell=Cell(place.line, place.start + at, place.start + at + len(match[group]), match[group]),
            value=figure.value,
            unit=measure,
            label=label,
            label_cells=(place,),
            table=max((table.number for table in draft.tables), default=0) + 1,
            heading_path=path,
            table_title=title,
            column_number=len(found) + 1,
            statement=statement,
            metal=metal,
            entity=draft.company,
            entity_kind="company" if draft.company else None,
            period=period,
            metric=metric_of(label, path, title, statement, measure, metal, "company"),
        )
        found.append(fact)
    return found


def _headed(heads: list[Paragraph], year_end: int) -> tuple[str, Period | None]:
    """The title that stands over such lines and the day that it or a heading below it gives."""
    lines = [" ".join(piece.text.split()) for head in heads for piece in head.pieces]
    title = next((line for line in lines if not read_time(line)), "")
    said = next((words for line in reversed(lines) if (words := read_time(line))), None)
    return title, period_of(replace(said, as_of=True), year_end) if said else None
