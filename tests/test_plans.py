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


def test_a_range_that_a_table_gives_is_told_with_its_line(tmp_path):
    told = {
        "Osprey silver production guidance 2008": "2,400,000 to 2,600,000 for FY 2008 (cormorant.txt line 5)",
        "Osprey cash cost guidance": "$4.00 to $4.25 for FY 2008 (cormorant.txt line 6)",
        "Tern silver production guidance": "no filing gives guidance",
    }
    lines = [
        "                         2008 GUIDANCE",
        "",
        "                                              Low          High",
        "OSPREY UNIT",
        "  Silver production (ounces)            2,400,000     2,600,000",
        "  Total cash cost per ounce                 $4.00         $4.25",
        "TERN UNIT",
        "  Total cash cost per ounce                 $5.00         $5.35",
    ]
    for question, answer in answered(tmp_path, "\n".join(lines), told).items():
        assert answer.refusal is not None, answer.verdict
        assert told[question] in answer.refusal.message
