"""The index by which copies are found: no entry of the ledger speaks of it, as it follows from the texts."""

import zlib
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, func, select

from db.copies import MOST_DOCUMENTS
from db.resemblance import Shingled
from db.tables import metadata
from db.verify.findings import Verification

_T = metadata.tables
_DOCUMENT, _SNAPSHOT, _READING, _TEXT, _SKETCH = (
    _T[name] for name in ("document", "snapshot", "reading", "text", "sketch")
)
_TEXTS = (
    select(_DOCUMENT.c.key, _DOCUMENT.c.id, _READING.c.key.label("reading"), _TEXT.c.body)
    .join(_SNAPSHOT, _SNAPSHOT.c.document == _DOCUMENT.c.key)
    .join(_READING, _READING.c.snapshot == _SNAPSHOT.c.key)
    .join(_TEXT, _TEXT.c.sha256 == _READING.c.text_sha256)
    .order_by(_DOCUMENT.c.key, _READING.c.key)
)
_ROWS_AT_ONCE = 500


def check_sketches(connection: Connection, found: Verification) -> None:
    """Compare the index with the texts: a document that is not in it would be called like no other."""
    given = 0
    texts = connection.execute(_TEXTS.execution_options(yield_per=_ROWS_AT_ONCE))
    for document, several in groupby(texts, key=attrgetter("key", "id")):
        wanted: dict[int, int] = {}
        for one in several:
            wanted = dict.fromkeys(_sketch(one.body), one.reading) | wanted
        indexed = _indexed(connection, document[0], list(wanted))
        given += len(indexed)
        lacking = [digest for digest in wanted if indexed.get(digest) != wanted[digest]]
        if any(digest in indexed for digest in lacking) or not _are_full(connection, lacking):
            found.is_missing("sketch", bytes(document[1]).hex(), "copies of this document would not be found")
    rows = connection.execute(select(func.count()).select_from(_SKETCH)).scalar_one()
    if rows > given:
        found.is_altered("sketch", str(rows - given), "so many rows of the index of texts follow from no text")
    found.count("sketches", given)


def _sketch(body: bytes) -> list[int]:
    try:
        return Shingled(zlib.decompress(body).decode()).sketch
    except (zlib.error, UnicodeDecodeError):
        return []  # the text is named where its bytes are checked


def _indexed(connection: Connection, document: int, hashes: list[int]) -> dict[int, int]:
    indexed: dict[int, int] = {}
    for start in range(0, len(hashes), _ROWS_AT_ONCE):
        part = _SKETCH.c.hash.in_(hashes[start : start + _ROWS_AT_ONCE])
        query = select(_SKETCH.c.hash, _SKETCH.c.reading).where(part, _SKETCH.c.document == document)
        indexed.update({row.hash: row.reading for row in connection.execute(query)})
    return indexed


def _are_full(connection: Connection, hashes: list[int]) -> bool:
    """Whether as many documents as are looked at have each of these hashes, so that no more are in the index."""
    for start in range(0, len(hashes), _ROWS_AT_ONCE):
        part = hashes[start : start + _ROWS_AT_ONCE]
        query = select(func.count()).where(_SKETCH.c.hash.in_(part)).group_by(_SKETCH.c.hash)
        counted = connection.execute(query).scalars().all()
        if len(counted) < len(part) or min(counted) < MOST_DOCUMENTS:
            return False
    return True
