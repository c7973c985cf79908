"""Many documents at once, from a folder or from WARC files: each once, and where it was broken off it goes on."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from db.errors import RecordError
from db.store import Store
from db.watches import Visited, keep_visited, visited
from sources.archive import Archive
from sources.errors import SourceError, UnreadableInput
from sources.fetch import Retrieved
from sources.retrieve import MEDIA_TYPES, retrieve
from sources.warc_files import is_warc, responses
from tracker.ingesting import Outcome, Stated, ingest_retrieved

_DOCUMENTS = frozenset(
    suffix
    for suffix, kind in MEDIA_TYPES.items()
    if kind in ("text/plain", "text/html", "application/xhtml+xml", "application/pdf")
)


def backfill(
    store: Store, archive: Archive, path: Path, stated: Stated, on_progress: Callable[[int], None] | None = None
) -> Outcome:
    """
    Take in every document of a folder, or of a WARC file; what was taken in before is passed over.

    A document that cannot be read is listed under `errors` and stops none of the others.

    Raises:
        UnreadableInput: there is nothing at the path.
    """
    outcome = Outcome()
    for done, found in enumerate(_documents(path), start=1):
        if isinstance(found, UnreadableInput):
            outcome.errors.append((str(path), str(found)))
        else:
            _take_in(store, archive, found, stated, outcome)
        if on_progress is not None:
            on_progress(done)
    return outcome


def _take_in(store: Store, archive: Archive, found: Retrieved, stated: Stated, outcome: Outcome) -> None:
    key = _key(found, stated)
    if visited(store, key) is not None:
        return
    try:
        outcome.add(ingest_retrieved(store, archive, found, stated))
    except (SourceError, RecordError) as error:
        outcome.errors.append((found.name, str(error)))
        return
    now = datetime.now(UTC)
    keep_visited(store, Visited(key, found.status or 200, None, None, None, now, now))


def _key(found: Retrieved, stated: Stated) -> str:
    """What makes taking a document in the same as before: its bytes, where it stood and what was said of it."""
    said = (found.address or "", stated.publisher or "", str(stated.published or ""), stated.event or "")
    digest = hashlib.sha256(found.body + "\n".join(("", *said)).encode()).hexdigest()
    return f"taken-in:{digest}"


def _documents(path: Path) -> Iterator[Retrieved | UnreadableInput]:
    if path.is_file():
        yield from _of_file(path)
        return
    if not path.is_dir():
        raise UnreadableInput(f"{path}: no such folder or WARC file; check the path")
    for file in sorted(path.rglob("*")):
        if file.is_file() and (is_warc(file) or file.suffix.lower() in _DOCUMENTS):
            yield from _of_file(file)


def _of_file(file: Path) -> Iterator[Retrieved | UnreadableInput]:
    try:
        if is_warc(file):
            yield from responses(file)
        else:
            yield retrieve(str(file))
    except UnreadableInput as error:
        yield error
