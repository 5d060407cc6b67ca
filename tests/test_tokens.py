"""The words of a question, the stems they share, and slips of the fingers: what is mended and what never is."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grammar.respelling import is_known, respelled
from grammar.spelling import FREE_OF_MEANING, allowed, nearest, parted
from grammar.tokens import level, split_words, stem, stems_of
from tests.loader import load

KNOWN = {
    **dict.fromkeys(("tamarack", "heron", "deep"), 0),
    **dict.fromkeys(("silver", "gold", "zinc", "cost", "cash", "production", "earnings", "net", "income"), 1),
    **dict.fromkeys(("like", "make", "which", "mine", "show", "highest"), FREE_OF_MEANING),
}


@pytest.mark.parametrize("case", load("tokens", "same"))
def test_forms_of_one_word_share_a_stem(case):
    assert len({stem(word) for word in case["words"]}) == 1


@pytest.mark.parametrize("case", load("tokens", "apart"))
def test_other_words_do_not(case):
    assert all(stem(one) != stem(other) for one, other in combinations(case["words"], 2))


@pytest.mark.parametrize("case", load("tokens", "words"))
def test_a_text_has_these_words(case):
    assert [word.text for word in split_words(case["text"])] == case["found"]


@pytest.mark.parametrize("case", load("tokens", "slip"))
def test_a_slip_is_mended(case):
    assert (parted(case["said"], KNOWN) or nearest(case["said"], KNOWN) or "") == case["read"]


@pytest.mark.parametrize("case", load("tokens", "kept"))
def test_another_word_is_kept(case):
    assert parted(case["said"], KNOWN) is None
    assert nearest(case["said"], KNOWN) is None, case["why"]


@given(st.text(max_size=60))
@example("\u0130stanbul \u1e9e")
@example("'s 's'")
def test_every_word_stands_where_it_says(text):
    plain, end = level(text), 0
    assert len(plain) == len(text)
    for word in split_words(text):
        assert end <= word.start < word.end <= len(text)
        assert plain[word.start : word.end] == word.text
        end = word.end
    assert stems_of(text) == tuple(stem(word.text) for word in split_words(text))


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(LETTERS)
def test_a_stem_is_part_of_no_other_word(word):
    """One letter at least stays, and a word in the plural has the stem of the singular."""
    assert stem(word)
    if len(word) > 3 and not word.endswith(("s", "x", "z", "ch", "sh", "y", "i", "u", "e")) and stem(word) == word:
        assert stem(f"{word}s") == word


@given(LETTERS, st.sampled_from(sorted(KNOWN)))
def test_what_is_mended_is_a_known_word_and_near(word, other):
    better = nearest(word, KNOWN)
    if better is not None:
        assert better in KNOWN
        assert allowed(len(word)) > 0
        assert abs(len(better) - len(word)) <= 1
    assert nearest(other, KNOWN) in (None, other)


def test_between_two_words_with_a_meaning_none_is_taken():
    assert nearest("miling", {"mining": 0, "milling": 1}) is None
    assert nearest("miling", {"milling": 1, "ceiling": 2}) == "milling"


@given(text=st.text("0123456789.,$%/'abq ", max_size=20))
def test_no_digit_is_ever_changed(text, samples_book):
    digits = [c for c in text if c.isdigit()]
    assert [c for c in respelled(text, samples_book.vocabulary).text if c.isdigit()] == digits


@given(text=st.text(max_size=60))
@example(text="slver prodution at Lucky Fridy in 1q07")
@example(text="Pine Lake silver")
def test_known_words_stay_and_each_letter_knows_where_it_came_from(text, samples_book):
    plain, vocabulary = level(text), samples_book.vocabulary
    mended = respelled(plain, vocabulary)
    assert len(mended.origin) == len(mended.text) + 1
    assert list(mended.origin) == sorted(mended.origin)
    for said, better in mended.changes:
        (word, *_) = split_words(said)
        assert not is_known(word, vocabulary)
        assert said != better
    if not mended.changes:
        assert mended.text == plain


@pytest.mark.parametrize("said", ["lake", "creek", "hill", "mountain", "north", "big", "white"])
def test_what_places_are_called_is_never_mended(said, samples_book):
    assert respelled(f"{said} silver production", samples_book.vocabulary).changes == ()
