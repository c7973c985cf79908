"""A store of each kind, a site on loopback, and visits with a clock and without waiting."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from db.store import Store
from db.watches import Run, watch_named
from sources.archive import Archive
from tracker.visiting import Notice, Visit
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
        self.notices: list[Notice] = []
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

    def visit(self, name: str = "w", *, later: timedelta = timedelta(hours=1), spacing: float = 0) -> Run:
        """The watch visited at its due time, and the clock put forward."""
        from db.watches import begin_run

        watch = watch_named(self.store, name)
        slot = watch.next_due
        self.now = max(self.now, slot)
        assert begin_run(self.store, name, slot, self.now)
        visit = Visit(
            self.store,
            self.archive,
            watch,
            slot,
            allow_networks=LOOPBACK,
            spacing=timedelta(seconds=spacing),
            clock=lambda: self.now,
            wait=self.waited.append,
        )
        run = visit.make()
        self.notices = visit.notices
        self.now += later
        return run

    def told(self) -> list[str]:
        return [notice.kind for notice in self.notices]

    def numbers(self) -> list[int]:
        from db.find import find_figures

        return sorted(one.figure.count.value or 0 for one in find_figures(self.store) if one.figure.count)


@pytest.fixture
def site(httpserver: HTTPServer, store: Store, tmp_path: Path) -> Site:
    return Site(httpserver, store, tmp_path)


MakePage = Callable[..., str]


@pytest.fixture
def make_page() -> MakePage:
    return page
