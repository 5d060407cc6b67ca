"""``stope fetch`` from the command line to the store, against the server on loopback."""

import subprocess
import sys
import time

import pytest

from assistant.cli import run
from db.fetch.client import Pace
from db.store import Store
from tests import edgar_server as served

WHO = "Jo Doe jo@example.com"
PACE = Pace(per_second=1000, attempts=2, first_wait=0, silence=0.3)
DAMAGED = served.RECENT[0][0]


@pytest.fixture
def sec(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.delenv("STOPE_USER_AGENT", raising=False)
    monkeypatch.setenv("STOPE_DB", str(tmp_path / "stope.db"))
    monkeypatch.setattr("db.fetch.client.PACE", PACE)
    with served.serving() as running:
        monkeypatch.setenv("STOPE_SEC_WWW", running.url)
        monkeypatch.setenv("STOPE_SEC_DATA", running.url)
        yield running


def fetch(*words):
    return run(["fetch", "QLL", *words])


def documents(tmp_path):
    with Store.open(tmp_path / "stope.db") as store:
        return sorted(row["document"] for row in store.filings())


def test_fetched_and_added(sec, tmp_path, capsys):
    assert fetch("--form", "8-K", "--since", "2003", "--until", "2007-04", "--user-agent", WHO) == 0
    assert documents(tmp_path) == [f"{served.OLDER[0][0]}.txt", f"{served.RECENT[2][0]}.txt"]
    said = capsys.readouterr()
    assert said.out.startswith("2 filings with ")
    assert "QUILL MINES CO (CIK 4711): 2 filings of form 8-K" in said.err


def test_who_asks_is_asked_once(sec, capsys):
    assert fetch() == 2
    assert "--user-agent" in capsys.readouterr().err and not sec.asked
    assert fetch("--list", "--user-agent", WHO) == 0
    assert fetch("--list") == 0
    assert sec.agents == {WHO}


def test_listing_fetches_no_filing(sec, capsys):
    assert fetch("--list", "--form", "10-K", "--user-agent", WHO) == 0
    assert capsys.readouterr().out == "2007-03-01  10-K     0000004711-07-000002\n"
    assert all(path.endswith(".json") for path in sec.asked)


def test_a_damaged_filing_is_not_added_and_the_next_run_gets_it(sec, tmp_path, capsys):
    sec.plans[served.path_of(DAMAGED)] = [served.half_called_whole] * 2
    assert fetch("--since", "2007", "--user-agent", WHO) == 1
    assert "cut off" in capsys.readouterr().err
    assert f"{DAMAGED}.txt" not in documents(tmp_path)
    assert fetch("--since", "2007") == 0
    assert f"{DAMAGED}.txt" in documents(tmp_path)


def test_only_exhibits(sec, tmp_path, capsys):
    assert fetch("--since", "2007-05", "--exhibits", "99", "--user-agent", WHO) == 0
    assert documents(tmp_path) == [f"{DAMAGED}-ex99.txt"]
    assert fetch("--since", "2007-05", "--exhibits", "10") == 0
    assert "1 have no exhibit 10" in capsys.readouterr().err


def test_a_refusal_is_said_and_adds_nothing(sec, tmp_path, capsys):
    sec.plans["/files/company_tickers.json"] = [served.status(403)]
    assert fetch("--user-agent", WHO) == 1
    assert "ten minutes" in capsys.readouterr().err
    assert not (tmp_path / "stope.db").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--since", "soon"], "is no date"),
        (["--since", "2007", "--until", "2003"], "is after"),
        (["--user-agent", "nobody"], "e-mail"),
    ],
)
def test_usage(sec, capsys, words, said):
    assert fetch("--user-agent", WHO, *words) == 2
    assert said in capsys.readouterr().err
    assert not sec.asked


def test_an_unknown_company(sec, capsys):
    assert run(["fetch", "Nobody", "Gold", "--user-agent", WHO]) == 2
    assert "no company 'Nobody Gold'" in capsys.readouterr().err


def test_killed_half_way_it_goes_on_where_it_stopped(sec, tmp_path):
    """SIGKILL in the middle of a body: what is cached is whole, nothing is added, the next run completes it."""
    stuck = served.path_of(served.RECENT[1][0])
    sec.plans[stuck] = [served.silence]
    command = [sys.executable, "-m", "assistant.cli", "fetch", "QLL", "--since", "2007", "--user-agent", WHO]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while stuck not in sec.asked and time.monotonic() < end:
        time.sleep(0.02)
    child.kill()
    child.wait(10)
    cached = sorted((tmp_path / "CACHE").rglob("*.txt"))
    assert [path.read_bytes() for path in cached] == [served.submission(served.RECENT[2][0])]
    assert not (tmp_path / "stope.db").exists()
    assert fetch("--since", "2007") == 0
    assert documents(tmp_path) == sorted(f"{row[0]}.txt" for row in served.RECENT)
    assert sec.asked.count(served.path_of(served.RECENT[2][0])) == 1
