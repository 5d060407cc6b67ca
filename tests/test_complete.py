"""Completions make a question answerable, and are there before the next key."""

from __future__ import annotations

import time

import pytest

from assistant.ask import ask
from assistant.book import book_of
from assistant.complete import complete, examples, understood
from assistant.coverage import coverage_of
from assistant.shell import next_words
from grammar.terms import read_terms
from tests.generator.filings import generate
from tests.generator.stores import generated, releases, store_of
from tests.loader import load

COST = "total_cash_cost_per_oz"
SLOW = 0.05  # ten times what a key may take on an idle machine: a scan would take longer still


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("complete")
    generated(generate(12), folder / "filings")
    return store_of(folder / "filings", folder / "made.db")


@pytest.fixture(scope="module")
def words(store):
    cover = coverage_of(book_of(store))
    mine = next(n for n in cover.holders(COST) if cover.entities[n].kind == "mine")
    return {
        "mine": mine,
        "part": mine[:-2].lower(),
        "cost": cover.measures[COST],
        "newest": cover.periods(COST, mine)[0],
    }


@pytest.mark.parametrize("case", load("complete"))
def test_completion(case, store, words):
    typed, wanted = case["typed"].format(**words), case["text"].format(**words)
    offered = [each.text for each in complete(typed, len(typed), store)]
    assert wanted in offered[: case["within"]], offered


def test_a_completion_takes_the_place_of_all_that_it_completes(store, words):
    typed = f"{words['cost']} of {words['part']}"
    best = next(each for each in complete(typed, len(typed), store) if each.text == words["mine"])
    assert typed[: best.start] + best.text + typed[best.end :] == f"{words['cost']} of {words['mine']}"


def test_in_the_middle_of_a_line_the_rest_stays(store, words):
    typed = f"{words['part']} {words['cost']}"
    best = complete(typed, len(words["part"]), store)[0]
    assert typed[: best.start] + best.text + typed[best.end :] == f"{words['mine']} {words['cost']}"


def test_every_period_offered_for_a_mine_and_a_measure_is_answered(store, words):
    typed = f"{words['mine']} {words['cost']} "
    periods = [each.text for each in complete(typed, len(typed), store) if each.about == "printed"]
    assert periods
    assert all(ask(typed + period, store).values for period in periods)


def test_every_measure_is_offered_in_words_that_mean_it(store):
    book = book_of(store)
    for id, said in coverage_of(book).measures.items():
        meanings = [t.ids for t in read_terms(said, book.vocabulary, book.labels).of("measure")]
        assert any(id in ids for ids in meanings), (id, said)


@pytest.mark.parametrize("typed", ["", " ", "zzz", "lucky (", "%%%", "é", "q", "x" * 300, "a b c d e f g h i j"])
def test_anything_may_be_typed(store, typed):
    for cursor in (0, len(typed), len(typed) + 5):
        for each in complete(typed, cursor, store):
            assert 0 <= each.start <= each.end <= len(typed)


def test_examples_are_answered_and_of_several_kinds(store):
    found = examples(store)
    assert len(found) >= 4
    assert all(ask(question, store).values for question in found)
    assert len({question.split()[0] for question in found}) >= 3


def test_an_empty_line_offers_the_examples(store):
    assert [each.text for each in complete("", 0, store)] == examples(store)


def test_real_releases(shared, tmp_path):
    with store_of(releases(shared, tmp_path / "r"), tmp_path / "r.db") as real:
        assert all(ask(question, real).values for question in examples(real))
        assert "compare" in {question.split()[0] for question in examples(real)}


def test_words_are_understood_with_their_places(store, words):
    text = f"{words['mine']} blorp"
    said = understood(text, store)
    assert [(each.text, bool(each.kind)) for each in said] == [(words["mine"], True), ("blorp", False)]
    assert all(text[each.start : each.end] == each.text for each in said)


def test_the_shell_completes_word_by_word(store, words):
    first, *rest = words["mine"].split()
    offered = next_words(f"{first.lower()} ", rest[0][:2].lower(), store.path)
    assert rest[0] in offered


def test_a_key_is_quick(store, words):
    typed = f"what was the {words['cost']} of {words['mine']} in {words['newest']}?"
    complete(typed, 5, store)
    times = []
    for cursor in range(1, len(typed) + 1):
        start = time.process_time()
        complete(typed[:cursor], cursor, store)
        times.append(time.process_time() - start)
    assert sorted(times)[len(times) * 9 // 10] < SLOW


def test_what_goes_on_from_a_mine_comes_before_a_second_mine(samples):
    for typed, first in (("Lucky Friday gr", "grinding cost"), ("Lucky Friday vs gr", "Greens Creek")):
        assert complete(typed, len(typed), samples)[0].text == first
