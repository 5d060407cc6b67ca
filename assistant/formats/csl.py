"""CSL-JSON (Zotero, Pandoc, citeproc): an item for each cited filing, its cited places in the note."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from assistant.answer import Answer, Citation
from assistant.formats import Settings
from assistant.formats.citing import exhibit, fold, form, said_of_values
from assistant.formats.sources import Source, document_key, documents


def render(answer: Answer, settings: Settings) -> str:
    """A JSON list of items, empty where nothing is cited."""
    said = said_of_values(answer)
    items = [_item(cited, said) for cited in documents(answer).values()]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(cited: list[Source], said: dict[str, str]) -> dict[str, Any]:
    citation = cited[0].citation
    item = {
        "id": document_key(citation),
        "type": "report",
        "author": [{"literal": fold(citation.company)}] if citation.company else None,
        "title": fold(citation.title or citation.document),
        "genre": ", ".join(part for part in (exhibit(citation), form(citation)) if part),
        "issued": _issued(citation),
        "number": citation.accession,
        "archive_location": citation.document,
        "note": "; ".join([*_filed(citation), *(said[source.key] for source in cited)]),
    }
    return {name: value for name, value in item.items() if value}


def _filed(citation: Citation) -> list[str]:
    return [f"filed {citation.filed}"] if citation.filed else []


def _issued(citation: Citation) -> dict[str, list[list[int]]] | None:
    try:
        day = dt.date.fromisoformat(citation.released or citation.filed or "")
    except ValueError:
        return None
    return {"date-parts": [[day.year, day.month, day.day]]}
