"""A store of each kind, a site on loopback, and visits with a clock and without waiting."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import stamina
from pytest_httpserver import HTTPServer
from sqlalchemy import text

from db.notices import forget_notices, waiting_notices
from db.store import Store
from db.watches import Run, begin_run, watch_named
from sources.archive import Archive
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
        given = {"name": "w", "every": "1h", "publisher": "The Fictional Ledger", **given}
        return new_watch(self.store, address, kind, now=self.now, **given).name  # type: ignore[arg-type]  # a word of it

    def visit(
        self,
        name: str = "w",
        *,
        later: timedelta = timedelta(hours=1),
        spacing: float = 0,
        readers: Readers | None = None,
    ) -> Run:
        """The watch visited at its due time, and the clock put forward."""
        run = self.attempt(name, spacing=spacing, readers=readers)
        self.notices = self.waiting(name)
        self.now += later
        return run

    def attempt(
        self,
        name: str = "w",
        *,
        spacing: float = 0,
        readers: Readers | None = None,
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
            allow_networks=LOOPBACK,
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
        return sorted(self.recorded())

    def recorded(self) -> list[int]:
        """The numbers in the order in which they were recorded."""
        with self.store.reading() as connection:
            return list(connection.execute(text("SELECT best FROM figure ORDER BY key")).scalars())


@pytest.fixture(autouse=True)
def nothing_is_waited_for() -> Iterator[None]:
    """What failed for a moment is asked again at once."""
    with stamina.set_testing(testing=True, attempts=ATTEMPTS):
        yield


@pytest.fixture
def site(httpserver: HTTPServer, store: Store, tmp_path: Path) -> Site:
    return Site(httpserver, store, tmp_path)


MakePage = Callable[..., str]


@pytest.fixture
def make_page() -> MakePage:
    return page
