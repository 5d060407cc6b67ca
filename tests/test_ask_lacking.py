"""Stores that lack what most have: no company that is named, no mine, nothing at all."""

import pytest

from assistant.ask import ask
from tests.generator.stores import in_memory
from tests.loader import CASES, load

NAMELESS = b"""RESULTS FOR THE QUARTER

                                    Three Months Ended
                                 Mar. 31, 2009   Mar. 31, 2008
                                 -------------   -------------
Ore treated (tonnes)                 98,000          99,000
Net income (in thousands)          $  1,200        $    900
"""
ASKED = [
    "net income Q1 2009",
    "highest net income",
    "net income",
    "sales 2009 vs 2008",
    "which mine made the most gold",
]


@pytest.fixture(scope="module")
def stores():
    bank = (CASES / "strangers" / "bank_year.txt").read_bytes()
    lacking = {
        "nameless": in_memory(("table.txt", NAMELESS)),
        "bank": in_memory(("bank.txt", bank)),
        "empty": in_memory(),
    }
    yield lacking
    for store in lacking.values():
        store.close()


@pytest.mark.parametrize("name", ["nameless", "bank", "empty"])
def test_every_question_is_answered_or_refused(name, stores):
    questions = [*ASKED, *(case.values[0]["ask"] for case in load("ask_samples"))]
    assert len(questions) > 40
    for question in questions:
        assert ask(question, stores[name]).status in {"answered", "refused"}, question


def test_what_no_company_tells_is_refused_saying_so(stores):
    refusal = ask("net income Q1 2009", stores["nameless"]).refusal
    assert refusal is not None
    assert refusal.message.startswith("no filing here names its company")


def test_the_highest_of_a_company_that_has_no_mines(stores):
    answer = ask("highest net income", stores["bank"])
    assert answer.refusal is None, answer.refusal
    assert answer.values[0].value == 5_536_000
