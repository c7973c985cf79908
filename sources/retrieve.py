"""What a person names on the command line - a file, standard input or a web address - as bytes, bounded in size."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sources.addresses import is_address, printable
from sources.errors import TooLarge, UnreadableInput
from sources.fetch import Limits, Retrieved, fetch

MOST_BYTES = 50_000_000
"""Of a document. A dataset may be larger: its reader says how much."""

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}
"""What the ending of a file's name says about it (IANA media types)."""

STANDARD_INPUT = "standard input"


def retrieve(
    where: str,
    *,
    allow_networks: Sequence[str] = (),
    most_bytes: int = MOST_BYTES,
    standard_input: BinaryIO | None = None,
) -> Retrieved:
    """
    Read a file, `-` for standard input, or a web address.

    Args:
        where: a path, `-`, or an http or https address.
        allow_networks: private networks (CIDR) that may be fetched from.
        most_bytes: more than this is refused, not cut.
        standard_input: what `-` means, if not the process's own.

    Raises:
        UnreadableInput: missing, a folder, empty, or not readable (TooLarge: over the limit).
        RefusedAddress, FetchFailed: see fetch.
    """
    if where == "-":
        found = _local(STANDARD_INPUT, None, _read_stream(standard_input or sys.stdin.buffer, most_bytes))
    elif is_address(where):
        found = fetch(where, allow_networks=allow_networks, limits=replace(Limits(), most_bytes=most_bytes))
    else:
        path = Path(where)
        found = _local(printable(where), MEDIA_TYPES.get(path.suffix.lower()), _read_file(path, most_bytes))
    if not found.body:
        raise UnreadableInput(f"{found.name}: nothing in it; give a file, an address or text with words")
    return found


def _local(name: str, media_type: str | None, body: bytes) -> Retrieved:
    return Retrieved(
        address=None,
        body=body,
        status=None,
        media_type=media_type,
        charset=None,
        retrieved_at=datetime.now(UTC),
        headers=(),
        name=name,
    )


def _read_file(path: Path, most_bytes: int) -> bytes:
    name = printable(str(path))
    try:
        with path.open("rb") as file:
            return _bounded(file, most_bytes, name)
    except FileNotFoundError as missing:
        raise UnreadableInput(f"{name}: no such file; check the path") from missing
    except IsADirectoryError as folder:
        raise UnreadableInput(f"{name}: a folder, not a file; name the files in it") from folder
    except PermissionError as closed:
        raise UnreadableInput(f"{name}: no permission to read it") from closed
    except (OSError, ValueError) as failure:
        raise UnreadableInput(f"{name}: cannot be read ({_said(failure)})") from failure


def _read_stream(stream: BinaryIO, most_bytes: int) -> bytes:
    try:
        return _bounded(stream, most_bytes, STANDARD_INPUT)
    except (OSError, ValueError) as failure:
        raise UnreadableInput(f"{STANDARD_INPUT}: cannot be read ({_said(failure)})") from failure


def _bounded(stream: BinaryIO, most_bytes: int, name: str) -> bytes:
    body = stream.read(most_bytes + 1)
    if len(body) > most_bytes:
        raise TooLarge(f"{name}: more than {most_bytes:,} bytes; split it, or give the part that matters")
    return body


def _said(failure: OSError | ValueError) -> str:
    return printable((failure.strerror if isinstance(failure, OSError) else None) or str(failure))
