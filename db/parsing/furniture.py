"""Page furniture of ASCII parts: page numbers, contact lines at the foot of each page, running titles at its head.

Furniture stays in the filing as such; what stands before and after it is read as if it weren't there.
"""

from __future__ import annotations

import re
from collections import Counter

from db.readers.text import Line

CONTACT = re.compile(
    r"\(?\b\d{3}\)?[-./ ]\d{3}[-. ]\d{4}\b|\bfax\b|\bsuite\b|\bcontact\b|https?:|www\."
    r"|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\bp\.?o\.? box\b",
    re.IGNORECASE,
)
PAGE_MARK = re.compile(
    r"-?\s*(?:page\s+)?[ivx\d]{1,4}(?:\s+of\s+\d{1,3})?\s*-?|page\s+\d+(?:\s+of\s+\d+)?|[A-Z]-\d{1,3}"
    r"|\(?-*\s*(?:more|continued|cont'?d)\s*-*\)?|#{2,}"
    r"|(?:exhibit|ex\.?|exhibit index)[\s-]\d{1,3}(?:\.\d{1,2})?-\d{1,3}"
    r"|-\s*0\s*-"
    r"|-?\s*financial tables?\s+follows?\s*-?",
    re.IGNORECASE,
)
PAGE_BREAK = re.compile(r"\s*<PAGE>|\f", re.IGNORECASE)
FAR_IN = 20  # no label begins there
RUNNING_HEAD = 4  # a running title has no more lines than this
_DIGITS = re.compile(r"\d+")


def mark_furniture(lines: list[Line]) -> None:
    """Give furniture lines the kind ``furniture``; no line is removed."""
    for index, line in enumerate(lines):
        short = line.kind in ("text", "figures") and len(line.words) < 40
        if short and PAGE_MARK.fullmatch(line.words) and (not line.words[0].isdigit() or _alone(lines, index)):
            line.kind = "furniture"
    _mark_contacts(lines)
    _mark_running_heads(lines)


def _alone(lines: list[Line], index: int) -> bool:
    """Whether a bare number stands between blank lines or page breaks: in a table it would be a subtotal.

    Right above the break of a page, below a line of words, it numbers the page.
    """
    below = next((line for line in lines[index + 1 : index + 4] if line.kind != "blank"), None)
    above = lines[index - 1] if index else None
    ends_page = below is not None and below.kind == "tag" and PAGE_BREAK.match(below.text) is not None
    if ends_page and above is not None and lines[index].left >= FAR_IN and above.kind in ("text", "tag"):
        return True
    around = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return lines[index].left >= 4 and all(line.kind in ("blank", "tag") for line in around)


def _mark_contacts(lines: list[Line]) -> None:
    """A block of lines that stands in the part twice or more and tells how to reach somebody."""
    blocks = [block for block in _blocks(lines) if len(block) <= 8]
    seen = Counter(tuple(line.words for line in block) for block in blocks)
    for block in blocks:
        words = tuple(line.words for line in block)
        if seen[words] > 1 and any(CONTACT.search(text) for text in words):
            for line in block:
                line.kind = "furniture"


def _mark_running_heads(lines: list[Line]) -> None:
    """The lines at the head of pages that come again and carry the number of the page."""
    heads = []
    for index, line in enumerate(lines):
        if ("<" in line.text or "\f" in line.text) and PAGE_BREAK.match(line.text):
            heads.append(_head(lines, index + 1))
    seen = Counter(_DIGITS.sub("#", line.words) for head in heads for line in head)
    for head in heads:
        numbered = next((i for i, line in enumerate(head) if line.kind == "furniture"), None)
        if numbered is None:
            continue
        for line in head[:numbered]:
            if seen[_DIGITS.sub("#", line.words)] > 1:
                line.kind = "furniture"


def _head(lines: list[Line], start: int) -> list[Line]:
    """The first lines of a page, blanks left out."""
    head: list[Line] = []
    for line in lines[start : start + 12]:
        if line.kind == "tag" and PAGE_BREAK.match(line.text):
            break
        if line.kind not in ("blank", "tag"):
            head.append(line)
        if len(head) == RUNNING_HEAD:
            break
    return head


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines between blank ones."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.kind in ("blank", "tag"):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]
