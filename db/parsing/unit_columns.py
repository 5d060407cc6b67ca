"""Units in a column of their own between the labels and the figures: ``Ore milled | tonnes | 204,118``.

They are taken off the labels, since a reader has them beside the label and not as its last word.
"""

from __future__ import annotations

import re
from collections import defaultdict

from db.model import GridCell, GridRow
from db.parsing.units_said import unit_in
from db.parsing.values import RawValue
from grammar.chunks import remembered

_HEADED = re.compile(r"\(?units?(?: of measure(?:ment)?)?\)?|measure", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:in )?(?:US|C|CA|A)?\$(?: ?(?:000s?|m|millions?|thousands?|'000s?))?|[\d'’,]*000s?", re.IGNORECASE
)
_LONGEST = 24
_FEWEST = 2
Read = list[tuple[list[GridCell], list[RawValue]]]


def take_units(header: list[GridRow], read: Read) -> dict[int, str]:
    """The units that stand in a column of their own, by row; they are no longer among the words of ``read``."""
    beside: dict[int, list[tuple[int, GridCell]]] = defaultdict(list)
    for number, (words, values) in enumerate(read):
        labels = [cell for cell in words if values and cell.left < values[0].left]
        if len(labels) > 1:
            beside[labels[-1].left].append((number, labels[-1]))
    heads = [cell for row in header if not row.rule for cell in row.cells if _HEADED.fullmatch(cell.text)]
    found: dict[int, str] = {}
    for left, cells in beside.items():
        headed = any(head.left <= left < head.right for head in heads)
        if headed or (len(cells) >= _FEWEST and all(_is_unit(cell.text) for _, cell in cells)):
            for number, cell in cells:
                read[number][0].remove(cell)
                found[number] = cell.text
    return found


@remembered
def _is_unit(text: str) -> bool:
    """Whether words say by what figures are counted and nothing else."""
    if len(text) > _LONGEST or not text[:1].isprintable():
        return False
    return _MONEY.fullmatch(text) is not None or (bool(unit_in(f"({text})")) and not text[0].isupper())
