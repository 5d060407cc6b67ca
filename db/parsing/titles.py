"""What a table is called: its title, statement and basis, from the captions, the stub and the sentence over it."""

from __future__ import annotations

import re

from db.model import Block, Grid, Paragraph
from db.parsing.continued import CONTINUED
from db.parsing.draft import Draft, Table
from db.parsing.labels import UNFINISHED, take_marks
from db.parsing.scales import read_scale
from db.parsing.statements import statement_of
from grammar.dates import only_time
from grammar.labels import SUMMARY

UNAUDITED = re.compile(r"[-\s(]*\b(?:un)?audited\b[)\s]*", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)?")
NO_TITLE = re.compile(r"exhibit\b.*|page\b.*|[\W\d_]*|table of contents|unaudited|schedule [a-z\d]+", re.IGNORECASE)
PROFORMA = re.compile(
    r"(?:[-\u2013\u2014:(]\s*|^(?:\(?un)?audited\)?\s+|^)(pro\s?forma|adjusted|as restated|restated)\b", re.IGNORECASE
)
PRESENTS = re.compile(
    r"\b(?:following|below) (?:table|schedule|chart)s? (?:presents?|shows?|sets? (?:forth|out)|summari[sz]es?|lists?"
    r"|provides?|reconciles?|details?|contains?|gives?)\s+(?:(?:a|an|the|our|certain)\s+)?",
    re.IGNORECASE,
)
WHEN = re.compile(r"\s(?:for|as of|as at|at) (?:the|each|our)?\s*(?=.*\d)", re.IGNORECASE)
ITEM = re.compile(r"\s*(?:item|note)\s+\d{1,2}[a-c]?\s*[.:\u2013\u2014-]*\s*", re.IGNORECASE)
SEGMENTS = re.compile(r"\bsegments?\b", re.IGNORECASE)
WHOLE = re.compile(r"\breconcil|\btotal segment", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])")
FAR = 4  # blocks between a section's heading and its table
STEP = 2  # the second line of a title at the margin stands in no more than this
CAPTION_LENGTH = 180
LONGEST_TITLE = 300  # what is longer is a paragraph


def name_table(draft: Draft, table: Table) -> None:
    """Title, statement and basis from captions and stub: the line that names a statement, else the last that names.

    The stub may be the head of the labels (``Property``): beside captions it titles the table by a statement alone.
    """
    company = draft.company or ""
    texts, stub = _named_by(table)
    captions = [line for text in texts if (line := _line_of(text, company))]
    beside = [line for line in (_line_of(stub, company),) if line]
    lines = [*captions, *beside]
    last = (captions or beside or [("", ())])[-1]
    named = next((line for line in lines if statement_of(line[0])), last)
    table.title, table.title_marks = named
    table.statement = statement_of(named[0])
    if not table.title and table.lead is not None and table.lead.text.endswith(":"):
        told = _SENTENCE.split(table.lead.text[-260:])[-1]
        table.statement = "segment" if SEGMENTS.search(told) and not WHOLE.search(told) else statement_of(told)
        table.title = _told_title(table.lead.text)
        table.told = bool(table.title)
    match = PROFORMA.search(table.title)
    table.basis = match[1].lower() if match else None


def _line_of(said: str, company: str) -> tuple[str, tuple[str, ...]] | None:
    """A line over a table without what is no title in it, and its marks; None where no title is left."""
    text = _without_company(said, company)
    bare = BRACKETS.sub(lambda m: "" if _is_aside(m[0]) else m[0], text)
    bare = " ".join(CONTINUED.sub("", bare).split())
    bare, marks = take_marks(bare)
    bare = UNAUDITED.sub(" ", bare).strip(" -:,|")
    named = (
        bare
        and len(bare) <= LONGEST_TITLE
        and not NO_TITLE.fullmatch(bare)
        and not _is_company(bare, _plain(company))
        and not only_time(bare)
    )
    return (bare, marks) if named else None


def name_by_section(table: Table, blocks: list[Block], index: int) -> None:
    """A table below a sentence or two in a section of selected data has that section's title."""
    above = [block for block in blocks[max(index - FAR, 0) : index] if isinstance(block, Grid | Paragraph)]
    for block in reversed(above):
        if isinstance(block, Grid):
            return
        if block.kind == "heading":
            text = ITEM.sub("", block.text)
            if statement_of(text) == SUMMARY and len(text) <= CAPTION_LENGTH:
                table.title, table.statement = text.strip(), SUMMARY
            return


def _told_title(lead: str) -> str:
    """What a sentence says that the table below it presents, empty where it doesn't begin so."""
    told = list(PRESENTS.finditer(lead))
    words = " ".join(lead[told[-1].end() : -1].split()) if told else ""
    words = WHEN.split(words)[0].strip(" ,")
    return words[:1].upper() + words[1:] if 0 < len(words) <= CAPTION_LENGTH else ""


def _named_by(table: Table) -> tuple[list[str], str]:
    """The captions and the stub; a caption that ends in mid-phrase goes on in the stub."""
    captions = [caption.text for caption in table.captions]
    if captions and table.stub and (UNFINISHED.search(captions[-1]) or _goes_on_below(table)):
        return [*captions[:-1], f"{captions[-1]} {table.stub}"], ""
    return captions, table.stub


def _goes_on_below(table: Table) -> bool:
    """Whether the last caption and the stub are one title on two lines: both in capitals, at one margin."""
    first = next((cell for row in table.header for cell in row.cells if not row.rule and cell.text), None)
    last = table.captions[-1].pieces[-1]
    if first is None or table.exact or not BRACKETS.sub("", first.text).isupper() or not last.text.isupper():
        return False
    below = first.pieces[0]
    return below.line == last.line + 1 and 0 <= below.start - last.start <= STEP


def _is_aside(text: str) -> bool:
    """Whether brackets in a title tell of scale or audit, and not of the title."""
    return bool(
        read_scale(text) or re.search(r"unaudited|except|dollars|amounts|in [A-Z]{3}\b|\$", text, re.IGNORECASE)
    )


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()


def _is_company(line: str, company: str) -> bool:
    """Whether a line is the company's name, perhaps with its subsidiaries."""
    plain = _plain(line)
    if company and (plain.startswith(company) or company.startswith(plain)):
        return True
    return re.search(r"\b(?:and|&) (?:its )?(?:consolidated )?subsidiar(?:y|ies)$", plain) is not None


def _without_company(line: str, company: str) -> str:
    """A line without the company's name that stands before the name of a statement: one line in HTML, two to see."""
    if not company or line[: len(company)].lower() != company.lower():
        return line
    rest = line[len(company) :].lstrip(" -\u2013\u2014:,.")
    return rest if statement_of(rest) else line
