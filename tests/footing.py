"""Whether printed totals are the sums they look like: a judge of parsed tables that needs no gold."""

import re
from collections import defaultdict
from decimal import Decimal

TOTAL = re.compile(r"(?:sub-?)?totals?\b(?! number)|net cash\b", re.IGNORECASE)
NET = re.compile(r"\bnet\b|^gross (?:profit|margin)|^income|^loss", re.IGNORECASE)


def totals_of(facts):
    """Each total of the tables as ``(fact, foots)``: whether it is the sum, or difference, of rows above it."""
    columns = defaultdict(list)
    for fact in facts:
        if (
            fact.source == "table"
            and "/" not in fact.unit
            and fact.unit not in {"%", "ratio"}
            and fact.nature == "actual"
        ):
            columns[fact.table, fact.column_number].append(fact)
    for column in columns.values():
        yield from _totals_in(sorted(column, key=lambda fact: (fact.row, fact.cell.line)))


def _totals_in(column):
    values: list[Decimal] = []  # what a total below may add: totals stand for their rows
    for fact in column:
        total = not fact.label or (fact.label != fact.column and TOTAL.match(fact.label))
        taken = _sum_above(values, fact) if total or NET.search(fact.label) else 0
        taken = taken if total or taken > 1 else 0
        if total and (len(values) > 1 or taken):
            yield fact, taken > 0
        del values[len(values) - taken :]
        values.append(fact.value)


def _sum_above(values, total):
    """How many of the last values make the total: added up, or the first less the others; 0 if none do."""
    for count in range(1, len(values) + 1):
        last = values[len(values) - count :]
        slack = Decimal(count) / 2 * total.scale * (Decimal("0.01") if total.value % 1 else 1)
        added, less = sum(last), last[0] - sum(last[1:])
        if (count > 1 or added == total.value) and min(abs(total.value - added), abs(total.value - less)) <= slack:
            return count
    return 0
