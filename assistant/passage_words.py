"""What a question asks of text: its content words in groups that mean the same, and the kind of answer it wants.

Every content word must be found; so what is dropped here as filler is what the answer may lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from grammar.prose_words import prose_data, words
from grammar.records import record
from grammar.tokens import Word, split_words, stem
from grammar.when import When, read_whens

Asked = Literal["", "why", "who", "office", "meaning", "when", "where", "mine", "date", "number", "measure", "opinion"]
_TOGETHER = 10  # words
_ENDINGS = (
    "ations",
    "ation",
    "ements",
    "ement",
    "ments",
    "ment",
    "ings",
    "ing",
    "ers",
    "er",
    "ors",
    "or",
    "ions",
    "ion",
    "als",
    "al",
    "ies",
    "y",
    "ity",
    "ive",
    "ely",
    "ly",
    "able",
    "es",
    "ed",
    "s",
    "e",
)


@record
class Wanted:
    """One content word of the question and the words and phrases that count for it."""

    said: str
    forms: tuple[str, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems and roots of its single words."""
        return _stems(self.forms)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Its forms of several words, a blank at each end."""
        return _phrases(self.forms)

    @property
    def match(self) -> str:
        """The group as a full-text expression; every form is quoted, so no operator of a question is one here."""
        return "(" + " OR ".join(_quoted(form) for form in self.forms) + ")"


@record
class TextQuestion:
    """A question that text may answer."""

    text: str
    wanted: tuple[Wanted, ...]
    asked: Asked
    whens: tuple[When, ...]
    pairs: tuple[tuple[Wanted, Wanted], ...] = ()
    speaker: str | None = None
    plans: bool = False
    done_to: tuple[str, ...] = ()

    @property
    def match(self) -> str:
        """The full-text expression of a passage that holds every word."""
        return " AND ".join(wanted.match for wanted in self.wanted)


def text_question(text: str, leave_out: Sequence[str] = ()) -> TextQuestion:
    """The question read; ``leave_out`` are words that are known otherwise (company names)."""
    whens = tuple(read_whens(text))
    row = [word for word in split_words(text) if not any(w.start <= word.start < w.end for w in whens)]
    asked = _asked(row)
    if asked == "who" and any(word.text in words("passages", "offices") for word in row):
        asked = "office"
    dropped = {stem(word) for word in leave_out} | ({"mine"} if asked == "mine" else set())
    content = [_wanted(row, at) for at in range(len(row)) if row[at].stem not in dropped]
    unique = {wanted.said: wanted for wanted in content if wanted}
    return TextQuestion(
        text,
        tuple(unique.values()),
        asked,
        whens,
        tuple(_pairs(content, text)),
        speaker if (speaker := _speaker(row)) and stem(speaker) not in dropped else None,
        any(word.text in words("passages", "plans") for word in row),
        _done_to(row, dropped) if asked in ("who", "office") else (),
    )


def _done_to(row: Sequence[Word], names: set[str]) -> tuple[str, ...]:
    """The company that something was done to: "who bought X" asks what was done to X, not by it."""
    at = next((i for i, word in enumerate(row) if _is_content(word) and word.stem not in names), len(row))
    after = [word.text for word in row[at + 1 : at + 2] if word.stem in names]
    return tuple(after) if row[:at] and row[at - 1].text == "who" else ()


def _pairs(content: Sequence[Wanted | None], text: str) -> Iterator[tuple[Wanted, Wanted]]:
    """Words that stand side by side and so belong together: "financial officer". A name before a noun ("X revenue")
    only says whose, which a filing may say a sentence earlier; an office is of the one who is named after it."""
    held = [wanted for wanted in content if wanted]
    yield from (pair for pair in pairwise(held) if pair[0].said in words("passages", "offices"))
    for first, second in pairwise(content):
        if first and second:
            whose = f"{first.said.capitalize()}" in text and f" {second.said}" in text and not text.islower()
            if not whose:
                yield first, second


def _wanted(row: Sequence[Word], at: int) -> Wanted | None:
    """The word as a group to look for, None for filler; a letter behind "block" or "zone" is one name with it."""
    word = row[at]
    if at + 1 < len(row) and word.text in _LETTERED and len(row[at + 1].text) == 1:
        return Wanted(word.text, (f"{word.text} {row[at + 1].text}",))
    return Wanted(word.text, forms_of(word.text)) if _is_content(word) else None


_LETTERED = frozenset(("block", "zone", "series", "class", "phase", "area", "level"))


def _is_content(word: Word) -> bool:
    return word.text not in words("passages", "filler") and any(c.isalnum() for c in word.text)


def _asked(row: Sequence[Word]) -> Asked:
    heads = [word.text for word in row[:6]]
    if heads[:1] == ["should"] or words("passages", "opinions") & {word.text for word in row}:
        return "opinion"
    if set(heads) & {"percent", "percentage", "%", "fraction", "proportion"} or heads[:2] == ["what", "share"]:
        return "number"
    if any(first == "how" and second in words("passages", "counts") for first, second in pairwise(heads)):
        return "number"
    for head in heads:
        if head in ("why", "when", "where"):
            return head  # type: ignore[return-value]
        if head in ("who", "whom", "whose"):
            return "who"
    if {word.text for word in row} & words("passages", "defining"):
        return "meaning"
    joined = " ".join(heads)
    if re.search(r"\b(?:reason|cause|how come|explain|drove\b)", joined):
        return "why"
    if re.search(r"\b(?:which|what|whose)\s+mines?\b", joined):
        return "mine"
    if re.search(r"\b(?:date|day)\b", joined):
        return "date"
    return "measure" if _names_measure(row) else ""


def _names_measure(row: Sequence[Word]) -> bool:
    """Whether the question wants the value of a measure ("what is X's share price") and not what was said of it."""
    texts = [word.text for word in row]
    content = [text for text in texts if text not in words("passages", "filler")]
    spoken = set(texts) & (words("passages", "says") | {"say", "about", "why", "happened", "comment"})
    plain = texts[:1] == ["what's"] or (texts[:1] == ["what"] and bool(set(texts[1:3]) & {"is", "was", "were", "are"}))
    return plain and not spoken and bool(set(content[-3:]) & words("passages", "measures"))


def _speaker(row: Sequence[Word]) -> str | None:
    """The one who is asked about: "what did X say", "X's comment on"."""
    texts = [word.text for word in row]
    for verb in ("say", "said", "comment", "remark", "mention", "explain", "think"):
        if verb in texts:
            before = [text for text in texts[: texts.index(verb)] if text not in words("passages", "filler")]
            return before[-1] if before else None
    return None


@cache
def forms_of(word: str) -> tuple[str, ...]:
    """The word, and what says the same as it in the lists of ``prose.toml``."""
    data = prose_data()["same"]
    key = stem(word)
    forms = {word}
    for listed in data.values():
        if any(stem(form) == key for form in listed if " " not in form):
            forms.update(listed)
    for direction in ("changes_up", "changes_down"):
        if word in words("passages", direction):
            forms.update(words("passages", direction))
    return tuple(sorted(forms))


@cache
def _stems(forms: tuple[str, ...]) -> frozenset[str]:
    single = [form for form in forms if len(split_words(form)) == 1]
    return frozenset(stem(form) for form in single) | frozenset(root(form) for form in single)


@cache
def _phrases(forms: tuple[str, ...]) -> tuple[str, ...]:
    rows = [split_words(form) for form in forms]
    return tuple(f" {' '.join(word.text for word in row)} " for row in rows if len(row) > 1)


@lru_cache(maxsize=16384)
def root(word: str) -> str:
    """A word without its ending, so that "reclaimed" meets "reclaim" and "measurement" meets "measure"."""
    base = stem(word)
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 5:
            base = base[: -len(ending)]
            break
    return base[:-1] if base.endswith("e") and len(base) > 4 else base


@record
class Held:
    """The words of a text, ready to be asked for: their stems and roots, and the text as bare words."""

    row: tuple[Word, ...]
    stems: frozenset[str]
    bare: str

    def holds(self, wanted: Wanted) -> bool:
        """Whether the text holds a wanted word in any form, or one that says the same."""
        return not self.stems.isdisjoint(wanted.stems) or any(phrase in self.bare for phrase in wanted.phrases)

    def together(self, first: Wanted, second: Wanted) -> bool:
        """Whether two words that stand together in a question do so here, a few words between at most."""
        places, others = self._places(first), self._places(second)
        return any(abs(place - other) <= _TOGETHER for place in places for other in others)

    def _places(self, wanted: Wanted) -> list[int]:
        said = [word for word in self.row if word.text[0].isalpha()]
        single = [i for i, word in enumerate(said) if word.stem in wanted.stems or root(word.text) in wanted.stems]
        bare = f" {' '.join(word.text for word in said)} "
        spans = [bare.find(phrase) for phrase in wanted.phrases]
        return single + [bare.count(" ", 0, span) for span in spans if span >= 0]


@lru_cache(maxsize=2048)
def held_words(text: str) -> Held:
    """The words of a text; kept, because the same sentences are asked about again and again."""
    row = tuple(split_words(text))
    stems = frozenset(word.stem for word in row) | frozenset(root(word.text) for word in row)
    return Held(row, stems, f" {' '.join(word.text for word in row)} ")


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '""') + '"'
