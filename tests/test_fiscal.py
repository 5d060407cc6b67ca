"""Companies whose years end in different months: a fiscal quarter is the one that the company counts so."""

import pytest

from assistant.ask import ask
from assistant.book import book_of
from tests.generator.stores import in_memory, store_with
from tests.loader import load
from tests.pair import Statement, as_text

QUARTERS = ["2011", "2010"]
FILINGS = {
    "teal.txt": (
        "TEAL BASIN MINING CORPORATION",
        "Reports Third Quarter Fiscal 2011 Results",
        [("Three Months Ended March 31,", QUARTERS), ("Nine Months Ended March 31,", QUARTERS)],
        ([5_100, 4_800, 14_900, 13_700], [640, 585, 1_875, 1_530], [81, 77, 240, 229]),
    ),
    "rook.txt": (
        "ROOK HOLLOW RESOURCES INC.",
        "Reports Results for Its Second Fiscal Quarter",
        [("Three Months Ended March 31,", QUARTERS), ("Six Months Ended March 31,", QUARTERS)],
        ([2_050, 1_990, 4_110, 4_020], [300, 275, 610, 590], [12, 14, 25, 27]),
    ),
    "sorrel.txt": (
        "SORREL CREEK MINES LTD.",
        "Reports First Quarter Results",
        [("Three Months Ended March 31,", QUARTERS)],
        ([7_300, 6_800], [910, 870], [33, 31]),
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fiscal")
    for name, (company, headline, columns, (sales, net, fees)) in FILINGS.items():
        rows = [(0, "Sales of products", sales), (0, "Third-party tolling fees", fees), (0, "Net income", net)]
        table = Statement("CONSOLIDATED STATEMENTS OF OPERATIONS", "(dollars in thousands - unaudited)", columns, rows)
        head = f"{company}\n{headline}\nFor Release: May 10, 2011\n\n"
        (folder / name).write_text(head + as_text(table, company))
    with store_with([folder / name for name in FILINGS], folder / "fiscal.db") as opened:
        yield opened


def test_the_end_of_the_fiscal_year_is_told_by_the_name_of_the_quarter(store):
    found = {row["document"]: row["fiscal_year_end"] for row in store.filings()}
    assert found == {"teal.txt": "06-30", "rook.txt": "09-30", "sorrel.txt": "12-31"}


SUBMISSION = """<SEC-DOCUMENT>0000012345-11-000067.txt : 20110511
<SEC-HEADER>
CONFORMED SUBMISSION TYPE:\t8-K
\t\tCOMPANY CONFORMED NAME:\t\t\tTEAL BASIN MINING CORP
\t\tFISCAL YEAR END:\t\t\t{header}
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
Teal Basin Mining Corporation reported its results. {said}
</TEXT>
</DOCUMENT>
"""
IN_JUNE = "Its fiscal year ended June 30, 2011 was good. The year ended June 30, 2010 was not."


@pytest.mark.parametrize(
    ("header", "said", "told", "month"),
    [
        ("0930", "", "09-30", 9),
        ("0103", "", "01-03", 12),  # a year of 52 weeks ends in the days around December 31
        ("0702", "", "07-02", 6),
        ("0731", "", "07-31", 7),
        ("0000", "", None, None),  # a month that no calendar has is none
        ("0000", IN_JUNE, "06-30", 6),
        ("1231", IN_JUNE, "12-31", 12),  # the header goes before the text
    ],
)
def test_the_end_of_the_fiscal_year_is_that_of_the_header(header, said, told, month):
    store = in_memory(("teal.txt", SUBMISSION.format(header=header, said=said).encode()))
    (filing,) = store.filings()
    assert filing["fiscal_year_end"] == told
    assert book_of(store).year_end(filing["company"]) == month


@pytest.mark.parametrize("case", load("fiscal"))
def test_a_question_gets_the_quarter_that_the_company_counts(case, store):
    answer = ask(case["ask"], store)
    assert answer.refusal is None, answer.refusal
    assert [[v.value, v.period] for v in answer.values] == case["values"]
    assert case.get("note", "") in " ".join(answer.notes)


@pytest.mark.parametrize("case", load("fiscal", "refused"))
def test_a_quarter_that_is_not_there_or_not_one_is_refused(case, store):
    answer = ask(case["ask"], store)
    assert answer.refusal is not None, answer.verdict
    assert answer.refusal.reason == case["reason"], answer.refusal.message
