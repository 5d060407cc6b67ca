"""Whether a sentence's figure happened, is planned, or only compares: the words that stand before it in its clause."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache

from db.model import Nature
from db.prose.phrases import Span, any_of, pattern
from db.prose.said import Said
from grammar.amounts import Amount
from grammar.prose_words import prose_data, words
from grammar.records import record

_BACK = 80  # characters: "from just about" is far shorter
_BEHIND, _PLANNED = 45, 40  # how far behind its figure a plan is said, and how long its words are
_NEAR = 28  # characters: a change stands right beside its figure
_FOLLOWING = 24
_CHANGE_OF = re.compile(r"\b(?:increase|decrease|reduction|rise|decline|drop|growth|improvement)\s+of\s*$")
_FROM_THEN = re.compile(  # "and $18 million FROM THE FIRST QUARTER": no level is told from a time
    r"\s+from\s+(?:the\s+)?(?:(?:same|corresponding|comparable|prior|previous|preceding)\b|last\s+(?:year|quarter)\b"
    r"|(?:first|second|third|fourth)[ -]quarter\b(?!['’]))"
)
_OR_AMOUNT = re.compile(r"(?:%|\bper\s?cent)\s*,?\s+or\s+$")  # "up 8%, or 500 ounces": by how much, in another unit
_UP_INTO = re.compile(r"\s+(?:up|down)\s+(?:into|to\s+the|the|in)\b")  # where a thing goes, not how it changes
_YEARS_LONG = re.compile(
    r"over\s+the\s+(?:past|last|next|coming|previous|prior)\s+\w+\s+(?:years|months|quarters|decades)"
)
_DIRECTLY = re.compile(r"\s*(?:(?:by|of|in|about|approximately|nearly|almost|some|a|an)\s*)*")
_FROM_TO = re.compile(r"(?<!up )\b(from|to)\s+(?:(?:a|an|just|only|about|nearly|almost|more\s+than)\s+)*$")
_COMPARE = ("compares ", "compare ")  # "This compares to": all of its sentence is the other side
_FROM_OR_TO = frozenset(("from", "to"))
_LEVEL = re.compile(r"(?<!up )\b(?:from|to|at|of)\s+(?:a|an|only|just|as\s+low\s+as)?\s*$")
_HELD = 60  # characters from "exceeded" to the plan
_GIVEN = re.compile(r"\s+(?:range|of|at|for\s+\S+\s+of|is|was|to)\b")  # the plan's own figure follows
_WORD = re.compile(r"[A-Za-z-]+")


@record
class Clause:
    """A part of a sentence that is plan, result or the other side of a comparison."""

    start: int
    end: int
    nature: Nature
    kind: str


def clauses_of(
    said: Said, amounts: Sequence[Amount], cues: Sequence[Span], ranges: Container[int] = ()
) -> list[Clause]:
    """The sentence cut where a plan begins and where a comparison's other side does; the parts cover all of it.

    ``cues`` are the words of its plans, ``ranges`` where the amounts start that are ranges: the "from" of one begins no
    other side.
    """
    cuts: list[tuple[int, Nature, str]] = [(0, "actual", "main")]
    cuts += [(cue.start, "guidance", "plan") for cue in cues]
    edges = [e for e in said.spans("comparison", "boundaries") if not _YEARS_LONG.match(said.low, e.start)]
    for edge in edges:
        opening = edge.text.startswith(_COMPARE) and not any(amount.end <= edge.start for amount in amounts)
        if not opening and not any(amount.span_start <= edge.start < amount.start for amount in amounts):
            cuts.append((edge.start, "actual", "against"))
    for at, kind in _from_to(said, amounts, ranges):
        if not any(edge.start < at < edge.end for edge in edges):
            cuts.append((at, "actual", kind))
    cuts.sort(key=lambda cut: cut[0])
    if ";" in said.low and not cues:
        cuts = sorted((*cuts, *_ends_of_comparisons(said.low, cuts)), key=lambda cut: cut[0])
    clauses: list[Clause] = []
    for index, (start, nature, kind) in enumerate(cuts):
        end = cuts[index + 1][0] if index + 1 < len(cuts) else len(said.text)
        planned = nature == "guidance" or (kind != "main" and _plan_goes_on(said.text, clauses[-1], start))
        clauses.append(Clause(start, end, "guidance" if planned else "actual", kind))
    return clauses


def _ends_of_comparisons(low: str, cuts: Sequence[tuple[int, Nature, str]]) -> Iterator[tuple[int, Nature, str]]:
    """Where a semicolon ends the other side of a comparison."""
    for end in re.finditer(r";\s", low):
        before = [kind for start, _, kind in cuts if start < end.start()]
        if before and before[-1] != "main":
            yield end.start(), "actual", "main"


def guidance_cues(said: Said) -> list[Span]:
    """The words of plans in a sentence, those left out that tell of a thing done."""
    cues, projects = said.spans("guidance", "cues"), said.spans("guidance", "projects")
    if not cues and not projects:
        return []
    done = said.spans("guidance", "not")
    told = [cue for cue in cues if said.text[cue.start : cue.end] != "May"]  # the month
    kept = [
        cue for cue in told if not any(d.start <= cue.start < d.end for d in done) and not _is_standard(said.low, cue)
    ]
    return sorted((*kept, *projects), key=lambda cue: cue.start)


def _is_standard(low: str, cue: Span) -> bool:
    """Whether a plan is only what a result is held against: "exceeded our forecast", "in line with guidance"."""
    if cue.text not in words("guidance", "standards") or _GIVEN.match(low, cue.end):
        return False
    return _held_against().search(low, max(0, cue.start - _HELD), cue.start) is not None


@cache
def _held_against() -> re.Pattern[str]:
    return re.compile(rf"{any_of(prose_data()['guidance']['met']).pattern}\s+(?:[\w'’-]+\s+){{0,3}}$")


def planned_behind(said: Said, amount: Amount) -> bool:
    """Whether the plan is said behind the figure: "$9 million is planned"."""
    if not any(amount.end < span.start for span in said.spans("guidance", "behind")):
        return False
    match = _is_planned().search(said.low, amount.end, amount.end + _BEHIND + _PLANNED)
    between = said.text[amount.end : match.start()] if match else ","
    return len(between) < _BEHIND and "," not in between


@cache
def _is_planned() -> re.Pattern[str]:
    planned = pattern("guidance", "behind").pattern
    return re.compile(rf"\b(?:is|are|was|were|been|be)\s+(?:(?:now|also|still|currently|then|not)\s+)?{planned}")


def is_done(said: Said) -> bool:
    """Whether a sentence tells of a thing done: "was", "produced"."""
    return bool(said.spans("guidance", "done"))


def is_change(said: Said, amount: Amount) -> bool:
    """Whether the figure is a change and no level: "increased 12%", "about 700 ounces less", "nearly doubled"."""
    if amount.unit == "x":
        return True
    changes = said.spans("comparison", "changes")
    if not changes:
        return False
    at, rated = amount.span_start, amount.unit == "%"
    first = max(0, at - _NEAR)
    if _CHANGE_OF.search(said.low, first, at) or _FROM_THEN.match(said.low, amount.span_end):
        return True
    if not rated and _OR_AMOUNT.search(said.low, first, at):
        return True
    if _LEVEL.search(said.low, first, at):
        return rated and _said_behind(said, amount, changes)
    return _said_behind(said, amount, changes) or any(
        first <= span.start and span.end <= at and _directly(said.low[span.end : at]) for span in changes
    )


def _said_behind(said: Said, amount: Amount, changes: Sequence[Span]) -> bool:
    """Whether a word of change follows the figure at once: "12% higher"."""
    start, end = amount.span_end, amount.span_end + _FOLLOWING
    if not any(start <= span.start < end for span in changes):
        return False
    if _UP_INTO.match(said.low, start):
        return False
    words = _WORD.findall(said.low[start:end].split(",", maxsplit=1)[0])
    return pattern("comparison", "changes").match(" ".join(words[: 2 if amount.unit == "%" else 1])) is not None


def _directly(between: str) -> bool:
    """Whether nothing but a "by", an article or a qualifier stands between the change and its figure."""
    return _DIRECTLY.fullmatch(between) is not None


def _from_to(said: Said, amounts: Sequence[Amount], ranges: Container[int]) -> list[tuple[int, str]]:
    """Where "from FIGURE" and "to FIGURE" begin, in a sentence that has both or a comma before "to"."""
    found: list[tuple[int, str]] = []
    if not said.has(_FROM_OR_TO):
        return found
    for amount in amounts:
        if amount.unit == "%" or amount.start in ranges:
            continue
        match = _FROM_TO.search(said.low, max(0, amount.start - _BACK), amount.start)
        if match:
            found.append((match.start(), match[1]))
    moved = bool(said.spans("comparison", "changes")) or any(kind == "to" for _, kind in found)
    return found if moved else []  # "sales of $5 million from 2,000 pounds"


def _plan_goes_on(text: str, last: Clause, start: int) -> bool:
    """Whether a plan reaches over a cut inside it: "expected to increase from 1 to 2 million"."""
    return last.nature == "guidance" and ";" not in text[last.start : start]
