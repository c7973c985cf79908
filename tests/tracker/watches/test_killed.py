"""Workers that are killed at any step: every document is recorded once, whole, and the run completes."""

import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from db.watches import Run

pytestmark = pytest.mark.long
MakeFeed = Callable[..., str]
SEED = 2024


class Site:
    """Feeds of slow pages, and whether anybody has asked for one of them."""

    def __init__(self, server: HTTPServer, make_feed: MakeFeed, workers: Any, documents: int) -> None:
        self.numbers = [10_000 * nth + 1_000 + place for nth in range(3) for place in range(documents)]
        self.names = ["feed-0", "feed-1", "feed-2"]
        for nth, name in enumerate(self.names):
            address = make_feed(documents, pause=0.1, first=10_000 * nth + 1_000, path=f"/{name}")
            workers.watch(address, name=name)
        self.server = server

    def asked(self) -> int:
        return len(self.server.log)


def kill_at_random(process: Any, chance: random.Random, site: Site) -> None:
    """Kill a process while it starts, or while it visits: between two pages, or in the midst of one."""
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0.3, 2.5))
    else:
        before, deadline = site.asked(), time.monotonic() + 8
        while site.asked() == before and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.6))
    process.kill()
    process.communicate()


def is_complete(found: list[Run]) -> bool:
    return len(found) == 3 and all(run.ended_at is not None for run in found)


def everything_is_recorded_once(workers: Any, site: Site, told: str) -> None:
    assert workers.numbers() == site.numbers, told
    found = workers.runs()
    assert sorted(run.watch for run in found) == site.names, told
    assert {run.outcome for run in found} <= {"changed", "unchanged"}, told
    checked = workers.verified()
    assert (checked["figures"], checked["snapshots"]) == (len(site.numbers), len(site.numbers)), told


def test_a_run_that_is_killed_again_and_again_records_every_document_once(
    make_workers: Callable[[str], Any],
    tmp_path: Path,
    httpserver: HTTPServer,
    make_feed: MakeFeed,
) -> None:
    chance, told = random.Random(SEED), f"seed {SEED}"  # noqa: S311 - when to kill, no secret
    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    site = Site(httpserver, make_feed, workers, 120)
    for _ in range(50):
        kill_at_random(workers.start("run"), chance, site)
    workers.start("run")
    workers.wait_until(is_complete)
    workers.stop()
    everything_is_recorded_once(workers, site, told)


def test_workers_on_postgresql_that_are_killed_record_every_document_once(
    postgresql: Callable[..., str],
    make_workers: Callable[[str], Any],
    httpserver: HTTPServer,
    make_feed: MakeFeed,
) -> None:
    chance, told = random.Random(SEED), f"seed {SEED}"  # noqa: S311 - whom to kill and when, no secret
    workers = make_workers(postgresql())
    site = Site(httpserver, make_feed, workers, 120)
    commands = ("run", "worker", "worker")
    team = [workers.start(command, "--jobs", "1") for command in commands]
    for _ in range(50):
        place = chance.randrange(len(team))
        kill_at_random(team[place], chance, site)
        team[place] = workers.start(commands[place], "--jobs", "1")
    workers.wait_until(is_complete)
    workers.stop()
    everything_is_recorded_once(workers, site, told)


def test_two_schedulers_take_no_slot_twice(workers: Any, httpserver: HTTPServer, make_feed: MakeFeed) -> None:
    workers.watch(make_feed(4, pause=0.1))
    several = [workers.start("run", "--once", "--json") for _ in range(2)]
    answers = [process.communicate(timeout=120) for process in several]
    assert [process.returncode for process in several] == [0, 0], answers
    assert sum(len(json.loads(out)["runs"]) for out, _ in answers) <= 2
    assert workers.numbers() == [1_000, 1_001, 1_002, 1_003]
    (run,) = workers.runs()
    assert run.outcome == "changed"
    assert sum("/page/" in request.path for request, _ in httpserver.log) == 4


def test_two_schedulers_that_are_killed_in_turn_take_no_slot_twice(
    workers: Any, httpserver: HTTPServer, make_feed: MakeFeed
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - when to kill, no secret
    site = Site(httpserver, make_feed, workers, 40)
    pair = [workers.start("run") for _ in range(2)]
    for nth in range(8):
        kill_at_random(pair[nth % 2], chance, site)
        pair[nth % 2] = workers.start("run")
    workers.wait_until(is_complete)
    workers.stop()
    everything_is_recorded_once(workers, site, f"seed {SEED}")


def test_a_run_that_waits_for_the_job_of_another_does_it_itself_once_the_other_is_killed(
    workers: Any, httpserver: HTTPServer, make_feed: MakeFeed
) -> None:
    asked, let_go = threading.Event(), threading.Event()

    def held(request: Request) -> Response:
        asked.set()
        let_go.wait(60)
        return Response("", content_type="text/plain")

    feed = make_feed(3)
    httpserver.expect_oneshot_request("/robots.txt").respond_with_handler(held)  # the first to ask is held there
    workers.watch(feed)
    first = workers.start("run", "--once", "--json")
    assert asked.wait(60)
    second = workers.start("run", "--once", "--json")
    workers.wait_until_at_work(2)
    time.sleep(1)  # it has looked for jobs without a process by then, and found none
    first.kill()
    first.communicate()
    let_go.set()
    out, err = second.communicate(timeout=120)
    assert (second.returncode, "Traceback" in err) == (0, False), err
    assert [run["outcome"] for run in json.loads(out)["runs"]] == ["changed"]
    assert workers.numbers() == [1_000, 1_001, 1_002]
