"""What reading gives: the text that figures are found in, and what the document says of itself."""

from dataclasses import dataclass
from datetime import date

from db.vocabulary import Zone

READER_VERSION = "read-1"
"""Kept with every reading; raised whenever the same bytes would give another text, title, day or language."""


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """Where a zone of the text begins and ends, in code points; what lies in no span is body."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Page:
    """
    A document as read.

    Attributes:
        text: what figures are found in; offsets point into it.
        title, publisher, language: as the document says, absent where it does not; language is BCP 47's first part.
        published: the local day on which it says it was published, never shifted to another zone.
        reader_version: which reader read it.
        zones: spans in order, not overlapping.
        doubts: sentences that begin with a code and a colon.
        address: the canonical address that the document gives itself, in one spelling.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    reader_version: str = READER_VERSION
    zones: tuple[ZoneSpan, ...] = ()
    doubts: tuple[str, ...] = ()
    address: str | None = None
