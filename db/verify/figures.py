"""Figures, streamed in the order of their entries: ids, particulars, and the quote where it was read."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, select, text

from db.errors import SnapshotMissing
from db.identity import figure_id, particulars_bytes
from db.ledger import leaf_hash, root_of
from db.records import Chain
from db.rows import FIGURE_COLUMNS, FigureColumns, chain_of, definition_of, row_identity, row_particulars
from db.tables import metadata
from db.verify.documents import Read, check_document
from db.verify.findings import HasValue, Progress, Verification
from db.verify.ledger import DocumentEntry

_T = metadata.tables
_PROGRESS_EVERY = 5000


@dataclass(slots=True)
class _Interned:
    """What figures refer to by local key."""

    definitions: dict[int, str] = field(default_factory=dict)
    chains: dict[int, Chain] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)


def check_figures(
    connection: Connection,
    documents: list[DocumentEntry],
    found: Verification,
    has_value: HasValue,
    on_progress: Progress | None,
) -> None:
    """Check every document's rows and every figure against the entry that vouches for it."""
    interned = _interned(connection, found)
    quotes = _Quotes(found, has_value)
    vouched = {entry.seq: entry for entry in documents}
    found.count("documents", len({entry.body["document"]["id"] for entry in documents}))
    for seq, figures in groupby(_stream(connection, found, on_progress), key=attrgetter("entry")):
        entry = vouched.pop(seq, None)
        if entry is None:
            for figure in figures:
                found.is_altered("figure", bytes(figure.id).hex(), "no entry of the ledger vouches for it")
            continue
        _check_entry(entry, figures, check_document(connection, entry, found), interned, quotes, found)
    for entry in vouched.values():
        _check_entry(entry, iter(()), check_document(connection, entry, found), interned, quotes, found)


def _interned(connection: Connection, found: Verification) -> _Interned:
    """Everything that figures refer to by key; definitions and chains are checked against their ids."""
    interned = _Interned()
    for row in connection.execute(select(_T["definition"])).mappings():
        definition = definition_of(row)
        if definition.key != bytes(row["id"]) or definition.core_key != bytes(row["core"]):
            found.is_altered("definition", bytes(row["id"]).hex(), "its facets do not give its id")
        interned.definitions[row["key"]] = definition.key.hex()
    for row in connection.execute(select(_T["chain"])).mappings():
        chain = chain_of(row)
        if chain.key != bytes(row["id"]):
            found.is_altered("chain", bytes(row["id"]).hex(), "its names do not give its id")
        interned.chains[row["key"]] = chain
    for name, kept in (("event", interned.events), ("source", interned.sources)):
        kept.update({row.key: row.name for row in connection.execute(select(_T[name]))})
    found.count("definitions", len(interned.definitions))
    found.count("chains", len(interned.chains))
    return interned


def _stream(connection: Connection, found: Verification, on_progress: Progress | None) -> Iterator[FigureColumns]:
    """All figures by key, which is the order of their entries."""
    query = f"SELECT {', '.join(FIGURE_COLUMNS)} FROM figure ORDER BY key"  # noqa: S608 - our own column names
    rows = connection.execute(text(query).execution_options(yield_per=_PROGRESS_EVERY))
    number = 0
    for number, row in enumerate(rows, start=1):
        if on_progress and number % _PROGRESS_EVERY == 0:
            on_progress(number)
        yield FigureColumns._make(row)
    found.count("figures", number)


def _check_entry(
    entry: DocumentEntry,
    figures: Iterator[FigureColumns],
    read: Read,
    interned: _Interned,
    quotes: "_Quotes",
    found: Verification,
) -> None:
    """Check one entry's figures one by one, then together."""
    document = entry.body["document"]["id"]
    leaves, particulars = [], hashlib.sha256()
    for row in figures:
        identifier = bytes(row.id)
        leaves.append(leaf_hash(identifier))
        definition, chain = interned.definitions.get(row.definition), interned.chains.get(row.chain)
        if definition is None or chain is None:
            gone = "definition" if definition is None else "chain"
            found.is_missing(gone, identifier.hex(), f"the {gone} of this figure is no longer recorded")
            continue
        if read.keys is not None and (row.document, row.reading) != read.keys:
            found.is_altered("figure", identifier.hex(), "it stands with another document or reading than its entry's")
        if figure_id(row_identity(row, document, definition, chain)) != identifier:
            found.is_altered("figure", identifier.hex(), "its columns do not give its id")
        elif not quotes.stand(row, read):
            found.is_altered("quote", identifier.hex(), "its words do not stand where they were read")
        if _name(interned.sources, row.authority) != chain.authority:
            found.is_altered("figure", identifier.hex(), "its authority is not that of its chain")
        event = _name(interned.events, row.event)
        particulars.update(particulars_bytes(row_particulars(row, chain.key.hex(), event)))
    vouched = entry.body["figures"]
    if len(leaves) < vouched["count"]:
        gone = vouched["count"] - len(leaves)
        found.is_missing("figure", document, f"of the document's figures, {gone} are gone (entry {entry.seq})")
    elif root_of(leaves).hex() != vouched["root"]:
        found.is_altered("document", document, f"its figures are not those of entry {entry.seq}")
    elif particulars.hexdigest() != vouched["particulars"]:
        why = f"a doubt, link, offset, name or filing beside one of its figures is not that of entry {entry.seq}"
        found.is_altered("document", document, why)


def _name(names: Mapping[int, str], key: int | None) -> str | None:
    return names.get(key) if key is not None else None


class _Quotes:
    """Re-reads quotes where they were read; a snapshot that is gone is named once, elsewhere."""

    def __init__(self, found: Verification, has_value: HasValue) -> None:
        self._found = found
        self._has_value = has_value
        self._unreadable: set[str] = set()

    def stand(self, row: FigureColumns, read: Read) -> bool:
        """Whether a figure's quote is where its evidence says."""
        self._found.count("quotes")
        if row.start_at is not None:
            return read.text is not None and read.text[row.start_at : row.end_at] == row.quote
        if row.locator is None:
            return read.text is not None and row.quote in read.text
        if read.snapshot is None or read.snapshot.sha256 in self._unreadable:
            return True
        try:
            return self._has_value(read.snapshot, row.locator, row.quote)
        except SnapshotMissing:
            self._unreadable.add(read.snapshot.sha256)
            return True
