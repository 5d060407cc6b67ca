"""Three years of an invented company with two mines, a filing a quarter, one of them lost: what periods are made of.

Each filing prints what the comment beside it says and nothing more, so that a test can count by hand which figures are
there: Q3 2004 is in no filing, Q4 2005 only as what the year leaves after nine months, and the sales of Q1 2006 are
other ones in the filing of the year after.
"""

from pathlib import Path

from tests.pair import Statement, as_text

COMPANY = "BLUE HERON MINES INC."
ENDS = {1: "March 31,", 2: "June 30,", 3: "September 30,", 4: "December 31,"}
QUARTERS = {1: "First Quarter", 2: "Second Quarter", 3: "Third Quarter", 4: "Fourth Quarter"}
SPANS = {3: "Three Months Ended", 6: "Six Months Ended", 9: "Nine Months Ended", 12: "Year Ended"}

# file, day of release, (months, quarter, year) of each column, then the figures of the columns: thousands of
# ounces of the two mines and their cost in cents an ounce; sales, net income, capital spent and cash in thousands.
Column = tuple[int, int, int]
FILINGS: tuple[tuple[str, str, list[Column], dict[str, list[int]]], ...] = (
    ("2004q1", "April 30, 2004", [(3, 1, 2004)],
     {"north": [101], "east": [11], "cost": [410], "sales": [1010], "net": [-60], "capital": [-300], "cash": [700]}),
    ("2004q2", "July 30, 2004", [(3, 2, 2004), (6, 2, 2004)],
     {"north": [102, 203], "east": [12, 23], "cost": [420, 415], "sales": [1020, 2030], "net": [-40, -100],
      "capital": [-310, -610], "cash": [710]}),
    ("2004q4", "February 25, 2005", [(3, 4, 2004)],
     {"north": [104], "east": [14], "cost": [440], "sales": [1040], "net": [15], "capital": [-330], "cash": [730]}),
    ("2004fy", "March 15, 2005", [(12, 4, 2004)], {"sales": [4100], "net": [-90], "capital": [-1260], "cash": [730]}),
    ("2005q1", "April 29, 2005", [(3, 1, 2005)],
     {"north": [111], "east": [21], "cost": [450], "sales": [1110], "net": [20], "capital": [-340], "cash": [740]}),
    ("2005q2", "July 29, 2005", [(3, 2, 2005), (6, 2, 2005)],
     {"north": [112, 223], "east": [22, 43], "cost": [460, 455], "sales": [1120, 2230], "net": [30, 50],
      "capital": [-350, -690], "cash": [750]}),
    ("2005q3", "October 28, 2005", [(3, 3, 2005), (9, 3, 2005)],
     {"north": [113, 336], "east": [23, 66], "cost": [470, 460], "sales": [1130, 3360], "net": [40, 90],
      "capital": [-360, -1050], "cash": [760]}),
    ("2005fy", "March 14, 2006", [(12, 4, 2005)],
     {"north": [450], "east": [90], "cost": [465], "sales": [4500], "net": [140], "capital": [-1420], "cash": [770]}),
    ("2006q1", "April 28, 2006", [(3, 1, 2006)],
     {"north": [121], "east": [31], "cost": [480], "sales": [1210], "net": [60], "capital": [-380], "cash": [780]}),
    ("2006q2", "July 28, 2006", [(3, 2, 2006)],
     {"north": [122], "east": [32], "cost": [490], "sales": [1220], "net": [70], "capital": [-390], "cash": [790]}),
    ("2006q3", "October 27, 2006", [(3, 3, 2006)],
     {"north": [123], "east": [33], "cost": [500], "sales": [1230], "net": [80], "capital": [-400], "cash": [800]}),
    ("2006q4", "February 23, 2007", [(3, 4, 2006)],
     {"north": [124], "east": [34], "cost": [510], "sales": [1240], "net": [90], "capital": [-410], "cash": [810]}),
    ("2007q1", "April 27, 2007", [(3, 1, 2007), (3, 1, 2006)],
     {"north": [131, 121], "east": [41, 31], "cost": [520, 480], "sales": [1310, 1200], "net": [100, 60],
      "capital": [-420, -380], "cash": [820]}),
)  # fmt: skip


def _production(columns: list[Column], figures: dict[str, list[int]]) -> Statement:
    mined = {key: [1000 * thousands for thousands in figures[key]] for key in ("north", "east")}
    both = [north + east for north, east in zip(mined["north"], mined["east"], strict=True)]
    rows: list[tuple[int, str, list[int | None] | None]] = []
    for name, key in (("NORTH SHAFT UNIT", "north"), ("EAST ADIT UNIT", "east")):
        rows += [(0, name, None), (2, "Silver produced (ounces)", [*mined[key]])]
        rows += [(2, "Silver grade (ounces per ton)", [12 for _ in columns])]
    rows += [(0, "TOTAL COMPANY", None), (2, "Silver produced (ounces)", [*both])]
    rows += [(2, "Total cash costs per ounce (cents)", [*figures["cost"]])]
    return Statement("PRODUCTION DATA", "", _groups(columns), rows)


def _groups(columns: list[Column]) -> list[tuple[str, list[str]]]:
    """The columns' headings: those of one span and quarter under one name."""
    found: dict[str, list[str]] = {}
    for months, quarter, year in columns:
        found.setdefault(f"{SPANS[months]} {ENDS[quarter]}", []).append(str(year))
    return list(found.items())


def _income(columns: list[Column], figures: dict[str, list[int]]) -> Statement:
    rows = [(0, "Sales of products", figures["sales"]), (0, "Net income (loss)", figures["net"])]
    return Statement(
        "CONSOLIDATED STATEMENTS OF OPERATIONS", "(dollars in thousands - unaudited)", _groups(columns), rows
    )


def _flows(columns: list[Column], figures: dict[str, list[int]]) -> Statement:
    rows = [(0, "INVESTING ACTIVITIES", None), (2, "Additions to properties, plants and equipment", figures["capital"])]
    return Statement(
        "CONSOLIDATED STATEMENTS OF CASH FLOWS", "(dollars in thousands - unaudited)", _groups(columns), rows
    )


def _balance(column: Column, figures: dict[str, list[int]]) -> Statement:
    _, quarter, year = column
    day = [("", [f"{ENDS[quarter]} {year}"])]
    rows = [(0, "ASSETS", None), (2, "Cash and cash equivalents", figures["cash"])]
    return Statement("CONSOLIDATED BALANCE SHEETS", "(dollars in thousands - unaudited)", day, rows)


def write(folder: Path) -> list[str]:
    """The filings written into a folder; their paths."""
    paths = []
    for name, released, columns, figures in FILINGS:
        pages = [_income(columns, figures), _flows(columns, figures), _balance(columns[0], figures)]
        pages += [_production(columns, figures)] if "north" in figures else []
        head = f"{COMPANY}\nReports Results\nFor Release: {released}\n\n"
        path = folder / f"heron-{name}.txt"
        path.write_text(head + "\n".join(as_text(page, COMPANY, 54, 36) for page in pages), encoding="utf-8")
        paths.append(str(path))
    return paths
