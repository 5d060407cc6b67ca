"""The places that an answer cites, in the order in which a reader walks through them.

They are numbered as in the formats: what is copied has the numbers of the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Citation, Value

Role = Literal["value", "operand", "passage", "agrees"]


@dataclass(frozen=True, slots=True)
class Place:
    """A citation with the number that the answer shows for it; ``of`` says what stands there in a few words."""

    number: int
    citation: Citation
    role: Role
    of: str = ""


def places(answer: Answer) -> tuple[Place, ...]:
    """Every place once: of the values and their operands, of the passages, then those that print the same figures."""
    found: dict[Citation, tuple[Role, str]] = {}
    for citation, role, of in (*_preferred(answer), *_agreeing(answer)):
        found.setdefault(citation, (role, of))
    return tuple(Place(number, citation, *found[citation]) for number, citation in enumerate(found, 1))


def numbers(answer: Answer) -> dict[Citation, int]:
    """The number of each citation."""
    return {place.citation: place.number for place in places(answer)}


def _preferred(answer: Answer) -> Iterator[tuple[Citation, Role, str]]:
    for value in answer.values:
        for citation in value.citations[:1]:
            yield citation, "value", value.label
        for operand in _operands(value):
            for citation in operand.citations[:1]:
                yield citation, "operand", operand.label
    for passage in answer.passages:
        for citation in passage.citations[:1]:
            yield citation, "passage", ""


def _agreeing(answer: Answer) -> Iterator[tuple[Citation, Role, str]]:
    for value in answer.values:
        for each in (value, *_operands(value)):
            for citation in each.citations[1:]:
                yield citation, "agrees", each.label
    for passage in answer.passages:
        for citation in passage.citations[1:]:
            yield citation, "passage", ""


def _operands(value: Value) -> Iterator[Value]:
    """The operands and, where these were computed themselves, theirs."""
    for operand in value.operands:
        yield operand
        yield from _operands(operand)
