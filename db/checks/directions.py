"""What the text says went up or down, held against the tables: "gold production decreased", "lower cash costs".

A direction has no figure to recognise it by, so it counts only where its measure stands beside it, and it contradicts
the tables only where one sentence names the entity, the measure and the year before; else it is told for information.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from db.checks.claims import YEAR_AGO
from db.checks.figure import Figure
from db.checks.finding import Finding, Spot, shown
from db.checks.naming import Mines
from db.checks.sheet import Sheet
from db.checks.years import before
from db.model import Cell, Paragraph
from db.prose.phrases import any_of
from grammar.lexicon import lexicon
from grammar.prose_words import prose_data
from grammar.tokens import lowered

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
BEFORE, BEHIND = 90, 34  # characters that a measure may stand before its direction, or behind it
BETWEEN = re.compile(r"[.;:]|\b(?:while|although|despite|but|because|due to|offset|include[ds]?)\b", re.IGNORECASE)
JOINING = frozenset({"and", "of", "the", "for", "in", "average", "its", "total"})
WORD = re.compile(r"[\w'-]+")
FLAT = 0.005  # relative change that no direction contradicts
QUIET = ("furniture", "caption")


class Direction(NamedTuple):
    """A word of a direction in a sentence: its place, and +1 or -1."""

    start: int
    end: int
    way: int


class Told(NamedTuple):
    """One direction of a measure and a metal, and whether nothing else in the sentence can be meant."""

    way: Direction
    hit: Hit
    metal: str | None
    sure: bool


class Passage:
    """A passage's text, and its places once a direction is found in it."""

    def __init__(self, sheet: Sheet, text: str, places: str) -> None:
        self.text = text
        self.sheet, self._written = sheet, places

    @cached_property
    def _places(self) -> Places:
        from db.prose.places import places_of  # noqa: PLC0415

        lines = self.sheet.pages.lines
        cells = (Cell(n, a, b, lines[n - 1][a:b]) for n, a, b in json.loads(self._written))
        return places_of(Paragraph(tuple(cells), self.text))

    def line(self, start: int, end: int) -> int:
        """The line of the source in which a part of the text begins."""
        return self._places.of(start, end)[0].line


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every direction beside a measure that the tables have for this period and the year before, each once."""
    main = _main_period(sheet)
    if main is None:
        return
    mines, seen = Mines(sheet.clear), set()
    for kind, text, places in sheet.pages.passages():
        ways = [] if kind in QUIET else _ways_in(text)
        for finding in _findings(Passage(sheet, text, places), ways, mines, main) if ways else ():
            if finding.key[1:] not in seen:
                seen.add(finding.key[1:])
                yield finding


def _findings(passage: Passage, ways: Sequence[Direction], mines: Mines, main: tuple[str, str]) -> Iterator[Finding]:
    """What the sentences of a passage say; one that names no mine goes on with the mine of the one before."""
    from db.prose.sentences import cut_sentences  # noqa: PLC0415

    sheet, mine = passage.sheet, ""
    for start, end in cut_sentences(passage.text):
        sentence = passage.text[start:end]
        named = mines.named(sentence)
        mine = named[0] if named else mine
        entities = [named[0]] if named else [name for name in (mine, sheet.company) if name]
        own = [Direction(way.start - start, way.end - start, way.way) for way in ways if start <= way.start < end]
        for told in _told(sentence, own) if own else ():
            if pairs := _pairs(sheet, told, entities, main):
                line = passage.line(start + told.way.start, start + told.way.end)
                yield _finding(sheet, told, line, pairs, told.sure and len(entities) == 1)


def _main_period(sheet: Sheet) -> tuple[str, str] | None:
    """The latest of the shortest durations: what a release tells of."""
    spans = [(start, end) for start, end in {f.period for f in sheet.clear} if start and end]
    last = max([end for _, end in spans], default="")
    return max([span for span in spans if span[1] == last], default=None)


def _ways_in(text: str) -> list[Direction]:
    """The words of a direction."""
    low = lowered(text)
    return [
        Direction(match.start(), match.end(), 1 if RISES.match(match[0]) else -1)
        for match in WAYS.finditer(low)
        if not _in_word(low, match.start())
    ]


@cache
def _plans() -> re.Pattern[str]:
    """What a sentence of plans has, in lower case."""
    return any_of(prose_data()["guidance"]["unproved"], hyphens=True)


def _in_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")


def _told(text: str, ways: Sequence[Direction]) -> Iterator[Told]:
    """The directions of a sentence, each with every measure and metal that it is said of."""
    from db.parsing.prose_metrics import hits_in  # noqa: PLC0415

    hits = [] if _plans().search(lowered(text)) else hits_in(text)
    if not hits:
        return
    sure = len(ways) == 1 and len(hits) == 1 and any(words in text.lower() for words in YEAR_AGO)
    for way in ways:
        for hit in _beside(text, way, hits):
            for metal in (*_metals_of(text, hit),) or (None,):
                yield Told(way, hit, metal, sure)


def _beside(text: str, way: Direction, hits: Sequence[Hit]) -> list[Hit]:
    """The measure next to a direction and those that are listed with it, nothing that parts sentences between them."""
    behind = [hit for hit in hits if hit.start >= way.end]
    before = [hit for hit in hits if hit.end <= way.start][::-1]
    close = behind and behind[0].start - way.end <= BEHIND and _joins(text[way.end : behind[0].start])
    listed = behind if LEADS.match(text, way.end) or close else before
    if not listed:
        return []
    first = listed[0]
    between = text[way.end : first.start] if listed is behind else text[first.end : way.start]
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


def _finding(sheet: Sheet, told: Told, line: int, pairs: Sequence[tuple[Figure, Figure]], sure: bool) -> Finding:
    agreeing = [pair for pair in pairs if _sign(*pair) in {0, told.way.way}]
    now, then = (agreeing or pairs)[0]
    loose = not agreeing and not (sure and len(pairs) == 1)
    word = "went up" if told.way.way > 0 else "went down"
    fits = "as the tables have it" if agreeing else "but the tables have the opposite"
    change = f"{shown(then.value, then.unit)}, then {shown(now.value, now.unit)}"
    measure = f"{told.metal} {told.hit.text.lower()}" if told.metal else told.hit.text.lower()
    return Finding(
        f"loose: {KIND}" if loose else KIND,
        "holds" if agreeing else "NO",
        now.value - then.value,
        float(told.way.way),
        now.unit,
        sheet.document,
        now,
        (now, then),
        f"The text says that {measure} {word}, {fits}: {change}.",
        loose,
        plain=True,
        place=Spot(sheet.document, line),
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
