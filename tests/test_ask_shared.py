"""The shown questions over the real releases: graded, every citation re-read, every query run by plain SQLite."""

import importlib.util
import json
import sqlite3
from collections import defaultdict

import pytest

from assistant.ask import ask
from assistant.formats.json import as_dict
from db.store import Store
from tests.generator.stores import releases, store_of

LOOK_UPS = ("lookup", "keywords", "typo", "synonym", "period-variant", "statement", "price", "unanswerable")


@pytest.fixture(scope="module")
def place(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    store_of(releases(shared, folder / "filings"), folder / "store.db").close()
    return folder / "store.db"


@pytest.fixture(scope="module")
def questions(shared):
    lines = (shared / "questions" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def answers(place, questions):
    with Store.open(place) as store:
        return {q["id"]: ask(q["question"], store, q.get("context") or ()) for q in questions}


@pytest.fixture(scope="module")
def graded(shared, questions, answers):
    """(kind, verdict, id, why) of every question, by the grader that lies beside the questions."""
    spec = importlib.util.spec_from_file_location("grade", shared / "questions" / "grade.py")
    assert spec is not None and spec.loader is not None
    grade = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(grade)
    grader = grade.Grader(shared / "filings")
    plain = {id: json.loads(json.dumps(as_dict(answer))) for id, answer in answers.items()}
    return [(q["kind"], *grader.grade(q, plain[q["id"]]), q["id"]) for q in questions]


def test_none_is_wrong_and_nearly_all_are_right(graded):
    assert len(graded) == 210
    assert [line for line in graded if line[1] == "wrong"] == []
    assert sum(1 for line in graded if line[1] == "right") >= 206  # 98 %


def test_what_is_looked_up_is_found(graded):
    by_kind = defaultdict(list)
    for kind, verdict, *_ in graded:
        by_kind[kind].append(verdict)
    found = [verdict for kind in LOOK_UPS for verdict in by_kind[kind]]
    assert found.count("right") >= 0.97 * len(found)


def test_what_must_be_answered_is(graded, questions):
    must = {q["id"] for q in questions if q.get("must")}
    assert [line for line in graded if line[3] in must and line[1] != "right"] == []


def cited(answer):
    """Every citation of an answer: of its values, their operands, its passages and its alternatives."""
    values = [*answer.values, *(v for a in answer.alternatives for v in a.values)]
    passages = [*answer.passages, *(p for a in answer.alternatives for p in a.passages)]
    for value in values:
        yield from value.citations
        for operand in value.operands:
            yield from operand.citations
    for passage in passages:
        yield from passage.citations


def test_every_citation_stands_in_the_source(shared, answers):
    lines = {}
    count = 0
    for answer in answers.values():
        for citation in cited(answer):
            text = lines.setdefault(
                citation.document, (shared / "filings" / citation.document).read_text(encoding="utf-8").split("\n")
            )
            assert 1 <= citation.line <= citation.line_end <= len(text)
            if citation.line == citation.line_end and citation.column_start is not None:
                assert text[citation.line - 1][citation.column_start : citation.column_end] == citation.quote
                count += 1
    assert count > 400


def test_every_figure_is_cited(answers):
    assert sum(len(answer.values) for answer in answers.values()) > 200
    for answer in answers.values():
        for value in answer.values:
            assert value.citations or (value.formula and all(o.citations for o in value.operands)), answer.question


def test_the_sql_alone_gives_the_figures_and_their_facts(place, answers):
    """sqlite3 and the printed query, nothing of ours: the same figures, and ids that exist."""
    with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as plain:
        plain.row_factory = sqlite3.Row
        asked = [a for a in answers.values() if a.sql]
        assert len(asked) > 120
        for answer in asked:
            rows = plain.execute(answer.sql, dict(answer.parameters)).fetchall()
            rows = [row for row in rows if row["value"] is not None]
            got = [float(f"{row['value']:.10g}") for row in rows]
            assert got == [float(f"{value.value:.10g}") for value in answer.values], answer.question
            for row, value in zip(rows, answer.values, strict=True):
                ids = {int(i) for i in str(row["fact_ids"]).split(",")}
                told = value.operands or (value,)
                assert {o.citations[0].fact_id for o in told} == ids, answer.question


def test_two_runs_are_the_same_bytes(place, questions, answers):
    with Store.open(place) as store:
        for q in questions[::4]:
            again = ask(q["question"], store, q.get("context") or ())
            assert json.dumps(as_dict(again)) == json.dumps(as_dict(answers[q["id"]]))
