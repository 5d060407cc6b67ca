"""What must add up: made-up filings with one fault each, and beside them the same without."""

import json

import pytest

from assistant.cli import run
from db.checks import check_filing, looking
from db.checks.keeping import check_here, unchecked
from db.findings import notes_for
from db.parsing import parse_bytes
from db.rows.filing import rows_of
from db.store import Store
from db.writing import Writer
from tests.generator.stores import in_memory
from tests.loader import CASES, load

STRANGERS = [path for path in sorted((CASES / "strangers").iterdir()) if path.suffix != ".gold"][::6]
RELEASE = """NIGHT HERON MINING CORP.
Night Heron Mining Corp. reports its first quarter

GROVE CITY -- May 4, 2009 -- Night Heron Mining Corp. today reported net income of $1.2 million for the first
quarter of 2009, compared to $0.9 million in the first quarter of 2008.

                 NIGHT HERON MINING CORP.
           Consolidated Statements of Operations
              (dollars in thousands - unaudited)

                                            Three Months Ended
                                       Mar. 31, 2009   Mar. 31, 2008
                                       -------------   -------------
Sales of products                           $ 21,300        $ 19,800
                                       -------------   -------------
Cost of sales                                 12,100          11,900
Depreciation, depletion and amortization       3,400           3,300
                                       -------------   -------------
                                              15,500          15,200
                                       -------------   -------------
Gross profit                                   5,800           4,600
General and administrative                     4,600           3,700
                                       -------------   -------------
Net income                                   $ 1,200         $   900
                                       =============   =============


                     Production Data

                                            Three Months Ended
                                       Mar. 31, 2009   Mar. 31, 2008
                                       -------------   -------------
TOTALS
Silver produced (oz.)                        912,300         898,100

BLUE KETTLE MINE
Silver produced (oz.) (1)                    500,300         500,100
LONE PAW MINE
Silver produced (oz.)                        412,000         398,000

(1) At the Blue Kettle mill.
"""


def heron(*texts):
    """A store of texts as files."""
    return in_memory(*((f"heron-{number}.txt", text.encode()) for number, text in enumerate(texts)))


def faults(*texts):
    """What fails in the last of the texts."""
    with heron(*texts) as store:
        return [finding for finding in check_filing(store, len(texts)) if finding.fails]


def test_nothing_fails_where_everything_adds_up():
    assert faults(RELEASE) == []


def test_what_holds_is_told_with_both_places():
    with heron(RELEASE) as store:
        held = [f for f in check_filing(store, 1) if f.kind == "foots" and f.verdict == "holds"]
    lines = {(tuple(spot.line for spot in f.sources), f.printed_at[0].line) for f in held}
    assert {((16, 17), 19), ((14, 19), 21), ((21, 22), 24)} <= lines


@pytest.mark.parametrize("case", load("checks"))
def test_a_fault_is_found(case):
    assert RELEASE.count(case["was"]) == 1
    found = faults(RELEASE.replace(case["was"], case["becomes"]))
    assert case["kind"] in {finding.kind for finding in found}
    assert any(case["says"] in finding.explanation for finding in found), [f.explanation for f in found]


def test_rounding_explains_one_digit():
    text = (
        RELEASE.replace("15,500", "15,501")
        .replace("5,800 ", "5,799 ")
        .replace("4,600           3,700", "4,599           3,700")
    )
    assert faults(text) == []


def test_a_later_filing_that_prints_another_figure_restates():
    later = RELEASE.replace("2009", "2010").replace("2008", "2009").replace("900", "850")
    found = faults(RELEASE, later)
    assert "as reported before" in {finding.kind for finding in found}


def test_an_answer_is_told_what_touches_its_figures():
    with heron(RELEASE.replace("15,200", "15,900")) as store:
        wrong, right = (
            [row["id"] for row in store.run("SELECT id FROM facts WHERE as_printed = ?", (printed,))]
            for printed in ("15,900", "912,300")
        )
        (note, *_) = notes_for(store, wrong)
        assert "heron-0.txt:19" in note
        assert "$15,200,000" in note
        assert notes_for(store, right) == []
        assert notes_for(store, []) == []


def test_what_was_kept_is_what_is_found_at_once():
    text = RELEASE.replace("15,200", "15,900").replace("412,000", "420,000")
    writer = Writer.in_memory()
    for number in (0, 1):
        writer.add(parse_bytes(text.replace("Heron", f"Heron {number}").encode(), f"heron-{number}.txt"))
    with Store.from_bytes(writer.to_bytes()) as store:
        ids = [row["id"] for row in store.run("SELECT id FROM facts ORDER BY id")]
        at_once = [notes_for(store, [fact]) for fact in ids]
        assert [looked.failing for looked in check_here(store, writer, unchecked(store))] == [3, 3]
    with Store.from_bytes(writer.to_bytes()) as store:
        assert unchecked(store) == []
        assert [notes_for(store, [fact]) for fact in ids] == at_once
    assert sum(map(bool, at_once)) > 4


@pytest.mark.parametrize(
    ("name", "loose"),
    [
        ("copper_quarter.txt", "per share = income / shares"),  # what conversion would save is added to the income
        ("fourth_quarter.txt", "statements agree"),  # the company's cost of an ounce, and that of the one mine told
        ("mine_by_mine.txt", "sanity: tons x grade >= ounces"),  # a leach pad, its recovery above 100%
    ],
)
def test_what_need_not_tie_is_no_fault(name, loose):
    with heron((CASES / "strangers" / name).read_text()) as store:
        found = [finding for finding in check_filing(store, 1) if finding.verdict == "NO"]
    assert f"loose: {loose}" in {finding.kind for finding in found}
    assert [finding.explanation for finding in found if finding.fails] == []


@pytest.mark.parametrize(
    ("name", "was", "becomes", "kind"),
    [
        ("copper_quarter.txt", "$0.91 ", "$0.78 ", "per share = income / shares"),  # less than the diluted shares give
        ("mine_by_mine.txt", "110.4%", " 98.4%", "sanity: tons x grade >= ounces"),
    ],
)
def test_what_nothing_explains_is_a_fault(name, was, becomes, kind):
    text = (CASES / "strangers" / name).read_text()
    assert text.count(was) == 1
    with heron(text.replace(was, becomes)) as store:
        assert kind in {finding.kind for finding in check_filing(store, 1) if finding.fails}


FAULTY = RELEASE.replace("15,200", "15,900").replace("412,000", "420,000").replace("oz.) (1)", "oz.) (2)")


@pytest.mark.parametrize(
    ("name", "text", "failing"),
    [("heron.txt", RELEASE, 0), ("heron.txt", FAULTY, 4), *((path.name, path.read_text(), None) for path in STRANGERS)],
)
def test_a_filing_is_checked_as_it_is_read_as_it_is_from_the_store(name, text, failing):
    filing = parse_bytes(text.encode(), name)
    rows = rows_of(filing)
    rows.checked = looking.look_at_parsed(filing, rows)
    assert failing in {None, rows.checked.failing}
    with Writer.in_memory() as before, Writer.in_memory() as behind:
        before.add(parse_bytes(b"." + RELEASE.encode(), "other.txt"))  # so that a fact's id is not its number
        behind.add(parse_bytes(b"." + RELEASE.encode(), "other.txt"))
        behind.write(rows_of(filing))
        before.write(rows)
        with Store.from_bytes(behind.to_bytes()) as store:
            list(check_here(store, behind, [2]))
        kept = [Store.from_bytes(writer.to_bytes()) for writer in (before, behind)]
    for sql in ("SELECT * FROM findings ORDER BY 1, 2", "SELECT * FROM checked WHERE filing_id = 2"):
        one, other = [[tuple(row) for row in store.run(sql)] for store in kept]
        assert one == other
        assert bool(one) or failing in {None, 0}


def test_a_filing_that_cannot_be_checked_keeps_nobody_from_an_answer(monkeypatch):
    monkeypatch.setattr(looking, "check_sheet", lambda *_: 1 / 0)
    with heron(RELEASE) as store:
        assert looking.look_at(store, 1).problem.startswith("ZeroDivisionError")
        assert notes_for(store, [1, 2, 3]) == []


def test_add_says_how_many_figures_do_not_add_up(tmp_path, capsys):
    path, store = tmp_path / "heron.txt", str(tmp_path / "store.db")
    path.write_text(RELEASE.replace("15,200", "15,900"))
    assert run(["add", str(path), "--db", store]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(f"not add up: stope checks --db {store}")
    run(["add", str(path), "--db", store])
    assert "add up" not in capsys.readouterr().out


@pytest.mark.parametrize(("text", "code"), [(RELEASE, 0), (RELEASE.replace("15,200", "15,900"), 1)])
def test_the_command_says_what_fails(tmp_path, capsys, text, code):
    path = tmp_path / "heron.txt"
    path.write_text(text)
    store = str(tmp_path / "store.db")
    assert run(["add", str(path), "--db", store]) == 0
    capsys.readouterr()
    assert run(["checks", "heron", "--db", store]) == code
    said = capsys.readouterr().out
    assert said.startswith("heron.txt: ")
    assert ("NO: foots" in said) == bool(code)


def test_the_command_writes_json(tmp_path, capsys):
    path = tmp_path / "heron.txt"
    path.write_text(RELEASE)
    store = str(tmp_path / "store.db")
    run(["add", str(path), "--db", store])
    capsys.readouterr()
    run(["checks", "--all", "--format", "jsonl", "--db", store])
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"kind", "verdict", "expected", "printed", "sources", "printed_at", "explanation"} <= records[0].keys()
    assert {record["verdict"] for record in records} == {"holds"}
