"""The periods that a question means, out of those for which there are figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.cover import Cover
from grammar.periods import MONTHS_OF, day_name, month_end, shift_months
from grammar.records import record
from grammar.translate import Spliced
from grammar.when import BACK, FLOWS, When

NEAR = dt.timedelta(days=9)  # a quarter of thirteen weeks ends up to so many days off the month's end
MOST_RECENT = 8  # ends of periods that are offered beside the one that was chosen
Key = tuple[str, str]
_WHOLE_YEAR = re.compile(r"(?:the )?(?:last|prior|previous) year")
_LENGTHS = {
    "quarter": "quarters",
    "half": "half years",
    "nine_months": "nine months",
    "year": "years",
    "month": "months",
}


@record
class Spans:
    """For each period asked for its (ISO end, kind) keys; ``assumed`` says what was chosen for the user.

    ``spliced`` says how each period is put together out of its keys; none where all are as they are printed.
    """

    groups: tuple[tuple[Key, ...], ...]
    assumed: tuple[str, ...] = ()
    missing: When | None = None
    spliced: tuple[Spliced, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys, in the order asked for, each once."""
        return tuple(dict.fromkeys(k for group in self.groups for k in group))


def merged(whens: Sequence[When]) -> list[When]:
    """The conditions with a quarter and a year, or a quarter and "last year", told apart made one."""
    quarters = [w for w in whens if w.quarter and not w.ends and not w.relative]
    years = [w for w in whens if w.year and not w.kinds and not w.release]
    plain = [w for w in whens if w not in quarters and w not in years]
    if not (quarters and years):
        return list(whens)
    made = [
        replace(
            y,
            ends=(month_end(y.year or 0, 3 * (q.quarter or 1)),),
            kinds=q.kinds if q.kinds[:1] == ("half",) else ("quarter", "instant"),
            year=None,
            quarter=q.quarter,
        )
        for q in quarters[:1]
        for y in years
    ]
    return [*plain, *made]


def spans(whens: Sequence[When], covers: Sequence[Cover], *, every: bool = False, two: bool = False) -> Spans:
    """The periods meant by ``whens`` among those that ``covers`` have; the latest one where none is named.

    Where ``two`` are set against each other, a period told from another one stands beside it, not in its place.
    """
    asked = merged(whens)
    releases = [w for w in asked if w.release]
    within = [c for c in covers if all(str(c.released or "").startswith(str(w.year)) for w in releases)]
    if releases and not within:
        return Spans((), missing=releases[0])
    named = [w for w in asked if not w.release]
    available = sorted({(c.end, c.kind) for c in within if c.end and c.kind})
    if not available:
        return Spans((), missing=named[0] if named else None)
    if not named:
        return _every(available) if every else _latest(available)
    return _each(named, available, two)


def _each(named: Sequence[When], available: list[Key], two: bool) -> Spans:
    groups: list[tuple[Key, ...]] = []
    assumed: list[str] = []
    base: Key | None = None
    for when in sorted(named, key=lambda w: w.relative not in ("", "latest")):
        found, said = _one(when, available, base)
        if not found:
            return Spans((), missing=when)
        groups.append(found)
        assumed += said
        base = base or found[-1]
    if two and len(named) == 1 and named[0].relative in BACK:
        groups.insert(0, (_latest(available).groups[0][0],))  # "higher than a year ago": the latest is
    if len(named) > 1 and not two and any(w.relative in BACK for w in named) and not _both_sides(named):
        groups = groups[1:]
    return Spans(tuple(groups), tuple(assumed))


def _both_sides(named: Sequence[When]) -> bool:
    """Whether "the year before" stands against a named period ("Q1 2007 against the year before").

    Right before the period it is told from that one: "the quarter before Q1 2007" is one quarter.
    """
    told = {w.end + 1 for w in named if w.relative}
    return any((w.exact and not w.relative) or w.relative == "latest" for w in named if w.start not in told)


def _latest(available: Sequence[Key]) -> Spans:
    end = max(k[0] for k in available)
    best = _by_kind([k for k in available if k[0] == end], ("quarter", "instant", *FLOWS))
    return Spans((best,))


def _by_kind(keys: Sequence[Key], kinds: Sequence[str]) -> tuple[Key, ...]:
    """Of keys with one end the one whose kind is preferred; instants stand beside a duration, never against it."""
    for kind in kinds:
        fitting = [k for k in keys if k[1] == kind]
        if fitting:
            return tuple(fitting)
    return ()


def _one(when: When, available: list[Key], base: Key | None) -> tuple[tuple[Key, ...], list[str]]:
    if when.relative:
        return _relative(when, available, base)
    if when.ends:
        return _at(when.ends, when.kinds, available), []
    if when.quarter:
        ends = sorted({e for e, k in available if k in when.kinds and int(e[5:7]) == 3 * when.quarter}, reverse=True)
        found = _at((dt.date.fromisoformat(ends[0]),), when.kinds, available) if ends else ()
        return found, [f"{when.said} taken as that of {ends[0][:4]}"] if ends else []
    if when.year:
        return _year(when, available)
    if when.month:
        ends = sorted({e for e, _ in available if int(e[5:7]) == when.month}, reverse=True)
        if ends:
            newest = dt.date.fromisoformat(ends[0])
            return _at((newest,), when.kinds, available), [f"{when.said} taken as {day_name(newest)}"]
    return (), []


def _at(ends: Iterable[dt.date], kinds: Sequence[str], available: Sequence[Key]) -> tuple[Key, ...]:
    """The keys that end on one of the days, or within the days that a 52-week year may be off."""
    for day in ends:
        exact = [k for k in available if k[0] == day.isoformat()]
        near = [
            k for k in available if abs(dt.date.fromisoformat(k[0]) - day) <= NEAR and k[1] not in ("instant", "month")
        ]
        for keys in (exact, near):
            found = _by_kind(keys, kinds or ("quarter", "instant", *FLOWS))
            if found:
                return found
    return ()


def _year(when: When, available: list[Key]) -> tuple[tuple[Key, ...], list[str]]:
    inside = [k for k in available if k[0].startswith(str(when.year))]
    full = [k for k in inside if k[1] == "year"]
    if full or "year" in when.kinds:
        return tuple(full[-1:]), []
    ends = sorted({k[0] for k in inside})
    if len(ends) == 1:
        found = _by_kind(inside, ("nine_months", "half", "quarter", "instant", *FLOWS))
        how = "all there is of that year" if len(inside) == 1 else "the longest that is printed of that year"
        return found, [f"{when.year} taken as {_name(found[0])}, {how}"]
    last = [k for k in inside if k[1] == "instant" and k[0] == ends[-1]] if ends else []
    if last and all(k[1] == "instant" for k in inside):
        return tuple(last), [f"{when.year} taken as {_name(last[0])}"]
    said = [f"no total of {when.year} is printed; its quarters"] if inside else []
    return tuple(k for k in inside if k[1] in ("quarter", "instant")), said


def _relative(when: When, available: list[Key], base: Key | None) -> tuple[tuple[Key, ...], list[str]]:
    latest = _latest(available).groups[0][0]
    start = base or latest
    if when.until is not None:
        inside = _every([k for k in available if _lies_in(k, when)])
        return inside.keys, list(inside.assumed)
    if when.quarter:  # "the first quarters"
        return tuple(k for k in available if _lies_in(k, when)), []
    if when.relative == "recent":
        every = _every(available)
        ends = sorted({end for end, _ in every.keys})[-MOST_RECENT:]
        return tuple(k for k in every.keys if k[0] in ends), list(every.assumed)
    if when.relative in ("all", "any"):
        kept = tuple(k for k in available if k[1] in when.kinds)
        every = Spans((kept,)) if kept else _every(available)
        lengths = {_LENGTHS[k[1]] for k in every.keys if k[1] in _LENGTHS}
        no_years = lengths and "year" in when.kinds and not kept
        said = [f"no whole year is printed: these are {' and '.join(sorted(lengths))}"] if no_years else []
        return every.keys, [*said, *every.assumed]
    if when.relative == "latest":
        newest = _newest_of(when.kinds, available) if when.kinds else latest
        return ((newest,), [f"the latest is {_name(newest)}"]) if newest else ((), [])
    if when.relative == "earliest":
        return (available[0],), [f"the earliest is {_name(available[0])}"]
    whole = _year_before(latest, available) if when.relative == "prior_year" and base is None else None
    if whole and _WHOLE_YEAR.fullmatch(when.said):
        return (whole,), [f"{when.said} taken as {_name(whole)}"]
    if when.relative in ("prior_year", "year_before"):
        day = shift_months(dt.date.fromisoformat(start[0]), -12)
        found = tuple(k for k in _at((day,), (start[1],), available))
        return found, [f"{when.said} taken as {_name(found[0])}"] if found else []
    if when.relative == "previous":
        months = next((months for months, kind in MONTHS_OF.items() if kind == start[1]), 3)
        before = shift_months(dt.date.fromisoformat(start[0]), -months)
        found = _at((before,), (start[1],), available)
        return found, [f"{when.said} taken as {_name(found[0])}"] if found else []
    return (), []


def _lies_in(key: Key, when: When) -> bool:
    """Whether a period lies in a range of years: from one end to the other, only the quarter that is meant of each."""
    if when.ends and not when.ends[0].isoformat() <= key[0] <= (when.ends[-1] + NEAR).isoformat():
        return False
    if when.quarter and (key[1] not in when.kinds or not _ends_quarter(key, when.quarter)):
        return False
    return when.until is None or str(when.year) <= key[0][:4] <= str(when.until)


def _ends_quarter(key: Key, number: int) -> bool:
    """Whether a period ends with a quarter of the calendar, or the days near that a 52-week year is off."""
    end = dt.date.fromisoformat(key[0])
    return any(abs(end - month_end(year, 3 * number)) <= NEAR for year in (end.year - 1, end.year))


def _every(available: Sequence[Key]) -> Spans:
    """All periods that can stand beside one another: of spans of unlike lengths those of the length most have."""
    lengths = [kind for _, kind in available if kind != "instant"]
    kinds = sorted(set(lengths), key=lambda kind: (-lengths.count(kind), FLOWS.index(kind)))
    kept = tuple(key for key in available if key[1] in ("instant", *kinds[:1]))
    left = ", ".join(_LENGTHS.get(kind, "other spans") for kind in kinds[1:])
    return Spans((kept,), (f"spans of one length stand beside one another; left out: {left}",) if left else ())


def _year_before(latest: Key, available: Sequence[Key]) -> Key | None:
    """The whole year before that of the latest period, where it is printed."""
    year = str(int(latest[0][:4]) - 1)
    return next((key for key in available if key[1] == "year" and key[0].startswith(year)), None)


def _newest_of(kinds: Sequence[str], available: Sequence[Key]) -> Key | None:
    """The latest period of these kinds, the first kind first: the year to date is no quarter where more is printed."""
    told = [k for k in available if k[1] in kinds]
    end = max((k[0] for k in told), default="")
    return next(iter(_by_kind([k for k in told if k[0] == end], kinds)), None)


def _name(key: Key) -> str:
    end = dt.date.fromisoformat(key[0])
    if key[1] == "quarter" and end.month % 3 == 0:
        return f"Q{end.month // 3} {end.year}"
    if key[1] in ("half", "nine_months"):
        return f"{'six' if key[1] == 'half' else 'nine'} months to {day_name(end)}"
    return f"FY {end.year}" if key[1] == "year" and end.month == 12 else day_name(end)


def one_by_two_ends(keys: Sequence[Key]) -> tuple[tuple[str, str], ...]:
    """The spans that are printed under two ends a few days apart, the calendar's and its weeks': ("end kind", end)."""
    flows = sorted(key for key in keys if key[1] in FLOWS and key[1] != "other")
    found = []
    for (end, kind), (later, other) in pairwise(sorted(flows, key=lambda key: (key[1], key[0]))):
        if kind == other and dt.date.fromisoformat(later) - dt.date.fromisoformat(end) <= NEAR:
            found.append((f"{end} {kind}", later))
    return tuple(found)
