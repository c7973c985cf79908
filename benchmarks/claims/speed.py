"""
How fast claims are checked in stores of several sizes, beside full-text search with a filter on the number.

    .venv/bin/python benchmarks/claims/speed.py [FIGURES ...]          # 10,000 100,000 1,000,000 by default
    .venv/bin/python benchmarks/claims/speed.py --postgresql URL FIGURES

The world is that of benchmarks/disagreements.py: 200 events, 2,000 definitions, 50 issuers, so that a claim about an
event is set beside a hundred lines. The alternative is what one would build in an afternoon: SQLite FTS5 over the
quotes, a filter on the number, "supported" if any row is left.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from disagreements import EVENTS, START, figures, recorded
from generate import day_words

from db.store import Store
from tracker.checking import checking

WARM, CLAIMS = 200, 400


def claims(number: int, seed: int) -> list[tuple[str, int]]:
    """So many claims about the events of the world, each with its number."""
    chance = random.Random(seed)  # noqa: S311 - a draw, not a secret
    made = []
    for _ in range(number):
        day, claimed = START + timedelta(chance.randrange(30, 1_090)), chance.randrange(100, 6_000)
        hedge, outcome = chance.choice(("", "at least ", "about ", "more than ")), chance.choice(("killed", "injured"))
        event = chance.randrange(EVENTS)
        text = f"By {day_words(day)}, {hedge}{claimed:,} people had been {outcome} in event {event}."
        made.append((text, claimed))
    return made


def times(url: str, seed: int) -> tuple[list[float], Counter[str]]:
    """Seconds for each claim of one process, warm, and the verdicts."""
    taken: list[float] = []
    verdicts: Counter[str] = Counter()
    with Store(url) as store, checking(store) as checker:
        for text, _ in claims(WARM, seed + 1_000):
            checker.check(text)
        for text, _ in claims(CLAIMS, seed):
            start = time.perf_counter()
            (one,) = checker.check(text)
            taken.append(time.perf_counter() - start)
            verdicts[one.verdict] += 1
    return taken, verdicts


def on_two(url: str) -> float:
    """Claims a second on two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(times, [url, url], [1, 2]))
    return sum(len(taken) / sum(taken) for taken, _ in found)


def by_full_text(number: int) -> tuple[float, int]:
    """The alternative: seconds a claim, and how many claims it calls supported."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE quote USING fts5 (words, number UNINDEXED)")
    rows = (
        (f"{one.count.best} people {one.definition.outcome} in {one.event}", one.count.best)
        for one, _ in figures(number)
        if one.count
    )
    connection.executemany("INSERT INTO quote VALUES (?, ?)", rows)
    supported, start = 0, time.perf_counter()
    for text, claimed in claims(CLAIMS, 1):
        outcome = "killed" if " killed " in text else "injured"
        event = text.rsplit(" ", 1)[1].rstrip(".")
        asked = f'{outcome} AND "event {event}"'
        found = connection.execute("SELECT 1 FROM quote WHERE words MATCH ? AND number = ? LIMIT 1", (asked, claimed))
        supported += found.fetchone() is not None
    return (time.perf_counter() - start) / CLAIMS, supported


def told(url: str, number: int) -> None:
    """Print what one store gives."""
    taken, verdicts = times(url, 1)
    taken.sort()
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    mean = statistics.mean(taken)
    print(
        f"{number:,} figures: p50 {p50 * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms, mean {mean * 1e3:.1f} ms; "
        f"{on_two(url):.0f} claims a second on two processes; {dict(verdicts)}"
    )


def main() -> None:
    """Measure each size."""
    words = sys.argv[1:]
    if words[:1] == ["--postgresql"]:
        number = int(words[2])
        with Store(words[1]) as store, store.reading() as connection:
            is_empty = not connection.exec_driver_sql("SELECT 1 FROM figure LIMIT 1").fetchall()
        if is_empty:
            recorded(words[1], number)
        told(words[1], number)
        return
    for number in [int(word) for word in words] or [10_000, 100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/store.db"
            recorded(url, number)
            told(url, number)
        if number <= 1_000_000:
            seconds, supported = by_full_text(number)
            print(
                f"    full text and a number: {seconds * 1e3:.1f} ms a claim, calls {supported} of {CLAIMS} supported, "
                "whatever the day, the hedge or the source"
            )


if __name__ == "__main__":
    main()
