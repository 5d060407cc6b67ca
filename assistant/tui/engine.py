"""What the interface needs of the rest of the program, so that it can be shown and tested without it.

Lanes (see ``lanes``) call it from their threads, and may share one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Answer, Citation, Said
from assistant.completion import Completion

if TYPE_CHECKING:
    from assistant.page import Page, Span


@dataclass(frozen=True, slots=True)
class FilingRow:
    """A filing of the store in one line."""

    id: int
    document: str
    sha256: str
    company: str
    title: str
    released: str
    exhibit: str
    lines: int
    facts: int
    failed: int | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of a filing as a list shows it, and where it stands."""

    label: str
    heading: str
    entity: str
    period: str
    as_printed: str
    value: float
    unit: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Something that must add up and doesn't: in words, and the places of the figures."""

    message: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Pins:
    """What belongs to a cited figure: the spans of its row's label, its column headings and its row headings."""

    label: tuple[Span, ...] = ()
    columns: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()


class Engine(Protocol):
    """The program behind the interface; every method may raise a StopeError, whose message is shown."""

    def summary(self) -> str:
        """What the store holds, in a few words for the title line."""
        ...

    def prepare(self) -> None:
        """Load what the first question would have to wait for."""
        ...

    def ask(self, question: str, context: Sequence[str]) -> Answer:
        """The answer to a question in a conversation (the earlier questions, oldest first)."""
        ...

    def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """Ways to go on, the likeliest first; for an empty text whole questions that can be asked."""
        ...

    def understood(self, text: str) -> Sequence[Said]:
        """The words of the text with what they mean; ``kind`` is '' for a word that isn't understood."""
        ...

    def render(self, answer: Answer, format: str) -> str:
        """The answer in a format, byte for byte what the command prints."""
        ...

    def formats(self) -> Sequence[tuple[str, str]]:
        """The names of the formats, each with a line about it."""
        ...

    def filings(self) -> Sequence[FilingRow]:
        """Every filing of the store, the newest first."""
        ...

    def lines(self, sha256: str) -> Sequence[str]:
        """The filing's text, split at line ends."""
        ...

    def page(self, sha256: str, name: str) -> Page:
        """The filing as a reader sees it, its words with their places in the file."""
        ...

    def pins(self, citation: Citation) -> Pins:
        """The headings of the cited figure."""
        ...

    def facts(self, filing: int) -> Sequence[FactRow]:
        """All facts of a filing in the order of its lines."""
        ...

    def failed_checks(self, filing: int) -> Sequence[CheckRow]:
        """What does not add up in a filing."""
        ...

    def interrupt(self) -> None:
        """Stop what runs; called from another thread."""
        ...


OpenEngine = Callable[[], Engine]
