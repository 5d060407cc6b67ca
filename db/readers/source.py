"""What a reader hands on: the decoded text as it stands, what the file says of itself, and its parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.model import Block, Part


@dataclass(frozen=True, slots=True)
class PartSource:
    """One document of a file; ``lines`` are its content's first and last line (1-based, inclusive).

    ``blocks`` is None for ASCII, whose blocks the parser finds from the lines; an HTML part brings its own, each piece
    at its place in the file. ``markup`` says that its text is preformatted text of HTML.
    """

    part: Part
    blocks: tuple[Block, ...] | None
    lines: tuple[int, int]
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file after reading; ``format`` is text, html or submission, ``log`` says what was left out and why.

    ``header`` holds what the file says of itself, only the keys that it gives: company, cik, form, filed and period
    (ISO dates), accession, fiscal_year_end (``MM-DD``), sic, former_names (joined by ``; ``), items (likewise).
    """

    text: str
    format: str
    header: dict[str, str]
    parts: tuple[PartSource, ...]
    log: tuple[str, ...] = field(default=())
