"""The notation of headings.toml, phrase by phrase, and the units that labels state by it."""

import pytest

from db.parsing.units_said import unit_in
from grammar import headings as room
from grammar.errors import LexiconError
from grammar.headings import headings, matching, pattern_of
from tests.loader import load


@pytest.mark.parametrize("case", load("headings"))
def test_a_phrase_stands_where_its_notation_says(case):
    found = matching([case["phrase"]])
    assert [text for text in case["says"] if not found.search(text.lower())] == []
    assert [text for text in case["not"] if found.search(text.lower())] == []


@pytest.mark.parametrize("case", load("headings", "unit"))
def test_a_label_states_its_unit(case):
    assert unit_in(case["label"]) == case["unit"]


def test_every_list_can_be_read():
    lists = [(table, key) for table, listed in headings().items() if table != "statement" for key in listed]
    assert len(lists) > 40
    assert all(pattern_of(table, key) for table, key in lists)


def test_a_phrase_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "headings", lambda: {"told": {"broken": ["(never closed"]}})
    with pytest.raises(LexiconError, match=r"headings\.toml: \[told\] broken"):
        pattern_of("told", "broken")
