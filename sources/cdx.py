"""
The captures of a page that a CDX server lists: JSON rows, as the Wayback Machine's, or the lines of pywb.

Formats: "Wayback CDX Server API" (`output=json`, a row of column names and then rows; or columns with spaces between
them) and "CDXJ Server API" of pywb (`urlkey timestamp {…}`, a JSON object a line, or columns). An answer is hostile
input: it is read row by row, and what is no row of an index is passed over or refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from sources.addresses import canonical_address
from sources.errors import RefusedAddress, UnreadableInput
from sources.fetch import Retrieved
from sources.mementos import MOST_CAPTURES, Memento

MOST_ROWS = 500_000
"""Of one answer, from its beginning: indexes name the oldest first."""
LONGEST_ROW = 20_000
"""Longer rows, in characters or bytes, are passed over."""
COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
"""The first columns of a line, where neither the answer nor the question (`fl=`) names them."""
FIRST_CAPTURE = datetime(1991, 1, 1, tzinfo=UTC)
"""Nothing of the web is older."""

_ALSO = {"url": "original", "status": "statuscode"}
_AS_GOOD = frozenset(("200", "-", "", "None"))
_BEGINS = re.compile(rb"\s*+(?:\[|\{|(?:[^\s<]\S{0,4000}+[ \t]+)?\d{14}[ \t])")
_OPENS, _GOES_ON = re.compile(r"\s*+\[\s*+"), re.compile(r"\s*+([,\]])\s*+")
_ROW = re.compile(r'\[(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+\]')
_LINE = re.compile(rb"[^\r\n]++")
_COLLECTION = re.compile(r"(.*?)(?:/cdx|-cdx)/?")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of an index; `page` is its key there, the same for all spellings of one address."""

    at: datetime
    timestamp: str
    original: str
    page: str
    status: str
    digest: str | None


def is_cdx(retrieved: Retrieved) -> bool:
    """Whether an answer looks like a CDX server's; an empty one does, if such a server was asked."""
    was_asked = _COLLECTION.fullmatch(urlsplit(retrieved.address or "").path) is not None
    return _BEGINS.match(retrieved.body) is not None or (was_asked and not retrieved.body.strip())


def cdx_captures(retrieved: Retrieved) -> list[Memento]:
    """
    The captures that an answer lists, the oldest first; neighbours in time with the same bytes are one.

    What one key of the index names is one page (http and https, with and without www), called by its newest
    address. Redirects and errors are passed over, and so is what no archive can have captured.

    Raises:
        UnreadableInput: it is broken, names no time or no page, or does not come from where the captures' own
            addresses could be told from.
    """
    replay = _replay(retrieved)
    said = islice(_rows(retrieved), MOST_ROWS)
    rows = sorted((row for row in said if row.status in _AS_GOOD), key=lambda row: row.at)
    called = {row.page: row.original for row in rows}
    last: dict[str, str | None] = {}
    found: dict[str, Memento] = {}
    for row in rows:
        if row.digest is not None and last.get(row.page) == row.digest:
            continue
        last[row.page] = row.digest
        capture = Memento(f"{replay}/{row.timestamp}id_/{row.original}", called[row.page], row.at)
        if _is_usable(capture.address) and _is_usable(capture.original):
            found.setdefault(capture.address, capture)
        if len(found) >= MOST_CAPTURES:
            break
    return list(found.values())


def _replay(retrieved: Retrieved) -> str:
    """Where an archive serves what it captured, from where its index was asked; without a slash at the end."""
    parts = urlsplit(retrieved.address or "")
    if parts.hostname == "web.archive.org":
        return "https://web.archive.org/web"
    collection = _COLLECTION.fullmatch(parts.path)
    if collection is None:
        raise UnreadableInput(
            f"{retrieved.name}: its captures' addresses cannot be told from the address of this index: watch one that "
            "ends in /COLLECTION/cdx, or the archive's TimeMap"
        )
    return f"{parts.scheme}://{parts.netloc}{collection[1]}"


def _rows(retrieved: Retrieved) -> Iterator[_Row]:
    """The rows that say when which page was captured."""
    latest = retrieved.retrieved_at + timedelta(days=1)
    said = _of_array(retrieved) if retrieved.body.lstrip()[:1] == b"[" else _of_lines(retrieved)
    return (row for one in said if (row := _row(one, latest)) is not None)


def _row(said: dict[str, Any], latest: datetime) -> _Row | None:
    said = {_ALSO.get(name, name): value for name, value in said.items()}
    timestamp, original = said.get("timestamp"), said.get("original")
    if not isinstance(timestamp, str) or not isinstance(original, str):
        return None
    at = _instant(timestamp)
    if at is None or not FIRST_CAPTURE <= at <= latest or not original.lower().startswith(("http://", "https://")):
        return None
    key, digest = said.get("urlkey"), str(said.get("digest") or "-").rpartition(":")[2]
    page = key if isinstance(key, str) and key not in ("", "-") else original
    return _Row(at, timestamp, original, page, str(said.get("statuscode")), digest if digest != "-" else None)


def _instant(timestamp: str) -> datetime | None:
    """The instant of 14 digits, in UTC."""
    if len(timestamp) != 14 or not (timestamp.isascii() and timestamp.isdecimal()):
        return None
    parts = (timestamp[:4], *(timestamp[place : place + 2] for place in range(4, 14, 2)))
    try:
        return datetime(*map(int, parts), tzinfo=UTC)  # type: ignore[misc,arg-type]  # six numbers
    except ValueError:
        return None


def _is_usable(address: str) -> bool:
    try:
        return bool(canonical_address(address))
    except RefusedAddress:
        return False


def _of_array(retrieved: Retrieved) -> Iterator[dict[str, Any]]:
    """The rows of one JSON array, by the names of its first row; never more than one row in memory."""
    columns: list[Any] | None = None
    for row in _arrays(retrieved):
        if columns is None:
            columns = [_ALSO.get(name, name) if isinstance(name, str) else None for name in row]
            if missing := next((name for name in ("timestamp", "original") if name not in columns), None):
                raise UnreadableInput(f"{retrieved.name}: no CDX answer: its first row names no column {missing!r}")
        elif len(row) == len(columns):
            yield {name: value for name, value in zip(columns, row, strict=True) if name is not None}


def _arrays(retrieved: Retrieved) -> Iterator[list[Any]]:
    text = retrieved.body.decode("utf-8", errors="replace")
    opened = _OPENS.match(text)
    place = opened.end() if opened else 0
    if text.startswith("]", place):
        return
    while (row := _ROW.match(text, place)) and (after := _GOES_ON.match(text, row.end())):
        if len(row[0]) <= LONGEST_ROW:
            try:
                yield orjson.loads(row[0])
            except orjson.JSONDecodeError:
                break
        if after[1] == "]":
            return
        place = after.end()
    raise UnreadableInput(f"{retrieved.name}: a CDX answer that breaks off or is broken at character {place:,}")


def _of_lines(retrieved: Retrieved) -> Iterator[dict[str, Any]]:
    """The lines of CDXJ, of JSON objects, or of columns with spaces between them."""
    asked = parse_qs(urlsplit(retrieved.address or "").query).get("fl", [""])[0]
    columns = tuple(asked.split(",")) if asked else COLUMNS
    is_any = not retrieved.body.strip()
    for line in _LINE.finditer(retrieved.body):
        if len(line[0]) <= LONGEST_ROW and (said := _line(line[0].decode("utf-8", errors="replace"), columns)):
            is_any |= _instant(str(said.get("timestamp"))) is not None
            yield said
    if not is_any:
        raise UnreadableInput(f"{retrieved.name}: neither a TimeMap nor a CDX answer: no line names a time and a page")


def _line(line: str, columns: tuple[str, ...]) -> dict[str, Any] | None:
    """What one line says; None where it is no line of an index."""
    key, _, rest = line.strip().partition(" ")
    timestamp, _, block = rest.partition(" ")
    if (text := block.lstrip()).startswith("{"):
        said = _object(text)
        return {**said, "urlkey": key, "timestamp": timestamp} if said is not None else None
    if key.startswith("{"):
        return _object(line)
    values = line.split()
    return dict(zip(columns, values, strict=False)) if len(values) >= min(len(columns), 3) else None


def _object(text: str) -> dict[str, Any] | None:
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return said if isinstance(said, dict) and {"url", "original"} & set(said) else None
