"""Cases as data: ``tests/cases/NAME.toml`` holds ``[[case]]`` tables; adding one is adding lines."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"


def load(name: str, table: str = "case") -> list[Any]:
    """The cases of one file as pytest parameters, each a dict, named by its ``id`` (else its first text)."""
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))[table]
    return [pytest.param(case, id=str(case.get("id") or next(iter(case.values())))) for case in cases]
