"""An entry of the transcript as lines: the question, and below it what is known about its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.answer import Alternative, Answer, Citation, PassageQuote, Refusal, Value
from assistant.formats.citing import all_notes
from assistant.tui.places import numbers, places
from assistant.tui.runs import Line, Run, fit, wrap
from assistant.tui.tables import table
from assistant.wording import MOST_LISTED, say_date, say_value

WIDEST_TEXT = 118
WIDEST_TABLE = 150
MOST_PASSAGE_LINES = 6
MOST_NOTE_LINES = 1

State = Literal["asking", "answered", "stopped", "failed", "note", "divider"]


@dataclass(eq=False, slots=True)
class Entry:
    """One thing in the transcript; ``text`` is the question, or the words of a note or divider."""

    text: str
    state: State = "asking"
    answer: Answer | None = None
    message: str = ""
    open: bool = False
    context: tuple[str, ...] = ()
    drawn: dict[int, list[Line]] = field(default_factory=dict)

    def lines(self, width: int) -> list[Line]:
        """The entry laid out for ``width`` cells, kept until ``changed`` is called."""
        if width not in self.drawn:
            self.drawn.clear()
            self.drawn[width] = list(_entry(self, max(width, 20)))
        return self.drawn[width]

    def changed(self) -> None:
        """Forget the layout: something that it shows is new."""
        self.drawn.clear()


def _entry(entry: Entry, width: int) -> Iterator[Line]:
    text_width = min(width, WIDEST_TEXT)
    if entry.state == "divider":
        yield (
            Run("── ", "muted"),
            Run(entry.text, "muted"),
            Run(" " + "─" * max(0, text_width - 4 - len(entry.text)), "muted"),
        )
        yield ()
        return
    if entry.state == "note":
        yield from (line for part in entry.text.split("\n") for line in _note_lines(part, text_width))
        yield ()
        return
    yield from wrap([Run("› ", "mark"), Run(entry.text, "question")], text_width, 2)
    if entry.answer is not None:
        yield from _answer(entry.answer, width, entry.open)
    elif entry.message:
        yield from wrap([Run(entry.message, "warning" if entry.state == "failed" else "muted")], text_width)
    yield ()


def _note_lines(text: str, width: int) -> list[Line]:
    """A line of a note; one that begins with "· " is an example to pick."""
    if text.startswith("· "):
        return wrap([Run("  "), Run(text[2:], "pick", f"app.put({text[2:]!r})")], width, 2)
    return wrap([Run(text, "muted")], width)


def _answer(answer: Answer, width: int, is_open: bool) -> Iterator[Line]:
    text_width = min(width, WIDEST_TEXT)
    cited = numbers(answer)
    for correction in answer.corrections:
        yield from wrap([Run(correction, "warning")], text_width)
    yield from _verdict(answer, text_width)
    if answer.refusal is not None:
        yield from _refusal(answer.refusal, text_width)
    if len(answer.values) == 1:
        yield from _single(answer.values[0], answer, cited, text_width)
    elif answer.values:
        if not answer.verdict or _is_repeated(answer):
            yield from wrap([Run(answer.reading, "text")], text_width)
        yield from table(answer.values, cited, min(width, WIDEST_TABLE))
        yield from _computed_from(answer, cited, text_width)
    for passage in answer.passages:
        yield from _passage(passage, cited, text_width)
    for note in all_notes(answer):
        lines = wrap([Run("· ", "muted"), Run(note, "muted")], text_width, 2)
        if len(lines) <= MOST_NOTE_LINES or is_open:
            yield from lines
        else:
            yield (Run("· ", "muted"), Run(fit(note, text_width - 15), "muted"), Run(" (d: details)", "muted"))
    yield from _alternatives(answer.alternatives, text_width)
    if is_open:
        yield from _details(answer, text_width)


def _verdict(answer: Answer, width: int) -> Iterator[Line]:
    """The sentence with its figure marked; not where it only repeats the passage below."""
    if not answer.verdict or _is_repeated(answer):
        return
    figure = _figure(answer)
    before, found, after = answer.verdict.partition(figure) if figure else (answer.verdict, "", "")
    if found:
        yield from wrap([Run(before), Run(found, "value"), Run(after)], width)
    else:
        yield from wrap([Run(answer.verdict, "text" if answer.values else "value")], width)


def _is_repeated(answer: Answer) -> bool:
    """Whether the sentence only lists the figures of the table below it, or is the passage below it."""
    if any(answer.verdict in passage.text for passage in answer.passages):
        return True
    figures = [say_value(value.value, value.unit, value.metal) for value in answer.values[:MOST_LISTED]]
    return len(figures) > 1 and all(figure in answer.verdict for figure in figures)


def _figure(answer: Answer) -> str:
    """The single figure of an answer as it is said, '' where there are several or none."""
    if len(answer.values) != 1:
        return ""
    value = answer.values[0]
    return say_value(value.value, value.unit, value.metal)


def _single(value: Value, answer: Answer, cited: dict[Citation, int], width: int) -> Iterator[Line]:
    figure = _figure(answer)
    if figure not in answer.verdict:
        said = [Run(figure, "value")]
        if answer.reading and not answer.verdict:
            said += [Run("   "), Run(answer.reading, "text")]
        yield from wrap(said, width)
    remarks = [each for each in (value.qualifier, value.nature if value.nature != "actual" else None) if each]
    remarks += [value.basis] if value.basis and value.basis not in answer.reading else []
    if remarks:
        yield from wrap([Run(", ".join(remarks), "muted")], width)
    yield from _cited(value, cited, width)
    yield from _operands(value, cited, width)


def _cited(value: Value, cited: dict[Citation, int], width: int) -> Iterator[Line]:
    if not value.citations:
        return
    first = value.citations[0]
    runs = [_mark(first, cited), Run(" " + where(first), "muted")]
    if len(value.citations) > 1:
        runs.append(Run(f"   {len(value.citations)} places agree", "agree"))
    yield from wrap(runs, width, 4)


def _operands(value: Value, cited: dict[Citation, int], width: int) -> Iterator[Line]:
    if value.formula:
        yield from wrap([Run("= " + value.formula, "muted")], width, 2)
    for operand in value.operands:
        said = say_value(operand.value, operand.unit, operand.metal)
        more = [each for each in (operand.entity, operand.period) if each and each not in operand.label]
        of = ", ".join([operand.label, *more])
        runs = [Run("  "), Run(said, "figure"), Run("  " + of + " ", "muted")]
        if operand.citations:
            runs += [
                _mark(operand.citations[0], cited),
                Run(f" line\N{NO-BREAK SPACE}{operand.citations[0].line}", "muted"),
            ]
        yield from wrap(runs, width, 4)
        yield from _operands(operand, cited, width)


def _computed_from(answer: Answer, cited: dict[Citation, int], width: int) -> Iterator[Line]:
    """Under a table: how its figures were computed, once where all of them were in the same way."""
    formulas = dict.fromkeys(value.formula for value in answer.values if value.formula)
    for formula in list(formulas)[:1] if len(formulas) == 1 else ():
        yield from wrap([Run("= " + formula, "muted")], width, 2)
    documents = dict.fromkeys(place.citation.document for place in places(answer) if place.role != "agrees")
    sources = [_source_of(answer, document) for document in documents]
    if sources:
        yield from wrap([Run("from " + "; ".join(sources), "muted")], width, 5)


def _source_of(answer: Answer, document: str) -> str:
    for place in places(answer):
        if place.citation.document == document:
            return filing_name(place.citation)
    return document


def _passage(passage: PassageQuote, cited: dict[Citation, int], width: int) -> Iterator[Line]:
    lines = wrap([Run("“" + passage.text + "”", "text")], width - 2)
    for line in lines[:MOST_PASSAGE_LINES]:
        yield (Run("  "), *line)
    if len(lines) > MOST_PASSAGE_LINES:
        yield (Run("  "), Run(f"… {len(lines) - MOST_PASSAGE_LINES} more lines in the source", "muted"))
    for citation in passage.citations[:1]:
        yield from wrap([Run("  "), _mark(citation, cited), Run(" " + where(citation), "muted")], width, 6)


def _refusal(refusal: Refusal, width: int) -> Iterator[Line]:
    yield from wrap([Run("✗ ", "refusal"), Run(refusal.message, "refusal")], width, 2)
    if refusal.suggestions:
        yield from wrap([Run("You can ask:", "muted")], width)
    for number, suggestion in enumerate(refusal.suggestions, 1):
        yield from wrap([*_key(number), Run(suggestion, "pick", f"app.pick({number})")], width, 4)


def _alternatives(alternatives: tuple[Alternative, ...], width: int) -> Iterator[Line]:
    if alternatives:
        yield (Run("Or did you mean", "muted"),)
    for number, other in enumerate(alternatives, 1):
        figures = ", ".join(say_value(value.value, value.unit, value.metal) for value in other.values[:3])
        figures += ", …" if len(other.values) > 3 else ""
        runs = [*_key(number), Run(other.reading, "pick", f"app.pick({number})")]
        yield from wrap([*runs, Run("  " + figures, "figure")] if figures else runs, width, 4)


def _details(answer: Answer, width: int) -> Iterator[Line]:
    """What only those who ask for it see: how the words were read, and the query with its parameters."""
    understood = [f"{said.text} = {said.meaning}" for said in answer.terms if said.kind and said.meaning]
    if understood:
        yield from wrap([Run("read as: ", "muted"), Run("; ".join(understood), "text")], width, 2)
    for line in answer.sql.splitlines():
        yield from wrap([Run("  "), Run(line, "code")], width, 4)
    for name, value in answer.parameters:
        yield from wrap([Run(f"  :{name} = {value!r}", "muted")], width, 4)


def _key(number: int) -> list[Run]:
    return [Run(f" {number} ", "key", f"app.pick({number})"), Run(" ")] if number <= 9 else [Run("    ")]


def _mark(citation: Citation, cited: dict[Citation, int]) -> Run:
    number = cited[citation]
    return Run(f"[{number}]", "mark", f"app.cite({number})")


def where(citation: Citation) -> str:
    """The place in a reader's terms: the filing, its release date, table, row and line, as far as they are known."""
    lines = f"line\N{NO-BREAK SPACE}{citation.line}"
    if citation.line_end > citation.line:
        lines = f"lines\N{NO-BREAK SPACE}{citation.line}–{citation.line_end}"
    return ", ".join(part for part in (filing_name(citation), citation.table, citation.row, lines) if part)


def filing_name(citation: Citation) -> str:
    """Company, exhibit and release date, or the file's name where nothing is known of it."""
    exhibit = citation.exhibit and (
        citation.exhibit if citation.exhibit.lower().startswith("ex") else f"Ex. {citation.exhibit}"
    )
    known = [part for part in (citation.company, exhibit, say_date(citation.released)) if part]
    return ", ".join(known) or citation.document
