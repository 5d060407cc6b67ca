"""Every format has a golden file: all shapes of an answer as it renders them, each under a line with its name."""

from pathlib import Path

import pytest

from assistant.formats import FORMATS, render
from tests import answers

GOLDEN = Path(__file__).parent / "golden"


def rendered(name: str) -> str:
    return "".join(f"=== {shape}\n{render(answer, name, lines=answers.lines)}" for shape, answer in answers.ALL.items())


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name):
    assert rendered(name) == (GOLDEN / f"formats_{name}.txt").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over():
    assert {path.stem for path in GOLDEN.glob("formats_*.txt")} == {f"formats_{name}" for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("shape", answers.ALL)
def test_every_rendering_ends_with_one_newline_and_carries_no_escape(name, shape):
    text = render(answers.ALL[shape], name, lines=answers.lines)
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert "\x1b" not in text
