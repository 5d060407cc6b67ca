"""Terms fill the slots of a reading, each its own; what cannot be read says why and with which words."""

from dataclasses import asdict

import pytest

from grammar.reading import Reading, Unread
from grammar.readings import MOST_READINGS, readings
from grammar.terms import read_terms
from tests.loader import load

EMPTY = Reading()
PLAIN = (
    "group",
    "every",
    "whole",
    "compute",
    "compare",
    "order",
    "limit",
    "nth",
    "trend",
    "yearly",
    "unit",
    "guidance",
)


@pytest.fixture
def read(samples_book):
    def best(question):
        found = read_terms(question, samples_book.vocabulary, samples_book.labels)
        return readings(found, samples_book.vocabulary.entities)

    return best


@pytest.mark.parametrize("case", load("readings"))
def test_a_question_fills_these_slots(case, read):
    found = read(case["ask"])
    assert isinstance(found, list), found
    assert 1 <= len(found) <= MOST_READINGS
    best = found[0]
    assert [measure.id for measure in best.measures] == case.get("measures", [])
    assert list(best.metals) == case.get("metals", [])
    assert [entity.name for entity in best.entities] == case.get("entities", [])
    assert [when.said for when in best.whens] == case.get("whens", [])
    assert {name: getattr(best, name) for name in PLAIN} == {n: case.get(n, getattr(EMPTY, n)) for n in PLAIN}
    bound = {} if best.bound is None else {k: v for k, v in asdict(best.bound).items() if v is not None}
    assert bound == case.get("bound", {})
    assert bool(best.assumed) == case.get("assumed", False)


@pytest.mark.parametrize("case", load("readings", "unread"))
def test_what_cannot_be_read_says_why(case, read):
    found = read(case["ask"])
    assert isinstance(found, Unread), found
    assert (found.reason, list(found.words)) == (case["reason"], case["words"])


def test_a_word_with_two_meanings_has_two_readings(read):
    found = read("cash at March 31, 2007")
    assert len(found) > 1
    assert len({reading.measures for reading in found}) == len(found)
    assert all(reading.whens == found[0].whens for reading in found)


def test_the_order_of_words_does_not_matter(read):
    one, other = read("silver production of Lucky Friday"), read("Lucky Friday production of silver")
    assert (one[0].measures, one[0].metals, one[0].entities) == (other[0].measures, other[0].metals, other[0].entities)
