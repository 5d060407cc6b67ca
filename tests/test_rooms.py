"""The rooms of the house: imports run one way, files and functions stay short, libraries don't print."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("grammar", "db", "assistant")
MAY_IMPORT = {"grammar": {"grammar"}, "db": {"db", "grammar"}, "assistant": {"assistant", "db", "grammar"}}
MOST_LINES, MOST_OF_A_FUNCTION = 400, 60
TALKS = ("assistant/cli", "assistant/commands", "db/samples/store.py")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]


@pytest.fixture(scope="module")
def trees():
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in zip(NAMES, FILES, strict=True)}


def imported(tree):
    """The modules that a file imports, wherever in it, with their names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield node.module or ""


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room, trees):
    for name in (n for n in NAMES if n.startswith(f"{room}/")):
        rooms = {module.split(".")[0] for module in imported(trees[name])} & {*ROOMS, "tests"}
        assert rooms <= MAY_IMPORT[room], name


def test_no_module_imports_itself_in_the_end(trees):
    known = {name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree for name, tree in trees.items()}
    uses = {name: {*imported(tree)} & {*known} - {name} for name, tree in known.items()}
    while free := [name for name, used in uses.items() if not used & {*uses}]:
        for name in free:
            del uses[name]
    assert uses == {}, "these import each other, or what does"


def test_the_reading_of_imports_finds_what_is_wrong():
    wrong = ast.parse("def f():\n    from assistant.ask import ask\nimport db.store as s, os\n")
    assert sorted(imported(wrong)) == ["assistant.ask", "db.store", "os"]


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith(("grammar/", "assistant/ask", "assistant/cover"))])
def test_what_answers_knows_no_screen_and_writes_nothing(name, trees):
    modules = {module.split(".")[0] for module in imported(trees[name])}
    assert not modules & {"textual", "sqlite_utils", "httpx", "lxml", "click"}
    if name.startswith("grammar/"):
        assert not modules & {"sqlite3", "subprocess", "socket", "urllib", "random", "time"}


def test_the_parser_of_sql_is_imported_only_where_sql_is_built(trees):
    users = {name for name in NAMES if "sqlglot" in {module.split(".")[0] for module in imported(trees[name])}}
    assert users == {"grammar/build.py", "grammar/guard.py"}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_and_its_functions_are_short_enough_to_be_read(name, trees):
    lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES
    for node in ast.walk(trees[name]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < MOST_OF_A_FUNCTION, f"{name}: {node.name}"


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(TALKS)])
def test_a_library_does_not_print(name, trees):
    calls = (node.func for node in ast.walk(trees[name]) if isinstance(node, ast.Call))
    assert not [f.lineno for f in calls if isinstance(f, ast.Name) and f.id in ("print", "breakpoint", "input")]


@pytest.mark.parametrize("name", NAMES)
def test_no_error_is_caught_unnamed(name, trees):
    for node in ast.walk(trees[name]):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{name}:{node.lineno}"
            assert ast.unparse(node.type) != "Exception", f"{name}:{node.lineno}"


@pytest.mark.parametrize("name", [n for n in NAMES if (ROOT / n).stat().st_size > 100])
def test_a_module_says_why_it_is_there(name, trees):
    assert ast.get_docstring(trees[name]), name


SLOW = ("sqlglot", "textual", "sqlite_utils", "lxml", "httpx", "rich", "multiprocessing", "xml")


@pytest.mark.parametrize(
    "question",
    [
        "Lucky Friday cash cost Q1 2007",
        "Which mine produced the most silver in Q1 2007?",
        "Change of net income from Q1 2006 to Q1 2007",
        "total assets March 31, 2007",
        "What was Newmont's revenue in 2007?",
    ],
)
def test_a_plain_question_imports_nothing_slow(question, samples):
    code = (
        "import sys\nfrom assistant.cli import main\n"
        f"sys.argv[1:] = ['ask', '--db', {samples.path!r}, {question!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {SLOW!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]", done.stderr
