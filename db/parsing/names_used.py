"""Places of work that a text calls by a bare name: "production at X", or a heading "X" over what speaks of it.

No noun says there that it is a mine. So the name must be used as one elsewhere too, and be no place, word or company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.model import Paragraph
from db.parsing.names_text import Proper
from grammar.lexicon import places
from grammar.prose_words import words

_NAME = r"(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2}"
_WORKED = re.compile(
    r"\b(?:[Pp]roduction|[Pp]roduced|[Mm]ined|[Mm]illed|[Oo]re|[Gg]rades?|[Rr]ecover(?:y|ies)|[Cc]osts?|[Tt]hroughput"
    r"|[Tt]onnage|[Tt]onnes|[Oo]unces|[Pp]erformance|[Oo]perations|[Rr]esources|[Rr]eserves)\s+(?:[a-z]+\s+){0,2}"
    rf"(?:at|from)\s+({_NAME})(?!\s+[A-Z])"
)
# "production at X", "At X, gold production": so are only places of work called, and once is enough
_SURE = re.compile(
    r"\b(?:[Pp]roduction|[Oo]utput|[Tt]hroughput|[Rr]ecoveries|[Cc]osts?|[Gg]rades?|[Pp]roduced|[Mm]illed|[Mm]ined)\s+"
    rf"at\s+({_NAME})(?!\s+[A-Z]|['’])"
    rf"|(?:^|[.;]\s+|[-•*–]\s+)At\s+({_NAME}),\s+(?=[a-z\s]{{0,30}}?(?:production|output|throughput|costs?|grades?)\b)"
)
_HEADED = re.compile(rf"({_NAME})(?:\s*\([^()]*\))?:?")
_WITHIN = re.compile(r"[a-z,]\s+$")


def used_as_names(paragraphs: Sequence[Paragraph], company: str | None) -> Iterator[Proper]:
    """The bare names that a text uses as those of places of work, each once."""
    texts = [p.text for p in paragraphs if p.kind not in ("furniture", "heading", "caption")]
    headings = [p.text for p in paragraphs if p.kind == "heading"]
    low = " ".join(texts).lower()
    said = [match[1] for text in texts for match in _WORKED.finditer(text)]
    sure = {match[1] or match[2] for text in texts for match in _SURE.finditer(text)}
    said += [name for name in sorted(sure) if name not in said]
    headed = [match[1] for text in headings if (match := _HEADED.fullmatch(text.strip()))]
    for name in dict.fromkeys((*said, *headed)):
        times = _uses(name, texts)
        if (
            (name in sure or times > (name in said))
            and _may_be_used(name, company)
            and f" {name.lower()} " not in _without(low, name, texts)
        ):
            yield Proper(name, "mine", None)


def _uses(name: str, texts: Sequence[str]) -> int:
    """How often a text says a name within a sentence, where only names have capitals."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?!\s+(?:Inc|Corp|Ltd|Limited|Resources|Company)\b)")
    return sum(
        _WITHIN.search(text, 0, match.start()) is not None
        for text in texts
        if name in text
        for match in pattern.finditer(text)
    )


def _without(low: str, name: str, texts: Sequence[str]) -> str:
    """The text in lower case where it says a word as no name; empty where it never does."""
    plain = name.lower()
    return low if any(re.search(rf"\b{re.escape(plain)}\b", text) for text in texts) else ""


def _may_be_used(name: str, company: str | None) -> bool:
    """Whether words may be a mine's name: no place, month, opening word or the company."""
    parts = name.lower().split()
    if company and parts[0] == company.lower().split()[0]:
        return False
    known = {place.lower() for place in places()}
    never = words("mines", "never") | words("names", "months") | words("mines", "openers") | words("mines", "nouns")
    return not any(part in never for part in parts) and name.lower() not in known and not any(p in known for p in parts)
