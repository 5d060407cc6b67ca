"""Whether what came is whole: an index is JSON to its end, a submission has its closing line."""

from __future__ import annotations

import json
from typing import Any

from grammar.errors import FetchError

ARCHIVE_ENDS = (b"</SEC-DOCUMENT>", b"</IMS-DOCUMENT>", b"-----END PRIVACY-ENHANCED MESSAGE-----")


def broken_json(data: bytes) -> str | None:
    """What is wrong with an index file that isn't whole; None where it is."""
    try:
        return None if isinstance(json.loads(data), dict) else "the index is no JSON object"
    except ValueError:
        return "the index is cut off or no JSON"


def broken_submission(data: bytes) -> str | None:
    """What is wrong with a full submission that isn't whole; None where its closing line is there."""
    return (
        None
        if data.rstrip()[-200:].rstrip().endswith(ARCHIVE_ENDS)
        else "the submission is cut off: its last line is missing"
    )


def parse_json(data: bytes) -> dict[str, Any]:
    """The object in an index file; FetchError where there is none."""
    wrong = broken_json(data)
    if wrong:
        raise FetchError(wrong)
    parsed: dict[str, Any] = json.loads(data)
    return parsed
