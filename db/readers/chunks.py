"""A line cut into chunks: runs of words, figures, signs and rules, each with its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from grammar.dates import dates_in
from grammar.figures import ABSENT, CURRENCY, FIGURE, FRACTION, NIL, SPACED, read_figure, read_range

_BLANKS = dict.fromkeys(map(ord, "\t\r\f\xa0\ufeff"), " ")
VALUES = frozenset(("figure", "nil"))  # the kinds of chunks that print a value: a number or a nil dash
ChunkKind = Literal["text", "figure", "nil", "absent", "currency", "rule", "mark"]
Run = tuple[int, int, ChunkKind | None]
_LEADER = re.compile(r"\.{4,}|(?:\s\.){3,}")
# A rule is cut in one way only: a long one with another sign at its end must not be tried in all ways there are.
_RULE = re.compile(r"(?:- )?(?:-{3,}|={3,}|_{3,}|(?:---|===|___)[-=_]{3,})(?: [-=_]{3,})*|(?:[-=_] ){3,}[-=_]")
_MARK = re.compile(r"\((?:\d{1,2}|[a-z])\)(?:\s?\((?:\d{1,2}|[a-z])\))*|\*{1,4}|\[\d{1,2}\]", re.IGNORECASE)
_LETTERS = "abcdefgh"
_GLUED = re.compile(r"(?:[€£]|(?:U\.S\.|US|CDN|Cdn|CAD|CA|AU|C|A)?\$)$")
_PLAIN = re.compile(
    r"[1-9]\d{0,2}(?:,\d{3})*(?:\.\d{1,3})?|0?\.\d{1,3}|\([1-9]\d{0,2}(?:,\d{3})*(?:\.\d{1,3})?\)|[1-9]\d{3,}"
)
_SIGNS = r"\d<=_$*/.£€\u2012-\u2015\u2212-"
_SPECIAL = re.compile(rf"[{_SIGNS}]")
_WORDS = rf"[^\s{_SIGNS}]++"
# The runs of a line, most of them told at once: a figure of digits alone, words without any sign, or something else.
_RUN = re.compile(rf"\s*+(?:({_PLAIN.pattern})(?! ?\S)|({_WORDS}(?: {_WORDS})*+)(?! ?\S)|(\S++(?: \S++)*+))")
CURRENCY_SIGNS = "$\u20ac\u00a3"
_SHORT = 5  # words that are shorter may say that there is no figure: ``n/a``, ``nil``
_FIGURE_WORD = re.compile(r"(?:U\.S\.|US|CDN|Cdn|CAD|CA|AU|C|A)?\$|n\W?[am]|nil\b|not ", re.IGNORECASE)
SPACED_FIGURE = re.compile(rf"(?<=[ $(\u00a3\u20ac]){SPACED}(?=\)?(?:  |\r?$))", re.MULTILINE)
_PRINTED = re.compile(r"[$\d.(][\d .,()-]*(?:/|:|to |per |\u00a2)")


@dataclass(slots=True, eq=False)
class Chunk:
    """A run of a line with its kind; ``text`` is what stands in the source from ``start`` to ``end``."""

    start: int
    end: int
    left: int
    right: int
    text: str
    kind: ChunkKind


def chunks_of(text: str, opened: list[int] | None, spaced: bool) -> list[Chunk]:
    """The chunks of a line, dotted leaders opened."""
    work = _LEADER.sub(lambda match: " " * len(match[0]), text) if ".." in text or " . ." in text else text
    if not work.isprintable():
        work = work.translate(_BLANKS)
    if spaced:
        work = SPACED_FIGURE.sub(lambda match: match[0].replace(" ", ","), work)
    runs = _runs(text, work)
    found: list[Chunk] = []
    for index, (start, end, plain) in enumerate(runs):
        if plain is not None and (index or plain != "figure"):
            found.append(Chunk(start, end, start, end, text[start:end], plain))
            continue
        alone = index == 0 and len(runs) > 1
        for at, upto, kind in _parts(work, start, end, alone):
            numbers = alone and kind in VALUES and _is_list_number(work, runs[1], upto)
            left, right = (opened[at], opened[upto]) if opened else (at, upto)
            found.append(Chunk(at, upto, left, right, text[at:upto], "text" if numbers else kind))
    return found


def _runs(text: str, work: str) -> list[Run]:
    """The runs of a line without its leaders, each with its kind where it is a figure or words at a glance."""
    if "\t" in text:
        spans = (match.span(match.lastindex or 0) for match in _RUN.finditer(work))
        return [(*part, None) for start, end in spans for part in _at_tabs(text, start, end)]
    runs: list[Run] = []
    for match in _RUN.finditer(work.rstrip()):
        group = match.lastindex or 0
        start, end = match.span(group)
        plain: ChunkKind | None = "figure"
        if group == 2:
            plain = "text" if end - start >= _SHORT else None
        elif group == 3:
            plain = _glance(work[start:end])
        runs.append((start, end, plain))
    return runs


def _glance(run: str) -> ChunkKind | None:
    """What a run with signs in it is, where it is words that need no cutting, a rule or a currency; else None."""
    if run[0].isalpha():
        dated = run.count("31") + run.count("30") > 1 or run.count("/") > 2
        return None if dated or run[-1] in CURRENCY_SIGNS or _FIGURE_WORD.match(run) else "text"
    if run == "$":
        return "currency"
    return "rule" if run != "---" and _RULE.fullmatch(run) else None


def _is_list_number(work: str, following: Run, end: int) -> bool:
    """Whether a figure at the left margin numbers or names what follows it: it is no value."""
    kinds = [kind for _, _, kind in _parts(work, following[0], following[1], False)]
    return end < 16 and bool(kinds) and kinds[0] in ("text", "figure", "nil", "currency")


def _parts(work: str, start: int, end: int, first: bool) -> Iterator[tuple[int, int, ChunkKind]]:
    """One run cut into figures, marks and currency signs where it is made of them, else words, a sign peeled off."""
    run = work[start:end]
    if run == "$":
        yield start, end, "currency"
        return
    if _PLAIN.fullmatch(run) and not (run[0] == "(" and end - start == 3 and first):
        yield start, end, "figure" if run[0] != "0" or "." in run else "text"
        return
    if not _SPECIAL.search(run):
        kind: ChunkKind = "text"
        if end - start < _SHORT:
            kind = "absent" if ABSENT.fullmatch(run) and not first else "nil" if run.lower() == "nil" else "text"
        yield start, end, kind
        return
    if run[0].isalpha() and not _FIGURE_WORD.match(run):
        yield from _words(work, start, end)
        return
    if _RULE.fullmatch(run) and run != "---":
        yield start, end, "rule"
        return
    if ("-" in run or " to " in run or "\u2013" in run) and read_range(run):
        yield start, end, "figure"
        return
    if ("/" in run or run[-1] in "1\u00a2" or " per " in run) and _PRINTED.match(run) and read_figure(run):
        yield start, end, "figure"
        return
    tokens = list(_tokens(work, start, end))
    if tokens:
        yield from tokens
        return
    yield from _words(work, start, end)


def _words(work: str, start: int, end: int) -> Iterator[tuple[int, int, ChunkKind]]:
    """A run of words: a currency sign or rule at its end is its own, and dates side by side are several."""
    run = work[start:end]
    sign = _GLUED.search(run)
    if sign and sign.start() and run[sign.start() - 1] == " ":
        cut = start + len(run[: sign.start()].rstrip())
        yield start, cut, "text"
        yield start + sign.start(), end, "currency"
        return
    starts = [at for at, _, _ in dates_in(run)] if run.count("31") + run.count("30") > 1 or run.count("/") > 2 else []
    if len(starts) > 1 and starts[0] == 0 and len({run[at : at + 3].lower() for at in starts}) <= len(starts):
        edges = [*starts, len(run)]
        if all(" and " not in run[a:b] and " to " not in run[a:b] for a, b in itertools.pairwise(edges)):
            for a, b in itertools.pairwise(edges):
                yield start + a, start + len(run[:b].rstrip()), "text"
            return
    yield start, end, "text"


def _tokens(work: str, start: int, end: int) -> Iterator[tuple[int, int, ChunkKind]]:
    """The figures, signs and marks that make up the whole of a run; none if any of it is something else."""
    found: list[tuple[int, int, ChunkKind]] = []
    at = start
    while at < end:
        token = _token(work, at, end, found)
        if token is None:
            return
        found.append(token)
        at = token[1]
        while at < end and work[at] == " ":
            at += 1
    if any(kind in ("figure", "nil", "absent", "currency") for _, _, kind in found):
        yield from found


def _token(work: str, at: int, end: int, found: list[tuple[int, int, ChunkKind]]) -> tuple[int, int, ChunkKind] | None:
    """The token that starts at ``at``; a figure's sign that stands apart from its digits is a token of its own."""
    if found and found[-1][2] in ("figure", "nil", "mark"):
        mark = _MARK.match(work, at, end)
        if mark and _ends(work, mark.end(), end):
            return at, mark.end(), "mark"
        if at == end - 1 and work[at] in _LETTERS and len(found) < 3 and end - found[-1][0] > 5:
            return at, end, "mark"  # a raised letter behind the figure
    sign = CURRENCY.match(work, at, end)
    if sign and (sign.end() == end or work[sign.end()] == " "):
        return at, sign.end(), "currency"
    parts = FRACTION.match(work, at, end)
    if parts and parts["whole"] and _ends(work, parts.end(), end):
        return at, parts.end(), "figure"
    for pattern, kind in ((FIGURE, "figure"), (NIL, "nil"), (ABSENT, "absent")):
        match = pattern.match(work, at, end)
        if match and match.end() > at and _closes(match, kind) and _ends(work, match.end(), end):
            return at, match.end(), kind  # type: ignore[return-value]
    return None


def _closes(match: re.Match[str], kind: str) -> bool:
    return kind != "figure" or bool(match["close"]) == bool(match["open"])


def _ends(work: str, at: int, end: int) -> bool:
    """Whether a token may end here: at a blank, at the end, or where a mark or a bracket after a bracket is glued."""
    if at >= end or work[at] == " " or work[at - 1 : at + 1] == ")(":
        return True
    return _MARK.match(work, at, end) is not None


def _at_tabs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run cut at its tabs: a tab parts cells as two blanks do."""
    at = start
    for piece in text[start:end].split("\t"):
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield at + lead, at + len(piece.rstrip())
        at += len(piece) + 1
