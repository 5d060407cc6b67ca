"""Which metric a printed row stands for: label words, unit, statement and headings together, by rules kept as data.

Of the rules that hold, the one with most conditions wins; where two metrics remain, the answer is None: no metric is
better than a wrong one. A row that only names a mine, a segment, a metal or a total means what its innermost heading
means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from grammar.label_keys import label_key, loss_label
from grammar.label_rules import METAL, NAME, LabelRule, index
from grammar.lexicon import lexicon
from grammar.records import record
from grammar.units import measure

__all__ = ["label_key", "loss_label", "metric_of", "tells_results"]

BY_PART = re.compile(r" by (segment|mine|unit|metal|product|operation|location|property|business segment|region)$")
CHANGE = re.compile(r"^(net )?((increase|decrease|change)( and (increase|decrease))? )?in ")
NO_STATEMENT = "other"
SUMMARY = "highlights"
BOTH_ENDS = ("sales", "net_income")
TOTALS = frozenset(("total", "amount", "company total", "consolidated", "total company", "consolidated total"))


@record
class _Place:
    """Where a row stands: headings joined outermost first, the innermost alone, statement, unit, the rows above."""

    headings: str
    inner: str
    statement: str
    unit: str
    above: str | None = None


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


def _of_heading(path: tuple[str, ...], title: str, place: _Place, named: bool) -> str | None:
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


def _place(path: tuple[str, ...], title: str, statement: str, unit: str, above: tuple[str, ...] | None) -> _Place:
    headings, inner = _headings(path, title)
    rows = None if above is None else " | ".join(f" {label_key(text)} " for text in above)
    return _Place(headings if path else "", inner if path else "", statement, measure(unit), rows)


def _best(key: str, place: _Place) -> tuple[bool, str | None]:
    """Whether any rule knows the key at all, and the metric of the one rule with most conditions that holds."""
    rules = [rule for form in _forms(key) for rule in index().get(form, ())]
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


def _holds(rule: LabelRule, place: _Place) -> bool:
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


def tells_results(labels: Sequence[str]) -> bool:
    """Whether rows are a summary of a company's results, by their labels: both its sales and its net income."""
    known = {_metric_of(label, (), "", SUMMARY, "", None, None, None) for label in labels}
    return set(BOTH_ENDS) <= known
