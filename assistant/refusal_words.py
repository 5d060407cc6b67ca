"""The words of a refusal: whose figures of which periods there are, and which measures are like the one asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.cover import Cover
from assistant.coverage import Coverage
from grammar.reading import Reading
from grammar.when import When

MOST_NAMED = 6
MOST_PERIODS = 8


def named(reading: Reading) -> str:
    """The measures in words."""
    return " and ".join(in_a_sentence(m.shown) for m in reading.measures)


def in_a_sentence(name: str) -> str:
    """A measure's name inside a sentence; what is written in capitals stays so."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in name.split())


def of_whom(reading: Reading, joined: str = " of ") -> str:
    names = [e.name for e in reading.entities] or list(reading.companies)
    return f"{joined}{listed(names)}" if names else ""


def periods_near(covers: Sequence[Cover], whens: Sequence[When]) -> list[str]:
    """The periods of figures, oldest first: where there are many, those nearest to the one asked for."""
    ends = {c.period: c.end or "" for c in sorted(covers, key=lambda c: c.end or "") if c.period}
    wanted = next(
        (w.ends[0].isoformat() for w in whens if w.ends), next((f"{w.year}-12" for w in whens if w.year), "9")
    )
    names = list(ends)
    place = sum(1 for end in ends.values() if end < wanted)
    first = max(0, min(place - MOST_PERIODS // 2, len(names) - MOST_PERIODS))
    return names[first : first + MOST_PERIODS]


def printed_of_plan(reading: Reading, coverage: Coverage) -> list[str]:
    """The newest periods that results are printed for, of what guidance was asked for."""
    names = [e.name for e in reading.entities] or list(reading.companies) or coverage.book.companies[:1]
    found = (p for m in reading.measures for name in names for p in coverage.periods(m.id, name))
    return list(dict.fromkeys(found))[:MOST_PERIODS]


def like_it(id: str, coverage: Coverage, reading: Reading) -> list[str]:
    """Measures that share words with the one asked for and are printed of the one asked about, the most alike first."""
    names = [e.name for e in reading.entities] or list(reading.companies)
    words = {w for m in reading.measures for w in in_a_sentence(m.shown).split() if len(w) > len("per")}
    ids = dict.fromkeys(i for name in names for i in coverage.measures_of(name)) if names else coverage.measures
    shared = {coverage.measures[i]: len(words & set(coverage.measures[i].split())) for i in ids if i != id}
    return [said for said, n in sorted(shared.items(), key=lambda pair: -pair[1]) if n > 1][:2]


def listed(names: Iterable[str]) -> str:
    """Names in a row, cut where there are too many, saying how many more."""
    known = list(dict.fromkeys(names))
    shown = known[:MOST_NAMED]
    more = len(known) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
