"""What the jobs of one process share, for as long as its engine runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dbos import DBOS

from db.store import Store
from sources.archive import Archive
from sources.fetch import Connections
from sources.robots import Robots
from tracker.liveness import Heartbeats
from tracker.opening import open_store
from tracker.readers import Readers
from tracker.settings import Settings
from tracker.telling import OnNotice, is_heard

VISITS = "visits"
BACKFILLS = "backfills"
"""The two queues."""
OnRun = Callable[[dict[str, Any]], None]
"""Told of every visit that this process ended, as JSON of a `Run`."""
Clock = Callable[[], datetime]


@dataclass(eq=False)
class Shared:
    """
    What the engine of one process gives to its jobs.

    Attributes:
        clock: for visits; the engine itself goes by the machine's.
        at_a_time: held by each visit: more jobs are taken from the queue than are done at once.
        under_way: the jobs that a thread of this process is doing.
        missed: jobs of this process that no thread is doing, and since when (monotonic seconds).
        on_document: told of each document of a batch.
    """

    settings: Settings
    on_notice: OnNotice | None
    on_run: OnRun
    clock: Clock
    at_a_time: threading.Semaphore
    robots: Robots
    readers: Readers = field(default_factory=Readers)
    heartbeats: Heartbeats = field(default_factory=Heartbeats)
    under_way: set[str] = field(default_factory=set)
    missed: dict[str, float] = field(default_factory=dict)
    on_document: Callable[[], None] = lambda: None
    _stores: list[Store] = field(default_factory=list)
    _connections: list[Connections] = field(default_factory=list)
    _own: threading.local = field(default_factory=threading.local)

    @property
    def archive(self) -> Archive:
        """Where snapshots go."""
        return Archive(self.settings.archive_folder())

    @property
    def is_heard(self) -> bool:
        """Whether anybody is told of notices."""
        return is_heard(self.settings, self.on_notice)

    def own_store(self) -> Store:
        """The store as this thread has it open: opening it takes longer than a visit that finds nothing new."""
        if not hasattr(self._own, "store"):
            self._own.store = open_store(self.settings)
            self._stores.append(self._own.store)
        store: Store = self._own.store
        return store

    def own_connections(self) -> Connections:
        """What this thread has open to hosts, from one visit to the next."""
        if not hasattr(self._own, "connections"):
            self._own.connections = Connections(allow_networks=self.settings.allow_networks)
            self._connections.append(self._own.connections)
        connections: Connections = self._own.connections
        return connections

    @contextmanager
    def doing(self) -> Iterator[None]:
        """While a job of this process is being done: one that is taken and not done here was lost."""
        self.under_way.add(job := str(DBOS.workflow_id))
        try:
            yield
        finally:
            self.under_way.discard(job)

    def close(self) -> None:
        """End and close what was started and opened."""
        self.readers.close()
        for store in self._stores:
            store.close()
        for connections in self._connections:
            connections.close()


_of_this_process: list[Shared] = []


def share(shared: Shared) -> None:
    """What the jobs of this process share from now on."""
    _of_this_process[:] = [shared]


def shared() -> Shared:
    """What the jobs of this process share."""
    return _of_this_process[0]
