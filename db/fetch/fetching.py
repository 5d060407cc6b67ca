"""From a company and a span of days to whole files on disk: what is in the cache isn't asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.fetch.cache import Cache
from db.fetch.client import Client
from db.fetch.companies import Company, as_cik, find_company
from db.fetch.edgar import Addresses, Listed, Wanted, listed, older_files
from db.fetch.exhibits import only_exhibits
from db.fetch.whole import broken_json, broken_submission, parse_json
from grammar.errors import FetchError, FetchMissing, FetchRefused

INDEX_AGE = 12 * 3600.0  # seconds that an index file is good for: filings appear daily
FAILURES_IN_A_ROW = 3  # then the servers are down, and each further filing would wait out all its attempts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one listed filing: the file, or why there is none; ``failed`` where that is a failure."""

    filing: Listed
    path: Path | None
    message: str = ""
    failed: bool = False


def cache_at(folder: Path | None = None) -> Cache:
    """The cache in that folder, else in the user's own cache folder."""
    if folder is None:
        import platformdirs  # noqa: PLC0415  (only where no folder was given)

        folder = platformdirs.user_cache_path("stope", appauthor=False) / "edgar"
    return Cache(folder)


@dataclass(frozen=True, slots=True)
class Edgar:
    """EDGAR through a client and a cache."""

    client: Client
    cache: Cache
    addresses: Addresses = field(default_factory=Addresses)

    def company(self, query: str) -> Company:
        """The company that a ticker, a name or a CIK means."""
        known = as_cik(query)
        company = known or find_company(query, self._index(self.addresses.tickers(), "company_tickers.json"))
        name = parse_json(self._main_index(company)).get("name")
        return Company(company.cik, str(name or company.name), company.ticker)

    def filings(self, company: Company, wanted: Wanted) -> list[Listed]:
        """The wanted filings, the oldest first."""
        index = self._main_index(company)
        found = {filing.accession: filing for filing in listed(company, index)}
        for name in older_files(index, wanted):
            older = self._index(self.addresses.submissions(name), f"submissions/{name}")
            found |= {filing.accession: filing for filing in listed(company, older)}
        return sorted(filter(wanted.has, found.values()), key=lambda filing: (filing.filed, filing.accession))

    def fetch(self, filings: Sequence[Listed], exhibits: tuple[str, ...] = ()) -> Iterator[Outcome]:
        """Each filing's outcome as it comes; FetchRefused, or three failures in a row, end it with the error."""
        failures = 0
        for filing in filings:
            try:
                yield self._fetched(filing, exhibits)
                failures = 0
            except FetchRefused:
                raise
            except FetchError as error:
                failures += 1
                if failures == FAILURES_IN_A_ROW:
                    raise
                yield Outcome(filing, None, str(error), failed=True)

    def _fetched(self, filing: Listed, exhibits: tuple[str, ...]) -> Outcome:
        name = f"{filing.cik}/{filing.accession}"
        whole = self._kept(f"{name}.txt", lambda: self._submission(filing))
        if not exhibits:
            return Outcome(filing, self.cache.path(f"{name}.txt"))
        part = only_exhibits(whole, exhibits)
        if part is None:
            return Outcome(filing, None, f"{filing.accession} has no exhibit {' or '.join(exhibits)}")
        part_name = f"{name}-ex{'-'.join(exhibits)}.txt"
        if self.cache.get(part_name) == part:
            return Outcome(filing, self.cache.path(part_name))
        return Outcome(filing, self.cache.put(part_name, part))

    def _submission(self, filing: Listed) -> bytes:
        folder, flat = self.addresses.archive(filing)
        try:
            return self.client.get(folder, broken_submission)
        except FetchMissing:
            return self.client.get(flat, broken_submission)

    def _main_index(self, company: Company) -> bytes:
        name = company.index_name
        try:
            return self._index(self.addresses.submissions(name), f"submissions/{name}")
        except FetchRefused:
            raise
        except FetchError as error:
            raise FetchError(f"CIK {company.cik}: {error}") from None

    def _index(self, url: str, name: str) -> bytes:
        return self._kept(name, lambda: self.client.get(url, broken_json), INDEX_AGE)

    def _kept(self, name: str, get: Callable[[], bytes], max_age: float | None = None) -> bytes:
        """The cached file, else what ``get`` gives, which is then cached."""
        kept = self.cache.get(name, max_age)
        if kept is None:
            kept = get()
            self.cache.put(name, kept)
        return kept
