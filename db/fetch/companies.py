"""Which company a ticker, a name or a number means, by the SEC's list of listed companies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.fetch.whole import parse_json
from grammar.errors import FetchError, UsageError

# What a company's name in the index has and people don't type.
LEGAL_FORMS = ("inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "sa", "ag", "nv")
DROPPED = frozenset((*LEGAL_FORMS, "lp", "llc", "the", "new"))
MOST_CANDIDATES = 8


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


def _companies(tickers: bytes) -> Iterator[Company]:
    for row in parse_json(tickers).values():
        try:
            yield Company(int(row["cik_str"]), str(row["title"]), str(row["ticker"]).upper())
        except (KeyError, TypeError, ValueError):
            raise FetchError("the SEC's list of companies is not in the form that is known") from None


def _name_words(name: str) -> frozenset[str]:
    """The words of a company's name that tell it from others, without a state (``/DE/``) and a legal form."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"/.*", "", name.lower().replace("&", " and ").replace("'", "")))
    return frozenset(words) - DROPPED
