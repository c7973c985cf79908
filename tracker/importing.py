"""The road that a dataset takes: archive, read rows by a mapping, gate, record; one transaction a file."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from db.known import event_named
from db.records import Reading, Recording
from db.standing import StandingRecord
from db.store import Store, record_document
from reports.gate import gate
from sources.archive import Archive
from sources.catalogue import Catalogue
from sources.datasets import load_mapping, read_dataset
from sources.fetch import Retrieved
from sources.retrieve import retrieve
from tracker.collecting import without_cycle_search
from tracker.ingesting import Outcome

MOST_BYTES = 4_000_000_000
"""The largest dataset file that is read."""
READER_VERSION = "dataset-1"


def import_dataset(
    store: Store,
    archive: Archive,
    path: Path,
    mapping_name: str,
    *,
    event: str | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Outcome:
    """
    Record every figure that a mapping finds in a file; all of it or, on an error, nothing.

    Raises:
        SourceError: the mapping or the file cannot be used.
        UnknownRecord: the event asked for is not recorded.
    """
    retrieved = retrieve(str(path), most_bytes=MOST_BYTES)
    return _import(store, archive, retrieved, path, mapping_name, event=event, on_progress=on_progress)


def import_retrieved(
    store: Store, archive: Archive, retrieved: Retrieved, mapping_name: str, *, event: str | None = None
) -> Outcome:
    """The same for a dataset's bytes that were fetched."""
    with tempfile.TemporaryDirectory(prefix="casualty-figures-") as folder:
        name = PurePosixPath(urlsplit(retrieved.address or "").path).name or "dataset"
        path = Path(folder) / name[-100:]
        path.write_bytes(retrieved.body)
        return _import(store, archive, retrieved, path, mapping_name, event=event, on_progress=None)


def _import(
    store: Store,
    archive: Archive,
    retrieved: Retrieved,
    path: Path,
    mapping_name: str,
    *,
    event: str | None,
    on_progress: Callable[[int], None] | None,
) -> Outcome:
    mapping = load_mapping(mapping_name)
    under = event_named(store, event).name if event else None
    dataset = read_dataset(path, mapping, Catalogue.shipped(), name=retrieved.name)
    filed = dataset.figures
    if under:
        filed = (figure.model_copy(update={"event": under}) for figure in dataset.figures)
    outcome = Outcome()
    snapshot = archive.keep(retrieved)
    del retrieved  # the bytes of a large file are not needed twice
    reading = Reading(reader_version=f"{READER_VERSION}+{mapping_name}", title=mapping.dataset.title)
    with without_cycle_search(), store.writing() as writer:
        gated = gate(filed, today=datetime.now(UTC).date(), known=StandingRecord(writer, dataset.document))
        if dataset.event and not under:
            writer.add_event(dataset.event)
        outcome.add(record_document(writer, Recording(dataset.document, snapshot, reading, gated), on_progress))
    outcome.refused = dict(dataset.refused)
    outcome.errors = [(problem.where, problem.what) for problem in dataset.problems]
    return outcome
