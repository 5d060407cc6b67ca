"""Filings made by hand, for tests of what keeps and shows them; nothing of a real one is in here."""

import datetime as dt
import hashlib
from decimal import Decimal

from db.model import Cell, Fact, Filing, Name, Note, Part, Passage
from grammar.periods import quarter

SENTENCE = "Night Heron Mining Corp. tells of its quarter."
TEXT = """EXHIBIT 99
Night Heron Mining Corp. tells of its quarter.

PRODUCTION DATA            Mar. 31, 2009   Mar. 31, 2008
Silver produced (oz.) (1)        412,300         398,100
Total cash costs per ounce        $(0.25)          $4.10

(1) At the mill.
"""


def cell(line: int, words: str, text: str = TEXT) -> Cell:
    """The place of the words in a line."""
    start = text.split("\n")[line - 1].index(words)
    return Cell(line, start, start + len(words), words)


def fact(line: int, words: str, value: str, label: str, **more: object) -> Fact:
    """A fact of the filing's table."""
    settings = {
        "unit": "oz",
        "entity": "Blue Kettle",
        "entity_kind": "mine",
        "period": quarter(2009, 1),
        "statement": "production_data",
        "heading_path": ("PRODUCTION DATA",),
        "table": 1,
        "label_cells": (cell(line, label),),
    }
    return Fact(cell(line, words), Decimal(value), label=label, **(settings | more))


def filing(text: str = TEXT, document: str = "heron.txt", path: str | None = None) -> Filing:
    """A filing with three facts, a note, a passage and a name, its digest that of its text."""
    return Filing(
        document,
        path or f"/gone/{document}",
        hashlib.sha256(text.encode()).hexdigest(),
        text,
        "text",
        company="Night Heron Mining Corp.",
        title="Night Heron tells of its quarter",
        released=dt.date(2009, 5, 4),
        period_end=dt.date(2009, 3, 31),
        parts=(Part(1, "EX-99", "", 1, 9, "text"),),
        names=(Name("Kettle", "Blue Kettle", "mine", "short"),),
        facts=(
            fact(5, "412,300", "412300", "Silver produced (oz.)", metric="production", metal="silver", notes=("1",)),
            fact(5, "398,100", "398100", "Silver produced (oz.)", metric="production", period=quarter(2008, 1)),
            fact(6, "$(0.25)", "-0.25", "Total cash costs per ounce", unit="USD/oz", metric="total_cash_cost_per_oz"),
        ),
        notes=(Note("1", "At the mill.", (cell(8, "(1) At the mill."),), 1),),
        passages=(
            Passage("Night Heron Mining Corp. tells of its quarter.", (cell(2, TEXT.split("\n")[1]),), "paragraph"),
        ),
    )


def numbered(number: int) -> Filing:
    """One of many filings, each with bytes of its own."""
    return filing(f"{TEXT}\n{number}\n", f"heron-{number:03}.txt")
