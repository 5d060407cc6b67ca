"""One module an output format, one entry here; what the command prints and the interface copies comes from ``render``.

A format's module has ``render(answer, settings) -> str``, is imported when it is first asked for, and has a golden
file under ``tests/golden``. The text that it returns ends with a newline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from importlib import import_module

from assistant.answer import Answer
from grammar.errors import UsageError
from grammar.records import record

Lines = Callable[[str], list[str]]


@record
class Settings:
    """How to render: ``lines`` gives a document's lines by its SHA-256 (nothing where the source isn't at hand)."""

    colour: bool = False
    width: int = 80
    lines: Lines | None = field(default=None, compare=False)


@record
class Format:
    """An output format: its module, the suffix of a file that holds it and a line for ``--help``."""

    module: str
    suffix: str
    about: str


FORMATS: dict[str, Format] = {
    "text": Format("text", ".txt", "the answer as a person reads it, with the cited line"),
    "json": Format("json", ".json", "one object on one line, for scripts"),
    "csv": Format("csv", ".csv", "a row a figure, for a spreadsheet"),
    "markdown": Format("markdown", ".md", "Markdown with footnotes"),
    "html": Format("html", ".html", "an HTML fragment with numbered sources"),
    "latex": Format("latex", ".tex", "LaTeX with footnotes"),
    "bibtex": Format("bibtex", ".bib", "a BibTeX entry a filing"),
    "csl": Format("csl", ".csl.json", "CSL-JSON, an item a filing"),
    "bluebook": Format("bluebook", ".txt", "notes in the manner of the Bluebook"),
    "chicago": Format("chicago", ".txt", "notes in the manner of the Chicago Manual of Style"),
}


def render(answer: Answer, format: str, *, colour: bool = False, width: int = 80, lines: Lines | None = None) -> str:
    """The answer in a format of ``FORMATS``, ending with a newline; UsageError for an unknown one."""
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    module = import_module(f"{__name__}.{FORMATS[format].module}")
    text: str = module.render(answer, Settings(colour, width, lines))
    return text
