"""Two invented companies in one store: whose figure is meant, which of several periods, and when that must be asked."""

import pytest

from assistant.ask import ask
from tests.generator.stores import store_with
from tests.loader import load
from tests.pair import Statement, as_text

INCOME = [("Three Months Ended September 30,", ["2011", "2010"]), ("Nine Months Ended September 30,", ["2011", "2010"])]
QUARTERS = [("", ["Third Quarter 2011", "Third Quarter 2010"])]


def income(sales, net):
    rows = [(0, "Sales of products", sales), (0, "Net income (loss)", net)]
    return Statement("CONSOLIDATED STATEMENTS OF OPERATIONS", "(dollars in thousands - unaudited)", INCOME, rows)


def production(*mines, said="Silver produced (ounces)"):
    rows = []
    for name, tons, silver, gold in mines:
        rows += [(0, f"{name} UNIT", None), (2, "Tons of ore milled", tons), (2, said, silver)]
        rows += [(2, "Gold produced (ounces)", gold)] if gold else []
    return Statement("PRODUCTION DATA", "", QUARTERS, rows)


FILINGS = {
    "galena.txt": (
        "GALENA BASIN CORPORATION",
        income([12_340, 11_020, 36_115, 30_207], [2_440, 1_828, 6_934, -3_892]),
        production(
            ("DEEP ADIT", [71_230, 69_118], [1_204_511, 1_187_200], [912, 1_013]),
            ("HIGH STOPE", [40_100, 39_800], [350_250, 401_300], None),
        ),
    ),
    "orsini.txt": (
        "ORSINI METALS COMPANY",
        income([8_150, 9_400, 25_000, 27_300], [-615, 402, -1_020, 1_750]),
        production(("DEEP ADIT", [55_000, 54_200], [640_800, 655_900], None), said="Ounces of silver produced"),
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("companies")
    for name, (company, *statements) in FILINGS.items():
        head = f"{company}\nReports Third Quarter Results\nFor Release: November 3, 2011\n\n"
        (folder / name).write_text(head + "\n".join(as_text(s, company) for s in statements))
    with store_with([folder / name for name in FILINGS], folder / "two.db") as opened:
        yield opened


@pytest.mark.parametrize("case", load("ask_companies"))
def test_a_question_gets_its_figures(case, store):
    answer = ask(case["ask"], store, case.get("before", []))
    assert answer.refusal is None, answer.refusal
    assert [(v.value, v.unit) for v in answer.values] == [(pytest.approx(x, 2e-8), unit) for x, unit in case["values"]]


@pytest.mark.parametrize("case", load("ask_companies", "refused"))
def test_what_is_open_or_missing_is_refused(case, store):
    answer = ask(case["ask"], store, case.get("before", []))
    assert answer.status == "refused", answer.verdict
    assert answer.refusal is not None
    assert answer.refusal.reason == case["reason"], answer.refusal.message
    for words in case.get("names", []):
        assert words in answer.refusal.message


def test_mines_of_one_name_are_told_apart_by_their_companies(store):
    answer = ask("list silver produced by each mine in Q3 2011", store)
    assert {(v.label, v.value) for v in answer.values} == {
        ("Deep Adit · Galena Basin Corporation", 1_204_511),
        ("High Stope · Galena Basin Corporation", 350_250),
        ("Deep Adit · Orsini Metals Company", 640_800),
    }
