"""Rows for a person or for a program: an aligned table, CSV, or a JSON object a line."""

from __future__ import annotations

import csv
import itertools
import json
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

JSON_COLUMNS = frozenset(("heading_path", "notes", "places", "log"))
WIDEST = 60
SAMPLE = 2000  # rows that the widths of a table are measured on

Row = Mapping[str, Any] | sqlite3.Row


def write(rows: Iterable[Row], form: str, columns: Sequence[str], out: TextIO | None = None) -> None:
    """Write the rows; ``columns`` are those of the table, the other forms have all."""
    out = out or sys.stdout
    if form == "jsonl":
        out.writelines(json.dumps(decoded(row), ensure_ascii=False) + "\n" for row in rows)
    elif form == "csv":
        _csv(rows, out)
    else:
        _table(rows, columns, out)


def decoded(row: Row) -> dict[str, Any]:
    """The row with its JSON columns as lists and dicts."""
    return {key: json.loads(row[key]) if key in JSON_COLUMNS else row[key] for key in row.keys()}  # noqa: SIM118


def _csv(rows: Iterable[Row], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    for number, row in enumerate(rows):
        if not number:
            writer.writerow(row.keys())
        writer.writerow([row[key] for key in row.keys()])  # noqa: SIM118


def _table(rows: Iterable[Row], columns: Sequence[str], out: TextIO) -> None:
    """Columns as wide as the first rows need; figures to the right."""
    remaining = iter(rows)
    head = [_texts(row, columns) for row in itertools.islice(remaining, SAMPLE)]
    widths = [max(map(len, column)) for column in zip(columns, *head, strict=True)]
    numeric = [all(_is_figure(text) for text in column) for column in zip(*head, strict=True)] or [False] * len(columns)
    titles = [column.replace("_", " ") for column in columns]
    for texts in itertools.chain([titles], head, (_texts(row, columns) for row in remaining)):
        cells = [
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(texts, widths, numeric, strict=True)
        ]
        out.write("  ".join(cells).rstrip() + "\n")


def _texts(row: Row, columns: Sequence[str]) -> list[str]:
    return [_shortened("" if row[column] is None else str(row[column])) for column in columns]


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _is_figure(text: str) -> bool:
    return not text or text.lstrip("$(-").rstrip(")%").replace(",", "").replace(".", "").isdigit()
