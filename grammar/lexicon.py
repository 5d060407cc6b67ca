"""The vocabulary of mining filings: what the TOML files under ``lexicon/`` say, loaded once and checked.

One vocabulary serves the labels that filings print and the words that people type. A block that contradicts another
(a phrase with two owners that don't both call it ambiguous, an unknown unit, a formula over an unknown metric) is a
LexiconError that names the file, the block and both owners.

A metrics file is blocks ``[metric_id]`` over file-wide ``[defaults]``; lists are written in one string, parted by
`` | `` (phrases) or blanks (ids), because tomllib reads one literal string much faster than an array of strings:
``ask`` must start fast. The notation of ``labels`` is told in label_rules.py, which reads it only when a filing
is parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

from grammar.compiled import FOLDER, compiled, table
from grammar.entries import Kind, Metal, Metric, Place, Ratio, Statement
from grammar.errors import LexiconError
from grammar.words import phrase_key

__all__ = ["FOLDER", "Lexicon", "Metal", "Metric", "Place", "Ratio", "Statement", "lexicon", "places", "read"]


@dataclass(frozen=True)
class Lexicon:
    """Everything the files say."""

    metrics: dict[str, Metric]
    metals: dict[str, Metal]
    ratios: dict[str, Ratio]
    statements: dict[str, Statement]

    @cached_property
    def phrases(self) -> dict[str, tuple[str, ...]]:
        """Phrase keys to their owners (metric or ratio ids), default first. LexiconError for a disputed phrase."""
        return _owners(self.metrics, self.ratios)

    @cached_property
    def per_ounce(self) -> tuple[str, ...]:
        """The ids of the costs of an ounce, as the files order them."""
        return tuple(m.id for m in self.metrics.values() if m.per_ounce)

    def metal_of(self, word: str) -> str | None:
        """The metal that a single word or symbol means (``au``, ``silver``), None for other words."""
        return _metal_words().get(word.lower())


@cache
def lexicon(folder: Path = FOLDER) -> Lexicon:
    """The lexicon of ``folder``, read and checked once. Raises LexiconError naming the block that is at fault."""
    metrics: dict[str, Metric] = {}
    for path in sorted((folder / "metrics").glob("*.toml")):
        for metric in _metrics_of(path):
            if metric.id in metrics:
                raise LexiconError(f"{metric.file}: [{metric.id}] is defined in {metrics[metric.id].file} already")
            metrics[metric.id] = metric
    ratios = {key: _ratio(key, block, metrics) for key, block in read(folder / "ratios.toml").items()}
    metals = {
        key: Metal(key, _split(b["words"]), b.get("symbol", ""), b.get("by_ounce", False))
        for key, b in read(folder / "metals.toml").items()
    }
    statements = {key: _statement(key, block) for key, block in read(folder / "statements.toml").items()}
    _check_statements(metrics, statements)
    made = Lexicon(metrics, metals, ratios, statements)
    if folder != FOLDER or compiled() is None:
        _ = made.phrases  # an owner's dispute is found on load; the compiled form was checked when it was made
    return made


@cache
def places(folder: Path = FOLDER) -> dict[str, Place]:
    """Places by their name and adjectives, as written and as phrase keys; apart, since few questions name one."""
    found: dict[str, Place] = {}
    for name, adjectives in read(folder / "places.toml").get("places", {}).items():
        place = Place(name, _split(adjectives))
        for word in (name, *place.adjectives):
            found[word] = found[phrase_key(word)] = place
    return found


def read(path: Path) -> dict[str, Any]:
    """The tables of one TOML file. Raises LexiconError with the file's name where it isn't TOML."""
    kept = table(path)
    if kept is not None:
        return kept
    import tomllib  # noqa: PLC0415  (only for a lexicon that was changed)

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


@cache
def _metal_words() -> dict[str, str]:
    return {word: metal.id for metal in lexicon().metals.values() for word in (*metal.words, metal.symbol) if word}


KEYS = frozenset(
    (
        "name",
        "kind",
        "units",
        "statements",
        "phrases",
        "ambiguous",
        "by_metal",
        "averaged",
        "outflow",
        "labels",
        "in",
        "includes",
        "guidance_of",
        "per_ounce",
    )
)


def _metrics_of(path: Path) -> list[Metric]:
    blocks = read(path)
    defaults = blocks.get("defaults", {})
    named = ((key, block) for key, block in blocks.items() if key != "defaults")
    return [_metric(key, {**defaults, **block}, path.name) for key, block in named]


def _metric(key: str, block: dict[str, Any], file: str) -> Metric:
    unknown = block.keys() - KEYS
    if unknown:
        raise LexiconError(f"{file}: [{key}] has the unknown key {min(unknown)!r}")
    if "name" not in block or block.get("kind") not in ("duration", "instant"):
        raise LexiconError(f"{file}: [{key}] needs a name, and kind = 'duration' or 'instant'")
    return Metric(
        id=key,
        name=block["name"],
        kind=cast(Kind, block["kind"]),
        units=tuple(block.get("units", "").split()),
        statements=tuple(block.get("statements", "").split()),
        phrases=_split(block.get("phrases", "")),
        ambiguous=_ranked(block.get("ambiguous", ""), f"{file}: [{key}]"),
        by_metal=block.get("by_metal", False),
        averaged=block.get("averaged", False),
        outflow=block.get("outflow", False),
        labels=block.get("labels", ""),
        label_statements=block.get("in", ""),
        includes=tuple(block.get("includes", "").split()),
        guidance_of=block.get("guidance_of", ""),
        per_ounce=block.get("per_ounce", False),
        file=file,
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|") if part.strip())


def _ranked(text: str, where: str) -> tuple[tuple[str, int], ...]:
    """``"cash cost 1 | cost 2"`` as (phrase, rank)."""
    pairs = []
    for part in _split(text):
        phrase, _, rank = part.rpartition(" ")
        if not phrase or not rank.isdigit():
            raise LexiconError(f"{where} ambiguous phrase {part!r} needs a rank: 'phrase 1'")
        pairs.append((phrase, int(rank)))
    return tuple(pairs)


def _statement(key: str, block: dict[str, Any]) -> Statement:
    return Statement(key, block["name"], _split(block.get("titles", "")), _split(block.get("phrases", "")))


BUILTIN_OPERANDS = frozenset(("days_in_period",))
FUNCTIONS = frozenset(("abs",))  # what a formula may do besides the four rules


def _ratio(key: str, block: dict[str, Any], metrics: dict[str, Metric]) -> Ratio:
    formula = str(block["formula"])
    words = "".join(c if c.isalnum() or c == "_" else " " for c in formula).split()
    operands = tuple(dict.fromkeys(word for word in words if not word.isdigit() and word not in FUNCTIONS))
    for operand in operands:
        if operand not in metrics and operand not in BUILTIN_OPERANDS:
            raise LexiconError(f"ratios.toml: [{key}] is a formula over the unknown metric {operand!r}")
    ambiguous = _ranked(block.get("ambiguous", ""), f"ratios.toml: [{key}]")
    phrases = _split(block.get("phrases", ""))
    return Ratio(key, block["name"], formula, block["unit"], phrases, operands, ambiguous)


def _check_statements(metrics: dict[str, Metric], statements: dict[str, Statement]) -> None:
    for metric in metrics.values():
        for statement in metric.statements:
            if statement not in statements:
                raise LexiconError(f"{metric.file}: [{metric.id}] stands in the unknown statement {statement!r}")


def _owners(metrics: dict[str, Metric], ratios: dict[str, Ratio]) -> dict[str, tuple[str, ...]]:
    """Who owns each phrase, the default reading first; two owners must both have called the phrase ambiguous."""
    sole: dict[str, str] = {}
    shared: dict[str, dict[str, int]] = {}
    blocks: list[Metric | Ratio] = [*metrics.values(), *ratios.values()]
    for block in blocks:
        for phrase in block.phrases:
            owner = sole.setdefault(phrase_key(phrase), block.id)
            if owner != block.id:
                raise LexiconError(
                    f"{phrase!r} is a phrase of [{owner}] and of [{block.id}]; both must call it ambiguous"
                )
        for phrase, rank in block.ambiguous:
            ranks = shared.setdefault(phrase_key(phrase), {})
            ranks[block.id] = min(rank, ranks.get(block.id, rank))
    phrases: dict[str, tuple[str, ...]] = {key: (owner,) for key, owner in sole.items()}
    for key, ranks in shared.items():
        if key in sole:
            raise LexiconError(
                f"{key!r} is a phrase of [{sole[key]}] alone, but [{next(iter(ranks))}] calls it ambiguous"
            )
        if len(set(ranks.values())) < len(ranks):
            raise LexiconError(f"{key!r} is an ambiguous phrase of {sorted(ranks)}, two of them with one rank")
        phrases[key] = tuple(sorted(ranks, key=ranks.__getitem__))
    return phrases
