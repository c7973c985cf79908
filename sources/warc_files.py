"""Documents out of WARC files (ISO 28500), of this archive or another: the responses that can be read, one by one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sources.addresses import printable
from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from sources.retrieve import MOST_BYTES

READ = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
"""Media types that hold documents; images, scripts and the like are passed over."""


def is_warc(path: Path) -> bool:
    """Whether a file's name says that it is a WARC file."""
    return path.name.lower().endswith((".warc", ".warc.gz"))


def responses(path: Path) -> Iterator[Retrieved | UnreadableInput]:
    """
    The documents that a WARC file holds, in its order, each with the instant at which it was retrieved.

    A record that cannot be read is given as its error, so that it stops none of the others.

    Raises:
        UnreadableInput: the file cannot be opened, or breaks off.
    """
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it ships no types
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # it ships no types

    records = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                records += record.format == "warc"  # what is no gzip after all passes for the older ARC
                if (
                    record.format == "warc"
                    and record.rec_type in ("response", "resource")
                    and (found := _read(record, path)) is not None
                ):
                    yield found
    except (OSError, EOFError, ArchiveLoadFailed, ValueError) as error:
        raise UnreadableInput(f"{path}: the WARC file cannot be read further ({printable(str(error), 160)})") from error
    if not records:
        raise UnreadableInput(f"{path}: it holds no WARC record")


def _read(record: Any, path: Path) -> Retrieved | UnreadableInput | None:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = record.http_headers
    status = int(headers.get_statuscode()) if headers is not None and headers.get_statuscode().isdigit() else None
    declared = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
    media_type = declared.partition(";")[0].strip().lower()
    is_web = address.startswith(("http://", "https://"))
    if not is_web or media_type not in READ or (status is not None and not 200 <= status < 300):
        return None
    body = record.content_stream().read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return UnreadableInput(f"{path}: {printable(address)} has more than {MOST_BYTES:,} bytes")
    charset = next((part.split("=", 1)[1] for part in declared.split(";") if "charset=" in part.lower()), None)
    return Retrieved(
        address=address,
        body=body,
        status=status,
        media_type=media_type,
        charset=charset.strip(" \"'").lower() if charset else None,
        retrieved_at=_instant(record.rec_headers.get_header("WARC-Date")),
        headers=tuple(headers.headers) if headers is not None else (),
        name=printable(address),
    )


def _instant(said: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(said or "")
    except ValueError:
        return datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
