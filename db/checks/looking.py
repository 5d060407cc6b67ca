"""One filing checked by its own figures: what is kept in the store of it, or told at once where nothing is kept yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from db.checks import FOR_ANSWERS, OWN, Check, check_sheet
from db.checks.finding import Finding
from db.checks.sheet import Sheet, parsed_sheet, read_sheet
from db.model import Filing
from db.rows import Checked, Kept, Rows
from db.store import Store

# What a fault of a check looks like from outside: one odd filing must keep neither others nor an answer from being.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def look_at(store: Store, filing_id: int, for_answers: bool = False) -> Checked:
    """One filing of a store checked by its own figures, or only by what answers tell."""
    return _look(lambda: read_sheet(store, filing_id), FOR_ANSWERS if for_answers else OWN)


def look_at_parsed(filing: Filing, rows: Rows) -> Checked:
    """The same for a filing that was parsed and is in no store yet; a fact goes by its number among the rows."""
    return _look(lambda: parsed_sheet(filing, rows), OWN)


def _look(read: Callable[[], Sheet], checks: Sequence[Check]) -> Checked:
    try:
        found = check_sheet(read(), checks)
    except FAULTS as error:
        return Checked(problem=f"{type(error).__name__}: {error}")
    failures = [finding for finding in found if finding.fails]
    records = (record for number, finding in enumerate(failures) for record in _records(number, finding))
    return Checked(tuple(records), len(failures))


def _records(number: int, finding: Finding) -> Iterator[Kept]:
    text = sentence(finding)
    printed = dict.fromkeys(spot.fact_id for spot in finding.printed_at)
    for fact in dict.fromkeys((*printed, *(spot.fact_id for spot in finding.sources))):
        if fact is not None:
            yield Kept(fact_id=fact, number=number, printed=int(fact in printed), kind=finding.kind, text=text)


def sentence(finding: Finding) -> str:
    """The finding in a sentence: what it is about, and its places in brackets, ``ex99.txt:12 from lines 4, 8``."""
    here = finding.printed_at[0]
    lines = [str(spot.line) if spot.document == here.document else str(spot) for spot in finding.sources]
    listed = ", ".join(dict.fromkeys(lines))
    places = f"{here} from line{'s' if ',' in listed else ''} {listed}" if listed else str(here)
    return f"{finding.about}: {finding.explanation.rstrip('.')} ({places})."
