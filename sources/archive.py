"""
The bytes of every document as they were retrieved, kept for good in WARC files (ISO 28500) named by their SHA-256.

One file holds one record in one gzip member. A file appears whole or not at all, and is never written again
unless it was damaged.
"""

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from db.errors import SnapshotMissing, StoreUnavailable
from db.records import Snapshot
from sources.fetch import Retrieved

KEPT_UNDER_ANOTHER_NAME = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that speak of the bytes on the wire; the body is kept as decoded, so they get the prefix `X-Crawl-`."""

_COMPRESSION = 6
_LONGEST_HEADERS = 1 << 20


class Archive:
    """A folder of snapshots."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, retrieved: Retrieved) -> Snapshot:
        """
        Keep the bytes; keeping the same bytes again changes nothing and gives the place of the first.

        Returns:
            The snapshot of this retrieval, with the file's place in the archive.

        Raises:
            StoreUnavailable: the folder cannot be written (read-only, full, not a folder).
        """
        digest = hashlib.sha256(retrieved.body).hexdigest()
        path = self.folder / _place(digest)
        with _translated(self.folder):
            if not self._holds(path, digest, len(retrieved.body)):
                _write_whole(path, retrieved, digest)
            length = path.stat().st_size
        return Snapshot(
            sha256=digest,
            size=len(retrieved.body),
            retrieved_at=retrieved.retrieved_at,
            status=retrieved.status,
            media_type=retrieved.media_type,
            warc_file=_place(digest),
            warc_offset=0,
            warc_length=length,
        )

    def read(self, snapshot: Snapshot) -> bytes:
        """
        The bytes of a snapshot, checked against its digest.

        Raises:
            SnapshotMissing: the file is missing, cannot be read, or holds other bytes ("altered").
        """
        path = self._path(snapshot)
        try:
            body = _payload(path, snapshot.warc_offset, snapshot.size)
        except FileNotFoundError as missing:
            raise SnapshotMissing(f"snapshot sha256:{snapshot.sha256} is missing: no file {path}") from missing
        except OSError as failure:
            raise SnapshotMissing(
                f"snapshot sha256:{snapshot.sha256} cannot be read from {path} ({failure.strerror or failure})"
            ) from failure
        if body is None or hashlib.sha256(body).hexdigest() != snapshot.sha256:
            raise SnapshotMissing(f"snapshot sha256:{snapshot.sha256} was altered: {path} holds other bytes")
        return body

    def _path(self, snapshot: Snapshot) -> Path:
        """A place from the store is a name below the folder, never a way out of it."""
        path = self.folder / snapshot.warc_file
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise SnapshotMissing(f"snapshot sha256:{snapshot.sha256} names a file outside the archive {self.folder}")
        return path

    def _holds(self, path: Path, digest: str, size: int) -> bool:
        if not path.exists():
            return False
        body = _payload(path, 0, size)
        return body is not None and hashlib.sha256(body).hexdigest() == digest


def _place(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}.warc.gz"


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise StoreUnavailable(
            f"the archive {folder} cannot be written ({failure.strerror or failure}); "
            "free space or rights there, or name another folder with --archive"
        ) from failure


def _write_whole(path: Path, retrieved: Retrieved, digest: str) -> None:
    """Write beside, flush to the disk, rename: a crash leaves either no file or the whole one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".unfinished-{uuid4().hex}")
    try:
        with beside.open("xb") as file:
            _write_record(file, retrieved, digest)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_record(file: IO[bytes], retrieved: Retrieved, digest: str) -> None:
    from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # it ships no types

    with gzip.GzipFile(filename="", mode="wb", compresslevel=_COMPRESSION, fileobj=file, mtime=0) as member:
        writer = WARCWriter(member, gzip=False, warc_version="1.1")
        http_headers = _http_headers(retrieved)
        writer.write_record(
            writer.create_warc_record(
                retrieved.address or f"urn:sha256:{digest}",  # never a path: that is nobody's business
                "resource" if http_headers is None else "response",
                payload=BytesIO(retrieved.body),
                length=len(retrieved.body),
                warc_content_type="" if http_headers else retrieved.media_type or "application/octet-stream",
                warc_headers_dict=_warc_headers(retrieved, digest, http_headers),
                http_headers=http_headers,
            )
        )


def _warc_headers(retrieved: Retrieved, digest: str, http_headers: Any) -> dict[str, str]:
    """Record id and digests (ISO 28500, 5.2, 5.8, 5.9): the same retrieval always makes the same record."""
    instant = retrieved.retrieved_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    block = hashlib.sha256()
    if http_headers is not None:
        http_headers.compute_headers_buffer()
        block.update(http_headers.headers_buff)
    block.update(retrieved.body)
    return {
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'urn:sha256:{digest}#{instant}')}>",
        "WARC-Date": instant,
        "WARC-Payload-Digest": f"sha256:{digest}",
        "WARC-Block-Digest": f"sha256:{block.hexdigest()}",
    }


def _http_headers(retrieved: Retrieved) -> Any:
    """The response's status line and headers as warcio keeps them; None for what did not come over HTTP."""
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # it ships no types

    if retrieved.status is None or retrieved.address is None:
        return None
    phrases = {status.value: status.phrase for status in HTTPStatus}
    headers = [_kept(name, value) for name, value in retrieved.headers]
    headers.append(("Content-Length", str(len(retrieved.body))))
    status_line = f"{retrieved.status} {phrases.get(retrieved.status, '')}".strip()
    return StatusAndHeaders(status_line, headers, protocol="HTTP/1.1")


def _kept(name: str, value: str) -> tuple[str, str]:
    prefix = "X-Crawl-" if name.lower() in KEPT_UNDER_ANOTHER_NAME else ""
    return prefix + name, "".join(character for character in value if character.isprintable())


def _payload(path: Path, offset: int, size: int) -> bytes | None:
    """
    The last `size` bytes of the block of the record at an offset; None where no such record stands there.

    Written for files that may have been tampered with: nothing in the file makes it read more than was kept.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            with gzip.GzipFile(fileobj=file) as member:
                before = _block_length(member) - size
                if not 0 <= before <= _LONGEST_HEADERS:
                    return None
                member.read(before)
                return member.read(size)
    except (gzip.BadGzipFile, EOFError, zlib.error, ValueError):
        return None


def _block_length(member: gzip.GzipFile) -> int:
    """Read past the WARC header of a record to its block."""
    length, left = -1, _LONGEST_HEADERS
    while left > 0 and (line := member.readline(left)).strip():
        left -= len(line)
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return length
