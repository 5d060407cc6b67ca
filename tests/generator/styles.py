"""How companies set their tables: a style by chance, and what makes a layout hard."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Oddities:
    """What makes a layout hard: each of them is found in real filings."""

    marks: bool = False  # footnote marks on labels, explained under the table
    every: int = 0  # a page ends after so many lines of a table; 0: never
    again: bool = True  # the columns' heads are printed again on the next page
    audit: bool = False  # "(Unaudited)" over the columns
    slashed: bool = False  # 6/30/05 over the columns
    words: str = ""  # other words over a run of columns, e.g. "For the {n} Months Ended"
    hyphen: bool = False  # labels are broken inside words
    tonnes: bool = False  # metric units
    by_metal: bool = False  # a table with the metals side by side
    submission: bool = False  # the release is an exhibit of a full submission
    unknown: str = ""  # what stands for a figure that isn't there: "N/A", "n.m."


@dataclass(frozen=True)
class Style:
    """How a company sets its tables."""

    html: bool
    header: str
    dollars: str
    minus: bool
    nil: str
    leaders: bool
    tags: bool
    label: int
    margin: int
    gap: int
    rules: bool
    span: str
    spacers: bool
    panels: bool
    odd: Oddities = field(default_factory=Oddities)


def draw_style(dice: random.Random, html: bool | None = None) -> Style:
    """A style by chance; ``html`` forces the format."""
    return Style(
        html=dice.random() < 0.3 if html is None else html,
        header=dice.choice(["dates", "dates", "years", "stacked", "quarters"]),
        dollars=dice.choice(["apart", "apart", "glued", "none"]),
        minus=dice.random() < 0.15,
        nil=dice.choice(["--", "---", "-", "- -", "nil"]),
        leaders=dice.random() < 0.2,
        tags=dice.random() < 0.4,
        label=dice.choice([34, 42, 50, 62]),
        margin=dice.choice([0, 0, 2, 5]),
        gap=dice.choice([2, 3, 5]),
        rules=dice.random() < 0.8,
        span=dice.choice(["{n} Months Ended", "{n} Months Ended", "Quarter Ended"]),
        spacers=dice.random() < 0.5,
        panels=dice.random() < 0.1,
    )


def draw_oddities(dice: random.Random) -> Oddities:
    """A few oddities by chance."""
    return Oddities(
        marks=dice.random() < 0.5,
        every=dice.choice([0, 0, 14, 23]),
        again=dice.random() < 0.7,
        audit=dice.random() < 0.25,
        slashed=dice.random() < 0.2,
        words=dice.choice(["", "", "For the {n} Months Ended", "FOR THE {N} MONTHS ENDED", "{n} months ended"]),
        hyphen=dice.random() < 0.2,
        unknown=dice.choice(["", "", "N/A", "n/a"]),
        tonnes=dice.random() < 0.25,
        by_metal=dice.random() < 0.3,
        submission=dice.random() < 0.2,
    )
