"""EDGAR's public index: which company is meant, and which filings it made; pure reading of the SEC's JSON.

``company_tickers.json`` lists listed companies; ``submissions/CIK##########.json`` a filer's latest thousand filings as
columns of equal length, and the names of further files with the older ones.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from grammar.errors import FetchError, UsageError

# What a company's name in the index has and people don't type.
LEGAL_FORMS = ("inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "sa", "ag", "nv")
DROPPED = frozenset((*LEGAL_FORMS, "lp", "llc", "the", "new"))
MOST_CANDIDATES = 8
ARCHIVE_ENDS = (b"</SEC-DOCUMENT>", b"</IMS-DOCUMENT>", b"-----END PRIVACY-ENHANCED MESSAGE-----")


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
class Company:
    """A filer: its central index key, and its name and ticker where the index has them."""

    cik: int
    name: str = ""
    ticker: str = ""

    @property
    def index_name(self) -> str:
        """The name of its index file."""
        return f"CIK{self.cik:010d}.json"


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


def as_cik(query: str) -> Company | None:
    """The filer that a number (``719413``, ``CIK0000719413``) names; None for other words."""
    digits = re.fullmatch(r"(?:cik)?\s*0*(\d{1,10})", query.strip(), re.IGNORECASE)
    return Company(int(digits[1])) if digits else None


def find_company(query: str, tickers: bytes) -> Company:
    """The one company that a ticker or a name means; UsageError names the candidates where there is not one."""
    companies = list(_companies(tickers))
    ticker = query.strip().upper().replace(".", "-")  # a class of shares: BRK.B is listed as BRK-B
    by_ticker = [company for company in companies if company.ticker == ticker]
    if by_ticker:
        return by_ticker[0]
    words = _name_words(query)
    exact = {company.cik: company for company in reversed(companies) if words and _name_words(company.name) == words}
    partly = {company.cik: company for company in reversed(companies) if words and words <= _name_words(company.name)}
    found = exact or partly
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise UsageError(f"EDGAR lists no company {query!r}: one that is no longer listed is found by its CIK number")
    names = sorted(f"{company.name} ({company.ticker})" for company in found.values())
    more = f" and {len(names) - MOST_CANDIDATES} more" if len(names) > MOST_CANDIDATES else ""
    raise UsageError(f"{query!r} could be {', '.join(names[:MOST_CANDIDATES])}{more}: give the ticker or the CIK")


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


def broken_json(data: bytes) -> str | None:
    """What is wrong with an index file that isn't whole; None where it is."""
    try:
        return None if isinstance(json.loads(data), dict) else "the index is no JSON object"
    except ValueError:
        return "the index is cut off or no JSON"


def broken_submission(data: bytes) -> str | None:
    """What is wrong with a full submission that isn't whole; None where its closing line is there."""
    return (
        None
        if data.rstrip()[-200:].rstrip().endswith(ARCHIVE_ENDS)
        else "the submission is cut off: its last line is missing"
    )


def parse_json(data: bytes) -> dict[str, Any]:
    """The object in an index file; FetchError where there is none."""
    wrong = broken_json(data)
    if wrong:
        raise FetchError(wrong)
    parsed: dict[str, Any] = json.loads(data)
    return parsed


def _companies(tickers: bytes) -> Iterator[Company]:
    for row in parse_json(tickers).values():
        try:
            yield Company(int(row["cik_str"]), str(row["title"]), str(row["ticker"]).upper())
        except (KeyError, TypeError, ValueError):
            raise FetchError("the SEC's list of companies is not in the form that is known") from None


def _listed(company: Company, accession: str, form: str, filed: str) -> Listed:
    if not re.fullmatch(r"\d{10}-\d{2}-\d{6}", accession):
        raise ValueError(f"accession number {accession!r}")
    return Listed(company.cik, accession, form, dt.date.fromisoformat(filed))


def _safe_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.json", name):
        raise FetchError(f"the SEC's index names a file {name!r}")
    return name


def _name_words(name: str) -> frozenset[str]:
    """The words of a company's name that tell it from others, without a state (``/DE/``) and a legal form."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"/.*", "", name.lower().replace("&", " and ").replace("'", "")))
    return frozenset(words) - DROPPED
