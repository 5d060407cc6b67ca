"""Refusals that help: which word or what is missing, and what there is in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Answer, Refusal
from assistant.book import Book
from assistant.coverage import coverage_of, ids_of
from assistant.refusal_words import like_it, listed, named, of_whom, periods_near, printed_of_plan
from assistant.resolve import Missing
from assistant.told import corrections_of, said_of
from assistant.wording import say_absent
from grammar.lexicon import lexicon
from grammar.reading import Reading, Unread
from grammar.terms import Terms
from grammar.when import When

TWO_QUESTIONS = "that is two questions in one: ask them one at a time"


def refuse(
    question: str, book: Book, why: Unread | Missing, found: Terms | None = None, reading: Reading | None = None
) -> Answer:
    """The answer that is none, with its reason and what was understood of the question (``found``)."""
    refusal = _unread(why, book, question) if isinstance(why, Unread) else _missing(why, book, reading or Reading())
    return Answer(
        question=question,
        status="refused",
        corrections=corrections_of(found) if found else (),
        terms=said_of(found) if found else (),
        refusal=refusal,
    )


def _unread(why: Unread, book: Book, question: str) -> Refusal:
    words = tuple(dict.fromkeys(why.words))
    message = {
        "unknown_words": _unknown(words, book, question),
        "opinion": f"that asks for an opinion ({', '.join(words)}); filings give figures and what companies said",
        "too_long": "that is too long for a question: ask for one thing in a sentence or two",
        "negation": f"{_words(words)} turns the question round: ask for what is wanted, not for what is left out",
        "arithmetic": f"{_words(words)} can't be computed here: ask for the figures by themselves",
        "two_questions": TWO_QUESTIONS,
        "nothing_asked": "there is no question in that: name a measure, such as cash cost, and a mine or company",
    }.get(why.reason, why.reason)
    return Refusal(why.reason, message, words, why.suggestions)


def _words(words: Sequence[str]) -> str:
    return " and ".join(map(repr, words))


def _unknown(words: Sequence[str], book: Book, question: str) -> str:
    """Which words failed; where one is written as a name, who there is."""
    said = f"not understood: {', '.join(map(repr, words))}"
    if any(word[:1].isupper() and not question.lstrip().startswith(word) for word in words):
        there = listed([*book.companies, *dict.fromkeys(name for name, _ in book.mines)])
        return f"{said}; the store holds filings on {there}" if there else said
    return said


def _missing(why: Missing, book: Book, reading: Reading) -> Refusal:
    say = MESSAGES.get(why.what)
    return Refusal(why.what, say(why, book, reading) if say else f"no answer: {why.what}")


def _measure(why: Missing, book: Book, reading: Reading) -> str:
    measure = "name a measure, such as cash cost, production or net income"
    of_place = [entity.name for entity in reading.entities if entity.kind == "mine"]
    mines = of_place or list(book.members("mine", reading.companies or book.companies))
    if reading.group == "mine" and mines:
        return f"{'the mine there is' if len(mines) == 1 else 'the mines there are'} {listed(mines)}: {measure}"
    return f"it isn't said what is asked for: {measure}"


def _company(why: Missing, book: Book, reading: Reading) -> str:
    what, names = named(reading) or "that", why.have
    if not names:
        return f"no filing here names its company, so {what} is nobody's: ask of a mine, or see stope facts"
    if len(reading.measures) == 1:
        holders = set(coverage_of(book).holders(reading.measures[0].id))
        names = tuple(name for name in names if name in holders) or names
    if len(names) == 1:
        return f"there are several companies here, and {what} is told by {names[0]}: name it"
    return f"{what} is told by several companies; name one of {listed(names)}"


def _fiscal(why: Missing, book: Book, reading: Reading) -> str:
    said = next((w.said for w in reading.whens if w.fiscal), "that")
    return f"{said} is not the same period for every company: name one, or the day that the period ends on"


def _entity(why: Missing, book: Book, reading: Reading) -> str:
    return f"no figure of {named(reading)} is printed for the company; name one of {listed(why.have)}"


def _period(why: Missing, book: Book, reading: Reading) -> str:
    """No filing for the period, or none of its figures in the filings that there are; and the nearest periods."""
    what, whose = named(reading), of_whom(reading)
    periods = periods_near(why.cover, reading.whens)
    there = f"there {'is' if len(periods) == 1 else 'are'} {', '.join(periods)}" if periods else "there is none"
    when = next((w for w in reading.whens if w.said == why.asked), None)
    if when is not None and when.relative in ("future", "today"):
        return f"filings say what was, not {when.said}: of {what}{whose} {there}"
    said = why.asked.removeprefix("at ").removeprefix("in ") or "that period"
    if when is not None and when.kinds == ("year",) and not any(c.kind == "year" for c in why.cover):
        return f"no filing gives {what}{whose} for a whole year ({said}){_lacked(why)}; {there}"
    if when is not None and not _is_covered(when, book):
        return f"no filing covers {said}{_lacked(why)}; of {what}{whose} {there}"
    return f"no filing has {what}{whose} for {said}{_lacked(why)}; {there}"


def _is_covered(when: When, book: Book) -> bool:
    """Whether any figure of the store is of a period that ends so."""
    days = {end for end, _, _ in book.periods()}
    if when.ends:
        return any(end.isoformat() in days for end in when.ends)
    return when.year is None or any(day.startswith(str(when.year)) for day in days)


def _averaged(why: Missing, book: Book, reading: Reading) -> str:
    """What is asked for one day is printed as the average of a span, or for the span as a whole."""
    periods = periods_near(why.cover, reading.whens)
    there = f"; there {'is that' if len(periods) == 1 else 'are those'} of {', '.join(periods)}" if periods else ""
    said = why.asked.removeprefix("at ").removeprefix("in ")
    what = "the average" if why.what == "averaged" else "a figure"
    return f"{named(reading)} is {what} of a period, and no filing gives that of {said} alone{there}"


def _uncomputed(why: Missing, book: Book, reading: Reading) -> str:
    return f"{why.asked} can't be computed here: ask for the figures by themselves"


def _figure(why: Missing, book: Book, reading: Reading) -> str:
    """Nobody has it, or others have; and what is printed that is called alike."""
    what, coverage = named(reading), coverage_of(book)
    whose = f" of {why.asked}" if why.asked else f" by {reading.group}" if reading.group else ""
    if reading.guidance:
        actual = printed_of_plan(reading, coverage)
        there = f"; what it was is there for {', '.join(actual)}" if actual else ""
        return f"no filing gives guidance on {what}{whose}{there}"
    id = reading.measures[0].id if reading.measures else ""
    holders = coverage.holders(id)
    if len(ids_of(id)) > 1 and (why.asked or len(book.companies) == 1) and set(holders) & {why.asked, *book.companies}:
        return f"no filing has all that {what}{whose} is made of{_then(reading)}: {listed(map(_called, ids_of(id)))}"
    if holders and not any(holder in why.asked for holder in holders):
        return f"no filing has {what}{whose}; there is that of {listed(map(coverage.called, holders))}"
    alike = like_it(id, coverage, reading)
    other = f"; {listed(alike)} {'is' if len(alike) == 1 else 'are'} printed, which is not the same" if alike else ""
    return f"no filing has {what}{whose}{other}"


def _then(reading: Reading) -> str:
    said = " and ".join(when.said for when in reading.whens if not when.release)
    return f" for {said or 'the latest period'}"


def _called(metric: str) -> str:
    return lexicon().metrics[metric].name.lower()


def _metal(why: Missing, book: Book, reading: Reading) -> str:
    metals = dict.fromkeys(c.metal.replace("_", " ") for c in why.cover if c.metal)
    there = f"; there is {listed(metals)}" if metals else "; it isn't told by metal"
    return f"no filing has {named(reading)} of {why.asked.replace('_', ' ')}{of_whom(reading, ' by ')}{there}"


def _unit(why: Missing, book: Book, reading: Reading) -> str:
    return f"{named(reading)} is in {listed(why.have)}, which can't be said in {why.asked or 'that unit'}"


def _second_period(why: Missing, book: Book, reading: Reading) -> str:
    return f"two different periods of {named(reading) or 'it'} are needed for that: name both"


def _sum(why: Missing, book: Book, reading: Reading) -> str:
    return f"figures of {named(reading)} in {why.asked} can't be added up; ask for them one beside the other"


def _lacked(why: Missing) -> str:
    """What keeps the period from being added up of its quarters, where some of those are there."""
    return f", and {say_absent(why.have)}" if why.have else ""


def _parts(why: Missing, book: Book, reading: Reading) -> str:
    """Which quarters keep a span from being put together."""
    periods = periods_near(why.cover, reading.whens)
    there = f"; there {'is' if len(periods) == 1 else 'are'} {', '.join(periods)}" if periods else ""
    span = f"the {why.asked}" if why.asked[:1].islower() else why.asked
    return f"{named(reading)}{of_whom(reading)} for {span} can't be added up: {say_absent(why.have)}{there}"


def _not_added(why: Missing, book: Book, reading: Reading) -> str:
    """Why figures of one period and the next make no sum, and which single one can be asked for."""
    kinds = {c.kind for c in why.cover}
    what = (
        "a balance of one day"
        if kinds == {"instant"}
        else f"in {listed({c.unit for c in why.cover})}"
        if why.cover
        else "no amount of a period"
    )
    latest = max(why.cover, key=lambda c: c.end or "", default=None)
    instead = f"; ask for it at one time, such as {latest.period}" if latest and latest.period else ""
    return f"{named(reading)} is {what}, which isn't added up over time, and no filing prints it for that span{instead}"


def _overlap(why: Missing, book: Book, reading: Reading) -> str:
    return f"{why.asked} share quarters, so their sum would count those twice: ask for one of them"


def _twice(why: Missing, book: Book, reading: Reading) -> str:
    return f"{listed(why.have)} print the same {named(reading)}: they may be one, which a sum would count twice"


def _text(why: Missing, book: Book, reading: Reading) -> str:
    return f"no passage says that of {why.asked!r}"


def _earlier(why: Missing, book: Book, reading: Reading) -> str:
    return f"no filing tells the earlier plan that {why.asked!r} asks for"


def _share(why: Missing, book: Book, reading: Reading) -> str:
    return f"a share needs a mine or segment to set against the company: name one for {named(reading)}"


def _label(why: Missing, book: Book, reading: Reading) -> str:
    there = listed(map(repr, why.have))
    return f"no figure of {named(reading)}{of_whom(reading)} is printed as {why.asked!r}; it is printed as {there}"


def _rank(why: Missing, book: Book, reading: Reading) -> str:
    if reading.nth:
        return f"there are not so many figures of {named(reading)} to rank"
    done = "to average it with" if reading.compute == "average" else "to rank it among"
    return f"there is one figure of {named(reading)}{of_whom(reading)} for that period, and nothing {done}"


MESSAGES: dict[str, Callable[[Missing, Book, Reading], str]] = {
    "measure": _measure,
    "company": _company,
    "fiscal": _fiscal,
    "entity": _entity,
    "period": _period,
    "averaged": _averaged,
    "alone": _averaged,
    "uncomputed": _uncomputed,
    "two_questions": lambda why, book, reading: TWO_QUESTIONS,
    "figure": _figure,
    "metal": _metal,
    "unit": _unit,
    "second_period": _second_period,
    "sum": _sum,
    "parts": _parts,
    "not_added": _not_added,
    "overlap": _overlap,
    "twice": _twice,
    "text": _text,
    "earlier": _earlier,
    "share": _share,
    "rank": _rank,
    "label": _label,
}
