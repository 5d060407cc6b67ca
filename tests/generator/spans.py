"""Spans that made-up filings don't print but whose quarters they do: to be added up, without one of them refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from grammar.periods import shift_months
from tests.generator.paraphrase import Asked, named, who
from tests.generator.targets import Target

ADDED = ("oz", "ton", "USD")  # units of what adds up; shares and rates don't
PARTED = "span without a part"


def series_of(targets: Iterable[Target]) -> Iterator[dict[tuple[object, str], Target]]:
    """The figures of each measure, entity and metal by the day and kind of their period."""
    found: dict[tuple[object, ...], dict[tuple[object, str], Target]] = defaultdict(dict)
    for t in targets:
        if t.unit in ADDED and t.kind != "instant":
            found[t.metric, t.metal, t.entity, t.company, t.unit][t.end, t.kind] = t
    yield from found.values()


Printed = Container[tuple[str | None, str | None, str, str, str]]  # metric, metal, entity, ISO end, kind


def spans(targets: Iterable[Target], printed: Printed) -> Iterator[Asked]:
    """Twelve and six months up to a quarter, where neither is printed anywhere and all of their quarters are."""
    for told in series_of(targets):
        for (_, kind), last in told.items():
            for count, whole in ((4, "year"), (2, "half")):
                place = (last.metric, last.metal, last.entity, last.end.isoformat(), whole)
                if kind != "quarter" or place in printed:
                    continue
                parts = [told.get((shift_months(last.end, -3 * n), "quarter")) for n in range(count)]
                inside = tuple(p for p in parts if p is not None)
                form = "span" if len(inside) == count else PARTED
                if len(inside) < count - 1 or (len(inside) < count and _otherwise(told, last, count)):
                    continue
                total = (sum(p.value for p in inside),)
                yield Asked(form, _question(last, count), total, last.unit, inside, computed=True)


def _otherwise(told: dict[tuple[object, str], Target], last: Target, count: int) -> bool:
    """Whether a longer period may stand for the missing quarter."""
    first = shift_months(last.end, -3 * count - 12)
    return any(kind != "quarter" and first <= t.end <= shift_months(last.end, 12) for (_, kind), t in told.items())


def _question(last: Target, count: int) -> str:
    day = f"{last.end:%B} {last.end.day}, {last.end.year}"
    if count == 4:
        return f"{who(last)} TTM {named(last, 0)} at {day}"
    return f"{who(last)} {named(last, 0)} in the six months ended {day}"
