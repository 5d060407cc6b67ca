"""Whatever comes in, an answer or a clear error goes out: in time, without a traceback, the store as it was."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.formats.json import dumps
from db.parsing import parse_bytes
from db.store import Store
from grammar.errors import ReadError, TimeLimit
from tests.generator import stores
from tests.generator.filings import generate

LIMIT = 5.0
WORDS = [
    "silver",
    "gold",
    "production",
    "cash",
    "cost",
    "per",
    "ounce",
    "Q1",
    "2007",
    "first",
    "quarter",
    "mine",
    "highest",
    "total",
    "average",
    "compare",
    "and",
    "versus",
    "in",
    "what",
    "was",
    "how",
    "much",
    "Lucky",
    "Friday",
    "Tamarack",
    "percent",
    "more",
    "than",
    "5",
    "$3",
    "'",
    '"',
    ";",
    "DROP",
    "TABLE",
    "facts",
    "--",
    "(",
    ")",
    "%",
    "_",
    "*",
    "NULL",
    "0x1",
    "\x00",
]
FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few made-up filings."""
    folder = tmp_path_factory.mktemp("robust")
    stores.generated(generate(4, houses=2), folder / "filings")
    stores.store_of(folder / "filings", folder / "store.db").close()
    return folder / "store.db"


@pytest.fixture(scope="module")
def store(place: Path):
    with Store.open(place) as opened:
        yield opened


def digest(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest()


def holds(question: str, store: Store) -> None:
    """The question is answered or refused in time, and what comes out is JSON with a reason or a verdict."""
    before = digest(Path(store.path))
    start = time.monotonic()
    try:
        answer = ask(question, store)
    except TimeLimit:
        answer = None
    assert time.monotonic() - start < LIMIT + 1
    if answer is not None:
        assert answer.status in ("answered", "refused")
        assert (answer.refusal is not None and answer.refusal.message) or answer.status == "answered"
        dumps(answer)
    assert digest(Path(store.path)) == before


@FEW
@given(question=st.text(max_size=400))
@example(question="")
@example(question="\x00")
@example(question="'; DELETE FROM facts; --")
@example(question="silver " * 10_000)
@example(question="1" * 5_000)
@example(question="9" * 400 + " Q1 2007")
@example(question="Q1 0000 Q9 99999 13/45/99 2007-02-30")
@example(question="\u202e\ufeff\u200d silver \U0001f4a9")
def test_any_string_is_a_question(question: str, store: Store) -> None:
    holds(question, store)


@FEW
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_heap_of_known_words_is_a_question(words: list[str], store: Store) -> None:
    holds(" ".join(words), store)


@FEW
@given(data=st.binary(max_size=3000))
@example(data=b"")
@example(data=b"\xff\xfe\x00")
@example(data=b"%PDF-1.4\n")
@example(data=b"PK\x03\x04")
@example(data=b"<SEC-DOCUMENT>\n<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n")
@example(data=b"<html><table><tr><td colspan=99999999>1</td></tr>")
@example(data=b"<table>" * 2000)
@example(data=b"-" * 20_000 + b"\n" + b"1 " * 20_000)
@example(data=("\n".join(["Total   1,234   5,678"] * 400)).encode())
@example(data=b"\n".join([b"-" * 90 + b"x", b"=" * 90 + b" 7", b"_- " * 60 + b"--- --x", b"." * 90 + b"-"]))
def test_any_bytes_are_a_filing_or_refused(data: bytes) -> None:
    start = time.process_time()
    try:
        filing = parse_bytes(data, "any.txt")
    except ReadError as error:
        assert str(error)
    else:
        lines = filing.text.split("\n")
        for fact in filing.facts:
            assert lines[fact.cell.line - 1][fact.cell.start : fact.cell.end] == fact.cell.text
    assert time.process_time() - start < LIMIT


@settings(FEW, max_examples=30)
@given(cuts=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 200)), max_size=4), junk=st.binary(max_size=40))
def test_a_torn_filing_is_read_or_refused(cuts: list[tuple[int, int]], junk: bytes) -> None:
    data = bytearray(TORN)
    for at, size in cuts:
        data[at : at + size] = junk
    try:
        filing = parse_bytes(bytes(data), "torn.txt")
    except ReadError as error:
        assert str(error)
        return
    lines = filing.text.split("\n")
    for fact in filing.facts:
        assert lines[fact.cell.line - 1][fact.cell.start : fact.cell.end] == fact.cell.text


TORN = next(m for m in generate(60) if m.name.endswith(".txt")).text.encode()
BATCH = """
import sys
from pathlib import Path
from assistant.ask import ask
from assistant.formats.json import dumps
from db.store import Store
questions = sys.stdin.buffer.read().decode().split("\\n")
with Store.open(Path(sys.argv[1])) as store:
    for question in questions:
        sys.stdout.buffer.write((dumps(ask(question, store)) + "\\n").encode())
"""
MAKE = """
import sys
from pathlib import Path
from tests.generator.stores import store_of
store_of(Path(sys.argv[1]), Path(sys.argv[2])).close()
"""
QUESTIONS = (
    "silver production Q1 1985", "Which mine had the highest mining cost per ton?", "Compare the mines' cash costs",
    "total gold production of all mines", "slver prodution", "net income", "xyzzy", "cash", "list all metrics", "why?",
)  # fmt: skip


def test_answers_and_stores_are_the_same_bytes_under_other_seeds_and_locales(place: Path, tmp_path: Path) -> None:
    outputs = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("12345", "tr_TR.UTF-8"), ("7", "POSIX")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        done = subprocess.run(
            [sys.executable, "-c", BATCH, str(place)], input="\n".join(QUESTIONS).encode(), capture_output=True,
            env=environment, check=False, cwd=Path(__file__).parents[1],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_a_store_is_the_same_whoever_makes_it(tmp_path: Path) -> None:
    stores.generated(generate(2, houses=2), tmp_path / "filings")
    dumps_ = []
    for seed in ("0", "99"):
        at = tmp_path / f"{seed}.db"
        subprocess.run(
            [sys.executable, "-c", MAKE, str(tmp_path / "filings"), str(at)], check=True, cwd=Path(__file__).parents[1],
            env=os.environ | {"PYTHONHASHSEED": seed},
        )  # fmt: skip
        with Store.open(at) as store:
            dumps_.append(
                [tuple(row) for row in store.run("SELECT * FROM facts ORDER BY id")]
                + [tuple(r) for r in store.run("SELECT * FROM vocabulary")]
            )
    assert dumps_[0] == dumps_[1]
