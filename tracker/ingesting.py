"""The road that a document takes: retrieve, archive, read, extract, gate, record; one transaction a document."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from db.known import event_named
from db.records import Document, Evidence, Figure, Reading, Recording, Snapshot
from db.standing import StandingRecord
from db.store import Recorded, Store, record_document
from db.writer import Writer
from reports.gate import gate
from sources.addresses import canonical_address, host_of
from sources.archive import Archive
from sources.catalogue import Catalogue
from sources.extract import LANGUAGES, Explained, explain, extract
from sources.fetch import Retrieved
from sources.read import Page, read
from sources.retrieve import retrieve

EXTRACTOR_VERSION = "extract-4"
"""Kept with every reading; raised whenever the same text would give other figures."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person who ingests says of a document; None leaves it to the document."""

    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    event: str | None = None
    address: str | None = None


@dataclass(slots=True)
class Outcome:
    """What recording some documents did, and what of them could not be recorded."""

    documents: int = 0
    snapshots: int = 0
    new: int = 0
    unchanged: int = 0
    held: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    document: str | None = None

    def add(self, recorded: "Recorded | Outcome") -> None:
        """Count one document, or what was counted of several; `document` is the id of the last."""
        self.document = recorded.document
        self.documents += recorded.documents
        self.snapshots += recorded.snapshots
        self.new += recorded.new
        self.unchanged += recorded.unchanged
        self.held += recorded.held
        if isinstance(recorded, Outcome):
            self.errors += [(where, what) for where, what in recorded.errors]


@dataclass(frozen=True, slots=True)
class Found:
    """A document as read, and the figures in it; their grounds where they were asked for."""

    page: Page
    publisher: str | None
    published: date | None
    language: str | None
    figures: Sequence[Figure]
    explained: Explained | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how the document was read."""
        if self.language is None or self.language.lower().partition("-")[0] in LANGUAGES:
            return self.page.doubts
        told = f"language_unsupported: the text is in {self.language!r} and was not searched for figures"
        return (*self.page.doubts, told)


def find(
    retrieved: Retrieved, stated: Stated, catalogue: Catalogue | None = None, *, explaining: bool = False
) -> Found:
    """Read a document and extract its figures, with the words behind each field if asked; records nothing."""
    page = read(retrieved)
    publisher, published = stated.publisher or page.publisher, stated.published or page.published
    language = stated.language or page.language
    asked: dict[str, Any] = {
        "published": published,
        "publisher": publisher,
        "language": language,
        "title": page.title,
        "zones": page.zones,
        "catalogue": catalogue,
    }
    if explaining:
        explained = explain(page.text, **asked)
        return Found(page, publisher, published, language, explained.figures, explained)
    return Found(page, publisher, published, language, extract(page.text, **asked))


def ingest(
    store: Store,
    archive: Archive,
    where: str,
    stated: Stated,
    *,
    allow_networks: Sequence[str] = (),
    on_note: Callable[[str], None] | None = None,
) -> Recorded:
    """
    Archive, read and record one file, stream or address.

    Args:
        on_note: told what a reader should know of how the document was read.
    Raises:
        SourceError: it cannot be fetched or read; nothing of it was recorded.
        UnknownRecord: the event is not recorded.
    """
    return ingest_retrieved(store, archive, retrieve(where, allow_networks=allow_networks), stated, on_note)


def ingest_retrieved(
    store: Store, archive: Archive, retrieved: Retrieved, stated: Stated, on_note: Callable[[str], None] | None = None
) -> Recorded:
    """The same for bytes already at hand."""
    found = find(retrieved, stated)
    if on_note is not None:
        for words in found.notes:
            on_note(words)
    return record_found(store, retrieved, archive.keep(retrieved), found, stated)


def record_found(
    store: Store,
    retrieved: Retrieved,
    snapshot: Snapshot,
    found: Found,
    stated: Stated,
    *,
    also: Callable[[Writer], None] | None = None,
) -> Recorded:
    """
    Gate and record what was found in a document whose bytes are archived, in one transaction.

    Args:
        also: done in the same transaction.
    Raises:
        UnknownRecord: the event is not recorded.
    """
    event = event_named(store, stated.event).name if stated.event else None
    document = Document(
        address=_address(retrieved, found.page, stated),
        publisher=found.publisher,
        published=found.published,
        bytes_sha256=hashlib.sha256(retrieved.body).hexdigest(),
    )
    reading = Reading(
        reader_version=f"{found.page.reader_version}+{EXTRACTOR_VERSION}",
        text=found.page.text,
        title=found.page.title,
        language=found.language,
        published=found.published,
    )
    figures = [figure.model_copy(update={"event": event}) for figure in found.figures] if event else found.figures
    with store.writing() as writer:
        gated = gate(figures, today=datetime.now(UTC).date(), known=StandingRecord(writer, document))
        recorded = record_document(writer, Recording(document, snapshot, reading, gated))
        if also is not None:
            also(writer)
    return recorded


def _address(retrieved: Retrieved, page: Page, stated: Stated) -> str | None:
    """
    The document's canonical address: as stated, else as it says itself, else where it was fetched.

    A fetched page is believed about its own address only on its own host: any page may claim another's.
    """
    if stated.address:
        return canonical_address(stated.address)
    if retrieved.address is None:
        return page.address
    fetched = canonical_address(retrieved.address)
    if page.address and host_of(page.address).removeprefix("www.") == host_of(fetched).removeprefix("www."):
        return page.address
    return fetched


def typed(text: str, name: str) -> Retrieved:
    """Words that a person typed, as bytes that can be archived."""
    return Retrieved(None, text.encode(), None, "text/plain", "utf-8", datetime.now(UTC), (), name)


def quoted(text: str) -> Evidence:
    """Evidence for a whole typed text."""
    return Evidence(quote=text, start=0, end=len(text))


def path_of(where: str) -> Path:
    """A file named on the command line."""
    return Path(where)
