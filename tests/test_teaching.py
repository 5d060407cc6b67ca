"""What users teach is kept, checked as the lexicon is, and said where it was used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.ask import ask
from assistant.book import Book
from assistant.cli import run
from assistant.coverage import Coverage, coverage_of
from assistant.teaching import forget, taught_of, teach, words_file
from db.store import Store
from grammar.errors import LexiconError
from tests.generator.filings import generate
from tests.generator.stores import generated, store_of
from tests.loader import load


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teaching")
    generated(generate(4), folder / "filings")
    return store_of(folder / "filings", folder / "made.db")


@pytest.fixture
def store(made, tmp_path):
    place = tmp_path / "own.db"
    place.write_bytes(Path(made.path).read_bytes())
    with Store.open(place) as opened:
        yield opened


def mines(book: Book) -> tuple[str, str]:
    cover: Coverage = coverage_of(book)
    first, second, *_ = [n for n in cover.holders("total_cash_cost_per_oz") if cover.entities[n].kind == "mine"]
    return first, second


@pytest.mark.parametrize("case", load("teaching"))
def test_a_phrase_is_taught_or_refused_with_its_reason(case, store):
    book = Book(store)
    names = dict(zip(("mine", "other"), mines(book), strict=True))
    phrase, meaning = case["phrase"].format(**names), case["meaning"].format(**names)
    place = words_file(Path(store.path))
    if not case["refused"]:
        teach(phrase, meaning, book, place)
        assert len(taught_of(store)) == 1
        return
    with pytest.raises(LexiconError) as fault:
        teach(phrase, meaning, book, place)
    assert all(part.format(**names) in str(fault.value) for part in case["refused"]), str(fault.value)
    assert not taught_of(store)


def test_a_taught_word_answers_as_its_meaning_does_and_says_so(store):
    mine, _ = mines(Book(store))
    plain = ask(f"{mine} total cash cost per ounce", store)
    assert ask("tcc of the pit", store).status == "refused"
    place = words_file(Path(store.path))
    teach("The Pit", mine, Book(store), place)
    teach("tcc", "total cash cost per ounce", Book(store), place)
    answer = ask("tcc of the pit", store)
    assert [v.value for v in answer.values] == [v.value for v in plain.values]
    assert f"'the pit' was read as {mine}, as you taught" in answer.notes
    assert not any("taught" in note for note in ask(f"{mine} total cash cost per ounce", store).notes)
    forget("the pit", place)
    assert ask("tcc of the pit", store).status == "refused"


def test_another_meaning_is_refused_until_the_first_is_forgotten(store):
    mine, other = mines(Book(store))
    place = words_file(Path(store.path))
    teach("the pit", mine, Book(store), place)
    with pytest.raises(LexiconError, match="already means"):
        teach("the pit", other, Book(store), place)
    assert forget("pit", place) == mine
    teach("the pit", other, Book(store), place)
    with pytest.raises(LexiconError, match="never taught"):
        forget("the mine of my uncle", place)


def test_two_who_teach_at_once_are_both_kept(store):
    words = [f"nick{'abcdefghijklmnop'[n]}name" for n in range(16)]
    book, place = Book(store), words_file(Path(store.path))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda word: teach(word, "gold", book, place), words))
    assert [phrase for phrase, _ in taught_of(store)] == words
    assert sorted(p.name for p in place.parent.iterdir() if p.name.startswith(place.name)) == [place.name]


def test_a_damaged_file_is_named(store):
    words_file(Path(store.path)).write_text("the pit = what", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.db\.words\.toml"):
        ask("gold production", store)


def test_a_meaning_that_the_store_does_not_hold_is_left_out(store):
    words_file(Path(store.path)).write_text('"the pit" = "Atlantis"\n"cash cost" = "gold"\n', encoding="utf-8")
    assert not Book(store, taught_of(store)).phrases


def test_the_commands(store, capsys):
    mine, _ = mines(Book(store))
    assert run(["teach", "the pit", mine, "--db", store.path]) == 0
    assert run(["teach", "--list", "--db", store.path]) == 0
    assert f"the pit = {mine}" in capsys.readouterr().out
    assert run(["teach", "cash cost", "gold", "--db", store.path]) == 1
    assert run(["forget", "the pit", "--db", store.path]) == 0
    assert run(["forget", "the pit", "--db", store.path]) == 1
    assert run(["teach", "the pit", "--db", store.path]) == 2
