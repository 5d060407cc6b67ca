"""What a user teaches: phrases of their own, kept beside their store and read at every question.

The file is a TOML table that a person can read and mend: ``"the friday" = "Lucky Friday"``. Writing takes a lock on
its folder and puts the whole file in place at once, so that two who teach at the same time both are kept.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer
from assistant.book import Book
from assistant.nearby import nearest_known
from db.store import Store
from grammar.errors import LexiconError, StoreError
from grammar.taught import described, fault_of, meaning_of, present_meaning, stems_of_phrase, without_article
from grammar.tokens import level

Pairs = tuple[tuple[str, str], ...]
SUFFIX = ".words.toml"
HEAD = "# Words of your own for `stope`: phrase = what it means. `stope teach` and `stope forget` keep this file.\n"


def words_file(store: Path) -> Path:
    """The file of taught words that belongs to the store at a path."""
    return store.with_name(store.name + SUFFIX)


def taught_of(store: Store) -> Pairs:
    """The (phrase, meaning) pairs taught for a store, none for one that is no file; LexiconError for a damaged file."""
    if not store.home:
        return ()
    place = words_file(Path(store.home))
    try:
        status = place.stat()
    except OSError:
        return ()
    return _read(place, status.st_mtime_ns, status.st_size, status.st_ino)


@functools.lru_cache(maxsize=16)
def _read(place: Path, _changed: int = 0, _size: int = 0, _inode: int = 0) -> Pairs:
    """The pairs of a file, kept until the file changes."""
    try:
        table = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise LexiconError(f"the taught words in {place} can't be read ({error}): mend the file or delete it") from None
    for phrase, meaning in table.items():
        if not isinstance(meaning, str):
            raise LexiconError(f"{place}: {phrase!r} must be given a meaning in quotes")
    return tuple(table.items())


def teach(phrase: str, meaning: str, book: Book, place: Path) -> str:
    """Keep ``phrase`` for ``meaning`` in the file ``place``; what was understood, in words.

    ``book`` is the store's without any taught words. Raises LexiconError where the phrase can't be taught: it says
    why, and names both meanings where the phrase has one already.
    """
    phrase, meaning = _clean(phrase), " ".join(meaning.split())
    shown = _checked(phrase, meaning, book)
    with _locked(place.parent):
        known = dict(_read.__wrapped__(place))
        same = stems_of_phrase(phrase, book.vocabulary)
        for other, before in known.items():
            if stems_of_phrase(other, book.vocabulary) == same and level(before) != level(meaning):
                taught = f"{other!r} already means {before}, as you taught, and can't mean {shown} too"
                raise LexiconError(f'{taught}: `stope forget "{other}"` first')
            if stems_of_phrase(other, book.vocabulary) == same:
                return shown
        _write(place, (*known.items(), (phrase, meaning)))
    return shown


def forget(phrase: str, place: Path) -> str:
    """Take ``phrase`` out of the file; what it meant. LexiconError where it was never taught."""
    with _locked(place.parent):
        known = dict(_read.__wrapped__(place))
        wanted = without_article(phrase)
        found = next((p for p in known if p == _clean(phrase) or without_article(p) == wanted), None)
        if found is None:
            there = f"; taught are {', '.join(map(repr, known))}" if known else "; nothing is taught"
            raise LexiconError(f"{phrase!r} was never taught{there}")
        meaning = known.pop(found)
        _write(place, tuple(known.items()))
    return meaning


def with_taught_notes(answer: Answer, book: Book) -> Answer:
    """The answer, saying which of its words were read as the user taught."""
    if not book.taught:
        return answer
    used = {phrase.stems: pair for phrase, pair in book.phrases.items()}
    said = [level(term.text) for term in answer.terms]
    pairs = [used[s] for text in said if (s := stems_of_phrase(text, book.vocabulary)) in used]
    notes = [f"{phrase!r} was read as {meaning}, as you taught" for phrase, meaning in dict.fromkeys(pairs)]
    return replace(answer, notes=(*notes, *answer.notes)) if notes else answer


def _clean(phrase: str) -> str:
    return " ".join(level(phrase).split())


def _checked(phrase: str, meaning: str, book: Book) -> str:
    """What the meaning is, in words; LexiconError where the phrase can't be taught to mean it."""
    vocabulary = book.vocabulary
    if fault := fault_of(phrase, vocabulary):
        raise LexiconError(f"{phrase!r} can't be taught: {fault}")
    term = meaning_of(meaning, vocabulary)
    if term is None:
        near = nearest_known(meaning, book)
        there = f"; the nearest that is known: {', '.join(near)}" if near else ""
        raise LexiconError(f"{meaning!r} is no mine, company, measure or metal that questions can name{there}")
    shown = described((term,), vocabulary)
    present = present_meaning(phrase, vocabulary, book.labels)
    if present and any((t.kind, t.ids) != (term.kind, term.ids) for t in present):
        raise LexiconError(f"{phrase!r} already means {described(present, vocabulary)}, so it can't mean {shown}")
    return shown


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder, there and held against others who teach; where the system has no such lock, the last one wins."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} can't be made: {(error.strerror or str(error)).lower()}") from None
    try:
        import fcntl  # noqa: PLC0415
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(place: Path, pairs: Pairs) -> None:
    """Put the file in place whole."""
    lines = [f"{_quoted(phrase)} = {_quoted(meaning)}\n" for phrase, meaning in sorted(pairs)]
    import tempfile  # noqa: PLC0415  (a question must not pay for it)

    draft = ""
    try:
        handle, draft = tempfile.mkstemp(prefix=place.name, suffix=".part", dir=place.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(HEAD + "".join(lines))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(place)
    except OSError as error:
        if draft:
            Path(draft).unlink(missing_ok=True)
        raise StoreError(f"{place} can't be written: {(error.strerror or str(error)).lower()}") from None


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
