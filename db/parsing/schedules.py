"""Schedules step: EDGAR's financial data schedules (Exhibit 27), a tag and its figures a line.

``<MULTIPLIER>`` scales every amount but those a share, ``<PERIOD-TYPE>`` and ``<PERIOD-END>`` date the columns: what a
balance sheet has is of that day, the rest of the span that ends with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from db.model import Cell, Fact
from db.parsing.draft import Draft
from db.readers.text import Line
from grammar.dates import MONTHS
from grammar.figures import read_figure
from grammar.labels import metric_of
from grammar.periods import Period, duration, instant

TITLE = "Financial data schedule"
_ROW = re.compile(r"\s*<(?P<tag>[A-Z][A-Z0-9&-]*)>(?P<rest>.*)", re.IGNORECASE)
_FIGURE = re.compile(r"(?P<figure>\(?-?\$?\s?(?:\d[\d,]*(?:\.\d*)?|\.\d+)\)?)(?P<marks>(?:\s?<F\d+>)*)(?=\s|$)")
_MARK = re.compile(r"<F(\d+)>")
_DAY = re.compile(r"([A-Z]{3})-(\d{1,2})-(\d{4})", re.IGNORECASE)
_SPAN = re.compile(r"(?P<months>\d{1,2})-MOS|(?P<year>YEAR)|QTR-(?P<quarter>\d)|OTHER", re.IGNORECASE)
_SAYS = frozenset((
    "ARTICLE", "RESTATED", "CIK", "NAME", "NUMBER", "MULTIPLIER", "CURRENCY", "PERIOD-TYPE", "FISCAL-YEAR-END",
    "PERIOD-START", "PERIOD-END", "TABLE", "S", "C", "CAPTION", "LEGEND", "PAGE", "FN", "TEXT", "EXCHANGE-RATE",
))  # fmt: skip
_HELD = frozenset(
    (
        "CASH",
        "SECURITIES",
        "RECEIVABLES",
        "ALLOWANCES",
        "INVENTORY",
        "CURRENT-ASSETS",
        "PP&E",
        "DEPRECIATION",
        "TOTAL-ASSETS",
        "CURRENT-LIABILITIES",
        "BONDS",
        "PREFERRED-MANDATORY",
        "PREFERRED",
        "COMMON",
        "OTHER-SE",
        "TOTAL-LIABILITY-AND-EQUITY",
        "INT-BEARING-DEPOSITS",
        "FED-FUNDS-SOLD",
        "TRADING-ASSETS",
        "INVESTMENTS-HELD-FOR-SALE",
        "INVESTMENTS-CARRYING",
        "INVESTMENTS-MARKET",
        "LOANS",
        "ALLOWANCE",
        "DEPOSITS",
        "SHORT-TERM",
        "LIABILITIES-OTHER",
        "LONG-TERM",
        "TOTAL-LIABILITIES-AND-EQUITY",
    )
)  # fmt: skip  (of commercial companies and of banks)
_MARKS_ONE = ("PERIOD-TYPE", "FISCAL-YEAR-END", "PERIOD-END")


@dataclass(slots=True)
class _Schedule:
    """What the lines of one schedule have said so far."""

    multiplier: int = 1
    currency: str = "USD"
    spans: list[int | None] = field(default_factory=list)  # months, None where they are not said
    starts: list[dt.date] = field(default_factory=list)
    ends: list[dt.date] = field(default_factory=list)

    def hear(self, tag: str, said: str) -> None:
        """Take what a line says of the whole schedule or of its columns."""
        if tag == "MULTIPLIER":
            figure = read_figure(said)
            self.multiplier = int(figure.value) if figure and figure.value > 0 else 1
        elif tag == "CURRENCY" and "canad" in said.lower():
            self.currency = "CAD"
        elif tag == "PERIOD-TYPE":
            self.spans = [_months(match) for match in _SPAN.finditer(said)]
        elif tag == "PERIOD-START":
            self.starts = list(_days(said))
        elif tag == "PERIOD-END":
            self.ends = list(_days(said))

    def period(self, column: int, *, held: bool) -> Period | None:
        """The day of a column, or the span that ends with it."""
        if column >= len(self.ends):
            return None
        end = self.ends[column]
        if held:
            return instant(end)
        months = self.spans[column] if column < len(self.spans) else None
        if months:
            return duration(end, months)
        return Period(end, "other", self.starts[column]) if len(self.starts) == len(self.ends) else None


def is_schedule(lines: list[Line]) -> bool:
    """Whether a part is a financial data schedule: it has the tags that every one has."""
    tags = {match["tag"].upper() for line in lines if "<" in line.text and (match := _ROW.match(line.text))}
    return tags.issuperset(_MARKS_ONE)


def hide_rows(lines: list[Line]) -> list[Line]:
    """The lines with a tag and its figures, which are then blank to what reads tables and text."""
    rows = [line for line in lines if "<" in line.text and (match := _ROW.match(line.text)) and not _is_note(match)]
    for line in rows:
        line.kind, line.chunks, line.words, line.figures = "blank", (), "", ()
    return rows


def _is_note(match: re.Match[str]) -> bool:
    return re.fullmatch(r"F\d+", match["tag"]) is not None


def schedules(draft: Draft) -> None:
    """Add the figures of the schedules that the blocks step found."""
    number = max((table.number for table in draft.tables), default=0)
    for at, lines in enumerate(draft.schedules, number + 1):
        draft.facts.extend(_facts(draft, lines, at))


def _facts(draft: Draft, lines: list[Line], number: int) -> Iterator[Fact]:
    schedule = _Schedule()
    for row, line in enumerate(lines, 1):
        match = _ROW.match(line.text)
        tag = match["tag"].upper() if match else ""
        if not match or tag in _SAYS:
            schedule.hear(tag, match["rest"].strip() if match else "")
            continue
        figures = list(_FIGURE.finditer(line.text, match.start("rest")))
        if len(figures) != max(len(schedule.ends), 1):
            draft.log.append(f"line {line.number}: {tag} has {len(figures)} figures for {len(schedule.ends)} columns")
            continue
        for column, printed in enumerate(figures):
            yield _fact(draft, schedule, (line, match, printed), (number, row, column))


def _fact(
    draft: Draft,
    schedule: _Schedule,
    found: tuple[Line, re.Match[str], re.Match[str]],
    place: tuple[int, int, int],
) -> Fact:
    """One figure of a line, in the table, row and column that ``place`` numbers."""
    line, match, printed = found
    tag, (number, row, column) = match["tag"].upper(), place
    figure = read_figure(printed["figure"])
    value = figure.value if figure else Decimal(0)
    a_share, held = tag.startswith("EPS-"), tag in _HELD
    unit = f"{schedule.currency}/share" if a_share else schedule.currency
    scale = 1 if a_share else schedule.multiplier
    statement = "balance_sheet" if held else "income_statement"
    label = match["tag"].replace("-", " ")
    return Fact(
        cell=Cell(line.number, printed.start("figure"), printed.end("figure"), printed["figure"]),
        value=value * scale,
        unit=unit,
        label=match["tag"],
        label_cells=(Cell(line.number, match.start("tag"), match.end("tag"), match["tag"]),),
        heading_path=(TITLE,),
        table=number,
        table_title=TITLE,
        row=row,
        column_number=column + 1,
        statement=statement,
        metric=metric_of(label, (TITLE,), TITLE, statement, unit, None, "company"),
        entity=draft.company,
        entity_kind="company" if draft.company else None,
        period=schedule.period(column, held=held),
        scale=scale,
        notes=tuple(_MARK.findall(printed["marks"])),
    )


def _months(match: re.Match[str]) -> int | None:
    if match["months"]:
        return int(match["months"])
    if match["quarter"]:
        return 3
    return 12 if match["year"] else None


def _days(said: str) -> Iterator[dt.date]:
    """The days of a line: ``DEC-31-1995``."""
    for match in _DAY.finditer(said):
        month = MONTHS.get(match[1].lower())
        if month:
            yield dt.date(int(match[3]), month, int(match[2]))
