"""A way to go on with a half-typed question, as it is worked out and as it is shown."""

from __future__ import annotations

from grammar.records import record


@record
class Completion:
    """A way to go on: ``text`` takes the place of ``start`` to ``end`` of the line; ``about`` says what it is."""

    start: int
    end: int
    text: str
    about: str = ""
