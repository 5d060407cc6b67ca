"""Values as people write them: literal cases, and what holds of every value."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wording import say_date, say_value, was_or_were
from tests.loader import load

UNITS = ("USD", "oz", "ton", "shares", "days", "%", "USD/oz", "USD/share", "oz/ton", "cents/lb", "g/t", "ratio", "CAD")


@pytest.mark.parametrize("case", load("wording"))
def test_said(case):
    assert say_value(case["value"], case["unit"], case.get("metal")) == case["said"]


@pytest.mark.parametrize("case", load("wording", "verb"))
def test_the_verb_agrees_with_the_measure(case):
    assert was_or_were(case["measure"]) == case["said"]


@pytest.mark.parametrize(
    ("iso", "said"),
    [("2007-05-02", "May 2, 2007"), ("2007-03-31", "Mar. 31, 2007"), ("2007", "2007"), (None, ""), ("soon", "soon")],
)
def test_dates(iso, said):
    assert say_date(iso) == said


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(UNITS))
def test_a_figure_that_can_be_printed_is_said_without_loss(value, unit):
    said = say_value(float(value), unit)
    number = re.search(r"[\d,.]+", said)[0].replace(",", "")
    scale = 10**9 if "billion" in said else 10**6 if "million" in said else 1
    assert round(float(number) * scale, 2) == abs(float(value))
    assert said.startswith("-") == (value < 0)


@given(st.floats(), st.sampled_from(UNITS))
def test_any_float_is_said(value, unit):
    assert say_value(value, unit)
