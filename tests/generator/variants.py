"""The two real releases with everything changed that a program must not know: names, dates, figures, widths, order.

A `Variant` says what is changed; `build` makes the text of one release and its gold cells, both from ``../shared`` at
run time. What stands around the change (wrapping, page breaks, notes) stays, so the traps of the originals stay too.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from grammar.periods import shift_months
from tests.generator.dates import Shift
from tests.generator.lines import Line, Paragraph, Placed
from tests.generator.tables import spread, tables

OLD_MINES = ("Lucky Friday", "Greens Creek", "La Camorra", "San Sebastian")
OLD_COMPANY = ("Hecla Mining Company", "Hecla", "HL")
MINES = (
    "Bear Paw", "Quartz Hill", "El Toro", "Santa Rita", "Kettle River", "Black Pine", "Thunder Basin", "Mesquite",
    "Cerro Alto", "Blue Ledge", "North Fork", "Las Palmas", "Old Dominion", "Wolverine", "Trout Lake", "Red Mountain",
    "Monte Verde", "Juniper", "Agua Fria", "Stillwell", "Pine Flat", "Ojo Caliente", "Big Horn", "Dutch Flat",
)  # fmt: skip
COMPANIES = (
    ("Tamarack Mining Company", "Tamarack", "TMK"), ("Orion Basin Resources Corporation", "Orion Basin", "OBR"),
    ("Palisade Metals Inc.", "Palisade", "PLS"), ("Sierra Norte Mines Ltd.", "Sierra Norte", "SNM"),
    ("Whitehorse Mining Corporation", "Whitehorse", "WHM"), ("Condor Peak Mining Company", "Condor Peak", "CPK"),
)  # fmt: skip
PLACES = {
    "Coeur d'Alene": "Elko Springs", "Idaho": "Montana", "Venezuelan": "Peruvian", "Venezuela": "Peru",
    "Mexico": "Chile", "Durango": "Coquimbo", "Alaska": "Ontario",
}  # fmt: skip
MONEY = {"USD", "USD/share"}
PER_METAL = {"USD/oz", "USD/ton", "USD/lb", "cents/lb"}
METAL = {"oz", "ton"}
Row = dict[str, str]


@dataclass(frozen=True)
class Variant:
    """What is changed: names, dates, figures (``money`` and ``metal`` multiply them), layout, order."""

    id: str
    names: dict[str, str] = field(default_factory=dict)
    shift: Shift = field(default_factory=lambda: Shift(0, 0))
    money: int = 1
    metal: int = 1
    noise: int | None = None
    margin: int = 0
    gaps: tuple[int, int] = (0, 0)
    reverse: bool = False
    spoken: str | None = None
    width: int | None = None

    @property
    def mines(self) -> dict[str, str]:
        """Old name to new name of the four mines."""
        return {old: self.names.get(old, old) for old in OLD_MINES}

    def factor(self, unit: str) -> Decimal:
        """By how much figures of this unit were multiplied."""
        if unit in MONEY:
            return Decimal(self.money)
        if unit in PER_METAL:
            return Decimal(self.money) / self.metal
        return Decimal(self.metal) if unit in METAL else Decimal(1)


def draw(seed: int, plain_figures: bool = True) -> Variant:
    """The variant of a seed; with ``plain_figures`` its tables still add up and its text still agrees with them."""
    dice = random.Random(seed)
    mines = dice.sample(MINES, len(OLD_MINES))
    company = dice.choice(COMPANIES)
    names = {**dict(zip(OLD_MINES, mines, strict=True)), **dict(zip(OLD_COMPANY, company, strict=True)), **PLACES}
    names["29.73"] = f"{dice.randint(12, 88)}.{dice.randint(10, 99)}"
    return Variant(
        id=f"seed{seed}{'' if plain_figures else '-noise'}",
        names=names,
        shift=Shift(dice.randrange(3), dice.choice([-9, -5, -1, 4, 6, 10])),
        money=dice.choice([1, 2, 3]) if plain_figures else 1,
        noise=None if plain_figures else seed,
        margin=dice.choice([0, 0, 3, 8]),
        gaps=(dice.choice([4, 5, 9, 14]), dice.choice([4, 6, 9])),
        reverse=dice.random() < 0.5,
        spoken=dice.choice([None, None, "Three Months Ended", "Quarter Ended"]),
        width=dice.choice([None, 64, 78, 90]),
    )


@cache
def gold(shared: Path, name: str) -> tuple[Row, ...]:
    """The rows of one of the gold files."""
    with (shared / "gold" / f"{name}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def release(shared: Path, doc: str) -> tuple[str, tuple[str, ...]]:
    """File name and lines of a release, by its first three characters."""
    path = next((shared / "filings").glob(f"{doc}_*.txt"))
    return path.name, tuple(path.read_text(encoding="utf-8").split("\n"))


@dataclass(frozen=True)
class Made:
    """A release that was made: file name, text, its gold cells, and where each of its figures now stands."""

    name: str
    text: str
    cells: list[Row]
    placed: Placed


def build(shared: Path, doc: str, variant: Variant) -> Made:
    """One release (``000``, ``002`` or ``004``) as the variant has it."""
    name, lines = release(shared, doc)
    cells = [(i, c) for i, c in enumerate(gold(shared, "cells")) if c["doc"] == doc]
    said = [(i, p) for i, p in enumerate(gold(shared, "prose")) if p["doc"] == doc]
    blocks = list(_blocks(lines, cells, said, variant))
    if variant.reverse:
        _reverse_mines(blocks)
    out: list[str] = []
    placed: Placed = {}
    for block in blocks:
        out += block.lay(len(out) + 1, placed)
    text = "\n".join(out)
    made = [_cell(c, i, out, placed, variant) for i, c in cells]
    return Made(name, text, made, placed)


def _blocks(lines: tuple[str, ...], cells: list, said: list, variant: Variant):
    kept = [Line(text) for text in lines]
    for i, cell in cells:
        kept[int(cell["line"]) - 1].spans.append([int(cell["col_start"]), int(cell["col_end"]), ("cell", i)])
    regions = tables(lines, [c for _, c in cells])
    for region in regions:
        spread(kept, region, variant.margin, variant.gaps)
    inside = {n for r in regions for n in range(r.first, r.last + 1)}
    units = {("cell", i): c["unit"] for i, c in cells} | {("prose", i): p["unit"] for i, p in said}
    exact = {("prose", i): cell for i, p in said if (cell := _restated(p, cells)) is not None}
    for block in _paragraphs(kept, inside, said, variant.width):
        _figures(block, units, exact, variant)
        _words(block, variant)
        yield block


def _paragraphs(kept: list[Line], inside: set[int], said: list, width: int | None):
    """Lines as they are, and running text joined: lines of one indent after the first, outside the tables."""
    at = 0
    while at < len(kept):
        stop = at + 1
        bullet = re.compile(r"\s*(--|\(\d\)) ?")
        if at not in inside and kept[at].text.strip():
            while (
                stop < len(kept)
                and stop not in inside
                and kept[stop].text.strip()
                and not bullet.match(kept[stop].text)
            ):
                stop += 1
        run = kept[at:stop]
        indents = [len(x.text) - len(x.text.lstrip()) for x in run]
        here = [(i, p) for i, p in said if at < int(p["line"]) <= stop]
        if stop - at > 1 and len(set(indents[1:])) == 1 and indents[1] < 12 and max(len(x.text) for x in run) > 45:
            starts, text = [], ""
            for line in run:
                text += " " if text else ""
                starts.append(len(text) - (len(line.text) - len(line.text.lstrip())))
                text += line.text.strip()
            block = Paragraph(text, indents[0], indents[1], width or max(len(x.text) for x in run))
            for i, p in here:
                start = starts[int(p["line"]) - 1 - at] + int(p["col_start"])
                end = starts[min(int(p["raw_line_end"]) - 1 - at, len(starts) - 1)] + int(p["raw_col_end"])
                block.spans.append([start, end, ("prose", i)])
            yield block
        else:
            for i, p in here:
                if p["raw_line_end"] == p["line"]:
                    kept[int(p["line"]) - 1].spans.append([int(p["col_start"]), int(p["raw_col_end"]), ("prose", i)])
            yield from run
        at = stop


def _restated(said: Row, cells: list) -> Decimal | None:
    """The exact figure that a sentence restates rounded, in the sentence's own scale; None where it doesn't say."""
    line, _, column = said["cell_ref"].partition(".")
    found = [c for _, c in cells if c["line"] == line and c["column"] == column]
    if not found or not re.search(r"million", said["raw"], re.I):
        return None
    exact = abs(Decimal(found[0]["value"])) / 10**6
    printed = plain(said["raw"]) or Decimal(0)
    return exact if abs(exact - printed) <= Decimal("0.5").scaleb(printed.as_tuple().exponent) else None


def _figures(block: Line | Paragraph, units: dict, exact: dict, variant: Variant) -> None:
    """Multiply, or scramble, the figures of a block; a figure of a table keeps its right edge."""
    for span in sorted(block.spans, key=lambda s: -s[0]):
        start, end, tag = span
        old = block.text[start:end]
        new = figure(old, variant, units[tag], tag, exact.get(tag))
        if new != old:
            block.replace(start, end, new, "right" if tag[0] == "cell" else "none")


WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
WORDS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "twenty-one"]


def figure(old: str, variant: Variant, unit: str, tag: tuple[str, int], exact: Decimal | None = None) -> str:
    """A printed figure as the variant prints it."""
    if unit not in MONEY | PER_METAL | METAL:
        return old
    number = re.search(r"\d[\d,]*(?:\.\d+)?|\.\d+", old)
    if number is None:
        return re.sub("seven", WORDS[7 * int(variant.factor(unit))], old) if "seven" in old else old
    if variant.noise is not None:
        dice = random.Random(f"{variant.noise}{tag}")
        first = iter([True])
        new = re.sub(r"\d", lambda d: _digit(d[0], next(first, False), dice), number[0])
    else:
        value = (exact or Decimal(number[0].replace(",", ""))) * variant.factor(unit)
        places = len(number[0].partition(".")[2])
        new = f"{value:,.{places}f}"
    new = old[: number.start()] + new + old[number.end() :]
    return re.sub(r"(?<!1) cent$", " cents", new) if new != "1 cent" else new


def _digit(digit: str, first: bool, dice: random.Random) -> str:
    return digit if first and digit == "0" else str(dice.randint(1 if first else 0, 9))


def _words(block: Line | Paragraph, variant: Variant) -> None:
    """Names and dates; on a line of a table the columns to the right stay where they are."""
    edits = [(s, e, n, "right" if re.search(r"\d{4}", n) else "none") for s, e, n in variant.shift.edits(block.text)]
    if variant.spoken and (span := re.search(r"First Quarter Ended", block.text)):
        edits = [e for e in edits if e[1] <= span.start() or span.end() <= e[0]]
        edits.append((span.start(), span.end(), variant.spoken, "right"))
    edits += [(s, e, n, "left") for s, e, n in renames(block.text, variant.names)]
    for start, end, new, align in sorted(edits, reverse=True):
        block.replace(start, end, new, align)


def renames(text: str, names: dict[str, str]):
    """The edits that give the names of a text their new form, each in the case of the old."""
    if not names:
        return
    longest = sorted(names, key=len, reverse=True)
    pattern = r"(?<![A-Za-z0-9])(" + "|".join(re.escape(n) for n in longest) + r")(?![A-Za-z0-9])"
    for match in re.finditer(pattern, text, re.I):
        new = names[next(n for n in longest if n.lower() == match[0].lower())]
        if match[0] == match[0].upper():
            new = new.upper()
        elif match[0] == match[0].lower():
            new = new.lower()
        yield match.start(), match.end(), new


def renamed(text: str, names: dict[str, str]) -> str:
    """The text with its names changed."""
    for start, end, new in sorted(renames(text, names), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _reverse_mines(blocks: list) -> None:
    """Turn round the order of the mines' blocks, table by table, where they are alike in layout."""
    heads = [i for i, b in enumerate(blocks) if isinstance(b, Line) and re.search(r"\bUNIT\b", b.text)]
    ruled = any(b.text.startswith("- --") for b in blocks)
    starts = [i - 1 if ruled else i for i in heads]
    groups: list[list[tuple[int, int]]] = [[]]
    for n, start in enumerate(starts):
        stop = starts[n + 1] if n + 1 < len(starts) else _end_of_unit(blocks, start)
        stop = min(stop, _end_of_unit(blocks, start))
        groups[-1].append((start, stop))
        if n + 1 == len(starts) or stop != starts[n + 1]:
            groups.append([])
    for group in groups:
        if len(group) > 1:
            pieces = [blocks[a:b] for a, b in group]
            blocks[group[0][0] : group[-1][1]] = [b for piece in reversed(pieces) for b in piece]


def _end_of_unit(blocks: list, start: int) -> int:
    """The first block after the unit that starts here: a note, another heading without UNIT, or two blank lines."""
    for i in range(start + 3, len(blocks)):
        text = blocks[i].text
        if re.match(r"\(\d\)", text) or "ALL OPERATIONS" in text or not (text.strip() or blocks[i + 1].text.strip()):
            return i
        if re.search(r"\bUNIT\b", text):
            return i - 1 if blocks[i - 1].text.startswith("- --") else i
    return len(blocks)


def _cell(cell: Row, index: int, lines: list[str], placed: Placed, variant: Variant) -> Row:
    """The gold cell as the variant prints it."""
    line, start, end = placed["cell", index]
    raw = lines[line - 1][start:end]
    value = Decimal(cell["value"])
    if variant.noise is None:
        value *= variant.factor(cell["unit"])
    elif (old := plain(cell["raw"])) and (new := plain(raw)) is not None:
        value = value / old * new
    words = {
        k: renamed(cell[k], variant.names)
        for k in ("section", "label", "parent_label", "entity", "heading_path", "basis")
    }
    end_of_period = moved_day(cell["period_end"], cell["period_kind"], variant.shift, cell["column_period_end"])
    spot = {
        "line": str(line),
        "col_start": str(start),
        "col_end": str(end),
        "raw": raw,
        "value": f"{value.normalize():f}",
    }
    return {**cell, **words, **spot, "period_end": end_of_period}


def plain(raw: str) -> Decimal | None:
    """The figure's digits as a number, without its sign; None where it has none."""
    digits = re.sub(r"[^\d.]", "", raw)
    return Decimal(digits) if re.search(r"\d", digits) else None


def moved_day(day: str, kind: str, shift: Shift, column: str) -> str:
    """A gold date moved: opening balances keep to the day before their quarter, December's end stays December's."""
    date = dt.date.fromisoformat(day)
    opening = kind == "instant" and column and column != day
    quarters = 0 if date.month == 12 and not opening else 3 * shift.quarters
    return shift_months(shift_months(date, quarters), 12 * shift.years).isoformat()
