"""Figures that are the result of no period: supposed, of capacity, of many years at once, of others than the company.

"Every $1 change in the price", "has produced 100 million ounces since 1967" and "the industry's average" stand in
reports beside results, in the same words; taken for a result of the period they would be believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from db.parsing.prose_context import ProseContext
from db.parsing.prose_metrics import Hit, SentenceMetric
from db.parsing.prose_periods import PeriodSpan
from db.prose.phrases import any_of
from db.prose.said import Said
from grammar.amounts import Amount
from grammar.prose_words import prose_data, words

_RATE = re.compile(
    r"\W*(?:of\s+\w+\s+)?(?:(?:per|each|every)\s+|an?\s+)(?:year|day|month|week|quarter|annum)\b"
    r"(?!\s+(?:ago|earlier|before))|\W*(?:of\s+\w+\s+)?(?:annually|yearly|daily)\b"
)
_OTHER = re.compile(
    r"(?P<name>(?:[A-Z][\w&’'-]*\s+){1,4}(?:Mines|Mining|Corporation|Corp|Inc|Ltd|Limited|Resources|Company|Metals"
    r"|Minerals|Gold|Silver)\b\.?)(?P<own>['’]s?)?(?:\s+(?P<verb>\w+))?"
)
# "every $1 change", "a 10% rise in the price changes sales by"
_SENSITIVE = re.compile(
    r"\b(?:every|each)\s+(?:(?:further|additional)\s+)?(?:(?:us)?\$|\d|one[ -]|cent\b|dollar\b)"
    r"|^at\s+(?:an?\s+)?(?:\w+\s+){1,2}prices?\s+of\b"
    r"|\ban?\s[^.;]{0,50}\b(?:change|increase|decrease|rise|fall|drop)\b[^.;]{0,90}\b(?:changes|affects?|impacts?)\b"
)
_SENSITIVE_WORDS = frozenset(("every", "each", "price", "prices", "changes", "affect", "affects", "impact", "impacts"))
_PART_REACH = 40
_PART_OF = re.compile(
    r"\b(?:half|thirds?|quarters|fifths?|part|portion|share|most|majority|percent|bulk|all)\s+of\s+"
    r"(?:the\s+|its\s+|our\s+|\w+['’]s\s+)?$"
)
# a sentence that opens so deals out what the one before has told
_OF_A_WHOLE = re.compile(
    r"\W*(?:of\s+(?:this|these|those|that|which|the\s+(?:total|[\d$]))|the\s+(?:remaining|remainder|balance|rest)\b(?!\s+sheet))"
)
_TO_WHOM = re.compile(r"\s+to\s+(?:the\s+)?[A-Z]")
_OF_METAL = re.compile(r"\s+of\s+(\w+)")
_OUT_OF = re.compile(r"(?:^|,\s)of\s+(?:(?:its|our|the|total|these|those)\s+)*$")
_OTHER_CLAUSE = re.compile(r";|,?\s(?:but|while|whereas|although)\s")  # parts a figure from what was said before it
_CLAUSE_BEHIND = re.compile(r";|,\s(?:and|but|which|as|while|although)\s|\s(?:but|while|whereas|although)\s")
_MODAL = re.compile(r"\b(?:would|could|should|will|may|might|can|expects?|expected|estimates?|estimated|projects?)\b")
_LEADING = re.compile(r"[-\s](?:leading|first|best|low)\b")
_AMONG = re.compile(r"\bin\s+(?:the|our|this)\s+(?:\w+\s+){0,2}$")
_RANKED = re.compile(r"\b(?:in|of)\s+(?:the|our|this)\s+(?:\w+\s+){0,2}$")
_OUT_OF_WORDS = frozenset(("of", "its", "our", "the", "total", "these", "those"))
_HAS = frozenset(("has", "have", "had"))
_SUBJECT_WORDS = 6  # "Silver production of NAME was": the measure that begins the sentence
_RATED = ("year", "day", "month", "week", "quarter", "hour")


def is_aside(said: Said, amount: Amount, metric: SentenceMetric, hit: Hit, context: ProseContext) -> bool:
    """Whether the words around a figure say that it is no result of the company or its mines."""
    low = said.low
    if _RATE.match(low, amount.span_end) or amount.unit.partition("/")[2] in _RATED:
        return True
    if _OF_A_WHOLE.match(low):
        return True
    if _is_supposed(said, amount) or _is_of_others(said, amount):
        return True
    if said.has(_SENSITIVE_WORDS) and _SENSITIVE.search(low):
        return True
    if any(span.start < amount.start for span in said.spans("aside", "capacity")):
        return True
    reach = max(0, amount.span_start - _PART_REACH), amount.span_start
    if low.find(" of ", *reach) >= 0 and _PART_OF.search(low, *reach):
        return True
    if metric.company and "USD" in metric.units and hit.text and _is_part(said, hit):
        return True
    if metric.id.endswith("price") and said.spans("aside", "valued"):
        return True
    return _of_another_company(said.text, amount, context)


def _is_supposed(said: Said, amount: Amount) -> bool:
    """Whether words of supposing reach a figure: not those of a clause of their own behind a figure that was."""
    for cue in said.spans("aside", "supposing"):
        if cue.start < amount.start:
            if not _OTHER_CLAUSE.search(said.low, cue.end, amount.start):
                return True
        elif not _CLAUSE_BEHIND.search(said.low, amount.end, cue.start) or _MODAL.search(said.low, 0, amount.start):
            return True
    return False


def _is_of_others(said: Said, amount: Amount) -> bool:
    """Whether a figure is told of others, in whose clause it stands; "the lowest in the industry" is the company's."""
    for cue in said.spans("aside", "others"):
        before = cue.start < amount.start
        if cue.text == "industry" and _LEADING.match(said.low, cue.end):
            continue  # "an industry-leading producer"
        if cue.text == "industry" and (_AMONG if before else _RANKED).search(said.low, 0, cue.start):
            continue
        first, last = (cue.end, amount.start) if before else (amount.end, cue.start)
        if not (_OTHER_CLAUSE if before else _CLAUSE_BEHIND).search(said.low, first, last):
            return True
    return False


def _is_part(said: Said, hit: Hit) -> bool:
    """Whether a measure of the company is told in part: "silver sales", "sales to X Corporation", "of sales, ..."."""
    metals, before = words("rates", "metals"), said.word_before(hit.start)
    if before in metals or before in words("aside", "products") or _TO_WHOM.match(said.text, hit.end):
        return True
    of_metal = _OF_METAL.match(said.low, hit.end)
    if of_metal and of_metal[1] in metals:
        return True
    return before in _OUT_OF_WORDS and _OUT_OF.search(said.low, 0, hit.start) is not None


def reaches_back(said: Said, periods: Sequence[PeriodSpan]) -> bool:
    """Whether a sum is told of no period that is named, but of all that was: "has produced", "since it opened"."""
    if any(span.period is not None and not span.vague for span in periods):
        return False
    if said.spans("aside", "ever"):
        return True
    return said.has(_HAS) and _perfect().search(said.low) is not None


@cache
def _perfect() -> re.Pattern[str]:
    done = any_of(prose_data()["aside"]["perfect"]).pattern
    return re.compile(rf"\b(?:has|have|had)\s+(?:\w+\s+)?{done}")


def _of_another_company(text: str, amount: Amount, context: ProseContext) -> bool:
    """Whether another company stands right before as the one that did it: its sentence, its figure, "of" it."""
    for match in _OTHER.finditer(text, 0, amount.start):
        name = match["name"]
        own = context.company and name.lower().split()[0] in context.company.lower().split()
        if own or any(m.kind == "company" for m in context.mentions(Said(name))):
            continue
        opens = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith((".", ";", "“", '"'))
        acts = opens and (match["verb"] or "").lower() in words("guidance", "done")
        before = text[: match.start()]
        held = before.lower().endswith((" of ", " by ")) and len(before.split()) <= _SUBJECT_WORDS
        if acts or match["own"] or held:
            return True
    return False
