"""The engine started in this process, and ended."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy.exc import DBAPIError

import tracker.jobs.work  # noqa: F401 - its jobs must be known before the engine takes any
from db.engine import sqlite_module
from db.errors import StoreUnavailable
from db.store import Store
from db.watches import forget_worker, say_alive
from sources.fetch import introduce
from sources.robots import Robots
from tracker.jobs.shared import BACKFILLS, VISITS, Clock, OnRun, Shared, share
from tracker.opening import open_store
from tracker.settings import Settings
from tracker.telling import OnNotice

VERSION = "1"
"""Raised only when a job that an older version began could not be finished by this one."""
TAKEN_AHEAD = 5
"""Jobs that a process takes from the queue for each that it does at a time: it looks only five times a second."""
ALIVE_EVERY = 10.0


@contextmanager
def engine(
    where: Settings,
    *,
    jobs: int,
    on_notice: OnNotice | None = None,
    on_run: OnRun = lambda _run: None,
    clock: Clock = lambda: datetime.now(UTC),
) -> Iterator[str]:
    """Run the engine in this process for as long as this lasts; gives the worker's id. `clock` is for visits."""
    name = f"{socket.gethostname()}-{os.getpid()}"
    introduce(where.contact)
    ours = Shared(
        settings=where,
        on_notice=on_notice,
        on_run=on_run,
        clock=clock,
        at_a_time=threading.Semaphore(jobs),
        robots=Robots(allow_networks=where.allow_networks),
    )
    share(ours)
    stop = threading.Event()
    with open_store(where) as store:
        _launch(where, name, jobs)
        say_alive(store, name, datetime.now(UTC))
        alive = threading.Thread(target=_stay_alive, args=(store, name, stop), daemon=True)
        alive.start()
        try:
            yield name
        finally:
            stop.set()
            alive.join()
            DBOS.destroy(workflow_completion_timeout_sec=5)
            ours.close()
            forget_worker(store, name)


def _launch(where: Settings, name: str, jobs: int) -> None:
    log = logging.getLogger("dbos")  # it tells tracebacks; what a reader needs stands in the run log or is told by us
    log.handlers[:], log.propagate = [logging.NullHandler()], False
    with jobs_translated():
        DBOS(config=_config(where, name))
        DBOS.launch()
        DBOS.register_queue(BACKFILLS, worker_concurrency=jobs, polling_interval_sec=0.2, on_conflict="always_update")
        DBOS.register_queue(
            VISITS, worker_concurrency=TAKEN_AHEAD * jobs, polling_interval_sec=0.2, on_conflict="always_update"
        )


@contextmanager
def jobs_translated() -> Iterator[None]:
    """Turn what the jobs' own database raises into one clear line."""
    try:
        yield
    except (DBAPIError, sqlite_module().Error) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise StoreUnavailable(f"the database of jobs: {reason}; what was not finished is visited again") from error


def _stay_alive(store: Store, name: str, stop: threading.Event) -> None:
    while not stop.wait(ALIVE_EVERY):
        with suppress(StoreUnavailable):  # it may be back by the next time
            say_alive(store, name, datetime.now(UTC))


def _config(where: Settings, name: str) -> DBOSConfig:
    config: DBOSConfig = {
        "name": "casualty-figures",
        "application_version": VERSION,
        "executor_id": name,
        "serializer": DBOSPortableJSONSerializer(),  # the default would keep pickles in the database
        "run_migrations": True,
    }
    if where.store_url.startswith("sqlite:///"):
        config |= _beside_sqlite(Path(where.store_url.removeprefix("sqlite:///") + ".jobs"))
    else:
        config |= {"system_database_url": where.store_url, "dbos_system_schema": "jobs"}
    return config


def _beside_sqlite(path: Path) -> DBOSConfig:
    """A database of its own beside the store, so that jobs never wait for a document that is being recorded."""
    module = sqlite_module()
    connection = module.connect(str(path))
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return {"system_database_url": f"sqlite:///{path}", "db_engine_kwargs": {"module": module}}
