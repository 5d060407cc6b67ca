"""Answers out of running text: a figure that only a sentence holds, or passages in the filing's own words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Alternative, Answer, Citation, PassageQuote, Said, Value
from assistant.asking import asks_of_a_name, is_claim
from assistant.book import Book
from assistant.cited import value_of_fact
from assistant.formulas import Facts
from assistant.turned import tells_deal, turned_round
from assistant.values import facts_of
from assistant.wording import say_value
from grammar.lexicon import lexicon
from grammar.mixed_names import MIXED
from grammar.prose_words import words
from grammar.terms import Terms
from grammar.units import units as all_units

if TYPE_CHECKING:
    from assistant.passage_search import FoundPassage
    from assistant.text_figures import FigureFound

MOST_PASSAGES = 3
RANGE_FROM = "from"  # how the first end of a range is qualified
_QUANTITY = re.compile(r"^\W*(?:how\s+(?:much|many)|what(?:\s+is|\s+was|\s+were|'s)\b)", re.IGNORECASE)
_YES_NO = re.compile(r"^\W*(?:is|are|was|were|do|does|did|has|have|had)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_COUNT = re.compile(r"^\W*how\s+many\b", re.IGNORECASE)
_CLASS = re.compile(r"\b(common|preferred|preference|ordinary)\s+(?:shares?|stock)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:what|which|who|whose|why|when|where|how|is|are|was|were|do|does|did|has|have|had|can|could|will)\b",
    re.IGNORECASE,
)


def told_first(question: str, book: Book, found: Terms) -> Answer | None:
    """What the text answers before the tables are asked: what was said, and changes as they are claimed."""
    return _as_typed_or_mended(_first, question, book, found)


def told_last(question: str, book: Book, found: Terms) -> Answer | None:
    """What the text answers after the tables had nothing: a figure, or passages where no figure is asked for."""
    return _as_typed_or_mended(_last, question, book, found)


def _as_typed_or_mended(
    ask: Callable[[str, Book, Terms], Answer | None], question: str, book: Book, found: Terms
) -> Answer | None:
    """The answer to the question as it was typed, since a text knows words that the lexicon doesn't; else respelled."""
    if any(t.id == MIXED for t in found.unknown):
        return None
    answer = ask(question, book, found)
    if answer is not None:
        applied = tuple(f"{said} read as {better}" for said, better in found.corrections if said not in question)
        return replace(answer, corrections=applied, terms=said_of(found))
    mended = question
    for said, better in ((said, better) for said, better in found.corrections if not _is_known(said)):
        mended = mended.replace(said, better)
    answer = ask(mended, book, found) if mended != question else None
    return None if answer is None else replace(answer, corrections=corrections_of(found), terms=said_of(found))


def _is_known(word: str) -> bool:
    """Whether a word is one of those that text is searched by, though no question for a figure has it."""
    return word.lower() in words("passages", "of_office") | words("passages", "offices")


def _first(question: str, book: Book, found: Terms) -> Answer | None:
    if found.of("speech") or asks_of_a_name(question, found):
        defined = any(t.id == "meaning" for t in found.of("speech"))
        notes = told_passages(question, book, kind="note") if defined else None
        return notes or _in_words(question, book, found)
    compared = found.of("group", "ask", "compare") or len(found.of("entity")) > 1
    moved = found.of("trend") and found.of("measure") and not found.whens and not compared
    claim = is_claim(question) or moved
    told = told_figure(question, book, found, claim=True) if claim else None
    changed = bool(found.of("trend", "compute"))  # a change that is told, and no figure that did change
    return None if told is not None and changed and told.values[0].nature != "comparison" else told


def _in_words(question: str, book: Book, found: Terms) -> Answer | None:
    """What the text says to a question, or to the same one turned round; of a buyer only what names one."""
    turned = turned_round(question, found)
    asked = [q for q in (turned, question) if q]
    told = (told_passages(q, book) for q in asked)
    return next((answer for answer in told if answer and tells_deal(answer.passages[0].text, question, found)), None)


def _last(question: str, book: Book, found: Terms) -> Answer | None:
    planned = not words("guidance", "asked").isdisjoint(_WORD.findall(question.lower()))
    changed = planned and (found.of("compute") or (found.of("trend") and _YES_NO.match(question)))
    figure = None if changed else told_figure(question, book, found)  # whether a plan changed, no figure of it says
    named = any(
        t.said[:1].isupper() for t in found.unknown
    )  # "what is the Silver Anomaly": a name, no amount of silver
    asked = found.of("measure") or (not named and found.of("metal"))
    quantity = asked and (_QUANTITY.match(question) or (_YES_NO.match(question) and not found.unknown))
    narrow = (
        len(found.unknown) + len(found.of("measure", "label", "entity", "speech", "number", *["metal"] * named)) > 1
    )
    if figure is not None or quantity or not narrow or not _ASKS.match(question):
        return figure
    return _in_words(question, book, found)


def corrections_of(found: Terms) -> tuple[str, ...]:
    """What was respelled, in words."""
    return tuple(f"{said} read as {better}" for said, better in found.corrections)


def said_of(found: Terms) -> tuple[Said, ...]:
    """The words of the question with what each was understood as, left to right."""
    said = [Said(t.start, t.end, t.said, t.kind, ", ".join(t.ids)) for t in found.terms if t.kind != "unknown"]
    said += [Said(t.start, t.end, t.said, "", "") for t in found.unknown]
    said += [Said(w.start, w.end, w.said, "period", w.said) for w in found.whens]
    return tuple(sorted(said, key=lambda s: (s.start, s.end)))


def told_figure(question: str, book: Book, terms: Terms, *, claim: bool = False) -> Answer | None:
    """The answer by a figure of running text, None where no sentence holds one with every word of the question."""
    from assistant.text_figures import text_figures  # noqa: PLC0415  (few questions need it)

    found = text_figures(book.store, question)
    facts = facts_of(book, [int(str(f.fact["id"])) for f in found]) if found else {}
    found = [f for f in found if _is_about(f.fact, terms, claim)]
    told = _told(book, found, facts)
    if not told:
        return None
    (score, first), *rest = told
    close = [values for its, values in rest if its > score - 0.05]
    if close and (close[0][0].period_end, close[0][0].entity) == (first[0].period_end, first[0].entity):
        return None
    return Answer(
        question=question,
        status="answered",
        reading=reading_of(first[0]),
        verdict=sentence_of(first),
        values=first,
        alternatives=tuple(Alternative(reading_of(values[0]), values) for _, values in rest),
        notes=("said in the text of the filing",),
    )


def _told(book: Book, found: Sequence[FigureFound], facts: Facts) -> list[tuple[float, tuple[Value, ...]]]:
    """How well each figure fits and its value; for an end of a range both ends, once."""
    told: dict[tuple[float, ...], tuple[float, tuple[Value, ...]]] = {}
    for figure in found:
        values = tuple(_called(value, figure) for value in _with_ends(book, facts[_id(figure)]))
        if values:
            told.setdefault(tuple(value.value for value in values), (figure.score, values))
    return list(told.values())


def _called(value: Value, figure: FigureFound) -> Value:
    """The value by the name that its sentence gives it: an earlier plan is called by what the plan is now."""
    label, metal = figure.fact["label"], figure.fact["metal"]
    return replace(value, label=str(label or value.label), metal=None if metal is None else str(metal))


def _id(figure: FigureFound) -> int:
    return int(str(figure.fact["id"]))


def _with_ends(book: Book, fact: sqlite3.Row) -> tuple[Value, ...]:
    """The value of a fact; of an end of a range those of both ends, which stand one behind the other, else none."""
    if not fact["nature"].endswith("range"):
        return (value_of_fact(fact),)
    first = fact["fact_id"] - (not fact["qualifier"].startswith(RANGE_FROM))
    ends = facts_of(book, [first, first + 1])
    pair = [ends[id] for id in (first, first + 1) if id in ends]
    alike = {(end["filing_id"], end["nature"], end["metric"], end["unit"]) for end in pair}
    if len(pair) < 2 or len(alike) > 1 or not pair[0]["qualifier"].startswith(RANGE_FROM):
        return ()
    return tuple(value_of_fact(end) for end in pair)


def _is_about(fact: Mapping[str, Any], terms: Terms, claim: bool) -> bool:
    """Whether a figure is of the measure and of the mine or company that the question names, if it names any.

    A claimed change is found by its words alone: what changed may have no line of its own.
    """
    metrics = lexicon().metrics
    measures = {id for t in terms.of("measure") for id in t.ids}
    meant = measures | {metrics[id].guidance_of for id in measures if id in metrics}
    named = {id.partition(":")[2] for t in terms.of("entity") for id in t.ids}
    units = {unit for id in measures if id in metrics for unit in metrics[id].units}
    # A part ("what share of") and a count ("how many zones") are of the measure in a unit of their own. Else a figure
    # that is of no measure answers only where more is asked than a measure: "how much did X pay to settle".
    own = fact["unit"] == "%" or fact["unit"] not in all_units()
    counted = _COUNT.match(terms.text) is not None  # "how many shares": its unit is said
    unmeasured = own or counted or (bool(terms.unknown) and (not units or fact["unit"] in units))
    families = {id.partition("_")[0] for id in meant} if counted else set()  # tons of a resource, not its ounces
    known = fact["metric"] in meant or str(fact["metric"]).partition("_")[0] in families
    of_measure = claim or not measures or (known if fact["metric"] else unmeasured)
    asked, told = _CLASS.search(terms.text), _CLASS.search(fact["label"] or "")
    same_class = asked is None or told is None or asked.group(1).lower() == told.group(1).lower()
    # What a sale brought is the company's, though its sentence is about what was sold.
    of_sale = str(fact["metric"]).startswith("sale_") and known
    return of_measure and same_class and (not named or fact["entity"] in named or of_sale)


def reading_of(value: Value) -> str:
    """What a figure of text is taken as, in a line."""
    parts = (value.label, value.metal, value.entity, value.period, value.nature if value.nature != "actual" else "")
    return " · ".join(dict.fromkeys(p for p in parts if p))


def sentence_of(values: Sequence[Value]) -> str:
    """A figure of text, or both ends of a range, with its nature where it is no result."""
    nature = {
        "guidance": " (guidance)",
        "guidance range": " (guidance)",
        "comparison": " (a change, as the filing states it)",
        "aside": " (no result of a period)",
    }.get(values[0].nature, "")
    said = " ".join(f"{v.qualifier or ''} {say_value(v.value, v.unit, v.metal)}".strip() for v in values)
    return f"{said}{nature}.".capitalize()


def told_passages(question: str, book: Book, *, kind: str | None = None) -> Answer | None:
    """The answer by passages, None where none holds every word of the question."""
    from assistant.passages import find_passages  # noqa: PLC0415  (few questions need it)

    found = find_passages(book.store, question, kind=kind, limit=MOST_PASSAGES)
    if not found:
        return None
    passages = tuple(PassageQuote(f.text, _citations(f)) for f in found)
    return Answer(
        question=question,
        status="answered",
        reading="what the filing says",
        verdict=found[0].text,
        passages=passages,
    )


def _citations(found: FoundPassage) -> tuple[Citation, ...]:
    filing = found.filing
    return tuple(
        Citation(
            document=filing["document"],
            sha256=filing["sha256"],
            line=piece.line,
            line_end=piece.line_end,
            quote=piece.quote,
            column_start=piece.column_start,
            column_end=piece.column_end,
            company=filing["company"],
            title=filing["title"],
            released=filing["released"],
            exhibit=filing["exhibit"],
            accession=filing["accession"],
            form=filing["form"],
            filed=filing["filed"],
        )
        for piece in found.pieces
    )
