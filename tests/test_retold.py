"""Real ASCII filings retold as HTML give the figures, labels, units and periods that they give as they are."""

from collections import Counter

import pytest

from db.parsing import STEPS
from db.parsing.draft import Draft
from db.parsing.facts import facts
from db.readers import read
from tests.retold import as_page

pytestmark = pytest.mark.shared


def meanings(data, name):
    """The facts of the tables without their places, running text left unread."""
    draft = Draft(read(data, name), name, name, "")
    for step in STEPS[: STEPS.index(facts) + 1]:
        step(draft)
    return Counter((f.label, f.value, f.unit, f.period, f.column, f.metric, f.entity, f.nil) for f in draft.facts)


@pytest.mark.parametrize("split", [True, False])
def test_releases_retold_as_pages_give_the_same_facts(shared, split):
    paths = sorted((shared / "filings").glob("*.txt"))
    assert len(paths) == 3
    for path in paths:
        data = path.read_bytes()
        page = as_page(data, path.name, split)
        told, retold = meanings(data, path.name), meanings(page.encode(), path.name)
        assert told.total() == retold.total()
        assert (told & retold).total() >= 0.98 * told.total(), path.name


def test_other_filings_retold_as_pages_give_the_same_values(shared):
    """Labels that ASCII wraps over rows are the only ones that a page may tell otherwise."""
    paths = sorted((shared / "filings" / "other").glob("*.txt"))
    assert len(paths) > 10
    for path in paths:
        data = path.read_bytes()
        told, retold = meanings(data, path.name), meanings(as_page(data, path.name).encode(), path.name)
        assert told.total() == retold.total()
        values = [Counter((key[1], key[2]) for key in side.elements()) for side in (told, retold)]
        assert (values[0] & values[1]).total() >= 0.98 * told.total(), path.name
