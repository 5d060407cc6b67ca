"""The best short span of a paragraph: the fewest sentences in a row that hold every word the question wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.passage_words import Held, TextQuestion, Wanted, held_words, root
from db.prose.phrases import Span
from db.prose.said import spans_of
from db.prose.sentences import Sentence
from grammar.prose_words import words
from grammar.records import record
from grammar.tokens import Word, split_words

_PROPER = re.compile(
    r"\b(?:with|by|of|from|to|and|between|partner,?|officer,?|president,?|contact:?)\s+(?:the\s+)?[A-Z][\w.&'-]+"
)
_DAY = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}\b|\b(?:19|20)\d\d\b")
_TAKES_UP = re.compile(r"(?:The|This|That|These|Those|It|Such)\b")
_SPOKEN = re.compile(r"[\"“”]")
_LONGEST = 8  # sentences
_PARTING = ("at", "of", "in", "for", "from", "by")
_NAME = re.compile(r"[A-Z][\w'-]+(?:\s+[A-Z]\.)*(?:\s+[A-Z][\w'-]+)+")
_FROM_THEN = re.compile(r"\s+(?:the|its|that|then|last|early|late|mid|acquiring|\d|[A-Z])")
_LAST = re.compile(r"\b(to|from|by|with)\W*$", re.IGNORECASE)
_AT_PLACE = re.compile(
    r"\b(?:in|near|at|of|on|from|to|under)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}(?!(?:The|We|This|These|It|Our)\b)[A-Z]\w+"
)


@record
class SentenceRun:
    """Sentences ``first`` to ``last`` (inclusive) of a paragraph, and how well they fit."""

    first: int
    last: int
    score: float


def best_span(sentences: Sequence[Sentence], question: TextQuestion, heading: str) -> SentenceRun | None:
    """The span that answers, None where none does; words that only the heading has lower its score."""
    row = held_words(sentences[0].places.paragraph.text)
    wanted = [group for group in question.wanted if row.holds(group)]
    borrowed = len(question.wanted) - len(wanted)
    speaker = _spoken_by(sentences, question.speaker)
    if question.speaker and speaker is None:
        return None
    if speaker is not None:
        wanted = [group for group in wanted if group.said != question.speaker]
    rows = [held_words(sentence.text) for sentence in sentences]
    look = _Look(sentences, rows, wanted, question, speaker or 0, held_words(heading))
    spans = [span for first in range(len(sentences)) if (span := look.span_from(first))]
    if not spans:
        return None
    best = max(spans, key=lambda span: span.score)
    return _rounded(replace(best, score=best.score - borrowed), sentences, question)


def may_answer(text: str, question: TextQuestion, around: str) -> bool:
    """Whether every word stands in the text or in what counts for it: a look that costs little."""
    row, beside = held_words(text), held_words(around)
    answerable = question.asked not in ("number", "measure", "opinion")
    return answerable and all(row.holds(group) or beside.holds(group) for group in question.wanted)


@record
class _Look:
    """A paragraph while its best span is looked for; a span must reach the sentence ``reach`` (who speaks)."""

    sentences: Sequence[Sentence]
    rows: Sequence[Held]
    wanted: Sequence[Wanted]
    question: TextQuestion
    reach: int
    around: Held

    def span_from(self, first: int) -> SentenceRun | None:
        """The shortest span from a sentence on that holds every word and the kind of answer that is asked for."""
        lack = list(self.wanted)
        for last in range(first, min(first + _LONGEST, len(self.sentences))):
            lack = [group for group in lack if not self.rows[last].holds(group)]
            part = self.sentences[first : last + 1]
            if not lack and last >= self.reach and self._answers(part):
                return SentenceRun(first, last, self._score(first, last, part))
        return None

    def _answers(self, part: Sequence[Sentence]) -> bool:
        return _is_asked(part, self.question) and _same_direction(part, self.question) and self._together(part)

    def _together(self, part: Sequence[Sentence]) -> bool:
        """Whether words that stand together in the question stand together here; a heading's words count anywhere."""
        held = held_words(" ".join(sentence.text for sentence in part))
        pairs = [pair for pair in self.question.pairs if pair[0] in self.wanted and pair[1] in self.wanted]
        return all(held.together(*pair) or self.around.together(*pair) for pair in pairs)

    def _placed(self, text: str) -> bool:
        """Whether a place stands right after the last word of what is looked for: "the X mine in Y"."""
        last = self.question.wanted[-1].said
        after = re.search(rf"\b{re.escape(last)}\b(?P<rest>(?:[ ,][^ .;]+){{1,14}})", text, re.IGNORECASE)
        return after is not None and _AT_PLACE.search(after["rest"]) is not None

    def _is_named(self) -> bool:
        """Whether one thing with a name of its own is asked about, and nothing of it."""
        asks = self.question.asked == "" and len(self.wanted) == 1
        return asks and self.wanted[0].said.capitalize() in self.question.text

    def _score(self, first: int, last: int, part: Sequence[Sentence]) -> float:
        """Short spans first; a cause beside its effect, plans for a plan and the question's own words count."""
        score = 10.0 - 0.8 * (last - first) - sum(len(sentence.text) for sentence in part) / 1000
        if self.question.asked == "why" and last == first:
            score += 0.5
        if self.question.asked == "where" and any(self._placed(sentence.text) for sentence in part):
            score += 1.0
        if self.question.asked in ("when", "date") and any(_DAY.search(sentence.text) for sentence in part):
            score += 0.8
        if self.question.plans and any(spans_of("guidance", "statement", sentence.text) for sentence in part):
            score += 0.3
        if self._is_named() and not any(row.holds(group) for group in self.wanted for row in self.rows[:first]):
            score += 0.4  # what is told first of a name tells what it is
        here = self.rows[first : last + 1]
        return score + 0.4 * sum(any(root(group.said) in row.stems for row in here) for group in self.wanted)


def _is_asked(part: Sequence[Sentence], question: TextQuestion) -> bool:
    """Whether the span holds the kind of thing that is asked for: a cause, a name, a date."""
    text = " ".join(sentence.text for sentence in part)
    if question.asked == "why":
        return _gives_cause(part, question)
    if question.asked == "who" and (last := _LAST.search(question.text)):  # "who was it sold to"
        return re.search(rf"\b{last[1]}\s+(?:[^.;]{{0,80}}\s)?[A-Z]\w+", text) is not None
    if question.asked == "who":
        return bool(_PROPER.search(text)) and (not question.done_to or _is_done_to(text, question))
    if question.asked == "office":
        return any(_names_holder(sentence.text, question) for sentence in part)
    if question.asked == "meaning":
        return any(_defines(sentence.text, question) for sentence in part)
    if question.asked == "where":
        return _AT_PLACE.search(text) is not None
    if question.asked in ("when", "date"):
        return bool(spans_of("passages", "dates", text) or re.search(r"\b(?:19|20)\d\d\b", text))
    return True


def _names_holder(text: str, question: TextQuestion) -> bool:
    """Whether a person's name stands by the office that is asked about."""
    offices = [group for group in question.wanted if group.said in words("passages", "offices")] or question.wanted
    forms = "|".join(sorted((re.escape(form) for group in offices for form in group.forms), key=len, reverse=True))
    for office in re.finditer(rf"\b(?:{forms})\b", text, re.IGNORECASE):
        for name in _persons(text):
            first, last = sorted((name, office.span()))
            between = {word.text for word in split_words(text[first[1] : last[0]])}
            if first[1] <= last[0] and between <= words("passages", "of_office"):
                return True
    return False


def _persons(text: str) -> Iterator[tuple[int, int]]:
    """Where capitalized words stand that can be a person's name: no titles among them."""
    for name in _NAME.finditer(text):
        row = split_words(name.group())
        titles = [i for i, word in enumerate(row) if word.text in words("passages", "of_office")]
        for first, last in pairwise((-1, *titles, len(row))):
            if last - first > 2:  # two words at least
                yield name.start() + row[first + 1].start, name.start() + row[last - 1].end


def _defines(text: str, question: TextQuestion) -> bool:
    """Whether a sentence says what something is, the words asked about before it."""
    for says in spans_of("passages", "defines", text):
        before = held_words(text[: says.start])
        if all(before.holds(group) for group in question.wanted):
            return True
    return False


def _is_done_to(text: str, question: TextQuestion) -> bool:
    """Whether the text tells the deed with the company as its object: "bought X", "X was bought by"."""
    name = re.escape(question.done_to[0])
    deed = "|".join(sorted(re.escape(form) for form in question.wanted[0].forms)) if question.wanted else r"\w+"
    active = rf"\b(?:{deed})\b(?:\s+(?!by\b)\w+){{0,2}}?\s+{name}\b(?!['\u2019]s)"
    passive = rf"\b{name}\b(?!['\u2019]s)[^.;]{{0,40}}\b(?:was|were|is|are|been)\s+(?:\w+\s+)?(?:{deed})\s+by\b"
    return re.search(rf"{active}|{passive}", text, re.IGNORECASE) is not None


def _gives_cause(part: Sequence[Sentence], question: TextQuestion) -> bool:
    """Whether a sentence tells a cause and of what, or takes up the sentence before it ("The rise was due to")."""
    for index, sentence in enumerate(part):
        if not any(not _is_time(sentence.text, cause) for cause in spans_of("passages", "causes", sentence.text)):
            continue
        about = [sentence, part[index - 1]] if index and _TAKES_UP.match(sentence.text) else [sentence]
        held = held_words(" ".join(s.text for s in about))
        if 2 * sum(held.holds(group) for group in question.wanted) < len(question.wanted):
            continue
        if _same_direction(about, question) and _cause_of_that(sentence, question):
            return True
    return False


def _is_time(text: str, cause: Span) -> bool:
    """Whether a "since" tells from when on, and no cause."""
    after = text[cause.end :]
    return cause.text.lower() == "since" and _FROM_THEN.match(after) is not None


def _cause_of_that(sentence: Sentence, question: TextQuestion) -> bool:
    """Whether no change the other way stands nearest before the cause: "higher costs due to" tells no fall."""
    asked = {word.text for word in split_words(question.text)} - {"up", "down", "more", "less"}
    up, down = words("passages", "changes_up"), words("passages", "changes_down")
    if bool(asked & up) == bool(asked & down):
        return True
    opposite = down if asked & up else up
    before = [sentence.text[: cause.start] for cause in spans_of("passages", "causes", sentence.text)]
    nearest = (_last_of(split_words(text), up | down) for text in before)
    return any(word is None or word not in opposite for word in nearest)


def _last_of(row: Sequence[Word], listed: frozenset[str]) -> str | None:
    return next((word.text for word in reversed(row) if word.text in listed), None)


def _same_direction(part: Sequence[Sentence], question: TextQuestion) -> bool:
    """Whether what rose in the question rises in the text: the change stands by its noun, and no opposite nearer."""
    times = [(when.start, when.end) for when in question.whens]
    row = [word for word in split_words(question.text) if not any(a <= word.start < b for a, b in times)]
    for index, word in enumerate(row):
        up, down = word.text in words("passages", "changes_up"), word.text in words("passages", "changes_down")
        if not (up or down) or word.text in ("more", "less", "up", "down") or index == 0:
            continue
        nouns = _subject(row[:index])
        same, other = ("changes_up", "changes_down") if up else ("changes_down", "changes_up")
        if nouns and not any(_beside(split_words(s.text), nouns[0], same, other) for s in part):
            return False
    return True


def _subject(row: Sequence[Word]) -> list[Word]:
    """The noun that a change is of: the last content word, before "at", "of" or "in" where such a word parts them."""
    content = [i for i, word in enumerate(row) if word.text not in words("passages", "filler")]
    parting = next((i for i, word in enumerate(row) if word.text in _PARTING and content and i > content[0]), len(row))
    return [row[i] for i in content if i < parting][-1:]


def _beside(row: Sequence[Word], noun: Word, same: str, other: str) -> bool:
    places = [i for i, word in enumerate(row) if word.stem == noun.stem and not _is_part(row[i + 1 : i + 2], noun)]
    with_it = [i for i, word in enumerate(row) if word.text in words("passages", same)]
    against = [i for i, word in enumerate(row) if word.text in words("passages", other)]
    for place in places:
        near = min((abs(place - i) for i in with_it), default=99)
        if near <= 8 and near < min((abs(place - i) for i in against), default=99):
            return True
    return False


def _is_part(after: Sequence[Word], noun: Word) -> bool:
    """Whether a noun is part of the name of another thing: cash is neither cash flow nor a cash cost."""
    return any(word.text in words("passages", "heads") and word.stem != noun.stem for word in after)


def _spoken_by(sentences: Sequence[Sentence], speaker: str | None) -> int | None:
    """The first sentence that attributes words to the speaker; None where none does."""
    if not speaker:
        return None
    says = "|".join(sorted(words("passages", "says")))
    name = re.escape(speaker)
    said = re.compile(rf"\b{name}\b[^.;]{{0,60}}?\b(?:{says})\b|\b(?:{says})\b[^.;]{{0,30}}\b{name}\b", re.IGNORECASE)
    return next((i for i, sentence in enumerate(sentences) if said.search(sentence.text)), None)


def _rounded(span: SentenceRun, sentences: Sequence[Sentence], question: TextQuestion) -> SentenceRun:
    """The span up to the end of the speech it lies in; all of a short paragraph for a broad question, or of a note."""
    last = span.last
    whole = sum(len(s.text) for s in sentences) <= 900
    if whole and re.match(r"\(?(?:\d+|[a-z*])\)|\*", sentences[0].text):
        return replace(span, first=0, last=len(sentences) - 1)
    if question.speaker:
        while last + 1 < len(sentences) and _open(sentences[: last + 1]) and last - span.first < _LONGEST:
            last += 1
        return replace(span, last=last)
    if whole and question.asked == "" and len(question.wanted) <= 4:
        return replace(span, first=0, last=len(sentences) - 1)
    return span


def _open(part: Sequence[Sentence]) -> bool:
    """Whether a quotation that began in these sentences hasn't ended."""
    return len(_SPOKEN.findall(" ".join(sentence.text for sentence in part))) % 2 == 1
