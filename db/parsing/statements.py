"""Which statement a title or heading names, by the lexicon's statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from grammar.chunks import remembered
from grammar.lexicon import lexicon

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_LOOSE = (
    (re.compile(r"\breconcil\w+\b.*\b(?:cash flow|operating activities|cash provided)"), "cash_flow_reconciliation"),
    (re.compile(r"\breconcil\w+\b"), "reconciliation"),
    (re.compile(r"\bcash flows?\b"), "cash_flow"),
    (re.compile(r"\bbalance sheets?\b|\bfinancial (?:position|condition)\b"), "balance_sheet"),
    (
        re.compile(
            r"\bstatements? of (?:\w+ ){0,3}?(?:operations|income|earnings|loss|losses|profit)\b"
            r"|\b(?:income|earnings) statements?\b"
        ),
        "income_statement",
    ),
    (re.compile(r"\b(?:capital (?:additions|expenditures?|spending|projects))\b"), "capital_additions"),
    (re.compile(r"\b(?:hedge|hedged|hedging|forward sales)\b"), "hedges"),
    (re.compile(r"\b(?:average|realized|market)\b.*\bprices\b"), "metal_prices"),
    (re.compile(r"\b(?:ore|mineral|proven|probable) reserves?\b|\bmineral resources?\b|\breserves and\b"), "reserves"),
    (re.compile(r"\bproduction summary\b|\bsummary of production\b"), "production_summary"),
    (
        re.compile(r"\b(?:production|operating) (?:data|statistics|results)\b|\bproduction (?:and|by)\b"),
        "production_data",
    ),
    (
        re.compile(
            r"\bhighlights\b|\bkey (?:financial )?(?:statistics|figures|data)\b|\b(?:five|ten|three|two)-year summary\b"
            r"|\bselected (?:[a-z-]+ ){0,3}?(?:data|information|results)\b|\bsummary of (?:[a-z-]+ )?results\b"
            r"|\bquarterly (?:[a-z-]+ )?(?:data|information|results|summary)\b"
            r"|\bfinancial (?:data|summary|statistics)\b"
        ),
        "highlights",
    ),
    (re.compile(r"\bproduction\b|\bmine operations\b"), "production_data"),
)
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
    return next((key for pattern, key in _LOOSE if pattern.search(words)), None)


@remembered
def section_statement(heading: str) -> str | None:
    """The statement that a heading among rows names by its exact title, None for other headings."""
    found = _titles().get(" ".join(_WORD.findall(heading.lower())))
    return found if found in SECTIONS else None


_OF_CASH = re.compile(
    r"cash flows? (?:provided by |used in |from )?.*\boperating activities|operating activities$", re.I
)
_SIDES = (
    re.compile(r"(?:total )?(?:current )?assets$", re.I),
    re.compile(r"(?:current )?liabilities\b(?!.*\bchange)", re.I),
)


def statement_of_rows(lines: Sequence[str]) -> str | None:
    """The statement that lines without figures tell, by the sections that it alone has; None where they tell none.

    ``Cash flows from operating activities`` heads one of cash flows, assets and liabilities head a balance sheet.
    """
    bare = [line.rstrip(": ") for line in lines]
    if any(_OF_CASH.match(line) for line in bare):
        return "cash_flow"
    return "balance_sheet" if all(any(side.match(line) for line in bare) for side in _SIDES) else None
