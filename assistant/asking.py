"""What kind of answer a question wants: words of a filing, and of which name, or figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grammar.lexicon import places
from grammar.prose_words import begun, words
from grammar.terms import Terms
from grammar.tokens import split_words
from grammar.words import phrase_key

_WORDS_ASKED = re.compile(r"^\s*what\s+(?:is|are|does|do)\s+[\"'\u2018\u201c]|\babout\s*\?*\s*$", re.IGNORECASE)
_WHERE = re.compile(r"^\W*where(?:'s|\s+(?:is|are|was|were|does|do))\b", re.IGNORECASE)
_WHAT = re.compile(r"^\W*what(?:'s|\s+(?:is|are|was|were))\b", re.IGNORECASE)
_SAYS = re.compile(r"^\W*what\s+(?:did|does|do|has|have)\b.*\b(?:say|said|comment|remark|mention)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|they|that|this)\b", re.IGNORECASE)
_IS_IT = re.compile(r"^\W*(?:is|are|was|were)\b", re.IGNORECASE)
LONGEST = 2_000  # characters of a question
IN_WORDS = frozenset(("why", "who", "when", "meaning"))
RANKING = ("order", "compare", "trend", "bound", "sign", "group")


def asks_of_a_name(question: str, found: Terms) -> bool:
    """Whether it is asked what something is, what is said about it, or where it lies: text tells that."""
    about = _WORDS_ASKED.search(question) is not None
    return about or _asks_where(question, found) or _asks_what(question, found)


def wants_words(found: Terms, question: str) -> bool:
    """Whether only words can answer: a cause, or a name or a day that no ranking gives ("who has the lowest cost")."""
    if _SAYS.match(question):  # what somebody said is no figure of a table
        return True
    asked = {t.id for t in found.of("speech")} & IN_WORDS
    return "why" in asked or bool(asked and not found.of(*RANKING))


def is_claim(question: str) -> bool:
    """Whether a change is asked for as a filing states it: "per the release", "as reported"."""
    row = [word.text for word in split_words(question)]
    return any(begun("claims", "said", row, at) or _by_teller(row, at) for at in range(len(row)))


def _by_teller(row: Sequence[str], at: int) -> bool:
    by = begun("claims", "by", row, at)
    behind = row[at + len(by) : at + len(by) + 3]
    return bool(by) and behind[:1] == ["the"] and not words("claims", "tellers").isdisjoint(behind[1:])


def _asks_where(question: str, found: Terms) -> bool:
    """Whether a place is asked for: "where is X", but not "where was most produced"."""
    ranked = [t for t in found.of(*RANKING) if not (t.kind == "group" and (found.of("entity") or found.unknown))]
    return _WHERE.match(question) is not None and not found.of("measure", "label", "statement") and not ranked


def _asks_what(question: str, found: Terms) -> bool:
    """Whether it is asked what something with a name is: no figure tells that."""
    figures = found.of("measure", "label", "statement", "metal", "unit", "number", "compute", *RANKING)
    named = found.of("entity") and not found.unknown and not found.whens
    asked = _WHAT.match(question) or (_IS_IT.match(question) and len(found.of("entity")) == 1)
    return asked is not None and bool(named) and not figures


def in_full(question: str, found: Terms) -> str:
    """The question with each short name ("LF") as its filings write it: text is searched by its words."""
    for term in sorted(found.of("entity"), key=lambda t: -t.start):
        name = term.id.partition(":")[2]
        place = phrase_key(term.said) in places()  # "is X in Idaho" is not about the mine that lies there
        if len(term.ids) == 1 and not place:
            at = name.lower().find(term.said.lower())
            said = name if at < 0 else name[at : at + len(term.said)]  # "lucky friday" as it is written
            question = question[: term.start] + said + question[term.end :]
    return question


def of_before(question: str, earlier: str) -> str:
    """A follow-up with what it is about said: "why did it fall" of the question before, in the place of its "it"."""
    subject = earlier.strip().rstrip("?.! ")
    whole, found = _IT.subn(lambda _: subject, question, count=1)
    return whole if found else f"{question} {earlier}"
