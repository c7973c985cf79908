"""Recording: one document is one transaction, and recording twice is recording once."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Engine

from db.copies import Copy, record_copies
from db.engine import Waiting, reading, store_engine, writing
from db.identity import Identity, figure_id, particulars_bytes
from db.ledger import leaf_hash, root_of
from db.records import Figure, Hold, Position, Recording
from db.rows import FigureColumns, Keys, Links, figure_row, identity_of, row_particulars
from db.schema import prepare
from db.writer import FactsOf, Interned, Writer, no_facts

ENTRY_FIGURES = 10_000
"""The most figures that one ledger entry vouches for."""
_ID_BYTES = 32


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Recorded:
    """
    What recording one document did.

    Attributes:
        ids: all its figures' ids in order, 32 bytes each.
        copies: the earlier documents with nearly its text, found this time.
    """

    document: str
    documents: int = 0
    snapshots: int = 0
    new: int = 0
    unchanged: int = 0
    held: int = 0
    ids: bytearray = field(default_factory=bytearray, repr=False)
    copies: list[Copy] = field(default_factory=list)

    def figure_ids(self) -> Iterator[str]:
        """The figures' ids in hex, in the document's order."""
        for start in range(0, len(self.ids), _ID_BYTES):
            yield self.ids[start : start + _ID_BYTES].hex()


class Store:
    """
    A store of recorded figures, opened by URL.

    Args:
        url: `sqlite:///PATH` or `postgresql://…`; the schema is made on first use.
        on_wait: called once when another writer is at work, before waiting for it.
        facts_of: gives what is known of a source that the store is about to name for the first time.
        clock: gives the instant at which records are taken in, aware.
    Raises:
        StoreUnavailable, StoreTooOld, StoreTooNew: it cannot be used; the message says what to do.
    """

    def __init__(
        self,
        url: str,
        *,
        on_wait: Waiting | None = None,
        facts_of: FactsOf = no_facts,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Open the store, making its schema where there is none."""
        self.engine: Engine = store_engine(url)
        self._on_wait = on_wait
        self._facts_of = facts_of
        self._clock = clock
        self._interned = Interned()
        self._held = threading.local()
        try:
            prepare(self.engine)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database's connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store."""
        held: Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            yield held
            return
        with reading(self.engine) as connection:
            yield connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Everything that this thread reads meanwhile, in however many questions, sees one state of the store."""
        with self.reading() as connection:
            outer, self._held.connection = getattr(self._held, "connection", None), connection
            try:
                yield
            finally:
                self._held.connection = outer

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one writing transaction: all of it is kept, or none."""
        try:
            with writing(self.engine, self._on_wait) as connection:
                yield Writer(connection, self._interned, self._clock(), self._facts_of)
        except BaseException:
            self._interned.clear()
            raise

    def record(self, recording: Recording, on_progress: Callable[[int], None] | None = None) -> Recorded:
        """
        Take in one document with all its figures, in one transaction.

        Args:
            on_progress: called with the number of figures read so far, once a ledger entry.
        Raises:
            UnknownRecord: a figure is filed under an event that nobody made.
            StoreUnavailable: the store cannot be written; nothing of the document was recorded.
        """
        with self.writing() as writer:
            return record_document(writer, recording, on_progress)


class _Place(NamedTuple):
    """Where a document's figures go, and what of it is new."""

    document: int
    snapshot: int
    reading: int
    document_id: str
    is_new_document: bool
    is_new_snapshot: bool
    is_new_reading: bool

    @property
    def is_new(self) -> bool:
        return self.is_new_document or self.is_new_snapshot or self.is_new_reading


class _Prepared(NamedTuple):
    """A figure with its identity, before it is known whether the store has it."""

    figure: Figure
    hold: Hold | None
    content: Identity
    id: bytes


def record_document(writer: Writer, recording: Recording, on_progress: Callable[[int], None] | None = None) -> Recorded:
    """Take in one document inside the caller's transaction (see `Store.record`)."""
    place = _place(writer, recording)
    recorded = Recorded(place.document_id, int(place.is_new_document), int(place.is_new_snapshot))
    seen: set[int] = set()
    is_first = True
    for batch in _batches(recording.figures, place.document_id, seen):
        recorded.ids += b"".join(item.id for item in batch)
        _record_batch(writer, recording, place, batch, recorded, is_first=is_first)
        is_first = False
        if on_progress:
            on_progress(len(recorded.ids) // _ID_BYTES)
    if is_first and place.is_new:
        _record_batch(writer, recording, place, [], recorded, is_first=True)
    if place.is_new_reading and recording.reading.text is not None:
        recorded.copies = record_copies(writer, place.document, place.reading, recording.reading.text)
    return recorded


def _place(writer: Writer, recording: Recording) -> _Place:
    document, is_new_document = writer.document(recording.document)
    snapshot, is_new_snapshot = writer.snapshot(document, recording.snapshot, of_new=is_new_document)
    read, is_new_reading = writer.reading(snapshot, recording.reading, of_new=is_new_snapshot)
    identifier = recording.document.id.hex()
    return _Place(document, snapshot, read, identifier, is_new_document, is_new_snapshot, is_new_reading)


def _batches(figures: Iterable[tuple[Figure, Hold | None]], document: str, seen: set[int]) -> Iterator[list[_Prepared]]:
    """
    Figures by entries, each with its id; a figure and those after it that it refers to share a batch.

    `seen` holds the first 8 bytes of every id so far: enough to know a repeated figure (a 64-bit accident
    would give one figure the number of a second occurrence, on every machine alike).
    """
    stream = iter(figures)
    position = 0
    while batch := [_prepared(item, document, seen) for item in islice(stream, ENTRY_FIGURES - 100)]:
        position += len(batch)
        while len(batch) < ENTRY_FIGURES and any(_furthest(item.figure) >= position for item in batch[-200:]):
            following = next(stream, None)
            if following is None:
                break
            batch.append(_prepared(following, document, seen))
            position += 1
        yield batch


def _furthest(figure: Figure) -> int:
    references = (figure.part_of, figure.earlier_value_of, figure.share.of if figure.share else None)
    return max((place for place in references if isinstance(place, int)), default=-1)


def _prepared(item: tuple[Figure, Hold | None], document: str, seen: set[int]) -> _Prepared:
    figure, hold = item
    content = identity_of(figure, document, 0)
    identifier = figure_id(content)
    while (short := int.from_bytes(identifier[:8])) in seen:
        content = content._replace(nth=content.nth + 1)
        identifier = figure_id(content)
    seen.add(short)
    return _Prepared(figure, hold, content, identifier)


def _record_batch(
    writer: Writer,
    recording: Recording,
    place: _Place,
    batch: list[_Prepared],
    recorded: Recorded,
    *,
    is_first: bool,
) -> None:
    known = set() if place.is_new_document else _known_ids(writer, [item.id for item in batch])
    new = [item for item in batch if item.id not in known]
    again = [item for item in batch if item.id in known] if place.is_new_reading else []
    recorded.new += len(new)
    recorded.unchanged += len(batch) - len(new)
    if not (new or again or (is_first and place.is_new)):
        return
    keys = [_keys(writer, place, item.figure) for item in new]
    for line in {(of.definition, of.authority, of.event) for of in keys}:
        writer.line(*line)
    first, entry = writer.keys("figure", len(new)), writer.next_entry()
    particulars = hashlib.sha256()

    def rows() -> Iterator[FigureColumns]:
        for nth, (item, keys_of) in enumerate(zip(new, keys, strict=True)):
            figure = item.figure
            row = figure_row(first + nth, entry, item.content, item.id, figure, keys_of, _links(figure, recorded.ids))
            particulars.update(particulars_bytes(row_particulars(row, figure.chain.key.hex(), figure.event)))
            yield row

    writer.insert_figures(rows())  # made while the database takes them in
    holds = [(item.id, item.hold) for item in new if item.hold]
    recorded.held += len(holds)
    writer.append_entry("document", _entry_content(recording, place, new, particulars.hexdigest(), again, holds))
    for identifier, hold in holds:
        writer.insert("held", {"figure_id": identifier, "rule": hold.rule, "reason": hold.reason, "entry": entry})
    for number, item in enumerate(again):
        evidence = item.figure.evidence
        writer.insert(
            "sighting",
            {
                "figure_id": item.id,
                "reading": place.reading,
                "start_at": evidence.start,
                "end_at": evidence.end,
                "locator": evidence.locator,
                "place": number,
                "entry": entry,
            },
        )


def _known_ids(writer: Writer, identifiers: list[bytes]) -> set[bytes]:
    known: set[bytes] = set()
    for start in range(0, len(identifiers), 500):
        chunk = identifiers[start : start + 500]
        marks = ", ".join("?" * len(chunk))
        found = writer.rows(f"SELECT id FROM figure WHERE id IN ({marks})", *chunk)  # noqa: S608 - marks only
        known.update(bytes(identifier) for (identifier,) in found)
    return known


def _keys(writer: Writer, place: _Place, figure: Figure) -> Keys:
    chain = figure.chain
    return Keys(
        place.document,
        place.reading,
        writer.definition(figure.definition),
        writer.chain(chain, figure.publisher),
        writer.source(chain.authority) if chain.authority else None,
        writer.event(figure.event) if figure.event else None,
    )


_NO_LINKS = Links(None, None, None)


def _links(figure: Figure, ids: bytearray) -> Links:
    if figure.part_of is None and figure.earlier_value_of is None and figure.share is None:
        return _NO_LINKS
    return Links(
        _id_at(figure.part_of, ids),
        _id_at(figure.earlier_value_of, ids),
        _id_at(figure.share.of, ids) if figure.share else None,
    )


def _id_at(position: Position, ids: bytearray) -> bytes | None:
    if isinstance(position, str):
        return bytes.fromhex(position)
    if position is None:
        return None
    return bytes(ids[position * _ID_BYTES : (position + 1) * _ID_BYTES]) or None


def _entry_content(
    recording: Recording,
    place: _Place,
    new: list[_Prepared],
    particulars: str,
    again: list[_Prepared],
    holds: list[tuple[bytes, Hold]],
) -> dict[str, Any]:
    """What one ledger entry says of a document: the document, what was read, and the roots of its figures."""
    read = recording.reading
    text_sha256 = hashlib.sha256(read.text.encode()).hexdigest() if read.text is not None else None
    return {
        "document": {**recording.document.model_dump(), "id": place.document_id},
        "snapshot": recording.snapshot.model_dump(),
        "reading": {**read.model_dump(exclude={"text"}), "text_sha256": text_sha256},
        "figures": {
            "count": len(new),
            "root": root_of(leaf_hash(item.id) for item in new).hex(),
            "particulars": particulars,
        },
        "sightings": {"count": len(again), "root": root_of(leaf_hash(item.id) for item in again).hex()},
        "held": [{"figure": identifier.hex(), "rule": hold.rule, "reason": hold.reason} for identifier, hold in holds],
    }
