"""Tables whose title says per what their amounts are: "unit net cash costs per pound", over dollars and cents."""

from __future__ import annotations

import re

from db.parsing.draft import Row, Table
from db.parsing.units_said import unit_in
from grammar.chunks import remembered
from grammar.figures import as_seen

_PER = re.compile(r"\bper\s+(?:\w+\s+)?(?:pound|ounce|(?:metric\s+)?ton|tonne)\b(?!s)", re.IGNORECASE)
_BUT = re.compile(r"\b(?:except|excluding|other than)\b", re.IGNORECASE)
_CENTS = re.compile(r"\D*(?:\d{1,3}(?:,\d{3})*|\d*)\.\d\d\D*")
_LEAD = 300  # characters at the end of the sentence above a table


def rate_of(table: Table) -> str:
    """What amounts of the table are per, as ``/lb``; empty where it tells of none or has a scale, as no rate has."""
    if table.scale.given or table.scale.money != 1:
        return ""
    lead = table.lead.text[-_LEAD:] if table.lead is not None else ""
    said = [table.title, *(caption.text for caption in reversed(table.captions)), lead]
    return next(filter(None, map(_rate, said)), "")


@remembered
def _rate(text: str) -> str:
    match = None if _BUT.search(text) else _PER.search(text)
    return unit_in(f"cost {match[0]}").removeprefix("USD") if match else ""


def prints_cents(row: Row) -> bool:
    """Whether all figures of a row are printed to the cent, as amounts per pound are and totals are not."""
    printed = [as_seen(value.cell.text) for value in row.values if not value.figure.nil]
    return bool(printed) and all(_CENTS.fullmatch(text) for text in printed)
