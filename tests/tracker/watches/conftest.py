"""A store of each kind, a site on loopback, visits with a clock and without waiting, and real processes."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import stamina
from pytest_httpserver import HTTPServer
from sqlalchemy import text
from typer.testing import CliRunner
from werkzeug import Request, Response

from db.find import find_figures
from db.notices import forget_notices, waiting_notices
from db.store import Store
from db.watches import Run, begin_run, last_words, runs, watch_named
from sources.archive import Archive
from sources.fetch import Limits
from tracker.cli import app
from tracker.noticing import Noticing
from tracker.readers import Readers
from tracker.visiting import ATTEMPTS, Visit
from tracker.watching import new_watch

LOOPBACK = ("127.0.0.0/8",)
START = datetime(2024, 3, 1, 12, tzinfo=UTC)


def page(number: int, day: str = "20 January 2024", *, more: str = "") -> str:
    words = f"The Invented Health Bureau said on {day} that {number:,} people had been killed in Sudan."
    return (
        "<html lang='en'><head><title>A fictional page</title></head><body><article><h1>A fictional page</h1>"
        f"<p>{words}</p>{more}</article></body></html>"
    )


class Site:
    """Pages on loopback, and visits of watches to them."""

    def __init__(self, server: HTTPServer, store: Store, folder: Path) -> None:
        self.server = server
        self.store = store
        self.archive = Archive(folder / "archive")
        self.now = START
        self.waited: list[float] = []
        self.notices: list[dict[str, Any]] = []
        self.robots("")

    def serve(self, path: str, body: str | bytes, *, kind: str = "text/html", status: int = 200, **headers: str) -> str:
        self.server.clear_handlers_of(path) if hasattr(self.server, "clear_handlers_of") else None
        self._forget(path)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.server.expect_request(path).respond_with_data(body, content_type=kind, status=status, headers=named)
        return self.server.url_for(path)

    def _forget(self, path: str) -> None:
        self.server.handlers[:] = [one for one in self.server.handlers if one.matcher.uri != path]

    def robots(self, text: str, status: int = 200) -> None:
        self.serve("/robots.txt", text, kind="text/plain", status=status)

    def asked(self, path: str) -> int:
        return sum(request.path == path for request, _ in self.server.log)

    def watch(self, address: str, kind: str = "page", **given: Any) -> str:
        given = {"name": "w", "publisher": "The Fictional Ledger", **given}
        given |= {} if "cron" in given else {"every": given.get("every", "1h")}
        return new_watch(self.store, address, kind, now=self.now, **given).name  # type: ignore[arg-type]  # a word of it

    def visit(
        self,
        name: str = "w",
        *,
        later: timedelta = timedelta(hours=1),
        spacing: float = 0,
        readers: Readers | None = None,
        limits: Limits | None = None,
        allow_networks: tuple[str, ...] = LOOPBACK,
    ) -> Run:
        """The watch visited at its due time, and the clock put forward."""
        run = self.attempt(name, spacing=spacing, readers=readers, limits=limits, allow_networks=allow_networks)
        self.notices = self.waiting(name)
        self.now += later
        return run

    def attempt(
        self,
        name: str = "w",
        *,
        spacing: float = 0,
        readers: Readers | None = None,
        limits: Limits | None = None,
        allow_networks: tuple[str, ...] = LOOPBACK,
        noticing: Callable[..., Noticing | None] = Noticing,
    ) -> Run:
        """The same, the clock left alone and what there is to tell left in the queue."""
        watch = watch_named(self.store, name)
        slot = watch.next_due
        self.now = max(self.now, slot)
        assert begin_run(self.store, name, slot, self.now)
        return Visit(
            self.store,
            self.archive,
            watch,
            slot,
            allow_networks=allow_networks,
            limits=limits,
            spacing=timedelta(seconds=spacing),
            readers=readers,
            clock=lambda: self.now,
            wait=self.waited.append,
            noticing=noticing(self.store, watch, slot, lambda: self.now),
        ).make()

    def waiting(self, name: str = "w") -> list[dict[str, Any]]:
        """The notices that wait, taken from the queue."""
        found = waiting_notices(self.store, name, 1_000)
        forget_notices(self.store, found)
        return [json.loads(one.content) for one in found]

    def told(self) -> list[str]:
        return [notice["kind"] for notice in self.notices]

    def numbers(self) -> list[int]:
        return numbers(self.store)

    def recorded(self) -> list[int]:
        """The numbers in the order in which they were recorded."""
        with self.store.reading() as connection:
            return list(connection.execute(text("SELECT best FROM figure ORDER BY key")).scalars())


@pytest.fixture(autouse=True)
def nothing_is_waited_for() -> Iterator[None]:
    """What failed for a moment is asked again at once."""
    with stamina.set_testing(testing=True, attempts=ATTEMPTS):
        yield


def numbers(store: Store) -> list[int]:
    """All numbers recorded, one for each figure."""
    return sorted(one.figure.count.value or 0 for one in find_figures(store) if one.figure.count)


@pytest.fixture
def site(httpserver: HTTPServer, store: Store, tmp_path: Path) -> Site:
    return Site(httpserver, store, tmp_path)


MakePage = Callable[..., str]


@pytest.fixture
def make_page() -> MakePage:
    return page


def list_of(addresses: list[str]) -> str:
    """An RSS feed that names these addresses."""
    items = "".join(f"<item><title>{place}</title><link>{one}</link></item>" for place, one in enumerate(addresses))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


MakeFeed = Callable[..., str]


@pytest.fixture
def make_feed(httpserver: HTTPServer) -> MakeFeed:
    """`make_feed(3)`: a feed of three pages whose numbers are 1,000, 1,001, 1,002; its address."""
    httpserver.expect_request("/robots.txt").respond_with_data("", content_type="text/plain")

    def make(documents: int, *, pause: float = 0.0, first: int = 1_000, path: str = "/feed") -> str:
        def slow(request: Request) -> Response:
            time.sleep(pause)
            return Response(page(int(request.path.rsplit("/", 1)[1])), content_type="text/html")

        named = [f"{path}/page/{number}" for number in range(first, first + documents)]
        httpserver.expect_request(re.compile(re.escape(path) + r"/page/\d+")).respond_with_handler(slow)
        httpserver.expect_request(path).respond_with_data(list_of(named), content_type="application/rss+xml")
        return httpserver.url_for(path)

    return make


class Workers:
    """Processes of the command on one store and one archive, and what they leave there."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.archive = url, folder / "archive"
        self.started: list[subprocess.Popen[str]] = []
        self.settings = {
            "CASUALTY_FIGURES_DB": url,
            "CASUALTY_FIGURES_ARCHIVE": str(self.archive),
            "CASUALTY_FIGURES_ALLOW_NETWORKS": "127.0.0.0/8",
            "CASUALTY_FIGURES_HOST_SPACING": "0",
            "CASUALTY_FIGURES_CONTACT": "desk@newsroom.example",
        }

    def start(
        self,
        *words: str,
        prepare: Callable[[], None] | None = None,
        errors: int = subprocess.PIPE,
        **environment: str,
    ) -> Any:
        """A process; `prepare` runs in it before the command does, `errors` is where its stderr goes."""
        given = {**os.environ, **self.settings, **environment}
        if prepare is not None:  # what measures coverage writes a file at the end, and would find no room either
            given = {name: value for name, value in given.items() if not name.startswith("COVERAGE_")}
        command = [str(Path(sys.executable).with_name("casualty-figures")), *words]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, env=given, stdout=pipe, stderr=errors, text=True, preexec_fn=prepare)
        self.started.append(process)
        return process

    def done(self, *words: str, exit_code: int = 0, **given: Any) -> str:
        """What a command prints that ends by itself, with this exit code."""
        process = self.start(*words, **given)
        out, err = process.communicate(timeout=300)
        assert process.returncode == exit_code, err
        assert "Traceback" not in err
        return str(out)

    def answer(self, *words: str) -> Any:
        """What a command answers that only reads, run in this process: starting one takes longer than the question."""
        result = CliRunner().invoke(app, [*words, "--json"], env=self.settings)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def refusal(self, *words: str, **environment: str) -> str:
        """The line that a command prints which refuses to begin, run in this process too."""
        result = CliRunner().invoke(app, list(words), env={**self.settings, **environment})
        assert result.exit_code == 1, result.output
        return result.stderr

    def stop(self) -> None:
        """End every process that still runs, as an operator would, and see that it ends well."""
        running = [process for process in self.started if process.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            _, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
            assert "Traceback" not in err

    def watch(self, address: str, kind: Any = "feed", name: str = "news", every: str = "1h") -> None:
        with Store(self.url) as store:
            new_watch(store, address, kind, name=name, every=every)

    def numbers(self) -> list[int]:
        """The numbers recorded."""
        with Store(self.url) as store:
            return numbers(store)

    def runs(self) -> list[Run]:
        with Store(self.url) as store:
            return runs(store)

    def wait_until_at_work(self, processes: int, seconds: float = 60) -> None:
        """As soon as so many processes have said that they are alive."""
        deadline = time.monotonic() + seconds
        with Store(self.url) as store:
            while len(found := last_words(store)) < processes:
                assert time.monotonic() < deadline, f"still not after {seconds:g} seconds: {found}"
                time.sleep(0.1)

    def wait_until(self, holds: Callable[[list[Run]], bool], seconds: float = 300) -> list[Run]:
        """The runs as soon as something holds of them."""
        deadline = time.monotonic() + seconds
        while not holds(found := self.runs()):
            assert time.monotonic() < deadline, f"still not after {seconds:g} seconds: {found}"
            time.sleep(0.3)
        return found

    def verified(self) -> dict[str, Any]:
        """What was checked: all that is recorded is whole, and every snapshot is in the archive."""
        told: dict[str, Any] = self.answer("verify")
        assert (told["altered"], told["missing"]) == ([], [])
        return dict(told["checked"])


@pytest.fixture
def make_workers(tmp_path: Path) -> Iterator[Callable[[str], Workers]]:
    """`make_workers(url)`: processes on the store of this URL; none outlives the test."""
    made: list[Workers] = []

    def make(url: str) -> Workers:
        made.append(Workers(url, tmp_path))
        return made[-1]

    yield make
    for process in (one for workers in made for one in workers.started):
        process.kill()
        process.communicate()


@pytest.fixture
def workers(store_url: str, make_workers: Callable[[str], Workers]) -> Workers:
    return make_workers(store_url)
