"""The cited line as it stands in the filing, under the headings of its row and column."""

from __future__ import annotations

import re

from assistant.answer import Citation
from assistant.formats import Settings
from assistant.formats.paint import Paint
from assistant.formats.sources import Source

LONGEST = 160
SEARCHED_ABOVE = 80
MOST_LINES = 6
TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
OPEN, CLOSE = "\x02", "\x03"


def excerpt(source: Source, settings: Settings, paint: Paint, headings: bool = True) -> list[str]:
    """Numbered lines of the source, the cited one marked; the quote alone where the source isn't at hand."""
    citation = source.citation
    text = settings.lines(citation.sha256) if settings.lines else []
    if not 1 <= citation.line <= len(text):
        return [f"      {_plain(line)}" for line in citation.quote.split("\n")[:MOST_LINES]]
    last = min(citation.line_end, len(text), citation.line + MOST_LINES - 1)
    above = [number for number in _headings(citation, text) if number < citation.line] if headings else []
    shown = [(number, _plain(text[number - 1]), False) for number in above]
    shown += [
        (number, _cited(citation, number, text[number - 1], paint), True) for number in range(citation.line, last + 1)
    ]
    digits = len(str(last))
    lines = [_row(number, digits, line, cited, paint) for number, line, cited in shown]
    if last < citation.line_end:
        lines.append(f"    {' ' * digits}   … to line {citation.line_end}")
    return lines


def _row(number: int, digits: int, line: str, cited: bool, paint: Paint) -> str:
    margin = f"  {'>' if cited else ' '} {number:>{digits}}  "
    return f"{margin if cited else paint.faint(margin)}{line}".rstrip()


def _headings(citation: Citation, text: list[str]) -> list[int]:
    """The lines that head the figure: its column's, and the nearest above with the words of its headings."""
    found = {number for number in citation.heading_lines if 1 <= number <= len(text)}
    if not found:
        found.add(_nearest(_tail(citation.column), citation.line, text))
    words = [_words(heading) for heading in citation.headings] or [_words(citation.table)]
    found.update(_nearest(each, citation.line, text) for each in words)
    return sorted(found - {0})


def _nearest(words: str, line: int, text: list[str]) -> int:
    """The nearest line above that holds the words; 0 where there are no words or no such line."""
    if not words:
        return 0
    above = range(line - 1, max(0, line - SEARCHED_ABOVE), -1)
    return next((number for number in above if words in _words(text[number - 1])), 0)


def _tail(column: str | None) -> str:
    """The end of a column's heading, which stands right over the figures (``31, 2007``)."""
    return " ".join(_words(column).split()[-3:])


def _words(text: str | None) -> str:
    return " ".join((text or "").lower().split())


def _cited(citation: Citation, number: int, line: str, paint: Paint) -> str:
    """A cited line with its span marked; markup gone, and cut around the span only where it is very long."""
    start, end = citation.column_start, citation.column_end
    single = citation.line == citation.line_end and start is not None and end is not None
    if not single or start is None or end is None or not start < end <= len(line):
        return _plain(line)
    line = line.replace(OPEN, " ").replace(CLOSE, " ")
    marked = _readable(line[:start] + OPEN + line[start:end] + CLOSE + line[end:])
    open_at, close_at = marked.find(OPEN), marked.find(CLOSE) - 1
    first, last = _window(open_at, close_at, len(marked) - 2)
    bare = marked.replace(OPEN, "").replace(CLOSE, "")
    before, after = ("… " if first else ""), (" …" if last < len(bare) else "")
    window = before + bare[first:last] + after
    return paint.span(window, open_at - first + len(before), close_at - first + len(before))


def _window(start: int, end: int, length: int) -> tuple[int, int]:
    """The part of a line to show: all of it up to ``LONGEST``, else as much around the span."""
    if length <= LONGEST:
        return 0, length
    margin = max(0, (LONGEST - (end - start)) // 2)
    return max(0, start - margin), min(length, end + margin)


def _plain(line: str) -> str:
    readable = _readable(line.replace(OPEN, " ").replace(CLOSE, " "))
    return readable if len(readable) <= LONGEST else readable[:LONGEST] + " …"


def _readable(line: str) -> str:
    """The line as a reader sees it: markup taken out of HTML, tabs as spaces, no control characters."""
    if TAG.search(line):
        import html  # noqa: PLC0415  (its table of entities is slow to load, and text filings don't need it)

        line = " ".join(html.unescape(TAG.sub(" ", line)).split())
    return _clean(line.expandtabs() if "\t" in line else line)


def _clean(line: str) -> str:
    return "".join(c if c.isprintable() or c in (OPEN, CLOSE) else " " for c in line.rstrip())
