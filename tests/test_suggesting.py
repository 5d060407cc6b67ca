"""Refusals say what is missing and what there is, and every question that they suggest is answered."""

from __future__ import annotations

import json

import pytest

from assistant.ask import ask
from assistant.book import book_of
from assistant.coverage import coverage_of
from tests.generator.filings import generate
from tests.generator.stores import generated, releases, store_of
from tests.loader import load

COST = "total_cash_cost_per_oz"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggesting")
    generated(generate(12), folder / "filings")
    return store_of(folder / "filings", folder / "made.db")


@pytest.fixture(scope="module")
def words(store):
    cover = coverage_of(book_of(store))
    mines = [n for n in cover.holders(COST) if cover.entities[n].kind == "mine"]
    company = cover.entities[mines[0]].company
    return {"mine": mines[0], "other": mines[1], "company": company, "newest": cover.periods(COST, mines[0])[0]}


@pytest.mark.parametrize("case", load("suggesting"))
def test_a_refusal_names_what_is_missing_and_offers_what_there_is(case, store, words):
    refusal = ask(case["question"].format(**words), store).refusal
    assert refusal is not None
    assert refusal.reason == case["reason"], refusal.message
    assert all(part.format(**words).lower() in refusal.message.lower() for part in case["message"]), refusal.message
    assert 1 <= len(refusal.suggestions) <= 3
    offers = case["offers"].format(**words).lower()
    assert any(offers in each.lower() for each in refusal.suggestions), refusal.suggestions
    assert all(ask(each, store).values for each in refusal.suggestions)


@pytest.mark.parametrize("question", ["", "asdf qwer", "'; DROP TABLE facts", "total assets", "$$$", "why " * 700])
def test_whatever_is_refused_has_suggestions_that_are_answered(store, question):
    answer = ask(question, store)
    assert answer.refusal is not None
    assert answer.refusal.suggestions
    assert all(ask(each, store).values for each in answer.refusal.suggestions)


def test_suggestions_over_the_shown_questions(shared, tmp_path):
    lines = (shared / "questions" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    refused = 0
    with store_of(releases(shared, tmp_path / "r"), tmp_path / "r.db") as real:
        for line in filter(str.strip, lines):
            asked = json.loads(line)
            refusal = ask(asked["question"], real, asked.get("context") or ()).refusal
            if refusal is not None:
                refused += 1
                assert refusal.suggestions, asked["id"]
                assert all(ask(each, real).values for each in refusal.suggestions), (asked["id"], refusal.suggestions)
    assert refused > 10
