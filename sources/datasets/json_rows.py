"""Rows of JSON arrays and of JSON Lines, nested objects opened out, with RFC 6901 pointers as locators."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from sources.datasets.mapping import Mapping
from sources.datasets.tables import MOST_COLUMNS, Cell, Table
from sources.errors import MappingError, TooLarge, UnreadableInput

LARGEST_LINE = 16_000_000
"""Bytes of one line of a JSON Lines file."""
DEEPEST = 20
"""Objects within objects that are opened out; what lies deeper is no table."""


def json_table(path: Path, mapping: Mapping, name: str) -> Table:
    """
    The objects of a JSON array, which is the document or stands at the pointer `dataset.records`.

    A member of a nested object is the column "verified/killed": its pointer within the row (RFC 6901).
    """
    records = _records(_loaded(path, name), mapping, name)
    rows = [_flat(record, f"{name}: {mapping.dataset.records}/{place}") for place, record in enumerate(records)]
    return _table(enumerate(rows), _first_seen(enumerate(rows), name), mapping.dataset.records)


def json_lines_table(path: Path, name: str) -> Table:
    """The objects of a JSON Lines file, one a line; their locators count lines from 0, as in an array of them."""
    return _table(_lines(path, name), _first_seen(_lines(path, name), name), "")


def _table(rows: Iterable[tuple[int, dict[str, Cell]]], first_seen: dict[str, int], pointer: str) -> Table:
    columns = tuple(first_seen)

    def locator(places: Sequence[int]) -> Callable[[int], str]:
        members = [f"/{columns[place]}" for place in places]
        if len(members) == 1:
            only = members[0]
            return lambda row: f"{pointer}/{row}{only}"
        return lambda row: " ".join(f"{pointer}/{row}{member}" for member in members or ("",))

    return Table(
        columns,
        ((place, tuple(map(row.get, columns))) for place, row in rows),
        locator,
        lambda place: f"{pointer}/{first_seen[columns[place]]}/{columns[place]}",
    )


def _loaded(path: Path, name: str) -> Any:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{name}: cannot be read: {error.strerror}") from error
    return _parsed(content.removeprefix(b"\xef\xbb\xbf"), name)


def _parsed(content: bytes, where: str) -> Any:
    if b"\\u0000" in content:
        raise UnreadableInput(f"{where}: NUL characters (\\u0000) in a text")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UnreadableInput(f"{where}: not whole JSON in UTF-8: {error}") from error


def _records(content: Any, mapping: Mapping, name: str) -> list[Any]:
    pointer = mapping.dataset.records
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(content, dict) or key not in content:
            raise MappingError(f"{mapping.where}: dataset.records: {name} has nothing at {pointer!r}")
        content = content[key]
    if not isinstance(content, list):
        raise MappingError(
            f"{mapping.where}: dataset.records: {name} has no array at {pointer!r}; give the pointer of the rows"
        )
    if not content:
        raise UnreadableInput(f"{name}: the array at {pointer!r} is empty")
    return content


def _lines(path: Path, name: str) -> Iterator[tuple[int, dict[str, Cell]]]:
    try:
        with path.open("rb") as file:
            place = 0
            while line := file.readline(LARGEST_LINE + 1):
                if len(line) > LARGEST_LINE:
                    raise TooLarge(f"{name}: line {place + 1} is longer than {LARGEST_LINE:,} bytes")
                if line.strip():
                    where = f"{name}: line {place + 1}"
                    yield place, _flat(_parsed(line.removeprefix(b"\xef\xbb\xbf"), where), where)
                place += 1
    except OSError as error:
        raise UnreadableInput(f"{name}: cannot be read: {error.strerror}") from error


def _flat(record: Any, where: str) -> dict[str, Cell]:
    if not isinstance(record, dict):
        raise UnreadableInput(f"{where}: a row is a JSON object, here stands {str(record)[:40]!r}")
    for value in record.values():
        if value.__class__ is dict or value.__class__ is list:
            return dict(_opened("", record, where, DEEPEST))
    if not any("/" in key or "~" in key for key in record):
        return record
    return dict(_opened("", record, where, DEEPEST))


def _opened(prefix: str, value: Any, where: str, depth: int) -> Iterator[tuple[str, Cell]]:
    if depth == 0:
        raise UnreadableInput(f"{where}: nested deeper than {DEEPEST} levels")
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        pointer = prefix + str(key).replace("~", "~0").replace("/", "~1")
        if isinstance(member, (dict, list)):
            yield from _opened(pointer + "/", member, where, depth - 1)
        else:
            yield pointer, member


def _first_seen(rows: Iterable[tuple[int, dict[str, Cell]]], name: str) -> dict[str, int]:
    """Every column with the row that has it first, in the order in which they appear."""
    columns: dict[str, int] = {}
    for place, row in rows:
        if not row.keys() <= columns.keys():
            columns |= {column: place for column in row if column not in columns}
            if len(columns) > MOST_COLUMNS:
                raise TooLarge(f"{name}: more than {MOST_COLUMNS:,} columns; the rows are no table")
    if not columns:
        raise UnreadableInput(f"{name}: no rows")
    return columns
