"""Opening the source, walking the citations, finding words, and the lists of filings, facts and failed checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assistant.tui.session import Kept, Session

if TYPE_CHECKING:
    from assistant.answer import Citation
    from assistant.tui.engine import CheckRow, FactRow, FilingRow, OpenEngine, Pins
    from assistant.tui.layout import Entry
    from assistant.tui.places import Place
    from assistant.tui.source import SourcePane

TALL = 30
ROOMY = 110


class SourceActions(Session):
    """What has to do with the filings themselves."""

    def __init__(self, open_engine: OpenEngine, kept: Kept | None = None) -> None:
        super().__init__(open_engine, kept)
        self._walked: tuple[Place, ...] = ()
        self._at = 0
        self._hidden = False
        self.shown: Entry | None = None

    @property
    def place(self) -> Place | None:
        """The place that the source pane shows, or would show."""
        return self._walked[self._at] if self._at < len(self._walked) else None

    async def source_pane(self) -> SourcePane:
        """The pane, made when it is first wanted: the first frame has no use for it."""
        from assistant.tui.source import SourcePane  # noqa: PLC0415

        screen = self.screen_stack[0]
        if not screen.query("#source"):
            await screen.mount(SourcePane(), after="#transcript")
        return screen.query_one(SourcePane)

    @property
    def is_source_shown(self) -> bool:
        """Whether the source pane can be seen."""
        return bool(self.screen_stack[0].query("#source.-shown"))

    def show_sources(self, entry: Entry) -> None:
        """Walk this entry's citations from now on; its first is shown where the pane is open or has room to open."""
        from assistant.tui.places import places  # noqa: PLC0415

        self.shown = entry
        self._walked = places(entry.answer) if entry.answer is not None else ()
        self._at = 0
        roomy = self.size.height >= TALL or self.screen_stack[0].has_class("-wide")
        if self._walked and (self.is_source_shown or (roomy and not self._hidden)):
            self.show_place()

    def show_place(self) -> None:
        """Show the place in the source pane, loading its filing in the background."""
        self.work(self._show_place, group="source", exclusive=True)

    async def _show_place(self) -> None:
        place = self.place
        pane = await self.source_pane()
        pane.set_class(True, "-shown")
        if place is None:
            return
        citation = place.citation
        pins = await self.look(lambda engine: engine.pins(citation))
        if pane.sha256 != citation.sha256 and not await self._load(pane, citation.sha256, citation.document):
            return
        pane.cite(place, _with_heading_lines(pins, citation), self._walked)

    async def _load(self, pane: SourcePane, sha256: str, name: str) -> bool:
        lines = await self.look(lambda engine: engine.lines(sha256))
        if not lines:
            self.notify(f"{name} is no longer in the store: `stope add` brings it back", severity="warning")
            return False
        pane.wait_for(name)
        pane.load(sha256, name, lines, await self.look(lambda engine: engine.page(sha256, name), "lists"))
        return True

    def action_source(self) -> None:
        """Open the source and go there; from there close it and go back to the ask line."""
        if self.is_source_shown and self.focused is not None and self.focused.id == "source-view":
            self._hidden = True
            self.screen.query_one("#source").remove_class("-shown")
            self.ask_line.focus()
            return
        self._hidden = False
        if self.place is None and not self.is_source_shown:
            self.action_filings()
            return
        self.work(self._open_source, group="source", exclusive=True)

    async def _open_source(self) -> None:
        was_shown = self.is_source_shown
        if not was_shown:
            await self._show_place()
        pane = await self.source_pane()
        pane.view.focus()

    def action_walk(self, step: int) -> None:
        """The next or previous citation of the answer, around the end."""
        if not self._walked:
            self.notify("there is no citation to go to: ask a question first")
            return
        if self.is_source_shown:
            self._at = (self._at + step) % len(self._walked)
        self._hidden = False
        self.show_place()

    def action_cite(self, number: int) -> None:
        """Show the citation with that number of the selected answer."""
        if (entry := self.entry) is not None and entry.answer is not None:
            self.show_sources(entry)
            self._at = min(number, len(self._walked)) - 1
            self._hidden = False
            self.show_place()

    def action_find(self) -> None:
        """Open the find line of the source pane, with the pane where it is closed."""
        if self.place is None and not self.is_source_shown:
            self.action_filings()
        else:
            self.work(self._find, group="source", exclusive=True)

    async def _find(self) -> None:
        if not self.is_source_shown:
            await self._show_place()
        (await self.source_pane()).start_finding()

    def action_find_next(self, step: int) -> None:
        """The next line that was found."""
        self.work(partial(self._find_next, step), group="source")

    async def _find_next(self, step: int) -> None:
        (await self.source_pane()).find_next(step)

    def action_filings(self) -> None:
        """All filings of the store, to open one or to list its facts or failed checks."""
        self.work(partial(self._filings, "enter"), group="lists", exclusive=True)

    def action_facts(self) -> None:
        """The facts of a filing that is chosen first."""
        self.work(partial(self._filings, "f3"), group="lists", exclusive=True)

    def action_checks(self) -> None:
        """What doesn't add up, of a filing that is chosen first."""
        self.work(partial(self._filings, "f7"), group="lists", exclusive=True)

    async def _filings(self, default: str) -> None:
        filings = await self.look(lambda engine: engine.filings())
        if not filings:
            self.notify("the store has no filings: `stope add FILE…` adds some")
            return
        taken = 0 if len(filings) == 1 and default != "enter" else None
        key = default
        if taken is None:
            what = {"enter": "Filings", "f3": "Facts of which filing?", "f7": "Failed checks of which filing?"}[default]
            columns = ("Company", "Released", "Title", ">Facts", ">Lines", "File")
            picked = await self.pick_row(what, columns, [_filing_cells(each) for each in filings], extra=True)
            if picked is None:
                return
            key, taken = picked
            key = default if key == "enter" else key
        await self._of_filing(key, filings[taken])

    async def _of_filing(self, key: str, filing: FilingRow) -> None:
        if key == "f3":
            await self._facts(filing)
        elif key == "f7":
            await self._checks(filing)
        else:
            pane = await self.source_pane()
            pane.set_class(True, "-shown")
            if await self._load(pane, filing.sha256, filing.document):
                pane.view.focus()

    async def _facts(self, filing: FilingRow) -> None:
        facts = await self.look(lambda engine: engine.facts(filing.id), "lists")
        columns = (">Line", "Label", "Of", "Period", ">As printed", "Unit", "Heading")
        shown = len(columns) if self.size.width >= ROOMY else len(columns) - 1
        rows = [_fact_cells(fact)[:shown] for fact in facts]
        picked = await self.pick_row(f"Facts of {filing.document}", columns[:shown], rows)
        if picked is not None:
            await self._go_to([facts[picked[1]].citation], facts[picked[1]].label)

    async def _checks(self, filing: FilingRow) -> None:
        checks: Sequence[CheckRow] = await self.look(lambda engine: engine.failed_checks(filing.id), "lists")
        if not checks:
            self.notify(f"everything that was checked in {filing.document} adds up")
            return
        rows = [(_lines_of(check), check.message) for check in checks]
        picked = await self.pick_row(f"What doesn't add up in {filing.document}", (">Lines", "Check"), rows)
        if picked is not None:
            await self._go_to(checks[picked[1]].citations, checks[picked[1]].message)

    async def _go_to(self, citations: Sequence[Citation], of: str) -> None:
        """Walk these places in the source."""
        from assistant.tui.places import Place  # noqa: PLC0415

        self._walked = tuple(Place(number, each, "value", of) for number, each in enumerate(citations, 1))
        self._at = 0
        await self._show_place()
        (await self.source_pane()).view.focus()

    async def pick_row(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, extra: bool = False, at: int = 0
    ) -> tuple[str, int] | None:
        """The row that is picked in a dialog, and the key that took it; None where it was left."""
        from assistant.tui.picker import Picker  # noqa: PLC0415

        return await self.push_screen_wait(Picker(title, columns, rows, extra=extra, at=at))


def _with_heading_lines(pins: Pins, citation: Citation) -> Pins:
    """The pins, with the headings that the citation itself names where the store knew none."""
    if pins.columns or pins.headings or not citation.heading_lines:
        return pins
    return replace(pins, headings=tuple((line, 0, 0) for line in citation.heading_lines))


def _filing_cells(each: FilingRow) -> tuple[str, ...]:
    return (each.company, each.released, each.title, str(each.facts), str(each.lines), each.document)


def _fact_cells(fact: FactRow) -> tuple[str, ...]:
    line = str(fact.citation.line)
    return (line, fact.label, fact.entity, fact.period, fact.as_printed, fact.unit, fact.heading)


def _lines_of(check: CheckRow) -> str:
    return ", ".join(str(citation.line) for citation in check.citations)
