"""Releases with other names, dates, figures, widths and order: as many cells and the same answers as the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import ask
from assistant.formats.json import as_dict
from db.parsing import parse_bytes
from db.store import Store
from tests.generator import stores
from tests.generator.filings import Generated, generate, harder
from tests.generator.held import against_gold, against_truth
from tests.generator.judge import grade_shown
from tests.generator.variant_questions import questions
from tests.generator.variants import Variant, build, draw, plain

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("doc", ["000", "002"])
def test_the_unchanged_release_is_made_as_it_is(shared: Path, doc: str) -> None:
    made = build(shared, doc, Variant("as it is"))
    original = (shared / "filings" / made.name).read_text(encoding="utf-8")
    squeezed = [" ".join(text.split()) for text in (made.text, original)]
    assert squeezed[0] == squeezed[1]


@pytest.mark.parametrize("seed", range(6))
def test_gold_cells_stand_where_the_variant_says(shared: Path, seed: int) -> None:
    for doc in ("000", "002"):
        made = build(shared, doc, draw(seed, plain_figures=seed % 3 != 0))
        lines = made.text.split("\n")
        for cell in made.cells:
            assert lines[int(cell["line"]) - 1][int(cell["col_start"]) : int(cell["col_end"])] == cell["raw"]
            assert cell["nil"] == "1" or plain(cell["raw"]) is not None


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("doc", ["000", "002"])
def test_every_cell_of_a_variant_is_read(shared: Path, doc: str, seed: int) -> None:
    made = build(shared, doc, draw(seed, plain_figures=seed != 3))
    held = against_gold(shared, parse_bytes(made.text.encode(), made.name), made.cells)
    assert held.whole, "\n".join([str(held), *held.shown[:15]])


def test_questions_to_a_variant_are_answered_as_those_to_the_releases(shared: Path, tmp_path: Path) -> None:
    changed = draw(2)
    made = stores.variant(shared, changed, tmp_path / "filings")
    asked = list(questions(shared, changed, made))
    with stores.store_of(tmp_path / "filings", tmp_path / "store.db") as store:
        answers = [as_dict(ask(q["question"], store)) for q in asked]
    tally = grade_shown(shared, tmp_path / "filings", asked, answers)
    assert tally.total["wrong"] == 0, "\n".join(tally.faults)
    assert tally.total["right"] >= 0.97 * len(asked), "\n".join(tally.faults)


@pytest.fixture(scope="module")
def made_up() -> list[Generated]:
    """A few made-up filings, spread over companies, layouts and formats."""
    return list(generate(1000, step=83))


def test_made_up_figures_stand_where_their_truth_says(made_up: list[Generated]) -> None:
    for made in made_up:
        lines = made.text.split("\n")
        for truth in made.truths:
            printed = lines[truth["line"] - 1][truth["column_start"] : truth["column_end"]]
            assert printed == truth["as_printed"]


def test_made_up_filings_are_read(made_up: list[Generated]) -> None:
    _read(made_up, 0.99)


def test_harder_layouts_are_read() -> None:
    _read(list(harder(14)), 0.99)


def _read(filings: list[Generated], share: float) -> None:
    """Nothing is missed or invented, and a share of the figures is right in every field."""
    held = [against_truth(parse_bytes(made.text.encode(), made.name), made.truths) for made in filings]
    cells, right = sum(h.cells for h in held), sum(h.right for h in held)
    faults = "\n".join(fault for h in held for fault in h.shown[:5])
    assert sum(h.found for h in held) == cells, faults
    assert sum(h.invented for h in held) == 0, faults
    assert right >= share * cells, faults


def test_the_same_seed_makes_the_same_filings() -> None:
    first, second = ([(m.name, m.text) for m in generate(30, seed=5)] for _ in range(2))
    assert first == second


def test_a_store_of_made_up_filings_opens(made_up: list[Generated], tmp_path: Path) -> None:
    truths = stores.generated(made_up[:4], tmp_path / "filings")
    store: Store
    with stores.store_of(tmp_path / "filings", tmp_path / "store.db") as store:
        found = store.run("SELECT count(*) AS n FROM cited_facts WHERE source = 'table'")[0]["n"]
    assert found >= 0.95 * len(truths)
