"""Figures that only sentences hold: which of them a question's words are about.

A figure answers where its sentence holds every content word of the question, its unit is of the kind that is asked for
(how many miles, what per cent), and plan, result and change are not taken for each other.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.figure_question import FigureQuestion, figure_question
from assistant.passage_search import companies_said, in_time, year_of
from assistant.passage_words import Held, Wanted, held_words, root
from assistant.plans import asks_earlier
from assistant.roles import contradicts
from db.prose.said import spans_of
from db.store import Store
from grammar.prose_words import prose_data, words
from grammar.records import record
from grammar.tokens import split_words
from grammar.when import When

# The newest fits are chosen by their ids alone, so that no long row is sorted.
_SEARCH = """
WITH fits AS (
    SELECT f.id, g.released, p.heading FROM passages_text
    JOIN passages AS p ON p.id = passages_text.rowid JOIN filings AS g ON g.id = p.filing_id
    JOIN facts AS f ON f.filing_id = p.filing_id AND f.line BETWEEN p.line_start AND p.line_end
    WHERE passages_text MATCH :match AND f.source = 'text'
      AND (:company IS NULL OR lower(g.company) = lower(:company))
      AND (:units IS NULL OR f.unit IN (SELECT value FROM json_each(:units)))
      AND (f.nature IN ('guidance', 'guidance range')) = :plans AND (f.nature = 'comparison') = :change
      AND (:year IS NULL OR :year IN (substr(f.period_end, 1, 4), substr(g.period_end, 1, 4), substr(g.released, 1, 4),
                                      substr(g.filed, 1, 4)) OR instr(f.sentence, :year))
    ORDER BY g.released DESC, f.id LIMIT 100
)
SELECT f.*, fits.heading, g.document, g.sha256, g.company, g.title, g.released, g.filed,
       g.period_end AS filing_period_end
FROM fits JOIN facts AS f ON f.id = fits.id JOIN filings AS g ON g.id = f.filing_id
ORDER BY fits.released DESC, f.id
"""
DEEDS = ("receive", "own")  # lists of words, of which one is no other
PLANS = ("guidance", "guidance range")
MOST = 3
_EARLIER = re.compile(r"\b(?:earlier|previous|previously|former|prior|original|initial)\b[^.;,]{0,60}$", re.IGNORECASE)


@record
class FigureFound:
    """A figure of running text that fits a question: the row of its fact (facts.*, and the filing's document, sha256,
    company, title, released), and how well it fits."""

    fact: dict[str, object]
    score: float


def text_figures(store: Store, said: str) -> list[FigureFound]:
    """The figures that answer, best first; two that fit as well as each other are both there, for the caller to weigh.

    Where none answers the list is empty.
    """
    company, known = companies_said(store, said)
    question = figure_question(said, known)
    if len(question.words) < 2 or not (question.units or question.change) or question.text.speaker:
        return []
    if question.text.asked in ("why", "who", "where", "opinion"):
        return []
    asked = {
        "match": " AND ".join(_match(group) for group in question.words),
        "company": company,
        "units": json.dumps(sorted(question.units)) if question.units else None,
        "plans": question.text.plans,
        "year": year_of(question.text.whens),
        "change": question.change,
    }
    rows = _named_by_the_new(store.run(_SEARCH, asked))
    found = [figure for row in rows if (figure := _fitting(row, question))]
    return _best(found)


def _named_by_the_new(rows: Sequence[sqlite3.Row]) -> Iterator[dict[str, Any]]:
    """The rows, an earlier plan with the measure and the metal of the new one that it stands behind in a sentence."""
    by_sentence: dict[str, list[dict[str, Any]]] = {}
    for row in sorted((dict(row) for row in rows), key=lambda row: int(row["id"])):
        before = by_sentence.setdefault(str(row["sentence"]), [])
        if before and not row["metric"] and _is_earlier(row):
            row |= {name: before[-1][name] for name in ("label", "metric", "metal")}
        before.append(row)
    order = {row["id"]: number for number, row in enumerate(rows)}
    yield from sorted((row for told in by_sentence.values() for row in told), key=lambda row: order[row["id"]])


def _is_earlier(row: Mapping[str, Any]) -> bool:
    """Whether a figure is told as what was planned before."""
    return _EARLIER.search(str(row["sentence"])[: _where(row)]) is not None


def _match(group: Wanted) -> str:
    """What the passage must hold; who pays may be told as who receives (see ``_paid_by``)."""
    return replace(group, forms=(*group.forms, "received", "receives")).match if "pay" in group.forms else group.match


def _fitting(row: dict[str, Any], question: FigureQuestion) -> FigureFound | None:
    """The figure if it answers: unit, nature, metal, time and every word."""
    if question.units and row["unit"] not in question.units:
        return None
    if question.text.plans != (row["nature"] in PLANS) or question.change != (row["nature"] == "comparison"):
        return None
    if row["nature"] == "aside" and not _asks_aside(question, row["sentence"]):
        return None
    if question.metals and (row["metal"] or question.of_metal) and row["metal"] not in question.metals:
        return None
    if not _of_time(row, question.text.whens):
        return None
    if question.text.plans and asks_earlier(question.text.text) != _is_earlier(row):
        return None
    sentence = held_words(row["sentence"])
    beside = held_words(f"{row['entity'] or ''} {row['metal'] or ''}")
    over, asked = held_words(row["heading"] or ""), question.text.text
    lacking = [group for group in question.words if not sentence.holds(group)]
    lacking = [group for group in lacking if not (over.holds(group) and group.said.capitalize() in asked)]  # a name's
    if any(not beside.holds(group) and not _paid_by(group, row["sentence"], question) for group in lacking):
        return None
    if not _one_direction(sentence, question) or contradicts(question.text.text, row["sentence"]):
        return None
    if not _deep_or_wide(row, question) or _of_other_works(row, question) or _by_another_deed(row, question):
        return None
    held = [group for group in question.words if group not in lacking]
    pairs = [pair for pair in question.text.pairs if pair[0] in held and pair[1] in held]
    if not all(sentence.together(*pair) for pair in pairs):
        return None
    return FigureFound(row, 10.0 - len(lacking) - _distance(row, sentence, question))


def _deep_or_wide(row: Mapping[str, Any], question: FigureQuestion) -> bool:
    """Whether a length is told as the depth, width or height that is asked for: a gap of so many feet is none."""
    asked = {word.text for word in split_words(question.text.text)[:7]}
    for way, said in prose_data()["dimensions"].items():
        if way in asked:
            at, sentence = _where(row), str(row["sentence"]).lower()
            near = f"{sentence[max(at - 30, 0) : at]} {sentence[at : at + 40]}"
            return any(re.search(rf"\b{word}\b", near) for word in said)
    return True


def _of_other_works(row: Mapping[str, Any], question: FigureQuestion) -> bool:
    """Whether a length is of trenches or drifts, and these are not asked for."""
    works = words("wanted", "works")
    said = {word.text for word in split_words(str(row["label"]))[:5]}
    return bool(said & works) and not works & {word.text for word in split_words(question.text.text)}


def _by_another_deed(row: Mapping[str, Any], question: FigureQuestion) -> bool:
    """Whether what was got is asked for and the figure is what was held before, or the other way round."""
    deeds = {form: deed for deed in DEEDS for form in prose_data()["same"][deed]}
    asked = {deeds[word.text] for word in split_words(question.text.text) if word.text in deeds}
    before = [deeds[w.text] for w in split_words(str(row["sentence"])[: _where(row)]) if w.text in deeds]
    return len(asked) == 1 and bool(before) and before[-1] not in asked


def _asks_aside(question: FigureQuestion, sentence: str) -> bool:
    """Whether a figure that is no result is what is asked for: what was assumed, what was mined since, by the world."""
    return any(
        {found.text for found in spans_of("aside", key, sentence)}
        & {found.text for found in spans_of("aside", key, question.text.text)}
        for key in ("supposing", "others", "capacity", "valued", "ever")
    )


def _of_time(row: Mapping[str, Any], whens: Iterable[When]) -> bool:
    """Whether the figure's own period is the one named; a figure without one is of its filing's time."""
    for when in whens:
        if when.relative in ("today", "future"):
            return False
        if when.release or not row["period_end"] or row["period_end"] == row["released"]:
            if not in_time(_filing(row), [when], row["sentence"]):
                return False
        elif (
            (when.kinds and row["period_kind"] not in when.kinds and (when.year or row["period_kind"] != "instant"))
            or (when.exact and row["period_end"] not in {end.isoformat() for end in when.ends})
            or (when.year and not row["period_end"].startswith(str(when.year)))
        ):
            return False
    return True


def _filing(row: Mapping[str, Any]) -> dict[str, str | None]:
    return {"period_end": row["filing_period_end"], "released": row["released"], "filed": row["filed"]}


def _paid_by(group: Wanted, sentence: str, question: FigureQuestion) -> bool:
    """Whether "X paid" is told as "received from X"."""
    if "pay" not in group.forms or not re.search(r"\breceive", sentence, re.IGNORECASE):
        return False
    before = re.split(r"\b(?:pay|paid|pays)\b", question.text.text, flags=re.IGNORECASE)[0]
    payers = [word for word in split_words(before) if word.text not in words("passages", "filler")]
    from_whom = [split_words(part)[:4] for part in re.split(r"\bfrom\b", sentence)[1:]]
    return bool(payers) and any(payers[-1].stem in {word.stem for word in part} for part in from_whom)


def _one_direction(sentence: Held, question: FigureQuestion) -> bool:
    """Whether a change that is asked for went the way that the question says."""
    if not question.change:
        return True
    asked = {word.text for word in split_words(question.text.text)}
    told = {word.text for word in sentence.row}
    for same, other in (("changes_up", "changes_down"), ("changes_down", "changes_up")):
        if asked & words("passages", same) and not asked & words("passages", other):
            return bool(told & words("passages", same))
    return True


def _distance(row: Mapping[str, Any], sentence: Held, question: FigureQuestion) -> float:
    """How far the question's words stand from the figure, on the average, in hundreds of characters."""
    at = _where(row)
    gaps = []
    for group in question.words:
        meant = [w for w in sentence.row if w.stem in group.stems or root(w.text) in group.stems]
        near = [word.start - at if word.start > at else at - word.end for word in meant]
        gaps.append(min(near, default=100))
    return sum(gaps) / max(len(gaps), 1) / 100 + (1.0 if _is_earlier(row) else 0.0)


def _where(row: Mapping[str, Any]) -> int:
    """Where the figure stands in its sentence; the same figure twice is found by the words before it."""
    printed = " ".join(str(row["as_printed"]).split())
    return max(str(row["sentence"]).find(printed), 0)


def _best(found: Sequence[FigureFound]) -> list[FigureFound]:
    """The best of each value, the newest filing first among equals; what is clearly worse is left out."""
    ranked = sorted(found, key=lambda f: (-round(f.score, 2), -int(str(f.fact["filing_id"])), int(str(f.fact["id"]))))
    if not ranked:
        return []
    newest = max((str(f.fact["released"] or "") for f in ranked if f.score > ranked[0].score - 0.6), default="")
    ranked.sort(key=lambda f: (-round(f.score, 2), 0 if str(f.fact["released"] or "") == newest else 1))
    kept: dict[tuple[object, object], FigureFound] = {}
    for figure in ranked:
        kept.setdefault((figure.fact["value"], figure.fact["unit"]), figure)
    return list(kept.values())[:MOST]
