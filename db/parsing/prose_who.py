"""Whom a sentence's figure is about: the entity named for it, or the one that the sentences before speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.model import EntityKind
from db.parsing.prose_context import Mention
from grammar.amounts import Amount
from grammar.records import record

Who = tuple[str | None, EntityKind | None]
_BEHIND = 70  # characters: "18,300 mined at the X mine"
# "with 18,000 ounces produced at ...", "18,300 of those ounces": a part of what was told before
_PART = re.compile(
    r"(?<!compared )\bwith\s+[\d.,]+\s+(?:million\s+)?(?:of\s+(?:those|these|them)\s+)?(?:ounces|tons)\b", re.IGNORECASE
)
_AT = re.compile(
    r"\b(?:at|at\s+the|at\s+our|from|from\s+the|by|on\s+the|from\s+the\s+sale\s+of(?:\s+the|\s+our)?)\s*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[;.]|\$|\d|\b(?:compared|south|north|east|west)\b")
_BESIDE = re.compile(
    r"\b(?:(?:north|south|east|west)\w*\s+of|near|adjacent\s+to|away\s+from"
    r"|\b(?:kilomet\w+|km|miles?|feet|met\w+|distance)\s+(?:\w+\s+)?from)(?:\s+the|\s+our)?\s*(?:\w+['’]s\s+)?$"
)
_AND = re.compile(r"(?:\s+\w+)?\s*(?:and|or|,|&)\s*(?:the\s+|our\s+)?")


@record
class Subject:
    """The one entity that a paragraph has spoken of so far; ``shared`` where a sentence named several at once."""

    entity: str | None = None
    kind: EntityKind | None = None
    shared: bool = False

    def of_figure(self, text: str, amount: Amount, mentions: Sequence[Mention], company: str | None) -> Who:
        """The entity of a figure; (None, None) where several stand as near or a part of an unnamed one is meant."""
        behind = [
            m
            for m in mentions
            if m.kind != "company" and 0 <= m.start - amount.end <= _BEHIND and _located(text, amount, m)
        ]
        before = [m for m in mentions if m.end <= amount.start and not _beside_the_point(text, m)]
        places = [m for m in before if m.kind != "company"]
        if behind and not _joined_names(text, behind):
            return behind[0].entity, behind[0].kind
        part = _PART.search(text)
        if part and part.start() <= amount.start and not places:
            return None, None
        if places:
            together = _joined_names(text, places[-2:])
            return (None, None) if together else (places[-1].entity, places[-1].kind)
        if self.entity and self.kind != "company" and not _company_acts(text, before, amount):
            return self.entity, self.kind
        if self.shared:
            return None, None
        return (company, "company") if company else (None, None)


def subject_of(text: str, mentions: Sequence[Mention], before: Subject) -> Subject:
    """What a sentence speaks of: its first place of work; the one before where it names none."""
    places = [m for m in mentions if m.kind != "company" and not _beside_the_point(text, m)]
    if not places:
        return before
    entities = {m.entity for m in places}
    if len(entities) > 1 and _joined_names(text, places[:2]):
        return Subject(shared=True)
    return Subject(places[0].entity, places[0].kind)


def _located(text: str, amount: Amount, mention: Mention) -> bool:
    """Whether the name behind says where the figure is: "mined at X", "15 targets on the X property"."""
    between = text[amount.end : mention.start]
    return _AT.search(between) is not None and not _ELSEWHERE.search(between)


def _beside_the_point(text: str, mention: Mention) -> bool:
    """Whether the name only places another thing: "seven kilometers northeast of the X mine", "near X"."""
    before = text[max(0, mention.start - 30) : mention.start].lower()
    return _BESIDE.search(before) is not None


def _joined_names(text: str, mentions: Sequence[Mention]) -> bool:
    if len(mentions) < 2 or mentions[0].entity == mentions[1].entity:
        return False
    return _AND.fullmatch(text, mentions[0].end, mentions[1].start) is not None


def _company_acts(text: str, before: Sequence[Mention], amount: Amount) -> bool:
    """Whether the company itself is the one that did it: "X received", not "for X's account"."""
    if not before or before[-1].kind != "company":
        return False
    following = text[before[-1].end : before[-1].end + 2]
    if text[before[-1].start : before[-1].end].lower() in ("we", "our", "us"):
        return False
    return not following.startswith(("'", "’")) and before[-1].start < 40
