"""Verification with the outside world at hand: snapshots from the archive, data values from their rows."""

import json
import re
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from db.checkpoints import checkpoint, root_at
from db.records import Snapshot
from db.store import Store
from db.verify import Verification, verify
from sources.archive import Archive
from sources.datasets.rereading import Values
from sources.errors import UnreadableInput
from tracker.collecting import without_cycle_search

MOST_BYTES = 200_000_000
"""The largest report that is read."""
CHECKABLE = ".html .md .json .prov.json .provn .jsonld .zip"
"""The endings of reports that carry a checkpoint in a form that is found again."""
_LARGEST_MEMBER = 1_000_000
_IN_WORDS = re.compile(r"ledger of ([\d,]+) entries with the Merkle root \(RFC 9162\) (?:<code>|`)?([0-9a-f]{64})")


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


def verify_report(store: Store, path: Path) -> Verification:
    """
    Whether the store's ledger still holds, unchanged, the state on which a report rests.

    Raises:
        UnreadableInput: the file is no report of ours, or carries no checkpoint.
    """
    size, root = _checkpoint_in(path)
    now = checkpoint(store)
    found = Verification(now, checked={"entries": min(size, now.size)})
    if size > now.size:
        found.is_missing("checkpoint", root, f"the report rests on {size} entries, this store's ledger has {now.size}")
    elif root_at(store, size) != root:
        found.is_altered("checkpoint", root, f"the first {size} entries of this store's ledger have another root")
    return found


def _checkpoint_in(path: Path) -> tuple[int, str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput(f"{path} is larger than {MOST_BYTES} bytes: no report is")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name a report") from error
    if content.startswith(b"PK"):
        content = _in_package(path, content)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is not text: name a report in {CHECKABLE}") from error
    return _as_member(text) or _as_words(path, text)


def _in_package(path: Path, content: bytes) -> bytes:
    """The state that a data package keeps; hostile archives are read no further than that."""
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open("checkpoint.json") as member:
            return member.read(_LARGEST_MEMBER)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise UnreadableInput(f"{path} is no data package of ours: it holds no checkpoint.json") from error


def _as_member(text: str) -> tuple[int, str] | None:
    """The checkpoint of a JSON report; None where the text is none."""
    try:
        told = json.loads(text)["checkpoint"]
        return int(told["size"]), str(told["root"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _as_words(path: Path, text: str) -> tuple[int, str]:
    """The checkpoint in words: the last, because a report tells it after the words of others."""
    found = _IN_WORDS.findall(text)
    if not found:
        raise UnreadableInput(f"{path} is no report of ours, or carries no checkpoint: name a report in {CHECKABLE}")
    size, root = found[-1]
    return int(size.replace(",", "")), root
