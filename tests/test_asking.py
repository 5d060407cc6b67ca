"""What is asked for by the words of a question alone, beside questions that only look like it."""

import pytest

from assistant.asking import is_claim
from assistant.plans import asks_earlier
from tests.loader import load


@pytest.mark.parametrize("case", load("asking", "earlier"))
def test_a_plan_that_was_given_up_since(case):
    assert [question for question in case["yes"] if not asks_earlier(question)] == []
    assert [question for question in case["no"] if asks_earlier(question)] == []


@pytest.mark.parametrize("case", load("asking", "claim"))
def test_a_change_as_a_filing_states_it(case):
    assert [question for question in case["yes"] if not is_claim(question)] == []
    assert [question for question in case["no"] if is_claim(question)] == []
