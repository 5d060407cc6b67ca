"""Which metric a sentence's figure is of: the phrase that stands nearest to it and is counted in its unit.

A figure that a noun of its own introduces ("included a gain of $5 million") belongs to that noun, however near another
metric stands; where the noun is unknown the figure has no metric, which is right, while a near one would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from db.prose.phrases import lowered
from grammar.amounts import Amount
from grammar.errors import LexiconError
from grammar.lexicon import lexicon
from grammar.prose_words import prose_data, words
from grammar.records import record

_REACH = 170  # characters between a metric and its figure: about two lines of a release
_LABEL_REACH = 45
_RIGHT_WORDS = 4
_RIGHT = 60  # a metric behind its figure stands close: "$1.1 million positive cumulative effect"
_CHANGE_IN = re.compile(
    r"\s*(?:increase|decrease|reduction|improvement|rise|decline|drop|gain|growth|change)s?\s+in\b", re.IGNORECASE
)
_FLAGS = ("company", "mined", "of_metal", "instant", "placed", "timeless")
_STOPS = re.compile(r"[,;:.]")
_JOINS = re.compile(r"\b(?:in|on|at|of|and|or|to)\b")
_ATTRIBUTE = re.compile(r"\s*(?:[a-z-]+\s+){0,2}")
_LEAVING_OUT = re.compile(r"\b(?:before|excluding)\b", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\b(?:before|excluding)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_POINTED = 160  # characters before a phrase: more than five words take
_POINTING = re.compile(r"\b(?:these|those|such|this)\s+(?:(?!\w*ed\b)[a-z]+\s+){0,4}$", re.IGNORECASE)
# "production at the X mine of FIGURE" is still production
_PLACED = re.compile(
    r"\s+(?:at|from)\s+(?:the\s+|our\s+)?(?:[A-Z][\w'’-]*\s*)+(?:[a-z]+\s+)?(?:mine|unit|operation|project)?\s*"
)
_WORDS = re.compile(r"[\w'’/]+(?:-[\w'’/]+)*")


@record
class SentenceMetric:
    """A metric as sentences name it (``[[metric]]`` of prose.toml).

    ``company``: only the company has one; ``mined``: told of mines and metals; ``of_metal``: counts a metal, never ore;
    ``instant``: of a day; ``placed``: a mine's where the sentence names one; ``timeless``: of no period unless one is
    told; ``inherits``: which metrics a vague word may stand for, once a sentence before has named one; ``apart``: words
    that stand around the figure.
    """

    id: str
    units: frozenset[str]
    company: bool = False
    mined: bool = False
    of_metal: bool = False
    instant: bool = False
    placed: bool = False
    timeless: bool = False
    apart: tuple[str, ...] = ()
    inherits: frozenset[str] = frozenset()


@record
class Hit:
    """A phrase of a sentence that names metrics, and where it stands."""

    start: int
    end: int
    text: str
    metrics: tuple[SentenceMetric, ...]
    told: bool = True


@cache
def sentence_metrics() -> dict[str, SentenceMetric]:
    """The metrics that sentences name, by id."""
    found: dict[str, SentenceMetric] = {}
    for block in prose_data()["metric"]:
        if block["id"] in found:
            raise LexiconError(f"prose.toml: the metric {block['id']!r} has two blocks; make them one")
        flags = {key: bool(block.get(key)) for key in _FLAGS}
        units, apart = frozenset(block["units"]), tuple(block.get("apart", ()))
        found[block["id"]] = SentenceMetric(
            block["id"], units, apart=apart, inherits=frozenset(block.get("inherits", ())), **flags
        )
    return found


@cache
def _owners() -> dict[str, tuple[SentenceMetric, ...]]:
    """Who may be meant by a phrase. Phrases of the lexicon with one owner and several words count here too."""
    owners: dict[str, list[SentenceMetric]] = {}
    for block in prose_data()["metric"]:
        for phrase in block["says"]:
            owners.setdefault(phrase, []).append(sentence_metrics()[block["id"]])
    metrics = lexicon().metrics
    for metric in metrics.values():
        id = metric.guidance_of or metric.id  # the sentence's own words tell whether a figure is a plan
        told = sentence_metrics().get(id) or SentenceMetric(
            id,
            frozenset(metric.units),
            company=metric.units == ("USD",) and not metric.by_metal,
            instant=metric.kind == "instant",
        )
        for phrase in metric.phrases:
            if " " in phrase and told not in owners.get(phrase.lower(), ()):
                owners.setdefault(phrase.lower(), []).append(told)
    return {phrase: tuple(metrics) for phrase, metrics in owners.items()}


@cache
def _phrases() -> tuple[dict[str, str], dict[str, list[int]]]:
    """The phrases by their words, and by a first word how many words they have, the longest first.

    A pattern of all of them takes a millisecond a sentence.
    """
    by_words: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for phrase in _owners():
        said = _WORDS.findall(phrase)
        if said:
            by_words.setdefault(" ".join(said), phrase)
            lengths.setdefault(said[0], set()).add(len(said))
    return by_words, {first: sorted(counts, reverse=True) for first, counts in lengths.items()}


@cache
def _told() -> frozenset[str]:
    """The phrases that sentences use; those of the lexicon alone are labels of statements, and must stand close."""
    known = sentence_metrics()
    return frozenset(phrase for phrase, owners in _owners().items() if any(owner.id in known for owner in owners))


def hits_in(text: str) -> list[Hit]:
    """The metric phrases of a sentence, left to right, the longest where several begin at one place."""
    owners, (phrases, firsts) = _owners(), _phrases()
    row = list(_WORDS.finditer(lowered(text)))
    low = [match[0] for match in row]
    found, free = list[Hit](), 0
    for at, word in enumerate(low):
        lengths = firsts.get(word) if at >= free else None
        if lengths is None:
            continue
        heard = ((phrases.get(" ".join(low[at : at + n])), n) for n in lengths if at + n <= len(low))
        phrase, length = next((found for found in heard if found[0]), ("", 1))
        free = at + length
        behind = low[free] if free < len(low) else ""
        if phrase and behind not in words("metric_names", "attribute_of"):
            found.append(Hit(row[at].start(), row[free - 1].end(), phrase, owners[phrase], phrase in _told()))
    return found


def metric_of(
    text: str, amount: Amount, hits: Sequence[Hit], *, change: bool = False
) -> tuple[SentenceMetric, Hit] | None:
    """The metric of a figure and the phrase that names it; for a ``change`` the figure's own unit says nothing."""
    apart = _apart(text, amount)
    if apart is not None and not change:
        return apart, Hit(amount.start, amount.start, "", (apart,))
    near = [
        (distance, hit.start, metric, hit)
        for hit in hits
        for metric in hit.metrics
        if (change and amount.unit in ("%", "x")) or _counted_in(metric, amount)
        if (distance := _distance(text, amount, hit)) is not None
    ]
    near = [found for found in near if not _pointed_at(text, found[3]) and not _modified(text, found[3])]
    near = [found for found in near if not _left_out(text, found[3])]
    if change and _CHANGE_IN.match(text, amount.span_end):
        near = [found for found in near if found[3].start >= amount.end]
    if not near:
        return None
    _, _, metric, hit = min(near, key=lambda found: (found[0], -found[1]))
    if hit.end <= amount.start and not change and _of_another(text, amount, hit, hits):
        return None
    return metric, hit


def _counted_in(metric: SentenceMetric, amount: Amount) -> bool:
    per = {"USD/oz": "USD", "oz/ton": "oz"}
    rates = any(per.get(unit) == amount.unit for unit in metric.units)
    # "$(2.15)" after a cost, "$9.80" after a price: the sentence leaves "per ounce" out.
    return amount.unit in metric.units or (
        rates and amount.scale == 1 and abs(amount.value) < 10_000 and "USD" not in metric.units
    )


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
    attribute = _ATTRIBUTE.fullmatch(between) and not _JOINS.search(between)
    return 0 if attribute else 2 * gap + 20


def _modified(text: str, hit: Hit) -> bool:
    """Whether "pro forma net income" makes another measure of the plain one."""
    before = text[max(0, hit.start - 24) : hit.start].rstrip().lower()
    return before.endswith(_modifiers()) or before in words("metric_names", "modifiers")


def _pointed_at(text: str, hit: Hit) -> bool:
    """Whether "these costs of sales" points back at something else that was told before."""
    return _POINTING.search(text, max(0, hit.start - _POINTED), hit.start) is not None


def _left_out(text: str, hit: Hit) -> bool:
    """Whether a figure is told without the measure: "cash flow before exploration of $5 million"."""
    return _LEFT_OUT.search(text, max(0, hit.start - _POINTED), hit.start) is not None


def _apart(text: str, amount: Amount) -> SentenceMetric | None:
    """The metric whose parts stand apart around the figure: "a gain of $5 million on the sale of investments"."""
    lower = text.lower()
    for metric in _parted():
        if amount.unit in metric.units and _around(lower, amount, metric.apart):
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


def _of_another(text: str, amount: Amount, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether "NOUN of FIGURE" gives the figure to a noun that is no part of the phrase found."""
    before = text[: amount.start].rstrip()
    for qualifier in ((amount.qualifier or ""), "a", "an", "negative"):
        if qualifier and before.lower().endswith(f" {qualifier}"):
            before = before[: -len(qualifier)].rstrip()
    if not before.lower().endswith(" of"):
        return False
    before = before[:-3].rstrip()
    nouns = [(m.start(), m.end(), m[0].lower()) for m in _WORDS.finditer(before)]
    last = next((noun for noun in reversed(nouns) if noun[2] not in _period_words()), None)
    if last is None or last[1] <= hit.end:
        return False
    if _PLACED.fullmatch(text, hit.end, len(before)) or _LEAVING_OUT.search(text, hit.start, last[0]):
        return False
    return text[hit.end : last[0]].strip() != "" or any(
        other.start <= last[0] < other.end for other in hits if other != hit
    )


@cache
def _period_words() -> frozenset[str]:
    words = (
        "first second third fourth quarter year in the of for during same period last this per ounce ton share common"
    )
    return frozenset(words.split()) | frozenset(str(year) for year in range(1900, 2100))
