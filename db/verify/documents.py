"""The rows that a document's entries vouch for: document, snapshot, reading, text, holds and sightings."""

import hashlib
import zlib
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from db.ledger import leaf_hash, root_of
from db.records import Snapshot
from db.tables import metadata
from db.verify.findings import Verification
from db.verify.ledger import DocumentEntry
from db.verify.rows import Content, as_compared

_T = metadata.tables
_DOCUMENT, _SNAPSHOT, _READING, _TEXT, _SOURCE = (
    _T[name] for name in ("document", "snapshot", "reading", "text", "source")
)
_ROWS_OF_ENTRY = (
    select(
        _DOCUMENT.c.address,
        _DOCUMENT.c.published.label("document_published"),
        _DOCUMENT.c.bytes_sha256,
        _SOURCE.c.name.label("publisher"),
        _SNAPSHOT,
        _READING.c.key.label("reading"),
        _READING.c.text_sha256,
        _READING.c.reader_version,
        _READING.c.published,
        _READING.c.language,
        _READING.c.title,
        _TEXT.c.body.label("text_body"),
    )
    .join(_SNAPSHOT, _SNAPSHOT.c.document == _DOCUMENT.c.key)
    .join(_READING, _READING.c.snapshot == _SNAPSHOT.c.key)
    .outerjoin(_TEXT, _TEXT.c.sha256 == _READING.c.text_sha256)
    .outerjoin(_SOURCE, _SOURCE.c.key == _DOCUMENT.c.publisher)
)


class Read(NamedTuple):
    """What a document's figures were read from, as it stands now, with its local keys; None where its rows are gone."""

    keys: tuple[int, int] | None = None
    text: str | None = None
    snapshot: Snapshot | None = None


def check_document(connection: Connection, entry: DocumentEntry, found: Verification) -> Read:
    """Compare a document's rows with its entry; gives the text and the snapshot that its figures were read from."""
    body, identifier = entry.body, entry.body["document"]["id"]
    row = connection.execute(
        _ROWS_OF_ENTRY.where(
            _DOCUMENT.c.id == bytes.fromhex(identifier),
            _SNAPSHOT.c.sha256 == bytes.fromhex(body["snapshot"]["sha256"]),
            _READING.c.reader_version == body["reading"]["reader_version"],
        )
    ).mappings().first()  # fmt: skip
    if row is None:
        found.is_missing("document", identifier, f"its rows are gone (entry {entry.seq})")
        return Read()
    for part, told in _told(row, identifier).items():
        if as_compared(told) != as_compared(body[part]):
            found.is_altered(part, identifier, f"its row differs from entry {entry.seq}")
    _check_holds(connection, entry, found)
    _check_sightings(connection, entry, found)
    return Read((row["document"], row["reading"]), _text(row, found), snapshot_of_row(row))


def snapshot_of_row(row: Any) -> Snapshot:
    """The snapshot that a row of the table `snapshot` holds."""
    return Snapshot(
        sha256=bytes(row["sha256"]).hex(), **{name: row[name] for name in Snapshot.model_fields if name != "sha256"}
    )


def _told(row: Any, identifier: str) -> dict[str, Content]:
    return {
        "document": {
            "id": identifier,
            "address": row["address"],
            "publisher": row["publisher"],
            "published": row["document_published"],
            "bytes_sha256": _hex(row["bytes_sha256"]),
        },
        "snapshot": snapshot_of_row(row).model_dump(),
        "reading": {
            "reader_version": row["reader_version"],
            "published": row["published"],
            "language": row["language"],
            "title": row["title"],
            "text_sha256": _hex(row["text_sha256"]),
        },
    }


def _hex(value: Any) -> str | None:
    return bytes(value).hex() if value is not None else None


def _text(row: Any, found: Verification) -> str | None:
    if row["text_body"] is None:
        return None
    found.count("texts")
    try:
        text = zlib.decompress(row["text_body"])
    except zlib.error:
        text = b""
    if hashlib.sha256(text).digest() != bytes(row["text_sha256"]):
        found.is_altered("text", bytes(row["text_sha256"]).hex(), "its bytes do not give its SHA-256")
    return text.decode(errors="replace")


def _check_holds(connection: Connection, entry: DocumentEntry, found: Verification) -> None:
    held = _T["held"]
    told = {
        bytes(row.figure_id).hex(): (row.rule, row.reason)
        for row in connection.execute(select(held).where(held.c.entry == entry.seq))
    }
    vouched = {hold["figure"]: (hold["rule"], hold["reason"]) for hold in entry.body.get("held", ())}
    for figure in vouched.keys() - told.keys():
        found.is_missing("held", figure, "that the gate held it is no longer recorded")
    for figure in told.keys() - {figure for figure, why in vouched.items() if told.get(figure) == why}:
        found.is_altered("held", figure, "why the gate held it differs from its entry")


def _check_sightings(connection: Connection, entry: DocumentEntry, found: Verification) -> None:
    sighting = _T["sighting"]
    query = select(sighting.c.figure_id).where(sighting.c.entry == entry.seq).order_by(sighting.c.place)
    leaves = [leaf_hash(bytes(row.figure_id)) for row in connection.execute(query)]
    found.count("sightings", len(leaves))
    vouched = entry.body["sightings"]
    if len(leaves) < vouched["count"]:
        found.is_missing("sighting", entry.body["document"]["id"], "a later sighting of its figures is gone")
    elif root_of(leaves).hex() != vouched["root"]:
        found.is_altered("sighting", entry.body["document"]["id"], "later sightings differ from its entry")
