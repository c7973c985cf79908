"""Jobs whose process died, or whose database failed under them: another process, or this one, begins them again."""

import os
import socket
import time
from collections.abc import Sequence
from datetime import datetime

from dbos import DBOS, WorkflowStatus

from db.store import Store
from db.watches import forget_worker, last_words
from tracker.jobs.shared import BACKFILLS, VISITS, shared

LOST_AFTER = 30.0


def adopt_orphans(store: Store, worker: str, now: datetime) -> int:
    """Take over the jobs of workers that fell silent; how many."""
    adopted = 0
    for dead in shared().heartbeats.silent(last_words(store), now):
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
    missed = shared().missed
    now = time.monotonic()
    idle = {job.workflow_id: job for job in pending if job.workflow_id not in shared().under_way}
    for name in set(missed) - set(idle):
        del missed[name]
    for name, job in idle.items():
        if now - missed.setdefault(name, now) > LOST_AFTER:
            _begin_again(job)
            del missed[name]


def _begin_again(job: WorkflowStatus) -> None:
    DBOS.resume_workflow(job.workflow_id, queue_name=BACKFILLS if job.name == "backfill" else VISITS)


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
