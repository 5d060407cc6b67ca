"""Questions that can be answered, offered where one could not be: with what there is in the place of what isn't.

A suggestion changes one thing of the question, in the user's own words, and is only made after it was answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from operator import eq

from assistant.answer import Answer
from assistant.asking import LONGEST
from assistant.book import Book
from assistant.conversation import carried
from assistant.coverage import SAID, Coverage, coverage_of
from assistant.examples import examples_of
from assistant.nearby import nearest_known
from assistant.outcomes import has_answer
from assistant.turn import Turn
from grammar.lexicon import lexicon
from grammar.reading import Measure, Reading, Term, Unread
from grammar.readings import readings
from grammar.records import record
from grammar.terms import Terms
from grammar.when import When

MOST = 3
TRIES = 6  # questions asked on the way to three that are answered
NEAR = 75.0
OTHER_KIND = 400  # days that a period of another kind is farther away
MOST_HOLDERS = 40  # looked at for three that have the period


@record
class Failed:
    """A question that was refused, with how far it was understood."""

    question: str
    found: Terms
    reading: Reading | None
    what: str
    coverage: Coverage

    @property
    def measure(self) -> str:
        """The measure asked for, '' where none is."""
        return next((m.id for m in self.reading.measures), "") if self.reading else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The mines and companies asked about, else the store's one company."""
        companies = self.coverage.book.companies
        if self.reading is None:
            return ()
        named = (*(e.name for e in self.reading.entities), *self.reading.companies)
        return named or tuple(companies if len(companies) == 1 else ())


def with_suggestions(answer: Answer, book: Book, before: Turn | None) -> Answer:
    """The answer, a refusal with up to three questions that are answered."""
    if answer.refusal is None or answer.refusal.suggestions:
        return answer
    made = suggest(answer.question, answer.refusal.reason, book, before)
    return replace(answer, refusal=replace(answer.refusal, suggestions=made))


def suggest(question: str, reason: str, book: Book, before: Turn | None = None) -> tuple[str, ...]:
    """Up to three questions near to ``question`` that are answered with figures, the nearest first.

    ``reason`` is the refusal's, that is: what is missing.
    """
    if len(question) > LONGEST:
        return examples_of(book)[:MOST]
    offered = dict.fromkeys(_tidy(q) for q in _offers(_failed(question, reason, book, before)))
    offered = {q: None for q in offered if not any(map(eq, q.split(), q.split()[1:]))}  # no word of it twice in a row
    tried = (q for q in islice(offered, TRIES) if q != question and has_answer(q, book, before))
    return tuple(islice(tried, MOST)) or examples_of(book)[:MOST]


def _failed(question: str, reason: str, book: Book, before: Turn | None) -> Failed:
    found = book.terms(question)
    read = readings(found, book.vocabulary.entities)
    if isinstance(read, Unread):
        known = readings(replace(found, unknown=()), book.vocabulary.entities)
        return Failed(question, found, known[0] if isinstance(known, list) and known else None, "", coverage_of(book))
    return Failed(question, found, next(iter(carried(read, before, question)), None), reason, coverage_of(book))


def _offers(failed: Failed) -> Iterator[str]:
    if failed.found.unknown:
        yield from _for_unknown(failed)
    else:
        yield from OFFERS.get(failed.what, _composed)(failed)
    yield from _composed(failed)


def _for_unknown(failed: Failed) -> Iterator[str]:
    """Words that aren't known: what is spelled like them, what stands where a name would, the rest without them."""
    first = failed.found.unknown[0]
    book = failed.coverage.book
    for near in nearest_known(first.said, book, least_like=NEAR):
        yield _swapped(failed.question, [(first.start, first.end, near)])
    if _is_name(failed.question, first):
        run = _run(failed.found.unknown)
        for name in _holders(failed):
            yield _swapped(failed.question, [(run[0], run[1], failed.coverage.called(name))])
    elif _narrows(failed):
        yield _swapped(failed.question, [(t.start, t.end, "") for t in failed.found.unknown])


def _is_name(question: str, term: Term) -> bool:
    """Whether the word is written as a name is, with a capital inside the sentence or an 's behind it."""
    return (term.start > 0 and question[term.start].isupper()) or question[term.end : term.end + 2] in ("'s", "’s")


def _narrows(failed: Failed) -> bool:
    """Whether the unknown words stand right before a measure or metal, so that the rest is a question without them."""
    start, end = _run(failed.found.unknown)
    after = [t.start - end for t in failed.found.of("measure", "metal")]
    return len(failed.found.unknown) == 1 + failed.question[start:end].count(" ") and any(0 < gap <= 2 for gap in after)


def _run(unknown: Sequence[Term]) -> tuple[int, int]:
    """The place of the first unknown words that stand together."""
    start, end = unknown[0].start, unknown[0].end
    for term in unknown[1:]:
        if term.start - end <= 1:
            end = term.end
    return start, end


def _for_period(failed: Failed) -> Iterator[str]:
    """The same with the periods that there are, those nearest to the one asked for first."""
    whens = [w for w in failed.found.whens if not w.release]
    whose = (*failed.names, *failed.coverage.holders(failed.measure))[:1]
    ends = failed.coverage.ends(failed.measure, whose[0]) if whose else frozenset()
    missing = next((w for w in whens if not {e.isoformat() for e in w.ends} & ends), None)
    names = _nearest_periods(failed, ends, missing)
    if missing is not None:
        yield from (_swapped(failed.question, [(missing.start, missing.end, name)]) for name in names)
    yield from (f"{_subject(failed)} {name}" for name in names)


def _nearest_periods(failed: Failed, ends: frozenset[str], missing: When | None) -> list[str]:
    """The names of the periods that end on one of ``ends``: of the kind asked for where there are such, by nearness."""
    of = [(end, name, kind) for end, name, kind in failed.coverage.book.periods() if end in ends and kind in SAID]
    metric = lexicon().metrics.get(failed.measure)
    fitting = [p for p in of if metric is None or (p[2] == "instant") == (metric.kind == "instant")]
    kinds = missing.kinds if missing and missing.kinds else ("quarter", "instant")
    days = missing.ends if missing else ()
    year = missing.year if missing else None
    fitting.sort(key=lambda p: (_away(p[0], days, year) + (0 if p[2] in kinds else OTHER_KIND), p[1]))
    return [name for _, name, _ in fitting[: MOST + 1]]


def _away(end: str, days: Sequence[dt.date], year: int | None) -> int:
    """Days between a period and the one asked for; the newest first where none is named."""
    wanted = days[0] if days else dt.date(year, 12, 31) if year else dt.date(9999, 1, 1)
    return abs((dt.date.fromisoformat(end) - wanted).days)


def _for_figure(failed: Failed) -> Iterator[str]:
    """The same measure of those who have it, and other measures of the one asked about, by turns."""
    coverage, named = failed.coverage, failed.found.of("entity")
    others = [coverage.called(n) for n in _holders(failed)]
    whens = [w.said for w in failed.found.whens if not w.release][:1]
    whose = [coverage.called(n) for n in failed.names[:1] if n in coverage.entities]
    own = _nearest_measures(failed) if whose else []
    for other, measure in zip_longest(others, own):
        if other and named:
            yield _swapped(failed.question, [(named[0].start, named[0].end, other)])
        elif other:
            yield f"{_said(failed)} {other}"
        if measure:
            yield " ".join([*whose, measure, *whens])


def _nearest_measures(failed: Failed) -> list[str]:
    """The measures of the one asked about, those first that share words with what was asked for."""
    coverage = failed.coverage
    asked = {w for m in failed.reading.measures for w in m.shown.lower().split()} if failed.reading else set()
    said = [coverage.measures[id] for id in coverage.measures_of(failed.names[0])]
    return sorted(said, key=lambda text: -len(asked & set(text.split())))[:MOST]


def _holders(failed: Failed) -> list[str]:
    """Others who have the measure in the period asked for, in whatever period where none has it in that one."""
    coverage = failed.coverage
    others = [n for n in coverage.holders(failed.measure) if n not in failed.names][:MOST_HOLDERS]
    days = {end.isoformat() for when in failed.found.whens for end in when.ends}
    then = (n for n in others if not days or days & coverage.ends(failed.measure, n))
    return list(islice(then, MOST)) or others[:1]


def _for_company(failed: Failed) -> Iterator[str]:
    """The same of each company, or mine, that has the figure."""
    for name in _holders(failed):
        yield f"{failed.question.rstrip(' ?.!')} for {failed.coverage.called(name)}"


def _for_metal(failed: Failed) -> Iterator[str]:
    """The metals that there are of it, and those who have the metal."""
    metals, coverage = failed.found.of("metal"), failed.coverage
    for name in failed.names[:1]:
        for metal in coverage.metals(failed.measure, name) if name in coverage.entities else ():
            if metals:
                yield _swapped(failed.question, [(metals[0].start, metals[0].end, metal.replace("_", " "))])
    named = failed.found.of("entity")
    for other in coverage.holders(failed.measure):
        if named and metals and metals[0].id in coverage.metals(failed.measure, other):
            yield _swapped(failed.question, [(named[0].start, named[0].end, coverage.called(other))])


def _for_unit(failed: Failed) -> Iterator[str]:
    """The same without the unit."""
    for unit in failed.found.of("unit")[-1:]:
        before = failed.question[: unit.start].rstrip()
        start = len(before) - 2 if before.endswith(" in") else unit.start
        yield _swapped(failed.question, [(start, unit.end, "")])


def _for_second_period(failed: Failed) -> Iterator[str]:
    """The same against another period that is printed."""
    for name in failed.names[:1]:
        for period in failed.coverage.periods(failed.measure, name)[1 : 1 + MOST]:
            yield f"{failed.question.rstrip(' ?.!')} vs {period}"


def _composed(failed: Failed) -> Iterator[str]:
    """What was understood of it, put plainly: each name with the measure, else with its own first measures."""
    coverage = failed.coverage
    names = [n for n in failed.names if n in coverage.entities]
    if failed.measure and not names:
        names = coverage.holders(failed.measure)[:MOST]
    for name in names:
        ids = [failed.measure] if coverage.has(failed.measure, name) else coverage.measures_of(name)[:MOST]
        for id in ids:
            yield f"{coverage.called(name)} {coverage.measures.get(id, '')}".strip()


def _subject(failed: Failed) -> str:
    """Measure, metals and names of a question in the fewest words."""
    metals = [m.replace("_", " ") for m in failed.reading.metals] if failed.reading else []
    names = [failed.coverage.called(n) for n in failed.names[:1] if n in failed.coverage.entities]
    return " ".join([*names, *metals, _said(failed)])


def _said(failed: Failed) -> str:
    shown: list[Measure] = list(failed.reading.measures) if failed.reading else []
    return failed.coverage.measures.get(failed.measure, shown[0].shown.lower() if shown else "")


def _swapped(question: str, changes: Sequence[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(changes, reverse=True):
        question = question[:start] + text + question[end:]
    return question


def _tidy(question: str) -> str:
    return " ".join(question.split()).replace(" ?", "?").replace(" ,", ",")


OFFERS = {
    "period": _for_period,
    "figure": _for_figure,
    "company": _for_company,
    "entity": _for_company,
    "metal": _for_metal,
    "unit": _for_unit,
    "second_period": _for_second_period,
}
