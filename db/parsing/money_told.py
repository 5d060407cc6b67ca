"""Money step: in what a filing counts where it prints a bare "$", or no sign at all.

"All amounts are in Canadian dollars unless otherwise stated" holds over its sentences and its tables alike. Where no
sentence says so for all of it, what the captions of its statements say holds, if they agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.parsing.draft import Draft
from db.prose.phrases import any_of
from grammar.prose_words import prose_data, words

DOLLARS = ("CAD", "AUD", "NZD")  # that are written "$" where they are one's own
HOME = "USD"
_QUOTED = re.compile(r"\(\s*[\"“'‘][^()]{1,12}[\"”'’]\s*\)\s*")  # United States ("US") dollars
_SIGNS = ("dollar", "$", "rand", "sterling", "euro", "curren")
_STATED = r"(?:stated|noted|indicated|specified|expressed|mentioned)"


def money_told(draft: Draft) -> None:
    """Fill ``draft.money``; filings that name no money but the United States' are not searched."""
    low = draft.source.text.lower()
    if not any(_stands(low, name) for name in prose_data()["money"]["foreign"]):
        return
    texts = (paragraph.text.lower() for paragraph in draft.paragraphs())
    said = [" ".join(_QUOTED.sub("", text).split()) for text in texts if any(sign in text for sign in _SIGNS)]
    told = {money for text in said for money in _of_all(text)}
    captions = {table.scale.currency for table in draft.tables} - {"", "$"}
    told = told or captions | {money for text in said for money in _of_statements(text)}
    if len(told) == 1:
        draft.money = told.pop()


def dollar_of(money: str) -> str:
    """What a bare "$" is in a filing that counts in a money."""
    return money if money in DOLLARS else HOME


def _of_all(text: str) -> Iterator[str]:
    """The money that a text says all amounts are in."""
    if _HINT.search(text):
        for pattern in _patterns():
            yield from (_by_name()[match["money"]] for match in pattern.finditer(text))


def _of_statements(text: str) -> Iterator[str]:
    """The money that statements are expressed in: "(in thousands of Canadian dollars)"."""
    yield from (_by_name()[match["money"]] for match in _captioned().finditer(text))


_HINT = re.compile(r"\bunless\b|\bcurrency\b|\ball\b|\breferences?\b|\$[\"”'’]")


@cache
def _by_name() -> dict[str, str]:
    return {name: money for money, names in prose_data()["money"]["names"].items() for name in names}


def _stands(low: str, word: str) -> bool:
    """Whether a word stands in a text and is no part of another; a pattern that says so takes ten times as long."""
    at = low.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and low[at - 1].isalpha()) and not low[end : end + 1].isalpha():
            return True
        at = low.find(word, end)
    return False


@cache
def _named() -> str:
    names = "|".join(re.escape(name) for name in sorted(_by_name(), key=len, reverse=True))
    return rf"(?:the\s+)?(?:(?:thousands|millions)\s+of\s+)?(?:the\s+)?(?<![\w$])(?P<money>{names})(?![\w$])"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """How all of a filing is said to be in one money."""
    amounts, named = any_of(words("money", "amounts")).pattern, _named()
    return (
        re.compile(rf"\ball\s+(?:[^\s.;]+\s+){{0,4}}?{amounts}[^.;]{{0,90}}?\b(?:in|to|are|is|as)\s+{named}"),
        re.compile(rf"{named}(?:\s*\([^()]*\))?,?\s+(?:unless|except\s+(?:as|where))\s+(?:otherwise\s+)?{_STATED}"),
        re.compile(rf"\bunless\s+otherwise\s+{_STATED},?\s+(?!all\b)[^.;]{{0,80}}?\b(?:in|to|are)\s+{named}"),
        re.compile(rf"\b(?:reporting|presentation)\s+currency(?:\s+of\s+[^.;]{{0,40}})?\s+(?:is|are)\s+{named}"),
        re.compile(rf"\$[\"”'’]?\s+(?:\w+\s+){{0,3}}?(?:is|are|means|refers?)\s+(?:to\s+)?{named}"),
    )


@cache
def _captioned() -> re.Pattern[str]:
    stated = r"(?:(?:amounts|figures)\s+)?(?:are\s+)?(?:expressed|stated|presented|reported|shown)?"
    return re.compile(rf"(?:^|\()\s*{stated}\s*in\s+{_named()}")
