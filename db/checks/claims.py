"""What the text claims, held against the tables: amounts, changes ("37% higher"), multiples ("nearly doubled").

A claim says no more than its printed digits and its qualifier: "about 26" is anything that rounds to 26, "more than
53,000" anything from there on. What the text leaves open (whose figure, of which metal) is taken as whatever the tables
confirm, and is never called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from db.checks.computed import Made, computed
from db.checks.figure import Figure, Period
from db.checks.finding import TINY, Finding, Range, Verdict, judge, relate
from db.checks.sheet import Sheet
from db.checks.years import before

KIND = "prose vs table"
MORE = ("more than", "over", "at least", "in excess of", "exceeding", "exceeded", "above", "or more", "upwards of")
LESS = ("less than", "under", "below", "up to", "at most", "fewer than")
NEARLY = ("nearly", "almost", "close to")
DIGITS = 3  # that a claim about nothing known must have to be recognised in a table
WILD = 4.0  # times apart: then the sentence is about something else than it seems to be
ALSO = {  # what a sentence may call by another name than the tables do
    "smelter_charges": ("recon_treatment_freight",),
    "realized_price": ("realized_price", "average_price"),
    "offering_proceeds": ("cf_common_stock_issued",),
    "capital_expenditures": ("capital_expenditures", "capital_additions"),
    "eps": ("eps", "eps_diluted"),
    "eps_diluted": ("eps_diluted", "eps"),
}
YEAR_AGO = ("year ago", "last year", "prior year", "prior-year", "previous year", "year earlier", "year-ago")
EVENTS = frozenset({"offering_proceeds"})  # one of the things that a line of the period may be made of
NEAR = 0.02  # how near such a line must be to be taken for the event alone


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the text with the tables it may be held against."""

    sheet: Sheet
    said: Figure

    def finding(self, ways: Sequence[Made], words: str) -> Finding | None:
        """The way that confirms the claim, else the first as its contradiction; None where nothing can be said."""
        best = next((way for way in ways if self._verdict(way[0]) == "holds"), None)
        best = best or next((way for way in ways if self._verdict(way[0]) != "NO"), None)
        if best is None and (not ways or not self._is_plain()):
            return None
        made, sources = best or ways[0]
        loose = best is None and (_is_wild(made.mid, self.said) or self._is_elsewhere())
        return relate(KIND, self.sheet.document, made, self.said, sources, words, loose, self._verdict(made))

    def _verdict(self, made: Range) -> Verdict:
        """How the tables meet the claim; on the side that its qualifier allows they do."""
        said, qualifier = self.said, (self.said.qualifier or "").lower()
        slack = TINY * abs(said.value)
        meets = (
            (qualifier in MORE and made.mid >= said.value - slack)
            or (qualifier in LESS and made.mid <= said.value + slack)
            or (qualifier in NEARLY and said.value - 2 * said.half <= made.mid <= said.value)
        )
        return "holds" if meets else judge(made, said)

    def _is_elsewhere(self) -> bool:
        """Whether the tables have the figure for another period or party: then the sentence may mean that one."""
        same = (f for name in _names(self.said) for f in self.sheet.any_of(name) if f.unit == self.said.unit)
        return any(self._verdict(Range.of(figure)) != "NO" for figure in same)

    def _is_plain(self) -> bool:
        """Whether it is clear what the claim is about, so that another figure in the tables contradicts it."""
        said = self.said
        return bool(said.entity and said.metric and said.period[1] and said.nature == "actual")


def _is_wild(value: float, said: Figure) -> bool:
    if said.unit == "USD/share" or not value or not said.value:
        return False
    apart = WILD if said.unit != "%" else sqrt(WILD)
    return not 1 / apart <= abs(value / said.value) <= apart


def check(sheet: Sheet) -> Iterator[Finding]:
    """Every claim of the text that the tables can confirm or contradict."""
    found: list[tuple[Figure, Finding]] = []
    for said in sheet.said:
        if said.nature != "guidance":
            finding = _unknown(sheet, said) if said.metric is None else _known(sheet, said)
            if finding:
                found.append((said, finding))
    confirmed = {(said.metric, said.unit) for said, finding in found if finding.verdict != "NO"}
    held = {_what(said) for said, finding in found if finding.verdict != "NO"}
    for said, finding in found:
        sure = said.metric in EVENTS or ((said.metric, said.unit) in confirmed and _what(said) not in held)
        yield finding if sure or not finding.fails else as_loose(finding)


def _what(said: Figure) -> tuple[object, ...]:
    """What a sentence tells: of two figures for the same thing, as in "20 to 25", one at most can be the table's."""
    return said.sentence, said.metric, said.metal, said.entity, said.period, said.unit


def as_loose(finding: Finding) -> Finding:
    """The finding as information: it isn't sure that the two figures are about the same."""
    return finding._replace(loose=True, kind=f"loose: {finding.kind}")


def _known(sheet: Sheet, said: Figure) -> Finding | None:
    claim = Claim(sheet, said)
    figures = [f for f in _figures(sheet, said) if f.period == said.period or not said.period[1]]
    if said.unit in {"%", "x"}:
        return _changed(claim)
    if said.nature != "actual":
        return _compared(claim)
    if said.metric in EVENTS:
        return _event(claim)
    ways: list[Made] = [(Range.of(figure), (figure,)) for figure in figures if figure.unit == said.unit]
    ways = ways or list(computed(sheet, said))
    if not said.entity or (not said.metal and any(figure.metal for figure in figures)):
        return claim.finding(ways, "the tables give") if _confirmed(claim, ways) else None
    return claim.finding(ways, "the tables give")


def _confirmed(claim: Claim, ways: Sequence[Made]) -> bool:
    found = claim.finding(ways, "")
    return found is not None and found.verdict != "NO"


def _names(said: Figure) -> tuple[str, ...]:
    return ALSO.get(said.metric or "", (said.metric or "",))


def _figures(sheet: Sheet, said: Figure) -> list[Figure]:
    """The tables' figures that a claim may be about, those that are cited first before the others."""
    found = [
        figure
        for figure in sheet.of(*_names(said))
        if said.entity in {None, figure.entity} and (not said.metal or figure.metal in {None, said.metal})
    ]
    return sorted(found, key=lambda figure: (figure.preference, figure.line))


def _changed(claim: Claim) -> Finding | None:
    """A claim of so many per cent more, or so many times as much, than in the year before."""
    said = claim.said
    ways, others = list[Made](), list[Made]()
    for now in _figures(claim.sheet, said):
        then = before(claim.sheet, now)
        if then and then.value:
            same = now.period == said.period or not said.period[1]
            (ways if same else others).append((_ratio(now, then, said.unit), (now, then)))
    if said.unit == "%" and ways and all(way[0].mid < 0 < said.value for way in ways):
        ways = [(-way, places) for way, places in ways]  # "fell 13%"
    told = replace(claim, said=said._replace(nature="actual"))
    if any(judge(way, said) != "NO" for way, _ in others):
        return told.finding(ways, "from the year before the tables make") if _confirmed(told, ways) else None
    open_ended = not said.entity or (not said.metal and len({p.metal for _, places in ways for p in places}) > 1)
    shares = sum(other.unit == said.unit and other.sentence == said.sentence for other in claim.sheet.said)
    if (
        open_ended
        or shares > 1
        or said.nature == "actual"
        or not any(words in said.sentence.lower() for words in YEAR_AGO)
    ):
        return told.finding(ways, "from the year before the tables make") if _confirmed(told, ways) else None
    return told.finding(ways, "from the year before the tables make")


def _ratio(now: Figure, then: Figure, unit: str) -> Range:
    try:
        made = Range.of(now) / Range.of(then)
    except ZeroDivisionError:
        made = Range(*(now.value / then.value,) * 3)
    return made if unit == "x" else Range(*((part - 1) * 100 for part in (made.low, made.mid, made.high)))


def _compared(claim: Claim) -> Finding | None:
    """An amount in a comparison is a change, or what it is compared with: only what the tables confirm is told."""
    ways: list[Made] = []
    for now in _figures(claim.sheet, claim.said):
        if now.unit != claim.said.unit or (claim.said.period[1] and now.period != claim.said.period):
            continue
        then = before(claim.sheet, now)
        ways.append((Range.of(now), (now,)))
        if then:
            change = Range.of(now) - Range.of(then)
            ways += [(change if change.mid > 0 else -change, (now, then)), (Range.of(then), (then,))]
    return claim.finding(ways, "the tables make") if _confirmed(claim, ways) else None


def _event(claim: Claim) -> Finding | None:
    """An event within the period: its line is held against it only where nothing else can be in the line."""
    said, day = claim.said, claim.said.period[1]
    for figure in _figures(claim.sheet, said):
        start, end = figure.period
        within = bool(start and end and day and start <= day <= end)
        if within and figure.unit == said.unit and abs(figure.value - said.value) <= NEAR * abs(figure.value):
            return claim.finding([(Range.of(figure), (figure,))], "the tables give")
    return None


def _unknown(sheet: Sheet, said: Figure) -> Finding | None:
    """A figure of many digits whose metric the text leaves open is the one in the tables that is the same."""
    digits = [sign for sign in said.printed if sign.isdigit()]
    if len("".join(digits).strip("0")) < DIGITS or not said.entity:
        return None
    ways = [
        (Range.of(figure), (figure,))
        for figure in sheet.by_entity.get((said.entity, said.unit), ())
        if _same(figure.period, said.period)
    ]
    claim = Claim(sheet, said)
    return claim.finding(ways, "the tables give") if _confirmed(claim, ways) else None


def _same(one: Period, other: Period) -> bool:
    return other[1] is None or one == other
