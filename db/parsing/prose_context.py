"""What the rest of a filing knows that its sentences leave out: who reports, for which period, and who is named."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from db.model import EntityKind, Name
from db.prose.phrases import any_of
from db.prose.said import Said
from grammar.periods import Period
from grammar.prose_words import phrases
from grammar.records import record

_WORD = re.compile(r"\w+")


@record
class Mention:
    """An entity named in a text, and where."""

    start: int
    end: int
    entity: str
    kind: EntityKind


@dataclass(frozen=True)
class ProseContext:
    """The filing around its sentences. ``entities`` are those that its tables report on (name, kind),
    ``year_end`` the month in which its fiscal year ends, ``scale`` what its tables print dollars in, ``costed`` the
    metal by whose ounces the tables count costs (entity, metal), ``dollar`` what a bare "$" is, ``only_metal``
    the one metal that the filing speaks of."""

    company: str | None = None
    period: Period | None = None
    released: dt.date | None = None
    year_end: int = 12
    scale: int = 1
    entities: tuple[tuple[str, EntityKind], ...] = ()
    names: tuple[Name, ...] = ()
    costed: tuple[tuple[str, str], ...] = ()
    dollar: str = "USD"
    only_metal: str | None = None

    def mentions(self, said: Said) -> list[Mention]:
        """The entities that a text names, left to right; the longer name where two overlap."""
        if not said.has(self._last_words):
            return []
        known = self._known
        found = self._pattern.finditer(said.low)
        return [Mention(match.start(), match.end(), *known[" ".join(match[0].split())]) for match in found]

    def metal_of(self, entity: str | None) -> str | None:
        """The one metal that a mine is said to be a mine of; None where it is said of several or of none."""
        metals = {name.said for name in self.names if name.relation == "metal" and name.entity == entity}
        return metals.pop() if len(metals) == 1 else None

    def cost_metal_of(self, entity: str | None) -> str | None:
        """The metal by whose ounces the tables count an entity's costs; None where they count by several or none."""
        metals = {metal for name, metal in self.costed if name == entity}
        return metals.pop() if len(metals) == 1 else None

    @cached_property
    def told(self) -> dt.date:
        """The day on which the filing speaks: what ends later is still to come."""
        if self.released is not None:
            return self.released
        return self.period.end if self.period is not None else dt.date.max

    @cached_property
    def _known(self) -> dict[str, tuple[str, EntityKind]]:
        known: dict[str, tuple[str, EntityKind]] = {}
        for name in self.names:
            if name.relation in ("name", "short"):
                known[name.said.lower()] = (name.entity, name.entity_kind)
        known.update({said.lower(): (said, kind) for said, kind in self.entities if kind in ("mine", "other")})
        if self.company:
            known[self.company.lower()] = (self.company, "company")
            for said in phrases("mines", "selves"):
                known[" ".join(said)] = (self.company, "company")
        return known

    @cached_property
    def _last_words(self) -> frozenset[str]:
        """The words that the names end with: where none is said no name is looked for."""
        return frozenset(word for said in self._known for word in _WORD.findall(said)[-1:])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return any_of(self._known)
