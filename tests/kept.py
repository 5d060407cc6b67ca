"""What is kept beside the grammar so that a plain question starts at once: checked SQL by shape, the compiled lexicon.

``python -m tests.kept`` writes ``grammar/shapes.json`` and ``grammar/compiled.json`` anew; ``tests/test_kept.py`` holds
the files against what is built here.
"""

import json
import tomllib
from collections.abc import Iterator
from itertools import product

from grammar.build import side_of
from grammar.compiled import FILE, FOLDER, digest
from grammar.shape import CONDITIONS, Shape, SideShape
from grammar.translate import KEPT, build
from grammar.vocabulary import indexes

WHOSE = (
    ("entities",),
    ("entities", "companies"),
    ("members", "entity_kinds", "companies"),
    ("entity_kinds",),
    ("members", "entity_kinds"),
)
QUOTIENTS = ("$0 / $1", "-$0 / $1", "$0 - $1", "$0 + $1", "($0 + $1) / $2", "($0 - $1) / $2", "($0 - $1) / $1")


def side(by: str, *conditions: str) -> SideShape:
    return SideShape(by, tuple(c for c in CONDITIONS if c in conditions))


def sides() -> Iterator[SideShape]:
    for whose, metals, factors in product(WHOSE, ((), ("metals",)), ((), ("factors",))):
        yield side("metric", *whose, *metals, *factors, "periods")
    for whose in WHOSE:
        yield side("metric", *whose, "periods", "merged")


def shapes() -> Iterator[Shape]:
    """The shapes that questions take most, each once."""
    for one, order in product(sides(), ("", "asc", "desc")):
        yield Shape("rows", (one,), order)
    for by, whose in product(("label_key", "statement"), WHOSE[:3]):
        yield Shape("rows", (side(by, *whose, "periods"),))
        yield Shape("rows", (side(by, *whose, "metals", "periods"),))
    rows = side("heading", "members", "entity_kinds", "companies", "periods", "filings", "totals")
    for order in ("asc", "desc"):
        yield Shape("rows", (rows,), order)
    for one, low, strict in product(sides(), (True, False), (True, False)):
        yield Shape("rows", (one,), low=low, high=not low, strict=strict)
    for one, operation, each in product(sides(), ("difference", "percent", "decline"), (True, False)):
        yield Shape(operation, (one, one), per_entity=each)
    for one, operation in product(sides(), ("sum", "average")):
        yield Shape(operation, (one,))
    for one, trend in product(sides(), ("up", "down")):
        yield Shape("trend", (one, one), trend=trend)
    for whose, metals in product(WHOSE, ((), ("metals",))):
        one = side("metric", *whose, *metals, "periods", "spliced")
        yield Shape("difference", (one, one), per_entity=True)
    for formula, scaled, whose in product(QUOTIENTS, (True, False), WHOSE[:3]):
        one = side("metric", *whose, "periods")
        yield Shape("ratio", (one,) * (formula.count("$2") + 2), scaled=scaled, formula=formula)


def kept() -> dict[str, str]:
    """The text of every side (by its number and key) and of every tail, built and guarded now."""
    texts: dict[str, str] = {}
    for shape in shapes():
        sides = [side_of(number, one).sql(dialect="sqlite") for number, one in enumerate(shape.sides)]
        texts |= {
            f"{number}:{one.key}": text for (number, one), text in zip(enumerate(shape.sides), sides, strict=True)
        }
        named = ", ".join(f"side_{number} AS ({text})" for number, text in enumerate(sides))
        whole = build(shape)
        assert whole.startswith(f"WITH {named} ")
        texts[shape.tail] = whole.removeprefix(f"WITH {named} ")
    return texts


def lexicon() -> dict[str, object]:
    """The compiled form of the lexicon's TOML files, read and checked anew."""
    files = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.toml"))}
    tables = {name: tomllib.loads(path.read_text(encoding="utf-8")) for name, path in files.items()}
    free, tight = ({"entries": index.entries, "stems": sorted(index.stems)} for index in indexes())
    return {"digest": digest(), "tables": tables, "free": free, "tight": tight}


def main() -> None:
    FILE.unlink(missing_ok=True)  # so that nothing is compiled from what was compiled before
    FILE.write_text(json.dumps(lexicon(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    KEPT.write_text(json.dumps(kept(), indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
