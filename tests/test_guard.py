"""What may run and what must not: the guard's rules one by one, and the store's own walls behind them."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlglot.errors import SqlglotError

from assistant.ask import ask
from db.store import Store
from grammar.errors import QueryRefused, StopeError
from grammar.guard import FORBIDDEN, FUNCTIONS, TABLES, checked
from tests.loader import load

WRITES = load("guard", "refused")


@pytest.mark.parametrize("case", load("guard", "runs"))
def test_a_bounded_select_over_facts_runs(case):
    assert checked(case["sql"]) == case["sql"]


@pytest.mark.parametrize("case", WRITES)
def test_anything_else_does_not(case):
    with pytest.raises((QueryRefused, SqlglotError)) as caught:
        checked(case["sql"])
    assert case["reason"] in str(caught.value)


@pytest.mark.parametrize("case", [c for c in WRITES if c.values[0].get("walled", True)])
def test_the_store_does_not_run_it_either(case, samples):
    before = digest(samples)
    with Store.open(samples.path) as own, pytest.raises(StopeError):
        own.run(case["sql"], {"t": "facts", "a": "x"})
    assert digest(samples) == before


def digest(store):
    return hashlib.sha256(Path(store.path).read_bytes()).hexdigest()


def test_what_is_allowed_is_little():
    assert sorted(TABLES) == ["cited_facts", "json_each"]
    assert not FUNCTIONS & {
        "load_extension",
        "readfile",
        "writefile",
        "printf",
        "randomblob",
        "zeroblob",
        "hex",
        "like",
    }
    assert len(FORBIDDEN) >= 10


SPITEFUL = st.sampled_from(
    ["'", '"', ";", "--", "/*", "*/", ")", "(", "UNION SELECT", "DROP TABLE facts", "OR 1=1", "silver", "production",
     "Lucky Friday", "\\", "\x00", "%", "_", ":ids_0", "?1", "NULL", "Q1 2007", "1e999", "cash cost", "[", "`", "x'00'"]
)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(words=st.lists(SPITEFUL, max_size=9))
@example(words=["silver", "production", "'", "OR 1=1", "--"])
@example(words=["Lucky Friday", "cash cost", ";", "DROP TABLE facts", "--"])
def test_no_word_of_a_question_becomes_sql(words, samples):
    """Whatever is asked, the SQL holds no text of it, passes the guard once more, and leaves the store as it was."""
    before = digest(samples)
    answer = ask(" ".join(words), samples)
    if answer.sql:
        assert checked(answer.sql) == answer.sql
        for word in ("Friday", "DROP", "1=1", "--", ";", "production", "silver"):
            assert word not in answer.sql
    assert digest(samples) == before


@settings(deadline=None, max_examples=60)
@given(sql=st.text(max_size=60))
@example(sql="")
@example(sql="SELECT")
@example(sql="SELECT 1")
@example(sql=";")
@example(sql="\x00")
def test_any_text_is_refused_or_is_bounded(sql):
    try:
        assert "LIMIT" in checked(sql).upper()
    except (QueryRefused, SqlglotError) as error:
        assert str(error)
