"""Stores made for tests: of the real releases, of a variant of them, of made-up filings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db.adding import add
from db.gathering import gather
from db.parsing import parse_bytes
from db.store import Store
from db.writing import Writer
from tests.generator.filings import Generated
from tests.generator.variants import Made, Variant, build

DOCS = ("000", "002", "004")


def store_of(folder: Path, place: Path) -> Store:
    """A store at ``place`` of all filings in a folder; a file that can't be added fails the test that wanted it."""
    return store_with([folder], place)


def store_with(paths: Iterable[Path | str], place: Path) -> Store:
    """A store at ``place`` of these files and folders; one that can't be added fails the test that wanted it."""
    problems = [f"{o.path}: {o.problem}" for o in add(gather([str(path) for path in paths]), place) if o.problem]
    assert not problems, problems
    return Store.open(place)


def in_memory(*documents: tuple[str, bytes]) -> Store:
    """A store in memory of documents given as (name, content)."""
    writer = Writer.in_memory()
    for name, data in documents:
        writer.add(parse_bytes(data, name))
    return Store.from_bytes(writer.to_bytes())


def releases(shared: Path, folder: Path) -> Path:
    """A folder of the three real releases alone, copied, so that their neighbours are not added with them."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((shared / "filings").glob("0*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def variant(shared: Path, changed: Variant, folder: Path) -> dict[str, Made]:
    """The three releases as a variant has them, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {doc: build(shared, doc, changed) for doc in DOCS}
    for page in made.values():
        (folder / page.name).write_text(page.text, encoding="utf-8")
    return made


def generated(filings: Iterable[Generated], folder: Path) -> list[dict]:
    """Made-up filings written into a folder; their truths, each with its document."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = []
    for filing in filings:
        (folder / filing.name).write_text(filing.text, encoding="utf-8")
        truths += [{"document": filing.name, **truth} for truth in filing.truths]
    return truths
