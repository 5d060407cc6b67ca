"""``stope cite``: a fact by its number, a line by its place, out of a store made by hand."""

import datetime as dt
import hashlib
from decimal import Decimal

import pytest

from assistant.cli import run
from assistant.formats import FORMATS
from db.model import Cell, Fact, Filing, Note, Part
from db.writing import Writer
from grammar.periods import quarter

LINES = [
    "<TYPE>EX-99.2",
    "            Output",
    "                     First Quarter",
    "                     2011      2010",
    "NORTH PIT",
    "Cash cost (1)       (4.62)    (3.10)",
    "(1) Not a measure of GAAP.",
    "A quiet line.",
]
TEXT = "\n".join(LINES)


def fact(start, end, value, year):
    return Fact(
        cell=Cell(6, start, end, LINES[5][start:end]),
        value=Decimal(value),
        unit="USD/oz",
        label="Cash cost",
        label_cells=(Cell(6, 0, 9, "Cash cost"),),
        header_cells=(Cell(3, 21, 34, "First Quarter"), Cell(4, start, start + 4, str(year))),
        heading_path=("NORTH PIT",),
        column=f"First Quarter {year}",
        table=1,
        table_title="Output",
        entity="North Pit",
        entity_kind="mine",
        metal="silver",
        basis="40% share",
        period=quarter(year, 1),
        notes=("1",),
    )


@pytest.fixture
def store(tmp_path, monkeypatch):
    filing = Filing(
        document="quill.txt",
        path="quill.txt",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        text=TEXT,
        format="submission",
        company="Quill Mines",
        title="QUILL DOES WELL",
        released=dt.date(2011, 5, 2),
        exhibit="EX-99.1",
        form="8-K",
        parts=(Part(1, "EX-99.2", "", 1, 8, "text"),),
        facts=(fact(20, 26, "-4.62", 2011), fact(30, 36, "-3.10", 2010)),
        notes=(Note("1", "Not a measure of GAAP.", (Cell(7, 0, 26, LINES[6]),), 1),),
    )
    path = tmp_path / "stope.db"
    writer = Writer.open(path)
    writer.add(filing)
    writer.close()
    monkeypatch.setenv("STOPE_DB", str(path))
    return path


def test_a_fact_by_its_number(store, capsys):
    assert run(["cite", "1"]) == 0
    assert capsys.readouterr().out == (
        "North Pit · Cash cost, Q1 2011  -$4.62 per ounce of silver (printed “(4.62)”) [1]  40% share\n"
        "\n"
        "note        Not a measure of GAAP.\n"
        "\n"
        "[1] Quill Mines, Exhibit 99.2, Form 8-K, May 2, 2011, quill.txt\n"
        "    QUILL DOES WELL\n"
        "    table “Output”, row “Cash cost”, column “First Quarter 2011”, line 6\n"
        "    3                       First Quarter\n"
        "    4                       2011      2010\n"
        "    5  NORTH PIT\n"
        "  > 6  Cash cost (1)      [(4.62)]   (3.10)\n"
    )


@pytest.mark.parametrize(
    ("style", "note"),
    [
        (
            "chicago",
            "1. Quill Mines, “QUILL DOES WELL,” exhibit 99.2 to Form 8-K, May 2, 2011, quill.txt, table “Output,”"
            " row “Cash cost,” column “First Quarter 2010,” line 6.",
        ),
        (
            "bluebook",
            "1. Quill Mines, QUILL DOES WELL (Form 8-K), Ex. 99.2, tbl. “Output,” row “Cash cost,”"
            " col. “First Quarter 2010,” l. 6 (May 2, 2011) (quill.txt).",
        ),
    ],
)
def test_a_fact_by_its_column(store, capsys, style, note):
    assert run(["cite", "quill.txt:6:33", "--style", style]) == 0
    paragraphs = capsys.readouterr().out.split("\n\n")
    assert paragraphs[0].startswith("North Pit · Cash cost, Q1 2010: -$3.10 per ounce of silver")
    assert paragraphs[-1] == note + "\n"


def test_all_facts_of_a_line(store, capsys):
    assert run(["cite", "quill:6", "--style", "csv"]) == 0
    assert [row.split(",")[3] for row in capsys.readouterr().out.split("\n")[1:3]] == ["-4.62", "-3.1"]


def test_a_line_without_facts(store, capsys):
    assert run(["cite", "quill.txt:8", "--style", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("> A quiet line.[^quill2011-")


def test_a_span_without_facts(store, capsys):
    assert run(["cite", "quill.txt:8:2-7"]) == 0
    assert "A [quiet] line." in capsys.readouterr().out


@pytest.mark.parametrize("style", FORMATS)
def test_every_style(store, capsys, style):
    assert run(["cite", "1", "--style", style]) == 0
    assert "Quill Mines" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("99", "no fact 99"),
        ("9" * 30, "no fact"),
        ("quill.txt:99", "8 lines"),
        ("other.txt:1", "no filing"),
        ("quill.txt", "names no line"),
        ("quill.txt:0", "names no line"),
    ],
)
def test_usage(store, capsys, place, said):
    assert run(["cite", place]) == 2
    assert said in capsys.readouterr().err
