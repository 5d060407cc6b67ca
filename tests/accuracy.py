"""How often Stope is right, by kind of question and of document: ``python -m tests.accuracy`` prints it.

    python -m tests.accuracy [SECTION …] [--full] [--faults N] [--write]

Sections: gold (the real releases' cells), variants (changed copies of them and the questions about those), filings
(made-up companies' filings), shown (the shown questions), paraphrases, twins, generated (paraphrases, pairs, groups,
twins and spans over the store of made-up filings). ``--full`` takes all instead of a seeded sample; ``--write`` puts
the table between its marks in the README. Nothing here is asserted: the tests do that on small samples.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.generator.stores import DOCS, generated, releases, store_of, variant

SHARED = Path(__file__).parents[2] / "shared"
README = Path(__file__).parents[1] / "README.md"
MARKS = ("<!-- accuracy: made by `python -m tests.accuracy --full --write` -->", "<!-- /accuracy -->")
Line = tuple[str, str, int, int, int, int]  # group, kind, asked, right, wrong, refused


class Run:
    """One run: its options, the lines of the table so far, and the faults that were met."""

    def __init__(self, full: bool, folder: Path) -> None:
        self.full, self.folder = full, folder
        self.lines: list[Line] = []
        self.faults: list[str] = []

    def take(self, items: Iterable, count: int, salt: str) -> list:
        """All items, or a seeded sample of them in their order."""
        found = list(items)
        if self.full or len(found) <= count:
            return found
        chosen = set(random.Random(salt).sample(range(len(found)), count))
        return [x for i, x in enumerate(found) if i in chosen]

    def tell(self, group: str, counts: dict[str, Counter[str]], faults: list[str]) -> None:
        """Add a group's outcomes by kind."""
        for kind, c in counts.items():
            right = c["right"] + c["refused"]
            self.lines.append((group, kind, sum(c.values()), right, c["wrong"], c["missed"] + c["differs"]))
        self.faults += [f"[{group}] {fault}" for fault in faults]


def gold(run: Run) -> None:
    """The cells of the real releases, every field."""
    from db.parsing import parse_bytes
    from tests.generator.held import against_gold
    from tests.generator.variants import Variant, build

    for doc in DOCS:
        made = build(SHARED, doc, Variant("as it is"))
        _tell_held(
            run, "cells of the releases", against_gold(SHARED, parse_bytes(made.text.encode(), made.name), made.cells)
        )


def variants(run: Run) -> None:
    """Changed copies of the releases: their cells, and the questions about them."""
    from assistant.ask import ask
    from assistant.formats.json import as_dict
    from db.parsing import parse_bytes
    from tests.generator.held import against_gold
    from tests.generator.judge import grade_shown
    from tests.generator.variant_questions import questions
    from tests.generator.variants import draw

    for seed in range(1, 41 if run.full else 9):
        changed = draw(seed, plain_figures=seed % 4 != 0)
        folder = run.folder / changed.id
        made = variant(SHARED, changed, folder)
        for page in made.values():
            held = against_gold(SHARED, parse_bytes(page.text.encode(), page.name), page.cells)
            _tell_held(run, "cells of changed releases", held, changed.id)
        if changed.noise is None:
            asked = list(questions(SHARED, changed, made))
            with store_of(folder, run.folder / f"{changed.id}.db") as store:
                answers = [as_dict(ask(q["question"], store)) for q in asked]
            tally = grade_shown(SHARED, folder, asked, answers)
            run.tell("questions to changed releases", tally.counts, [f"{changed.id} {f}" for f in tally.faults])


def filings(run: Run) -> None:
    """Made-up companies' filings: every figure with its label, unit, period, entity and metric."""
    from db.parsing import parse_bytes
    from tests.generator.filings import generate, harder
    from tests.generator.held import against_truth

    sets = {"figures of made-up filings": list(generate(step=1 if run.full else 17))}
    sets["figures of harder layouts"] = list(harder(300 if run.full else 60))
    for group, found in sets.items():
        for made in found:
            held = against_truth(parse_bytes(made.text.encode(), made.name), made.truths)
            _tell_held(run, group, held, made.name)


def _tell_held(run: Run, group: str, held, note: str = "") -> None:
    outcomes = Counter(right=held.right, wrong=held.found - held.right + held.invented, missed=held.cells - held.found)
    run.tell(group, {"every field": outcomes}, [f"{note} {fault}" for fault in held.shown])


def shown(run: Run) -> None:
    """The shown questions, by kind."""
    import json

    from assistant.ask import ask
    from assistant.formats.json import as_dict
    from tests.generator.judge import grade_shown

    asked = [json.loads(s) for s in (SHARED / "questions" / "questions.jsonl").read_text("utf-8").splitlines()]
    with store_of(releases(SHARED, run.folder / "releases"), run.folder / "releases.db") as store:
        answers = [as_dict(ask(q["question"], store, tuple(q.get("context") or ()))) for q in asked]
    tally = grade_shown(SHARED, SHARED / "filings", asked, answers)
    run.tell("shown questions", tally.counts, tally.faults)


def paraphrases(run: Run) -> None:
    """Every fact of the releases with a metric in many forms, pairs and groups of them."""
    from tests.generator.targets import from_gold

    with store_of(releases(SHARED, run.folder / "releases"), run.folder / "releases.db") as store:
        _ask_about(run, "paraphrases", from_gold(SHARED), store, sizes=(900, 400, 108), house=False)


def twins(run: Run) -> None:
    """Questions with one word changed to what the releases don't hold."""
    from tests.generator.targets import from_gold

    with store_of(releases(SHARED, run.folder / "releases"), run.folder / "releases.db") as store:
        _ask_twins(run, "twins", from_gold(SHARED), store, count=900)


def generated_store(run: Run) -> None:
    """The same over the store of made-up filings of many companies."""
    from tests.generator.filings import generate
    from tests.generator.targets import from_truth
    from tests.generator.world import companies

    count = 1000 if run.full else 200
    truths = generated(generate(count), run.folder / "generated")
    houses = {c.ticker.lower(): (c.name, c.year_ends == 6) for c in companies()}
    targets = from_truth(truths, {t["document"]: houses[t["document"].split("_")[0]] for t in truths})
    with store_of(run.folder / "generated", run.folder / "generated.db") as store:
        chosen = random.Random("targets").sample(targets, 400 if run.full else 120)
        _ask_about(
            run, "paraphrases, generated", chosen, store, sizes=(4000, 400, 200), house=True, all_targets=targets
        )
        _ask_twins(run, "twins, generated", chosen, store, count=600, held=targets)
        told = {(t["metric"], t["metal"], t["entity"], t["period_end"], t["period_kind"]) for t in truths}
        _ask_spans(run, "spans, generated", targets, told, store, count=600)


def _ask_about(run: Run, group: str, targets, store, *, sizes, house: bool, all_targets=None) -> None:
    from assistant.ask import ask
    from tests.generator.judge import Tally, brief, judge
    from tests.generator.paraphrase import can_ask, groups, one, pairs

    askable = [t for t in targets if can_ask(t)]
    whole = [t for t in all_targets or targets if can_ask(t)]
    tally = Tally()
    asked = run.take((a for t in askable for a in one(t)), sizes[0], group)
    asked += _few(pairs(whole), sizes[1] if not run.full or all_targets else 10**9, group)
    asked += _few(groups(whole, house), sizes[2] if not run.full or all_targets else 10**9, group)
    for a in asked:
        answer = ask(a.question, store)
        outcome = judge(a, answer)
        said = f"{a.question!r} is {a.values[:2]} {a.unit} {sorted(a.targets[0].places)[:1]}; {brief(answer)}"
        tally.add(a.form.rstrip(" 0123456789"), outcome, said)
    run.tell(group, tally.counts, tally.faults)


def _few(items: Iterator, count: int, salt: str) -> list:
    found = list(items)
    return found if len(found) <= count else random.Random(salt).sample(found, count)


def _ask_twins(run: Run, group: str, targets, store, *, count: int, held=None) -> None:
    from assistant.ask import ask
    from tests.generator.judge import Tally, brief, judge_twin
    from tests.generator.paraphrase import can_ask
    from tests.generator.twins import Held
    from tests.generator.twins import twins as twins_of

    tally = Tally()
    held = Held(held or targets)
    asked = run.take((t for t in targets if can_ask(t)), 200, group)
    made = [w for t in asked for w in twins_of(t, held)]
    for twin in run.take(made, count, group):
        answer = ask(twin.question, store)
        outcome = judge_twin(twin, answer)
        tally.counts[twin.changed][outcome] += 1
        if outcome != "refused":
            tally.faults.append(f"{outcome:7} {twin.changed:8} {twin.question!r}; {brief(answer)}")
    run.tell(group, tally.counts, tally.faults)


def _ask_spans(run: Run, group: str, targets, printed, store, *, count: int) -> None:
    from assistant.ask import ask
    from tests.generator.judge import Tally, brief, judge
    from tests.generator.paraphrase import can_ask
    from tests.generator.spans import PARTED, spans

    tally = Tally()
    for a in run.take(spans((t for t in targets if can_ask(t)), printed), count, group):
        answer = ask(a.question, store)
        outcome = judge(a, answer)
        if a.form == PARTED:
            outcome = "right" if outcome == "missed" else "wrong"
        tally.add(a.form, outcome, f"{a.question!r} is {a.values} {a.unit}; {brief(answer)}")
    run.tell(group, tally.counts, tally.faults)


SECTIONS: dict[str, Callable[[Run], None]] = {
    "gold": gold, "variants": variants, "filings": filings, "shown": shown, "paraphrases": paraphrases,
    "twins": twins, "generated": generated_store,
}  # fmt: skip


def merged(lines: list[Line]) -> list[Line]:
    """Lines of one group and kind put together."""
    sums: dict[tuple[str, str], list[int]] = {}
    for group, kind, *counts in lines:
        old = sums.setdefault((group, kind), [0, 0, 0, 0])
        sums[group, kind] = [a + b for a, b in zip(old, counts, strict=True)]
    return [(g, k, *c) for (g, k), c in sums.items()]  # type: ignore[misc]


def table(lines: list[Line]) -> Iterator[str]:
    """The table of the README: a line a group, the kinds of the shown questions one by one."""
    yield "| asked | of | right | wrong | refused or not found |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    by_group: dict[str, list[Line]] = {}
    for line in merged(lines):
        by_group.setdefault(line[0], []).append(line)
    for group, found in by_group.items():
        asked, right, wrong, refused = (sum(line[i] for line in found) for i in range(2, 6))
        yield f"| **{group}** | {asked} | {share(right, asked)} | {wrong} | {refused} |"
        if group == "shown questions":
            for _, kind, n, ok, bad, none in sorted(found):
                yield f"| · {kind} | {n} | {share(ok, n)} | {bad} | {none} |"


def share(right: int, asked: int) -> str:
    """How many of a hundred are right, cut and not rounded: only all of them are 100 %."""
    cut = 10_000 * right // max(1, asked)
    return "100.0 %" if cut == 10_000 else f"{cut // 100}.{cut % 100:02} %"


def write(lines: list[str]) -> None:
    """Put the table between its marks in the README (at its end where it has none)."""
    text = README.read_text(encoding="utf-8")
    block = "\n".join([MARKS[0], *lines, MARKS[1]])
    pattern = re.escape(MARKS[0]) + r".*?" + re.escape(MARKS[1])
    text = (
        re.sub(pattern, lambda _: block, text, flags=re.S)
        if MARKS[0] in text
        else f"{text.rstrip()}\n\n## Accuracy\n\n{block}\n"
    )
    README.write_text(text, encoding="utf-8")


def main() -> None:
    """Run the sections asked for (all by default) and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--log", type=Path, help="write every fault here")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = Run(args.full, Path(folder))
        for name in args.sections or SECTIONS:
            start = time.perf_counter()
            SECTIONS[name](run)
            print(f"{name}: {time.perf_counter() - start:.1f} s")
    for group, kind, n, right, wrong, refused in merged(run.lines):
        print(
            f"{group:32} {kind:18} {n:6}  right {right:6} ({100 * right / max(1, n):6.2f} %)  "
            f"wrong {wrong:5}  not {refused:5}"
        )
    if args.log:
        args.log.write_text("\n".join(run.faults) + "\n", encoding="utf-8")
    print("\n".join(run.faults[: args.faults]))
    lines = list(table(run.lines))
    print("\n".join(lines))
    if args.write:
        write(lines)


if __name__ == "__main__":
    main()
