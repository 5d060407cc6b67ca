"""What every test may ask for: the real filings, which live beside the project and never in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.book import Book, book_of
from db.samples import sample_files
from db.store import Store
from tests import edgar_server

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real filings; a missing one fails where CI is set and skips elsewhere, saying so."""
    if (SHARED / "filings").is_dir():
        return SHARED
    message = "the real filings (../shared) are not here"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the embedded samples, so that questions can be asked where the real filings are not."""
    from db.adding import add
    from db.gathering import gather

    place = tmp_path_factory.mktemp("samples") / "samples.db"
    problems = [outcome.problem for outcome in add(gather(map(str, sample_files())), place) if outcome.problem]
    assert not problems
    with Store.open(place) as opened:
        yield opened


@pytest.fixture(scope="session")
def samples_book(samples: Store) -> Book:
    """The names and labels of the samples."""
    return book_of(samples)


@pytest.fixture
def sec(monkeypatch: pytest.MonkeyPatch) -> Iterator[edgar_server.Sec]:
    """EDGAR's addresses served on loopback, for as long as the test runs."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with edgar_server.serving() as running:
        yield running
