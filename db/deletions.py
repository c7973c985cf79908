"""Documents whose address answers that nothing is there any more (404 or 410), put on the record."""

from datetime import datetime

from db.records import Document
from db.store import Store
from db.types import instant_text
from db.watches import Visited


def record_deletion(store: Store, known: Visited, status: int, seen_at: datetime) -> bool:
    """
    Record that an address which gave a document now answers `status`, once for each time it disappears.

    Args:
        known: what the address answered when something was last seen there.
    Returns:
        whether it was new; an address that gave no recorded document leaves no entry.

    Why it answers so is not known, and nothing is said of it.
    """
    document = known.document or Document(address=known.address).id
    with store.writing() as writer:
        found = writer.rows("SELECT key FROM document WHERE id = ?", document)
        if not found:
            return False
        key = found[0][0]
        # What was told since something was last seen there is told of this disappearance.
        told = "SELECT 1 FROM deletion WHERE document = ? AND address = ? AND seen_at > ?"
        if writer.rows(told, key, known.address, known.last_seen):
            return False
        content = {"document": document.hex(), "address": known.address, "status": status}
        entry = writer.append_entry("deletion", {"deletion": {**content, "seen_at": instant_text(seen_at)}})
        columns = {"document": key, "address": known.address, "status": status, "seen_at": seen_at}
        writer.insert("deletion", {"entry": entry, **columns})
    return True
