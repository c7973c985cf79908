"""Many texts at once: a line in, a line out, in order; a bad line does not stop the rest."""

import multiprocessing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from reports.figure_json import figure_json
from sources.errors import TooLarge, UnreadableInput
from sources.extract import extract

LONGEST_LINE = 10_000_000
"""Bytes of one line; a longer one is an error of its own."""
_CHUNK = 32


def extract_lines(path: Path, jobs: int) -> Iterator[tuple[str, bool]]:
    """
    One answer a line of the batch, in order, with whether its line could be read.

    Raises:
        UnreadableInput: the batch itself cannot be opened.
    """
    try:
        with path.open("rb") as lines:
            if jobs == 1:
                yield from map(answer, _numbered(lines))
                return
            context = multiprocessing.get_context("spawn")
            with context.Pool(jobs) as pool:
                yield from pool.imap(answer, _numbered(lines), chunksize=_CHUNK)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name a file of JSON lines") from error


def _numbered(lines: Any) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise TooLarge(f"line {number} is longer than {LONGEST_LINE} bytes: split the text")
        if line.strip():
            yield number, line


def answer(numbered: tuple[int, bytes]) -> tuple[str, bool]:
    """The answer to one line, as JSON, and whether the line could be read."""
    number, line = numbered
    asked: Any = None
    try:
        asked = orjson.loads(line)
        return orjson.dumps(_figures(asked)).decode(), True
    except (ValueError, TypeError) as error:
        named = asked.get("id") if isinstance(asked, dict) else None
        return orjson.dumps({"id": named, "error": f"line {number}: {error}"}).decode(), False


def _figures(asked: Any) -> dict[str, Any]:
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str) or "id" not in asked:
        raise TypeError('a line is an object {"id", "text", "published"?, "publisher"?, "lang"?}')
    for name in ("published", "publisher", "lang"):
        if not isinstance(asked.get(name), str | None):
            raise TypeError(f'"{name}" is not a string')
    found = extract(
        asked["text"],
        published=date.fromisoformat(asked["published"]) if asked.get("published") else None,
        publisher=asked.get("publisher"),
        language=asked.get("lang"),
    )
    return {"id": asked["id"], "figures": [figure_json(figure) for figure in found]}
