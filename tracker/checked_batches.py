"""Many claims at once: a line in, a line out, in order; a bad line does not stop the rest."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from db.errors import RecordError
from db.store import Store
from reports.render.claims.json import checked_json
from sources.errors import UnreadableInput
from tracker.batches import Numbered, numbered, parsed
from tracker.checking import Checker, Given, checking
from tracker.errors import TrackerError

_CHUNK = 64
_CHUNKS_AHEAD = 4
_TEXTS = ("text", "on", "source", "event")


def check_lines(
    path: Path, store_url: str, given: Given, jobs: int, *, as_recorded_on: datetime | None = None
) -> Iterator["Line"]:
    """
    One answer a line of the batch, in order.

    Raises:
        UnreadableInput: the batch itself cannot be opened.
    """
    try:
        with path.open("rb") as lines:
            if jobs == 1:
                with Store(store_url) as store, checking(store, as_recorded_on=as_recorded_on) as checker:
                    for line in numbered(lines):
                        yield answer(checker, given, line)
                return
            yield from _shared(numbered(lines), store_url, given, jobs, as_recorded_on)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name a file of JSON lines") from error


def _shared(
    lines: Iterator[Numbered], store_url: str, given: Given, jobs: int, as_recorded_on: datetime | None
) -> Iterator["Line"]:
    """The answers of several processes in the order of the lines; each reads the store for itself."""
    waiting: list[Any] = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_begin, initargs=(store_url, given, as_recorded_on)
    ) as pool:
        while chunk := list(islice(lines, _CHUNK)):
            waiting.append(pool.submit(_answers, chunk))
            if len(waiting) >= jobs * _CHUNKS_AHEAD:
                yield from waiting.pop(0).result()
        for one in waiting:
            yield from one.result()


_IN_PROCESS: dict[str, Any] = {}
"""The checker of this process, which lives as long as the process does."""


def _begin(store_url: str, given: Given, as_recorded_on: datetime | None) -> None:
    opened = checking(Store(store_url), as_recorded_on=as_recorded_on)
    _IN_PROCESS.update(opened=opened, checker=opened.__enter__(), given=given)


def _answers(chunk: list[Numbered]) -> list["Line"]:
    return [answer(_IN_PROCESS["checker"], _IN_PROCESS["given"], line) for line in chunk]


class Line(NamedTuple):
    """The answer to one line as JSON: whether the line could be checked, and all its claims are borne out."""

    text: str
    is_good: bool
    is_borne_out: bool


def answer(checker: Checker, given: Given, line: Numbered) -> Line:
    """The answer to one line."""
    number, words = line
    asked: Any = None
    try:
        asked = parsed(words)
        _check_shape(asked)
        found = checker.check(asked["text"], given.completed(asked))
        told = orjson.dumps({"id": asked["id"], "claims": [checked_json(one) for one in found]}).decode()
        return Line(told, True, all(one.is_borne_out for one in found))
    except (ValueError, TypeError, TrackerError, RecordError) as error:
        named = asked.get("id") if isinstance(asked, dict) else None
        return Line(orjson.dumps({"id": named, "error": f"line {number}: {error}"}).decode(), False, False)


def _check_shape(asked: Any) -> None:
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str) or "id" not in asked:
        raise TypeError('a line is an object {"id", "text", "on"?, "source"?, "event"?}')
    for name in _TEXTS:
        if not isinstance(asked.get(name), str | None):
            raise TypeError(f'"{name}" is not a string')
