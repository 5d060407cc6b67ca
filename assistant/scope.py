"""Whose figures a question is about: the entities named, all of a group, or the company itself; and of which metals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.asked import Asked, Missing, is_by_metal
from assistant.cover import Cover, Wanted, holders
from grammar.binding import DEFAULT_MEASURE
from grammar.reading import Term
from grammar.records import record
from grammar.translate import Slots


@record
class Scope:
    """The slots that say whose, the figures there are for them, and the metals that were left to alternatives."""

    slots: Slots
    covers: tuple[Cover, ...]
    other_metals: tuple[str, ...] = ()


def scope(asked: Asked) -> Scope | Missing:
    """The entities and metals meant, with what the store has for them."""
    slots = _whose(asked)
    if isinstance(slots, Missing):
        return slots
    found = _covered(asked, slots)
    if isinstance(found, Missing):
        return found
    slots, covers = found
    companies = sorted({c.company or "" for c in _newest(covers)})
    if slots.entities and len(companies) > 1 and not asked.reading.companies:
        return Missing("company", have=tuple(companies), cover=tuple(covers))
    return _of_metals(asked, slots, covers)


def _describes_mines(asked: Asked) -> bool:
    """Whether the metal only says which mines are meant ("the silver mines", "its gold mine"), not what is measured."""
    metals = [t for t in asked.reading.terms if t.kind == "metal"]
    groups = [t for t in asked.reading.terms if t.kind == "group" and t.id == "mine" and not _makes(t, asked)]
    return bool(metals) and all(any(0 <= g.start - m.end <= 1 for g in groups) for m in metals)


def _makes(group: Term, asked: Asked) -> bool:
    """Whether who produces a metal is meant: the gold producers in order are all that produced gold, whatever else
    they are called."""
    return group.said.lower().startswith("producer") and asked.reading.measures[0].id == DEFAULT_MEASURE


def _whose(asked: Asked) -> Slots | Missing:
    reading = asked.reading
    base = Slots(source=asked.source, nature=asked.nature, companies=reading.companies)
    if reading.entities:
        return replace(base, entities=tuple(e.name for e in reading.entities))
    if reading.group in ("mine", "segment"):
        return _group(asked, base, reading.group)
    if len(reading.companies) > 1 or (reading.group == "company" and (reading.order or reading.every or reading.bound)):
        return _companies(base, reading.companies)
    if (reading.order or reading.bound) and not reading.group and _told_by_mine(asked):
        return _group(asked, base, "mine")
    if reading.metals and _is_segment(asked):
        return replace(base, entity_kinds=("segment",), entities=tuple(m.title() for m in reading.metals))
    everyone = asked.book.companies
    companies = reading.companies or tuple(everyone if len(everyone) == 1 else ())
    return (
        _companies(replace(base, companies=companies), companies)
        if companies
        else Missing("company", have=tuple(everyone))
    )


def _companies(base: Slots, names: tuple[str, ...]) -> Slots:
    """The companies themselves; those named by their names, so that an index finds them."""
    return replace(base, entity_kinds=("company",), members=names)


def sole_company(asked: Asked) -> str | None:
    """The one company that tells what is asked where none is named: of several only one need not be told apart."""
    reading = asked.reading
    whose = _whose(asked)
    if not (isinstance(whose, Missing) and whose.what == "company" and asked.source == "table"):
        return None
    ids = asked.ids if asked.ratio is not None else asked.ids[:1]
    wanted = Wanted(asked.by, ids, tuple(asked.book.companies), asked.nature, asked.source)
    metals = reading.metals if any(is_by_metal(id) for id in ids) else ()
    found = holders(asked.book.store, wanted, metals) if len(reading.measures) == 1 else []
    return found[0] if len(found) == 1 else None


def _told_by_mine(asked: Asked) -> bool:
    """Whether an order without a group is over mines: the measure is told by mine, and no period is ranked."""
    if any(w.relative in ("any", "all") for w in asked.reading.whens) or asked.source != "table":
        return False
    return asked.told_of("mine")


def _is_segment(asked: Asked) -> bool:
    """Whether a metal names a segment: the measure has no metal, and the company tells it of a segment so called."""
    if any(is_by_metal(m.id) or m.by != "metric" for m in asked.reading.measures):
        return False
    names = tuple(metal.title() for metal in asked.reading.metals)
    return any(c.entity_kind == "segment" and c.metal is None for c in asked.covers(names))


def _group(asked: Asked, base: Slots, kind: str) -> Slots:
    """All entities of a kind; of the companies named where any are, so that an index finds them."""
    members = asked.book.members(kind, base.companies) if base.companies else ()
    if kind == "mine" and asked.reading.metals and _describes_mines(asked):
        of_metal = set(asked.book.mines_of(asked.reading.metals))
        members = tuple(sorted(of_metal & set(members) if members else of_metal))
    return replace(base, entity_kinds=(kind,), members=members)


def _covered(asked: Asked, slots: Slots) -> tuple[Slots, list[Cover]] | Missing:
    """The figures for the slots; the mines' where the company prints none of its own and they can stand for it."""
    names = slots.entities or slots.members
    covers = _found(asked, slots, names)
    r = asked.reading
    computed = r.compute and r.compute != "average"  # the mines' plain mean is not the company's average
    spread = slots.entity_kinds == ("company",) and bool(computed or r.order or r.bound or r.every or r.whole)
    if spread and not _named_periods(asked, covers):
        mines = _group(asked, slots, "mine")
        found = _found(asked, mines, mines.members) if mines.members else []
        if _named_periods(asked, found):
            return mines, found
    if covers:
        return slots, covers
    named = ", ".join(slots.entities or slots.companies)
    if slots.entity_kinds != ("company",):
        return Missing("figure", named)
    if r.metals and (told := _of_segments(asked, slots)):
        return told
    mines = _group(asked, slots, "mine")
    covers = _found(asked, mines, mines.members) if mines.members else []
    if not covers:
        return Missing("figure", named)
    if spread:
        return mines, covers
    return Missing("entity", have=tuple(sorted({c.entity or "" for c in covers})), cover=tuple(covers))


def _of_segments(asked: Asked, slots: Slots) -> tuple[Slots, list[Cover]] | None:
    """The segments' figures of the metals named, where the company tells a metal only by the segment that makes it."""
    segments = _group(asked, slots, "segment")
    covers = [c for c in _found(asked, segments, segments.members) if c.metal in asked.reading.metals]
    told = {c.metal: {k.entity for k in covers if k.metal == c.metal} for c in covers}
    sole = len(told) == len(asked.reading.metals) and all(len(names) == 1 for names in told.values())
    names = tuple(dict.fromkeys(c.entity or "" for c in covers))
    return (replace(segments, entities=names), covers) if sole else None


def _named_periods(asked: Asked, covers: Sequence[Cover]) -> bool:
    """Whether any of the figures is of a period that the question names (of any, where it names none)."""
    within = asked.within
    return bool(covers) if within is None else any(within[0] <= (c.end or "") <= within[1] for c in covers)


def _found(asked: Asked, slots: Slots, names: Sequence[str]) -> list[Cover]:
    """What there is in the periods named; in all, for a message that says which there are, where those have nothing."""
    kind = slots.entity_kinds[0] if len(slots.entity_kinds) == 1 else ""
    if kind and not asked.book.names_of(kind):
        return []
    named = asked.within or (asked.latest(kind, names) if kind or names else None)
    for within in (named, None) if named and asked.explained else (named,):
        whose = names if names or within or asked.by != "metric" else asked.book.names_of(kind)  # an index has them
        covers = [c for c in asked.covers(whose, within, kind) if _inside(c, slots)]
        if covers:
            return covers
    return []


def _inside(found: Cover, slots: Slots) -> bool:
    if slots.entities and found.entity not in slots.entities:
        return False
    if slots.entity_kinds and found.entity_kind not in slots.entity_kinds:
        return False
    return not slots.companies or found.company in slots.companies


def _newest(covers: Sequence[Cover]) -> list[Cover]:
    """The figures of the latest period: a mine that changed hands is two companies', but not at one time."""
    latest = max((c.end or "" for c in covers), default="")
    return [c for c in covers if (c.end or "") == latest]


def _of_metals(asked: Asked, slots: Slots, covers: list[Cover]) -> Scope | Missing:
    metals, others = _metals(asked, slots, covers)
    beside = any(is_by_metal(c.metric) for c in covers) or _describes_mines(asked)
    if metals and beside and any(c.metal is None and not is_by_metal(c.metric) for c in covers):
        metals = (*metals, "")  # a measure that has no metal stands beside one that has
    kept = tuple(c for c in covers if not metals or (c.metal or "") in metals)
    if not kept:
        return Missing("metal", ", ".join(asked.reading.metals), cover=tuple(covers))
    return Scope(replace(slots, metals=metals), kept, others)


def _metals(asked: Asked, slots: Slots, covers: Sequence[Cover]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The metals named; where several are printed and none is named, the one printed first, and the others apart."""
    reading = asked.reading
    printed = sorted((c for c in covers if c.metal), key=lambda c: (c.end or "", -c.row), reverse=True)
    distinct = tuple(dict.fromkeys(c.metal or "" for c in printed))
    if slots.entity_kinds == ("segment",) and slots.entities:
        return (), ()
    if reading.of_name and not distinct:
        return (), ()
    if reading.metals:
        return reading.metals if distinct or not _describes_mines(asked) else (), ()
    listed = reading.every or reading.group == "metal" or slots.entity_kinds == ("mine",) or len(slots.entities) > 1
    several = asked.by != "metric" or asked.ratio is not None or len(reading.measures) > 1
    if len(distinct) < 2 or listed or several or any(c.metal is None for c in covers):
        return (), ()
    return distinct[:1], distinct[1:]
