"""EDGAR's public index: where it is, and which filings a company made; pure reading of the SEC's JSON.

``submissions/CIK##########.json`` has a filer's latest thousand filings as columns of equal length, and the
names of further files with the older ones.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from db.fetch.companies import Company
from db.fetch.whole import parse_json
from grammar.errors import FetchError, UsageError


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the SEC serves; another host only where a mirror (or a test) is meant."""

    www: str = "https://www.sec.gov"
    data: str = "https://data.sec.gov"

    @classmethod
    def given(cls, www: str | None, data: str | None) -> Self:
        """The SEC's own, but for those that are given."""
        own = cls()
        return cls((www or own.www).rstrip("/"), (data or own.data).rstrip("/"))

    def tickers(self) -> str:
        """The list of listed companies."""
        return f"{self.www}/files/company_tickers.json"

    def submissions(self, name: str) -> str:
        """A file of a filer's index, by its name."""
        return f"{self.data}/submissions/{name}"

    def archive(self, filing: Listed) -> tuple[str, str]:
        """The full submission in one text file: in the filing's own folder, or, as of old, in the filer's."""
        filer = f"{self.www}/Archives/edgar/data/{filing.cik}"
        return f"{filer}/{filing.accession.replace('-', '')}/{filing.accession}.txt", f"{filer}/{filing.accession}.txt"


@dataclass(frozen=True, slots=True)
class Listed:
    """A filing as the index lists it."""

    cik: int
    accession: str
    form: str
    filed: dt.date


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which filings: forms (an amendment counts as its form), the first and the last day of filing."""

    forms: tuple[str, ...] = ()
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max

    def has(self, filing: Listed) -> bool:
        """Whether the filing is one of those."""
        form = filing.form.upper()
        of_form = not self.forms or any(form in (name.upper(), f"{name.upper()}/A") for name in self.forms)
        return of_form and self.since <= filing.filed <= self.until


def day_of(text: str, last: bool = False) -> dt.date:
    """``2003``, ``2003-05`` or ``2003-05-01`` as the first day of it, or its ``last``; UsageError for anything else."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if found is None:
        raise UsageError(f"{text!r} is no date: write 2003, 2003-05 or 2003-05-01")
    year, month, day = (int(part) if part else None for part in found.groups())
    month = month or (12 if last else 1)
    try:
        day = day or (calendar.monthrange(int(year or 0), month)[1] if last else 1)
        return dt.date(int(year or 0), month, day)
    except (ValueError, IndexError):
        raise UsageError(f"{text!r} is no day of the calendar") from None


def listed(company: Company, index: bytes) -> list[Listed]:
    """The filings of an index file: the filer's main one or one of those with older filings."""
    parsed = parse_json(index)
    try:
        columns = parsed["filings"]["recent"] if "filings" in parsed else parsed
        rows = zip(columns["accessionNumber"], columns["form"], columns["filingDate"], strict=True)
        return [_listed(company, *row) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(f"the SEC's index of CIK {company.cik} is not in the form that is known: {error}") from None


def older_files(index: bytes, wanted: Wanted) -> list[str]:
    """The names of the further index files that can hold wanted filings; one that gives no dates is among them."""
    files = parse_json(index).get("filings", {}).get("files") or []
    names = []
    for file in files:
        first, last = str(file.get("filingFrom") or "0001-01-01"), str(file.get("filingTo") or "9999-12-31")
        if first <= wanted.until.isoformat() and last >= wanted.since.isoformat():
            names.append(_safe_name(str(file.get("name"))))
    return names


def _listed(company: Company, accession: str, form: str, filed: str) -> Listed:
    if not re.fullmatch(r"\d{10}-\d{2}-\d{6}", accession):
        raise ValueError(f"accession number {accession!r}")
    return Listed(company.cik, accession, form, dt.date.fromisoformat(filed))


def _safe_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.json", name):
        raise FetchError(f"the SEC's index names a file {name!r}")
    return name
