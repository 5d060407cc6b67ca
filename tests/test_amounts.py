"""Amounts in sentences and questions: value, unit, qualifier and place; and what is no amount."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grammar.amounts import read_amounts
from tests.loader import load


@pytest.mark.parametrize("case", load("amounts"))
def test_amounts_of_a_text(case):
    read = read_amounts(case["text"])
    assert [[amount.unit, amount.text, amount.qualifier or ""] for amount in read] == [
        row[1:] for row in case["amounts"]
    ]
    for amount, row in zip(read, case["amounts"], strict=True):
        assert abs(Fraction(amount.value) - Fraction(row[0])) < Fraction(1, 10**12)
        assert case["text"][amount.start : amount.end] == amount.text
        assert amount.span_start <= amount.start < amount.end <= amount.span_end


@pytest.mark.parametrize("case", load("amounts", "none"))
def test_names_are_no_amounts(case):
    assert read_amounts(case["text"]) == []


@given(st.text())
def test_any_text_is_read(text):
    for amount in read_amounts(text):
        assert text[amount.start : amount.end] == amount.text


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False), st.booleans())
def test_dollars_keep_value_and_sign(value, negative):
    printed = f"$({value:,})" if negative else f"${value:,}"
    (amount,) = read_amounts(f"a total of {printed} for the period")
    assert (amount.value, amount.unit, amount.text) == (-value if negative else value, "USD", printed)


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["thousand", "million", "billion"]))
def test_scale_words_are_applied(count, scale):
    (amount,) = read_amounts(f"sold for ${count} {scale} in cash")
    assert amount.value == count * {"thousand": 10**3, "million": 10**6, "billion": 10**9}[scale]


@given(
    st.integers(min_value=1, max_value=10**7), st.sampled_from(["about", "nearly", "more than", "less than", "up to"])
)
def test_qualifiers_stand_before(count, qualifier):
    (amount,) = read_amounts(f"produced {qualifier} {count:,} ounces of silver")
    assert (amount.value, amount.unit, amount.qualifier, amount.metal) == (Decimal(count), "oz", qualifier, "silver")


@given(st.integers(min_value=1900, max_value=2099))
def test_a_year_is_no_amount_and_money_of_its_size_is(year):
    assert read_amounts(f"in {year} and after") == []
    assert [amount.value for amount in read_amounts(f"${year} in cash")] == [year]
