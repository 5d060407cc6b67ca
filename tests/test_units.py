"""Units by their many names, and conversions that are exact by the standards they come from."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grammar.units import convert, factor, measure, unit_of, units
from tests.loader import load


@pytest.mark.parametrize("case", load("units"))
def test_the_name_means_the_unit(case):
    assert unit_of(case["said"]) == case.get("unit")


@pytest.mark.parametrize("case", load("units", "convert"))
def test_conversion(case):
    found = convert(Decimal(case["value"]), case["from"], case["to"])
    assert found is not None
    assert found.quantize(Decimal(case["gives"])) == Decimal(case["gives"])


@pytest.mark.parametrize(("source", "target"), [("ton", "USD"), ("USD/oz", "oz"), ("USD", "CAD"), ("oz", "nowhere")])
def test_no_conversion(source, target):
    assert convert(Decimal(1), source, target) is None


@given(st.sampled_from(sorted(units())), st.sampled_from(sorted(units())))
def test_there_and_back_is_exact(source, target):
    there, back = factor(source, target), factor(target, source)
    assert (there is None) == (back is None)
    assert there is None or back is None or there * back == 1


def test_measures_keep_metal_and_ore_apart():
    assert measure("g/t") == measure("oz/ton")
    assert measure("CAD/oz") == measure("USD/oz")
    assert measure("oz") != measure("ton")
