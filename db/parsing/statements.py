"""Which statement a title or heading names, by the lexicon's statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from grammar.chunks import remembered
from grammar.headings import headings, matching, pattern_of
from grammar.lexicon import lexicon

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
# What a title in lower case may say beside its statement's own titles, in the order in which it is asked.
_NAMED = [(matching(one["said"]), one["is"]) for one in headings()["statement"]]
_CASH_FLOW, *_SIDES = (pattern_of("sections", key) for key in ("cash_flow", "assets", "liabilities"))
# Titles that name their table exactly may be a heading within another table.
SECTIONS = ("production_summary", "production_data", "metal_prices", "highlights", "capital_additions", "hedges")


@cache
def _titles() -> dict[str, str]:
    return {
        " ".join(_WORD.findall(title.lower())): key for key, one in lexicon().statements.items() for title in one.titles
    }


@remembered
def statement_of(text: str) -> str | None:
    """The id of the statement that a title names, None where it names none."""
    words = " ".join(_WORD.findall(text.lower()))
    exact = _titles().get(words)
    if exact:
        return exact
    return next((key for pattern, key in _NAMED if pattern.search(words)), None)


@remembered
def section_statement(heading: str) -> str | None:
    """The statement that a heading among rows names by its exact title, None for other headings."""
    found = _titles().get(" ".join(_WORD.findall(heading.lower())))
    return found if found in SECTIONS else None


def statement_of_rows(lines: Sequence[str]) -> str | None:
    """The statement that lines without figures tell, by the sections that it alone has; None where they tell none.

    ``Cash flows from operating activities`` heads one of cash flows, assets and liabilities head a balance sheet.
    """
    bare = [line.rstrip(": ").lower() for line in lines]
    if any(map(_CASH_FLOW.search, bare)):
        return "cash_flow"
    return "balance_sheet" if all(any(map(side.search, bare)) for side in _SIDES) else None
