"""Questions over the embedded samples: literal figures, and refusals where an answer would be another question's."""

import pytest

from assistant.ask import ask
from assistant.asking import LONGEST
from tests.loader import load

FAR = 2e-8  # as near as the literals are written


def figures(answer):
    return [(value.value, value.unit) for value in answer.values]


def expected(case):
    return [(pytest.approx(value, rel=FAR), unit) for value, unit in case["values"]]


@pytest.mark.parametrize("case", load("ask_samples"))
def test_a_question_gets_its_figures(case, samples):
    answer = ask(case["ask"], samples)
    assert answer.refusal is None, answer.refusal
    assert figures(answer) == expected(case)
    if "named" in case:
        assert [value.entity for value in answer.values] == case["named"]
    if "operands" in case:
        assert [len(value.operands) for value in answer.values] == [case["operands"]]
    assert case.get("verdict", "") in answer.verdict


@pytest.mark.parametrize("case", load("ask_samples", "refused"))
def test_what_is_not_held_or_not_understood_is_refused(case, samples):
    answer = ask(case["ask"], samples)
    assert answer.status == "refused", answer.verdict
    assert not answer.values
    assert not answer.passages
    assert answer.refusal is not None
    assert answer.refusal.reason == case["reason"], answer.refusal.message
    assert answer.refusal.message
    assert case.get("says", "") in answer.refusal.message


@pytest.mark.parametrize(
    "case", [c for c in load("ask_samples", "refused") if c.values[0]["reason"] == "unknown_words"]
)
def test_a_refusal_names_words_of_the_question(case, samples):
    refusal = ask(case["ask"], samples).refusal
    assert refusal.unknown
    assert all(word in case["ask"] for word in refusal.unknown)


@pytest.mark.parametrize("case", load("conversation"))
def test_a_follow_up_inherits_what_it_leaves_open(case, samples):
    answer = ask(case["ask"], samples, case["before"])
    assert answer.refusal is None, answer.refusal
    assert figures(answer) == expected(case)
    told = " ".join(note for note in answer.notes if note.startswith("from the question"))
    assert case["inherits"] in told
    assert bool(told) == bool(case["inherits"])
    assert case.get("note") in (None, *answer.notes)


@pytest.mark.parametrize("case", load("conversation", "refused"))
def test_a_follow_up_that_has_no_answer_is_refused(case, samples):
    answer = ask(case["ask"], samples, case["before"])
    assert answer.status == "refused", answer.verdict


def test_a_very_long_question_is_refused_at_once(samples):
    refusal = ask("silver " * (LONGEST // 7 + 1), samples).refusal
    assert refusal is not None
    assert refusal.reason == "too_long"


def test_every_suggestion_of_a_refusal_can_be_answered(samples):
    refusals = [ask(case.values[0]["ask"], samples).refusal for case in load("ask_samples", "refused")]
    suggested = [question for refusal in refusals for question in refusal.suggestions]
    assert len(suggested) > len(refusals)
    for question in suggested:
        assert ask(question, samples).status == "answered", question
