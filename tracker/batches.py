"""Many texts at once: a line in, a line out, in order; a bad line does not stop the rest."""

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from reports.figure_json import figure_json
from sources.errors import UnreadableInput
from sources.extract import extract

LONGEST_LINE = 10_000_000
"""Bytes of one line; a longer one is an error of its own."""
_CHUNK = 32
_CHUNKS_AHEAD = 4
"""Chunks that wait for each process, so that a batch of any length takes no more memory."""
Numbered = tuple[int, bytes]


def extract_lines(path: Path, jobs: int) -> Iterator[tuple[str, bool]]:
    """
    One answer a line of the batch, in order, with whether its line could be read.

    Raises:
        UnreadableInput: the batch itself cannot be opened.
    """
    try:
        with path.open("rb") as lines:
            if jobs == 1:
                yield from map(answer, numbered(lines))
                return
            yield from _shared(numbered(lines), jobs)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name a file of JSON lines") from error


def _shared(lines: Iterator[Numbered], jobs: int) -> Iterator[tuple[str, bool]]:
    """The answers of several processes, in the order of the lines."""
    waiting: deque[Future[list[tuple[str, bool]]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        while chunk := list(islice(lines, _CHUNK)):
            waiting.append(pool.submit(_answers, chunk))
            if len(waiting) >= jobs * _CHUNKS_AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _answers(chunk: list[Numbered]) -> list[tuple[str, bool]]:
    return [answer(item) for item in chunk]


def numbered(lines: Any) -> Iterator[Numbered]:
    """The lines that are not blank, with their numbers; of one that is too long, its beginning."""
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if line.strip():
            yield number, line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = lines.readline(LONGEST_LINE + 1)


def answer(item: Numbered) -> tuple[str, bool]:
    """The answer to one line, as JSON, and whether the line could be read."""
    number, line = item
    asked: Any = None
    try:
        asked = parsed(line)
        return orjson.dumps(_figures(asked)).decode(), True
    except (ValueError, TypeError) as error:
        named = asked.get("id") if isinstance(asked, dict) else None
        return orjson.dumps({"id": named, "error": f"line {number}: {error}"}).decode(), False


def parsed(line: bytes) -> Any:
    """
    The JSON value of a line.

    Raises:
        ValueError: it is none, or longer than a line may be.
    """
    if len(line) > LONGEST_LINE:
        raise ValueError(f"longer than {LONGEST_LINE:,} bytes; split the text")
    return orjson.loads(line)


def _figures(asked: Any) -> dict[str, Any]:
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str) or "id" not in asked:
        raise TypeError('a line is an object {"id", "text", "published"?, "publisher"?, "lang"?}')
    for name in ("published", "publisher", "lang"):
        if not isinstance(asked.get(name), str | None):
            raise TypeError(f'"{name}" is not a string')
    found = extract(
        asked["text"],
        published=_day(asked.get("published")),
        publisher=asked.get("publisher"),
        language=asked.get("lang"),
    )
    return {"id": asked["id"], "figures": [figure_json(figure) for figure in found]}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f'"published": {text!r} is not a day of the calendar; write YYYY-MM-DD') from None
