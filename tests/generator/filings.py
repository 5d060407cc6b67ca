"""Quarterly releases of companies that never were: 1,000 of them from one seed, each with the truth about its figures.

    python -m tests.generator.filings FOLDER [--count 1000] [--seed 1]

writes the filings and, beside the folder, ``FOLDER.truth.jsonl`` (one figure a line).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tests.generator import books
from tests.generator.layout import Page, Truth, ascii_table
from tests.generator.markup import html_table
from tests.generator.panels import ascii_panels
from tests.generator.sheets import Column, Sheet, Writer
from tests.generator.styles import Oddities, Style, draw_oddities, draw_style
from tests.generator.world import Company, companies, ledger, mined, over, quarter_end

ORDINALS = ("first", "second", "third", "fourth")


SUBMISSION = """<SEC-DOCUMENT>0000123456-99-000123.txt : {day:%Y%m%d}
<SEC-HEADER>0000123456-99-000123.hdr.sgml : {day:%Y%m%d}
ACCESSION NUMBER:\t\t0000123456-99-000123
CONFORMED SUBMISSION TYPE:\t8-K
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t{period:%Y%m%d}
FILED AS OF DATE:\t\t{day:%Y%m%d}

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\t{name}
\t\tCENTRAL INDEX KEY:\t\t\t0000123456
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tGOLD & SILVER ORES [1040]
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
                        CURRENT REPORT
     Item 12. Results of Operations and Financial Condition. See Exhibit 99.1.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<DESCRIPTION>NEWS RELEASE
<TEXT>"""


@dataclass(frozen=True)
class Generated:
    """A filing that was made: file name, text, and the truth about each figure of its tables."""

    name: str
    text: str
    truths: list[Truth]


def generate(count: int = 1000, seed: int = 1, houses: int = 40, step: int = 1) -> Iterator[Generated]:
    """``count`` filings of up to ``houses`` companies, oldest first within each; of these every ``step``-th."""
    each = max(1, -(-count // houses))
    made = [(company, quarter) for company in companies(seed, houses, each) for quarter in company.quarters]
    for company, quarter in made[:count:step]:
        yield filing(seed, company, quarter)


def harder(count: int = 200, seed: int = 7) -> Iterator[Generated]:
    """Filings whose tables are cut by pages, marked, hyphenated, wrapped in SGML or in metric units."""
    houses = companies(seed, 60, 8)
    for i in range(count):
        company = houses[i % len(houses)]
        dice = random.Random(f"{seed}/{i}/odd")
        yield filing(seed, company, company.quarters[i // len(houses) % 8], odd=draw_oddities(dice))


def filing(
    seed: int, company: Company, quarter: int, html: bool | None = None, odd: Oddities | None = None
) -> Generated:
    """One company's release for one quarter; its style stays for about three years, its wording for the same."""
    era = (quarter - company.quarters[0]) // 12
    style = draw_style(random.Random(f"{seed}/{company.number}/{era}/style"), html)
    style = replace(style, odd=odd or style.odd)
    dice = random.Random(f"{seed}/{company.number}/{era}/words")
    scale = 1000 if dice.random() < 0.85 else 10**6
    periods = _columns(company, quarter, dice)
    writer = Writer(seed, company, quarter, periods, scale, dice, _restated(seed, company, quarter))
    writer.tonnes = style.odd.tonnes
    sheets = list(_sheets(writer, periods, dice))
    if style.odd.by_metal:
        sheets.append(books.by_metal(writer, periods))
    page = Page([], [])
    if style.odd.submission:
        page.add(
            *SUBMISSION.format(name=company.name.upper(), day=released(quarter), period=quarter_end(quarter)).split(
                "\n"
            )
        )
    calendar = company.year_ends == 12
    _opening(page, seed, company, quarter, style)
    for sheet in sheets:
        _title(page, company, sheet, style)
        if style.panels and not style.html and sheet.statement == "balance_sheet":
            ascii_panels(page, *_halves(sheet), style, calendar)
        else:
            (html_table if style.html else ascii_table)(page, sheet, style, calendar)
    _closing(page, company, style)
    page.add(*(["</TEXT>", "</DOCUMENT>", "</SEC-DOCUMENT>"] if style.odd.submission else []))
    _tell_restated(page, writer)
    suffix = "htm" if style.html else "txt"
    end = quarter_end(quarter)
    return Generated(f"{company.ticker.lower()}_{end:%Y%m}.{suffix}", "\n".join(page.lines) + "\n", page.truths)


def _halves(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """A balance sheet's two sides."""
    at = next(i for i, row in enumerate(sheet.rows) if row.label == "LIABILITIES")
    return replace(sheet, rows=sheet.rows[:at]), replace(sheet, rows=sheet.rows[at:])


def _columns(company: Company, quarter: int, dice: random.Random) -> list[Column]:
    """The columns of the year's filings: the quarter, its year-ago peer, and what the style adds."""
    kind = dice.choice(["pair", "pair", "to date", "to date", "change", "before", "five"])
    since = (quarter % 4 - (company.year_ends // 3 % 4)) % 4 + 1
    pair = [Column(quarter), Column(quarter - 4)]
    if kind == "to date" and since > 1:
        return [*pair, Column(quarter, since), Column(quarter - 4, since)]
    if kind == "change":
        return [*pair, Column(quarter, 1, change=True)]
    if kind == "before":
        return [Column(quarter), Column(quarter - 1), Column(quarter - 4)]
    return [Column(quarter - i) for i in range(5)] if kind == "five" else pair


def _sheets(writer: Writer, periods: list[Column], dice: random.Random) -> Iterator[Sheet]:
    since = (writer.quarter % 4 - (writer.company.year_ends // 3 % 4)) % 4 + 1
    ends = [Column(writer.quarter, 0), Column(writer.quarter - since, 0)]
    by_mine = dice.random() < 0.2
    yield books.highlights(writer, periods)
    yield books.income(writer, periods)
    yield books.balance(writer, ends)
    yield books.cash_flow(writer, periods)
    if by_mine:
        yield from books.by_mine(writer, periods)
    else:
        yield books.production_data(writer, periods)
    if dice.random() < 0.7:
        yield books.reconciliations(writer, periods)


def _restated(seed: int, company: Company, quarter: int) -> dict[tuple[str, str, int], Decimal]:
    """Now and then the year-ago production of a mine is told otherwise than it was; {} mostly."""
    dice = random.Random(f"{seed}/{company.number}/{quarter}/restated")
    mine = company.mines[0]
    key = f"made:{mine.metals[0]}"
    if dice.random() > 0.03 or quarter - 4 < company.quarters[0]:
        return {}
    before = mined(seed, company.number, mine, quarter - 4)[key]
    return {(mine.name, key, quarter - 4): before + dice.randint(11, 999)}


def _tell_restated(page: Page, writer: Writer) -> None:
    for mine, key, quarter in writer.restated:
        before = next(
            float(over(writer.seed, writer.company, m, quarter, 1)[key]) for m in writer.company.mines if m.name == mine
        )
        for told in page.truths:
            here = (told["entity"], told["metric"], told["metal"]) == (mine, "production", key.partition(":")[2])
            if (
                here
                and told["unit"] == "oz"
                and told["period_end"] == quarter_end(quarter).isoformat()
                and told["period_kind"] == "quarter"
            ):
                told["restated_from"] = before


# --- what stands around the tables
def released(quarter: int) -> dt.date:
    """The day of the release: five weeks after the quarter."""
    return quarter_end(quarter) + dt.timedelta(days=36 + quarter % 5)


def _opening(page: Page, seed: int, company: Company, quarter: int, style: Style) -> None:
    day = released(quarter)
    end = quarter_end(quarter)
    book = ledger(seed, company, quarter)
    verb = "net income" if book["net"] >= 0 else "a net loss"
    fiscal = (quarter % 4 - (company.year_ends // 3 % 4)) % 4
    year = end.year + (1 if company.year_ends == 6 and end.month > 6 else 0)
    when = f"{ORDINALS[fiscal].capitalize()} Quarter{' Fiscal' if company.year_ends == 6 else ''} {year}"
    title = f"{company.short} Reports {when} Results"
    first = (
        f"{company.place.upper()} -- {day:%B} {day.day}, {day.year} -- {company.name} (NYSE:{company.ticker}) today "
        f"reported {verb} of ${abs(book['net']) / 1000:.1f} million for the quarter ended "
        f"{end:%B} {end.day}, {end.year}."
    )
    texts = [first]
    for mine in company.mines:
        made = mined(seed, company.number, mine, quarter)
        metal = mine.metals[0]
        texts.append(
            f"The {mine.name} mine in {mine.place} produced {made[f'made:{metal}']:,} ounces of {metal} during the "
            f"quarter from {made['tons']:,} tons of ore. "
            f"{company.short} keeps drilling at depth, and results so far are encouraging."
        )
    if style.html:
        page.add("<html>", "<head><title>Exhibit 99.1</title></head>", "<body>", f"<p><b>{title}</b></p>")
        page.add(*(f"<p>{text}</p>" for text in texts))
        return
    page.add("Exhibit 99.1", "", title.center(78).rstrip(), "")
    for text in texts:
        page.add(*_wrap("     " + text, 76), "")


def _wrap(text: str, width: int) -> list[str]:
    lines = [text[: len(text) - len(text.lstrip())]]
    for word in text.split():
        if lines[-1].strip() and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += (" " if lines[-1].strip() else "") + word
    return lines


def _title(page: Page, company: Company, sheet: Sheet, style: Style) -> None:
    over_table = [
        company.name.upper(),
        *([] if sheet.statement == "highlights" and not style.html else [sheet.title]),
        sheet.caption,
    ]
    if style.html:
        page.add(*(f'<p align="center"><b>{line}</b></p>' for line in over_table if line))
    else:
        page.add("", *(line.center(78).rstrip() for line in over_table if line), "")


def _closing(page: Page, company: Company, style: Style) -> None:
    text = f"{company.name} mines and explores for precious metals. Its shares trade under the symbol {company.ticker}."
    page.add(*([f"<p>{text}</p>", "</body>", "</html>"] if style.html else ["", *_wrap(text, 76)]))


def main() -> None:
    """Write the filings of a seed into a folder, and their truth beside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    figures = 0
    with args.folder.with_suffix(".truth.jsonl").open("w", encoding="utf-8") as told:
        for made in generate(args.count, args.seed):
            (args.folder / made.name).write_text(made.text, encoding="utf-8")
            figures += len(made.truths)
            told.writelines(json.dumps({"document": made.name, **t}) + "\n" for t in made.truths)
    print(f"{args.count} filings, {figures} figures")


if __name__ == "__main__":
    main()
