"""Verification of a store with the outside world at hand: snapshots from the archive, data values from their rows."""

from collections.abc import Callable
from pathlib import Path

from db.records import Snapshot
from db.store import Store
from db.verify import Verification, verify
from sources.archive import Archive
from sources.datasets.rereading import Values
from tracker.collecting import without_cycle_search


def verify_store(store: Store, archive_folder: Path, on_progress: Callable[[int], None] | None = None) -> Verification:
    """Recompute the whole store, every snapshot and every quote."""
    archive = Archive(archive_folder)
    opened: dict[str, Values] = {}

    def has_value(snapshot: Snapshot, locator: str, quote: str) -> bool:
        values = opened.get(snapshot.sha256)
        if values is None:
            opened.clear()  # one dataset is large enough
            values = opened[snapshot.sha256] = Values(archive.read(snapshot), snapshot.media_type)
        return values.stands(locator, quote)

    with without_cycle_search():
        return verify(store, archive.read, has_value, on_progress=on_progress)
