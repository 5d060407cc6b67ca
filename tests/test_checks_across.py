"""Totals beside their columns, years beside their quarters, printed changes, and years to date over two filings."""

import pytest

from assistant.ask import ask
from db.checks import check_filing
from tests.loader import load
from tests.test_checks import heron

RELEASE = """HERON MINING CORPORATION
Reports Fourth Quarter and Full Year Results
For Release: February 3, 2010

                     HERON MINING CORPORATION
                      Segment Information
              (dollars in thousands, except per ounce)
                  Year Ended December 31, 2009

                                    Blue Kettle     Lone Paw     Corporate      Total
                                    -----------     --------     ---------     -------
Segment sales                        $ 12,000       $ 9,300       $   -        $21,300
Depreciation                            1,200           850          40          2,090
Exploration                               400           210         115            725
Additions to property                   3,100         2,050          20          5,170
Cash cost per ounce                   $   401       $   377       $   -        $   390


                     HERON MINING CORPORATION
                     Quarterly Production Data

                        Quarter     Quarter     Quarter     Quarter        Year
                        Ended       Ended       Ended       Ended          Ended
                        Mar. 31,    Jun. 30,    Sep. 30,    Dec. 31,     Dec. 31,
                        2009        2009        2009        2009           2009
                        --------    --------    --------    --------     ---------
Silver produced (oz.)    500,300     510,200     498,000     502,100     2,010,600
Ore grade (oz./ton)         12.1        12.4        12.2        12.6          12.3
Gold produced (oz.)        5,100       5,200       5,000       6,000        21,300
Tons of ore milled       146,020     147,030     148,000     149,000       590,050


                     HERON MINING CORPORATION
                 Consolidated Statements of Operations
                (dollars in thousands, except per share)

                               Three Months Ended                 Twelve Months Ended
                                 December 31,                        December 31,
                               2009      2008    % Change        2009       2008    % Change
                             -------   -------   --------      -------    -------   --------
Sales                        $ 6,000   $ 5,000       20%       $21,300    $20,000      6.5%
Cost of sales                  4,000     3,500       14%        14,000     13,000        8%
Gross profit                   2,000     1,500       33%         7,300      7,000        4%
General and administrative       700       600       17%         2,900      2,500       16%
Exploration                      100       250      (60%)          725        900      (19%)
Net income (loss)            $ 1,200   $   650       85%       $ 3,675    $ 3,600        2%
"""
KINDS = {"columns make the total", "periods make the longer one", "change in per cent"}


def found(*texts):
    """What was found in the last of the texts: kind -> findings."""
    with heron(*texts) as store:
        return [f for f in check_filing(store, len(texts)) if f.kind.removeprefix("loose: ") in KINDS | {YEAR}]


def changed(case):
    assert RELEASE.count(case["was"]) == 1
    return RELEASE.replace(case["was"], case["becomes"])


def lines(findings, kind, verdict):
    return {f.printed_at[0].line for f in findings if f.kind == kind and f.verdict == verdict}


def test_what_holds_is_told_with_its_columns():
    findings = found(RELEASE)
    assert {f.verdict for f in findings} == {"holds"}
    assert lines(findings, "columns make the total", "holds") == {12, 13, 14, 15}
    assert lines(findings, "periods make the longer one", "holds") == {27, 29, 30}
    assert lines(findings, "change in per cent", "holds") == {41, 42, 43, 44, 45, 46}


def test_no_grade_price_or_cost_of_an_ounce_is_added():
    assert not {16, 28} & {f.printed_at[0].line for f in found(RELEASE)}


@pytest.mark.parametrize("case", load("checks_across"))
def test_a_fault_is_found(case):
    faults = [f for f in found(changed(case)) if f.fails]
    assert {(f.kind, f.printed_at[0].line) for f in faults} == {(case["kind"], case["line"])}
    assert any(case["says"] in f.explanation for f in faults), [f.explanation for f in faults]


@pytest.mark.parametrize("case", load("checks_across", "quiet"))
def test_rounding_is_no_fault(case):
    findings = found(changed(case))
    assert [f.explanation for f in findings if f.verdict == "NO"] == []
    assert case["line"] in lines(findings, case["kind"], "within rounding")


@pytest.mark.parametrize("case", load("checks_across", "unsure"))
def test_columns_that_make_nothing_are_no_fault(case):
    assert [f.explanation for f in found(RELEASE.replace(case["was"], case["becomes"])) if f.fails] == []


HALF, NINE = (
    """HERON MINING CORPORATION
Reports {when} Results
For Release: {day}, 2009

                     HERON MINING CORPORATION
                 Consolidated Statements of Operations
                        (dollars in thousands)

                               Three Months Ended         {months} Months Ended
                                  {end},                    {end},
                               2009          2008          2009          2008
                             -------       -------       -------       -------
Sales                        {sales}
Cost of sales                {costs}
Gross profit                 {gross}
""".format(**words)
    for words in (
        {
            "when": "Second Quarter",
            "day": "August 3",
            "months": "Six",
            "end": "June 30",
            "sales": "$ 5,200       $ 4,900       $10,300       $ 9,700",
            "costs": "  3,300         3,100         6,500         6,200",
            "gross": "  1,900         1,800         3,800         3,500",
        },
        {
            "when": "Third Quarter",
            "day": "November 3",
            "months": "Nine",
            "end": "September 30",
            "sales": "$ 5,000       $ 5,300       $15,300       $15,000",
            "costs": "  3,500         3,300        10,000         9,500",
            "gross": "  1,500         2,000         5,300         5,500",
        },
    )
)
YEAR = "quarter + year to date before = year to date"


def test_a_quarter_and_the_filing_before_make_the_year_to_date():
    findings = [f for f in found(HALF, NINE) if f.kind == YEAR]
    assert sorted((f.verdict, f.printed_at[0].line, f.expected) for f in findings) == [
        ("holds", 13, 15_000_000),
        ("holds", 13, 15_300_000),
        ("holds", 14, 9_500_000),
        ("holds", 14, 10_000_000),
        ("holds", 15, 5_300_000),
        ("holds", 15, 5_500_000),
    ]
    assert {tuple(map(str, f.sources)) for f in findings if f.printed_at[0].line == 13} == {
        ("heron-1.txt:13", "heron-0.txt:13")
    }


def test_a_year_to_date_that_is_not_made_is_told_for_information():
    """What was reported before may have been restated since."""
    later = NINE.replace("$15,300", "$15,800")
    (told,) = [f for f in found(HALF, later) if f.kind.endswith(YEAR) and f.verdict == "NO"]
    assert not told.fails
    assert "make $15,300,000, but $15,800,000 is printed ($500,000 apart)" in told.explanation


def test_a_year_to_date_of_one_filing_alone_is_not_checked():
    assert found(NINE) == []


def test_an_answer_says_that_its_total_does_not_add_up():
    with heron(RELEASE.replace("2,010,600", "2,016,000")) as store:
        answer = ask("Heron silver production 2009", store)
        assert [v.value for v in answer.values] == [2_016_000]
        assert any("2,010,600 oz" in note for note in answer.notes), answer.notes
