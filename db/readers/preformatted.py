"""Lines of preformatted text in HTML as a browser shows them: without tags, characters in the place of entities.

Such text is laid out like ASCII, so that what counts is where a character stands on the page; each keeps the column of
the source that it comes from.
"""

from __future__ import annotations

import re
from html import unescape

from grammar.records import record

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][\da-fA-F]{2,5});")
_MARKUP = re.compile(rf"<!--.*?-->|</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>|{_ENTITY.pattern}", re.DOTALL)
_PAGE_ENDS = re.compile(r"<hr\b[^<>]*>|<[^<>]*\bpage-break", re.IGNORECASE)
PAGE = "<PAGE>"


@record
class Shown:
    """What is seen of a line; ``columns`` has the column of the source of each character and, behind them, the end."""

    text: str
    columns: tuple[int, ...]

    def span(self, start: int, end: int, source: str) -> tuple[int, int]:
        """The columns of the source from which the characters ``start`` to ``end`` (exclusive) come."""
        last = self.columns[end - 1]
        entity = _ENTITY.match(source, last)
        return self.columns[start], entity.end() if entity else last + 1


def shown(source: str) -> Shown | None:
    """The line as it is seen, None where it stands in the source just so; a rule between two pages ends a page."""
    if "<" not in source and "&" not in source:
        return None
    text: list[str] = []
    columns: list[int] = []
    at = 0
    for match in _MARKUP.finditer(source):
        text.append(source[at : match.start()])
        columns.extend(range(at, match.start()))
        if match[0].startswith("&"):
            said = unescape(match[0]).replace("\xa0", " ").replace("\xad", "")
            text.append(said)
            columns.extend([match.start()] * len(said))
        at = match.end()
    text.append(source[at:])
    columns.extend(range(at, len(source) + 1))
    seen = "".join(text)
    if not seen.strip() and _PAGE_ENDS.search(source):
        return Shown(PAGE, (0,) * (len(PAGE) + 1))
    return Shown(seen, tuple(columns))


def shows_nothing(markup: str) -> bool:
    """Whether a reader sees nothing of a stretch of HTML but a rule."""
    return not unescape(_MARKUP.sub(" ", markup)).strip()
