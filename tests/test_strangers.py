"""Filings in layouts of others are read cell by cell as a reader of them would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.strangers import HERE, differences, gold_cells

SHOWN = re.compile(r"(?<=>)[^<>]+(?=<)")
SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "$()%/:"}
PAGES = [pytest.param(page, id=page.stem) for page in sorted(HERE.iterdir()) if page.suffix != ".gold"]


@pytest.mark.parametrize("page", PAGES)
def test_every_cell_is_as_a_reader_has_it(page: Path) -> None:
    assert gold_cells(page.with_suffix(".gold"))
    assert differences(page) == []


@pytest.mark.parametrize("name", ["ten_q", "ranges", "by_hand", "inline_pages"])
def test_signs_may_be_written_as_entities(name: str, tmp_path: Path) -> None:
    """Programs of filers write ``$``, brackets and per cent signs as numbers: no digit of theirs is a figure's."""
    page = HERE / f"{name}.html"
    said = page.read_text(encoding="utf-8")
    body = said.index("<body")
    copy = tmp_path / page.name
    copy.write_text(said[:body] + SHOWN.sub(_with_entities, said[body:]), encoding="utf-8")
    copy.with_suffix(".gold").write_text(page.with_suffix(".gold").read_text(encoding="utf-8"), encoding="utf-8")
    assert differences(copy) == []


def _with_entities(shown: re.Match[str]) -> str:
    parts = re.split(r"(&#?\w+;)", shown[0])
    return "".join(part if at % 2 else part.translate(SIGNS) for at, part in enumerate(parts))


def test_a_wrong_gold_cell_is_told(tmp_path: Path) -> None:
    """What the comparison is worth: a figure, a label and a period that the page does not have are differences."""
    page = tmp_path / "page.txt"
    page.write_text("Six Months Ended June 30,\n                 2011       2010\nRevenue  $ 12,345   $ 10,001\n")
    page.with_suffix(".gold").write_text("columns: 6m 2011-06-30 | 6m 2009-06-30\nSales | USD | 12,345 10,002\n")
    said = differences(page)
    assert any("missing 10,002" in one for one in said) and any("invented" in one for one in said)
    assert any("label" in one for one in said)
