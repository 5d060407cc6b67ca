"""Filings in layouts of others are read cell by cell as a reader of them would."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.strangers import HERE, differences, gold_cells

PAGES = [pytest.param(page, id=page.stem) for page in sorted(HERE.iterdir()) if page.suffix != ".gold"]


@pytest.mark.parametrize("page", PAGES)
def test_every_cell_is_as_a_reader_has_it(page: Path) -> None:
    assert gold_cells(page.with_suffix(".gold"))
    assert differences(page) == []


def test_a_wrong_gold_cell_is_told(tmp_path: Path) -> None:
    """What the comparison is worth: a figure, a label and a period that the page does not have are differences."""
    page = tmp_path / "page.txt"
    page.write_text("Six Months Ended June 30,\n                 2011       2010\nRevenue  $ 12,345   $ 10,001\n")
    page.with_suffix(".gold").write_text("columns: 6m 2011-06-30 | 6m 2009-06-30\nSales | USD | 12,345 10,002\n")
    said = differences(page)
    assert any("missing 10,002" in one for one in said) and any("invented" in one for one in said)
    assert any("label" in one for one in said)
