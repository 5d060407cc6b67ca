"""What a check finds: what was expected, what is printed, where both stand, and whether rounding explains a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from db.checks.figure import Figure

Verdict = Literal["holds", "within rounding", "NO"]
TINY = 1e-9  # of binary fractions, relative to the figures


class Spot(NamedTuple):
    """A place that a finding cites: a line of its document, and the fact that stands there if one does."""

    document: str
    line: int
    fact_id: int | None = None

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


class Finding(NamedTuple):
    """One relation that was looked at.

    ``expected`` follows from the figures at ``sources``, ``printed`` stands at ``printed_at``; both are in base units
    (None where the relation is not one of figures). ``figure`` is the one that it is about, ``origins`` what the
    expected one follows from: figures of the same document, or places.
    ``because`` says how the expected figure is made, or where it is ``plain`` is the whole explanation.
    ``loose`` relations need not tie exactly: what they find is told for information and is no fault.

    A filing has hundreds, most hold and are never told: so what a person reads of one is made when it is asked for.
    """

    kind: str
    verdict: Verdict
    expected: float | None
    printed: float | None
    unit: str
    document: str
    figure: Figure
    origins: tuple[Figure | Spot, ...]
    because: str
    loose: bool = False
    plain: bool = False
    place: Spot | None = None  # of what is printed, where that is not the figure

    @property
    def about(self) -> str:
        """What it is about, for people."""
        return subject(self.figure)

    @property
    def period(self) -> str:
        """The last day of what it is about, ISO; empty where that is of no period."""
        return self.figure.period[1] or ""

    @property
    def sources(self) -> tuple[Spot, ...]:
        """Where stands what the expected figure follows from."""
        document = self.document
        return tuple([o if isinstance(o, Spot) else Spot(document, o.line, o.id) for o in self.origins])

    @property
    def printed_at(self) -> tuple[Spot, ...]:
        """Where the figure is printed that should be the expected one."""
        return (self.place or Spot(self.document, self.figure.line, self.figure.id),)

    @property
    def key(self) -> tuple[object, ...]:
        """What two findings of one filing share that say the same."""
        origins = [origin if isinstance(origin, Spot) else origin.id for origin in self.origins]
        return (self.kind, self.place or self.figure.id, *origins)

    @property
    def explanation(self) -> str:
        """The relation as a sentence."""
        return self.because if self.plain else _explain(self)

    @property
    def fails(self) -> bool:
        """Whether something that must add up does not."""
        return self.verdict == "NO" and not self.loose


@dataclass(slots=True)
class Range:
    """A computed figure with the least and the most that its rounded terms allow.

    Nothing changes one that is made, but thousands are made a filing, and a frozen one takes three times as long.
    """

    low: float
    mid: float
    high: float

    @classmethod
    def of(cls, figure: Figure) -> Range:
        """The range of a printed figure."""
        value, half = figure.value, figure.half
        return cls(value - half, value, value + half)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.mid + other.mid, self.high + other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.mid, -self.low)

    def __sub__(self, other: Range) -> Range:
        return self + -other

    def __mul__(self, other: Range) -> Range:
        corners = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Range(min(corners), self.mid * other.mid, max(corners))

    def __truediv__(self, other: Range) -> Range:
        """ZeroDivisionError where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        return self * Range(1 / other.high, 1 / other.mid, 1 / other.low)


ZERO = Range(0.0, 0.0, 0.0)


def total(figures: Iterable[Figure]) -> Range:
    """The sum of figures."""
    return signed_total([(figure, 1) for figure in figures])


def signed_total(terms: Iterable[tuple[Figure, int]]) -> Range:
    """The sum of figures, those with a negative sign taken away."""
    low = mid = high = 0.0
    for figure, sign in terms:
        value, half = (figure.value if sign > 0 else -figure.value), figure.half
        mid += value
        low += value - half
        high += value + half
    return Range(low, mid, high)


def ties(mid: float, room: float, printed: Figure) -> bool:
    """Whether what was made, give or take its own rounding, is the printed figure: ``judge`` would not say no."""
    gap, room = abs(mid - printed.value), room + printed.half
    return gap <= room or gap <= room + TINY * max(abs(mid), abs(printed.value))


def judge(made: Range, printed: Figure) -> Verdict:
    """How the figure that was made compares with the printed one."""
    slack = TINY * max(abs(made.mid), abs(printed.value))
    if abs(made.mid - printed.value) <= printed.half + slack:
        return "holds"
    if made.low - slack <= printed.high and printed.low <= made.high + slack:
        return "within rounding"
    return "NO"


def subject(figure: Figure, name: str = "") -> str:
    """What a figure is about, for people: ``Blue Kettle · silver · Total cash costs · Q1 2007``."""
    parts = (figure.entity, figure.metal, name or figure.label or "subtotal", figure.period_name)
    return " · ".join([part for part in parts if part])


def shown(value: float, unit: str) -> str:
    """A figure as sentences say it: ``$26,441,000``, ``-$1.12``, ``2,398,199 oz``."""
    money, _, rest = unit.partition("/")
    places = 0 if abs(value - round(value)) < TINY * max(1.0, abs(value)) else 2 if abs(value) >= 0.1 else 4
    number = f"{abs(value):,.{places}f}"
    sign = "-" if value < 0 and float(number.replace(",", "")) else ""
    if money == "USD":
        return f"{sign}${number}" + (f"/{rest}" if rest else "")
    return f"{sign}{number}" + ("%" if unit == "%" else f" {unit}" if unit else "")


def relate(  # noqa: PLR0913, PLR0917
    kind: str,
    document: str,
    made: Range,
    printed: Figure,
    sources: Sequence[Figure],
    because: str,
    loose: bool = False,
    verdict: Verdict | None = None,
) -> Finding:
    """The finding of one relation between figures of a filing; ``because`` says how the expected one is made.

    The verdict is that of the figures as they stand unless one is given.
    """
    verdict = verdict or judge(made, printed)
    loose = loose and verdict == "NO"
    if loose and not kind.startswith("loose"):
        kind = f"loose: {kind}"
    return Finding(
        kind, verdict, made.mid, printed.value, printed.unit, document, printed, tuple(sources), because, loose
    )


def _explain(finding: Finding) -> str:
    made, value, unit = finding.expected or 0.0, finding.printed or 0.0, finding.unit
    begins = f"{finding.because[:1].upper()}{finding.because[1:]} {shown(made, unit)}"
    if finding.verdict == "holds":
        return f"{begins}, and {finding.figure.printed} is printed."
    if finding.verdict == "within rounding":
        return f"{begins}; {shown(value, unit)} is printed, which rounding explains."
    told = "the two need not be the same" if finding.loose else "rounding does not explain it"
    return f"{begins}, but {shown(value, unit)} is printed ({shown(abs(made - value), unit)} apart); {told}."
