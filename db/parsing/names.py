"""The names that a filing gives to its entities: short name, ticker, mines and properties in text, where they lie.

All of it comes out of how a name is used ("the X gold mine in northern Y", "Z Company (NYSE:ZZ)"), never from a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from db.model import Cell, EntityKind, Name, Paragraph
from db.parsing.names_text import Proper, propers_of
from db.parsing.names_used import used_as_names
from db.prose.places import places_of
from grammar.lexicon import places
from grammar.prose_words import words

_EXCHANGES = "NYSE|NASDAQ|AMEX|TSX|TSX-V|TSXV|OTC|OTCBB|LSE|ASX|CSE|AIM|NYSE American|Nasdaq|NYSE MKT|NYSE Amex"
_TICKER = re.compile(
    rf"\(\s*(?:(?:{_EXCHANGES})\s*(?:Symbol)?\s*[:\-]\s*(?P<after>[A-Z]{{1,5}}(?:\.[A-Z])?)"
    rf"|(?P<before>[A-Z]{{1,5}})\s*:\s*(?:{_EXCHANGES}))\b"
)
_MINE = "Mine"
_COMPANY = re.compile(r"((?:[A-Z][\w&'’.-]*,?\s+){0,6}[A-Z][\w&'’.-]*,?)\s*$")


def company_of(paragraphs: Iterable[Paragraph]) -> tuple[str, str, Cell | None] | None:
    """The company that announces (its name, its ticker, the ticker's place): "Z Company (NYSE:ZZ) today reported"."""
    for paragraph in paragraphs:
        match = _TICKER.search(paragraph.text)
        named = _COMPANY.search(paragraph.text[: match.start()]) if match else None
        if match and named:
            group = "after" if match["after"] else "before"
            cells = places_of(paragraph).of(*match.span(group))
            return named[1].strip(" ,"), match[group], cells[0] if cells else None
    return None


def read_names(
    paragraphs: Sequence[Paragraph],
    company: str | None = None,
    entities: Sequence[tuple[str, EntityKind]] = (),
) -> list[Name]:
    """Every name that the running text gives, each at the first place it stands; ``entities`` are the tables' own."""
    said = company_of(paragraphs)
    company = company or (said[0] if said else None)
    found: list[Name] = []
    if company:
        found.append(Name(company, company, "company", "name"))
        found += [Name(short, company, "company", "short", cell) for short, cell in _short(company, paragraphs)]
        if said and _same_company(said[0], company):
            found.append(Name(said[1], company, "company", "ticker", said[2]))
    named = [proper for paragraph in paragraphs for proper in propers_of(paragraph)]
    known = {proper.name for proper in named}
    named += [proper for proper in used_as_names(paragraphs, company) if proper.name not in known]
    found += _mines(named, dict(entities), company)
    found += _first_words(found, paragraphs)
    found += _abbreviations([*dict.fromkeys([*dict(entities), *(n.entity for n in found if n.entity_kind == "mine")])])
    return _first_of_each([n for n in found if n.entity_kind == "company" or not _is_adjective(n.entity)])


def _is_adjective(name: str) -> bool:
    """Whether a name only says where something lies: "the Alaskan mine" is a place's, not a mine's name."""
    place = places().get(name) or places().get(name.lower())
    return place is not None and name.lower() in (word.lower() for word in place.adjectives)


def _same_company(first: str, second: str) -> bool:
    return first.lower().split()[:1] == second.lower().split()[:1]


def _short(company: str, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, Cell | None]]:
    """The shortest beginning of the company's name that the text uses alone, at least twice."""
    parts = company.replace(",", "").split()
    text = [(paragraph, paragraph.text) for paragraph in paragraphs]
    for length in range(1, len(parts)):
        short = " ".join(parts[:length])
        following = re.escape(parts[length])
        alone = re.compile(
            rf"(?<![\w-]){re.escape(short)}(?:['’]s)?(?![\w-])(?!\s+{following})(?!\s*,?\s*(?:Inc|Corp|Co)\b)"
        )
        places = [(paragraph, match) for paragraph, body in text if short in body for match in alone.finditer(body)]
        if len(places) >= 2:
            paragraph, match = places[0]
            cells = places_of(paragraph).of(match.start(), match.start() + len(short))
            yield short, cells[0] if cells else None
            return


def _mines(named: Sequence[Proper], entities: dict[str, EntityKind], company: str | None) -> list[Name]:
    known = {entity.lower(): entity for entity in entities}
    found = []
    for proper in _own_mines(named, company):
        entity = known.get(proper.name.lower(), proper.name)
        kind: EntityKind = entities.get(entity, "mine" if proper.noun in ("mine", "mines", "unit") else "other")
        found.append(Name(proper.name, entity, kind, "name", proper.cell))
        found += [Name(metal, entity, kind, "metal", proper.cell) for metal in proper.metals]
        found += [Name(place, entity, kind, "place", cell) for place, cell in proper.places]
    kinds = {name.entity: "mine" for name in found if name.entity_kind == "mine"}
    return [
        Name(n.said, n.entity, "mine", n.relation, n.cell) if n.entity in kinds and n.entity_kind == "other" else n
        for n in found
    ]


def _own_mines(named: Iterable[Proper], company: str | None) -> Iterator[Proper]:
    """The places of work, of those that begin with the company's name only a mine: "the Company's X Mine" is not X."""
    for proper in named:
        if not company or proper.name.lower().split()[0] != company.lower().split()[0]:
            yield proper
        elif proper.noun == "mine" and not _is_company(proper.name, company):
            yield replace(proper, name=f"{proper.name} {_MINE}")


def _is_company(name: str, company: str) -> bool:
    """Whether a name holds more than the beginning of the company's: "Z Mining" beside "Z Company" is the company."""
    return not company.lower().startswith(name.lower())


def _first_words(named: Sequence[Name], paragraphs: Sequence[Paragraph]) -> list[Name]:
    """ "X" for "X Development Block", where the text uses X alone and no other name begins with it."""
    full = {
        name.entity: name.entity_kind for name in named if name.relation == "name" and name.entity_kind != "company"
    }
    firsts = Counter(entity.split()[0] for entity in full)
    found, texts = [], [paragraph.text.lower() for paragraph in paragraphs]
    for entity, kind in full.items():
        first, *rest = entity.split()
        if len(rest) < 2 or firsts[first] > 1 or len(first) < 4 or first.lower() in words("mines", "openers"):
            continue
        said, following = re.escape(first.lower()), re.escape(rest[0].lower())
        alone = re.compile(rf"(?<![\w-]){said}(?![\w-])(?!\s+{following})")
        if any(first.lower() in text and alone.search(text) for text in texts):
            found.append(Name(first, entity, kind, "short"))
    return found


def _abbreviations(mines: Sequence[str]) -> list[Name]:
    """Initials of names of two words and more, where no two share them and they are no word of their own."""
    initials = {mine: "".join(word[0] for word in mine.split() if word[0].isalpha()) for mine in mines}
    count = Counter(short.lower() for short in initials.values())
    return [
        Name(short, mine, "mine", "abbreviation")
        for mine, short in initials.items()
        if 2 <= len(short) <= 4 and count[short.lower()] == 1 and short.lower() not in words("mines", "taken")
    ]


def _first_of_each(names: Iterable[Name]) -> list[Name]:
    seen: dict[tuple[str, str, str], Name] = {}
    for name in names:
        seen.setdefault((name.said.lower(), name.entity, name.relation), name)
    return list(seen.values())
