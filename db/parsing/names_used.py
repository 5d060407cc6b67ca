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
_WORKS = {"production", "output", "throughput", "recovery", "recoveries", "cost", "costs", "grade", "grades"}
_WORKS |= {"produced", "milled", "mined", "processed"}
_SURE = re.compile(rf"({_NAME})(?!\s+[A-Z]|['’])")
_OPENS = re.compile(rf"\W*At\s+({_NAME}),\s+(?=[a-z\s]{{0,30}}?(?:production|output|throughput|costs?|grades?)\b)")
# "- X copper production of 5 tons": a name if the text says it more than once, and nowhere in small letters
_BULLETED = re.compile(
    r"\W*((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)?) "
    rf"(?:{'|'.join(sorted(words('rates', 'metals')))})(?:-in-concentrate)? (?:production|output|sales)\b"
)
_HEADED = re.compile(rf"({_NAME})(?:\s*\([^()]*\))?:?")
_WITHIN = re.compile(r"[a-z,]\s+$")


def used_as_names(paragraphs: Sequence[Paragraph], company: str | None) -> Iterator[Proper]:
    """The bare names that a text uses as those of places of work, each once."""
    texts = [p.text for p in paragraphs if p.kind not in ("furniture", "heading", "caption")]
    headings = [p.text for p in paragraphs if p.kind == "heading"]
    low = " ".join(texts).lower()
    said = [match[1] for text in texts for match in _WORKED.finditer(text)]
    sure = {name for text in texts for name in _worked_at(text)}
    said += [name for name in sorted(sure) if name not in said]
    headed = [match[1] for text in headings if (match := _HEADED.fullmatch(text.strip()))]
    whole = " ".join(p.text for p in paragraphs)
    bulleted = {match[1] for text in texts if (match := _BULLETED.match(text)) and whole.count(match[1]) > 1}
    sure |= bulleted
    for name in dict.fromkeys((*said, *sorted(bulleted), *headed)):
        times = _uses(name, texts)
        if (
            (name in sure or times > (name in said))
            and _may_be_used(name, company)
            and f" {name.lower()} " not in _without(low, name, texts)
        ):
            yield Proper(name, "mine", None)


def _worked_at(text: str) -> Iterator[str]:
    """The names at which a text says that work is done."""
    at = 0
    while at >= 0:  # the paragraph's first sentence, then each other that begins with "At"
        if opening := _OPENS.match(text, at):
            yield opening[1]
        at = text.find(". At ", at + 1)
    at = text.find(" at ")
    while at >= 0:
        word = text[max(0, at - 12) : at].rpartition(" ")[2].lower()
        if word in _WORKS and (named := _SURE.match(text, at + 4)):
            yield named[1]
        at = text.find(" at ", at + 4)


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
