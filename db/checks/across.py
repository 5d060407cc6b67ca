"""Rows that add up across their columns: a Total column is the sum of the mines or segments beside it, a year that of
its quarters.

Which columns make another is read off all rows at once, as with rows: only where it holds in most of them is a row in
which it doesn't a fault. Grades, prices, costs of an ounce, percentages and averages are never added.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from db.checks.figure import Figure
from db.checks.finding import Finding, judge, relate, total
from db.checks.foots import is_additive
from db.checks.sheet import Sheet
from grammar.records import record

TOTAL = "columns make the total"
PERIODS = "periods make the longer one"
NAMES = frozenset({"total", "totals", "consolidated", "consolidated total", "total consolidated", "total company"})
# A label with one of these names something that is no amount, whatever its unit: it is never added across columns.
MEANS = re.compile(
    r"\b(?:average|weighted|grades?|prices?|rates?|ratio|margin|recover(?:y|ies)|yields?|per|percent\w*|days|shares"
    r"|outstanding|employees|beginning|end of|diluted|basic)\b"
)
CLEAR = 50  # last digits: a smaller sum may be one by chance
EVIDENCE = 2  # rows that hold for each that does not, before that one is a fault
Cells = Mapping[int, Figure]  # of one row, by the number of the column


@record
class Columns:
    """Some columns, by their numbers, and the one that they make."""

    whole: int
    parts: tuple[int, ...]


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every row of amounts whose columns make another of its columns."""
    for figures in sheet.tables.values():
        headings = {figure.column: figure.over for figure in figures}
        if len(headings) < 3:
            continue
        rows = _rows(figures)
        for total_of in _totals(figures, headings):
            chosen = max(total_of, key=lambda columns: _score(rows, columns), default=None)
            if chosen:
                yield from _findings(sheet, TOTAL, rows, chosen, "the columns beside it make")
        for columns in _spans(figures):
            yield from _findings(sheet, PERIODS, rows, columns, "the periods that it is made of make")


def _rows(figures: Sequence[Figure]) -> list[Cells]:
    """The rows of amounts, those of several units by unit."""
    found: dict[tuple[int, str, str | None], dict[int, Figure]] = {}
    for figure in figures:
        if adds(figure.unit, figure.key):
            found.setdefault((figure.row, figure.unit, figure.metric), {}).setdefault(figure.column, figure)
    return list(found.values())


@lru_cache(1024)
def adds(unit: str, key: str) -> bool:
    """Whether figures of a unit and label are amounts that several columns may make."""
    return is_additive(unit) and unit not in {"USD/share", "shares"} and not MEANS.search(key)


def _totals(figures: Sequence[Figure], headings: Mapping[int, str]) -> Iterator[list[Columns]]:
    """For each column that is headed as the total, the ways in which the columns of its period may make it."""
    if not any("total" in heading.lower() or "consolidated" in heading.lower() for heading in headings.values()):
        return
    periods: dict[object, list[int]] = {}
    for column, period in sorted({(figure.column, figure.period[1] and figure.period) for figure in figures}, key=str):
        periods.setdefault(period, []).append(column)
    for same in periods.values():
        columns = sorted(same)
        own = _apart([headings[column] for column in columns])
        totals = [at for at, words in enumerate(own) if words in NAMES]
        for place, at in enumerate(totals):
            before = totals[place - 1] + 1 if place else 0
            runs = [columns[before:at], columns[max(before - 1, 0) : at]]
            runs.append([column for number, column in enumerate(columns) if number < at and number not in totals])
            if at == 0:
                runs = [columns[1 : totals[1] if len(totals) > 1 else None]]
            yield [Columns(columns[at], tuple(run)) for run in runs if len(run) > 1]


def _apart(headings: Sequence[str]) -> list[str]:
    """What each heading has of its own, without the words that all of them begin or end with, in lower case."""
    words = [heading.lower().split() for heading in headings]
    while len(words) > 1 and all(len(own) > 1 and own[0] == words[0][0] for own in words):
        words = [own[1:] for own in words]
    while len(words) > 1 and all(len(own) > 1 and own[-1] == words[0][-1] for own in words):
        words = [own[:-1] for own in words]
    return [" ".join(own) for own in words]


def _spans(figures: Sequence[Figure]) -> Iterator[Columns]:
    """The columns whose time is that of other columns, one after the other."""
    spans: dict[tuple[str, str], int] = {}
    for figure in figures:
        start, end = figure.period
        if start and end and spans.setdefault((start, end), figure.column) != figure.column:
            return  # mines side by side, or panels: not one row of time
    for (start, end), column in spans.items():
        parts = _chain(spans, start, end)
        if parts:
            yield Columns(column, tuple(parts))


def _chain(spans: Mapping[tuple[str, str], int], start: str, end: str) -> list[int]:
    """The shortest columns that follow each other from a day to another; empty where one is missing."""
    found, at = list[int](), start
    while at <= end:
        ends = [last for first, last in spans if first == at and last <= end and (first, last) != (start, end)]
        if not ends:
            return []
        found.append(spans[at, min(ends)])
        at = _next_day(min(ends))
    return found


@lru_cache(256)
def _next_day(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def _sums(rows: Sequence[Cells], columns: Columns) -> Iterator[tuple[Figure, list[Figure]]]:
    """The total of each row that has one, with the parts that the row has."""
    for cells in rows:
        whole = cells.get(columns.whole)
        parts = [cells[column] for column in columns.parts if column in cells]
        if whole and len(parts) > 1:
            yield whole, parts


def _score(rows: Sequence[Cells], columns: Columns) -> int:
    """How many rows hold that are no chance, less those that don't."""
    score = 0
    for whole, parts in _sums(rows, columns):
        if judge(total(parts), whole) == "NO":
            score -= 1
        elif _is_clear(whole, parts):
            score += 1
    return score


def _is_clear(whole: Figure, parts: Sequence[Figure]) -> bool:
    several = sum(part.value != 0 for part in parts) > 1
    return several and abs(whole.value) >= 2 * CLEAR * whole.half


def _findings(sheet: Sheet, kind: str, rows: Sequence[Cells], columns: Columns, words: str) -> Iterator[Finding]:
    found = [(whole, parts, judge(total(parts), whole)) for whole, parts in _sums(rows, columns)]
    holding = sum(verdict != "NO" and _is_clear(whole, parts) for whole, parts, verdict in found)
    failing = [whole for whole, _, verdict in found if verdict == "NO"]
    sure = holding >= EVIDENCE * len(failing)
    if not holding or len(failing) > holding:
        return
    for whole, parts, _ in found:
        yield relate(kind, sheet.document, total(parts), whole, parts, words, not sure)
