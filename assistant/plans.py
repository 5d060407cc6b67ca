"""Whether a question is about a plan that was given up since: "the earlier guidance", "what was first estimated"."""

from __future__ import annotations

import re

_EARLIER = "earlier|previous|previously|former|formerly|prior|original|originally|initial|initially|old"
_PLAN = "guidance|estimates?|forecasts?|outlook|expectations?|targets?|projections?|plans?|budget"
_GUIDED = "guided|estimated|forecast(?:ed)?|expected|planned|projected|targeted|budgeted"
_ASKED = re.compile(
    rf"\b(?:{_EARLIER})\b(?:\s+[\w-]+){{0,5}}?\s+(?:{_PLAN})\b|\b(?:{_EARLIER})\s+(?:{_GUIDED})\b", re.IGNORECASE
)


def asks_earlier(question: str) -> bool:
    """Whether a plan is asked for that was given up since."""
    return _ASKED.search(question) is not None
