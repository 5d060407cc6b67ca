"""The time of a sentence's figure: told beside it, else its sentence's, its paragraph's or heading's, the filing's.

Where the words leave open which of two times is meant there is none: no period is better than a wrong one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from db.model import Nature
from db.parsing.prose_context import ProseContext
from db.parsing.prose_metrics import SentenceMetric
from db.parsing.prose_nature import Clause, is_change
from db.parsing.prose_periods import PeriodSpan
from db.parsing.prose_plans import Standing
from db.prose.said import Said
from grammar.amounts import Amount
from grammar.periods import Period, instant
from grammar.records import record

_PRESENT = re.compile(r"\b(?:is|are|has|have|holds?|owns?|remains?|contains?|currently|now)\b")
_PAST = re.compile(
    r"\b(?:was|were|had|did|would|could|if|when|ago|until|since|once|earlier|previously|average|resulting|adding)\b"
    r"|(?<!\bbeen )(?<!\bhas )(?<!\bhave )(?<!\bis )(?<!\bare )(?<!\bbe )\b"
    r"(?!(?:based|united|limited|called|named|located|situated|preferred)\b)[a-z]{3,}ed\b"
)
_TODAY = re.compile(r"^.*?\btoday\s+(?:reported|announced)\s+that\b")
TIME_UNITS = ("months", "years", "weeks", "days", "quarters", "hours")
_FELL_FROM = re.compile(
    r"\b(?:decline|decrease|reduction|drop|increase|rise|improvement|lower|higher|down|up)\b.*\b(?:from|than|over)\b"
)
_NEW_CLAUSE = re.compile(r"[,;]\s+(?:and|but|while|whereas)\s")
_OPENING = re.compile(r"\W*(?:(?:in|for|during|over|at|as of|on|through|throughout)\s+)?(?:the\s+)?(?:full\s+year\s+)?")
_AND_IN = re.compile(r"\b(?:and|but|while)\s+(?:(?:for|in|during|over)\s+)?(?:the\s+)?$")
_IS = re.compile(r",?\s*(?:it\s+)?(?:is|are|remains|was|were|totalled|totaled|averaged|of|at|:)\s*(?:a\s+|an\s+)?")
_IN = re.compile(r"\b(?:in|for|during|over|of|from|at|ended|the|this)\s+$|[(,–-]\s*$")
_OF = re.compile(r"(?:\s+[\w-]+){1,5}\s+(?:of|was|were|totaled|totalled)\s*")
_JOINED = re.compile(r"[\w\s/]{0,40}?,?\s*(?:or|and|at)\s+(?:[\w-]+\s+){0,8}")


@record
class Times:
    """The times that one sentence names, and what stands over it."""

    said: Said
    context: ProseContext
    standing: Standing
    amounts: Sequence[Amount] = ()
    periods: Sequence[PeriodSpan] = ()
    clauses: Sequence[Clause] = ()

    def own(self) -> Period | None:
        """The one span of time that the sentence names before the other side of a comparison."""
        spans = [s.period for s in self._unbracketed() if s.start < self._cut() and not s.prior]
        told = {period for period in spans if period and period.kind != "instant"}
        return told.pop() if len(told) == 1 else None

    def _unbracketed(self) -> Sequence[PeriodSpan]:
        """The spans that date more than the figures of the brackets that they stand in."""
        if "(" not in self.said.text:
            return self.periods
        filled = {_bracket(self.said.text, amount.start) for amount in self.amounts} - {None}
        return [s for s in self.periods if _bracket(self.said.text, s.start) not in filled]

    def _usual(self) -> Period | None:
        """The time of a figure beside which none stands: the sentence's, its paragraph's or heading's, the filing's."""
        return self.own() or self.standing.period or self.context.period

    def _cut(self) -> int:
        """Where the other side of a comparison or a plan begins."""
        return next((c.start for c in self.clauses if c.kind in ("against", "from", "plan")), len(self.said.text))

    def of(
        self, amount: Amount, clause: Clause, metric: SentenceMetric | None, nature: Nature
    ) -> tuple[Period | None, bool]:
        """The period of a figure, and whether the sentence told one that is not clear."""
        span = self._span(amount, clause, metric)
        if amount.unit in TIME_UNITS:
            return None, False
        if span is not None and self._either(span):
            return None, True
        if span is not None and metric is not None and metric.timeless and not _right_behind(amount, span):
            return None, False
        if span is not None and span.same and clause.kind not in ("against", "from") and metric:
            return self._fitting(self._usual(), metric, nature), False
        if span is not None and span.second is not None:
            return None, True  # which of the two, only "respectively" tells
        if span is not None:
            return self._fitting(span.period, metric, nature), span.vague
        if nature == "guidance":
            years = {
                s.period
                for s in self.periods
                if s.period and s.period.kind == "year" and s.period.end.year >= self._year()
                if not self._told_from(amount, s)
            }
            return (years.pop() if len(years) == 1 else self._planned_for()), False
        if metric is None and clause.kind == "main" and not self.periods and self._stands():
            return instant(self.context.told), False
        if metric is None or metric.timeless or clause.kind in ("against", "from"):
            return None, False
        return self._fitting(self._usual_of(amount), metric, nature), False

    def _usual_of(self, amount: Amount) -> Period | None:
        """What is usual for a figure; without the year that only another clause names."""
        spans = [s for s in self._unbracketed() if s.period is not None and s.end <= amount.start]
        if spans and self._of_other_clause(spans[-1], amount) and self._usual() == spans[-1].period:
            return self.standing.period or self.context.period
        return self._usual()

    def _either(self, span: PeriodSpan) -> bool:
        """Whether "last year" beside a quarter may mean its quarter or the whole of it."""
        usual, named = self._usual(), re.search(r"\d", self.said.text[span.start : span.end])
        if span.period is None or span.period.kind != "year" or usual is None or usual.kind == "year":
            return False
        if named:  # "(5,000 ounces in 2006)" beside a quarter of 2007
            return span.period.end.year < usual.end.year and _bracket(self.said.text, span.start) is not None
        return span.start > self._cut() and span.prior

    def _stands(self) -> bool:
        """Whether the sentence tells how things stand on the day that it is given out, and not what once was."""
        low = _TODAY.sub("", self.said.low)
        return _PRESENT.search(low) is not None and _PAST.search(low) is None and self.context.told != dt.date.max

    def _planned_for(self) -> Period | None:
        """The time that the heading of plans names."""
        period = self.standing.period
        return period if self.standing.plan and period and period.end.year >= self._year() else None

    def _year(self) -> int:
        return self.context.period.end.year if self.context.period else 0

    def _span(self, amount: Amount, clause: Clause, metric: SentenceMetric | None) -> PeriodSpan | None:
        told = self._bracketed(
            amount,
            [s for s in self.periods if metric is None or metric.instant or not s.period or s.period.kind != "instant"],
        )
        inside = [s for s in told if clause.start <= s.start < clause.end]
        if not inside and clause.kind == "to":
            inside = [s for s in told if s.start < self.clauses[0].end]
        following = [s for s in inside if s.start >= amount.end and not self._told_from(amount, s)]
        leading = [s for s in inside if s.end <= amount.start]
        crossed = any(
            other.start > amount.end
            and following
            and other.end < following[0].start
            and not _joined(self.said.text, amount, other)
            for other in self.amounts
        )
        if leading and _IS.fullmatch(self.said.low, leading[-1].end, amount.span_start):
            return leading[-1]
        if leading and following and _NEW_CLAUSE.search(self.said.low, amount.span_end, following[0].start):
            return leading[-1]
        if following and not (leading and (crossed or self._opens(following[0]))):
            return following[0]
        if leading and not is_change(self.said, amount) and self._parted(leading[-1], amount):
            return None
        if leading and self._of_other_clause(leading[-1], amount):
            return None
        return leading[-1] if leading else None

    def _bracketed(self, amount: Amount, spans: Sequence[PeriodSpan]) -> Sequence[PeriodSpan]:
        """The spans that may date a figure: one in brackets with figures of its own dates those, and no other."""
        if "(" not in self.said.text:
            return spans
        within = _bracket(self.said.text, amount.start)
        if within is not None and (own := [s for s in spans if _bracket(self.said.text, s.start) == within]):
            return own
        filled = {_bracket(self.said.text, other.start) for other in self.amounts} - {None, within}
        return [s for s in spans if _bracket(self.said.text, s.start) not in filled]

    def _told_from(self, amount: Amount, span: PeriodSpan) -> bool:
        """Whether a time behind a figure is that of what it declines or rises from: "to $5, a fall from 2015's $6"."""
        return _FELL_FROM.search(self.said.low, amount.span_end, span.start) is not None

    def _of_other_clause(self, span: PeriodSpan, amount: Amount) -> bool:
        """Whether a year within the clause before is not that of a figure: "opened in 2022, and costs were $5"."""
        year = span.period is not None and span.period.kind == "year" and self.context.period is not None
        if not year or _OPENING.fullmatch(self.said.low, 0, span.start) or span.period == self.context.period:
            return False
        return _NEW_CLAUSE.search(self.said.low, span.end, amount.start) is not None

    def _opens(self, span: PeriodSpan) -> bool:
        """Whether a period is told of the figure behind it: "and for the full year was FIGURE"."""
        following = next((other for other in self.amounts if other.start >= span.end), None)
        if following is None:
            return False
        if _AND_IN.search(self.said.low, 0, span.start):
            return _IS.fullmatch(self.said.low, span.end, following.span_start) is not None
        if _IN.search(self.said.low, 0, span.start):
            return False
        return _OF.fullmatch(self.said.low, span.end, following.span_start) is not None

    def _parted(self, span: PeriodSpan, amount: Amount) -> bool:
        """Whether another figure and a comma stand between a period and a figure: it is told of the other one."""
        between = [other for other in self.amounts if span.end <= other.start and other.end <= amount.start]
        if not between or _joined(self.said.text, between[-1], amount):
            return False
        return "," in self.said.text[between[-1].end : amount.start] and between[-1].unit != amount.unit

    def _fitting(self, period: Period | None, metric: SentenceMetric | None, nature: Nature) -> Period | None:
        """An instant where the metric is one."""
        if period is None or metric is None or not metric.instant or nature != "actual":
            return period
        return instant(period.end)


def _bracket(text: str, at: int) -> int | None:
    """Where the round brackets open that a place stands in; None where it stands in none."""
    opened = text.rfind("(", 0, at + 1)
    return opened if opened >= 0 and text.find(")", opened, at) < 0 else None


def _right_behind(amount: Amount, span: PeriodSpan) -> bool:
    """Whether a period stands beside the figure ("in 2006, to 5 million ounces") and not anywhere in the sentence."""
    return 0 <= span.start - amount.span_end < 70 or 0 <= amount.start - span.end < 8


def _joined(text: str, first: Amount, second: Amount) -> bool:
    """Whether two figures share what follows them: "$5 million, or 3 cents per share, for the quarter"."""
    return _JOINED.fullmatch(text, first.end, second.start) is not None
