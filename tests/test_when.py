"""The periods that a question names, and the figures and words that are none."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grammar.when import FLOWS, When, read_whens
from tests.loader import load

CASES = load("when")
SAID = [
    pytest.param(text, case.values[0], id=f"{case.id}: {text}") for case in CASES for text in case.values[0]["said"]
]


def told(when: When) -> str:
    """A period in the words of the cases."""
    if when.release:
        return f"release {when.year}"
    if when.relative:
        return " ".join((when.relative, *when.kinds[:1])) if when.relative == "latest" else when.relative
    if when.ends:
        (end,) = when.ends
        return " ".join(filter(None, (end.isoformat(), when.kinds[0], "fiscal" if when.fiscal else "")))
    if when.year:
        return " ".join(filter(None, (f"year {when.year}", *when.kinds, "fiscal" if when.fiscal else "")))
    return f"quarter {when.quarter}" if when.quarter else f"month {when.month}"


@pytest.mark.parametrize(("text", "case"), SAID)
def test_a_period_is_read_as_it_is_meant(text, case):
    wanted = case.get("but", {}).get(text, case["periods"])
    assert [told(when) for when in read_whens(text)] == wanted


@pytest.mark.parametrize(
    ("text", "case"), [p for p in SAID if len(p.values[1]["periods"]) == 1 and "but" not in p.values[1]]
)
def test_it_is_the_same_inside_a_question(text, case):
    asked = f"What was the cash cost of the Deep Adit for {text}, please?"
    found = read_whens(asked)
    assert case["periods"] == [told(when) for when in found]
    (when,) = found
    assert asked[when.start : when.end].lower() == when.said


def test_a_thousand_is_no_year_but_a_year_before_a_unit_is_seen_as_one():
    """What is said of "2007 ounces" is decided with the words around it, not here."""
    assert [told(w) for w in read_whens("2007 ounces")] == ["year 2007"]
    assert read_whens("2,007 ounces") == ()


@pytest.mark.parametrize("day", ["February 30, 2007", "31 April 2007", "2/30/2007", "June 31, 2007", "9/31/07"])
def test_a_day_that_is_none_ends_no_period(day):
    assert not [w for w in read_whens(day) if w.ends and w.kinds[0] == "instant" and w.said == day.lower()]


WORDS = """Q1 2007 '07 first quarter of ended March 31, 31 half year fy 12/31/06 to and months nine the release last ago
before end 1q 30 June - / feb 29"""
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=6).map("".join)
)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@example("Q1 0000 Q9 99999 13/45/99 2007-02-30")
@example("\u0130 Q1 2007")
@example("12/31/2006" * 20)
def test_spans_lie_inside_the_text_and_apart(text):
    found = read_whens(text)
    ends = 0
    for when in found:
        assert ends <= when.start < when.end <= len(text.lower())
        assert text.lower()[when.start : when.end] == when.said == when.said.strip()
        ends = when.end


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_what_is_found_is_a_date_and_says_something(text):
    for when in read_whens(text):
        assert all(isinstance(end, dt.date) and 1900 <= end.year <= 2099 for end in when.ends)
        assert when.year is None or 1900 <= when.year <= 2099
        assert when.quarter in (None, 1, 2, 3, 4)
        assert when.month in (None, *range(1, 13))
        assert set(when.kinds) <= {"instant", *FLOWS}
        assert when.ends or when.year or when.quarter or when.month or when.relative


@settings(deadline=None, max_examples=100)
@given(st.dates(dt.date(1971, 1, 1), dt.date(2069, 12, 31)))
def test_a_day_is_the_same_in_every_notation(day):
    month = day.strftime("%B")
    said = [f"{day:%Y-%m-%d}", f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", f"{day:%m/%d/%Y}",
            f"{day.month}/{day.day}/{day:%y}", f"{day:%b}. {day.day}, {day.year}".replace("May.", "May")]  # fmt: skip
    for text in said:
        assert [w.ends for w in read_whens(f"cash at {text}")] == [(day,)], text


@given(st.integers(1971, 2069), st.integers(1, 4))
def test_a_quarter_is_the_same_in_every_notation(year, number):
    end = dt.date(year + number // 4, number * 3 % 12 + 1, 1) - dt.timedelta(days=1)
    name = ("first", "second", "third", "fourth")[number - 1]
    for text in (
        f"Q{number} {year}",
        f"{number}Q{year % 100:02}",
        f"Q{number}'{year % 100:02}",
        f"{name} quarter of {year}",
    ):
        assert [w.ends for w in read_whens(text)] == [(end,)], text
