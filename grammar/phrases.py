"""Phrases found in a text whatever stands between their words.

"total cash cost per silver ounce" holds the phrase "total cash cost per ounce" although a metal stands inside it, and
"tons of ore milled" is "milled tons of ore". A phrase is therefore a set of stems; it matches where all of them stand
near each other with nothing between but words that are transparent (function words, metals, names).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Self

from grammar.records import record

MAX_GAP = 4
Entry = tuple[Sequence[str], str, str, int]  # stems, kind, id, rank


@record
class Phrase:
    """A phrase and what it means: ``kind`` names the slot, ``id`` its value, ``rank`` orders equal ones (0 first)."""

    stems: tuple[str, ...]
    kind: str
    id: str
    rank: int = 0


@record
class Match:
    """A phrase at the ``positions`` (indices into the words) that it takes; ``gaps`` other words stand between."""

    phrase: Phrase
    positions: tuple[int, ...]
    gaps: int
    ordered: bool

    @property
    def strength(self) -> tuple[int, int, int, int]:
        """Longer before shorter, unbroken before broken, in order before out of it."""
        return (-len(self.positions), self.gaps, not self.ordered, self.phrase.rank)


class PhraseIndex:
    """Phrases by their rarest stem, so that a text of a dozen words is compared with a few dozen phrases.

    ``entries`` are plain lists (stems, kind, id, rank), as they come out of a JSON file: phrases are made of those
    alone that a text holds.
    """

    def __init__(self, entries: Mapping[str, Sequence[Entry]], stems: Collection[str]) -> None:
        self.entries = entries
        self.stems = frozenset(stems)
        self._holding: dict[str, list[Entry]] | None = None

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Self:
        """The index of these phrases, each once."""
        known = [p for p in dict.fromkeys(phrases) if p.stems]
        count = Counter(stem for p in known for stem in set(p.stems))
        entries: dict[str, list[Entry]] = defaultdict(list)
        for p in known:
            key = min(p.stems, key=lambda s: (count[s], s))
            entries[key].append((p.stems, p.kind, p.id, p.rank))
        return cls(entries, count)

    def matches(
        self, stems: Sequence[str], transparent: Collection[int], light: Collection[int] = ()
    ) -> Iterator[Match]:
        """Every phrase that stands in ``stems``; ``transparent`` are the positions that any phrase may span, ``light``
        those among them that don't count as a gap."""
        present = frozenset(stems)
        for stem in present:
            for entry in self.entries.get(stem, ()):
                if present.issuperset(entry[0]):
                    yield from _placed(_phrase(entry), stems, transparent, light)

    def wider(self, stems: Collection[str], more: int = 3) -> Iterator[Phrase]:
        """The phrases that hold all of ``stems`` and at most ``more`` words besides, the shortest first."""
        wanted = frozenset(stems)
        holding = min((self._all_holding.get(stem, []) for stem in wanted), key=len, default=[])
        found = [e for e in holding if wanted < set(e[0]) and len(set(e[0])) <= len(wanted) + more]
        yield from (_phrase(e) for e in sorted(found, key=lambda e: (len(e[0]), e[2])))

    @property
    def _all_holding(self) -> dict[str, list[Entry]]:
        if self._holding is None:
            self._holding = defaultdict(list)
            for entry in (entry for entries in self.entries.values() for entry in entries):
                for stem in set(entry[0]):
                    self._holding[stem].append(entry)
        return self._holding


def _phrase(entry: Entry) -> Phrase:
    return Phrase(tuple(entry[0]), entry[1], entry[2], entry[3])


def _placed(
    phrase: Phrase, stems: Sequence[str], transparent: Collection[int], light: Collection[int]
) -> Iterator[Match]:
    """The phrase at each place where its rarest words stand; one match for each start."""
    first = phrase.stems[0]
    seen: set[tuple[int, ...]] = set()
    for anchor in (i for i, stem in enumerate(stems) if stem == first):
        positions = _nearest(phrase.stems, stems, anchor)
        if positions is None or tuple(sorted(positions)) in seen:
            continue
        taken = tuple(sorted(positions))
        seen.add(taken)
        between = [i for i in range(taken[0], taken[-1]) if i not in taken]
        if len(between) <= MAX_GAP and all(i in transparent for i in between):
            gaps = sum(1 for i in between if i not in light)
            yield Match(phrase, taken, gaps, positions == list(taken))


def _nearest(wanted: tuple[str, ...], stems: Sequence[str], anchor: int) -> list[int] | None:
    """A position for each wanted stem, each the nearest free one to the anchor, later ones preferred."""
    positions = [anchor]
    for stem in wanted[1:]:
        free = [i for i, s in enumerate(stems) if s == stem and i not in positions]
        if not free:
            return None
        positions.append(min(free, key=lambda i: (abs(i - positions[-1]) + (2 if i < positions[-1] else 0), i)))
    return positions
