"""Front step: whose filing it is, its title, when it was released, its exhibit number and the period it covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from db.model import Grid, Paragraph
from db.parsing.draft import Draft
from db.parsing.entities import title_case
from db.parsing.fiscal import told_year_end
from db.parsing.released import COVER, released
from grammar.dates import dates_in

_WORD = r"(?:(?:[dDlL]['’])?[A-Z0-9][\w&.'’-]{1,24}(?<![&'’-])|[A-Z&])"
_EXCHANGE = (
    r"(?:NYSE(?:[ -]?(?:American|MKT|Arca))?|NASDAQ[\w ]{0,30}|Nasdaq[\w ]{0,30}|AMEX"
    r"|American Stock Exchange|New York Stock Exchange|TSX(?:[- .]?V(?:ENTURE|enture)?)?|LSE|ASX|CSE"
    r"|OTC\w*(?: (?:Pink|Markets))?|JSE|AIM)"
)
TICKER = re.compile(
    rf"(?<![\w'’])(?P<name>{_WORD}(?:,? (?:{_WORD}|of|and|the|de)){{0,8}}),?\s*"
    rf"(?:\((?:the )?[\"“][^()]{{1,40}}\)\s*)?[\[(]\s*"
    rf"(?:(?:the )?[\"“]?[A-Z]\w+[\"”]?\s*[;,]\s*)?(?:(?P<t1>[A-Z]{{1,5}})\s?:\s?{_EXCHANGE}"
    rf"|{_EXCHANGE}\s?(?:/\s?{_EXCHANGE})?\s?(?:symbol)?:\s?[\"“]?(?P<t2>[A-Z]{{1,5}})\b)"
)
SUFFIX = re.compile(
    r"\b(?:Company|Corporation|Corp\.?|Incorporated|Inc\.?|Limited|Ltd\.?|plc|PLC|N\.?V\.?|S\.?A\.?|Co\.?"
    r"|Mines|Mining|Resources|LLC|LP|L\.P\.)(?=$|[\s,.;)])"
)
NAMED = re.compile(
    rf"(?<![\w'’])(?P<name>{_WORD}(?: (?:{_WORD}|of|and)){{0,6}},? (?:Company|Corporation|Corp\.|Incorporated"
    rf"|Inc\.?|Limited|Ltd\.?|plc|PLC|N\.V\.|LP|L\.P\.|LLC))(?=[\s,.;()'’]|$)"
)
NAMES_WITHIN = 4000
_NO_NAME = re.compile(r"(?:condensed )?notes to |(?:consolidated )?(?:balance sheets?|statements?) of ", re.IGNORECASE)
SUBSIDIARIES = re.compile(r",? (?:and|&) (?:its )?(?:consolidated )?subsidiar(?:y|ies)$", re.IGNORECASE)
LONGEST_NAME = 90
NAME_WITHIN = 600  # a paragraph names the company and its ticker within so many characters
EXHIBIT = re.compile(r"\bexhibit\s+(?P<number>\d{1,3}(?:\.\d{1,2})?)\b", re.IGNORECASE)
NO_HEADLINE = re.compile(
    r"\S@\S|,\s+(?:Chairman|President|CEO|CFO|Chief|Executive|Vice)\b|\bmore information\b"
    r"|\bexhibit\b|\bfor (?:immediate )?release\b|\bnews release\b$|\bcontact|^\W*\[?\w* ?logo"
    r"|\bperiod ended\b|https?:|www\.|\(\d{3}\)|\b\d{3}[-/.]\d{3}\b"
    r"|\b[A-Z]{2} \d{5}\b|\bsecurities and exchange\b|^form \d|\bpursuant to\b|^date:?\b"
    r"|^item \d|\bsuite\b|^press release$|^news$",
    re.IGNORECASE,
)
FORM = re.compile(r"(?:form\s+)?(10-[QK](?:SB|405)?(?:/A)?|(?:20|40)-F(?:/A)?)", re.IGNORECASE)
COVERS = re.compile(
    r"\bfor\s+the\s+((?:quarterly\s+period|fiscal\s+(?:year|quarter)|quarter|year|period)\s+ended):?\s+"
    r"([A-Z]\w+\s+\d{1,2},\s+\d{4})",
    re.IGNORECASE,
)
LOGO = re.compile(r"\[[^\]]*\]|\d{4}-\d{1,3}\b")
SMALL_NOISE = re.compile(r"^(?:nasdaq|nyse|amex|tsx)\b|^[\W\d]*$", re.IGNORECASE)


def front(draft: Draft) -> None:
    """Fill company, ticker, title, release date, exhibit and fiscal year end."""
    release = _release(draft)
    draft.year_end = told_year_end(draft)
    draft.company, draft.ticker = _company(draft, release)
    draft.title = _title(draft, release)
    draft.released = released(draft, release)
    draft.exhibit = _exhibit(draft, release)


def _release(draft: Draft) -> list[Paragraph]:
    """The paragraphs of the release: the first exhibit 99 with a table, else the first, else below ``Exhibit 99``."""
    exhibits = [p.part.number for p in draft.source.parts if p.part.type.upper().startswith("EX-99")]
    with_table = [n for n in exhibits if any(isinstance(block, Grid) for block in draft.blocks.get(n, []))]
    first = next(iter(draft.blocks), 0)
    number = next(iter([*with_table, *exhibits]), first)
    found = [block for block in draft.blocks.get(number, []) if isinstance(block, Paragraph)]
    if not exhibits and draft.source.header:
        at = next((i for i, p in enumerate(found) if EXHIBIT.match(p.text) and len(p.text) < 40), None)
        return found[at:] if at is not None else []
    return found


def _company(draft: Draft, release: list[Paragraph]) -> tuple[str | None, str | None]:
    """The company's name as its text writes it, and its ticker."""
    said = draft.source.header.get("company", "")
    key = _key(said)
    for paragraph in [p for p in release if p.kind in ("paragraph", "heading", "bullet")][:25]:
        match = TICKER.search(paragraph.text[:NAME_WITHIN])
        if match:
            name = _trimmed(match["name"])
            if name and (not key or _alike(key, _key(name))):
                return name, match["t1"] or match["t2"]
    named = Counter(
        _trimmed(match["name"])
        for p in draft.paragraphs()
        for match in NAMED.finditer(p.text[:NAMES_WITHIN])
        if p.kind != "furniture"
    )
    fitting = [(count, name) for name, count in named.items() if name and (not key or _alike(key, _key(name)))]
    if fitting:
        best = max(fitting, key=lambda pair: pair[0])[1]
        return (title_case(best) if best.isupper() else best), None
    full = Counter(name for name in _captioned(draft) if _alike(key, _key(name))) if key else None
    if full:
        return full.most_common(1)[0][0], None
    if said:
        return title_case(re.sub(r"\s*/[A-Z]{2,3}/?$", "", said)), None
    named = Counter(_captioned(draft))
    return (named.most_common(1)[0][0], None) if named else (None, None)


def _captioned(draft: Draft) -> Iterator[str]:
    """The companies that titles of tables name, their subsidiaries left aside."""
    for paragraph, text in _titles(draft):
        name = SUBSIDIARIES.sub("", title_case(text))
        endings = list(SUFFIX.finditer(name)) if len(name) <= LONGEST_NAME else []
        rest = name[endings[-1].end() :].strip(" .") if endings else "no company"
        if not rest or (paragraph.kind == "caption" and rest.startswith("of ")):
            yield name


def _titles(draft: Draft) -> Iterator[tuple[Paragraph, str]]:
    """Each caption and heading with its text, and with each of its lines where it has several; none in brackets."""
    for paragraph in draft.paragraphs():
        if paragraph.kind in ("caption", "heading"):
            lines = [piece.text for piece in paragraph.pieces] if len(paragraph.pieces) > 1 else []
            yield from ((paragraph, text) for text in (paragraph.text, *lines) if not text.startswith("("))


def _trimmed(name: str) -> str:
    """A name without the dateline or sentence words that ran into it."""
    name = re.split(r"(?:--|[\u2013\u2014])\s*|\b(?:19|20)\d\d\b[.,:]?\s+", name)[-1].strip(" ,")
    words = _NO_NAME.sub("", name).split()
    while words and words[0].lower() in ("the", "and", "of", "by", "for", "at", "contact:", "on", "in"):
        words = words[1:]
    name = " ".join(words)
    if SUFFIX.fullmatch(name) or (words and words[0].lower() in ("a", "an")):
        return ""  # "the Company", "an exploration stage company": neither is a name
    if name.isupper() and len(name) > 5:
        name = title_case(name)
    return name if any(c.islower() for c in name) or len(name) > 2 else ""


def _key(name: str) -> tuple[str, ...]:
    words = re.findall(r"[a-z0-9]+", name.lower())
    return tuple(
        w
        for w in words
        if w not in ("the", "inc", "corp", "corporation", "company", "co", "ltd", "limited", "de", "plc", "new")
    )


def _alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two names are of one company: the shorter is the beginning of the longer."""
    short, long = sorted((first, second), key=len)
    return bool(short) and long[: len(short)] == short


def _title(draft: Draft, release: list[Paragraph]) -> str | None:
    """The headline: the first heading above the first paragraph that isn't an address, a date or the company's name.

    A report (10-Q, 10-K) has none: it is titled by its form and the period on its cover.
    """
    report = _report(draft)
    if report:
        return report
    company = _key(draft.company or "")
    first = next((i for i, p in enumerate(release) if p.kind == "paragraph"), len(release))
    for paragraph in release[:first]:
        if paragraph.kind not in ("heading", "caption"):
            continue
        text = _headline(paragraph, company)
        if text and not _is_day(text) and len(text.split()) >= 3 and not NO_HEADLINE.search(text):
            return text
    return None


def _report(draft: Draft) -> str:
    """What a report's cover says that it is: ``Form 10-Q for the quarterly period ended June 30, 2018``."""
    cover = [paragraph.text for paragraph in draft.paragraphs()[:COVER]]
    forms = (FORM.fullmatch(text) for text in (draft.source.header.get("form", ""), *cover))
    form = next((match[1].upper() for match in forms if match), "")
    period = next((match for text in cover if (match := COVERS.search(text))), None)
    if not form:
        return ""
    return f"Form {form} for the {period[1].lower()} {period[2]}" if period else f"Form {form}"


def _is_day(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    return any(not re.search(r"\w", text[:start] + text[end:]) for start, end, _ in dates_in(text))


def _headline(paragraph: Paragraph, company: tuple[str, ...]) -> str:
    """A heading's text without a logo that stands beside it: of a line in two halves the right one."""
    words: list[str] = []
    for piece in paragraph.pieces:
        halves = [half for half in re.split(r"\s{3,}|\t+", piece.text) if half.strip()]
        text = LOGO.sub("", halves[-1] if halves else piece.text).strip()
        key = _key(text)
        if not text or SMALL_NOISE.search(text) or (company and key and set(key) <= set(company) and not words):
            continue
        words.append(text)
    return " ".join(" ".join(words).split())


def _exhibit(draft: Draft, release: list[Paragraph]) -> str | None:
    for paragraph in release[:6]:
        match = EXHIBIT.search(paragraph.text)
        if match:
            return match["number"]
    types = [p.part.type for p in draft.source.parts if p.part.type.upper().startswith("EX-99")]
    return types[0][3:] if types else None
