"""Which figures a store has for a measure: the periods, entities, metals and units that open slots are filled from.

A fixed statement over an index, so that a question is answered in the same time out of three filings or ten thousand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from db.store import Store
from grammar.records import record

_COVER = """
SELECT f.metric, f.label_key, f.metal, f.entity, f.entity_kind, g.company, f.unit, f.period_start, f.period_end,
       f.period_kind, f.period, f.basis, MIN(f.row_number) AS row_number, MAX(g.released) AS released,
       MAX(f.filing_id) AS filing_id, MIN(f.preference) AS preference, MIN(f.label) AS label, f.heading_path
FROM facts AS f JOIN filings AS g ON g.id = f.filing_id
WHERE {by} IN (SELECT value FROM json_each(:ids)) AND f.nature = :nature AND f.source = :source{entity}{kind}{within}
GROUP BY f.metric, f.label_key, f.metal, f.entity, f.entity_kind, g.company, f.unit, f.period_end, f.period_kind
         {heading}
ORDER BY f.period_end, f.entity, row_number
"""
_ANY = """
SELECT 1 FROM facts AS f
WHERE {by} IN (SELECT value FROM json_each(:ids)) AND f.entity_kind = :kind AND f.nature = :nature
  AND f.source = :source
LIMIT 1
"""
# One entity after the other in its index: where none has the measure, no figure of others is looked at.
_ANY_OF = """
SELECT 1 FROM json_each(:ids) AS i, json_each(:entities) AS e
WHERE EXISTS (SELECT 1 FROM facts AS f WHERE f.metric = i.value AND f.entity = e.value AND f.entity_kind = :kind
              AND f.nature = :nature AND f.source = :source)
LIMIT 1
"""
_LATEST = """
SELECT MAX(f.period_end) AS latest FROM facts AS f
WHERE {by} = :id AND f.nature = :nature AND f.source = :source{entity}{kind}
"""
# One look into the index a company and measure; two are enough to know that it isn't one alone.
_HOLDERS = """
SELECT e.value AS company FROM json_each(:companies) AS e
WHERE NOT EXISTS (
    SELECT 1 FROM json_each(:ids) AS id WHERE NOT EXISTS (
        SELECT 1 FROM facts AS f WHERE f.metric = id.value AND f.entity = e.value AND f.nature = :nature
        AND f.source = :source AND (:metals IS NULL OR COALESCE(f.metal, '') IN (SELECT value FROM json_each(:metals)))
    )
)
LIMIT 2
"""
_LABELLED = """
SELECT DISTINCT f.entity AS company FROM facts AS f
WHERE f.label_key IN (SELECT value FROM json_each(:ids)) AND f.entity_kind = 'company' AND f.nature = :nature
  AND f.source = :source
LIMIT 2
"""
_ENTITY = " AND f.entity IN (SELECT value FROM json_each(:entities))"
_KIND = " AND f.entity_kind = :kind"
_BY = {"metric": "f.metric", "label": "f.label_key", "statement": "f.statement"}
By = Literal["metric", "label", "statement"]


@record
class Cover:
    """One figure that the store has (or several places that print it)."""

    metric: str | None
    label_key: str
    label: str
    metal: str | None
    entity: str | None
    entity_kind: str | None
    company: str | None
    unit: str
    start: str | None
    end: str | None
    kind: str | None
    period: str | None
    basis: str | None
    row: int
    released: str | None
    filing_id: int
    preference: int
    heading_path: str


@record
class Wanted:
    """What is looked up: the measures (``ids`` by a column), of these ``entities``, of one ``kind`` where it is given.

    ``nature`` and ``source`` say which figures count, ``within`` the first and last ISO day that a period may end on.
    """

    by: By
    ids: tuple[str, ...]
    entities: tuple[str, ...] = ()
    nature: str = "actual"
    source: str = "table"
    within: tuple[str, str] | None = None
    kind: str = ""


def cover(store: Store, wanted: Wanted) -> list[Cover]:
    """What the store has of what is wanted, oldest first."""
    sql = _COVER.format(
        by=_BY[wanted.by],
        entity=_ENTITY if wanted.entities else "",
        kind=_KIND if wanted.kind else "",
        within=" AND f.period_end BETWEEN :first AND :last" if wanted.within else "",
        heading=", f.heading_path" if wanted.by != "metric" else "",
    )
    parameters = _parameters(wanted)
    if wanted.within:
        parameters["first"], parameters["last"] = wanted.within
    return [
        Cover(
            r["metric"], r["label_key"], r["label"], r["metal"], r["entity"], r["entity_kind"], r["company"], r["unit"],
            r["period_start"], r["period_end"], r["period_kind"], r["period"], r["basis"], r["row_number"] or 0,
            r["released"], r["filing_id"], r["preference"], r["heading_path"],
        )
        for r in store.run(sql, parameters)
    ]  # fmt: skip


def has_any(store: Store, wanted: Wanted) -> bool:
    """Whether the store has any figure of what is wanted for these entities, which are all of their kind."""
    sql = _ANY_OF if wanted.by == "metric" and wanted.entities else _ANY.format(by=_BY[wanted.by])
    return bool(store.run(sql, _parameters(wanted)))


def holders(store: Store, wanted: Wanted, metals: Sequence[str] = ()) -> list[str]:
    """The companies among ``wanted.entities`` that tell all that is wanted, two at most; a figure that names no metal
    may be of any."""
    asked: dict[str, str | None] = dict(_parameters(wanted))
    if wanted.by == "label":
        return [row["company"] for row in store.run(_LABELLED, asked)]
    asked |= {"companies": json.dumps(wanted.entities), "metals": json.dumps([*metals, ""]) if metals else None}
    return [row["company"] for row in store.run(_HOLDERS, asked)] if wanted.by == "metric" else []


def latest_end(store: Store, wanted: Wanted) -> str | None:
    """The ISO end of the latest period that has a figure of what is wanted."""
    of = {"entity": _ENTITY if wanted.entities else "", "kind": _KIND if wanted.kind else ""}
    sql = _LATEST.format(by=_BY[wanted.by], **of)
    found = [row["latest"] for id in wanted.ids for row in store.run(sql, {**_parameters(wanted), "id": id})]
    return max((end for end in found if end), default=None)


def _parameters(wanted: Wanted) -> dict[str, str]:
    named = {"ids": json.dumps(wanted.ids), "nature": wanted.nature, "source": wanted.source}
    if wanted.entities:
        named["entities"] = json.dumps(wanted.entities)
    if wanted.kind:
        named["kind"] = wanted.kind
    return named
