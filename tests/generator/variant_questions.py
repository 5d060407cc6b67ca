"""The shown questions, asked of a variant: names, dates and thresholds changed as the variant changed the releases."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from tests.generator.variants import OLD_MINES, Made, Variant, gold, plain, renamed

KINDS = frozenset(
    (
        "lookup",
        "keywords",
        "typo",
        "period-variant",
        "statement",
        "price",
        "compare",
        "change",
        "rank",
        "aggregate",
        "list",
        "filter",
        "units",
    )
)
Question = dict[str, Any]
HARD_PERIODS = re.compile(r"beginning of period")


def questions(shared: Path, variant: Variant, made: dict[str, Made]) -> Iterator[Question]:
    """The questions of the kinds that a variant can be asked, with their answers as it has them."""
    for line in (shared / "questions" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["kind"] in KINDS and (asked := _asked(shared, question, variant, made)) is not None:
            yield asked


def _asked(shared: Path, question: Question, variant: Variant, made: dict[str, Made]) -> Question | None:
    cites = [_cite(shared, c, variant, made) for c in question["cites"]]
    if not all(cites):
        return None
    others = [c for c in (_cite(shared, c, variant, made) for c in question.get("alt_cites") or []) if c]
    said = question["question"]
    if question["kind"] == "typo":
        said = _misspelt(said, variant)
    said = _short_forms(renamed(said, variant.names), variant)
    said = re.sub(r"\$(\d+(?:\.\d+)?)", lambda m: f"${Decimal(m[1]) * variant.factor('USD/oz'):f}", variant.shift(said))
    answer = _scaled(question["answer"], variant)
    return {**question, "question": said, "answer": answer, "cites": cites, "alt_cites": others}


def _cite(shared: Path, cite: dict[str, Any], variant: Variant, made: dict[str, Made]) -> dict[str, Any] | None:
    """Where a cited figure stands now; None for what is no figure of the gold, or whose day the shift does not keep."""
    page = made[cite["doc"]]
    for kind, rows in (("cell", gold(shared, "cells")), ("prose", gold(shared, "prose"))):
        for i, row in enumerate(rows):
            same = row["doc"] == cite["doc"] and row["line"] == str(cite["line"])
            if same and (row["raw"] in cite["text"] or plain(row["raw"]) == plain(cite["text"]) is not None):
                if str(cite.get("col") or row.get("column")) != row.get("column", str(cite.get("col"))):
                    continue
                if variant.shift.quarters and HARD_PERIODS.search(row.get("label", "")):
                    return None
                line, start, end = page.placed.get((kind, i), (0, 0, 0))
                text = page.text.split("\n")[line - 1][start:end] if line else ""
                return {**cite, "line": line, "text": text} if line else None
    return None


def _scaled(answer: Any, variant: Variant) -> Any:
    """The answer's values, whatever their depth, multiplied as the figures of their unit were."""
    if isinstance(answer, list):
        return [_scaled(a, variant) for a in answer]
    if not isinstance(answer, dict):
        return answer
    new = {k: _scaled(v, variant) for k, v in answer.items() if k != "as_printed"}
    if isinstance(new.get("value"), (int, float)) and "unit" in new:
        unit = {"million USD": "USD", "kg": "oz", "tonne": "ton", "million oz": "oz"}.get(new["unit"], new["unit"])
        new["value"] = float(Decimal(str(new["value"])) * variant.factor(unit))
    return new


def _misspelt(said: str, variant: Variant) -> str:
    """A question whose mine is misspelt, about the new mine, misspelt as well (joined where the old was joined)."""
    words = said.split()
    for old in OLD_MINES:
        new = variant.mines[old]
        if old.lower() in said.lower():
            continue
        for size in (2, 1, 3):
            for i in range(len(words) - size + 1):
                piece = " ".join(words[i : i + size])
                if fuzz.ratio(piece.lower(), old.lower()) >= 84:
                    other = (
                        new.lower().replace(" ", "") if size == 1 else misspell(new.lower(), random.Random(variant.id))
                    )
                    return " ".join([*words[:i], other, *words[i + size :]])
    return said


def misspell(name: str, dice: random.Random) -> str:
    """One slip in the longest word: a letter left out, doubled, or two changed about; never the first letter."""
    words = name.split()
    at = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[at]
    i = dice.randrange(1, len(word) - 1)
    slips = [word[:i] + word[i] + word[i:]] + ([word[:i] + word[i + 1 :]] if len(word) > 5 else [])
    if word[i] != word[i + 1]:
        slips.append(word[:i] + word[i + 1] + word[i] + word[i + 2 :])
    words[at] = dice.choice(slips)
    return " ".join(words)


def _short_forms(said: str, variant: Variant) -> str:
    """Initials of a mine become those of the new one (its name, where that is a single word)."""
    for old, new in variant.mines.items():
        short = "".join(w[0] for w in new.split()) if " " in new else new
        said = re.sub(rf"\b{''.join(w[0] for w in old.split())}\b", short, said)
    return said
