"""What a newcomer does: the README's words, its examples, and the wheel in a fresh environment."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from assistant import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
CONSOLE = [
    (command.strip(), [line for line in shown.split("\n") if line.strip()])
    for kind, block in BLOCKS
    if kind == "console"
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ stope).*\n)*)", block, re.MULTILINE)
]
DATA = ("db/schema.sql", "db/samples/hecla-2003-q1.txt", "db/samples/hecla-2007-q1.txt", "assistant/tui/stope.tcss")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The environment of somebody who has added nothing."""
    place = tmp_path_factory.mktemp("home")
    own = {f"XDG_{kind}_HOME": str(place / kind) for kind in ("DATA", "CACHE", "CONFIG")}
    kept = {key: value for key, value in os.environ.items() if key not in ("STOPE_DB", "PYTHONPATH")}
    return kept | own | {"HOME": str(place)}


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_an_example_prints_what_the_readme_shows(home, command, shown):
    name, *words = shlex.split(command)
    assert name == "stope"
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *words], cwd=ROOT, env=home, capture_output=True, text=True, check=False
    )
    printed = done.stdout.splitlines()
    assert "embedded sample" in done.stderr
    for line in shown:
        if line != "...":
            assert line in printed
            printed = printed[printed.index(line) + 1 :]


def test_the_examples_were_found():
    assert len(CONSOLE) >= 3


def test_the_readme_names_every_command_and_no_other():
    told = set(re.findall(r"^\| `stope (\w+)`", README, re.MULTILINE))
    assert told == set(cli.cli.list_commands(cli.click.Context(cli.cli)))


def test_every_command_line_of_the_readme_is_one():
    lines = [line.split("#")[0] for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
    words = [shlex.split(part) for line in lines for part in re.split(r"&&|\|", line) if "stope" in part]
    asked = [each[each.index(name) + 1 :] for each in words for name in each if re.fullmatch(r"(.*/)?stope", name)]
    assert len(asked) >= 6
    for each in asked:
        command = cli.cli.get_command(cli.click.Context(cli.cli), each[0])
        assert command is not None
        command.make_context(each[0], each[1:], parent=cli.click.Context(cli.cli))


def test_the_exit_codes_are_those_of_the_program():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert told == {cli.DONE, cli.REFUSED, cli.USAGE, cli.NO_STORE, cli.TIME_LIMIT, cli.INTERRUPTED}
    assert {code for _, code in cli.CODES} <= told


def test_nothing_is_imported_that_is_not_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", need)[0].replace("-", "_") for need in project["dependencies"]}
    declared |= {re.split(r"[<>=\[ ]", need)[0].replace("-", "_") for need in project["optional-dependencies"]["serve"]}
    found = set()
    for package in ("grammar", "db", "assistant"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add(str(node.module).split(".")[0])
    foreign = found - set(sys.stdlib_module_names) - {"grammar", "db", "assistant"}
    assert foreign <= declared, f"not in pyproject.toml: {sorted(foreign - declared)}"


@pytest.mark.slow
def test_the_wheel_answers_in_a_fresh_environment(home, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    bin_ = tmp_path / "venv" / "bin"
    pip = [bin_ / "python", "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("stope-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert set(DATA) <= names
    assert any(name.startswith("grammar/lexicon/") and name.endswith(".toml") for name in names)
    assert not any(name.startswith("tests") for name in names)
    subprocess.run([*pip, "install", "-q", wheel], check=True, capture_output=True)
    done = subprocess.run(
        [bin_ / "stope", "ask", "Lucky Friday cash cost Q1 2007"],
        cwd=tmp_path, env=home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "$1.77" in done.stdout
    assert "[1.77]" in done.stdout
