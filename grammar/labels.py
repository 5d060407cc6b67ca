"""Which metric a printed row stands for: label words, unit, statement and headings together, by rules kept as data.

A metric's ``labels`` in the lexicon is one label a line. A line that starts with ``@`` sets the conditions of the lines
after it, parted by ``;``:

    in A B        the statement is one of these (else the block's ``in``)
    under X, Y    a heading in force, or the table's title, has these words (any of X and Y); ``under none``: no heading
    inner X, Y    the innermost heading is exactly that
    not under X   no heading has these words
    unit U V      the unit measures one of these (else the metric's ``units``); ``not unit U``
    above X       the row stands below a row labelled X, among the rows since the last rule or heading

``<metal>`` stands for any metal, ``<none>`` for an empty label (a subtotal), ``<name>`` for the name of a mine or
segment. Of the rules that hold, the one with most conditions wins; where two metrics remain, the answer is None:
no metric is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from grammar.errors import LexiconError
from grammar.lexicon import FOLDER, Lexicon, Metric, lexicon, read
from grammar.units import measure
from grammar.words import words_of

METAL = "mmetal"
NAME = "nname"
PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
UNIT_IN_PARENTHESES = re.compile(
    r"^\W*\d{0,2}\W*$|^[a-z*]( ?(,|&|and) ?[a-z*])*$|^[\d,& ]+$|[$¢£/]|\d(\.\d+)?%"
    r"|\b(oz|ounces|tons?|tonnes?|pounds?|lbs?|thousands|millions)\b"
)
BY_PART = re.compile(r" by (segment|mine|unit|metal|product|operation|location|property|business segment|region)$")
COMPANY = re.compile(
    r"\b(attributable to|total) [\w&.,'’ -]{2,40}? (corporation|corp|company|inc|incorporated|limited|ltd|plc)\b\.?"
)
CHANGE = re.compile(r"^(net )?((increase|decrease|change)( and (increase|decrease))? )?in ")
NO_STATEMENT = "other"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: headings joined outermost first, the innermost alone, statement, unit, the rows above."""

    headings: str
    inner: str
    statement: str
    unit: str
    above: str | None = None


@cache
def _norms() -> tuple[frozenset[str], frozenset[str], dict[str, str], tuple[tuple[str, str], ...]]:
    blocks = read(FOLDER / "labels.toml")
    dropped = blocks["dropped"]
    parentheses = frozenset(part.strip() for part in dropped["parentheses"].split("|"))
    words = frozenset(part.strip() for part in dropped["words"].split("|"))
    phrases = tuple(sorted(blocks["phrases"].items(), key=lambda pair: -len(pair[0])))
    return parentheses, words, blocks["equals"], phrases


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """The normal form of a printed label: lower case, singular, without footnote marks, units and punctuation."""
    parentheses, dropped, equals, phrases = _norms()

    def keep(match: re.Match[str]) -> str:
        inside = " ".join(match[1].lower().split())
        return " " if inside in parentheses or UNIT_IN_PARENTHESES.search(inside) else f" {match[1]} "

    plain = PARENTHESES.sub(keep, PARENTHESES.sub(keep, COMPANY.sub(r"\1 company", text.lower())))
    words = (equals.get(word, word) for word in words_of(plain.replace("$", " ").replace("..", " ")))
    key = " ".join(word for word in words if word and word not in dropped)
    for said, form in phrases:
        if said in key:
            key = re.sub(rf"\b{re.escape(said)}\b", form, key)
    return key


def metric_of(  # noqa: PLR0913, PLR0917  (the contract of the parser: everything that is known of a row)
    label: str,
    heading_path: Sequence[str],
    table_title: str = "",
    statement: str | None = None,
    unit: str | None = None,
    metal: str | None = None,
    entity_kind: str | None = None,
    above: Sequence[str] | None = None,
) -> str | None:
    """The id of the metric that a row of a table stands for, None where the lexicon can't tell.

    ``above``: labels of the rows between this one and the rule or heading above it, if known; they say of an
    unlabelled subtotal what it sums.
    """
    return _metric_of(
        label,
        tuple(heading_path),
        table_title,
        statement or NO_STATEMENT,
        unit or "",
        metal,
        entity_kind,
        None if above is None else tuple(above),
    )


@lru_cache(maxsize=8192)
def _metric_of(  # noqa: PLR0913, PLR0917
    label: str,
    path: tuple[str, ...],
    title: str,
    statement: str,
    unit: str,
    metal: str | None,
    entity_kind: str | None,
    above: tuple[str, ...] | None,
) -> str | None:
    place = _place(path, title, statement, unit, above)
    key = label_key(label)
    if not key and label.strip():
        return None
    known, best = _best(key, place)
    if best is None and statement == "cash_flow" and (change := CHANGE.sub("", key)) != key:
        best = _best(change, place)[1]
    if best is not None:
        return best
    generic = _is_metal(key) or key in TOTALS
    named = entity_kind in ("mine", "segment", "other") and (not known or key == "other")
    return _of_heading(path, title, place, named) if generic or named else None


TOTALS = frozenset(("total", "company total", "consolidated", "total company", "consolidated total"))


def _of_heading(path: tuple[str, ...], title: str, place: Place, named: bool) -> str | None:
    """The metric that the innermost heading names, for a row that only names a mine, a segment, a metal or a total."""
    if named:
        _, found = _best(NAME, place)
        if found:
            return found
    headings = path or ((title,) if title else ())
    if not headings:
        return None
    key = BY_PART.sub("", label_key(headings[-1]))
    outer = _place(headings[:-1], title if path else "", place.statement, place.unit, None)
    return _best(key, outer)[1]


def _is_metal(key: str) -> bool:
    return lexicon().metal_of(key) is not None


@lru_cache(maxsize=4096)
def _headings(path: tuple[str, ...], title: str) -> tuple[str, str]:
    keys = [label_key(text) for text in (title, *path)]
    inner = next((key for key in reversed(keys) if key), "")
    return " | ".join(f" {key} " for key in keys if key), inner


def _place(path: tuple[str, ...], title: str, statement: str, unit: str, above: tuple[str, ...] | None) -> Place:
    headings, inner = _headings(path, title)
    rows = None if above is None else " | ".join(f" {label_key(text)} " for text in above)
    return Place(headings if path else "", inner if path else "", statement, measure(unit), rows)


def _best(key: str, place: Place) -> tuple[bool, str | None]:
    """Whether any rule knows the key at all, and the metric of the one rule with most conditions that holds."""
    rules = [rule for form in _forms(key) for rule in _index().get(form, ())]
    held = [rule for rule in rules if _holds(rule, place)]
    if not held:
        return bool(rules), None
    top = max(rule.weight for rule in held)
    metrics = {rule.metric for rule in held if rule.weight == top}
    return True, metrics.pop() if len(metrics) == 1 else None


def _forms(key: str) -> Iterator[str]:
    """The key, and the key with its one metal word as the slot that rules name ``<metal>``."""
    yield key
    words = key.split()
    metal_of = lexicon().metal_of
    metals = [index for index, word in enumerate(words) if metal_of(word)]
    if len({words[index] for index in metals}) == 1:
        yield " ".join(
            METAL if index == metals[0] else word for index, word in enumerate(words) if index not in metals[1:]
        )


def _holds(rule: LabelRule, place: Place) -> bool:
    if place.statement not in rule.statements:
        return False
    if not place.unit and rule.by_metal:
        return False
    if place.unit and ((rule.units and place.unit not in rule.units) or place.unit in rule.not_units):
        return False
    if rule.no_heading and place.headings:
        return False
    if rule.inner and place.inner not in rule.inner:
        return False
    if rule.under and not _any_in(rule.under, place.headings):
        return False
    if rule.not_under and _any_in(rule.not_under, place.headings):
        return False
    return not (rule.above and place.above is not None and not _any_in(rule.above, place.above))


def _any_in(keys: tuple[str, ...], headings: str) -> bool:
    return any(f" {key} " in headings for key in keys)


LOSS = frozenset(("loss", "deficit"))
GAIN = frozenset(("income", "earnings", "profit", "gain", "surplus"))


def loss_label(label: str) -> bool:
    """Whether a label names only a loss (``Net loss``): a figure printed without a sign is then below zero."""
    words = set(words_of(label))
    return bool(words & LOSS) and not words & GAIN and "provision" not in words and "per" not in words


VOTERS = ("income_statement", "balance_sheet", "cash_flow", "production_data", "reconciliation")


def statement_by_rows(labels: Sequence[str]) -> str | None:
    """The statement that a table without a title must be, by the labels of its rows; None where they don't agree.

    A label that the lexicon gives to several statements counts a part for each; three votes are needed, and twice as
    many as for the next statement.
    """
    votes = dict.fromkeys(VOTERS, 0.0)
    for label in labels:
        rules = [rule for form in _forms(label_key(label)) for rule in _index().get(form, ()) if rule.key]
        homes = {name for name in VOTERS if any(name in rule.statements for rule in rules)}
        for name in homes:
            votes[name] += 1 / len(homes)
    first, second = sorted(votes, key=votes.__getitem__, reverse=True)[:2]
    return first if votes[first] >= 3 and votes[first] >= 2 * votes[second] else None


@cache
def _index() -> dict[str, tuple[LabelRule, ...]]:
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
