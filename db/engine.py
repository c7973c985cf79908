"""Connections: one engine a store, SQLite by default or PostgreSQL by URL, and the one writer at a time."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from db.errors import StoreUnavailable
from db.types import instant_text

# SQLite 3.7.0 to 3.51.2 can lose data in WAL mode with two connections (sqlite.org/wal.html, "WAL-reset bug").
FIRST_SOUND_SQLITE = (3, 51, 3)
BACKPORTED_SOUND_SQLITE = ((3, 44, 6), (3, 50, 7))
WAIT_SECONDS = 600
"""How long a second writer waits for the first before it gives up."""

Waiting = Callable[[], None]


def sqlite_module() -> ModuleType:
    """The driver of SQLite: the one that bundles a sound version, where there is a wheel of it."""
    try:
        from pysqlite3 import dbapi2  # type: ignore[import-untyped]  # bundles a sound SQLite
    except ImportError:  # no wheel for this platform
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]  # the package has no types


def is_sound_for_wal(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite keeps data safe in WAL mode with several connections."""
    return version >= FIRST_SOUND_SQLITE or any(
        version[:2] == sound[:2] and version >= sound for sound in BACKPORTED_SOUND_SQLITE
    )


def store_engine(url: str) -> Engine:
    """
    An engine for `sqlite:///path` or `postgresql://...`.

    Raises:
        StoreUnavailable: the URL is neither, its folder cannot be made, or the driver is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(f"store {url!r} is not a database URL: use sqlite:///PATH or postgresql://…") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite_engine(parsed)
    if backend == "postgresql":
        return _postgresql_engine(parsed)
    raise StoreUnavailable(f"store {backend!r} is not supported: use sqlite:///PATH or postgresql://…")


def store_name(engine: Engine) -> str:
    """What to call a store in messages: its file or its URL without the password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


def _sqlite_engine(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StoreUnavailable("a store needs a file: use sqlite:///PATH")
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"store {url.database}: its folder cannot be made ({error.strerror})") from error
    module = sqlite_module()
    _register_adapters(module)
    engine = create_engine(url.set(drivername="sqlite"), module=module)
    journal = "WAL" if is_sound_for_wal(module.sqlite_version_info) else "DELETE"

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=2000",
            f"journal_mode={journal}",
            "synchronous=NORMAL" if journal == "WAL" else "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "cache_size=-128000",
            "wal_autocheckpoint=8000",
            "temp_store=MEMORY",
        ):
            try:
                cursor.execute(f"PRAGMA {pragma}")
            except module.OperationalError:
                if not pragma.startswith("journal_mode"):
                    raise
                # A store on a read-only disk can still be read; writing says why it fails.
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - a connection that begins has one
        raw.execute("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreUnavailable(
            "a PostgreSQL store needs the driver: pip install 'casualty-figures[postgres]'"
        ) from error


def _register_adapters(module: ModuleType) -> None:
    module.register_adapter(date, date.isoformat)
    module.register_adapter(datetime, instant_text)
    # Both are kept as they are; without an adapter the driver fails to find one for every single value,
    # which takes eight times as long as binding it.
    module.register_adapter(bytes, bytes)
    module.register_adapter(type(None), {}.get)


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn the database's own errors into one clear line."""
    driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
    try:
        yield
    except (DBAPIError, driver_error) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise StoreUnavailable(f"store {store_name(engine)}: {reason}; nothing was recorded by this step") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the store."""
    # PostgreSQL's own default shows each statement what others have committed meanwhile.
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with translated(engine), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine, on_wait: Waiting | None = None) -> Iterator[Connection]:
    """
    The store's one writing transaction: all of it is kept, or none.

    Args:
        on_wait: called once when another writer is at work, before waiting for it.
    Raises:
        StoreUnavailable: the store cannot be written, or the other writer took longer than `WAIT_SECONDS`.
    """
    with translated(engine), engine.connect().execution_options(writes=True) as connection:
        (_begin_sqlite if engine.dialect.name == "sqlite" else _begin_postgresql)(connection, on_wait)
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


@contextmanager
def operating(engine: Engine) -> Iterator[Connection]:
    """
    A transaction on what stands beside the record: all of it is kept, or none.

    On PostgreSQL it does not wait for a document that is being recorded; SQLite has one writer whatever it writes.
    """
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            yield connection
        return
    with translated(engine), engine.begin() as connection:
        yield connection


def _begin_sqlite(connection: Connection, on_wait: Waiting | None) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    driver_error: type[Exception] = connection.dialect.loaded_dbapi.OperationalError
    while True:
        try:
            connection.begin()
        except driver_error as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            if on_wait:
                on_wait()
                on_wait = None
        else:
            return


def _begin_postgresql(connection: Connection, on_wait: Waiting | None) -> None:
    lock = "SELECT size FROM ledger_head WHERE one = 1 FOR UPDATE"
    connection.begin()
    try:
        connection.execute(text(lock + " NOWAIT"))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != "55P03":  # lock_not_available
            raise
        connection.rollback()
        if on_wait:
            on_wait()
        connection.begin()
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
        connection.execute(text(lock))
