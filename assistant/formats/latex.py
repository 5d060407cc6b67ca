r"""LaTeX to put into a document: a paragraph or a list with ``\footnote``s; needs no package."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.formats import Settings
from assistant.formats.citing import cited_in_words
from assistant.formats.memo import Memo, Row, memo
from assistant.formats.sources import Source

# Braces as commands: BibTeX counts even escaped ones. A bracket could be read as the argument of \\ or \item.
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': "''",
        "`": r"\textasciigrave{}",
        "[": "{[}",
        "]": "{]}",
        "“": "``",
        "”": "''",
        "‘": "`",
        "’": "'",
        "–": "--",
        "—": "---",
        "·": r"\textperiodcentered{}",
        "…": r"\ldots{}",
        "→": r"$\to$",
        "\u00a0": "~",
    }
)


def render(answer: Answer, settings: Settings) -> str:
    """Paragraph, list of values, quotations and notes, as far as there are any."""
    pieces = memo(answer)
    blocks = [
        [escape(pieces.lead) + _footnote(pieces.lead_source)] if pieces.lead else [],
        _values(pieces),
        *([r"\begin{quote}", escape(text) + _footnote(source), r"\end{quote}"] for text, source in pieces.passages),
        _items([escape(text) for text in (*pieces.notes, *pieces.suggestions)]),
    ]
    if not (pieces.lead or pieces.rows or pieces.passages):
        blocks.append([escape(cited_in_words(source)) for source in pieces.sources])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """The text with LaTeX's special characters as commands; hyphens in a row (a nil) don't become a dash."""
    return text.replace("--", "-\0-").replace("--", "-\0-").translate(SPECIAL).replace("\0", "{}")


def _values(pieces: Memo) -> list[str]:
    return _items([_row(row) for row in pieces.rows])


def _items(texts: list[str]) -> list[str]:
    return [r"\begin{itemize}", *(rf"  \item {text}" for text in texts), r"\end{itemize}"] if texts else []


def _row(row: Row) -> str:
    remarks = [f"= {row.formula}"] if row.formula else []
    said = ", ".join([row.value, *remarks, *row.remarks])
    return f"{escape(row.label)}: {escape(said)}{_footnote(row.source)}"


def _footnote(source: Source | None) -> str:
    return rf"\footnote{{{escape(cited_in_words(source))}}}" if source else ""
