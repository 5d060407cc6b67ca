"""The figures that sentences state, each with what the sentence and its surroundings say it is.

A release tells in prose what no table holds: guidance, settlements, dividends, resources, distances. What a sentence
leaves open stays open here: a metric, entity or period that is not clear is None, since a wrong one would be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from db.model import EntityKind, Fact, Nature, Paragraph
from db.parsing.prose_context import Mention, ProseContext
from db.parsing.prose_lists import respective
from db.parsing.prose_metrics import Hit, SentenceMetric, hits_in, metric_of
from db.parsing.prose_nature import Clause, clauses_of, is_change, planned_behind
from db.parsing.prose_periods import PeriodSpan, periods_in
from db.parsing.prose_who import Subject, subject_of
from db.prose.phrases import any_of, lowered, pattern, spans_of
from db.prose.sentences import Sentence, sentences_of
from grammar.amounts import Amount, read_amounts
from grammar.periods import Period, instant
from grammar.prose_words import prose_data
from grammar.records import record

__all__ = ["ProseContext", "read_prose"]

_MILLION = 1_000_000
_TIME = ("months", "years", "weeks", "days", "quarters", "hours")
_READ = ("heading", "paragraph", "bullet", "note")
_DIGIT = re.compile(r"\d")
_PARTS = ("third", "thirds", "half", "fold", "million")
_TIME_BEFORE = re.compile(r"\b(?:past|last|next|previous|prior|first)\s+$")
_JOINED = re.compile(r"[\w\s/]{0,40}?,?\s*(?:or|and|at)\s+(?:[\w-]+\s+){0,8}")
_MINE_NOUN = re.compile(r"[/\s]*(?:[\w/]+[/\s]+)?(?:mine|mines|producer|property|project|deposit)\b")
_CLAUSE_END = re.compile(r"[,;.](?:\s|$)")


def read_prose(paragraphs: Iterable[Paragraph], context: ProseContext) -> list[Fact]:
    """The facts of the running text in order; headings, captions and furniture state none."""
    facts: list[Fact] = []
    heading = ""
    for paragraph in paragraphs:
        if paragraph.kind == "heading":
            heading = paragraph.text
        if paragraph.kind in _READ:
            facts += _paragraph(paragraph, heading, context)
    return facts


def _paragraph(paragraph: Paragraph, heading: str, context: ProseContext) -> Iterator[Fact]:
    subject, earlier = Subject(), list[Fact]()
    for sentence in sentences_of(paragraph):
        reading = _Reading.of(sentence, context, earlier, subject)
        subject = reading.subject
        for fact in reading.facts():
            named = replace(fact, heading_path=(heading,) if heading else ())
            earlier.append(named)
            yield named


@record
class _Reading:
    """One sentence with everything that was found in it."""

    sentence: Sentence
    context: ProseContext
    earlier: Sequence[Fact]
    before: Subject
    subject: Subject
    mentions: Sequence[Mention]
    amounts: Sequence[Amount] = ()
    hits: Sequence[Hit] = ()
    periods: Sequence[PeriodSpan] = ()
    clauses: Sequence[Clause] = ()

    @classmethod
    def of(cls, sentence: Sentence, context: ProseContext, earlier: Sequence[Fact], before: Subject) -> _Reading:
        """The sentence read; one without a figure only tells whom the next one is about."""
        text = sentence.text
        mentions = context.mentions(text)
        subject = subject_of(text, mentions, before)
        amounts = [amount for amount in read_amounts(text) if amount.unit] if _numbered(text) else []
        if not amounts:
            return cls(sentence, context, earlier, before, subject, mentions)
        found = hits_in(text), periods_in(text, context), clauses_of(text, amounts)
        return cls(sentence, context, earlier, before, subject, mentions, amounts, *found)

    def facts(self) -> Iterator[Fact]:
        """A fact for each figure of the sentence."""
        read = [
            self._fact(amount)
            for amount in self.amounts
            if not _span_of_time(self.sentence.text, amount) and not self._scaled_elsewhere(amount)
        ]
        yield from respective(self.sentence.text, read, self.periods)

    def _scaled_elsewhere(self, amount: Amount) -> bool:
        """Whether "$67" may be millions: reports in millions write their text as they print their tables."""
        return (
            self.context.scale >= _MILLION
            and amount.unit == "USD"
            and amount.scale == 1
            and abs(amount.value) < _MILLION
        )

    def _fact(self, amount: Amount) -> tuple[Amount, Fact]:
        clause = next(c for c in reversed(self.clauses) if c.start <= amount.start)
        change = is_change(self.sentence.text, amount)
        metric, hit = self._metric(amount, change=change)
        nature = self._nature(amount, clause, change=change)
        entity, kind = self._entity(amount, metric)
        metal = self._metal(amount, metric, hit, entity)
        period, vague = self._period(amount, clause, metric, nature)
        if metric and nature == "actual" and clause.kind in ("against", "from") and (vague or period is None):
            nature, period = "comparison", None
        value, unit = self._value(amount, metric, hit, change=change)
        cells = self.sentence.cells_of(amount.start, amount.end)
        return amount, Fact(
            cell=cells[0],
            value=value,
            unit=unit,
            label=self._label(amount, hit),
            source="text",
            nature=nature,
            metric=metric.id if metric else None,
            metal=metal,
            entity=entity,
            entity_kind=kind,
            period=period,
            qualifier=amount.qualifier,
            scale=amount.scale,
            sentence=self.sentence.text,
            sentence_cells=self.sentence.cells,
        )

    def _metric(self, amount: Amount, *, change: bool) -> tuple[SentenceMetric | None, Hit | None]:
        found = metric_of(self.sentence.text, amount, self.hits, change=change)
        if found is None:
            return None, None
        metric, hit = found
        if metric.id == "eps" and "diluted" in self.sentence.text[amount.start : amount.span_end].lower():
            return replace(metric, id="eps_diluted"), hit
        if metric.inherits:
            return self._inherited(metric, hit, change=change)
        adjusted = prose_data()["adjusted"]
        if metric.id in adjusted or metric.id == "eps":
            cue = pattern("adjusted", "cues").search(lowered(self.sentence.text), 0, amount.start)
            if cue and adjusted.get(metric.id):
                return replace(metric, id=adjusted[metric.id]), hit
        return metric, hit

    def _inherited(self, metric: SentenceMetric, hit: Hit, *, change: bool) -> tuple[SentenceMetric | None, Hit | None]:
        """ "Costs" of which a sentence before said which ones."""
        said = [fact.metric for fact in self.earlier if fact.metric in metric.inherits]
        return (replace(metric, id=said[-1], inherits=frozenset()), hit) if said else (None, None)

    def _nature(self, amount: Amount, clause: Clause, *, change: bool) -> Nature:
        if clause.nature == "guidance" or planned_behind(self.sentence.text, amount):
            return "guidance"
        return "comparison" if change else "actual"

    def _entity(self, amount: Amount, metric: SentenceMetric | None) -> tuple[str | None, EntityKind | None]:
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
        return self.before.of_figure(self.sentence.text, amount, self.mentions, self.context.company)

    def _place_before(self, amount: Amount) -> bool:
        return any(m.kind != "company" and m.end <= amount.start for m in self.mentions)

    def _metal(self, amount: Amount, metric: SentenceMetric | None, hit: Hit | None, entity: str | None) -> str | None:
        if amount.metal:
            return amount.metal
        if metric is None or not (metric.mined or metric.id.endswith("price")):
            return None
        return self._metal_said(amount, hit) or (self.context.metal_of(entity) if metric.mined else None)

    def _metal_said(self, amount: Amount, hit: Hit | None) -> str | None:
        """The metal nearest to the metric's phrase, else the nearest before the figure, of the sentence."""
        metals = spans_of("rates", "metals", self.sentence.text)
        if not metals:
            return None
        anchor = hit if hit and hit.text else None
        if anchor:
            beside = [
                m
                for m in metals
                if -12 <= m.start - anchor.end <= 12
                or 0 <= anchor.start - m.end <= 8
                or anchor.start <= m.start < anchor.end
            ]
            kinds = {m.text for m in beside if not _mine_noun(self.sentence.text, m.end)}
            if len(kinds) == 1:
                return kinds.pop()
        counted = {other.metal for other in self.amounts if other.metal}
        if len(counted) == 1:
            return counted.pop()
        if amount.unit.startswith("USD") and not (hit and "price" in hit.text):
            return None
        before = [
            m
            for m in metals
            if m.end <= amount.start and amount.start - m.end < 90 and not _mine_noun(self.sentence.text, m.end)
        ]
        return before[-1].text if before else None

    def _period(
        self, amount: Amount, clause: Clause, metric: SentenceMetric | None, nature: Nature
    ) -> tuple[Period | None, bool]:
        """The period of a figure, and whether the sentence told one that is not clear."""
        span = self._period_span(amount, clause, metric)
        if amount.unit in _TIME:
            return None, False
        if span is not None and metric is not None and metric.timeless and not _right_behind(amount, span):
            return None, False
        if span is not None and span.second is not None:
            return None, True  # which of the two, only "respectively" tells
        if span is not None:
            return self._fitting(span.period, metric, nature), span.vague
        if nature == "guidance":
            years = {
                s.period
                for s in self.periods
                if s.period and s.period.kind == "year" and s.period.end.year >= self._year()
            }
            return (years.pop() if len(years) == 1 else None), False
        if metric is None or metric.timeless or clause.kind in ("against", "from"):
            return None, False
        return self._fitting(self.context.period, metric, nature), False

    def _year(self) -> int:
        return self.context.period.end.year if self.context.period else 0

    def _period_span(self, amount: Amount, clause: Clause, metric: SentenceMetric | None) -> PeriodSpan | None:
        told = [
            s for s in self.periods if metric is None or metric.instant or not s.period or s.period.kind != "instant"
        ]
        inside = [s for s in told if clause.start <= s.start < clause.end]
        if not inside and clause.kind == "to":
            inside = [s for s in told if s.start < self.clauses[0].end]
        following = [s for s in inside if s.start >= amount.end]
        leading = [s for s in inside if s.end <= amount.start]
        crossed = any(
            other.start > amount.end
            and following
            and other.end < following[0].start
            and not _joined(self.sentence.text, amount, other)
            for other in self.amounts
        )
        if following and not (crossed and leading):
            return following[0]
        if leading and not is_change(self.sentence.text, amount) and self._parted(leading[-1], amount):
            return None
        return leading[-1] if leading else None

    def _parted(self, span: PeriodSpan, amount: Amount) -> bool:
        """Whether another figure and a comma stand between a period and a figure: it is told of the other one."""
        between = [other for other in self.amounts if span.end <= other.start and other.end <= amount.start]
        if not between or _joined(self.sentence.text, between[-1], amount):
            return False
        return "," in self.sentence.text[between[-1].end : amount.start] and between[-1].unit != amount.unit

    def _fitting(self, period: Period | None, metric: SentenceMetric | None, nature: Nature) -> Period | None:
        """An instant where the metric is one."""
        if period is None or metric is None or not metric.instant or nature != "actual":
            return period
        return instant(period.end)

    def _value(
        self, amount: Amount, metric: SentenceMetric | None, hit: Hit | None, *, change: bool
    ) -> tuple[Decimal, str]:
        unit = amount.unit
        if metric and not change and unit not in metric.units and len(metric.units) >= 1:
            unit = (
                next((u for u in sorted(metric.units, reverse=True) if u.startswith(f"{unit}/")), unit)
                if unit != "USD"
                else ("USD/oz" if "USD/oz" in metric.units else unit)
            )
        lost = (
            hit is not None
            and any(word in hit.text for word in ("loss",))
            and amount.value > 0
            and unit.startswith("USD")
        )
        return (-amount.value if lost and "(loss)" not in (hit.text if hit else "") else amount.value), unit

    def _label(self, amount: Amount, hit: Hit | None) -> str:
        """The metric's phrase; else the words that follow the figure as far as its clause goes."""
        if hit and hit.text:
            return self.sentence.text[hit.start : hit.end]
        text = self.sentence.text[amount.end :]
        return _CLAUSE_END.split(text, maxsplit=1)[0].strip()[:80] or self.sentence.text[:80]


def _numbered(text: str) -> bool:
    """Whether a sentence may hold a figure, in digits or in words."""
    return _DIGIT.search(text) is not None or _number_words().search(lowered(text)) is not None


@cache
def _number_words() -> re.Pattern[str]:
    numerals = prose_data()["numerals"]
    return any_of((*numerals["small"], *numerals["tens"], *numerals["multiples"], *_PARTS), hyphens=True)


def _right_behind(amount: Amount, span: PeriodSpan) -> bool:
    """Whether a period stands beside the figure ("in 2006, to 5 million ounces") and not anywhere in the sentence."""
    return 0 <= span.start - amount.span_end < 70 or 0 <= amount.start - span.end < 8


def _mine_noun(text: str, end: int) -> bool:
    """Whether "silver mine", "gold segment", "silver/zinc mine" follows: the metal says what mine, not what figure."""
    return _MINE_NOUN.match(text, end, end + 30) is not None


def _joined(text: str, first: Amount, second: Amount) -> bool:
    """Whether two figures share what follows them: "$5 million, or 3 cents per share, for the quarter"."""
    return _JOINED.fullmatch(text, first.end, second.start) is not None


def _span_of_time(text: str, amount: Amount) -> bool:
    """Whether months or years only say when: "the past 18 months", "a year ago"."""
    if amount.unit not in _TIME:
        return False
    before = text[max(0, amount.span_start - 14) : amount.span_start].lower()
    after = text[amount.span_end : amount.span_end + 9].lower().strip()
    return bool(_TIME_BEFORE.search(before)) or after.startswith(("ago", "earlier"))
