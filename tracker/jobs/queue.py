"""Jobs that are made, each once; waiting for them, and what came of them."""

import hashlib
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, PortableWorkflowError, SetWorkflowID
from dbos import error as dbos_error

from db.errors import StoreUnavailable
from db.store import Store
from db.watches import due
from tracker.ingesting import Outcome
from tracker.jobs.adoption import adopt_orphans
from tracker.jobs.shared import BACKFILLS, VISITS
from tracker.jobs.work import backfill_files, visit

ASKED_AGAIN_AFTER = timedelta(minutes=1)
"""A slot that is due for so long after its job was made may need another."""
LOOK_SECONDS = 0.2
LOOKED_AT_ONCE = 100
"""Jobs that are looked at together."""
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def enqueue_due(store: Store, now: datetime, asked: dict[str, tuple[datetime, datetime]] | None = None) -> list[Any]:
    """
    Make a job of every slot that is due; gives their handles. One that was made before is the same job.

    Args:
        asked: for each watch its slot that this process made a job of, and when; not asked for again so soon.
    """
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
            handles.append(DBOS.enqueue_workflow(VISITS, visit, watch_name, slot_text))
    return handles


def enqueue_files(chunk: list[str], stated: dict[str, Any]) -> Any:
    """Make a job of some files of a batch; gives its handle. The same files, stated alike, are the same job."""
    digest = hashlib.sha256(json.dumps([chunk, stated]).encode()).hexdigest()
    (name,) = _still_open([f"backfill@{digest}"])
    with SetWorkflowID(name):
        return DBOS.enqueue_workflow(BACKFILLS, backfill_files, chunk, stated)


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


def wait_for(handles: Sequence[Any], store: Store, worker: str) -> None:
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


def result_of(handle: Any) -> dict[str, Any]:
    """What came of a job; of one that could not even say so, that the store was not to be had."""
    try:
        result: dict[str, Any] = handle.get_result()
    except (StoreUnavailable, PortableWorkflowError, dbos_error.DBOSException) as error:
        name, _, slot = handle.get_workflow_id().rpartition("@")
        failed = {"watch": name, "slot": slot, "outcome": "failed", "cause": str(error)}
        return {"watch": name, "slot": slot, "run": failed}
    return result


def taken_in_by(handle: Any, chunk: list[str]) -> Outcome:
    """What came of a job of a batch; of one that broke off, why, under its first file."""
    try:
        return Outcome(**handle.get_result())
    except (StoreUnavailable, PortableWorkflowError, dbos_error.DBOSException) as error:
        return Outcome(errors=[(chunk[0], f"{error}; run the batch again, it goes on where it was")])
