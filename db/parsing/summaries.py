"""A table without a title that sums up a company's results: known by its rows, and by what is not said over it."""

from __future__ import annotations

import re

from db.parsing.draft import Draft, Table
from grammar.labels import tells_results

# What the sentence over a table says where its sales and income are not, or not just, the company's own.
_OF_OTHERS = re.compile(
    r"\bpro[\s-]?forma\b|\bdiscontinued\b|\bacqui(?:red|sition)\b|\bjoint ventures?\b|\baffiliates?\b"
    r"|\bsubsidiar(?:y|ies)\b|\bequity (?:method|investees?)\b|\bsummari[sz]ed\b|\bsegments?\b|\bguarantors?\b",
    re.IGNORECASE,
)
_REPORTS = ("10-K", "10-Q", "20-F", "40-F")  # there such a table stands in a note, and may be of anybody


def summarizes(draft: Draft, table: Table) -> bool:
    """Whether a table that nothing names is the summary that opens a release: its sales and its net income are told."""
    if table.statement is not None or table.title or str(draft.source.header.get("form", "")).startswith(_REPORTS):
        return False
    if table.lead is not None and _OF_OTHERS.search(table.lead.text):
        return False
    return tells_results([" ".join(cell.text for cell in words) for words, values in table.read if values])
