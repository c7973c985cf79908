"""The ledger's own entries: their bytes, their tree, and the rows that single entries vouch for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from db.checkpoints import ledger_size
from db.ledger import Hash, completed_nodes, leaf_hash, root_of
from db.tables import metadata
from db.types import instant_text
from db.verify.findings import Verification
from db.verify.rows import Content, as_compared, in_entry_words, told_by_rows

_T = metadata.tables


class DocumentEntry(NamedTuple):
    """One entry that vouches for a document and up to 10,000 of its figures."""

    seq: int
    body: Content


def check_entries(connection: Connection, found: Verification) -> list[DocumentEntry]:
    """Check every entry, the tree over them and the rows of acts; gives the documents' entries in order."""
    told = told_by_rows(connection)
    documents: list[DocumentEntry] = []
    leaves: list[Hash] = []
    for row in _entries(connection, found, leaves):
        body = json.loads(bytes(row.body))
        if body["kind"] != row.kind or body["recorded_at"] != instant_text(row.recorded_at):
            found.is_altered("entry", str(row.seq), "its columns differ from its bytes")
        if row.kind == "document":
            documents.append(DocumentEntry(row.seq, body))
        else:
            _check_row(row.seq, body, told.pop(row.seq, None), found)
    for seq in told:
        found.is_altered("row", str(seq), "the entry that it names does not vouch for it")
    _check_tree(connection, leaves, found)
    return documents


def _entries(connection: Connection, found: Verification, leaves: list[Hash]) -> Iterator[Any]:
    """Every entry in order, its leaf hash added to `leaves`; a gap is named and counts as a leaf of its own."""
    entry = _T["entry"]
    for row in connection.execute(select(entry).order_by(entry.c.seq)):
        for gap in range(len(leaves) + 1, row.seq):
            found.is_missing("entry", str(gap), "its place in the ledger is empty")
            leaves.append(leaf_hash(b""))
        leaf = leaf_hash(bytes(row.body))
        if leaf != bytes(row.leaf):
            found.is_altered("entry", str(row.seq), "its bytes do not give its leaf hash")
        leaves.append(leaf)
        found.count("entries")
        yield row


def _check_row(seq: int, body: Content, told: Content | None, found: Verification) -> None:
    if told is None:
        found.is_missing(body["kind"], str(seq), "its row is gone")
    elif as_compared(told) != as_compared(in_entry_words(body)):
        found.is_altered(body["kind"], str(seq), "its row differs from its entry")


def _check_tree(connection: Connection, leaves: list[Hash], found: Verification) -> None:
    stored = {(row.level, row.position): bytes(row.hash) for row in connection.execute(select(_T["node"]))}
    nodes: dict[tuple[int, int], Hash] = {}
    for size, leaf in enumerate(leaves):
        for level, position, digest in completed_nodes(size, leaf, lambda at, of: nodes[at, of]):
            nodes[level, position] = digest
            if level and stored.get((level, position)) != digest:
                found.is_altered("node", f"{level}/{position}", "it is not the hash of the entries under it")
    for cut in range(len(leaves) + 1, ledger_size(connection) + 1):
        found.is_missing("entry", str(cut), "the end of the ledger is cut off")
    found.checkpoint = replace(found.checkpoint, size=len(leaves), root=root_of(leaves).hex())
