"""Companies that don't know each other in one store: whose figure is meant, and when that must be asked."""

import tomllib

import pytest

from assistant.ask import ask
from tests.generator.stores import store_with
from tests.loader import CASES, load


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    names = tomllib.loads((CASES / "asked_of_many.toml").read_text(encoding="utf-8"))["filings"]
    with store_with([CASES / "strangers" / name for name in names], folder / "many.db") as opened:
        yield opened


@pytest.mark.parametrize("case", load("asked_of_many"))
def test_a_question_among_strangers_gets_its_figure(case, store):
    answer = ask(case["ask"], store, case.get("before", ()))
    if case.get("refused"):
        assert answer.status == "refused", answer.verdict
        return
    assert answer.status == "answered", answer.refusal
    assert [value.value for value in answer.values] == pytest.approx(case["values"]), answer.verdict
