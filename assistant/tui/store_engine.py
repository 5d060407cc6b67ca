"""The engine over a real store: nothing but calls into the rest of the program, each imported when first needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, Said
from assistant.completion import Completion
from assistant.tui.engine import CheckRow, FactRow, FilingRow, Pins

if TYPE_CHECKING:
    from assistant.page import Page, Span
    from db.checks import Finding
    from db.store import Store

WIDTH = 100  # of the command's output into a pipe: what is copied is what it prints (a test holds them together)
COLUMNS = """
SELECT f.id, f.line, f.column_start, f.column_end, f.as_printed, f.value, f.unit, f.label, f.heading_path, f.entity,
       f.period, f.table_title, f.column_heading, g.document, g.sha256
FROM facts AS f JOIN filings AS g ON g.id = f.filing_id
"""
FACTS = COLUMNS + "WHERE f.filing_id = ? ORDER BY f.line, f.column_start"
FACT = COLUMNS + "WHERE f.id = ?"
# The first or last period that a measure is reported for, out of the indexes: a store may hold millions of facts.
_END = """
SELECT v.shown AS period FROM vocabulary AS v
WHERE v.kind = 'period' AND v.detail IN ('quarter', 'year') AND EXISTS (
    SELECT 1 FROM vocabulary AS m JOIN facts AS f ON f.metric = m.key AND f.period_end = v.key
    WHERE m.kind = 'metric' AND f.nature = 'actual' AND f.period_kind = v.detail
)
ORDER BY v.key {order}, v.detail {within} LIMIT 1
"""


class StoreEngine:
    """One store, opened by the first thread that needs it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids = {str(row["sha256"]): int(row["id"]) for row in store.run("SELECT sha256, id FROM filings")}

    def summary(self) -> str:
        """The number of filings and the periods that they report."""
        number = len(self._ids)
        samples = "" if self._store.home == self._store.path else "embedded sample "
        count = f"{number:,} {samples}filing" + ("" if number == 1 else "s")
        first = self._store.run(_END.format(order="ASC", within="DESC"))
        last = self._store.run(_END.format(order="DESC", within="ASC"))
        return f"{count}, {first[0]['period']} to {last[0]['period']}" if first and last else count

    def prepare(self) -> None:
        """The lexicon, the names of the store and the modules of a question: half a second, once."""
        examples = self.complete("", 0)
        if examples:
            self.render(self.ask(examples[0].text, ()), "text")

    def ask(self, question: str, context: Sequence[str]) -> Answer:
        """The one road."""
        from assistant.ask import ask  # noqa: PLC0415

        return ask(question, self._store, context)

    def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """Completions of the lexicon and the store."""
        from assistant.complete import complete  # noqa: PLC0415

        return complete(text, cursor, self._store)

    def understood(self, text: str) -> Sequence[Said]:
        """The words as the questions' own reader binds them."""
        from assistant.complete import understood  # noqa: PLC0415

        return understood(text, self._store)

    def render(self, answer: Answer, format: str) -> str:
        """What ``stope ask --format`` prints."""
        from assistant.formats import render  # noqa: PLC0415

        return render(answer, format, width=WIDTH, lines=self._lines_of)

    def formats(self) -> Sequence[tuple[str, str]]:
        """The registry's formats."""
        from assistant.formats import FORMATS  # noqa: PLC0415

        return [(name, format.about) for name, format in FORMATS.items()]

    def filings(self) -> Sequence[FilingRow]:
        """The newest first, with the number of their facts."""
        counts = {row[0]: row[1] for row in self._store.run("SELECT filing_id, count(*) FROM facts GROUP BY filing_id")}
        return [_filing_row(row, counts.get(row["id"], 0)) for row in reversed(self._store.filings())]

    def lines(self, sha256: str) -> Sequence[str]:
        """The source's lines; none where the store no longer has the filing."""
        return self._lines_of(sha256)

    def _lines_of(self, sha256: str) -> list[str]:
        filing = self._ids.get(sha256)
        return self._store.lines(filing) if filing is not None else []

    def page(self, sha256: str, name: str) -> Page:
        """The lines as they stand, those of HTML laid out."""
        from assistant.page_layout import page_of  # noqa: PLC0415

        return page_of(self._lines_of(sha256), name)

    def pins(self, citation: Citation) -> Pins:
        """The headings of the cited fact, as its places in the store say."""
        if citation.fact_id is None:
            return Pins()
        rows = self._store.run(
            "SELECT f.places, f.heading_path, f.filing_id FROM facts AS f JOIN filings AS g ON g.id = f.filing_id"
            " WHERE f.id = ? AND g.sha256 = ?",
            (citation.fact_id, citation.sha256),
        )
        if not rows:
            return Pins()
        places: dict[str, list[list[int]]] = json.loads(rows[0]["places"])
        lines = self._store.lines(int(rows[0]["filing_id"]))
        headings = _above(json.loads(rows[0]["heading_path"]), citation.line, lines)
        return Pins(_spans(places.get("label")), _spans(places.get("header")), headings)

    def facts(self, filing: int) -> Sequence[FactRow]:
        """The facts as they were parsed."""
        return [_fact_row(row) for row in self._store.run(FACTS, (filing,))]

    def failed_checks(self, filing: int) -> Sequence[CheckRow]:
        """What must add up in the filing and doesn't."""
        from db.checks import check_filing  # noqa: PLC0415

        return [self._check_row(found) for found in check_filing(self._store, filing) if found.fails]

    def _check_row(self, found: Finding) -> CheckRow:
        """The finding with the places of its figures, the printed one first."""
        spots = (*found.printed_at, *found.sources)
        ids = [spot.fact_id for spot in spots if spot.fact_id is not None]
        rows = {row["id"]: row for id in ids for row in self._store.run(FACT, (id,))}
        return CheckRow(found.explanation, tuple(_fact_row(rows[id]).citation for id in ids if id in rows))

    def interrupt(self) -> None:
        """Stop the statement that runs."""
        self._store.stop()


def _filing_row(row: Any, facts: int) -> FilingRow:
    return FilingRow(
        id=row["id"],
        document=row["document"],
        sha256=row["sha256"],
        company=row["company"] or "",
        title=row["title"] or "",
        released=row["released"] or row["filed"] or "",
        exhibit=row["exhibit"] or "",
        lines=row["lines"],
        facts=facts,
    )


def _fact_row(row: Any) -> FactRow:
    citation = Citation(
        row["document"],
        row["sha256"],
        row["line"],
        row["line"],
        row["as_printed"],
        row["column_start"],
        row["column_end"],
        table=row["table_title"] or None,
        row=row["label"],
        column=row["column_heading"] or None,
        fact_id=row["id"],
    )
    heading = " / ".join(json.loads(row["heading_path"]))
    return FactRow(
        row["label"],
        heading,
        row["entity"] or "",
        row["period"] or "",
        row["as_printed"],
        row["value"],
        row["unit"],
        citation,
    )


def _spans(places: list[list[int]] | None) -> tuple[Span, ...]:
    return tuple((line, start, end) for line, start, end in places or ())


def _above(headings: Sequence[str], line: int, lines: Sequence[str]) -> tuple[Span, ...]:
    """The nearest lines above that hold the headings, the innermost first."""
    found: list[Span] = []
    for heading in reversed(headings):
        sought = " ".join(heading.casefold().split())
        for number in range(line - 1, max(0, line - 200), -1):
            text = lines[number - 1]
            if sought and sought in " ".join(text.casefold().split()):
                begin = len(text) - len(text.lstrip())
                found.append((number, begin, len(text.rstrip())))
                break
    return tuple(found)
