import gzip
import hashlib
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it ships no types

from db.errors import SnapshotMissing, StoreUnavailable
from sources.archive import Archive
from sources.fetch import Retrieved

NOON = datetime(2023, 10, 17, 12, 0, 0, 250_000, tzinfo=UTC)


def page(body: bytes = b"<p>At least 12 people were killed.</p>", **changed: Any) -> Retrieved:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("content-length", "9"), ("ETag", "é\n7"))
    given: dict[str, Any] = {"address": "https://lantern.example/toll", "body": body, "status": 200}
    given |= {"media_type": "text/html", "charset": None, "retrieved_at": NOON, "headers": headers, "name": "a page"}
    return Retrieved(**given | changed)


def file(body: bytes = b"words") -> Retrieved:
    name = "/home/reader/secret plans/toll.txt"
    return page(body, address=None, status=None, headers=(), media_type="text/plain", name=name)


def files(archive: Archive) -> list[str]:
    return sorted(str(path.relative_to(archive.folder)) for path in archive.folder.rglob("*") if path.is_file())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "store.archive")


def records(archive: Archive, place: str) -> list[Any]:
    """What the WARC library reads in a file, digests checked."""
    with (archive.folder / place).open("rb") as stream:
        found = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.body = record.content_stream().read()
            found.append(record)
        return found


def test_what_is_kept_can_be_read_again(archive: Archive) -> None:
    snapshot = archive.keep(page())
    assert archive.read(snapshot) == page().body
    assert snapshot.sha256 == hashlib.sha256(page().body).hexdigest()
    assert (snapshot.size, snapshot.status, snapshot.media_type) == (len(page().body), 200, "text/html")
    assert snapshot.retrieved_at == NOON


def test_a_file_is_named_by_the_digest_in_two_levels_of_folders(archive: Archive) -> None:
    snapshot = archive.keep(page())
    assert snapshot.warc_file == f"{snapshot.sha256[:2]}/{snapshot.sha256[2:4]}/{snapshot.sha256}.warc.gz"
    assert files(archive) == [snapshot.warc_file]
    assert (snapshot.warc_offset, snapshot.warc_length) == (0, (archive.folder / snapshot.warc_file).stat().st_size)


def test_a_page_is_a_response_record_with_its_status_and_headers(archive: Archive) -> None:
    (record,) = records(archive, archive.keep(page()).warc_file)
    assert record.rec_type == "response"
    assert record.rec_headers.protocol == "WARC/1.1"
    assert record.rec_headers["WARC-Target-URI"] == "https://lantern.example/toll"
    assert record.rec_headers["WARC-Date"] == "2023-10-17T12:00:00.250000Z"
    assert record.http_headers.statusline == "200 OK"
    assert record.body == page().body


def test_headers_about_the_wire_are_kept_under_another_name(archive: Archive) -> None:
    (record,) = records(archive, archive.keep(page()).warc_file)
    assert record.http_headers["Content-Encoding"] is None
    assert record.http_headers["X-Crawl-Content-Encoding"] == "gzip"
    assert record.http_headers["X-Crawl-content-length"] == "9"
    assert record.http_headers["Content-Length"] == str(len(page().body))
    assert record.http_headers["ETag"] == "%C3%A97"


def test_a_file_is_a_resource_record_without_its_path(archive: Archive) -> None:
    snapshot = archive.keep(file())
    (record,) = records(archive, snapshot.warc_file)
    assert record.rec_type == "resource"
    assert record.rec_headers["WARC-Target-URI"] == f"urn:sha256:{snapshot.sha256}"
    assert record.rec_headers["Content-Type"] == "text/plain"
    assert record.body == b"words"
    assert b"secret" not in gzip.decompress((archive.folder / snapshot.warc_file).read_bytes())


def test_bytes_of_an_unknown_type_and_status_are_kept_too(archive: Archive) -> None:
    (record,) = records(archive, archive.keep(page(b"x", status=299)).warc_file)
    assert record.http_headers.statusline == "299"
    unknown = page(b"y", address=None, status=None, media_type=None)
    (record,) = records(archive, archive.keep(unknown).warc_file)
    assert record.rec_headers["Content-Type"] == "application/octet-stream"


def test_the_same_retrieval_makes_the_same_file_in_any_archive(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other")
    place = archive.keep(page()).warc_file
    assert other.keep(page()).warc_file == place
    assert (archive.folder / place).read_bytes() == (other.folder / place).read_bytes()


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    first = archive.keep(page())
    written = (archive.folder / first.warc_file).stat()
    later = page(retrieved_at=datetime(2024, 1, 1, tzinfo=UTC), address="https://mirror.example/")
    second = archive.keep(later)
    assert (second.warc_file, second.warc_offset, second.warc_length) == (
        first.warc_file,
        first.warc_offset,
        first.warc_length,
    )
    assert (archive.folder / first.warc_file).stat().st_mtime_ns == written.st_mtime_ns
    assert files(archive) == [first.warc_file]


@given(body=st.binary(max_size=5000), over_http=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_back_as_they_were(archive: Archive, body: bytes, over_http: bool) -> None:
    snapshot = archive.keep(page(body) if over_http else file(body))
    assert archive.read(snapshot) == body
    assert records(archive, snapshot.warc_file)[0].body == body


# -- damage ---------------------------------------------------------------------------------------


def test_a_snapshot_without_its_file_is_missing(archive: Archive) -> None:
    snapshot = archive.keep(page())
    (archive.folder / snapshot.warc_file).unlink()
    with pytest.raises(SnapshotMissing, match=f"sha256:{snapshot.sha256} is missing"):
        archive.read(snapshot)


def another_record(whole: bytes) -> bytes:
    return gzip.compress(gzip.decompress(whole).replace(b"12 people", b"99 people"))


def a_record_that_claims_more(whole: bytes) -> bytes:
    return gzip.compress(gzip.decompress(whole).replace(b"Content-Length: ", b"Content-Length: 99999999999"))


@pytest.mark.parametrize(
    "altered",
    [
        another_record,
        a_record_that_claims_more,
        lambda whole: whole[:-20],
        lambda whole: whole[: len(whole) // 2],
        lambda _: b"",
        lambda _: b"no archive at all",
        lambda whole: whole[:30] + b"\xff" * 30 + whole[60:],
        lambda _: gzip.compress(b"WARC/1.1\r\nContent-Length: many\r\n\r\n"),
        lambda _: gzip.compress(b"x" * 3_000_000),
    ],
    ids=["other bytes", "a lie", "no end", "half", "nothing", "text", "noise", "no number", "no headers"],
)
def test_altered_bytes_are_noticed_and_the_next_keeping_repairs_them(archive: Archive, altered: Any) -> None:
    snapshot = archive.keep(page())
    path = archive.folder / snapshot.warc_file
    whole = path.read_bytes()
    path.write_bytes(altered(whole))
    with pytest.raises(SnapshotMissing, match="was altered"):
        archive.read(snapshot)
    archive.keep(page())
    assert path.read_bytes() == whole


def test_a_file_that_blows_up_when_read_is_not_read_to_its_end(archive: Archive) -> None:
    snapshot = archive.keep(page())
    head = b"WARC/1.1\r\nContent-Length: 1000000000\r\n\r\n"
    (archive.folder / snapshot.warc_file).write_bytes(gzip.compress(head) + gzip.compress(bytes(10_000_000)) * 100)
    started = time.monotonic()
    with pytest.raises(SnapshotMissing, match="was altered"):
        archive.read(snapshot)
    assert time.monotonic() - started < 1


def test_a_folder_where_the_file_should_be_cannot_be_read(archive: Archive) -> None:
    snapshot = archive.keep(page())
    (archive.folder / snapshot.warc_file).unlink()
    (archive.folder / snapshot.warc_file).mkdir()
    with pytest.raises(SnapshotMissing, match="cannot be read"):
        archive.read(snapshot)


def test_a_place_outside_the_archive_is_never_opened(archive: Archive, tmp_path: Path) -> None:
    snapshot = archive.keep(page())
    (tmp_path / "outside").write_bytes((archive.folder / snapshot.warc_file).read_bytes())
    for place in ("../outside", str(tmp_path / "outside")):
        with pytest.raises(SnapshotMissing, match="outside the archive"):
            archive.read(snapshot.model_copy(update={"warc_file": place}))


# -- disks and crashes ----------------------------------------------------------------------------


NOISE = b"".join(hashlib.sha256(number.to_bytes(2, "big")).digest() for number in range(3000))
"""About 100 kB that do not compress."""


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """A disk that takes no file beyond this size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_said_and_leaves_no_half_file(archive: Archive) -> None:
    with room_for(10_000), pytest.raises(StoreUnavailable, match=r"cannot be written .*--archive"):
        archive.keep(page(NOISE))
    assert files(archive) == []
    assert archive.read(archive.keep(page(NOISE))) == NOISE


def test_an_archive_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("words")
    with pytest.raises(StoreUnavailable, match="taken cannot be written"):
        Archive(tmp_path / "taken").keep(page())


def test_a_crash_in_the_middle_leaves_no_file_by_the_digests_name(archive: Archive) -> None:
    crashing = (
        "import hashlib, resource, signal, sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from sources.fetch import Retrieved; from sources.archive import Archive;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL); resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "kept = Retrieved(None, sys.stdin.buffer.read(), None, None, None, datetime.now(UTC), (), 'a');"
        "Archive(Path(sys.argv[1])).keep(kept)"
    )
    done = subprocess.run([sys.executable, "-c", crashing, str(archive.folder)], input=NOISE, check=False)
    assert done.returncode == -signal.SIGXFSZ
    assert [name for name in files(archive) if name.endswith(".warc.gz")] == []
    assert archive.read(archive.keep(file(NOISE))) == NOISE


def test_keeping_a_large_dataset_takes_no_further_copies_in_memory(archive: Archive) -> None:
    measuring = (
        "import sys, resource; from pathlib import Path; from datetime import datetime, UTC;"
        "from sources.fetch import Retrieved; from sources.archive import Archive;"
        "body = b'2023-10-17,2808,killed\\n' * 1_000_000; archive = Archive(Path(sys.argv[1]));"
        "kept = Retrieved(None, body, None, 'text/csv', None, datetime.now(UTC), (), 'a');"
        "archive.keep(Retrieved(None, b'x', None, 'text/csv', None, datetime.now(UTC), (), 'a'));"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "archive.keep(kept);"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / len(body))"
    )
    done = subprocess.run(
        [sys.executable, "-c", measuring, str(archive.folder)], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 0.5
