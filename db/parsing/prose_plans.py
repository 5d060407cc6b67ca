"""What stands over running text: a heading of plans, a sentence that opens a list of them, the period of a section.

"2008 OUTLOOK" over "Silver production of 6 million ounces" makes a plan of it though its sentence has no word of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from db.model import Paragraph
from db.parsing.prose_context import ProseContext
from db.parsing.prose_nature import guidance_cues
from db.parsing.prose_periods import periods_in
from db.parsing.prose_who import Subject
from db.prose.said import Said, spans_of
from db.prose.sentences import sentences_of
from grammar.periods import Period
from grammar.prose_words import words

_LONGEST = 90  # characters of a heading
_BRACKETS = re.compile(r"\([^()]*\)")
_NOBODY = Subject()
_BEGINS = 4  # characters before the name that a heading begins with: "The"
_LISTED = re.compile(r"\s*(?:[-*•·–o]|\(?\w{1,3}[.)])\s")
_OVER_LIST = re.compile(r":\s*$|\b(?:highlights|summary)\W*$", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Standing:
    """What is in force over a paragraph: ``plan`` where all of it is planned unless it says else, ``period`` where the
    heading names one, ``subject`` whom it names, ``listed`` where a sentence opened a list with a colon. ``going_on``:
    a sentence before told a plan, with which one that says nothing of time goes on."""

    plan: bool = False
    going_on: bool = False
    period: Period | None = None
    listed: bool = False
    before: Standing | None = None
    subject: Subject = _NOBODY

    def over(self, paragraph: Paragraph, context: ProseContext) -> Standing:
        """What is in force over this paragraph and, where it is a heading or opens a list, over those below it."""
        if paragraph.kind == "heading" and len(paragraph.text) <= _LONGEST:
            return self._headed(paragraph.text, context)
        if self.listed and paragraph.kind != "bullet" and not _LISTED.match(paragraph.text):
            return self.before or Standing()
        return self

    def headline(self, text: str) -> Standing:
        """What a headline leaves in force: one over a list dates that list, any other tells of all that follows."""
        behind = Standing(subject=self.subject)
        if self.period is None or not _OVER_LIST.search(text):
            return behind
        return Standing(period=self.period, listed=True, before=behind, subject=self.subject)

    def below(self, paragraph: Paragraph) -> Standing:
        """What is in force behind a paragraph: a list that its last sentence opens is of plans if that sentence is."""
        if paragraph.kind == "heading" or not paragraph.text.endswith(":"):
            return self
        last = sentences_of(paragraph)[-1].text
        return Standing(
            self.plan or bool(guidance_cues(Said(last))),
            period=self.period,
            listed=True,
            before=self,
            subject=self.subject,
        )

    def _headed(self, text: str, context: ProseContext) -> Standing:
        said = Said(text)
        told = [span.period for span in periods_in(said, context) if span.period and span.period.kind != "instant"]
        period = told[0] if len(set(told)) == 1 else None
        subject = _headed_by(said, context)
        if spans_of("guidance", "headings", text) and not spans_of("guidance", "no_headings", text):
            return Standing(plan=True, period=period, subject=subject)
        if self.plan and _only_names(said, context):
            return Standing(plan=True, period=period or self.period, subject=subject)
        return Standing(period=period, subject=subject)


def _headed_by(said: Said, context: ProseContext) -> Subject:
    """The one place of work whose name is all of a heading, brackets apart: what stands below it is told of that."""
    named = context.mentions(said)
    if len({m.entity for m in named}) != 1 or named[0].kind == "company" or named[0].start > _BEGINS:
        return Subject()
    rest = set(_WORD.findall(_BRACKETS.sub(" ", said.low[named[0].end :])))
    return Subject(named[0].entity, named[0].kind) if rest <= _beside_names() else Subject()


def _only_names(said: Said, context: ProseContext) -> bool:
    """Whether a heading only says whose: "Osprey Mine" below "Outlook" goes on with it."""
    mentions = context.mentions(said)
    if not mentions:
        return False
    rest = said.low
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    return set(_WORD.findall(rest)) <= _beside_names()


@cache
def _beside_names() -> frozenset[str]:
    """The words that a heading may have beside a name."""
    return words("mines", "nouns") | words("mines", "inside") | {"the", "operation", "operations", "and"}
