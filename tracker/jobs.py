"""
The engine that visits watches: durable jobs on SQLite in one process, or on PostgreSQL shared by many workers.

The only importer of DBOS. One job is one visit of a watch, named by its watch and slot, so that no slot is visited
twice however many schedulers there are. A job whose process died is taken over by another process, or by the next
one on this machine; visits record whole documents, each once, so that beginning one again is harmless.
"""

import hashlib
import itertools
import json
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, PortableWorkflowError, SetWorkflowID, WorkflowStatus
from dbos import error as dbos_error
from sqlalchemy.exc import DBAPIError

from db.engine import sqlite_module
from db.errors import StoreUnavailable
from db.store import Store
from db.watches import (
    begin_run,
    change_watch,
    due,
    forget_worker,
    is_under_way,
    last_words,
    plan_again,
    planned_ahead_of,
    say_alive,
    watch_named,
)
from sources.archive import Archive
from sources.fetch import Connections, introduce
from sources.robots import Robots
from tracker.backfilling import backfill, chunks_of
from tracker.ingesting import Outcome, Stated
from tracker.liveness import Heartbeats
from tracker.noticing import Noticing
from tracker.opening import open_store
from tracker.readers import Readers
from tracker.schedules import following, planned_anew
from tracker.settings import Settings
from tracker.telling import OnNotice, is_heard, tell
from tracker.visiting import Visit

QUEUE = "visits"
BACKFILLS = "backfills"
VERSION = "1"
"""Raised only when a job that an older version began could not be finished by this one."""
POLL_SECONDS = 1.0
ASKED_AGAIN_AFTER = timedelta(minutes=1)
"""A slot that is due for so long after its job was made may need another."""
LOOK_SECONDS = 0.2
LOOKED_AT_ONCE = 100
"""Jobs that are looked at together."""
TAKEN_AHEAD = 5
"""Jobs that a process takes from the queue for each that it does at a time: it looks only five times a second."""
ALIVE_EVERY = 10.0
LOST_AFTER = 30.0
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
OnRun = Callable[[dict[str, Any]], None]
"""Told of every visit that this process ended, as JSON of a `Run`."""
Clock = Callable[[], datetime]

_AT_WORK: dict[str, Any] = {}
"""What the jobs of this process share: settings, whom to tell, open stores and connections, readers, robots rules."""


@contextmanager
def _under_way() -> Iterator[None]:
    """While a job of this process is being done: one that is taken and not done here was lost."""
    under_way: set[str] = _AT_WORK["under_way"]
    under_way.add(job := str(DBOS.workflow_id))
    try:
        yield
    finally:
        under_way.discard(job)


@DBOS.workflow(name="visit")
def _visit(name: str, slot: str) -> dict[str, Any]:
    where: Settings = _AT_WORK["settings"]
    on_notice: OnNotice | None = _AT_WORK["on_notice"]
    with _under_way():
        with _AT_WORK["at_a_time"]:
            told = _visited(name, slot)
        if is_heard(where, on_notice):  # what was told is forgotten, so that doing it again after a crash is harmless
            tell(_own_store(where), name, where, on_notice)
    if told["run"] is not None:
        _AT_WORK["on_run"](told["run"])
    return told


def _may_come_back(error: BaseException) -> bool:
    return isinstance(error, StoreUnavailable)


@DBOS.step(
    name="visited",
    retries_allowed=True,
    interval_seconds=2,
    backoff_rate=1.5,
    max_attempts=10,
    should_retry=_may_come_back,
)
def _visited(name: str, slot: str) -> dict[str, Any]:
    """Visit one watch in one slot; a slot that another job ended is left alone."""
    where: Settings = _AT_WORK["settings"]
    at = datetime.fromisoformat(slot)
    store = _own_store(where)
    watch = watch_named(store, name)
    clock: Clock = _AT_WORK["clock"]
    now = clock()
    if not begin_run(store, name, at, now):
        watch = watch_named(store, name)  # as the job that ended the slot left it
        if watch.next_due == at:
            due_next = following(at, now, every=watch.every, cron=watch.cron, timezone=watch.timezone)
            change_watch(store, name, next_due=due_next, planned_at=now)
        return {"watch": name, "slot": slot, "run": None}
    visit = Visit(
        store,
        Archive(where.archive_folder()),
        watch,
        at,
        allow_networks=where.allow_networks,
        spacing=timedelta(seconds=where.host_spacing),
        robots=_AT_WORK["robots"],
        connections=_own_connections(where),
        readers=_AT_WORK["readers"],
        noticing=Noticing(store, watch, at) if is_heard(where, _AT_WORK["on_notice"]) else None,
        started=now,
        clock=clock,
    )
    try:
        run = visit.make()
    except StoreUnavailable:
        raise  # the database may be back in a while; the step is tried again
    except Exception as error:  # noqa: BLE001 - the one place where a failure of any kind is stored, and work goes on
        run = visit.broke(error)
    told = json.loads(json.dumps(asdict(run), default=datetime.isoformat))
    return {"watch": name, "slot": slot, "run": told}


@DBOS.workflow(name="backfill")
def _backfill(files: list[str], stated: dict[str, Any]) -> dict[str, Any]:
    """Take in the documents of some files; begun again, it passes over those that were taken in."""
    with _under_way():
        return _taken_in(files, stated)


@DBOS.step(
    name="taken in", retries_allowed=True, interval_seconds=2, backoff_rate=1.5, max_attempts=10,
    should_retry=_may_come_back,
)  # fmt: skip
def _taken_in(files: list[str], stated: dict[str, Any]) -> dict[str, Any]:
    where: Settings = _AT_WORK["settings"]
    published = date.fromisoformat(stated["published"]) if stated["published"] else None
    done = backfill(
        _own_store(where),
        Archive(where.archive_folder()),
        _AT_WORK["readers"],
        [Path(file) for file in files],
        Stated(**{**stated, "published": published}),
        _AT_WORK["on_document"],
    )
    return asdict(done)


_OF_THREAD = threading.local()


def _own_store(where: Settings) -> Store:
    """The store as this thread has it open: opening it takes longer than a visit that finds nothing new."""
    if getattr(_OF_THREAD, "engine", None) is not _AT_WORK["stores"]:
        _OF_THREAD.store, _OF_THREAD.engine = open_store(where), _AT_WORK["stores"]
        _AT_WORK["stores"].append(_OF_THREAD.store)
    store: Store = _OF_THREAD.store
    return store


def _own_connections(where: Settings) -> Connections:
    """What this thread has open to hosts, from one visit to the next."""
    if getattr(_OF_THREAD, "connections_of", None) is not _AT_WORK["connections"]:
        _OF_THREAD.connections = Connections(allow_networks=where.allow_networks)
        _OF_THREAD.connections_of = _AT_WORK["connections"]
        _AT_WORK["connections"].append(_OF_THREAD.connections)
    connections: Connections = _OF_THREAD.connections
    return connections


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
    _AT_WORK.update(
        settings=where,
        on_notice=on_notice,
        on_run=on_run,
        clock=clock,
        stores=[],
        connections=[],
        readers=Readers(),
        on_document=lambda: None,
        robots=Robots(allow_networks=where.allow_networks),
        at_a_time=threading.Semaphore(jobs),
        under_way=set(),
        missed={},
        heartbeats=Heartbeats(),
    )
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
            _AT_WORK["readers"].close()
            for opened in (*_AT_WORK["stores"], *_AT_WORK["connections"]):
                opened.close()
            forget_worker(store, name)


def _launch(where: Settings, name: str, jobs: int) -> None:
    log = logging.getLogger("dbos")  # it tells tracebacks; what a reader needs stands in the run log or is told by us
    log.handlers[:], log.propagate = [logging.NullHandler()], False
    with _jobs_translated():
        DBOS(config=_config(where, name))
        DBOS.launch()
        DBOS.register_queue(BACKFILLS, worker_concurrency=jobs, polling_interval_sec=0.2, on_conflict="always_update")
        DBOS.register_queue(
            QUEUE, worker_concurrency=TAKEN_AHEAD * jobs, polling_interval_sec=0.2, on_conflict="always_update"
        )


@contextmanager
def _jobs_translated() -> Iterator[None]:
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


def enqueue_due(store: Store, now: datetime, asked: dict[str, tuple[datetime, datetime]] | None = None) -> list[Any]:
    """
    Make a job of every slot that is due; gives their handles. One that was made before is the same job.

    Args:
        asked: for each watch its slot that this process made a job of, and when; not asked for again so soon.
    """
    plan_by_this_clock(store, now)
    asked = {} if asked is None else asked
    new = []
    for watch in due(store, now):
        slot, at = asked.get(watch.name, (None, now))
        if slot != watch.next_due or now - at > ASKED_AGAIN_AFTER:
            asked[watch.name] = (watch.next_due, now)
            new.append((watch.name, watch.next_due.astimezone(UTC).isoformat()))
    handles = []
    names = _still_open([f"{watch_name}@{slot_text}" for watch_name, slot_text in new])
    for name, (watch_name, slot_text) in zip(names, new, strict=True):
        with SetWorkflowID(name):
            handles.append(DBOS.enqueue_workflow(QUEUE, _visit, watch_name, slot_text))
    return handles


def plan_by_this_clock(store: Store, now: datetime) -> None:
    """A watch that was planned by a clock that was ahead would sleep until that clock's time came again."""
    for watch in planned_ahead_of(store, now):
        if (next_due := planned_anew(watch, now)) is not None:
            plan_again(store, watch, next_due, now)


def _still_open(names: Sequence[str]) -> list[str]:
    """The jobs of these names; where one has ended and is wanted still, another attempt at it."""
    ended: set[str] = set()
    for start in range(0, len(names), 500):
        chunk = list(names[start : start + 500])
        found = DBOS.list_workflows(workflow_ids=chunk, status=_ENDED, load_input=False, load_output=False)
        ended.update(job.workflow_id for job in found)
    return [_another_attempt(name) if name in ended else name for name in names]


def _another_attempt(name: str) -> str:
    known = {job.workflow_id for job in DBOS.list_workflows(
        workflow_id_prefix=name, status=_ENDED, load_input=False, load_output=False
    )}  # fmt: skip
    attempt = 2
    while f"{name}#{attempt}" in known:
        attempt += 1
    return f"{name}#{attempt}"


def adopt_orphans(store: Store, worker: str, now: datetime) -> int:
    """Take over the jobs of workers that fell silent; how many."""
    adopted = 0
    for dead in _AT_WORK["heartbeats"].silent(last_words(store), now):
        if dead != worker and forget_worker(store, dead):
            adopted += _adopt(dead)
    _begin_lost_again(worker)
    return adopted + sum(_adopt(dead) for dead in _dead_here(worker))


def _begin_lost_again(worker: str) -> None:
    """
    Jobs of this very process that none of its threads has at work: their database failed under them.

    A job that was just taken may not have begun, so it counts as lost when it was missed for a while.
    """
    pending = DBOS.list_workflows(status="PENDING", executor_id=worker, load_input=False, load_output=False)
    missed: dict[str, float] = _AT_WORK["missed"]
    now = time.monotonic()
    idle = {job.workflow_id: job for job in pending if job.workflow_id not in _AT_WORK["under_way"]}
    for name in set(missed) - set(idle):
        del missed[name]
    for name, job in idle.items():
        if now - missed.setdefault(name, now) > LOST_AFTER:
            _begin_again(job)
            del missed[name]


def _begin_again(job: WorkflowStatus) -> None:
    DBOS.resume_workflow(job.workflow_id, queue_name=BACKFILLS if job.name == "backfill" else QUEUE)


def _adopt(dead: str) -> int:
    found = DBOS.list_workflows(status="PENDING", executor_id=dead, load_input=False, load_output=False)
    for job in found:
        _begin_again(job)
    return len(found)


def _dead_here(worker: str) -> Sequence[str]:
    """Executors of this machine whose process is gone: nobody else will take over their jobs sooner."""
    pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    here = f"{socket.gethostname()}-"
    executors = {job.executor_id for job in pending if job.executor_id and job.executor_id != worker}
    return [name for name in executors if name.startswith(here) and not _lives(name.removeprefix(here))]


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def run_once(
    where: Settings,
    *,
    jobs: int,
    on_notice: OnNotice | None,
    on_run: OnRun = lambda _run: None,
    now: datetime | None = None,
) -> list[dict[str, Any]]:
    """Visit what is due, wait for all of it, and give what came of each visit; `now` is what the clock shows."""

    def clock() -> datetime:
        return now or datetime.now(UTC)

    with open_store(where) as store:
        plan_by_this_clock(store, clock())
        if not due(store, clock()) and not is_under_way(store):
            return []  # starting the engine takes a second or two
    with (
        engine(where, jobs=jobs, on_notice=on_notice, on_run=on_run, clock=clock) as worker,
        open_store(where) as store,
    ):
        with _jobs_translated():
            adopt_orphans(store, worker, datetime.now(UTC))
            handles = enqueue_due(store, clock())
            _wait_for(handles, store, worker)
        return [_result(handle) for handle in handles]


def _wait_for(handles: Sequence[Any], store: Store, worker: str) -> None:
    """Until these jobs have ended: one whose process or database failed meanwhile would never say so by itself."""
    names = [handle.get_workflow_id() for handle in handles]
    for start in range(0, len(names), LOOKED_AT_ONCE):
        some = names[start : start + LOOKED_AT_ONCE]
        while _going_on(some):
            adopt_orphans(store, worker, datetime.now(UTC))
            time.sleep(LOOK_SECONDS)


def _going_on(names: list[str]) -> bool:
    found = DBOS.list_workflows(
        workflow_ids=names, status=["ENQUEUED", "PENDING"], limit=1, load_input=False, load_output=False
    )
    return bool(found)


def _result(handle: Any) -> dict[str, Any]:
    """What came of a job; of one that could not even say so, that the store was not to be had."""
    try:
        result: dict[str, Any] = handle.get_result()
    except (StoreUnavailable, PortableWorkflowError, dbos_error.DBOSException) as error:
        name, _, slot = handle.get_workflow_id().rpartition("@")
        failed = {"watch": name, "slot": slot, "outcome": "failed", "cause": str(error)}
        return {"watch": name, "slot": slot, "run": failed}
    return result


def backfill_by_jobs(
    where: Settings, path: Path, stated: Stated, *, jobs: int, on_progress: Callable[[int], None]
) -> Outcome:
    """
    Take in every document of a folder, or of a WARC file, some files a job; a job that is under way is waited for.

    Raises:
        UnreadableInput: there is nothing at the path.
    """
    chunks = [[str(file.resolve()) for file in chunk] for chunk in chunks_of(path)]
    said = json.loads(json.dumps(asdict(stated), default=str))
    documents, total = itertools.count(1), Outcome()
    with engine(where, jobs=jobs) as worker, open_store(where) as store:
        _AT_WORK["on_document"] = lambda: on_progress(next(documents))
        with _jobs_translated():
            adopt_orphans(store, worker, datetime.now(UTC))
            handles = [_enqueued(chunk, said) for chunk in chunks]
            _wait_for(handles, store, worker)
        for chunk, handle in zip(chunks, handles, strict=True):
            total.add(_taken_in_by(handle, chunk))
    return total


def _taken_in_by(handle: Any, chunk: list[str]) -> Outcome:
    """What came of a job of a batch; of one that broke off, why, under its first file."""
    try:
        return Outcome(**handle.get_result())
    except (StoreUnavailable, PortableWorkflowError, dbos_error.DBOSException) as error:
        return Outcome(errors=[(chunk[0], f"{error}; run the batch again, it goes on where it was")])


def _enqueued(chunk: list[str], stated: dict[str, Any]) -> Any:
    digest = hashlib.sha256(json.dumps([chunk, stated]).encode()).hexdigest()
    (name,) = _still_open([f"backfill@{digest}"])
    with SetWorkflowID(name):
        return DBOS.enqueue_workflow(BACKFILLS, _backfill, chunk, stated)


def run_until(
    where: Settings,
    stop: threading.Event,
    *,
    jobs: int,
    on_notice: OnNotice | None,
    on_run: OnRun = lambda _run: None,
    schedules: bool = True,
) -> None:
    """
    Visit what is due whenever it is, until told to stop; a worker that does not schedule takes others' jobs.

    A database that goes away is waited for; jobs that were under way go on when it is back.
    """
    with engine(where, jobs=jobs, on_notice=on_notice, on_run=on_run) as worker, open_store(where) as store:
        asked: dict[str, tuple[datetime, datetime]] = {}
        is_away = False
        while not stop.wait(POLL_SECONDS):
            now = datetime.now(UTC)
            _AT_WORK["readers"].rest()
            try:
                with _jobs_translated():
                    adopt_orphans(store, worker, now)
                    if schedules:
                        enqueue_due(store, now, asked)
            except StoreUnavailable as error:
                if not is_away:
                    print(f"waiting: {error}", file=sys.stderr)  # noqa: T201 - a line for the operator
                is_away = True
                _AT_WORK["heartbeats"].forgive()
            else:
                is_away = False
