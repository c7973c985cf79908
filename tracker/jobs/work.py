"""The two jobs that there are: a visit of a watch in one slot, and some files of a batch."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dbos import DBOS

from db.errors import StoreUnavailable
from db.watches import begin_run, change_watch, watch_named
from tracker.backfilling import backfill
from tracker.ingesting import Stated
from tracker.jobs.shared import Shared, shared
from tracker.noticing import Noticing
from tracker.schedules import following
from tracker.telling import tell
from tracker.visiting import Visit


def _may_come_back(error: BaseException) -> bool:
    return isinstance(error, StoreUnavailable)


@DBOS.workflow(name="visit")
def visit(name: str, slot: str) -> dict[str, Any]:
    """Visit one watch in one slot, and tell what there is to tell."""
    ours = shared()
    with ours.doing():
        with ours.at_a_time:
            told = _visited(name, slot)
        if ours.is_heard:  # what was told is forgotten, so that doing it again after a crash is harmless
            tell(ours.own_store(), name, ours.settings, ours.on_notice)
    if told["run"] is not None:
        ours.on_run(told["run"])
    return told


@DBOS.step(
    name="visited", retries_allowed=True, interval_seconds=2, backoff_rate=1.5, max_attempts=10,
    should_retry=_may_come_back,
)  # fmt: skip
def _visited(name: str, slot: str) -> dict[str, Any]:
    """A slot that another job ended is left alone."""
    ours = shared()
    at, now = datetime.fromisoformat(slot), ours.clock()
    made = _visit_of(ours, name, at, now)
    if made is None:
        return {"watch": name, "slot": slot, "run": None}
    try:
        run = made.make()
    except StoreUnavailable:
        raise  # the database may be back in a while; the step is tried again
    except Exception as error:  # noqa: BLE001 - the one place where a failure of any kind is stored, and work goes on
        run = made.broke(error)
    told = json.loads(json.dumps(asdict(run), default=datetime.isoformat))
    return {"watch": name, "slot": slot, "run": told}


def _visit_of(ours: Shared, name: str, at: datetime, now: datetime) -> Visit | None:
    """The visit in this slot, begun; None where another job has ended it."""
    store = ours.own_store()
    watch = watch_named(store, name)
    if not begin_run(store, name, at, now):
        watch = watch_named(store, name)  # as the job that ended the slot left it
        if watch.next_due == at:
            due_next = following(at, now, every=watch.every, cron=watch.cron, timezone=watch.timezone)
            change_watch(store, name, next_due=due_next, planned_at=now)
        return None
    return Visit(
        store,
        ours.archive,
        watch,
        at,
        allow_networks=ours.settings.allow_networks,
        spacing=timedelta(seconds=ours.settings.host_spacing),
        robots=ours.robots,
        connections=ours.own_connections(),
        readers=ours.readers,
        noticing=Noticing(store, watch, at) if ours.is_heard else None,
        started=now,
        clock=ours.clock,
    )


@DBOS.workflow(name="backfill")
def backfill_files(files: list[str], stated: dict[str, Any]) -> dict[str, Any]:
    """Take in the documents of some files; begun again, it passes over those that were taken in."""
    with shared().doing():
        return _taken_in(files, stated)


@DBOS.step(
    name="taken in", retries_allowed=True, interval_seconds=2, backoff_rate=1.5, max_attempts=10,
    should_retry=_may_come_back,
)  # fmt: skip
def _taken_in(files: list[str], stated: dict[str, Any]) -> dict[str, Any]:
    ours = shared()
    published = date.fromisoformat(stated["published"]) if stated["published"] else None
    done = backfill(
        ours.own_store(),
        ours.archive,
        ours.readers,
        [Path(file) for file in files],
        Stated(**{**stated, "published": published}),
        ours.on_document,
    )
    return asdict(done)
