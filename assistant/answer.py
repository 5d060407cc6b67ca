"""What a question gets back: an Answer with its values and where each stands, or a Refusal that says what to do."""

from __future__ import annotations

from typing import Literal

from grammar.records import record


@record
class Citation:
    """A place in a filing: 1-based lines, 0-based columns with the end exclusive, ``quote`` what stands there.

    The last fields say where it is in a reader's terms; what the filing doesn't give is None. ``heading_lines`` are
    the lines of the column's heading, and of the row's label where it stands on others; ``headings`` are the texts
    that the row stands under, outermost first: what shows a figure in its place.
    """

    document: str
    sha256: str
    line: int
    line_end: int
    quote: str
    column_start: int | None = None
    column_end: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    company: str | None = None
    title: str | None = None
    released: str | None = None
    exhibit: str | None = None
    accession: str | None = None
    form: str | None = None
    filed: str | None = None
    fact_id: int | None = None
    heading_lines: tuple[int, ...] = ()
    headings: tuple[str, ...] = ()


@record
class Value:
    """One figure of an answer, in base units unless the question asked for others.

    A figure that was computed has a ``formula`` and its ``operands``, each cited; one that was read has ``citations``,
    the preferred place first and then the others that print the same fact.
    """

    label: str
    value: float
    unit: str
    as_printed: str | None = None
    entity: str | None = None
    metric: str | None = None
    metal: str | None = None
    period: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    basis: str | None = None
    qualifier: str | None = None
    nature: str = "actual"
    formula: str | None = None
    operands: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()


@record
class PassageQuote:
    """A piece of a filing's own text and where it stands."""

    text: str
    citations: tuple[Citation, ...]


@record
class Alternative:
    """Another reading of the question, with what it would have answered."""

    reading: str
    values: tuple[Value, ...] = ()
    passages: tuple[PassageQuote, ...] = ()


@record
class Refusal:
    """Why there is no answer: a code for scripts, a sentence for people, what failed and what can be asked instead."""

    reason: str
    message: str
    unknown: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@record
class Said:
    """A word or phrase of the question and what it was understood as (``kind`` '' where it was not)."""

    start: int
    end: int
    text: str
    kind: str
    meaning: str


@record
class Answer:
    """The whole of what is known about a question; exactly one of ``verdict`` and ``refusal`` carries the outcome."""

    question: str
    status: Literal["answered", "refused"]
    reading: str = ""
    verdict: str = ""
    values: tuple[Value, ...] = ()
    passages: tuple[PassageQuote, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    terms: tuple[Said, ...] = ()
    sql: str = ""
    parameters: tuple[tuple[str, str | float | int | None], ...] = ()
    refusal: Refusal | None = None
