"""
Reading and extraction in processes of their own, so that a long list of documents uses every core.

They are pure steps: bytes in, figures out. The processes start when the first document comes and end when none has
come for a while; a document that ends its process is a document that cannot be read, and nothing else.
"""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing.context import BaseContext
from typing import TypeVar

from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from tracker.ingesting import Found, Stated, find

T = TypeVar("T")
LONGEST_SECONDS = 300.0
"""What one document may take; after it, the processes are ended."""
IDLE_SECONDS = 60.0
READ_AHEAD = 8
"""Documents that are being read while the next is fetched and one before them recorded."""


class Readers:
    """As many processes as there are cores, or fewer; shared by threads."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or max(len(os.sched_getaffinity(0)), 1)
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._used_at = time.monotonic()

    def find(self, retrieved: Retrieved, stated: Stated) -> Callable[[], Found]:
        """
        Begin to read a document; the call that it gives waits for what was found.

        Raises (when called):
            SourceError: it cannot be read, or took its process or its time with it.
        """
        with self._lock:
            self._used_at = time.monotonic()
            pool = self._pool = self._pool or self._started()
            try:
                reading = pool.submit(find, retrieved, stated)
            except BrokenProcessPool:
                pool = self._pool = self._started()
                reading = pool.submit(find, retrieved, stated)
        return lambda: self._found(pool, reading, retrieved, stated)

    def _found(
        self, pool: ProcessPoolExecutor, reading: "Future[Found]", retrieved: Retrieved, stated: Stated
    ) -> Found:
        try:
            return reading.result(LONGEST_SECONDS)
        except BrokenProcessPool:
            self._drop(pool)
            return self._found_alone(retrieved, stated)
        except TimeoutError as error:
            self._drop(pool)
            raise UnreadableInput(f"{retrieved.name}: not read within {LONGEST_SECONDS:g} seconds") from error

    def _found_alone(self, retrieved: Retrieved, stated: Stated) -> Found:
        """A process ended while it read this document or one beside it: alone, it shows which."""
        pool = self._started(1)
        try:
            return pool.submit(find, retrieved, stated).result(LONGEST_SECONDS)
        except (BrokenProcessPool, TimeoutError) as error:
            raise UnreadableInput(f"{retrieved.name}: reading it ended the process that read it") from error
        finally:
            _terminate(pool)

    def _started(self, processes: int | None = None) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes or self._processes, mp_context=_context(), initializer=_end_with_parent)

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        _terminate(pool)

    def rest(self) -> None:
        """Let the processes go if nothing has been read for a while."""
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()

    def close(self) -> None:
        """Let the processes go."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


@cache
def _context() -> BaseContext:
    """A server that has read the libraries once and forks each process from itself: quicker to start, and smaller."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tracker.ingesting", "trafilatura", "dateparser"])
    return context


def delayed(items: Iterable[T], ahead: int) -> Iterator[T]:
    """
    The items in their order, each given when so many more have been taken.

    >>> list(delayed(range(4), 2))
    [0, 1, 2, 3]
    """
    waiting: deque[T] = deque()
    for item in items:
        waiting.append(item)
        if len(waiting) > ahead:
            yield waiting.popleft()
    yield from waiting


def _terminate(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool whatever they do (Python 3.14 has `terminate_workers` for it)."""
    for process in list((pool._processes or {}).values()):
        process.terminate()
    pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for ever for its next document."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
