"""Visits as they fall due, by this process: once, or until it is told to stop; and batches of files."""

import itertools
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.errors import StoreUnavailable
from db.store import Store
from db.watches import due, is_under_way, plan_again, planned_ahead_of
from tracker.backfilling import chunks_of
from tracker.ingesting import Outcome, Stated
from tracker.jobs.adoption import adopt_orphans
from tracker.jobs.engine import engine, jobs_translated
from tracker.jobs.queue import enqueue_due, enqueue_files, result_of, taken_in_by, wait_for
from tracker.jobs.shared import OnRun, shared
from tracker.opening import open_store
from tracker.schedules import planned_anew
from tracker.settings import Settings
from tracker.telling import OnNotice

POLL_SECONDS = 1.0


def plan_by_this_clock(store: Store, now: datetime) -> None:
    """A watch that was planned by a clock that was ahead would sleep until that clock's time came again."""
    for watch in planned_ahead_of(store, now):
        if (next_due := planned_anew(watch, now)) is not None:
            plan_again(store, watch, next_due, now)


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
        with jobs_translated():
            adopt_orphans(store, worker, datetime.now(UTC))
            plan_by_this_clock(store, clock())
            handles = enqueue_due(store, clock())
            wait_for(handles, store, worker)
        return [result_of(handle) for handle in handles]


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
            shared().readers.rest()
            try:
                with jobs_translated():
                    adopt_orphans(store, worker, now)
                    if schedules:
                        plan_by_this_clock(store, now)
                        enqueue_due(store, now, asked)
            except StoreUnavailable as error:
                if not is_away:
                    print(f"waiting: {error}", file=sys.stderr)  # noqa: T201 - a line for the operator
                is_away = True
                shared().heartbeats.forgive()
            else:
                is_away = False


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
        shared().on_document = lambda: on_progress(next(documents))
        with jobs_translated():
            adopt_orphans(store, worker, datetime.now(UTC))
            handles = [enqueue_files(chunk, said) for chunk in chunks]
            wait_for(handles, store, worker)
        for chunk, handle in zip(chunks, handles, strict=True):
            total.add(taken_in_by(handle, chunk))
    return total
