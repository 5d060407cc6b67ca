"""Who did what to whom: a passage that tells a deed the other way round, or of somebody else, is no answer.

"Why did A sue B" is not told by a suit that B brought against A, nor what A's shareholders get by what B's get. Only
what contradicts the question counts: a sentence that names no roles may still answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.passage_words import forms_of
from grammar.prose_words import words
from grammar.records import record
from grammar.tokens import stem

_NAME = r"[A-Z][\w.&-]*(?:\s+(?:of\s+)?[A-Z][\w.&-]*)*"
_ASKED = re.compile(
    rf"\b(?:[Dd]id|[Dd]oes|[Dd]o|[Ww]ill|[Ww]ould|[Hh]as|[Hh]ave|[Hh]ad)\s+(?P<who>{_NAME})\s+(?P<deed>[a-z]+)"
    rf"\s+(?:(?P<by>the|to|for|with|against|off)\s+)?(?P<whom>{_NAME})"
)
_ASKED_SMALL = re.compile(
    r"\b(?:did|does|do|will|would|has|have|had)\s+(?P<who>\w+)\s+(?P<deed>[a-z]+)"
    r"\s+(?:(?P<by>the|to|for|with|against|off)\s+)?(?P<whom>\w+)"
)  # a question with names in small letters: a name is a word, which the text has to have in that role
_OWN = re.compile(r"(?P<who>[A-Z][\w.&-]+)(?P<apart>['\u2019]s)?\s+(?P<what>[a-z]{4,})\b")
_POSSESSIVE = re.compile(rf"(?P<who>{_NAME})['\u2019]s\s+(?:\w+\s+)?(?:interest|stake|share|ownership)\b")
_HOLDER = re.compile(r"(?P<who>[A-Z][\w.&-]+)\s+(?:\w+\s+)?(?:holds?|held|owns?|owned)\b")
_NEAR = r"[^.;]{0,60}?"


@record
class Deed:
    """What a question says that one did to another: the first words of their names, the words that say the deed, and
    whether it was done "to" the other ("sell to")."""

    who: str
    whom: str
    forms: str
    to: bool


def contradicts(question: str, text: str) -> bool:
    """Whether ``text`` tells what is asked of somebody else, or the other way round."""
    deed = _deed(question)
    if deed is not None and _told(replace(deed, who=deed.whom, whom=deed.who), text) and not _told(deed, text):
        return True
    return _of_another(question, text) or _held_by_another(question, text)


def _deed(question: str) -> Deed | None:
    found = _ASKED.search(question) or _ASKED_SMALL.search(question.lower())
    if found is None or found["deed"] in words("passages", "filler"):
        return None
    forms = "|".join(re.escape(form) for form in sorted(forms_of(found["deed"]), key=len, reverse=True))
    return Deed(_first(found["who"]), _first(found["whom"]), forms, found["by"] == "to")


def _first(name: str) -> str:
    return re.escape(name.split(maxsplit=1)[0].removesuffix("'s"))


def _told(deed: Deed, text: str) -> bool:
    """Whether the text tells the deed so: "X sued Y", "Y was sued by X", "a suit by X against Y", "X sold it to Y"."""
    who, whom, verb = deed.who, deed.whom, rf"\b(?:{deed.forms})\w*\b"
    active = rf"\b{who}\b(?:\s+\w+){{0,3}}?\s+{verb}(?:\s+\w+){{0,3}}?\s+{whom}\b"
    passive = rf"\b{whom}\b{_NEAR}{verb}{_NEAR}\bby\s+(?:the\s+)?{who}\b"
    noun = rf"{verb}{_NEAR}\bby\s+(?:the\s+)?{who}\b{_NEAR}\bagainst\s+(?:the\s+)?{whom}\b"
    given = rf"\b{who}\b[^;]{{0,200}}?{verb}[^;]{{0,300}}?\bto\b[^;]{{0,80}}?\b{whom}\b"
    return any(re.search(told, text, re.IGNORECASE) for told in (active, passive, noun, *[given] * deed.to))


def _of_another(question: str, text: str) -> bool:
    """Whether a noun that the question gives to a name is another name's here: "Kinnard shareholders" are not those of
    Stockwalk."""
    for asked in _OWN.finditer(question):
        if asked.start() == 0 or asked["what"] in words("passages", "filler"):
            continue
        nouns = {m["who"] for m in _OWN.finditer(text) if stem(m["what"]) == stem(asked["what"])}
        others = {name for name in nouns if name.lower() not in words("sentences", "openers")}
        of_it = re.search(rf"\b{re.escape(asked['what'])}\s+of\s+(?:the\s+)?{re.escape(asked['who'])}\b", text)
        if others and asked["who"] not in nouns and of_it is None:
            return True
    return False


def _held_by_another(question: str, text: str) -> bool:
    """Whether an interest that is asked for as one's own is told as what another holds."""
    asked = _POSSESSIVE.search(question)
    if asked is None:
        return False
    holders = {found["who"] for found in _HOLDER.finditer(text)}
    return bool(holders) and not any(name in holders for name in asked["who"].split())
