"""Which metric a sentence's figure is of: the phrase that stands nearest to it and is counted in its unit.

A figure that a noun of its own introduces ("included a gain of $5 million") belongs to that noun, however near another
metric stands; where the noun is unknown the figure has no metric, which is right, while a near one would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from db.parsing.prose_metrics import WORDS, Hit, SentenceMetric, sentence_metrics
from db.parsing.prose_periods import PeriodSpan
from db.prose.phrases import any_of
from db.prose.said import Said
from grammar.amounts import Amount
from grammar.prose_words import prose_data, words

_REACH = 170  # characters between a metric and its figure: about two lines of a release
_LABEL_REACH = 45
_RIGHT_WORDS = 4
_RIGHT = 60  # a metric behind its figure stands close: "$1.1 million positive cumulative effect"
_PER = re.compile(r"\s+per\s")
_CHANGE_IN = re.compile(
    r"\s*(?:increase|decrease|reduction|improvement|rise|decline|drop|gain|growth|change)s?\s+in\b", re.IGNORECASE
)
_INCLUDING = re.compile(r"\b(?:including|includes?|included|inclusive of|comprising|net of)\b")
_GOES_ON = re.compile(
    r",\s+(?:is|are|was|were|will|totaled|totalled|increased|decreased|rose|fell|declined|averaged|compared|up|down)\b"
)
_VERB = re.compile(r"(?:\s*\([^()]*\))?\s+(?:per\s+\w+\s+)?(?:is|was|were|averaged|totaled|totalled)\s*(?:a\s+|an\s+)?")
_PART_OPENS = re.compile(r"\W*(?:also\s+)?included\s+in\b.*\b(?:is|are|was|were)\b")
_ATTRIBUTED = re.compile(r"(?:\s*\([^()]*\))?\s+attributable\s+to\s+(?:[\w'’-]+\s*){1,5}")
_ABBREVIATED = re.compile(r"\s*\([^()]*\)\s*")
_BEFORE_TAX = re.compile(r"\b(?:loss|profit|earnings|income)\s+before\b(?!\s+(?:interest|depreciation))")
_PER_UNIT = re.compile(r"\bper\s+\w+(?:\s+of\s+\w+)?\s+$")
_PER_SOLD = re.compile(r"\s+per\s+\w+(?:\s+of\s+\w+)?(?:\s+(?:sold|produced))?\s*")
_NO_RESULT = re.compile(r"\s+(?:before|from|on|margins?|per|excluding)\b")  # "earnings FROM mine operations"
_BARE = frozenset(("earnings", "profit", "profits"))
_IN = re.compile(r"\s+in\s+(?:(?:total|net|gross|record)\s+)*")
_STOPS = re.compile(r"[,;:.)]")
_JOINS = re.compile(r"\b(?:in|on|at|of|and|or|to|with|for|from|than|by|as|versus|against)\b")
_ATTRIBUTE = re.compile(r"\s*(?:[a-z-]+\s+){0,2}")
_LEAVING_OUT = re.compile(r"\b(?:before|excluding)\b", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\b(?:before|excluding)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_POINTED = 160  # characters before a phrase: more than five words take
_POINTING = re.compile(r"\b(?:these|those|such|this)\s+(?:(?!\w*ed\b)[a-z]+\s+){0,4}$", re.IGNORECASE)
# "production at the X mine of FIGURE" is still production
_PLACED = re.compile(
    r"\s+(?:at|from)\s+(?:the\s+|our\s+)?(?:[A-Z][\w'’-]*\s*)+(?:[a-z]+\s+)?(?:mine|unit|operation|project)?\s*"
)
_POINTERS = frozenset(("these", "those", "such", "this"))
_WITHOUT = frozenset(("before", "excluding"))


def metric_of(
    said: Said, amount: Amount, hits: Sequence[Hit], periods: Sequence[PeriodSpan] = (), *, change: bool = False
) -> tuple[SentenceMetric, Hit] | None:
    """The metric of a figure and the phrase that names it; for a ``change`` the figure's own unit says nothing."""
    apart = _apart(said.low, amount)
    if apart is not None and not change:
        return apart, Hit(amount.start, amount.start, "", (apart,))
    nearest = _nearest(said, amount, hits, change=change)
    if nearest is None:
        return None
    hit = nearest[1]
    if not change and _said_of_another(said.low, amount, nearest, hits):
        return None
    if hit.end <= amount.start and not change and _of_another(said.text, amount, hit, hits, periods):
        return None
    if hit.end <= amount.start and not change and _is_part_told(said.low, amount, hit):
        return None
    return nearest


def _said_of_another(low: str, amount: Amount, found: tuple[SentenceMetric, Hit], hits: Sequence[Hit]) -> bool:
    """Whether the measure that stands right before the figure's verb is one that can't be counted as it is."""
    between = [hit for hit in hits if found[1].end <= hit.start and hit.end <= amount.start]
    return any(
        not any(_counted_in(metric, amount) for metric in hit.metrics)
        and not _PER_UNIT.search(low, 0, hit.start)
        and _VERB.fullmatch(low, hit.end, amount.span_start) is not None
        for hit in between
    )


def _nearest(said: Said, amount: Amount, hits: Sequence[Hit], *, change: bool) -> tuple[SentenceMetric, Hit] | None:
    """The metric that stands nearest to a figure and can be counted as it is; of two as near the later one."""
    any_unit = change and amount.unit in ("%", "x")
    behind = change and _CHANGE_IN.match(said.text, amount.span_end) is not None
    near: list[tuple[int, int, SentenceMetric, Hit]] = []
    for hit in hits:
        distance = _distance(said.text, amount, hit)
        if distance is None or (behind and hit.start < amount.end):
            continue
        metrics = [metric for metric in hit.metrics if any_unit or _counted_in(metric, amount)]
        if metrics and _PER.match(said.low, hit.end):
            metrics = [metric for metric in metrics if "USD" not in metric.units]  # "EBITDA per ton" is no EBITDA
        if metrics and hit.text in _BARE and _is_of_part(said, hit):
            continue
        if (
            metrics
            and not _is_object(said, hit)
            and not _pointed_at(said, hit)
            and not _modified(said.low, hit)
            and not _left_out(said, hit)
        ):
            near.append((distance, -hit.start, metrics[0], hit))
    if not near:
        return None
    metric, hit = min(near, key=lambda found: found[:2])[2:]
    return None if "/" in amount.unit and _nearer_rate(amount, hit, hits) else (metric, hit)


def _is_of_part(said: Said, hit: Hit) -> bool:
    """Whether "earnings" or "profit" alone is no net income: of operations, before taxes."""
    before = said.word_before(hit.start)
    if _BEFORE_TAX.search(said.low):
        return True
    return before in words("metric_names", "of_another") or _NO_RESULT.match(said.low, hit.end) is not None


def _nearer_rate(amount: Amount, found: Hit, hits: Sequence[Hit]) -> bool:
    """Whether another rate is named between a rate's phrase and its figure, which can't be counted as that is."""
    between = [hit for hit in hits if found.end <= hit.start and hit.end <= amount.start and hit.told]
    rates = [hit for hit in between if all("/" in unit for metric in hit.metrics for unit in metric.units)]
    return any(not any(_counted_in(metric, amount) for metric in hit.metrics) for hit in rates)


def _counted_in(metric: SentenceMetric, amount: Amount) -> bool:
    per = {"USD/oz": "USD", "oz/ton": "oz"}
    rates = any(per.get(unit) == amount.unit for unit in metric.units)
    # "$(2.15)" after a cost, "$9.80" after a price: the sentence leaves "per ounce" out.
    return in_dollars(amount.unit) in metric.units or (
        rates and amount.scale == 1 and abs(amount.value) < 10_000 and "USD" not in metric.units
    )


def in_dollars(unit: str) -> str:
    """A unit of another country's money as that of dollars: what counts a metric in either."""
    money, slash, per = unit.partition("/")
    return f"USD{slash}{per}" if money in currencies() else unit


@cache
def currencies() -> frozenset[str]:
    """The money that sentences count in."""
    return frozenset(prose_data()["currencies"].values())


def _is_part_told(low: str, amount: Amount, hit: Hit) -> bool:
    """Whether a sum is only what the measure includes: "income includes a $2 million gain", told before or after it."""
    if amount.unit.split("/")[0] not in currencies():
        return False
    between = low[hit.end : amount.start]
    if _PART_OPENS.match(low, 0, amount.start):
        return True
    included = [found.end() for found in _INCLUDING.finditer(between)]
    return bool(included) and _GOES_ON.search(between, included[-1]) is None


def _distance(text: str, amount: Amount, hit: Hit) -> int | None:
    reach = _REACH if hit.told else _LABEL_REACH
    if hit.end <= amount.start:
        gap = amount.start - hit.end
        return gap if gap <= reach else None
    if not hit.told:
        return None
    gap = hit.start - amount.span_end
    if not 0 <= gap <= _RIGHT:
        return None
    between = text[amount.span_end : hit.start]
    if _STOPS.search(between) or len(between.split()) > _RIGHT_WORDS:
        return None
    if _IN.fullmatch(between):
        return 0  # "$5 million IN revenue, $2 million in ..."
    attribute = _ATTRIBUTE.fullmatch(between) and not _JOINS.search(between)
    return 0 if attribute else 2 * gap + 20


def _modified(low: str, hit: Hit) -> bool:
    """Whether "pro forma net income" makes another measure of the plain one."""
    before = low[max(0, hit.start - 24) : hit.start].rstrip()
    return before.endswith(_modifiers()) or before in words("metric_names", "modifiers")


def _pointed_at(said: Said, hit: Hit) -> bool:
    """Whether "these costs of sales" points back at something else that was told before."""
    return said.has(_POINTERS) and _POINTING.search(said.text, max(0, hit.start - _POINTED), hit.start) is not None


def _is_object(said: Said, hit: Hit) -> bool:
    """Whether something else is told that is done to the measure: "contracts used to hedge revenues"."""
    if not said.has(words("metric_names", "object_of")):
        return False
    return _objects().search(said.low, max(0, hit.start - _POINTED), hit.start) is not None


@cache
def _objects() -> re.Pattern[str]:
    deeds = any_of(words("metric_names", "object_of")).pattern
    return re.compile(rf"{deeds}\s+(?:(?:its|our|the|their|future|expected|some|of)\s+)*$")


def _left_out(said: Said, hit: Hit) -> bool:
    """Whether a figure is told without the measure: "cash flow before exploration of $5 million"."""
    return said.has(_WITHOUT) and _LEFT_OUT.search(said.text, max(0, hit.start - _POINTED), hit.start) is not None


def _apart(low: str, amount: Amount) -> SentenceMetric | None:
    """The metric whose parts stand apart around the figure: "a gain of $5 million on the sale of investments"."""
    for metric in _parted():
        if amount.unit in metric.units and metric.apart[0] in low and _around(low, amount, metric.apart):
            return metric
    return None


def _around(lower: str, amount: Amount, parts: Sequence[str]) -> bool:
    """Whether every part stands in the text, one of them within a few words of the figure."""
    if not all(part in lower for part in parts):
        return False
    places = [[m.start() for m in re.finditer(rf"\b{re.escape(part)}\b", lower)] for part in parts]
    if not all(places):
        return False
    gaps = [min(abs(place - amount.start) for place in found) for found in places]
    leads = [amount.start - place for found in places for place in found if place < amount.start]
    return bool(leads) and min(leads) <= 45 and max(gaps) <= _REACH


@cache
def _parted() -> tuple[SentenceMetric, ...]:
    return tuple(metric for metric in sentence_metrics().values() if metric.apart)


@cache
def _modifiers() -> tuple[str, ...]:
    """The modifiers as they end a text that has more before them."""
    return tuple(f" {word}" for word in words("metric_names", "modifiers"))


def _of_another(text: str, amount: Amount, hit: Hit, hits: Sequence[Hit], periods: Sequence[PeriodSpan]) -> bool:
    """Whether "NOUN of FIGURE" gives the figure to a noun that is no part of the phrase found."""
    before = text[: amount.start].rstrip()
    for qualifier in ((amount.qualifier or ""), "a", "an", "negative"):
        if qualifier and before.lower().endswith(f" {qualifier}"):
            before = before[: -len(qualifier)].rstrip()
    if not before.lower().endswith(" of"):
        return False
    before = before[:-3].rstrip()
    nouns = [(m.start(), m.end(), m[0].lower()) for m in WORDS.finditer(before, hit.start)]
    clear = [noun for noun in nouns if not any(span.start <= noun[0] < span.end for span in periods)]
    last = next((noun for noun in reversed(clear) if noun[2] not in _period_words()), None)
    if last is None or last[1] <= hit.end:
        return False
    behind = text[hit.end : len(before)]
    if any(pattern.fullmatch(behind) for pattern in (_ATTRIBUTED, _ABBREVIATED, _PER_SOLD)):
        return False
    if _PLACED.fullmatch(text, hit.end, len(before)) or _LEAVING_OUT.search(text, hit.start, last[0]):
        return False
    return text[hit.end : last[0]].strip() != "" or any(
        other.start <= last[0] < other.end for other in hits if other != hit
    )


@cache
def _period_words() -> frozenset[str]:
    said = (
        "first second third fourth quarter year in the of for during same period last this per ounce ton share common"
        " guidance forecast budget target revised original previous"
    )
    return frozenset(said.split()) | frozenset(str(year) for year in range(1900, 2100)) | _levels()


def _levels() -> frozenset[str]:
    """Words that only say how high a figure is or what it holds: "a new record of", "consisting of"."""
    return words("metric_names", "levels")
