"""A filing goes into the store whole and is read back; what a question runs can change nothing."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.access import pack, unpack
from db.store import Store
from db.verify import verify
from db.writing import Added, Already, Writer
from grammar.errors import StoreError, StoreMissing, TimeLimit
from tests.filings import TEXT, filing, numbered
from tests.loader import load

TABLES = ("filings", "parts", "facts", "notes", "passages", "names", "vocabulary", "checked", "findings")


def has_word(store, word):
    """Whether running text holds the word, in any of its forms: the full-text index stems."""
    return bool(store.run("SELECT rowid FROM passages_text WHERE passages_text MATCH ?", (word,)))


@pytest.fixture
def path(tmp_path):
    """A store with one filing."""
    place = tmp_path / "a folder" / "store?.db"
    with Writer.open(place) as writer:
        assert writer.add(filing()) == Added(1, "heron.txt", 3, 1)
    return place


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened


def content(path):
    """Everything that a store holds, to be compared."""
    connection = sqlite3.connect(path)
    try:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in TABLES}
    finally:
        connection.close()


def test_a_fact_is_read_back_with_its_meaning_and_place(store):
    row = store.run("SELECT * FROM cited_facts WHERE value < 0")[0]
    assert row["as_printed"] == "$(0.25)"
    assert (row["line"], row["column_start"], row["column_end"]) == (6, 34, 41)
    assert (row["value"], row["unit"], row["period"], row["period_start"]) == (-0.25, "USD/oz", "Q1 2009", "2009-01-01")
    assert row["heading_path"] == '["PRODUCTION DATA"]'
    assert row["places"] == '{"label": [[6, 0, 26]]}'
    assert row["company"] == "Night Heron Mining Corp."


def test_the_text_is_kept_as_it_was(store):
    assert "\n".join(store.lines(1)) == TEXT
    assert store.lines_of(filing().sha256) == store.lines(1)
    assert store.lines_of("unknown") == []


def test_what_questions_may_name_is_kept_while_adding(store):
    assert [tuple(row)[1:] for row in store.vocabulary("period")] == [
        ("2008-03-31", "Q1 2008", "quarter"),
        ("2009-03-31", "Q1 2009", "quarter"),
    ]
    assert [(row["key"], row["shown"], row["detail"]) for row in store.vocabulary("name")] == [
        ("blue kettle", "Blue Kettle", "mine|Night Heron Mining Corp.|name"),
        ("kettle", "Blue Kettle", "mine|Night Heron Mining Corp.|short"),
    ]
    assert [row["shown"] for row in store.vocabulary("word") if row["key"] == "silver"] == ["silver produced"]
    assert [(row["said"], row["entity"]) for row in store.run("SELECT said, entity FROM names ORDER BY said")] == [
        ("blue kettle", "Blue Kettle"),
        ("kettle", "Blue Kettle"),
    ]
    assert has_word(store, "quarters")
    assert not has_word(store, "chandelier")


def test_the_same_bytes_are_left_as_they_are(path):
    before = content(path)
    with Writer.open(path) as writer:
        assert writer.add(filing(document="renamed.txt")) == Already(1, "heron.txt")
    assert content(path) == before


def test_a_fault_half_way_leaves_nothing(path, monkeypatch):
    before = content(path)
    with Writer.open(path) as writer:
        monkeypatch.setattr(Writer, "_index_passages", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.add(numbered(1))
    assert content(path) == before


def test_a_closed_store_is_one_file(path):
    assert [left.name for left in path.parent.iterdir()] == ["store?.db"]


@pytest.mark.parametrize("case", load("store_refused"))
def test_sql_that_does_more_than_read_is_refused(store, path, case):
    before = content(path)
    with pytest.raises(StoreError, match=case.get("says", "more than read")):
        store.run(case["sql"])
    assert content(path) == before


@pytest.mark.parametrize("case", load("store_refused", "allowed"))
def test_what_questions_need_is_let_through(store, case):
    assert [list(row) for row in store.run(case["sql"], case.get("parameters", {}))] == case["rows"]


def test_a_question_that_takes_long_is_stopped(store):
    endless = "SELECT count(*) FROM " + ", ".join(f"facts AS f{number}" for number in range(24))
    begun = time.monotonic()
    with pytest.raises(TimeLimit, match=r"longer than 0\.1 seconds"):
        store.run(endless, seconds=0.1)
    assert time.monotonic() - begun < 2
    threading.Timer(0.1, store.stop).start()
    with pytest.raises(TimeLimit, match="stopped"):
        store.run(endless, seconds=30)
    assert store.run("SELECT 1")[0][0] == 1


def test_a_store_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(StoreMissing, match="stope add FILE --db"):
        Store.open(tmp_path / "none.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreMissing, match="is empty"):
        Store.open(tmp_path / "empty.db")
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)
    (tmp_path / "words.db").write_text("no database at all, but a text that is longer than its header" * 9)
    with pytest.raises(StoreError, match="not a Stope store"):
        Store.open(tmp_path / "words.db")
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE mine (x)")
    for open_it in (Store.open, Writer.open):
        with pytest.raises(StoreError, match="not a Stope store"):
            open_it(tmp_path / "other.db")


@pytest.mark.parametrize("version", [0, 99])
def test_a_store_of_another_version_says_what_to_do(path, version):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    for open_it in (Store.open, Writer.open):
        with pytest.raises(StoreError, match="`stope add` the filings again"):
            open_it(path)


def test_a_damaged_store_is_said_to_be_one(path):
    data = bytearray(path.read_bytes())
    data[4096 : len(data) - 4096] = b"\xee" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"damaged|not a Stope store|can't be"):
        Store.open(path).run("SELECT * FROM facts")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_store_in_a_folder_that_cannot_be_written_is_read(path):
    path.parent.chmod(0o500)
    try:
        with Store.open(path) as store:
            assert len(store.filings()) == 1
        with pytest.raises(StoreError, match="can't be"), Writer.open(path) as writer:
            writer.add(numbered(1))
    finally:
        path.parent.chmod(0o700)


def test_a_store_made_with_its_first_filing_is_as_any_other(tmp_path, path, monkeypatch):
    with Writer.open(path) as writer:
        writer.add(numbered(1))
    for name in ("whole.db", "no system for it.db"):
        with Writer.open(tmp_path / name, few=True) as writer:
            assert not (tmp_path / name).exists()
            assert writer.add(filing()) == Added(1, "heron.txt", 3, 1)
            assert content(tmp_path / name)["filings"]
            assert writer.add(filing()) == Already(1, "heron.txt")
            writer.add(numbered(1))
        assert content(tmp_path / name) == content(path)
        with Store.open(tmp_path / name) as store:
            assert has_word(store, "quarters")
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    assert sorted(left.name for left in tmp_path.iterdir()) == ["a folder", "no system for it.db", "whole.db"]


def test_a_store_that_another_made_meanwhile_is_added_to(tmp_path):
    place = tmp_path / "store.db"
    with Writer.open(place, few=True) as late:
        with Writer.open(place, few=True) as first:
            first.add(numbered(1))
        assert late.add(filing()) == Added(2, "heron.txt", 3, 1)
        assert late.add(numbered(1)) == Already(1, "heron-001.txt")
    with Store.open(place) as store:
        assert [row["document"] for row in store.filings()] == ["heron-001.txt", "heron.txt"]
        assert has_word(store, "quarters")


def test_a_fault_in_the_first_filing_leaves_no_store(tmp_path, monkeypatch):
    with Writer.open(tmp_path / "store.db", few=True) as writer:
        monkeypatch.setattr(Writer, "_index_passages", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.add(filing())
    assert list(tmp_path.iterdir()) == []


INDICES = {"facts_by_metric", "facts_by_place", "facts_by_label", "facts_by_period", "facts_by_statement"}


def indices(path):
    connection = sqlite3.connect(path)
    try:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'facts'")
        return {name for (name,) in found}
    finally:
        connection.close()


def test_a_store_that_is_filled_has_all_its_indices_in_the_end(tmp_path, path):
    with Writer.open(path) as writer:
        writer.add(numbered(1))
    with Writer.open(tmp_path / "filled.db", many=True) as writer:
        writer.add(filing())
        assert indices(tmp_path / "filled.db") == {"facts_by_metric", "facts_by_place"}
        writer.add(numbered(1))
    assert indices(tmp_path / "filled.db") == INDICES
    assert content(tmp_path / "filled.db") == content(path)
    with Writer.open(path, many=True) as writer:
        writer.add(numbered(2))
        assert indices(path) == INDICES


@pytest.mark.parametrize("how", [{}, {"few": True}])
def test_indices_that_a_killed_writer_left_out_are_made_by_the_next(tmp_path, how):
    place = tmp_path / "store.db"
    code = "w = Writer.open(Path(sys.argv[1]), many=True); w.add(numbered(0)); import os; os._exit(9)"
    assert started(code, str(place)).wait(60) == 9
    assert indices(place) == {"facts_by_metric", "facts_by_place"}
    with Writer.open(place, **how) as writer:
        writer.add(numbered(1))
    assert indices(place) == INDICES
    with Store.open(place) as store:
        assert store.run("SELECT count(*) FROM facts")[0][0] == 6


def test_a_reader_goes_on_while_another_writes(path):
    with Store.open(path) as store, Writer.open(path) as writer:
        for number in range(5):
            writer.add(numbered(number))
            assert len(store.filings()) == number + 2
    with Writer.open(path):
        pass
    assert [left.name for left in path.parent.iterdir()] == ["store?.db"]


WRITE = "import sys; from pathlib import Path; from tests.filings import numbered; from db.writing import Writer\n"


def started(code, *arguments):
    root = Path(__file__).parents[1]
    return subprocess.Popen([sys.executable, "-c", WRITE + code, *arguments], cwd=root)


def test_two_that_write_at_once_both_succeed(tmp_path):
    code = (
        "with Writer.open(Path(sys.argv[1])) as w:\n"
        "    for n in range(int(sys.argv[2]), 60, 2):\n"
        "        w.add(numbered(n)); w.add(numbered(0))"
    )
    place = tmp_path / "store.db"
    both = [started(code, str(place), str(first)) for first in (0, 1)]
    assert [process.wait(60) for process in both] == [0, 0]
    with Store.open(place) as store:
        assert len(store.filings()) == 60
        assert store.run("SELECT count(*) FROM facts")[0][0] == 180


def test_killed_at_any_moment_it_holds_whole_filings_and_is_completed_to_the_same(tmp_path):
    code = "with Writer.open(Path(sys.argv[1])) as w:\n    for n in range(80):\n        w.add(numbered(n))"
    whole, cut = tmp_path / "whole.db", tmp_path / "cut.db"
    assert started(code, str(whole)).wait(60) == 0
    for pause in (0.45, 0.5, 0.55):
        process = started(code, str(cut))
        time.sleep(pause)
        process.kill()
        process.wait()
        if cut.exists() and cut.stat().st_size:
            with Store.open(cut) as store:
                assert store.run("SELECT count(*) FROM facts")[0][0] == 3 * len(store.filings())
    assert started(code, str(cut)).wait(60) == 0
    assert content(cut) == content(whole)


HALF_DONE = """
import os, sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA journal_mode = DELETE")
store.execute("PRAGMA cache_size = 1")
store.execute("BEGIN")
for number in range(2000):
    store.execute("INSERT INTO vocabulary VALUES ('word', ?, ?, '')", (f"half{number}", "x" * 500))
os._exit(9)
"""


def test_what_a_killed_writer_left_is_undone_before_reading(path):
    subprocess.run([sys.executable, "-c", HALF_DONE, str(path)], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 0
    with Store.open(path) as opened:
        assert opened.run("SELECT count(*) AS found FROM vocabulary WHERE key LIKE 'half%'")[0]["found"] == 0
        assert opened.run("SELECT count(*) AS found FROM facts")[0]["found"] == 3


def test_every_place_is_read_again(path, tmp_path):
    with Store.open(path) as store:
        assert [(checked.places, checked.faults, checked.file) for checked in verify(store)] == [(5, (), "gone")]
    connection = sqlite3.connect(path)
    connection.execute("UPDATE facts SET column_start = column_start + 1 WHERE id = 1")
    connection.execute("UPDATE passages SET text = 'something else'")
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        faults = next(iter(verify(store))).faults
    assert faults == (
        "heron.txt:5 should read '412,300', and there stands '12,300'",
        "heron.txt:2 is no longer where 'something else' stands",
    )


def test_a_file_that_changed_is_told_apart_from_the_stored_text(tmp_path):
    place, file = tmp_path / "store.db", tmp_path / "heron.txt"
    file.write_text(TEXT)
    with Writer.open(place) as writer:
        writer.add(filing(path=str(file)))
    with Store.open(place) as store:
        assert next(iter(verify(store))).file == "same"
        file.write_text(TEXT.replace("412,300", "999,300"))
        checked = next(iter(verify(store)))
    assert checked.file == "changed"
    assert "should read '412,300', and there stands '999,300'" in checked.faults[1]


@given(st.text(st.characters(codec=None)))
def test_any_text_survives_packing(text):
    assert unpack(pack(text)) == text


def _bytes():
    with Writer.in_memory() as writer:
        writer.add(filing())
        return writer.to_bytes()


STORE = _bytes()
