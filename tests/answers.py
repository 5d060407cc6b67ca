"""Made-up answers of every shape for the tests of the formats; texts hold what each format must escape."""

from dataclasses import replace

from assistant.answer import Alternative, Answer, Citation, PassageQuote, Refusal, Value

SHA = "ab12cd34" * 8
LINES = [
    "          Output & Costs",
    "                          Mar. 31, 2011   Mar. 31, 2010",
    "NORTH PIT",
    "  Cash cost (1)     $           (4.62)          (3.10)",
    "  Ore (tons)                    12,000           - -",
    "The north pit cost a negative $4.62 an ounce.",
]


def cite(line: int, start: int, end: int, **given) -> Citation:
    known = {
        "table": "Output & Costs",
        "row": "Cash cost",
        "column": "Mar. 31, 2011",
        "company": "Quill & Sons {Mining} 100%",
        "title": "QUILL #1_A ^ ~ <RESULTS> $5 | [NET]",
        "released": "2011-05-02",
        "exhibit": "EX-99.1",
    }
    return Citation("quill_q1.txt", SHA, line, line, LINES[line - 1][start:end], start, end, **(known | given))


COST = Value(
    "North Pit",
    -4.62,
    "USD/oz",
    "(4.62)",
    "North Pit",
    "total_cash_cost_per_oz",
    "silver",
    "Q1 2011",
    "2011-01-01",
    "2011-03-31",
    basis="29.5% share",
    citations=(
        cite(4, 32, 38, heading_lines=(1, 2), headings=("North  Pit",)),
        cite(6, 30, 35, table=None, row=None, column=None),
    ),
    notes=("Cash cost is a non-GAAP measure.",),
)
EARLIER = replace(
    COST,
    value=-3.1,
    as_printed="(3.10)",
    period="Q1 2010",
    period_start="2010-01-01",
    period_end="2010-03-31",
    citations=(cite(4, 48, 54, column="Mar. 31, 2010"),),
)
CHANGE = Value("Change", 49.03225806451613, "%", formula="(a / b - 1) * 100", operands=(COST, EARLIER))

ONE = Answer(
    "north pit cash cots",
    "answered",
    "Total cash cost per ounce · North Pit · Q1 2011",
    "North Pit's total cash cost was -$4.62 per ounce of silver in Q1 2011.",
    (COST,),
    alternatives=(Alternative("Total cash cost per ounce · North Pit · Q1 2010", (EARLIER,)),),
    notes=("=SUM(A1) stands in this note.",),
    corrections=("cots → cost",),
    sql="SELECT 1",
    parameters=(("entity", "North Pit"), ("limit", 50.0)),
)
COMPUTED = Answer("change?", "answered", "Change · North Pit", "North Pit's cash cost rose by 49.0%.", (CHANGE,))
SEVERAL = Answer(
    "which?",
    "answered",
    "Costs by quarter",
    "Two quarters.",
    (COST, EARLIER),
    (PassageQuote(LINES[5], (cite(6, 0, 45, table=None, row=None, column=None),)),),
)
FILED = replace(
    ONE,
    values=(
        replace(COST, citations=(cite(4, 32, 38, form="8-K", filed="2011-05-03", accession="0000000001-11-000002"),)),
    ),
    alternatives=(),
    notes=(),
    corrections=(),
)
MANY = Answer(
    "all?",
    "answered",
    "Cash cost by line",
    "Seven figures.",
    tuple(
        Value(
            f"Pit {number}", 1000.0 * number, "USD", f"{number}", citations=(cite(1 + number % 3, number, number + 1),)
        )
        for number in range(7)
    ),
)
UNSAID = Answer("4", "answered", values=(COST,))
BARE = Answer(
    "bare?",
    "answered",
    verdict="It was 12,000 tons.",
    values=(Value("Ore", 12000.0, "ton", "12,000", citations=(Citation("a.txt", SHA, 5, 5, "12,000", 32, 38),)),),
)
NOTHING = Answer("none?", "answered", "Mines above a million", "No mine made more than a million ounces.")
REFUSED = Answer(
    "Q1 2005?",
    "refused",
    refusal=Refusal("no_period", "No filing covers Q1 2005.", ("2005",), ("North Pit cash cost Q1 2011",)),
)
ALL = {
    "one": ONE,
    "computed": COMPUTED,
    "several": SEVERAL,
    "filed": FILED,
    "many": MANY,
    "unsaid": UNSAID,
    "bare": BARE,
    "nothing": NOTHING,
    "refused": REFUSED,
}


def lines(sha256: str) -> list[str]:
    return LINES if sha256 == SHA else []
