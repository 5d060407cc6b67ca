"""The same question the other way round, which a filing may answer in its own words: who bought a thing is to whom it
was sold, and when its company acquired a mine is when the mine was acquired."""

from __future__ import annotations

import re

from grammar.reading import Term
from grammar.terms import Terms

_BUY = r"(?:buy|bought|acquired?|purchased?)"
_WHO_BOUGHT = re.compile(
    rf"^\W*(?:who\s+(?:has\s+|had\s+)?{_BUY}\s+|who\s+(?:is|was)\s+the\s+(?:buyer|purchaser|acquirer)\s+of\s+)(?P<what>.+?)\W*$",
    re.IGNORECASE,
)
_WHEN_BOUGHT = re.compile(rf"^\W*when\s+did\s+(?P<who>.+?)\s+{_BUY}\s+(?P<what>.+?)\W*$", re.IGNORECASE)
_BOUGHT_THEN = re.compile(r"\b(?:acqui\w+|bought|purchas\w+)\b[^.;]{0,60}\b(?:19|20)\d\d\b", re.IGNORECASE)
_BASED = re.compile(
    r"^\W*where(?:'s|\s+is|\s+are)\s+(?P<what>.+?)(?:\s+based|(?:'s)?\s+(?:head\s+office|headquarters|hq))\W*$",
    re.IGNORECASE,
)


def turned_round(question: str, found: Terms) -> str | None:
    """The question turned round, None where it can't be."""
    if based := _BASED.match(question):
        return f"where is {based['what']} headquartered"
    if thing := bought_thing(question):
        return f"to whom was {thing} sold"
    when = _WHEN_BOUGHT.match(question)
    if when is not None and any(_is_said(t, when["who"]) for t in _companies(found)):
        return f"when was {when['what']} acquired"
    return None


def _companies(found: Terms) -> list[Term]:
    return [t for t in found.of("entity") if t.id.startswith("company:")]


def _is_said(company: Term, who: str) -> bool:
    return who.lower() in (company.said.lower(), company.id.partition(":")[2].lower())


def bought_thing(question: str) -> str | None:
    """What a question asks the buyer of, None where it asks for none."""
    found = _WHO_BOUGHT.match(question)
    return found["what"] if found else None


def tells_deal(text: str, question: str, found: Terms) -> bool:
    """Whether a text tells what is asked of a purchase: who bought, or when; any text does where none is asked for."""
    if thing := bought_thing(question):
        return _tells_buyer(text, thing, any(_is_said(t, thing) for t in _companies(found)))
    return _WHEN_BOUGHT.match(question) is None or _BOUGHT_THEN.search(text) is not None


def _tells_buyer(text: str, thing: str, company: bool) -> bool:
    """Whether a text says who bought a thing: "A bought X", "X was bought by A", "sold X to A"."""
    said = re.sub(r"^(?:the|its|our)\s+", "", thing, flags=re.IGNORECASE).split()
    alone = (
        r"\b(?!['\u2019]s|\s+(?-i:[A-Z]))" if company else r"\b(?!['\u2019]s)"
    )  # a company is not what bears its name
    name = r"\s+".join(map(re.escape, said)) + alone
    active = rf"(?-i:[A-Z][\w.&-]+)(?:\s+\w+){{0,6}}?\s+{_BUY}\b(?:\s+\w+){{0,4}}?\s+{name}"
    passive = rf"\b{name}\b.{{0,80}}?\b{_BUY}\s+by\b"
    sold = rf"\b(?:sells?|sold|sale)\b.{{0,400}}?\b{name}\b.{{0,200}}?\bto\b.{{0,80}}?(?-i:[A-Z]\w+)"
    return any(re.search(told, text, re.IGNORECASE) for told in (active, passive, sold))
