"""``stope checks``: what must add up in the filings, and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from assistant.options import db_option
from assistant.where import store_to_read

if TYPE_CHECKING:
    from db.checks import Finding
    from db.store import Store

# Tables that need not tie are told where they don't; what the text may mean otherwise only with --all.
TOLD = (
    "loose: statements agree",
    "loose: balance change vs cash flow",
    "loose: mines vs company",
    "loose: quarter + year to date before = year to date",
)


@click.command()
@click.argument("filing", required=False)
@click.option("--all", "everything", is_flag=True, help="Show everything that was looked at.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "jsonl")),
    default="table",
    show_default=True,
    help="Sentences to read, or one relation a line for programs.",
)
@db_option
def command(filing: str | None, everything: bool, form: str, db: str | None) -> int:
    """Say what must add up and doesn't.

    FILING is the name of a filing, or how it begins; without it every filing of the store is checked. Totals of rows
    and of columns, printed changes in per cent, costs of an ounce, mines and segments, statements that must agree,
    earnings of a share, the year to date, what the text claims and which note a mark points to are each held against
    the figures that they follow from. Each result names what is expected, what is printed, where both stand, and
    whether rounding explains the difference. Two tables that need not tie and don't are told in brackets; they are no
    fault.

    \b
    Exit codes: 0 nothing fails; 1 something does not add up; 2 usage; 3 no store or an unreadable one.
    """
    from assistant.documents import find_filing  # noqa: PLC0415

    with store_to_read(db) as store:
        chosen = [find_filing(store, filing)] if filing else store.filings()
        failed = False
        for row in chosen:
            failed |= _one(store, row["id"], row["document"], everything, form)
    return 1 if failed else 0


def _one(store: Store, filing_id: int, document: str, everything: bool, form: str) -> bool:
    """Print one filing's results; whether anything fails."""
    from db.checks import check_filing  # noqa: PLC0415

    findings = check_filing(store, filing_id)
    shown = [f for f in findings if everything or f.fails or (f.loose and f.kind in TOLD)]
    if form == "jsonl":
        _jsonl(document, shown)
    else:
        for line in _lines(document, findings, shown):
            click.echo(line)
    return any(finding.fails for finding in findings)


def _jsonl(document: str, findings: list[Finding]) -> None:
    import json  # noqa: PLC0415

    for finding in findings:
        click.echo(json.dumps({"document": document, **as_record(finding)}, ensure_ascii=False))


def as_record(finding: Finding) -> dict[str, Any]:
    """The finding as JSON has it: places as ``{"document", "line", "fact_id"}``, values in base units."""
    return {
        "kind": finding.kind,
        "about": finding.about,
        "period": finding.period,
        "verdict": finding.verdict,
        "expected": finding.expected,
        "printed": finding.printed,
        "unit": finding.unit,
        "sources": [spot._asdict() for spot in finding.sources],
        "printed_at": [spot._asdict() for spot in finding.printed_at],
        "explanation": finding.explanation,
        "loose": finding.loose,
        "fails": finding.fails,
    }


def _lines(document: str, findings: list[Finding], shown: list[Finding]) -> Iterator[str]:
    """A line that counts, then for each finding its verdict and places and the sentence that explains it."""
    verdicts = Counter("information" if finding.loose else finding.verdict for finding in findings)
    parts = [
        f"{verdicts['holds']} hold",
        f"{verdicts['within rounding']} within rounding" if verdicts["within rounding"] else "",
        f"{verdicts['NO']} do not" if verdicts["NO"] else "",
        f"{verdicts['information']} need not tie and don't" if verdicts["information"] else "",
    ]
    counted = ", ".join(part for part in parts if part)
    yield f"{document}: {len(findings)} relations: {counted}" if findings else f"{document}: nothing to add up"
    for finding in shown:
        sources = _places(document, finding.sources)
        printed = _places(document, finding.printed_at)
        word = "(no)" if finding.loose else finding.verdict
        yield f"  {word}: {finding.kind}: {finding.about}"
        yield f"      {finding.explanation} [{sources} -> {printed}]"


def _places(document: str, spots: Any) -> str:
    """``lines 12, 14``: the document is named only where it is another one."""
    texts = list(dict.fromkeys(str(s.line) if s.document == document else str(s) for s in spots))
    return ("line " if len(texts) == 1 else "lines ") + ", ".join(texts)
