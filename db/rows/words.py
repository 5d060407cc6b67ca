"""What a filing calls its entities, and the words that questions may name because of it."""

from __future__ import annotations

from functools import cache, lru_cache

from db.model import Filing
from db.rows import Row, Word
from db.rows.facts import key_of, periods_of
from grammar.lexicon import lexicon
from grammar.prose_words import words as listed_words
from grammar.tokens import stem


def name_rows(filing: Filing) -> list[Row]:
    """What the filing calls its entities."""
    company = filing.company
    return [(said, entity, kind, company, relation, line) for said, entity, kind, relation, line in _names(filing)]


def _names(filing: Filing) -> list[tuple[str, str, str, str, int | None]]:
    """(said, entity, kind, relation, line): the names it gives, and each entity of its facts as a name of its own."""
    said = [
        (name.said.lower(), name.entity, name.entity_kind, name.relation, name.cell.line if name.cell else None)
        for name in filing.names
    ]
    own = {(fact.entity, fact.entity_kind or "other") for fact in filing.facts if fact.entity}
    return [*said, *((entity.lower(), entity, kind, "name", None) for entity, kind in sorted(own))]


def vocabulary(filing: Filing) -> set[Word]:
    """What questions may name because of this filing."""
    facts = filing.facts
    company = filing.company or ""
    words: set[Word] = {
        ("name", said, entity, f"{kind}|{company}|{relation}") for said, entity, kind, relation, _ in _names(filing)
    }
    if company:
        words.add(("company", company.lower(), company, filing.ticker or ""))
    for key in {key_of(fact.label) for fact in facts}:
        words.update(_words_of(key))
    headings = {heading for path in {fact.heading_path for fact in facts} for heading in path}
    words.update(("heading", key_of(heading), heading, "") for heading in headings)
    measured = {(fact.metric, fact.metal or "") for fact in facts}
    words.update(("metric", metric, metric, metal) for metric, metal in measured if metric)
    costs = lexicon().per_ounce
    mines = {(f.metal, f.entity) for f in facts if f.metric in costs and f.entity_kind == "mine" and f.metal}
    words.update(("miner", metal, mine or "", company) for metal, mine in mines)
    for period in filter(None, periods_of(filing).values()):
        words.add(("period", period.end.isoformat(), period.label, period.kind))
    return words


@lru_cache(maxsize=8192)
def _words_of(key: str) -> tuple[Word, ...]:
    """The stems by which a label is found; none where all are of time: "this year" names no measure."""
    stems = {stem(word) for word in key.split()}
    return () if stems <= _of_time() else tuple([("word", each, key, "") for each in stems])


@cache
def _of_time() -> frozenset[str]:
    return frozenset(stem(word) for word in listed_words("passages", "dates"))
