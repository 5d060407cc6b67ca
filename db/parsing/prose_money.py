"""In what money an amount is: a bare "$" is the dollar that the filing counts in; one called American is not."""

from __future__ import annotations

import re

from db.parsing.money_told import HOME
from grammar.amounts import Amount

_AMERICAN = re.compile(r"\b(?:US|U\.S\.|USD)(?!\w)|\bAmerican\b")
_AMERICAN_BEFORE = re.compile(r"\b(?:US|U\.S\.|USD)\s?$")
_AMERICAN_BEHIND = re.compile(r"\s?\(?(?:US|U\.S\.|USD)(?![\w$]|\s\$)")
_BESIDE = 5  # characters: "US $5"


def in_money(unit: str, amount: Amount, text: str, dollar: str) -> str:
    """The unit; of dollars that the words don't call American those that the filing counts in."""
    home, _, per = unit.partition("/")
    if dollar == home or home != HOME or _is_american(text, amount):
        return unit
    return f"{dollar}/{per}" if per else dollar


def _is_american(text: str, amount: Amount) -> bool:
    """Whether an amount is said to be of the United States: "US$5", "5 US cents", "$5 million US"."""
    if _AMERICAN.search(text, amount.start, amount.end):
        return True
    before, behind = text[max(0, amount.start - _BESIDE) : amount.start], text[amount.span_end :]
    return _AMERICAN_BEFORE.search(before) is not None or _AMERICAN_BEHIND.match(behind) is not None
