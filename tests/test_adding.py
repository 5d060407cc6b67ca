"""``stope add``: what is found, what is said of what can't be read, and that nothing is ever lost or half there."""

import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import cli
from db import adding
from db.checks.keeping import check_here, unchecked
from db.gathering import gather
from db.model import Filing
from db.store import Store
from db.writing import Writer
from grammar.errors import ReadError, StoreError
from tests.filings import TEXT, numbered
from tests.loader import load
from tests.test_checks import FAULTY, RELEASE
from tests.test_store import content

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path):
    """A folder with three filings among other things."""
    place = tmp_path / "filings"
    (place / "2009").mkdir(parents=True)
    (place / ".hidden").mkdir()
    for name in ("b.txt", "a.TXT", "2009/c", "notes.md", ".d.txt", ".hidden/e.txt", "2009/picture.png"):
        (place / name).write_text(f"{TEXT}\n{name}\n")
    return place


@pytest.fixture
def add(capsys, tmp_path):
    """Runs ``stope add``: (exit code, stdout, stderr)."""

    def run(*words):
        code = cli.run(["add", "--db", str(tmp_path / "store.db"), *map(str, words)])
        return code, *capsys.readouterr()

    return run


def test_a_folder_is_searched_in_the_order_of_names(folder):
    found = [Path(file.path).relative_to(folder).as_posix() for file in gather([str(folder)])]
    assert found == ["a.TXT", "b.txt", "2009/c"]


def test_a_file_that_is_named_is_tried_whatever_its_name_and_once(folder):
    named = [str(folder / "notes.md"), str(folder / "notes.md"), str(folder / "2009" / ".." / "notes.md")]
    assert [Path(file.path).name for file in gather(named)][:1] == ["notes.md"]
    assert len(gather(named[:2])) == 1


def test_filings_are_added_and_left_as_they_are_the_second_time(add, folder, tmp_path):
    code, out, err = add(folder)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"3 filings with 12 facts added: now in {tmp_path / 'store.db'}"
    before = content(tmp_path / "store.db")
    code, out, err = add(folder)
    assert out.splitlines()[-1].startswith("0 filings with 0 facts added, 3 there already")
    assert content(tmp_path / "store.db") == before


@pytest.mark.parametrize("case", load("adding_faults"))
def test_what_cannot_be_read_is_said_and_the_others_are_added(add, folder, tmp_path, case):
    bad = tmp_path / case["name"]
    if "hex" in case:
        bad.write_bytes(bytes.fromhex(case["hex"]))
    if "megabytes" in case:
        with bad.open("wb") as file:
            file.truncate(case["megabytes"] << 20)
    if case.get("folder"):
        bad.mkdir()
    code, out, err = add(bad, folder / "b.txt")
    assert code == 1
    assert err.startswith("stope: ")
    assert len(err.splitlines()) == 1
    assert case["says"] in err
    assert case["name"] in err
    assert "1 filing with 4 facts added, 1 could not be read" in out


def test_where_nothing_can_be_read_no_store_is_made(add, tmp_path):
    assert add(tmp_path / "none.txt")[0] == 1
    assert not (tmp_path / "store.db").exists()


def test_a_filing_can_be_piped_in(tmp_path):
    words = [sys.executable, "-m", "assistant.cli", "add", "-", "--db", str(tmp_path / "store.db")]
    done = subprocess.run(words, cwd=ROOT, input=TEXT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with Store.open(tmp_path / "store.db") as store:
        assert [row["document"] for row in store.filings()] == ["stdin"]


def test_a_fault_in_one_file_keeps_no_other_from_being_added(add, folder, monkeypatch):
    real = adding.parse_bytes

    def faulty(data, path):
        if path.endswith("b.txt"):
            raise IndexError("odd")
        return real(data, path)

    monkeypatch.setattr(adding, "parse_bytes", faulty)
    code, out, err = add(folder)
    assert code == 1
    assert "b.txt has something in it that Stope fails on (IndexError: odd)" in err
    assert "2 filings with 8 facts added" in out


def test_a_store_that_cannot_be_made_says_so(capsys, folder, tmp_path):
    (tmp_path / "file").write_text("x")
    code = cli.run(["add", str(folder), "--db", str(tmp_path / "file" / "store.db")])
    assert code == 3
    assert "can't be" in capsys.readouterr().err


def test_a_full_disk_loses_nothing_that_was_added(tmp_path):
    with Writer.open(tmp_path / "store.db") as writer:
        writer.add(numbered(0))
        pages = writer._connection.execute("PRAGMA page_count").fetchone()[0]
        writer._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            for number in range(1, 50):
                writer.add(numbered(number))
    with Store.open(tmp_path / "store.db") as store:
        assert store.run("SELECT count(*) FROM facts")[0][0] == 3 * len(store.filings())


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Enough files for the cores to share."""
    place = tmp_path_factory.mktemp("many")
    for number in range(60):
        (place / f"{number:02}.txt").write_text(f"{TEXT}\nShaft {number} was sunk.\n" + " " * 10_000)
    return place


@pytest.fixture(scope="module")
def uninterrupted(many, tmp_path_factory):
    place = tmp_path_factory.mktemp("store") / "store.db"
    assert started(many, place).wait(120) == 0
    return content(place)


def started(folder, store, **more):
    words = [sys.executable, "-m", "assistant.cli", "add", "-q", str(folder), "--db", str(store)]
    return subprocess.Popen(words, cwd=ROOT, start_new_session=True, **more)


def left_behind(process):
    """Processes of its session that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == process.pid and fields[0] != "Z":
            found.append(status.parent.name)
    return found


def test_many_files_are_added_in_their_order_as_one_process_would(many, uninterrupted, tmp_path):
    with Writer.open(tmp_path / "alone.db") as writer:
        for file in gather([str(many)]):
            writer.add(adding.parse_file(file.path))
    with Writer.open(tmp_path / "alone.db") as writer, Store.open(tmp_path / "alone.db") as store:
        list(check_here(store, writer, unchecked(store)))
    assert content(tmp_path / "alone.db") == uninterrupted


def test_many_files_go_in_with_what_does_not_add_up_in_them(tmp_path):
    folder, store = tmp_path / "faulty", tmp_path / "store.db"
    folder.mkdir()
    for number in range(50):
        text = FAULTY if number == 3 else RELEASE
        (folder / f"{number:02}.txt").write_text(f"{text}\nShaft {number} was sunk.\n" + " " * 10_000)
    added = [outcome.result for outcome in adding.add(gather([str(folder)]), store)]
    assert [result.failing for result in added] == [4 if number == 3 else 0 for number in range(50)]
    with Store.open(store) as opened:
        assert unchecked(opened) == []
        assert {row[0] for row in opened.run("SELECT filing_id FROM facts JOIN findings ON id = fact_id")} == {4}


def test_killed_at_any_moment_it_is_completed_by_the_same_command(many, uninterrupted, tmp_path):
    store = tmp_path / "store.db"
    moments = random.Random(7)
    for _ in range(4):
        process = started(many, store)
        time.sleep(moments.uniform(0.3, 1.2))
        process.kill()
        process.wait()
    for _ in range(50):
        if not left_behind(process):
            break
        time.sleep(0.1)
    assert left_behind(process) == []
    assert started(many, store).wait(120) == 0
    assert content(store) == uninterrupted


def test_ctrl_c_leaves_whole_filings_and_says_so(many, uninterrupted, tmp_path):
    store = tmp_path / "store.db"
    process = started(many, store, stderr=subprocess.PIPE, text=True)
    while not store.exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.strip()) in ((130, "stope: interrupted"), (0, ""))
    assert left_behind(process) == []
    assert started(many, store).wait(120) == 0
    assert content(store) == uninterrupted


def test_two_adds_at_once_both_succeed(many, uninterrupted, tmp_path):
    both = [started(many, tmp_path / "store.db") for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert {row[3] for row in content(tmp_path / "store.db")["filings"]} == {row[3] for row in uninterrupted["filings"]}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(), st.text().map(str.encode), st.text(" 0123456789.$()-,\nab").map(str.encode)))
def test_any_bytes_are_a_filing_or_a_clear_refusal(data):
    result = adding._parse(data, "odd.txt", frozenset())
    if isinstance(result, ReadError):
        assert "fails on" not in str(result)
        assert "odd.txt" in str(result)
    else:
        assert isinstance(result, Filing)
        with Writer.in_memory() as writer:
            writer.add(result)


def test_standard_input_is_read_no_further_than_a_filing_may_be_long(tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "MAX_BYTES", 10)
    piped = io.BytesIO(b"x" * 100)
    (outcome,) = adding.add(gather(["-"]), tmp_path / "store.db", piped)
    assert outcome.path == "-"
    assert piped.tell() == 11  # one byte more tells that there is too much
