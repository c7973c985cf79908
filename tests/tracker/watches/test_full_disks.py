"""A disk that fills, an archive that cannot be written: the cause is told, and all is recorded once there is room."""

import json
import random
import resource
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from db.store import Store
from db.watches import change_watch

pytestmark = pytest.mark.long
Page = Callable[..., str]
MakeWorkers = Callable[[str], Any]
NUMBERS = [1_000 + place for place in range(5)]
LONG_TEXT = f"<p>{'Nothing was counted on that day in the invented town. ' * 1_000}</p>"


def at_most(size: int) -> Callable[[], None]:
    """No file of the process grows beyond this many bytes, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def lift(process: Any) -> None:
    """The disk of a process has room again."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def noise(size: int) -> str:
    """A comment that does not compress: it fills the archive, and is no part of the text."""
    return f"<!-- {random.Random(size).randbytes(size).hex()} -->"  # noqa: S311 - filler


@pytest.fixture
def sqlite(make_workers: MakeWorkers, tmp_path: Path) -> Any:
    return make_workers(f"sqlite:///{tmp_path / 'store.db'}")


def serve(server: HTTPServer, workers: Any, make_page: Page, **more: str) -> None:
    """A watch for each number, all due; `more` stands on the page of that watch, or of `all`."""
    server.expect_request("/robots.txt").respond_with_data("")
    for number in NUMBERS:
        body = make_page(number, more=more.get(f"w{number}", more.get("all", "")))
        server.expect_request(f"/{number}").respond_with_data(body, content_type="text/html")
        workers.watch(server.url_for(f"/{number}"), "page", f"w{number}")


def all_is_recorded_once_there_is_room(workers: Any) -> None:
    missing = set(NUMBERS) - set(workers.numbers())
    with Store(workers.url) as store:
        for number in missing:
            change_watch(store, f"w{number}", state="active", next_due=datetime.now(UTC))
    workers.done("run", "--once")
    assert workers.numbers() == NUMBERS
    workers.verified()
    assert list(workers.archive.rglob(".unfinished-*")) == []


@pytest.mark.parametrize("fault", ["a file in its place", "a full device"])
def test_what_cannot_be_archived_is_a_failed_visit_with_its_cause_and_the_next_one_succeeds(
    sqlite: Any, httpserver: HTTPServer, make_page: Page, fault: str
) -> None:
    serve(httpserver, sqlite, make_page)
    if fault == "a full device":
        sqlite.archive.symlink_to("/dev/full")
    else:
        sqlite.archive.write_text("a file where the folder should be")
    told = json.loads(sqlite.done("run", "--once", "--json", exit_code=1))["runs"]
    assert [run["outcome"] for run in told] == ["failed"] * len(NUMBERS)
    assert all("cannot be written" in run["cause"] for run in told)
    assert sqlite.numbers() == []
    sqlite.archive.unlink()
    all_is_recorded_once_there_is_room(sqlite)


def test_a_document_for_which_the_archive_has_no_room_fails_alone(
    sqlite: Any, httpserver: HTTPServer, make_page: Page
) -> None:
    serve(httpserver, sqlite, make_page, w1003=noise(2_000_000))
    Store(sqlite.url).close()  # made while there is room
    told = json.loads(sqlite.done("run", "--once", "--json", exit_code=1, prepare=at_most(1_500_000)))["runs"]
    (failed,) = [run for run in told if run["outcome"] == "failed"]
    assert failed["watch"] == "w1003"
    assert "cannot be written (File too large); free space" in failed["cause"]
    assert sqlite.numbers() == [number for number in NUMBERS if number != 1_003]
    sqlite.verified()
    all_is_recorded_once_there_is_room(sqlite)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        pytest.param(30_000, "error: store ", id="the store, at once"),
        pytest.param(100_000, "error: the database of jobs: ", id="the jobs, at once"),
        pytest.param(350_000, "error: ", id="both, in the midst of it"),
    ],
)
def test_a_database_without_room_ends_a_run_with_one_line_and_the_next_run_completes_it(
    sqlite: Any, httpserver: HTTPServer, make_page: Page, size: int, said: str
) -> None:
    serve(httpserver, sqlite, make_page, all=LONG_TEXT)
    Store(sqlite.url).close()
    process = sqlite.start("run", "--once", prepare=at_most(size))
    _, err = process.communicate(timeout=400)
    assert process.returncode == 1
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    sqlite.verified()
    all_is_recorded_once_there_is_room(sqlite)


def test_a_run_goes_on_without_help_when_there_is_room_again(
    sqlite: Any, httpserver: HTTPServer, make_page: Page
) -> None:
    serve(httpserver, sqlite, make_page, all=LONG_TEXT)
    Store(sqlite.url).close()
    process = sqlite.start("run", prepare=at_most(350_000))
    line = process.stderr.readline()
    while line.startswith(("running", "visited")):
        line = process.stderr.readline()
    assert line.startswith("waiting: ")
    sqlite.verified()
    lift(process)
    sqlite.wait_until(lambda runs: len(runs) >= len(NUMBERS) and all(run.ended_at for run in runs))
    assert process.poll() is None
    sqlite.stop()
    assert all(run.cause for run in sqlite.runs() if run.outcome == "failed")
    all_is_recorded_once_there_is_room(sqlite)
