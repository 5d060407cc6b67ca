"""The samples that answer first: retyped, not copied, and read as the releases are; their store is made when needed."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant import where
from db.parsing import parse_bytes
from db.samples import sample_files, store
from db.store import Store
from grammar.errors import StoreMissing

ROOT = Path(__file__).parents[1]
LONGEST_RUN = 8  # words in a row that a retelling may share with what it retells
EDITIONS = (("hecla-2003-q1.txt", "000"), ("hecla-2007-q1.txt", "002"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A cache folder in which the samples' store was made; its name stays while somebody edits the program."""
    place = tmp_path_factory.mktemp("cache") / "stope"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_edition", lambda: "edition")
        store.sample_store(place).close()
        yield place


def release(shared, number):
    (path,) = (shared / "filings").glob(f"{number}*.txt")
    return path


def meanings(path):
    """What every table fact of a file says, its place aside."""
    return [
        (
            f.statement,
            f.label,
            f.cell.text,
            f.value,
            f.unit,
            f.metric,
            f.metal,
            f.entity,
            f.period,
            f.basis,
            f.heading_path,
        )
        for f in parse_bytes(path.read_bytes(), path.name).facts
        if f.source == "table"
    ]


def test_the_samples_say_at_once_that_they_are_retyped():
    assert [path.name for path in sample_files()] == [name for name, _ in EDITIONS]
    for path in sample_files():
        assert "RETYPED EDITION" in "\n".join(path.read_text().split("\n")[:3])


@pytest.mark.parametrize(("sample", "number"), EDITIONS)
def test_a_sample_has_the_facts_of_the_release(shared, sample, number):
    assert meanings(store.ROOT / "db" / "samples" / sample) == meanings(release(shared, number))


@pytest.mark.parametrize(("sample", "number"), EDITIONS)
def test_a_sample_tells_the_rest_in_other_words(shared, sample, number):
    original = release(shared, number).read_text()
    printed = set(original.split("\n"))
    lines = (ROOT / "db" / "samples" / sample).read_text().split("\n")
    told = [word for line in lines if line not in printed for word in words_of(line)]
    assert runs_of(told) & runs_of(words_of(original)) == set()


def runs_of(words):
    """Every run of one word more than may be shared."""
    return {tuple(words[at : at + LONGEST_RUN + 1]) for at in range(len(words) - LONGEST_RUN)}


def words_of(text):
    return re.findall(r"[a-z']{2,}", text.lower())


def test_no_person_is_named():
    assert len(sample_files()) == 2
    for path in sample_files():
        assert not re.search(r"\b(?:Mr|Ms|Mrs|Dr)\.|\bsaid\b", path.read_text())


def test_the_store_is_kept_and_found_again(cache, monkeypatch):
    monkeypatch.setattr(store, "_make", lambda: pytest.fail("it was made again"))
    with store.sample_store(cache) as opened:
        assert len(opened.filings()) == 2


def test_when_what_it_is_made_from_changes_it_is_made_anew(tmp_path, cache, monkeypatch):
    (kept,) = cache.glob("*.db")
    place = tmp_path / "cache"
    place.mkdir()
    (place / "samples-0123.db").write_bytes(kept.read_bytes())
    monkeypatch.setattr(store, "_make", kept.read_bytes)
    store.sample_store(place).close()
    assert [path.name for path in place.iterdir()] == [kept.name]


def test_a_damaged_store_is_made_again(tmp_path, cache, monkeypatch):
    (kept,) = cache.glob("*.db")
    (tmp_path / kept.name).write_bytes(b"\0" * 5000)
    monkeypatch.setattr(store, "_make", kept.read_bytes)
    with store.sample_store(tmp_path) as opened:
        assert len(opened.filings()) == 2


def test_where_the_cache_cannot_be_written_it_answers_from_memory(tmp_path, cache, monkeypatch):
    (kept,) = cache.glob("*.db")
    monkeypatch.setattr(store, "_make", kept.read_bytes)
    (tmp_path / "file").touch()
    with store.sample_store(tmp_path / "file" / "cache") as opened:
        assert len(opened.filings()) == 2


def test_two_that_start_at_once_both_get_it(tmp_path, cache, monkeypatch):
    (kept,) = cache.glob("*.db")
    together = threading.Barrier(2)

    def made():
        together.wait(10)
        return kept.read_bytes()

    monkeypatch.setattr(store, "_make", made)
    counts = []
    both = [
        threading.Thread(target=lambda: counts.append(len(store.sample_store(tmp_path / "new").filings())))
        for _ in "ab"
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert counts == [2, 2]
    assert [path.name for path in (tmp_path / "new").iterdir()] == [kept.name]


def test_it_is_made_whatever_folder_the_command_runs_in(tmp_path):
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "__init__.py").write_text("raise SystemExit('another package of that name')")
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    env.pop("STOPE_DB", None)
    stope = Path(sys.executable).with_name("stope")
    done = subprocess.run([stope, "filings"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "hecla-2003-q1.txt" in done.stdout
    assert done.stderr.count("\n") == 1


def test_the_samples_answer_only_until_something_is_added(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("STOPE_DB", raising=False)
    monkeypatch.setattr(where, "own_store", lambda: tmp_path / "own.db")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with where.store_to_read(None) as opened:
        assert [row["document"] for row in opened.filings()] == [name for name, _ in EDITIONS]
    assert "embedded sample" in capsys.readouterr().err
    from db.writing import Writer
    from tests.filings import filing

    with Writer.open(tmp_path / "own.db") as writer:
        writer.add(filing())
    with where.store_to_read(None) as opened:
        assert [row["document"] for row in opened.filings()] == ["heron.txt"]
    assert capsys.readouterr().err == ""
    with pytest.raises(StoreMissing):
        where.store_to_read(str(tmp_path / "none.db"))


def test_a_store_in_memory_is_a_store(cache):
    (kept,) = cache.glob("*.db")
    with Store.from_bytes(kept.read_bytes()) as opened:
        assert "\n".join(opened.lines(1)) == sample_files()[0].read_text()
