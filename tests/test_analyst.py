"""Questions of strangers to the real releases: figures with the lines that print them, passages, and refusals."""

import pytest

from assistant.ask import ask
from db.store import Store
from tests.generator.stores import releases, store_of
from tests.loader import load

KINDS = ("figures", "computed", "text", "refused")
NEAR = 6e-3  # a share or a rate is expected to three digits


@pytest.fixture(scope="module")
def store(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("analyst")
    store_of(releases(shared, folder / "filings"), folder / "store.db").close()
    with Store.open(folder / "store.db") as opened:
        yield opened


def lines_of(part):
    """The lines that a value, its operands or a passage cites, as ``000:293``."""
    found = {f"{c.document[:3]}:{n}" for c in part.citations for n in range(c.line, c.line_end + 1)}
    return found.union(*(lines_of(operand) for operand in getattr(part, "operands", ())))


def is_told(value, wanted):
    figure, *lines = wanted
    return value.value == pytest.approx(figure, rel=NEAR) and bool(lines_of(value) & set(lines))


@pytest.mark.parametrize("case", [case for kind in KINDS for case in load(f"analyst_{kind}")])
def test_a_question_is_answered_as_a_reader_of_the_filing_would(case, store):
    answer = ask(case["ask"], store, case.get("before", ()))
    if case.get("refused"):
        assert answer.status == "refused", answer.verdict
        return
    assert answer.status == "answered", answer.refusal
    if "lines" in case:
        parts = [*answer.passages, *answer.values]
        assert any(lines_of(part) & set(case["lines"]) for part in parts), answer.verdict
    elif "figure" in case:
        assert answer.values[0].value == pytest.approx(case["figure"], rel=NEAR), answer.verdict
    else:
        assert len(answer.values) == len(case["values"]) or case.get("first"), answer.verdict
        told = answer.values[:1] if case.get("first") else answer.values
        assert all(any(is_told(v, wanted) for v in told) for wanted in case["values"]), answer.verdict


@pytest.mark.parametrize("case", load("analyst_open", "open"))
def test_what_could_be_answered_and_is_not_is_refused(case, store):
    answer = ask(case["ask"], store, case.get("before", ()))
    assert answer.status == "refused", f"answered now: move it among the cases ({answer.verdict})"
