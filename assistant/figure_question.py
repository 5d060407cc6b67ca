"""A question for a figure of running text: its words, and the units that may answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from assistant.passage_words import TextQuestion, Wanted, text_question
from grammar.amount_units import plural_of
from grammar.prose_words import prose_data, unit_nouns, words
from grammar.records import record
from grammar.tokens import Word, split_words

_PER_SHARE = re.compile(r"\b(?:per|a) (?:\w+ )?share\b")


@record
class FigureQuestion:
    """What a question wants of a figure: ``units`` that answer it (none: any), and whether it wants a change."""

    text: TextQuestion
    words: tuple[Wanted, ...]
    units: frozenset[str]
    change: bool
    metals: frozenset[str]
    of_metal: bool = False


def figure_question(text: str, known: Sequence[str] = ()) -> FigureQuestion:
    """The question read as one for a figure; ``known`` are words that name companies."""
    question = text_question(text, known)
    row = split_words(text)
    units, unit_words = _units(row, plans=question.plans)
    texts = {word.text for word in row}
    directions = words("passages", "changes_up") | words("passages", "changes_down")
    asks_change = bool(texts & {"percent", "percentage", "%", "by"}) or "how much" in text.lower()
    change = asks_change and bool(texts & (directions - {"more", "less", "fewer", "up", "down", "gain"}))
    wanted = tuple(
        group for group in question.wanted if group.said not in unit_words and group.said not in words("wanted", "left")
    )
    metals = words("rates", "metals")
    of_metal = any(a.text == "much" and b.text in metals for a, b in pairwise(row))  # no ore: "how much gold"
    return FigureQuestion(question, wanted, units, change, frozenset(texts & metals), of_metal)


def _units(row: Sequence[Word], *, plans: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The units that answer, and the words of the question that only say so; of output only ``plans`` are told here,
    since what was produced stands in tables."""
    texts = [word.text for word in row]
    if _PER_SHARE.search(" ".join(texts)):
        return _units_of("per_share"), frozenset()
    if "many" in texts and texts.index("many") + 1 < len(texts):
        return _counted(texts[texts.index("many") + 1 :])
    if "share" in texts and texts[: texts.index("share")][-1:] == ["what"]:
        return _units_of("part"), frozenset({"share"})
    for kind in ("part", "length", "area", "time"):
        heard = {word for word in texts[:7] if word in _said(kind)}
        if heard == {"interest"} and ("interest", "in") not in pairwise(texts) and texts[-1] != "interest":
            continue  # "interest income" is no interest in a mine
        if heard:
            return _units_of(kind), frozenset(heard)
    if "much" in texts and texts[texts.index("much") + 1 :][:1] and texts[texts.index("much") + 1] in _said("weight"):
        return _units_of("weight"), frozenset()
    for kind in ("tons", "grade", "money", *(("output",) if plans else ())):
        heard = {word for word in texts if word in _said(kind)}
        if heard:
            return _units_of(kind), frozenset(heard if kind in ("tons", "grade") else ())
    return (_units_of("money") if texts[:2] == ["how", "much"] else frozenset()), frozenset()


def _counted(following: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The unit of "how many X": a known unit, else the noun itself within the next words."""
    nouns = unit_nouns()
    for start in range(min(3, len(following))):
        for length in (2, 1):
            unit = nouns.get(tuple(following[start : start + length]))
            if unit:
                return frozenset({unit}), frozenset(following[start : start + length]) - {"common", "preferred"}
    return frozenset(plural_of(noun) for noun in following[:3]), frozenset()


@cache
def _said(kind: str) -> frozenset[str]:
    return frozenset(prose_data()["wanted_units"][kind]["said"])


@cache
def _units_of(kind: str) -> frozenset[str]:
    return frozenset(prose_data()["wanted_units"][kind]["units"])
