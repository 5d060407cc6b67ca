"""Labels in two columns: a property and its category, a property and who works it.

Where the first is left out in the rows below, or said again, it is a heading over these; where every row has one of its
own, it is the label.
"""

from __future__ import annotations

from typing import Literal

from db.model import GridCell
from db.parsing.draft import Table
from grammar.records import record

NEAR = 2  # columns of text that words in one column of labels may stray


@record
class Stubs:
    """Where the second column of labels stands, and whether the first heads groups of rows."""

    left: int
    grouped: bool
    reach: int

    def is_second(self, cell: GridCell) -> bool:
        """Whether words stand in the second column of labels."""
        return abs(cell.left - self.left) <= self.reach


def stubs_of(table: Table) -> Stubs | None:
    """The second column of labels, None where the table's heading tells of none."""
    edge = min((column.left for column in table.columns), default=0)
    heads = [[c for c in row.cells if c.right <= edge and c.text] for row in table.header if not row.rule]
    second = next((cells[1].left for cells in heads if len(cells) == 2), None)
    if second is None:
        return None
    reach = 0 if table.exact else NEAR
    found = Stubs(second, False, reach)
    labels = [[cell for cell in words if cell.left < edge] for words, values in table.read if values]
    paired = [cells for cells in labels if len(cells) == 2 and found.is_second(cells[1])]
    alone = [cells for cells in labels if len(cells) == 1 and found.is_second(cells[0])]
    if len(paired) < 2:
        return None
    firsts = [cells[0].text for cells in paired]
    return Stubs(second, bool(alone) or len(set(firsts)) < len(firsts), reach)


def kind_of(stubs: Stubs | None, cells: list[GridCell]) -> Literal["heads", "labels", ""]:
    """What the first of a row's two label cells does: it heads a group, or is the label by itself."""
    if stubs is None or len(cells) != 2 or not stubs.is_second(cells[1]):
        return ""
    return "heads" if stubs.grouped else "labels"
