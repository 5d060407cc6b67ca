"""Average shares whose scale no caption tells for sure: the income and what it is a share say how many there are.

"In thousands, except per share amounts" may stand over shares in thousands as over a count in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from db.model import Fact

AVERAGES = ("weighted_shares_basic", "weighted_shares_diluted")
INCOMES = ("net_income_common", "net_income")
SHARES_OF = ("eps", "eps_diluted")
LEAST = Decimal("0.02")  # what is less a share is rounded too far to tell
THOUSAND = 1000


def with_share_counts(facts: list[Fact]) -> list[Fact]:
    """The facts, averages of shares that are a thousand times too many or too few put right."""
    if not any(fact.metric in AVERAGES for fact in facts):
        return facts
    counts = {id(fact): count for fact in facts if fact.metric in AVERAGES if (count := _implied(fact, facts))}
    return [_settled(fact, counts[id(fact)]) if id(fact) in counts else fact for fact in facts]


def _implied(average: Fact, facts: Sequence[Fact]) -> Decimal | None:
    """How many shares the income of the same table and column has been parted among."""
    beside = [f for f in facts if f.table == average.table and f.column_number == average.column_number and f.value]
    income = next((f.value for metric in INCOMES for f in beside if f.metric == metric), None)
    share = next((f.value for f in beside if f.metric in SHARES_OF and abs(f.value) >= LEAST), None)
    return abs(income / share) if income is not None and share is not None else None


def _settled(average: Fact, implied: Decimal) -> Fact:
    if not average.value:
        return average
    times = implied / average.value
    if THOUSAND / 2 < times < THOUSAND * 2 and average.scale == 1:
        return replace(average, value=average.value * THOUSAND, scale=THOUSAND)
    if THOUSAND / 2 < 1 / times < THOUSAND * 2 and average.scale == THOUSAND:
        return replace(average, value=average.value / THOUSAND, scale=1)
    return average
