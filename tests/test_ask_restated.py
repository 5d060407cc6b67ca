"""Figures that were restated, mines that were renamed or sold, and one name in two companies, over made-up filings."""

import pytest

from assistant.ask import ask
from tests.generator.stores import store_with
from tests.loader import load
from tests.pair import Statement, as_text


def thirds(year):
    return [("Three Months Ended September 30,", [str(year), str(year - 1)])]


def income(year, *rows):
    named = [(0, label, values) for label, values in rows]
    return Statement("CONSOLIDATED STATEMENTS OF OPERATIONS", "(dollars in thousands - unaudited)", thirds(year), named)


def production(year, *mines):
    rows = []
    for name, silver in mines:
        rows += [(0, f"{name} UNIT", None), (2, "Silver produced (ounces)", silver)]
    return Statement("PRODUCTION DATA", "", thirds(year), rows)


SOLD = """     Galena Basin Corporation acquired the Blue Kettle mine from Orsini Metals Company on January 5, 2012. The
High Stope mine was renamed the Lone Paw mine in March 2012.
"""
FILINGS = {
    "galena-2010.txt": (
        "GALENA BASIN CORPORATION",
        "November 3, 2010",
        "",
        income(2010, ("Sales of products", [11_020, 10_400]), ("Net income (loss)", [1_828, 1_500])),
        production(2010, ("DEEP ADIT", [1_187_200, 1_100_000]), ("HIGH STOPE", [401_300, 390_000])),
    ),
    "galena-2011.txt": (
        "GALENA BASIN CORPORATION",
        "November 3, 2011",
        "",
        income(2011, ("Sales of products", [12_340, 11_020]), ("Net income (loss)", [2_440, 1_628])),
        production(2011, ("DEEP ADIT", [1_204_511, 1_180_000]), ("HIGH STOPE", [350_250, 401_300])),
    ),
    "galena-2012.txt": (
        "GALENA BASIN CORPORATION",
        "November 2, 2012",
        SOLD,
        income(2012, ("Sales of products", [15_100, 12_340]), ("Net income (loss)", [3_010, 2_440])),
        production(
            2012,
            ("DEEP ADIT", [1_250_000, 1_204_511]),
            ("LONE PAW", [360_000, 350_250]),
            ("BLUE KETTLE", [230_000, 210_000]),
        ),
    ),
    "orsini-2011.txt": (
        "ORSINI METALS COMPANY",
        "November 5, 2011",
        "",
        income(2011, ("Sales of products", [8_150, 9_400]), ("Net income (loss)", [-615, 402])),
        production(2011, ("DEEP ADIT", [640_800, 655_900]), ("BLUE KETTLE", [210_000, 220_000])),
    ),
}
BESIDE = {
    "tern-q2.txt": """TERN RIVER MINES LIMITED
Reports Second Quarter Results
For Release: August 3, 2011

                            TERN RIVER MINES LIMITED
                     CONSOLIDATED STATEMENTS OF OPERATIONS
                       (dollars in thousands - unaudited)

                                       Three Months Ended June 30,
                                  2011          2010           2010
                                            (As restated)  (As reported)
                                --------     ----------    ------------
Sales                            $ 5,500       $ 5,150        $ 5,000
Cost of sales                      3,100         3,050          3,000
Net income (loss)                $   900       $   760        $   700
""",
    "tern-q3.txt": """TERN RIVER MINES LIMITED
Reports Third Quarter Results
For Release: November 3, 2011

                            TERN RIVER MINES LIMITED
                         RESTATEMENT OF PRIOR PERIODS
                       (dollars in thousands - unaudited)

                              Three Months Ended September 30, 2010
                                As Previously
                                   Reported     Adjustments   As Restated
                                --------------  -----------   ------------
Sales                            $ 6,000          $  200        $ 6,200
Cost of sales                      3,300              50          3,350
Net income (loss)                $   800          $  150        $   950
""",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("restated")
    for name, (company, day, text, *statements) in FILINGS.items():
        head = f"{company}\nReports Third Quarter Results\nFor Release: {day}\n\n{text}\n"
        (folder / name).write_text(head + "\n".join(as_text(s, company) for s in statements))
    for name, text in BESIDE.items():
        (folder / name).write_text(text)
    with store_with([folder], folder / "all.db") as opened:
        yield opened


@pytest.mark.parametrize("case", load("ask_restated"))
def test_a_question_gets_the_latest_figure_and_what_was_reported_before(case, store):
    answer = ask(case["ask"], store)
    assert answer.refusal is None, answer.refusal
    assert [v.value for v in answer.values] == [pytest.approx(value) for value in case["values"]]
    figures = [figure for v in answer.values for figure in (v, *v.operands)]
    before = [note for figure in figures for note in figure.notes if note.startswith("reported before as")]
    expected = case.get("before", [])
    assert len(before) == len(expected), before
    assert all(f"as {words}" in note for words, note in zip(expected, before, strict=True)), before
    for words in case.get("notes", []):
        assert any(words in note for note in answer.notes), answer.notes


@pytest.mark.parametrize("case", load("ask_restated", "refused"))
def test_what_is_open_is_refused(case, store):
    answer = ask(case["ask"], store)
    assert answer.status == "refused", answer.verdict
    assert answer.refusal is not None
    assert answer.refusal.reason == case["reason"], answer.refusal.message
    for words in case["names"]:
        assert words in answer.refusal.message
