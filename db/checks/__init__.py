"""What must add up in a filing. CHECKS is the list; each entry reads a Sheet and yields Findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from db.checks import (
    across,
    agree,
    changes,
    claims,
    directions,
    earlier,
    foots,
    marks,
    ounces,
    parts,
    percents,
    shares,
    to_date,
)
from db.checks.finding import Finding, Spot
from db.checks.sheet import Sheet, read_sheet
from db.store import Store

__all__ = [
    "CHECKS",
    "FOR_ANSWERS",
    "OWN",
    "Check",
    "Finding",
    "Sheet",
    "Spot",
    "check_filing",
    "check_sheet",
    "read_sheet",
]

Check = Callable[[Sheet], Iterable[Finding]]
CHECKS: tuple[Check, ...] = (
    foots.check,  # totals, subtotals and results are made of the rows above them
    across.check,  # a Total column is made of the columns beside it, a year of its quarters
    percents.check,  # a printed change in per cent is that of the columns that it compares
    parts.check,  # mines make the segment and the company, segments the company
    ounces.check,  # cost of an ounce = cost / ounces; averages weighted by ounces; ounces hold in the ore
    agree.check,  # a fact that is printed twice is the same, and so are two that must be
    shares.check,  # earnings of a share = income / shares
    changes.check,  # what balances changed by and the cash flow, for information
    claims.check,  # the text's figures are those of the tables
    directions.check,  # what the text says rose or fell did
    marks.check,  # a mark points to a note that is there and about it
    earlier.check,  # what is printed for an earlier period is what was reported then
    to_date.check,  # a quarter and the year to date of the filing before it make the year to date
)


# What a filing's own figures show, whatever else the store holds.
OWN = tuple(check for check in CHECKS if check not in {earlier.check, to_date.check})
# What answers tell of it: what the text calls a rise is seldom sure enough to stand beside a figure.
FOR_ANSWERS = tuple(check for check in OWN if check is not directions.check)


def check_filing(store: Store, filing_id: int, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Everything that was looked at in one filing, failures and successes."""
    return check_sheet(read_sheet(store, filing_id), checks)


def check_sheet(sheet: Sheet, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """The same for a filing that was read."""
    found: dict[tuple[object, ...], Finding] = {}
    for check in checks:
        for finding in check(sheet):
            found.setdefault(finding.key, finding)
    return list(found.values())
