"""Print how long adding, asking and starting take: ``python -m tests.benchmarks [--filings 1000] [--keep FOLDER]``."""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.ask import ask
from db.adding import add
from db.checks.keeping import check_rest, unchecked
from db.checks.looking import look_at
from db.gathering import gather
from db.store import Store
from tests.benchmarks.measure import cold, machine, percentile, seconds
from tests.generator.filings import generate
from tests.generator.paraphrase import can_ask, groups, one, pairs
from tests.generator.stores import generated, releases, store_of
from tests.generator.targets import from_truth
from tests.generator.world import companies

SHARED = Path(__file__).parents[3] / "shared"


def adding(folder: Path) -> None:
    """Each real release added to a store of its own, the write included."""
    for path in sorted((SHARED / "filings").glob("0*.txt")):
        times = []
        for i in range(6):
            place = folder / f"add{path.stem}{i}.db"
            place.unlink(missing_ok=True)
            times.append(seconds(lambda at=place, file=path: list(add(gather([str(file)]), at))))
        taken, size = statistics.median(times[1:]), path.stat().st_size
        print(f"add {path.name[:3]} ({size / 1000:.0f} KB): {1000 * taken:.1f} ms, {size / taken / 1e6:.2f} MB/s")


def warm(questions: Sequence[tuple[str, Sequence[str]]], store: Store, what: str) -> None:
    """Milliseconds a question over many, each asked once before: median of five runs' medians, and 99th percentile."""
    for question, context in questions:
        ask(question, store, tuple(context))
    middles, tails = [], []
    for _ in range(5):
        times = []
        for question, context in questions:
            start = time.perf_counter()
            ask(question, store, tuple(context))
            times.append(time.perf_counter() - start)
        middles.append(statistics.median(times))
        tails.append(percentile(times, 0.99))
    middle, tail = statistics.median(middles), statistics.median(tails)
    print(f"warm question, {what} ({len(questions)}): median {1000 * middle:.2f} ms, p99 {1000 * tail:.2f} ms")


def starting(store: Path, question: str, what: str) -> None:
    """``stope ask`` in a process of its own, beside sqlglot's import in the same environment."""
    python = sys.executable
    stope = Path(python).with_name("stope")
    command = [str(stope)] if stope.exists() else [python, "-m", "assistant.cli"]
    bare, _ = cold([python, "-c", "import sqlglot"])
    took, peak = cold([*command, "ask", question, "--db", str(store)])
    print(
        f"cold `stope ask`, {what}: {1000 * took:.0f} ms, {took / bare:.2f} of `import sqlglot` "
        f"({1000 * bare:.0f} ms), peak {peak:.0f} MB"
    )


def shown() -> list[tuple[str, Sequence[str]]]:
    """The shown questions with their contexts."""
    lines = (SHARED / "questions" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines if line.strip()]
    return [(q["question"], q.get("context") or ()) for q in asked]


def large(folder: Path, count: int) -> None:
    """A store of made-up filings: how fast it is added, and how fast it answers look-ups, pairs, ranks and sums."""
    truths = generated(generate(count), folder / "generated")
    size = sum(p.stat().st_size for p in (folder / "generated").iterdir())
    (folder / "generated.db").unlink(missing_ok=True)
    took = seconds(lambda: store_of(folder / "generated", folder / "generated.db").close())
    here, apart = (resource.getrusage(w).ru_maxrss / 1024 for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"add {count} generated filings ({size / 1e6:.1f} MB, {len(truths)} figures): {took:.1f} s, "
        f"{size / took / 1e6:.2f} MB/s, "
        f"peak {here:.0f} MB here (the generator's truth included), {apart:.0f} MB in the largest worker; "
        f"store {(folder / 'generated.db').stat().st_size / 1e6:.0f} MB"
    )
    with Store.open(folder / "generated.db") as store:
        assert not unchecked(store), "each was checked as it was read"
        chosen = [row["id"] for row in store.filings()][:: max(1, count // 100)]
        checking = statistics.median(seconds(lambda id=each: look_at(store, id)) for each in chosen)
    print(f"check one of them from the store: {1000 * checking:.1f} ms; the checks are part of the adding")
    houses = {c.ticker.lower(): (c.name, c.year_ends == 6) for c in companies()}
    targets = [
        t
        for t in from_truth(truths, {t["document"]: houses[t["document"].split("_")[0]] for t in truths})
        if can_ask(t)
    ]
    dice = random.Random("benchmark")
    some = dice.sample(targets, min(100, len(targets)))
    with Store.open(folder / "generated.db") as store:
        first = seconds(lambda: ask(next(one(some[0])).question, store))
        print(f"first question of an opened store: {1000 * first:.1f} ms")
        warm([(next(one(t)).question, ()) for t in some], store, f"look-ups over {count} filings")
        warm(_questions(pairs(targets), dice), store, f"pairs over {count} filings")
        warm(_questions(groups(targets, True), dice), store, f"ranks and sums of one company over {count} filings")
        whole = [
            (f"Which mine had the highest {m} of all?", ())
            for m in ("silver production", "gold ore grade", "mining cost per ton")
        ]
        whole += [
            (f"total {m} production of all companies in Q1 {y}", ())
            for m in ("silver", "gold")
            for y in (1990, 1998, 2004)
        ]
        warm(whole, store, f"ranks and sums over all {count} filings")
        warm(shown(), store, f"the shown questions over {count} filings")
    starting(folder / "generated.db", next(one(some[0])).question, f"{count} filings")


def _questions(asked: Iterable, dice: random.Random) -> list[tuple[str, Sequence[str]]]:
    found = list(asked)
    return [(a.question, ()) for a in dice.sample(found, min(40, len(found)))]


def main() -> None:
    """Run every benchmark and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=1000, help="how many made-up filings (0: none)")
    parser.add_argument("--keep", type=Path, help="work here and leave everything behind")
    args = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        adding(folder)
        place = folder / "releases.db"
        with store_of(releases(SHARED, folder / "releases"), place) as store:
            warm(shown(), store, "the shown questions")
            left = unchecked(store)
        list(check_rest(place, left))  # as `stope add` does: else each cold question would check what it cites
        starting(place, "silver production Q1 2007", "3 filings")
        if args.filings:
            large(folder, args.filings)


if __name__ == "__main__":
    main()
