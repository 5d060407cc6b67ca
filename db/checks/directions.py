"""What the text says went up or down, held against the tables: "gold production decreased", "lower cash costs".

A direction has no figure to recognise it by, so it counts only where its measure stands beside it, and it contradicts
the tables only where one sentence names the entity, the measure and the year before; else it is told for information.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from db.checks.claims import YEAR_AGO
from db.checks.figure import Figure
from db.checks.finding import Finding, Spot, shown
from db.checks.naming import Mines
from db.checks.sheet import Sheet
from db.checks.years import before
from db.model import Cell, Paragraph
from grammar.lexicon import lexicon

if TYPE_CHECKING:  # the parser's modules are many, and answers do without them
    from db.parsing.prose_metrics import Hit
    from db.prose.places import Places

KIND = "directional claim"
UP = r"increas\w*|rose|risen|rising|higher|improv\w*|grew|growth|up"
DOWN = r"decreas\w*|lower\w*|fell|fallen|declin\w*|drop\w*|reduc\w*|down"
# In small letters, each alternative with its first letter: the engine skips to one, where a word may also be under way.
WAYS = re.compile(rf"(?:{UP}|{DOWN})\b")
RISES = re.compile(UP)
LEADS = re.compile(r"\s+in\b", re.IGNORECASE)  # "increases in silver production": the measure stands behind
PLANS = re.compile(r"\b(?:will|expect\w*|forecast\w*|plan\w*|could|should|would|may|guidance)\b", re.IGNORECASE)
BEFORE, BEHIND = 90, 34  # characters that a measure may stand before its direction, or behind it
BETWEEN = re.compile(r"[.;:]|\b(?:while|although|despite|but|because|due to|offset|include[ds]?)\b", re.IGNORECASE)
JOINING = frozenset({"and", "of", "the", "for", "in", "average", "its", "total"})
WORD = re.compile(r"[\w'-]+")
FLAT = 0.005  # relative change that no direction contradicts
QUIET = ("furniture", "caption")


@dataclass(frozen=True, slots=True)
class Told:
    """One direction: +1 or -1, the measure and metal it is of, and the place of its word."""

    way: int
    hit: Hit
    metal: str | None
    line: int
    sure: bool


class Passage:
    """A passage's text, and its places once a direction is found in it."""

    def __init__(self, sheet: Sheet, text: str, places: str) -> None:
        self.text = text
        self._sheet, self._written = sheet, places

    @cached_property
    def _places(self) -> Places:
        from db.prose.places import places_of  # noqa: PLC0415

        lines = self._sheet.pages.lines
        cells = (Cell(n, a, b, lines[n - 1][a:b]) for n, a, b in json.loads(self._written))
        return places_of(Paragraph(tuple(cells), self.text))

    def line(self, start: int, end: int) -> int:
        """The line of the source in which a part of the text begins."""
        return self._places.of(start, end)[0].line


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every direction beside a measure that the tables have for this period and the year before."""
    from db.prose.sentences import cut_sentences  # noqa: PLC0415

    main = _main_period(sheet)
    if main is None:
        return
    mines = Mines(sheet.clear)
    seen = set()
    for kind, text, places in sheet.pages.passages():
        found = [] if kind in QUIET else [way.start() for way in _ways_in(text)]
        if not found:
            continue
        passage = Passage(sheet, text, places)
        mine: str | None = None
        for start, end in cut_sentences(passage.text):
            named = mines.named(passage.text[start:end])
            mine = named[0] if named else mine
            if not any(start <= at < end for at in found):
                continue
            entities = [named[0]] if named else [name for name in (mine, sheet.company) if name]
            for told in _told(passage, start, end):
                finding = _finding(sheet, told, entities, main)
                key = finding and finding.key[1:]
                if finding and key not in seen:
                    seen.add(key)
                    yield finding


def _main_period(sheet: Sheet) -> tuple[str, str] | None:
    """The latest of the shortest durations: what a release tells of."""
    spans = {f.period for f in sheet.clear if f.period[0] and f.period[1]}
    last = max((end for _, end in spans if end), default=None)
    starts = [start for start, end in spans if start and end == last]
    return (max(starts), last) if last and starts else None


def _ways_in(text: str) -> list[re.Match[str]]:
    """The words of a direction."""
    from db.prose.phrases import lowered  # noqa: PLC0415

    low = lowered(text)
    return [match for match in WAYS.finditer(low) if not _in_word(low, match.start())]


def _in_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")


def _told(passage: Passage, start: int, end: int) -> Iterator[Told]:
    """The directions of a sentence, each with every measure and metal that it is said of."""
    from db.parsing.prose_metrics import hits_in  # noqa: PLC0415

    text = passage.text[start:end]
    found = _ways_in(text)
    if not found or PLANS.search(text):
        return
    hits = hits_in(text)
    sure = len(found) == 1 and len(hits) == 1 and any(words in text.lower() for words in YEAR_AGO)
    for match in found:
        beside = _beside(text, match, hits)
        line = passage.line(start + match.start(), start + match.end()) if beside else 0
        for hit in beside:
            for metal in (*_metals_of(text, hit),) or (None,):
                yield Told(1 if RISES.match(match[0]) else -1, hit, metal, line, sure)


def _beside(text: str, match: re.Match[str], hits: Sequence[Hit]) -> list[Hit]:
    """The measure next to a direction and those that are listed with it, nothing that parts sentences between them."""
    behind = [hit for hit in hits if hit.start >= match.end()]
    before = [hit for hit in hits if hit.end <= match.start()][::-1]
    close = behind and behind[0].start - match.end() <= BEHIND and _joins(text[match.end() : behind[0].start])
    listed = behind if LEADS.match(text, match.end()) or close else before
    if not listed:
        return []
    first = listed[0]
    between = text[match.end() : first.start] if listed is behind else text[first.end : match.start()]
    if len(between) > (BEHIND if listed is behind else BEFORE) or BETWEEN.search(between):
        return []
    chain = [first]
    for hit in listed[1:]:
        gap = text[chain[-1].end : hit.start] if listed is behind else text[hit.end : chain[-1].start]
        if not _joins(gap):
            break
        chain.append(hit)
    return chain


def _joins(gap: str) -> bool:
    """Whether words between two measures only list them: commas, "and", metals."""
    return all(word in JOINING or _metal_of(word) for word in WORD.findall(gap.lower())) and not BETWEEN.search(gap)


def _metals_of(text: str, hit: Hit) -> list[str]:
    """The metals that a measure is said of: "gold and zinc production", "prices for silver, gold and lead"."""
    found = _run(reversed(WORD.findall(text[: hit.start].lower()))) + _run(WORD.findall(text[hit.end :].lower()))
    inside = [metal for word in WORD.findall(hit.text.lower()) if (metal := _metal_of(word))]
    return list(dict.fromkeys(inside + found))


def _run(words: Iterable[str]) -> list[str]:
    """The metals at the beginning of a row of words."""
    found = []
    for word in words:
        metal = _metal_of(word)
        if metal:
            found.append(metal)
        elif word not in JOINING and word not in {"ore", "by-product"}:
            break
    return found


@cache
def _metal_of(word: str) -> str | None:
    return next((m.id for m in lexicon().metals.values() if len(word) > 2 and word in m.words), None)


def _finding(sheet: Sheet, told: Told, entities: Sequence[str], main: tuple[str, str]) -> Finding | None:
    pairs = _pairs(sheet, told, entities, main)
    if not pairs:
        return None
    agreeing = [pair for pair in pairs if _sign(*pair) in {0, told.way}]
    now, then = (agreeing or pairs)[0]
    loose = not agreeing and not (told.sure and len(entities) == 1 and len(pairs) == 1)
    word = "went up" if told.way > 0 else "went down"
    fits = "as the tables have it" if agreeing else "but the tables have the opposite"
    change = f"{shown(then.value, then.unit)}, then {shown(now.value, now.unit)}"
    measure = f"{told.metal} {told.hit.text.lower()}" if told.metal else told.hit.text.lower()
    return Finding(
        f"loose: {KIND}" if loose else KIND,
        "holds" if agreeing else "NO",
        now.value - then.value,
        float(told.way),
        now.unit,
        sheet.document,
        now,
        (now, then),
        f"The text says that {measure} {word}, {fits}: {change}.",
        loose,
        plain=True,
        place=Spot(sheet.document, told.line),
    )


def _pairs(sheet: Sheet, told: Told, entities: Sequence[str], main: tuple[str, str]) -> list[tuple[Figure, Figure]]:
    """The measure's figure of the period and of the year before, of the first entity that has any."""
    for entity in entities:
        found = []
        for now in sheet.of(*(metric.id for metric in told.hit.metrics), entity=entity):
            current = now.period[1] == main[1] and now.period[0] in {None, main[0]}
            then = before(sheet, now) if current and now.metal in {None, told.metal or now.metal} else None
            if then:
                found.append((now, then))
        if found:
            return found
    return []


def _sign(now: Figure, then: Figure) -> int:
    change = now.value - then.value
    if abs(change) <= FLAT * abs(then.value):
        return 0
    rising = 1 if change > 0 else -1
    return rising if now.value >= 0 or then.value >= 0 else -rising
