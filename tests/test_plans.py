"""What a filing expects, supposes, ranges over or tells of others is no answer to what was: invented filings, asked."""

import tomllib

import pytest

from assistant.ask import ask
from db.adding import add
from db.gathering import gather
from db.store import Store
from tests.loader import CASES, load

OPENING = tomllib.loads((CASES / "plans.toml").read_text(encoding="utf-8"))["opening"]


def answered(folder, text, questions):
    """The answer to each question over one made-up filing."""
    path = folder / "cormorant.txt"
    path.write_text(text, encoding="utf-8")
    (outcome,) = add(gather([str(path)]), folder / "plans.db")
    assert outcome.problem == ""
    with Store.open(folder / "plans.db") as store:
        return {question: ask(question, store) for question in questions}


def asked(folder, text, questions):
    """The figures of each answer, as printed, none where the question is refused."""
    answers = answered(folder, text, questions)
    return {question: [v.citations[0].quote for v in answer.values] for question, answer in answers.items()}


@pytest.mark.parametrize("case", load("plans"))
def test_only_what_was_answers(case, tmp_path):
    assert asked(tmp_path, OPENING + case["text"], case["ask"]) == case["ask"]


@pytest.mark.parametrize("case", load("plans", "period"))
def test_a_figure_is_of_the_time_that_is_told(case, tmp_path):
    assert asked(tmp_path, OPENING + case["text"], case["ask"]) == case["ask"]


@pytest.mark.parametrize("case", load("plans", "table"))
def test_a_table_of_plans_holds_no_results(case, tmp_path):
    assert asked(tmp_path, OPENING + case["text"], case["ask"]) == case["ask"]


@pytest.mark.parametrize("case", load("plans", "range"))
def test_a_range_that_is_planned_is_answered_with_both_its_ends(case, tmp_path):
    assert asked(tmp_path, OPENING + case["text"], case["ask"]) == case["ask"]
