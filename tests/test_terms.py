"""A question's words and their meanings; none is lost on the way, which is what keeps a wrong answer out."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grammar.doubts import doubt
from grammar.readings import readings
from grammar.terms import read_terms
from grammar.tokens import split_words
from tests.loader import load


@pytest.fixture
def read(samples_book):
    return lambda question: read_terms(question, samples_book.vocabulary, samples_book.labels)


@pytest.mark.parametrize("case", load("terms"))
def test_the_words_of_a_question_have_these_meanings(case, read):
    found = read(case["ask"])
    assert [f"{term.kind} {term.id}: {term.said}" for term in found.terms if term.kind != "filler"] == case["terms"]
    assert [when.said for when in found.whens] == case.get("whens", [])
    assert [term.said for term in found.unknown] == case.get("unknown", [])
    assert [list(pair) for pair in found.corrections] == case.get("corrections", [])


WORDS = """silver gold Lucky Friday Greens Creek production cash cost per ounce Q1 2007 2006 net income total highest
above $5 10,000 mines each compare and of the in percent why estimate glarb Zyx qwerty slver prodution Baker level basis
first new 7% . , ?"""
QUESTION_WORDS = st.sampled_from([*WORDS.split(), "Lucky Friday", "cash cost", "per ounce", "Q1 2007"])
QUESTIONS = st.one_of(st.lists(QUESTION_WORDS, max_size=9).map(" ".join), st.text(max_size=60))
OFTEN = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OFTEN
@given(question=QUESTIONS)
@example(question="glarb silver production")
@example(question="MÉ")
@example(question="silver production of the new block in Zyx")
def test_every_word_is_bound_or_filler_or_named_as_unknown(question, read, samples_book):
    """What is neither in a term nor in a period carries no condition, or it is said that it isn't understood."""
    found = read(question)
    fixed = samples_book.vocabulary.fixed
    spans = [(t.start, t.end) for t in (*found.terms, *found.unknown)] + [(w.start, w.end) for w in found.whens]
    for word in split_words(question):
        text = fixed.abbreviations.get(word.text, word.text)
        bound = any(start < word.end and word.start < end for start, end in spans)
        harmless = {text, word.stem} & (fixed.function | fixed.filler)
        assert bound or harmless, (word.text, found)


@OFTEN
@given(question=QUESTIONS)
def test_terms_stand_where_they_say_and_apart(question, read):
    found = read(question)
    for term in (*found.terms, *found.unknown):
        assert 0 <= term.start < term.end <= len(question)
        assert question[term.start : term.end] == term.said
        assert term.ids
    taken = [position for term in found.terms for position in term.positions]
    heads = [t for t in found.terms if t.kind == "measure"]
    assert len(taken) == len(set(taken)) or len(heads) > 1  # two measures may share a head, nothing else may


@OFTEN
@given(question=QUESTIONS)
def test_what_is_not_understood_is_never_read(question, read, samples_book):
    found = read(question)
    if found.unknown:
        assert doubt(found) is not None
        assert not isinstance(readings(found, samples_book.vocabulary.entities), list)


@OFTEN
@given(word=st.text("bcdfghjklmnpqrstvwxz", min_size=7, max_size=12), at=st.integers(0, 3))
def test_one_strange_word_anywhere_stops_a_question(word, at, read):
    words = ["Lucky Friday", "silver", "production", "Q1 2007"]
    found = read(" ".join([*words[:at], word, *words[at:]]))
    assert [term.said for term in found.unknown] == [word]
