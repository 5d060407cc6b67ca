"""From a company to whole files: the index, the cache, exhibits, and that nothing half-fetched is ever kept."""

import datetime as dt
import json

import pytest

from db.fetch import config
from db.fetch.cache import Cache
from db.fetch.client import Client, Pace
from db.fetch.companies import as_cik, find_company
from db.fetch.edgar import Addresses, Listed, Wanted, day_of
from db.fetch.exhibits import only_exhibits
from db.fetch.fetching import Edgar
from grammar.errors import FetchError, FetchRefused, UsageError
from tests import edgar_server as served

TICKERS = json.dumps(served.TICKERS).encode()
QUICK = Pace(per_second=1000, attempts=2, first_wait=0, silence=0.3)
EIGHT_KS = [row[0] for row in (*served.OLDEST, *served.OLDER, served.RECENT[2], served.RECENT[0])]


@pytest.fixture
def edgar(sec, tmp_path):
    with Client("Test test@example.com", QUICK, lambda seconds: None) as client:
        yield Edgar(client, Cache(tmp_path / "cache"), Addresses(sec.url, sec.url))


def fetch(edgar, exhibits=()):
    return list(edgar.fetch(edgar.filings(edgar.company("QLL"), Wanted(("8-K",))), exhibits))


def files(edgar):
    return sorted(path.name for path in edgar.cache.folder.rglob("*.txt"))


@pytest.mark.parametrize("query", ["QLL", "qll-pb", "QLL.PB", "Quill Mines", "quill", "The Quill Mines Company"])
def test_a_company_by_ticker_or_name(query):
    assert find_company(query, TICKERS).cik == served.CIK


@pytest.mark.parametrize("query", ["4711", "0000004711", "CIK0000004711", "cik 4711"])
def test_a_company_by_number(query):
    assert as_cik(query).cik == served.CIK


def test_a_name_that_two_have_is_asked_back():
    with pytest.raises(UsageError, match=r"North Pit Mining Ltd \(NPM\), North Pit Royalty Corp \(NPR\)"):
        find_company("north pit", TICKERS)


@pytest.mark.parametrize("query", ["Quilt", "", "Corp", "/"])
def test_a_name_that_none_has(query):
    with pytest.raises(UsageError, match="CIK"):
        find_company(query, TICKERS)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2003", "2003-01-01", "2003-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2003-05-07", "2003-05-07", "2003-05-07"),
    ],
)
def test_days(text, first, last):
    assert day_of(text).isoformat() == first
    assert day_of(text, last=True).isoformat() == last


@pytest.mark.parametrize("text", ["03", "2003-13", "2003-02-30", "May 2003", "2003-5", "0000"])
def test_no_days(text):
    with pytest.raises(UsageError):
        day_of(text)


def test_filings_of_all_index_files_the_oldest_first(edgar):
    filings = edgar.filings(edgar.company("QLL"), Wanted(("8-K",)))
    assert [filing.accession for filing in filings] == EIGHT_KS


def test_index_files_that_cannot_hold_a_wanted_filing_are_not_asked_for(edgar, sec):
    wanted = Wanted(("8-K",), dt.date(2003, 1, 1), dt.date(2006, 12, 31))
    assert [filing.accession for filing in edgar.filings(edgar.company("4711"), wanted)] == [served.OLDER[0][0]]
    assert not [path for path in sec.asked if path.endswith(("002.json", "tickers.json"))]


def test_files_are_as_they_were_served(edgar):
    outcomes = fetch(edgar)
    assert [outcome.path.read_bytes() for outcome in outcomes] == [served.submission(name) for name in EIGHT_KS]
    assert edgar.company("QLL").name == "QUILL MINES CO"


def test_what_is_there_is_not_asked_for_again(edgar, sec):
    fetch(edgar)
    asked = len(sec.asked)
    fetch(edgar)
    assert len(sec.asked) == asked


def test_an_old_index_is_asked_for_again(edgar, sec, monkeypatch):
    fetch(edgar)
    sec.asked.clear()
    monkeypatch.setattr("db.fetch.fetching.INDEX_AGE", -1.0)
    fetch(edgar)
    assert all(path.endswith(".json") for path in sec.asked) and sec.asked


def test_a_failed_filing_is_reported_and_the_others_come(edgar, sec):
    sec.plans[served.path_of(EIGHT_KS[1])] = [served.half_called_whole] * 9
    sec.plans[served.path_of(EIGHT_KS[2])] = [served.status(404)]
    outcomes = fetch(edgar)
    assert [outcome.failed for outcome in outcomes] == [False, True, True, False]
    assert files(edgar) == sorted(f"{EIGHT_KS[number]}.txt" for number in (0, 3))
    assert not list(edgar.cache.folder.rglob("*.part"))


def test_an_old_filing_may_lie_in_the_filers_own_folder(edgar, sec):
    path = served.path_of(EIGHT_KS[0])
    sec.files[f"/Archives/edgar/data/{served.CIK}/{EIGHT_KS[0]}.txt"] = sec.files.pop(path)
    assert fetch(edgar)[0].path.read_bytes() == served.submission(EIGHT_KS[0])


def test_a_stopped_run_is_taken_up_where_it_stopped(edgar, sec):
    filings = edgar.filings(edgar.company("QLL"), Wanted(("8-K",)))
    next(edgar.fetch(filings))
    sec.asked.clear()
    assert all(outcome.path for outcome in edgar.fetch(filings))
    assert sec.asked == [served.path_of(name) for name in EIGHT_KS[1:]]


def test_a_refusal_ends_the_run(edgar, sec):
    filings = edgar.filings(edgar.company("QLL"), Wanted(("8-K",)))
    sec.plans[served.path_of(EIGHT_KS[0])] = [served.status(403)]
    sec.asked.clear()
    with pytest.raises(FetchRefused):
        list(edgar.fetch(filings))
    assert len(sec.asked) == 1


def test_servers_that_are_down_end_the_run_after_three(edgar, sec):
    filings = edgar.filings(edgar.company("QLL"), Wanted(("8-K",)))
    for name in EIGHT_KS:
        sec.plans[served.path_of(name)] = [served.status(503)] * 9
    outcomes = []
    with pytest.raises(FetchError, match="503"):
        outcomes.extend(edgar.fetch(filings))
    assert not files(edgar)


def test_exhibits_keep_their_lines(edgar):
    outcomes = fetch(edgar, exhibits=("99",))
    whole = served.submission(EIGHT_KS[0]).decode().split("\n")
    part = outcomes[0].path.read_bytes().decode().split("\n")
    assert len(part) == len(whole)
    assert "A form." not in part
    assert part.index("A release.") == whole.index("A release.")
    assert part[:4] == whole[:4]


def test_a_filing_without_the_exhibit_is_said_and_no_failure(edgar):
    outcomes = fetch(edgar, exhibits=("10",))
    assert [(outcome.path, outcome.failed) for outcome in outcomes] == [(None, False)] * 4
    assert "no exhibit 10" in outcomes[0].message


@pytest.mark.parametrize(
    ("type_", "number", "kept"),
    [
        ("EX-99.1", "99", True),
        ("EX-99", "99", True),
        ("EX-99.1", "99.1", True),
        ("EX-99.(A)", "99", True),
        ("EX-99.2", "99.1", False),
        ("EX-9", "99", False),
        ("EX-99", "9", False),
        ("8-K", "99", False),
    ],
)
def test_which_exhibits(type_, number, kept):
    assert (only_exhibits(served.submission("0000004711-07-000003", type_), (number,)) is not None) == kept


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"filings": {"recent": {"form": []}}}', b"<html>"])
def test_an_index_in_another_form_is_an_error(edgar, sec, body):
    sec.files[f"/submissions/CIK{served.CIK:010d}.json"] = body
    with pytest.raises(FetchError):
        fetch(edgar)


@pytest.mark.parametrize("accession", ["../../etc/passwd", "0000004711-07-000003/..", ""])
def test_an_index_cannot_name_other_files(edgar, sec, accession):
    rows = [(accession, "8-K", "2007-01-01")]
    index = {"name": "X", "filings": {"recent": served.columns(rows), "files": []}}
    sec.files[f"/submissions/CIK{served.CIK:010d}.json"] = json.dumps(index).encode()
    with pytest.raises(FetchError, match="accession"):
        fetch(edgar)


def test_nor_other_index_files(edgar, sec):
    index = {"name": "X", "filings": {"recent": served.columns(served.RECENT), "files": [{"name": "../x.json"}]}}
    sec.files[f"/submissions/CIK{served.CIK:010d}.json"] = json.dumps(index).encode()
    with pytest.raises(FetchError, match="names a file"):
        fetch(edgar)


@pytest.mark.parametrize("name", ["", "..", "../a", "/a", "a/../b", "a\\b", "C:a"])
def test_the_cache_is_not_left(tmp_path, name):
    with pytest.raises(FetchError):
        Cache(tmp_path).put(name, b"")


def test_a_cache_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match="can't be written"):
        Cache(tmp_path / "file").put("a/b", b"")


def test_who_asks_is_kept_for_its_owner_alone(tmp_path):
    path = tmp_path / "config" / "fetch.json"
    assert config.load(path) is None
    config.save(path, " Jo  Doe jo@example.com ")
    assert config.load(path) == "Jo Doe jo@example.com"
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "Jo Doe", "jo@example.com", "Jo Doe jo@example", "Jö Doe jo@example.com", "Jo\0 a@b.c"]
)
def test_who_asks_must_be_reachable(text):
    with pytest.raises(UsageError):
        config.checked(text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"user_agent": 3}'])
def test_a_spoilt_config_is_said(tmp_path, text):
    (tmp_path / "fetch.json").write_text(text)
    with pytest.raises(UsageError):
        config.load(tmp_path / "fetch.json")


def test_addresses_are_the_secs_own():
    filing = Listed(719, "0000000719-07-000012", "8-K", dt.date(2007, 5, 2))
    assert Addresses().archive(filing) == (
        "https://www.sec.gov/Archives/edgar/data/719/000000071907000012/0000000719-07-000012.txt",
        "https://www.sec.gov/Archives/edgar/data/719/0000000719-07-000012.txt",
    )
    assert Addresses().submissions("CIK0000000719.json") == "https://data.sec.gov/submissions/CIK0000000719.json"
    assert Addresses().tickers() == "https://www.sec.gov/files/company_tickers.json"
