"""What a question may not hold if it is to be answered: words that turn it round, two questions in one, stray numbers.

Each would be understood word by word and still be answered wrongly, so it is refused, naming the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from grammar.conditions import both_ends, is_their_number, of_periods
from grammar.reading import Term, Unread
from grammar.terms import Terms

Span = tuple[int, int]
_ALSO = re.compile(r"\b(?:that|which|who)\s+(?:also|both|did\s+not|do\s+not)\b", re.IGNORECASE)
SORTED = "sorted"  # an order that names no end


def doubt(found: Terms) -> Unread | None:
    """Why the question can't be read, None where nothing stands against it."""
    return next(_doubts(found), None)


def _doubts(found: Terms) -> Iterator[Unread]:
    if found.unknown:
        yield Unread("unknown_words", tuple(t.said for t in found.unknown), terms=found.terms)
    for reason in ("opinion", "negation", "arithmetic"):
        against = [t for t in found.of(reason) if not _divides(t, found)]
        if against:
            yield Unread(reason, tuple(t.said for t in against), terms=found.terms)
    if over_itself := _over_itself(found):
        yield Unread("arithmetic", (over_itself,), terms=found.terms)
    if (
        len({t.id for t in found.of("order")} - {SORTED}) > 1
        or _crossed(found)
        or _narrowed(found)
        or _conditions(found)
        or _by_cost(found)
    ):
        yield Unread("two_questions", terms=found.terms)
    stray = _stray_numbers(found)
    if stray:
        yield Unread("unknown_words", tuple(t.said for t in stray), terms=found.terms)


def _divides(term: Term, found: Terms) -> bool:
    """Whether a "divided by" stands between two measures and nothing else: one over the other can be computed."""
    measures = found.of("measure")
    two = len(measures) == 2 and measures[0].id != measures[1].id and len(found.of("metal", "entity")) < 2
    between = two and measures[0].end <= term.start and term.end <= measures[1].start
    return between and term.said.lower() == "divided by"


def _conditions(found: Terms) -> bool:
    """Whether each of two measures has a condition of its own: "X under 40 and Y under 20", "higher X, lower Y"."""
    if len(found.of("bound")) > 1 and not both_ends(found) and len(found.of("number")) > 1:
        return True
    if found.of("sign") and found.of("bound") and found.of("number"):  # "above 700,000 oz and below zero"
        return True
    several = len({t.id for t in found.of("measure", "label")}) > 1
    ways = {t.id for t in found.of("trend")} == {"up", "down"}
    return several and (len(found.of("bound")) > 1 or (ways and bool(found.of("group"))))


def _narrowed(found: Terms) -> bool:
    """Whether a clause narrows what is asked by another metal or measure: "silver of mines that also made zinc"."""
    several = any(len({t.id for t in found.of(*kinds)}) > 1 for kinds in (("metal",), ("measure", "label")))
    return several and _ALSO.search(found.text) is not None


def _over_itself(found: Terms) -> str:
    """The "/" between two that are the same measure ("gold sales / total sales"), which can't be told from a list."""
    pairs = pairwise(sorted(found.of("measure"), key=lambda t: t.start))
    between = (found.text[a.end : b.start].strip() for a, b in pairs if a.id == b.id)
    return next((said for said in between if said == "/"), "")


def _by_cost(found: Terms) -> bool:
    """Whether a ranking by cost stands beside another measure: "the lowest cost mine with production above"."""
    costs = any(t.said.lower().endswith(("cost", "costs")) for t in found.of("order"))
    return costs and bool(found.of("measure", "label"))


def _crossed(found: Terms) -> bool:
    """Whether two things are asked of two others in turn ("gold of A and silver of B"): each pair is a question.

    "Gold and silver of A and B" isn't: one of the two kinds stands together.
    """
    kinds: list[Sequence[Span]] = [
        [(t.start, t.end) for t in found.of("measure", "label")],
        [(t.start, t.end) for t in found.of("entity")],
        [(w.start, w.end) for w in found.whens if not w.release and not w.relative],
    ]
    return any(_apart(a, b) and _apart(b, a) for a, b in combinations(kinds, 2))


def _apart(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether one of ``others`` stands between the first and the last of ``some``."""
    if len(some) < 2:
        return False
    first, last = min(end for _, end in some), max(start for start, _ in some)
    return any(first <= start and end <= last for start, end in others)


def _stray_numbers(found: Terms) -> list[Term]:
    """Numbers that no condition, ranking or count gives a meaning."""
    counts = [t for t in found.of("number") if of_periods(t, found)]
    if wrong := [t for t in counts if not is_their_number(t, found)]:
        return wrong
    numbers = [t for t in found.of("number") if t not in counts]
    if found.of("bound") or found.of("order"):
        return []
    groups = found.of("group")
    return [t for t in numbers if not any(0 <= g.start - t.end <= 24 for g in groups)]
