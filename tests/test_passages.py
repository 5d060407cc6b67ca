"""Text questions: the passage or figure that holds every word of them, and nothing for their twins."""

import json
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.passages import find_passages
from assistant.text_figures import text_figures
from db.store import Store
from tests.generator.stores import in_memory
from tests.loader import CASES, load

RELEASE = tomllib.loads((CASES / "prose.toml").read_text(encoding="utf-8"))["release"]


@pytest.fixture(scope="module")
def store():
    return in_memory(("tamarack.txt", RELEASE.encode()))


@pytest.mark.parametrize("case", load("passages", "passage"))
def test_the_passage_is_found_and_stands_where_it_says(store, case):
    found = find_passages(store, case["question"])
    assert case["holds"] in found[0].text
    for passage in found:
        lines = store.lines(passage.filing_id)
        for piece in passage.pieces:
            there = "\n".join(lines[piece.line - 1 : piece.line_end])
            assert piece.quote in there
        assert " ".join(" ".join(p.quote for p in passage.pieces).split()) == passage.text
    assert sum(len(passage.text) for passage in found) <= 2000


@pytest.mark.parametrize("case", load("passages", "figure"))
def test_the_figure_is_found(store, case):
    best = text_figures(store, case["question"])[0]
    assert (best.fact["value"], best.fact["unit"]) == (case["value"], case["unit"])


@pytest.mark.parametrize("case", load("passages", "refused"))
def test_twins_find_nothing(store, case):
    assert find_passages(store, case["question"]) == []
    assert text_figures(store, case["question"]) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80))
def test_any_question_is_survived(store, text):
    find_passages(store, text)
    text_figures(store, text)


@pytest.mark.shared
def test_the_shown_questions_find_no_wrong_text(shared):
    filings = sorted((shared / "filings").glob("0*.txt"))
    store = in_memory(*((path.name, path.read_bytes()) for path in filings))
    with (shared / "questions" / "questions.jsonl").open(encoding="utf-8") as file:
        questions = [json.loads(line) for line in file if line.strip()]
    text = [q for q in questions if q["kind"] in ("text", "footnote")]
    assert sum(_cited(store, q) for q in text) == len(text)
    unanswerable = [q["question"] for q in questions if q["kind"] == "unanswerable"]
    assert [q for q in unanswerable if find_passages(store, q) or text_figures(store, q)] == []
    prose = [q for q in questions if q["kind"] == "prose"]
    first = {q["id"]: (text_figures(store, q["question"]) or [None])[0] for q in prose}
    wrong = [id for id, found in first.items() if found and found.fact["value"] != _answer(prose, id)]
    assert wrong == []
    assert sum(found is not None for found in first.values()) >= len(prose) - 1


def _answer(questions: list, id: str) -> float:
    return next(q["answer"]["value"] for q in questions if q["id"] == id)


def _cited(store: Store, question: dict) -> bool:
    """Whether at least half of the lines that the question wants are cited."""
    wanted = {(cite["doc"], cite["line"]) for cite in question["cites"]}
    have = {
        (found.filing["document"][:3], line)
        for found in find_passages(store, question["question"])
        for piece in found.pieces
        for line in range(piece.line, piece.line_end + 1)
    }
    return 2 * len(wanted & have) >= len(wanted)
