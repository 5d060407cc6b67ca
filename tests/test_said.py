"""A text is heard once: its words with their places, and the listed phrases among them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.prose.said import LISTS, Said, spans_of
from grammar.chunks import Cutter
from grammar.numerals import Row
from tests.loader import load

PATTERN = r"\d+|[a-z]+(?:-[a-z]+)*"


@pytest.mark.parametrize("case", load("said", "heard"))
def test_listed_phrases_are_heard_alone_and_in_one_scan_with_all_others(case):
    found = spans_of(*case["list"], case["text"])
    assert [span.text for span in found] == case["want"]
    assert [case["text"][span.start : span.end].lower() for span in found] == case["want"]
    if tuple(case["list"]) in LISTS:
        assert Said(case["text"]).spans(*case["list"]) == found


@pytest.mark.parametrize("case", load("said", "before"))
def test_the_word_before_a_place(case):
    said = Said(case["text"])
    assert {word: said.word_before(case["text"].index(word)) for word in case["places"]} == case["places"]


@given(st.text(alphabet="ab-1, .\n\t", max_size=40))
def test_a_cutter_finds_what_its_pattern_finds(text):
    cutter, matches = Cutter(PATTERN), list(re.finditer(PATTERN, text))
    assert cutter.words(text.split()) == [match[0] for match in matches]
    assert cutter.starts(text, text.split()) == [match.start() for match in matches]


@given(st.text(max_size=60))
def test_the_tokens_of_any_text_stand_where_they_say(text):
    row = Row(text)
    assert "".join(row.said(at) for at in range(len(row))) == "".join(text.split())
    assert all(row.glued(at) == (row.end(at - 1) == row.starts[at]) for at in range(1, len(row)))
