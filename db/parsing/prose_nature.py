"""Whether a sentence's figure happened, is planned, or only compares: the words that stand before it in its clause."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache

from db.model import Nature
from db.prose.phrases import Span, lowered, pattern, spans_of
from grammar.amounts import Amount
from grammar.records import record

_BACK = 80  # characters: "from just about" is far shorter
_BEHIND, _PLANNED = 45, 40  # how far behind its figure a plan is said, and how long its words are
_NEAR = 28  # characters: a change stands right beside its figure
_CHANGE_OF = re.compile(r"\b(?:increase|decrease|reduction|rise|decline|drop|growth|improvement)\s+of\s*$")
_YEARS_LONG = re.compile(
    r"over\s+the\s+(?:past|last|next|coming|previous|prior)\s+\w+\s+(?:years|months|quarters|decades)"
)
_DIRECTLY = re.compile(r"\s*(?:(?:by|of|in|about|approximately|nearly|almost|some|a|an)\s*)*")
_FROM_TO = re.compile(r"(?<!up )\b(from|to)\s+(?:(?:a|an|just|only|about|nearly|almost|more\s+than)\s+)*$")
_LEVEL = re.compile(r"(?<!up )\b(?:from|to|at|of)\s+(?:a|an|only|just|as\s+low\s+as)?\s*$")


@record
class Clause:
    """A part of a sentence that is plan, result or the other side of a comparison."""

    start: int
    end: int
    nature: Nature
    kind: str


def clauses_of(text: str, amounts: Sequence[Amount], ranges: Container[int] = ()) -> list[Clause]:
    """The sentence cut where a plan begins and where a comparison's other side does; the parts cover all of it.

    ``ranges`` are where the amounts start that are ranges: the "from" of one begins no other side.
    """
    cuts: list[tuple[int, Nature, str]] = [(0, "actual", "main")]
    cuts += [(cue.start, "guidance", "plan") for cue in guidance_cues(text)]
    qualifiers = [(amount.span_start, amount.start) for amount in amounts]
    edges = [e for e in spans_of("comparison", "boundaries", text) if not _YEARS_LONG.match(lowered(text), e.start)]
    cuts += [(edge.start, "actual", "against") for edge in edges if not any(a <= edge.start < b for a, b in qualifiers)]
    moved = _from_to(text, [amount for amount in amounts if amount.start not in ranges])
    cuts += [(at, "actual", kind) for at, kind in moved if not any(e.start < at < e.end for e in edges)]
    cuts.sort(key=lambda cut: cut[0])
    clauses: list[Clause] = []
    for index, (start, nature, kind) in enumerate(cuts):
        end = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        planned = nature == "guidance" or (kind != "main" and bool(clauses) and _plan_goes_on(text, clauses[-1], start))
        clauses.append(Clause(start, end, "guidance" if planned else "actual", kind))
    return clauses


@lru_cache(maxsize=4)
def guidance_cues(text: str) -> tuple[Span, ...]:
    """The words of plans in a sentence, those left out that tell of a thing done; a sentence is asked twice."""
    done = spans_of("guidance", "not", text)
    told = [cue for cue in spans_of("guidance", "cues", text) if text[cue.start : cue.end] != "May"]  # the month
    kept = [cue for cue in told if not any(d.start <= cue.start < d.end for d in done)]
    kept += spans_of("guidance", "projects", text)
    # "planned" and "expected" as attributes of what was done need a figure behind them; "will" of an agreement is done.
    return tuple(sorted(kept, key=lambda cue: cue.start))


def planned_behind(text: str, amount: Amount) -> bool:
    """Whether the plan is said behind the figure: "$9 million is planned"."""
    match = _is_planned().search(lowered(text), amount.end, amount.end + _BEHIND + _PLANNED)
    return match is not None and match.start() - amount.end < _BEHIND and "," not in text[amount.end : match.start()]


@cache
def _is_planned() -> re.Pattern[str]:
    planned = pattern("guidance", "behind").pattern
    return re.compile(rf"\b(?:is|are|was|were|been|be)\s+(?:(?:now|also|still|currently|then|not)\s+)?{planned}")


def is_done(text: str) -> bool:
    """Whether a sentence tells of a thing done: "was", "produced"."""
    return bool(spans_of("guidance", "done", text))


def is_change(text: str, amount: Amount) -> bool:
    """Whether the figure is a change and no level: "increased 12%", "about 700 ounces less", "nearly doubled"."""
    if amount.unit == "x":
        return True
    before = text[max(0, amount.span_start - _NEAR) : amount.span_start].lower()
    after = text[amount.span_end : amount.span_end + 24].lower()
    said_behind = bool(pattern("comparison", "changes").match(_first_words(after, 2 if amount.unit == "%" else 1)))
    if amount.unit == "%" and _CHANGE_OF.search(before):
        return True
    if _LEVEL.search(before):
        return said_behind and amount.unit == "%"
    return said_behind or any(_directly(before[span.end :]) for span in spans_of("comparison", "changes", before))


def falls(text: str, amount: Amount) -> bool:
    """Whether the change that stands beside the figure is one downwards."""
    around = text[max(0, amount.span_start - _NEAR) : amount.span_end + 24]
    return bool(spans_of("comparison", "falls", around))


def _first_words(text: str, count: int) -> str:
    return " ".join(re.findall(r"[A-Za-z-]+", text.split(",", maxsplit=1)[0])[:count])


def _directly(between: str) -> bool:
    """Whether nothing but a "by", an article or a qualifier stands between the change and its figure."""
    return _DIRECTLY.fullmatch(between) is not None


def _from_to(text: str, amounts: Sequence[Amount]) -> list[tuple[int, str]]:
    """Where "from FIGURE" and "to FIGURE" begin, in a sentence that has both or a comma before "to"."""
    found, low = [], lowered(text)
    for amount in amounts:
        match = _FROM_TO.search(low, max(0, amount.start - _BACK), amount.start) if amount.unit != "%" else None
        if match:
            found.append((match.start(), match[1]))
    return found


def _plan_goes_on(text: str, last: Clause, start: int) -> bool:
    """Whether a plan reaches over a cut inside it: "expected to increase from 1 to 2 million"."""
    return last.nature == "guidance" and ";" not in text[last.start : start]
