"""The label rules of the lexicon: the notation of ``labels``, read and indexed.

A metric's ``labels`` in the lexicon is one label a line. A line that starts with ``@`` sets the conditions of the lines
after it, parted by ``;``:

    in A B        the statement is one of these (else the block's ``in``)
    under X, Y    a heading in force, or the table's title, has these words (any of X and Y); ``under none``: no heading
    inner X, Y    the innermost heading is exactly that
    not under X   no heading has these words
    unit U V      the unit measures one of these (else the metric's ``units``); ``not unit U``
    above X       the row stands below a row labelled X, among the rows since the last rule or heading

``<metal>`` stands for any metal, ``<none>`` for an empty label (a subtotal), ``<name>`` for the name of a mine or
segment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from grammar.errors import LexiconError
from grammar.label_keys import label_key
from grammar.lexicon import Lexicon, Metric, lexicon
from grammar.records import record

METAL = "mmetal"
NAME = "nname"


@record
class LabelRule:
    """A label's key and what must hold for it to mean ``metric``; empty conditions hold always."""

    metric: str
    key: str
    statements: frozenset[str] = frozenset()
    under: tuple[str, ...] = ()
    not_under: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    not_units: frozenset[str] = frozenset()
    above: tuple[str, ...] = ()
    no_heading: bool = False
    by_metal: bool = False
    weight: int = 0


@cache
def index() -> dict[str, tuple[LabelRule, ...]]:
    """The rules of all metrics by the key of their label; built when the first row is asked for."""
    found: dict[str, list[LabelRule]] = {}
    for metric in lexicon().metrics.values():
        for rule in rules_of(metric):
            found.setdefault(rule.key, []).append(rule)
    return {key: tuple(rules) for key, rules in found.items()}


def rules_of(metric: Metric, lex: Lexicon | None = None) -> list[LabelRule]:
    """The label rules of one metric, in the order of its lines. Raises LexiconError naming file, block and line."""
    statements = (lex or lexicon()).statements
    conditions = _Conditions()
    rules = []
    for line in metric.labels.split("\n"):
        text = line.strip()
        if text.startswith("@"):
            conditions = _Conditions.read(text[1:], metric)
            unknown = [name for name in conditions.statements if name not in statements]
            if unknown:
                raise LexiconError(f"{metric.file}: [{metric.id}] labels: unknown statement {unknown[0]!r}")
        elif text:
            rules.append(conditions.rule(text, metric))
    return rules


@dataclass(slots=True)
class _Conditions:
    """The conditions of an ``@`` line."""

    statements: frozenset[str] = frozenset()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str, metric: Metric) -> _Conditions:
        found = cls()
        for part in text.split(";"):
            name, _, rest = part.strip().partition(" ")
            if name == "not":
                second, _, rest = rest.partition(" ")
                name = f"not {second}"
            if name == "in":
                found.statements = frozenset(rest.split())
            elif name in ("unit", "not unit"):
                found.words[name] = tuple(rest.split())
            elif name in ("under", "not under", "inner", "above"):
                found.words[name] = tuple(label_key(one) if one.strip() != "none" else "" for one in rest.split(","))
            else:
                raise LexiconError(f"{metric.file}: [{metric.id}] labels: unknown condition {part.strip()!r}")
        return found

    def rule(self, text: str, metric: Metric) -> LabelRule:
        words = self.words
        under = words.get("under", ())
        return LabelRule(
            metric=metric.id,
            key="" if text == "<none>" else label_key(text.replace("<metal>", METAL).replace("<name>", NAME)),
            statements=self.statements or frozenset(metric.label_statements.split()),
            under=() if under == ("",) else under,
            not_under=words.get("not under", ()),
            inner=words.get("inner", ()),
            units=frozenset(words.get("unit", metric.units)),
            not_units=frozenset(words.get("not unit", ())),
            above=words.get("above", ()),
            no_heading=under == ("",),
            by_metal=metric.by_metal,
            weight=len(words) + bool(self.statements) + bool(self.statements) * (len(self.statements) == 1),
        )
