"""The figures that sentences state, each with what the sentence and its surroundings say it is.

A release tells in prose what no table holds: guidance, settlements, dividends, resources, distances. What a sentence
leaves open stays open here: a metric, entity or period that is not clear is None, since a wrong one would be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import cache

from db.model import Cell, EntityKind, Fact, Nature, Paragraph
from db.parsing.prose_aside import is_aside, reaches_back
from db.parsing.prose_context import Mention, ProseContext
from db.parsing.prose_lists import listed, respective
from db.parsing.prose_marks import without_marks
from db.parsing.prose_metal import is_of_metal, metal_told
from db.parsing.prose_metrics import Hit, SentenceMetric, hits_in, sentence_metrics
from db.parsing.prose_money import in_money
from db.parsing.prose_nature import Clause, clauses_of, guidance_cues, is_change, is_done, planned_behind
from db.parsing.prose_nearest import currencies, in_dollars, metric_of
from db.parsing.prose_periods import PeriodSpan, periods_in
from db.parsing.prose_plans import Standing
from db.parsing.prose_ranges import Ends, end_said, with_ranges
from db.parsing.prose_times import TIME_UNITS, Times
from db.parsing.prose_who import Subject, subject_of
from db.prose.phrases import Span
from db.prose.said import Said
from db.prose.sentences import Sentence, sentences_of
from grammar.amounts import Amount, read_amounts
from grammar.periods import Period
from grammar.prose_words import prose_data
from grammar.records import record

__all__ = ["ProseContext", "read_prose"]

_MILLION = 1_000_000
_RANGES: dict[Nature, Nature] = {"actual": "range", "guidance": "guidance range"}
_TONS = ("ton", "tonne")
_PRODUCED = ("production", "equivalent_production", "sales_volume")
_EQUIVALENT = re.compile(r"\b(?:equivalents?|eqv?|geos?|seos?|aueq|ageq)\b")
_EQUIVALENT_BEHIND = 13  # characters: "ounces of gold EQUIVALENT"
_READ = ("heading", "paragraph", "bullet", "note")
_DIGIT = re.compile(r"\d")
_PARTS = ("third", "thirds", "half", "fold", "million")
_TIME_BEFORE = re.compile(r"\b(?:past|last|next|previous|prior|first)\s+$")
_GRADING = re.compile(r"\s+(?:of\s+\w+\s+)?(?:grading|averaging|assaying|at)\s+")
_AT_MINE = re.compile(r"\s+(?:at|from|of)\s+(?:the\s+|our\s+)?")
_EPS = re.compile(r"\s+(eps)\b")
_AND_SOLD = re.compile(r"\bproduced\s+and\s+sold\b[^;.]*$")  # one figure is both
_LOSS_OF = re.compile(r"\s+loss(?:es)?\s+(?:of|was|were)\b")
_CLAUSE_END = re.compile(r"[,;.](?:\s|$)")


def read_prose(paragraphs: Iterable[tuple[Paragraph, bool]], context: ProseContext) -> list[Fact]:
    """The facts of the running text in order, each paragraph with whether its figures are read; a heading that isn't
    still stands over what follows."""
    facts: list[Fact] = []
    heading, standing = "", Standing()
    for paragraph, read in paragraphs:
        standing = standing.over(paragraph, context)
        if read and paragraph.kind == "heading":
            # a headline tells of all that follows, not of one section
            heading, standing = paragraph.text, standing.headline(paragraph.text)
        if read and paragraph.kind in _READ:
            facts += _paragraph(paragraph, heading, standing, context)
        standing = standing.below(paragraph)
    return facts


def _paragraph(paragraph: Paragraph, heading: str, standing: Standing, context: ProseContext) -> Iterator[Fact]:
    subject, earlier = standing.subject, list[Fact]()
    for sentence in _told(paragraph):
        reading = _Reading.of(sentence, context, standing, earlier, subject)
        subject, standing = reading.subject, reading.standing_behind()
        for fact in reading.facts((heading,) if heading else ()):
            earlier.append(fact)
            yield fact


def _told(paragraph: Paragraph) -> list[Sentence]:
    """The sentences of a paragraph up to the last that may hold a figure; what follows it changes none."""
    sentences = sentences_of(paragraph) if _numbered(paragraph.text) else []
    while sentences and not _numbered(sentences[-1].text):
        sentences.pop()
    return sentences


@record
class _Reading:
    """One sentence with everything that was found in it."""

    sentence: Sentence
    said: Said
    context: ProseContext
    standing: Standing
    earlier: Sequence[Fact]
    before: Subject
    subject: Subject
    mentions: Sequence[Mention]
    cues: Sequence[Span]
    amounts: Sequence[Amount] = ()
    hits: Sequence[Hit] = ()
    periods: Sequence[PeriodSpan] = ()
    clauses: Sequence[Clause] = ()
    ends: Ends = field(default_factory=dict)

    @classmethod
    def of(
        cls, sentence: Sentence, context: ProseContext, standing: Standing, earlier: Sequence[Fact], before: Subject
    ) -> _Reading:
        """The sentence read; one without a figure only tells whom the next one is about."""
        said = Said(without_marks(sentence.text))
        mentions, cues = context.mentions(said), guidance_cues(said)
        subject = subject_of(said.text, mentions, before)
        heard = sentence, said, context, standing, earlier, before, subject, mentions, cues
        amounts = [amount for amount in read_amounts(said.text) if amount.unit] if _is_numbered(said) else []
        if not amounts:
            return cls(*heard)
        amounts, ends = with_ranges(said, amounts)
        clauses = clauses_of(said, amounts, cues, ends)
        return cls(*heard, amounts, hits_in(said.text), periods_in(said, context), clauses, ends)

    @property
    def times(self) -> Times:
        """When the figures of the sentence were."""
        return Times(self.said, self.context, self.standing, self.amounts, self.periods, self.clauses)

    def facts(self, headings: tuple[str, ...]) -> Iterator[Fact]:
        """A fact for each figure of the sentence, under the headings that stand over it."""
        if not self.amounts:
            return
        times, cells = self.times, self.sentence.cells
        read = [
            (amount, self._fact(amount, times, headings, cells))
            for amount in self.amounts
            if not _span_of_time(self.said.low, amount) and not self._scaled_elsewhere(amount)
        ]
        read = list(zip((amount for amount, _ in read), listed(self.said.text, read), strict=True))
        for (amount, _), fact in zip(read, respective(self.said, read, self.periods), strict=True):
            yield from self._ends_of(amount, fact)
            if fact.metric == "sales_volume" and _AND_SOLD.search(self.said.low, 0, amount.start):
                yield from self._ends_of(amount, replace(fact, metric="production"))

    def standing_behind(self) -> Standing:
        """What is in force over the next sentence of the paragraph: a plan goes on, and so does a period."""
        if self.cues:
            return self.standing if self.standing.going_on else replace(self.standing, going_on=True)
        told = self.times.own() if self.hits else None
        return replace(self.standing, period=told) if told and told != self.standing.period else self.standing

    def _ends_of(self, amount: Amount, fact: Fact) -> Iterator[Fact]:
        """The fact; of a range one for each end, which is no result."""
        if amount.start not in self.ends:
            yield fact
            return
        nature = _RANGES.get(fact.nature, fact.nature)
        for end, said in zip(self.ends[amount.start], ("from", "to"), strict=True):
            value = end.value if fact.value == amount.value else -end.value
            cell = self.sentence.cells_of(end.start, end.end)[0]
            yield replace(fact, cell=cell, value=value, qualifier=end_said(end.qualifier, said), nature=nature)

    def _scaled_elsewhere(self, amount: Amount) -> bool:
        """Whether "$67" may be millions: reports in millions write their text as they print their tables."""
        return (
            self.context.scale >= _MILLION
            and amount.unit in currencies()
            and amount.scale == 1
            and abs(amount.value) < _MILLION
        )

    def _fact(self, amount: Amount, times: Times, headings: tuple[str, ...], cells: tuple[Cell, ...]) -> Fact:
        clause = next(c for c in reversed(self.clauses) if c.start <= amount.start)
        change = is_change(self.said, amount)
        metric, hit = self._metric(amount, change=change)
        nature = self._nature(amount, clause, metric, change=change)
        entity, kind = self._entity(amount, metric, hit)
        metal = metal_told(times, amount, metric, hit, entity)
        if metric and metric.id.endswith("price") and metal is None and "/" not in amount.unit:
            metric, hit = None, None  # "a share at a price of $2.35"
        period, vague = times.of(amount, clause, metric, nature)
        if metric and nature == "actual" and clause.kind in ("against", "from") and (vague or period is None):
            nature, period = "comparison", None
        if metric and nature == "actual":
            nature = self._doubted(amount, metric, hit, period, vague=vague)
        value, unit = self._value(amount, metric, hit, change=change)
        return Fact(
            self.sentence.cells_of(amount.start, amount.end)[0],
            value,
            unit,
            self._label(amount, hit),
            (),  # no places of a label
            (),  # nor of a column's heading
            headings,
            "",  # no column
            None,  # of no table
            "",
            0,
            0,
            "text",
            nature,
            None,  # the statement
            metric.id if metric else None,
            metal,
            entity,
            kind,
            None,  # the basis
            period,
            amount.qualifier,
            False,
            amount.scale,
            (),
            self.sentence.text,
            cells,
        )

    def _metric(self, amount: Amount, *, change: bool) -> tuple[SentenceMetric | None, Hit | None]:
        if amount.unit in currencies() and (eps := _EPS.match(self.said.low, amount.span_end)):
            metric = sentence_metrics()["eps"]
            return metric, Hit(eps.start(1), eps.end(1), eps[1], (metric,))
        found = metric_of(self.said, amount, self.hits, self.periods, change=change)
        if found is None:
            return None, None
        metric, hit = found
        produced = self._produced(metric, amount) if metric.id in _PRODUCED else metric
        of_ore = produced is not None and produced.of_metal and amount.unit in _TONS and not amount.metal
        if produced is None or (of_ore and not is_of_metal(self.said, amount, hit)):
            return None, None  # tons of ore, not of a metal
        metric = produced
        per = self.said.low[amount.start : amount.span_end]
        if metric.id == "eps" and "diluted" in per and "basic" not in per:
            return replace(metric, id="eps_diluted"), hit
        if metric.inherits:
            return self._inherited(metric, hit)
        adjusted = prose_data()["adjusted"].get(metric.id)
        if adjusted and any(
            cue.end <= amount.start and self._leaves_out(cue) for cue in self.said.spans("adjusted", "cues")
        ):
            return replace(metric, id=adjusted), hit
        return metric, hit

    def _opens_leaving_out(self) -> bool:
        """Whether all of a sentence is told without something: "Excluding ..."."""
        opening = next(iter(self.said.spans("adjusted", "cues")), None)
        return opening is not None and not self.said.low[: opening.start].strip(" -•") and self._leaves_out(opening)

    def _leaves_out(self, cue: Span) -> bool:
        """Whether a cue is of the whole sentence, as "adjusted for" is; "adjusted EBITDA" says nothing of others."""
        return cue.text != "adjusted" or self.said.low.startswith((" for ", " to "), cue.end)

    def _produced(self, metric: SentenceMetric, amount: Amount) -> SentenceMetric | None:
        """Ounces that several metals are counted in are another measure than ounces of the metal itself."""
        counted = self.said.low[amount.end : amount.span_end + _EQUIVALENT_BEHIND].split(",", maxsplit=1)[0]
        if _EQUIVALENT.search(counted):
            return None if metric.id == "sales_volume" else sentence_metrics()["equivalent_production"]
        if metric.id == "equivalent_production" and amount.metal:
            return sentence_metrics()["production"]
        return metric

    def _inherited(self, metric: SentenceMetric, hit: Hit) -> tuple[SentenceMetric | None, Hit | None]:
        """ "Costs" of which a sentence before said which ones."""
        said = [fact.metric for fact in self.earlier if fact.metric in metric.inherits]
        return (replace(metric, id=said[-1], inherits=frozenset()), hit) if said else (None, None)

    def _nature(self, amount: Amount, clause: Clause, metric: SentenceMetric | None, *, change: bool) -> Nature:
        """What is said of the figure itself; below a heading of plans only what was done in a time that is over was."""
        if clause.nature == "guidance" or planned_behind(self.said, amount):
            return "guidance"
        done = is_done(self.said)
        over = any(s.period is not None and s.period.end <= self.context.told for s in self.periods)
        if self.standing.plan and not (done and over):
            return "guidance"
        if self.standing.going_on and metric and not (done or over or change):
            return "guidance"
        return "comparison" if change else "actual"

    def _doubted(
        self, amount: Amount, metric: SentenceMetric, hit: Hit | None, period: Period | None, *, vague: bool
    ) -> Nature:
        """ "actual" unless the time is still to come or the figure is the result of no period of the company."""
        if period is not None and period.end > self.context.told:
            return "guidance"
        if (
            self._opens_leaving_out()
            and metric.id not in prose_data()["adjusted"].values()
            and "adjusted" not in metric.id
        ):
            return "aside"  # "Excluding royalties, costs were $5"
        if hit is not None and is_aside(self.said, amount, metric, hit, self.context):
            return "aside"
        flows = not (metric.instant or metric.timeless)
        if flows and (vague or reaches_back(self.said, self.periods)):
            return "aside"
        return "actual"

    def _entity(
        self, amount: Amount, metric: SentenceMetric | None, hit: Hit | None
    ) -> tuple[str | None, EntityKind | None]:
        there = self._placed_at(hit) if metric is not None and metric.company and hit is not None else None
        if there is not None:
            return there.entity, there.kind
        placed = metric is not None and metric.placed and any(m.kind != "company" for m in self.mentions)
        if metric is not None and metric.company and not placed and self.context.company:
            return self.context.company, "company"
        if (
            metric is not None
            and metric.id == "ownership_interest"
            and self.before.entity
            and not self._place_before(amount)
        ):
            return self.before.entity, self.before.kind
        if metric is not None and metric.timeless and not self.mentions and self.before.entity is None:
            return None, None
        named = self._graded(amount) or amount
        return self.before.of_figure(self.said.text, named, self.mentions, self.context.company)

    def _graded(self, amount: Amount) -> Amount | None:
        """The grade that tons have: where that was found, they were."""
        behind = next((other for other in self.amounts if other.start >= amount.span_end), None)
        if behind is None or amount.unit not in _TONS or "/" not in behind.unit:
            return None
        return behind if _GRADING.fullmatch(self.said.text, amount.span_end, behind.span_start) else None

    def _placed_at(self, hit: Hit) -> Mention | None:
        """The mine whose the company's measure is here: "sales at the X mine"."""
        others = (m for m in self.mentions if m.kind != "company" and m.start >= hit.end)
        return next((m for m in others if _AT_MINE.fullmatch(self.said.text, hit.end, m.start)), None)

    def _place_before(self, amount: Amount) -> bool:
        return any(m.kind != "company" and m.end <= amount.start for m in self.mentions)

    def _value(
        self, amount: Amount, metric: SentenceMetric | None, hit: Hit | None, *, change: bool
    ) -> tuple[Decimal, str]:
        """The value, below zero where its phrase names only a loss, and the unit, a rate that the sentence leaves open
        by the measure's own."""
        unit = amount.unit
        if metric and not change and in_dollars(unit) not in metric.units:
            rates = ["USD/oz", "USD/share"] if unit == "USD" else sorted(metric.units, reverse=True)
            unit = next((rate for rate in rates if rate in metric.units and rate.startswith(f"{unit}/")), unit)
        text = hit.text if hit else ""
        if hit and "loss" not in text and _LOSS_OF.match(self.said.low, hit.end):
            text = "loss"
        lost = "loss" in text and "(loss)" not in text and amount.value > 0 and unit.split("/")[0] in currencies()
        return (-amount.value if lost else amount.value), in_money(
            unit, amount, self.sentence.text, self.context.dollar
        )

    def _label(self, amount: Amount, hit: Hit | None) -> str:
        """The metric's phrase; else the words that follow the figure as far as its clause goes."""
        if hit and hit.text:
            return self.sentence.text[hit.start : hit.end]
        text = self.sentence.text[amount.end :]
        return _CLAUSE_END.split(text, maxsplit=1)[0].strip()[:80] or self.sentence.text[:80]


def _numbered(text: str) -> bool:
    """Whether a text may hold a figure, in digits or in words."""
    return _DIGIT.search(text) is not None or Said(text).has(_number_words())


def _is_numbered(said: Said) -> bool:
    return _DIGIT.search(said.text) is not None or said.has(_number_words())


@cache
def _number_words() -> frozenset[str]:
    numerals = prose_data()["numerals"]
    return frozenset((*numerals["small"], *numerals["tens"], *numerals["multiples"], *_PARTS))


def _span_of_time(low: str, amount: Amount) -> bool:
    """Whether months or years only say when: "the past 18 months", "a year ago"."""
    if amount.unit not in TIME_UNITS:
        return False
    before = low[max(0, amount.span_start - 14) : amount.span_start]
    after = low[amount.span_end : amount.span_end + 9].strip()
    return bool(_TIME_BEFORE.search(before)) or after.startswith(("ago", "earlier"))
