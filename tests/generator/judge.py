"""Whether an answer is right, wrong or missed: the value, its unit, and a cited line that prints it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.generator.held import shared_module
from tests.generator.paraphrase import Asked
from tests.generator.twins import Twin

if TYPE_CHECKING:
    from assistant.answer import Answer, Value

Outcome = Literal["right", "wrong", "missed"]
UNITS = {
    "USD": ("USD", 1.0), "million USD": ("USD", 1e6), "thousand USD": ("USD", 1e3),
    "oz": ("oz", 1.0), "ton": ("ton", 1.0),
    "million oz": ("oz", 1e6), "cents/lb": ("USD/lb", 0.01),
}  # fmt: skip


@dataclass
class Tally:
    """Outcomes by kind of question, and what went wrong, a line each."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[str] = field(default_factory=list)

    def add(self, kind: str, outcome: str, said: str = "") -> None:
        """Count one outcome; ``said`` is kept for what is not right."""
        self.counts[kind][outcome] += 1
        if outcome != "right":
            self.faults.append(f"{outcome:6} {kind:16} {said}")

    @property
    def total(self) -> Counter[str]:
        """All kinds together."""
        return sum(self.counts.values(), Counter())


def base(value: float, unit: str) -> tuple[float, str]:
    """The value in its base unit."""
    name, factor = UNITS.get(unit, (unit, 1.0))
    return value * factor, name


def same(got: Value, want: float, unit: str) -> bool:
    """Equal in the same unit, within rounding of what was computed."""
    (a, a_unit), (b, b_unit) = base(got.value, got.unit), base(want, unit)
    return a_unit == b_unit and abs(a - b) <= max(5e-4 * abs(b), 1e-6)


def cited(value: Value, targets: Iterable[object], all_of: bool = False) -> bool:
    """Whether a value, or its operands, cite a line that prints each (any) of the targets."""
    places = {(c.document, c.line) for c in value.citations}
    places |= {(c.document, c.line) for o in value.operands for c in o.citations}
    short = {(d[:3], n) for d, n in places} | places
    found = [bool(short & t.places) for t in targets]  # type: ignore[attr-defined]
    return all(found) if all_of else any(found)


def judge(asked: Asked, answer: Answer) -> Outcome:
    """The outcome of one question of the generator."""
    if answer.status == "refused":
        return "missed"
    values = answer.values
    if asked.form.startswith("compare") or asked.form == "versus":
        rows = zip(asked.values, asked.targets, strict=True)
        return (
            "right" if all(any(same(v, w, asked.unit) and cited(v, [t]) for v in values) for w, t in rows) else "wrong"
        )
    if not values:
        return "wrong"
    if asked.form.startswith("rank"):
        first = same(values[0], asked.values[0], asked.unit) and cited(values[0], asked.targets[:1])
        return "right" if first and all(any(same(v, w, asked.unit) for w in asked.values) for v in values) else "wrong"
    if asked.computed:
        return (
            "right"
            if same(values[0], asked.values[0], asked.unit) and cited(values[0], asked.targets, True)
            else "wrong"
        )
    right = any(same(values[0], w, asked.unit) for w in asked.values) and cited(values[0], asked.targets)
    return "right" if right else "wrong"


def judge_twin(twin: Twin, answer: Answer) -> Literal["refused", "differs", "wrong"]:
    """A twin must not be given the original's value; a refusal is best."""
    if answer.status == "refused":
        return "refused"
    given = [v for v in answer.values if any(same(v, w, twin.original.unit) for w in twin.original.values)]
    return "wrong" if given else "differs"


def brief(answer: Answer) -> str:
    """An answer in a few words, for a list of faults."""
    if answer.status == "refused":
        return f"refused: {answer.refusal.message if answer.refusal else ''}"
    told = [(round(v.value, 4), v.unit, v.entity, v.period, v.metric) for v in answer.values[:3]]
    return f"said {told} reading {answer.reading!r}"


def grade_shown(shared: Path, filings: Path, questions: Sequence[dict], answers: Sequence[dict]) -> Tally:
    """Questions in the shared form, graded by the shared grader against the filings of a folder."""
    grader = shared_module(shared / "questions" / "grade.py").Grader(filings)
    tally = Tally()
    for question, answer in zip(questions, answers, strict=True):
        outcome, why = grader.grade(question, answer)
        tally.add(question["kind"], outcome, f"{question['id']} {question['question'][:110]!r} {why[:160]}")
    return tally
