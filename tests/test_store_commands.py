"""The commands as they are typed: what they print, where, and with which exit code; and what they import."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import cli
from db.checks.keeping import unchecked
from db.store import Store
from db.writing import Writer
from tests.filings import TEXT, filing, numbered
from tests.loader import load

ROOT = Path(__file__).parents[1]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store with one filing, and no other anywhere near."""
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.delenv("STOPE_DB", raising=False)
    place = tmp_path / "store.db"
    with Writer.open(place) as writer:
        writer.add(filing())
    return place


@pytest.fixture
def stope(capsys, store):
    """Runs a command line in this process: (exit code, stdout, stderr); ``{db}`` is the store."""

    def run(*words):
        code = cli.run([word.format(db=store, folder=store.parent) for word in words])
        return code, *capsys.readouterr()

    return run


def process(*words, env=None, **more):
    """A command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *map(str, words)],
        cwd=ROOT, env=os.environ | (env or {}), capture_output=True, text=True, timeout=60, check=False, **more,
    )  # fmt: skip


@pytest.mark.parametrize("case", load("store_commands"))
def test_a_command_line(stope, case):
    code, out, err = stope(*case["words"])
    assert code == case["code"], err
    for part in case.get("says", []):
        assert part in (out if code == 0 else err)
    assert "Traceback" not in err
    if code:
        assert err.startswith("stope: ")
        assert len(err.splitlines()) == 1


def test_facts_have_the_fields_that_programs_need(stope):
    _, out, _ = stope("facts", "--db", "{db}", "--format", "jsonl")
    facts = [json.loads(line) for line in out.splitlines()]
    assert len(facts) == 3
    assert facts[0]["heading_path"] == ["PRODUCTION DATA"]
    assert facts[0]["notes"] == ["1"]
    assert facts[2]["value"] == -0.25
    assert {"document", "line", "column_start", "column_end", "as_printed", "unit", "statement", "label", "period_end",
            "period_kind", "entity", "metal", "basis", "source", "nature"} <= facts[0].keys()  # fmt: skip


def test_show_marks_what_is_cited(stope):
    code, out, _ = stope("show", "heron:6", "--db", "{db}", "--context", "1")
    assert code == 0
    assert out.splitlines() == [
        "       5  Silver produced (oz.) (1)        412,300         398,100",
        ">      6  Total cash costs per ounce        $(0.25)          $4.10",
        "                                            ^^^^^^^",
        "       7  ",
    ]


def test_the_group_takes_the_store_too(stope):
    assert stope("--db", "{db}", "filings")[1] == stope("filings", "--db", "{db}")[1]


def test_verify_says_what_differs(stope, store):
    assert stope("verify", "--db", "{db}")[0] == 0
    other = filing(TEXT.replace("$4.10", "$5.10"), "other.txt")
    with Writer.open(store) as writer:
        writer.add(other)
    import sqlite3

    connection = sqlite3.connect(store)
    connection.execute("UPDATE facts SET as_printed = '1' WHERE id = 4")
    connection.commit()
    connection.close()
    code, out, _ = stope("verify", "--db", "{db}")
    assert code == 1
    assert "other.txt:5 should read '1', and there stands '412,300'" in out


def test_the_environment_names_the_store(store):
    done = process("filings", env={"STOPE_DB": str(store)})
    assert done.returncode == 0
    assert "heron.txt" in done.stdout


def test_without_a_terminal_there_is_no_interface(store):
    done = process("--db", store, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: stope")
    assert done.stdout == ""


def test_colour_is_for_terminals_that_want_it(store):
    def on_a_terminal(**env):
        leader, follower = pty.openpty()
        words = [sys.executable, "-m", "assistant.cli", "show", "heron:6", "--db", str(store)]
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | env
        subprocess.run(words, cwd=ROOT, env=environment, stdout=follower, stderr=follower, timeout=60, check=True)
        shown = os.read(leader, 10_000)
        os.close(leader)
        os.close(follower)
        return shown

    assert b"\x1b[7m" in on_a_terminal()
    assert b"\x1b" not in on_a_terminal(NO_COLOR="1")
    assert "\x1b" not in process("show", "heron:6", "--db", store).stdout


def test_a_reader_that_leaves_is_no_fault(store):
    with Writer.open(store) as writer:
        for number in range(200):
            writer.add(numbered(number))
    command = f"{sys.executable} -m assistant.cli facts --db {store} | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_under_the_output_is_said(store):
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "assistant.cli", "facts", "--db", str(store)]
        done = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "stope: the output can't be written: no space left on device\n"


CLOSED = [
    ("filings --db {db} >&-", 1, "stope: the output can't be written: bad file descriptor\n"),
    ("filings --db {db} 2>&-", 0, ""),
    ("ask blorp --db {db} >&- 2>&-", 1, ""),
    ("ask --batch - --db {db} <&-", 0, ""),
    ("--db {db} >&- 2>&- <&-", 2, ""),
]


@pytest.mark.parametrize(("line", "code", "said"), CLOSED)
def test_a_stream_that_is_closed_from_outside_is_no_traceback(store, line, code, said):
    words = f"{sys.executable} -m assistant.start {line.format(db=store)}"
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, said)


def test_stdin_that_is_closed_is_empty(tmp_path):
    words = f"{sys.executable} -m assistant.start add - --db {tmp_path / 'new.db'} <&-"
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("stope: stdin is empty")


@pytest.mark.parametrize("where", [">&-", "| head -c 1"])
def test_filings_are_added_although_nobody_reads_what_is_said(tmp_path, where):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT}\n{number}")
    command = f"{sys.executable} -m assistant.start add {tmp_path} --db {tmp_path / 'new.db'} {where}"
    subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    with Store.open(tmp_path / "new.db") as added:
        assert [row["document"] for row in added.filings()] == ["0.txt", "1.txt", "2.txt"]
        assert unchecked(added) == []


def test_pipes_are_utf_8_in_every_locale(tmp_path, store):
    with Writer.open(store) as writer:
        writer.add(filing(TEXT + "\nMaría", "maría.txt"))
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "filings", "--db", str(store), "--format", "jsonl"],
        cwd=ROOT, env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, capture_output=True, check=True,
    )  # fmt: skip
    assert "maría.txt" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("case", load("store_commands", "imports"))
def test_a_command_imports_no_more_than_it_needs(store, case):
    code = (
        "import sys\nfrom assistant import cli\n"
        f"code = cli.run({case['words']!r})\n"
        f"print(code, *[name for name in {case['without']!r} if name in sys.modules], file=sys.stderr)"
    )
    env = os.environ | {"STOPE_DB": str(store)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].split()[1:] == []


def test_a_batch_answers_each_line_in_order_and_names_the_bad_ones(stope, tmp_path):
    lines = ['{"id": 7, "question": "Blue Kettle silver production Q1 2009"}', "", "no json", '["a list"]',
             '{"id": "x", "question": "weather in ' + chr(0xD800) + '", "context": ["a"], "answer": {}}',
             '{"question": "x", "context": "no list"}']  # fmt: skip
    (tmp_path / "q.jsonl").write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
    code, out, err = stope("ask", "--batch", "{folder}/q.jsonl", "--db", "{db}")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == [7, "x"]
    assert [answer["status"] for answer in answers] == ["answered", "refused"]
    assert answers[0]["values"][0]["value"] == 412300
    assert answers[0]["values"][0]["citations"][0]["quote"] == "412,300"
    assert code == 2
    assert [line.split("q.jsonl: ")[1].split(" is")[0].split(" has")[0] for line in err.splitlines()] == [
        "line 3:",
        "line 4:",
        "line 6:",
    ]


def test_a_batch_prints_each_answer_before_the_next_question_comes(store):
    words = [sys.executable, "-m", "assistant.cli", "ask", "--batch", "-", "--db", str(store)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as batch:
        for number in range(2):
            batch.stdin.write(json.dumps({"id": str(number), "question": "silver production"}) + "\n")
            assert json.loads(batch.stdout.readline())["id"] == str(number)
        batch.stdin.close()
        assert batch.wait(20) == 0


def test_the_sql_of_an_answer_runs_in_the_shell(stope, store):
    if not shutil.which("sqlite3"):
        pytest.skip("there is no sqlite3 shell")
    code, out, _ = stope("ask", "--sql", "--db", "{db}", "Blue Kettle silver production Q1 2009")
    assert code == 0
    done = subprocess.run(["sqlite3", store], input=out, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "412300.0" in done.stdout


def test_every_command_says_what_it_does(stope):
    context = cli.click.Context(cli.cli)
    names = cli.cli.list_commands(context)
    assert {"add", "ask", "explain", "facts", "filings", "show", "verify"} <= set(names)
    for name in names:
        code, out, _ = stope(name, "--help")
        assert code == 0
        assert len(out.split("\n\n")[1].strip()) > 20, f"{name} has no help"
