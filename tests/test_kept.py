"""What is kept so that a question starts at once says the same as what it was made from."""

import json

import pytest

from grammar import compiled
from grammar.guard import checked
from grammar.shape import CONDITIONS, Shape, SideShape
from grammar.translate import KEPT, build, sql_of
from grammar.vocabulary import fixed, indexes
from tests import kept

SHAPES = list(kept.shapes())


@pytest.fixture(scope="module")
def on_file():
    return json.loads(KEPT.read_text(encoding="utf-8"))


def test_every_side_and_tail_is_kept_and_no_other(on_file):
    sides = {f"{number}:{side.key}" for shape in SHAPES for number, side in enumerate(shape.sides)}
    assert on_file.keys() == sides | {shape.tail for shape in SHAPES}


@pytest.mark.parametrize("shape", SHAPES[::11], ids=lambda shape: shape.key)
def test_a_shape_put_together_is_the_one_built_now(shape):
    assert sql_of(shape) == build(shape)


@pytest.mark.slow
def test_every_kept_text_is_the_one_built_now(on_file):
    assert on_file == kept.kept()


def test_a_shape_that_is_not_kept_is_built():
    odd = Shape("ratio", (SideShape("statement", ("filings",)), SideShape("heading", ("totals",))), formula="$0 * $1")
    assert sql_of(odd) == build(odd)


def test_a_key_names_one_shape():
    assert len({shape.key for shape in SHAPES}) == len(set(SHAPES)) == len(SHAPES)


def test_shapes_that_differ_in_one_field_have_other_keys():
    one = SideShape("metric", ("entities", "periods"))
    shapes = [
        Shape("rows", (one,)),
        Shape("sum", (one,)),
        Shape("rows", (one, one)),
        Shape("rows", (SideShape("label_key", one.conditions),)),
        *(Shape("rows", (SideShape("metric", (condition,)),)) for condition in CONDITIONS),
        Shape("rows", (one,), "asc"),
        Shape("rows", (one,), "desc"),
        Shape("rows", (one,), low=True),
        Shape("rows", (one,), high=True),
        Shape("rows", (one,), low=True, high=True),
        Shape("rows", (one,), low=True, strict=False),
        Shape("rows", (one,), scaled=True),
        Shape("rows", (one,), trend="up"),
        Shape("rows", (one,), trend="down"),
        Shape("rows", (one,), per_entity=True),
        Shape("rows", (one,), formula="$0 / $1"),
        Shape("rows", (one,), formula="$0 - $1"),
    ]
    assert len({shape.key for shape in shapes}) == len(shapes)


def test_a_kept_text_is_what_runs(on_file):
    shape = SHAPES[0]
    side, tail = on_file[f"0:{shape.sides[0].key}"], on_file[shape.tail]
    assert sql_of(shape) == f"WITH side_0 AS ({side}) {tail}" == checked(sql_of(shape))


def test_the_compiled_lexicon_is_the_lexicon(monkeypatch):
    """Made anew from the TOML files; where this fails, ``python -m tests.kept`` was forgotten."""
    on_file = json.loads(compiled.FILE.read_text(encoding="utf-8"))
    assert on_file["digest"] == compiled.digest()
    assert on_file == json.loads(json.dumps(kept.lexicon()))


def test_a_changed_lexicon_is_read_from_its_files(monkeypatch):
    monkeypatch.setattr(compiled, "digest", lambda: "another")
    compiled.compiled.cache_clear()
    try:
        assert compiled.compiled() is None
        assert compiled.table(compiled.FOLDER / "filler.toml") is None
    finally:
        monkeypatch.undo()
        compiled.compiled.cache_clear()
    assert compiled.compiled() is not None


def test_phrases_are_the_same_out_of_either():
    free, tight = indexes()
    known = fixed()
    assert (known.free.stems, known.tight.stems) == (free.stems, tight.stems)
