"""Many documents at once, from a folder or from WARC files: each once, and where it was broken off it goes on."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from db.errors import RecordError
from db.store import Store
from db.watches import Visited, note_visited, visited
from sources.archive import Archive
from sources.errors import SourceError, UnreadableInput
from sources.fetch import Retrieved
from sources.retrieve import MEDIA_TYPES, retrieve
from sources.warc_files import is_warc, responses
from tracker.ingesting import Found, Outcome, Stated, record_found
from tracker.readers import READ_AHEAD, Readers, delayed

CHUNK = 100
"""Files that one job takes in; a WARC file is a job of its own."""
_DOCUMENTS = frozenset(
    suffix
    for suffix, kind in MEDIA_TYPES.items()
    if kind in ("text/plain", "text/html", "application/xhtml+xml", "application/pdf")
)
_Taken = tuple[Retrieved, Callable[[], Found]]


def chunks_of(path: Path) -> Iterator[list[Path]]:
    """
    The files of a folder that hold documents, or one WARC file, by jobs.

    Raises:
        UnreadableInput: there is nothing at the path.
    """
    if path.is_file():
        yield [path]
        return
    if not path.is_dir():
        raise UnreadableInput(f"{path}: no such folder or WARC file; check the path")
    chunk: list[Path] = []
    for file in sorted(path.rglob("*")):
        if not file.is_file():
            continue
        if is_warc(file):
            yield [file]
        elif file.suffix.lower() in _DOCUMENTS:
            chunk.append(file)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def backfill(
    store: Store,
    archive: Archive,
    readers: Readers,
    files: Sequence[Path],
    stated: Stated,
    on_document: Callable[[], None] = lambda: None,
) -> Outcome:
    """
    Take in every document of some files; what was taken in before is passed over.

    A document that cannot be read is listed under `errors` and stops none of the others.
    """
    outcome = Outcome()

    def taken() -> Iterator[_Taken]:
        for file in files:
            for found in _of_file(file):
                if isinstance(found, UnreadableInput):
                    outcome.errors.append((str(file), str(found)))
                elif visited(store, _key(found, stated)) is None:
                    yield found, readers.find(found, stated)
                on_document()

    for found, reading in delayed(taken(), READ_AHEAD):
        try:
            _record(store, archive, found, reading(), stated, outcome)
        except (SourceError, RecordError) as error:
            outcome.errors.append((found.name, str(error)))
    return outcome


def _record(store: Store, archive: Archive, found: Retrieved, read: Found, stated: Stated, outcome: Outcome) -> None:
    now = datetime.now(UTC)
    taken_in = Visited(_key(found, stated), found.status or 200, None, None, None, now, now)
    outcome.add(
        record_found(
            store, found, archive.keep(found), read, stated,
            also=lambda writer, _recorded: note_visited(writer.connection, taken_in),
        )
    )  # fmt: skip


def _key(found: Retrieved, stated: Stated) -> str:
    """What makes taking a document in the same as before: its bytes, where it stood and what was said of it."""
    said = (found.address or "", stated.publisher or "", str(stated.published or ""), stated.event or "")
    digest = hashlib.sha256(found.body + "\n".join(("", *said)).encode()).hexdigest()
    return f"taken-in:{digest}"


def _of_file(file: Path) -> Iterator[Retrieved | UnreadableInput]:
    try:
        if is_warc(file):
            yield from responses(file)
        else:
            yield retrieve(str(file))
    except UnreadableInput as error:
        yield error
