"""Value classes that are cheap to make: a filing becomes thousands of them.

``dataclass(frozen=True)`` sets each field through ``object.__setattr__``, which takes four times as long: a sixth of
the time that it takes to read a filing went there. What is made for each figure is made with its fields in their order:
to name them takes three times as long, for Python puts them into a dictionary first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The class as a dataclass with slots that compares and hashes by value; that nothing sets a field, mypy checks."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
