"""EDGAR's full submission: an SGML header and several ``<DOCUMENT>``s, perhaps inside a privacy-enhanced message.

A file without that wrapper is one part, the whole of it; one bare ``<DOCUMENT>`` is read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from db.model import Part
from db.readers.html import looks_like_html, read_html
from db.readers.preformatted import shows_nothing
from db.readers.refusing import GIVE_FILING
from db.readers.source import PartSource, Source
from grammar.errors import ReadError

DOCUMENT = re.compile(r"\s*<(/?)DOCUMENT>\s*$", re.IGNORECASE)
TAG = re.compile(r"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.*)", re.IGNORECASE)
TEXT = re.compile(r"<TEXT>", re.IGNORECASE)
END_TEXT = re.compile(r"</TEXT>", re.IGNORECASE)
OPENS_SUBMISSION = re.compile(r"<(?:SEC-DOCUMENT|IMS-DOCUMENT|SEC-HEADER|IMS-HEADER)>|ACCESSION NUMBER:", re.IGNORECASE)
PREFORMATTED = re.compile(r"<pre\b[^<>]*>(.*?)(?:</pre>|\Z)", re.IGNORECASE | re.DOTALL)
SHORTEST_PREFORMATTED = 4
IMAGE = re.compile(r"<img\b", re.IGNORECASE)
# What a <DOCUMENT> may hold that is no text: each by the mark at its head, and the name that the log gives it.
NOT_TEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<PDF>|%PDF-", re.IGNORECASE), "a PDF"),
    (re.compile(r"<(?:XBRL|xbrli?:xbrl|link:linkbase|xsd?:schema)\b", re.IGNORECASE), "XBRL data"),
    (re.compile(r"<XML>", re.IGNORECASE), "XML data"),
    (re.compile(r"(?m)^begin [0-7]{3} \S"), "an encoded attachment"),
)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One ``<DOCUMENT>``: its tags in lower case, and the first and last line (1-based) of what its TEXT holds."""

    tags: dict[str, str]
    first: int
    last: int
    closed: bool


def read_text(text: str, name: str) -> Source:
    """The parts of a decoded file; ReadError where none of them is text or HTML."""
    lines = text.split("\n")
    found = list(_documents(lines))
    if not found:
        html = looks_like_html(text)
        sources, said = _part_sources(lines, Wrapped({}, 1, len(lines), True), 1)
        _refuse_images(text, name, sources)
        return Source(text, "html" if html else "text", {}, tuple(sources), tuple(said))
    parts, log = _readable(lines, found)
    if not parts:
        raise ReadError(
            f"{name} holds no document that can be read: {'; '.join(log)}. Give one with a text or HTML part."
        )
    _refuse_images(text, name, parts)
    head = "\n".join(lines[: max(found[0].first - 1, 0)])
    is_submission = OPENS_SUBMISSION.search(head) is not None
    header = _header(head) if is_submission else _form(parts[0].part)
    return Source(text, "submission" if is_submission else parts[0].part.format, header, tuple(parts), tuple(log))


def _documents(lines: list[str]) -> Iterator[Wrapped]:
    """The ``<DOCUMENT>``s in their order; one that the file's end cuts off is marked as not closed."""
    at, count = 0, len(lines)
    while at < count:
        opening = DOCUMENT.match(lines[at]) if "<" in lines[at] else None
        at += 1
        if not opening or opening[1]:
            continue
        tags: dict[str, str] = {}
        while at < count and not TEXT.search(lines[at]):
            tag = TAG.search(lines[at])
            if tag:
                tags[tag[1].lower()] = tag[2].strip()
            elif lines[at].strip() and not lines[at].lstrip().startswith("<"):
                break
            at += 1
        first = at + 2 if at < count and TEXT.fullmatch(lines[at].strip()) else at + 1
        at, last, closed = _end_of_document(lines, at)
        yield Wrapped(tags, min(first, count), max(last, min(first, count)), closed)


def _end_of_document(lines: list[str], at: int) -> tuple[int, int, bool]:
    """The index after ``</DOCUMENT>`` (or before the next ``<DOCUMENT>``), the last content line, whether it closed."""
    last = 0
    for index in range(at, len(lines)):
        line = lines[index]
        if "<" not in line:
            continue
        if not last and END_TEXT.search(line):
            last = index if END_TEXT.fullmatch(line.strip()) else index + 1
        mark = DOCUMENT.match(line)
        if mark:
            return (index + 1, last or index, True) if mark[1] else (index, last or index, False)
    return len(lines), last or len(lines), bool(last)


def _refuse_images(text: str, name: str, parts: list[PartSource]) -> None:
    """ReadError where no part has a word in it and there are images."""
    images = 0 if any(part.blocks is None or part.blocks for part in parts) else len(IMAGE.findall(text))
    if images:
        raise ReadError(f"{name} has {images} images and no words, which can't be read as a filing: {GIVE_FILING}.")


def _readable(lines: list[str], found: list[Wrapped]) -> tuple[list[PartSource], list[str]]:
    """The parts that are text or HTML, and for the log a line on each that isn't or that is cut off."""
    parts: list[PartSource] = []
    log: list[str] = []
    for number, document in enumerate(found, 1):
        said = f"part {number} ({document.tags.get('type') or 'no type'}, lines {document.first} to {document.last})"
        head = "\n".join(lines[document.first - 1 : min(document.last, document.first + 40)])
        other = next((kind for pattern, kind in NOT_TEXT if pattern.search(head)), None)
        if other:
            log.append(f"{said} left out: {other}")
            continue
        if not document.closed:
            log.append(f"{said} has no closing tag: the file is cut off, what is there was read")
        sources, about = _part_sources(lines, document, len(parts) + 1)
        parts.extend(sources)
        log.extend(f"{said}: {line}" for line in about)
    return parts, log


def _part_sources(lines: list[str], document: Wrapped, number: int) -> tuple[list[PartSource], list[str]]:
    """The document as one part; HTML with preformatted text as several, since that text is laid out like ASCII."""
    first, last = document.first, document.last
    content = "\n".join(lines[first - 1 : last])
    if not looks_like_html(content):
        return [PartSource(_part(document, number, first, last, "text"), None, (first, last))], []
    sources: list[PartSource] = []
    log: list[str] = []
    for start, end, preformatted in _regions(content):
        top = first + content.count("\n", 0, start)
        bottom = top + content.count("\n", start, end)
        blocks, said = (None, ()) if preformatted else read_html(content[start:end], top)
        log.extend(said)
        if blocks is None or blocks or (end == len(content) and not sources):
            part = _part(document, number + len(sources), top, bottom, "text" if preformatted else "html")
            sources.append(PartSource(part, blocks, (top, bottom), preformatted))
    return sources, log


def _part(document: Wrapped, number: int, first: int, last: int, kind: Literal["text", "html"]) -> Part:
    return Part(number, document.tags.get("type", ""), document.tags.get("description", ""), first, last, kind)


def _regions(content: str) -> Iterator[tuple[int, int, bool]]:
    """The stretches (from, to) of an HTML document and whether each is preformatted, cut at the ends of lines."""
    position = 0
    for first, last in _preformatted(content):
        start, end = content.find("\n", first) + 1, content.rfind("\n", 0, last)
        if position < start < end:
            yield position, start - 1, False
            yield start, end, True
            position = end + 1
    yield position, len(content), False


def _preformatted(content: str) -> Iterator[tuple[int, int]]:
    """The stretches of preformatted text; those of pages that only rules and tags keep apart are one."""
    stretch: tuple[int, int] | None = None
    for match in PREFORMATTED.finditer(content):
        if match[1].count("\n") < SHORTEST_PREFORMATTED:
            continue
        if stretch is not None and shows_nothing(content[stretch[1] : match.start(1)]):
            stretch = stretch[0], match.end(1)
            continue
        if stretch is not None:
            yield stretch
        stretch = match.span(1)
    if stretch is not None:
        yield stretch


HEADER_FIELD = re.compile(r"^[\s\]]*([A-Z][A-Z .-]+):[ \t]*(.*?)\s*$", re.MULTILINE)
FIELDS = {
    "COMPANY CONFORMED NAME": "company",
    "CENTRAL INDEX KEY": "cik",
    "CONFORMED SUBMISSION TYPE": "form",
    "FILED AS OF DATE": "filed",
    "CONFORMED PERIOD OF REPORT": "period",
    "ACCESSION NUMBER": "accession",
    "FISCAL YEAR END": "fiscal_year_end",
    "STANDARD INDUSTRIAL CLASSIFICATION": "sic",
    "FORMER CONFORMED NAME": "former_names",
    "ITEM INFORMATION": "items",
}
SEVERAL = {"former_names", "items"}


def _header(head: str) -> dict[str, str]:
    """What the SGML header says, the first of each where it names several filers."""
    header: dict[str, str] = {}
    for match in HEADER_FIELD.finditer(head):
        key, said = FIELDS.get(match[1]), match[2].strip()
        if not key or not said:
            continue
        said = _field(key, said)
        if key not in header:
            header[key] = said
        elif key in SEVERAL and said not in header[key].split("; "):
            header[key] += f"; {said}"
    return header


def _form(part: Part) -> dict[str, str]:
    """The form that a lone ``<DOCUMENT>`` is of, unless it is an exhibit to one."""
    return {} if not part.type or part.type.upper().startswith("EX") else {"form": part.type}


def _field(key: str, said: str) -> str:
    """A field in its own form: ISO dates, ``MM-DD`` for the end of a fiscal year, the number of a CIK unpadded."""
    if key in {"filed", "period"} and re.fullmatch(r"\d{8}", said):
        return f"{said[:4]}-{said[4:6]}-{said[6:]}"
    if key == "fiscal_year_end" and re.fullmatch(r"\d{4}", said):
        return f"{said[:2]}-{said[2:]}"
    return said.lstrip("0") if key == "cik" else said
