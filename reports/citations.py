"""What a citation of one figure says: the document it stands in, and where the record keeps it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.records import KeptSnapshot, RecordedFigure, Source
from reports import sentences
from reports.render.addresses import web_address

Form = Literal["plain", "footnote", "wikipedia", "bibtex", "ris", "csl"]
"""The forms in which a citation is given."""
MEDIA = frozenset({"wire", "newspaper", "broadcaster", "news_site", "magazine"})
"""Kinds of publishers whose documents are news."""
UNTITLED = "[title not recorded]"
# Control characters but for spaces, and embeddings, overrides and isolates (Unicode UAX 9), which would reorder the
# words that stand around them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_CAPTURE = re.compile(r"https?://web\.archive\.org/web/(\d{4})(\d\d)(\d\d)\d{6}(?:[a-z]{2}_)?/(https?://.+)")


@dataclass(frozen=True, slots=True)
class Capture:
    """A web archive's copy of the document, and the day on which it was taken."""

    address: str
    on: date


@dataclass(frozen=True, slots=True)
class Citation:
    """
    The facts of a citation; every text is one line without control characters, absent means not recorded.

    Attributes:
        figure, document, snapshot: ids in hex.
        authority: the body that keeps the count, or the words that hide it.
        says: the number with what it counts and its day.
        chain: who carried it from whom, the publisher first.
        address: of the document, where it is a web address; of the original page for a web archive's copy.
        kind: what the publisher is (`source_kind`); None where nobody recorded it.
        accessed: the day (UTC) on which the bytes were retrieved from the address.
        language: BCP 47.
    """

    figure: str
    document: str
    snapshot: str
    authority: str
    says: str
    chain: str
    quote: str
    title: str | None = None
    address: str | None = None
    publisher: str | None = None
    kind: str | None = None
    published: date | None = None
    accessed: date | None = None
    language: str | None = None
    capture: Capture | None = None

    @property
    def is_news(self) -> bool:
        """Whether the publisher is known to be a news medium."""
        return self.kind in MEDIA


def one_line(text: str) -> str:
    r"""
    Text on one line, without control characters and without what turns the reading direction.

    >>> one_line("12\x1b[31m\u202e dead\u2028\n today")
    '12[31m dead today'
    """
    return " ".join(_UNSEEN.sub("", text).split())


def citation_of(
    recorded: RecordedFigure, *, snapshot: KeptSnapshot | None = None, publisher: Source | None = None
) -> Citation:
    """
    The facts for citing a figure.

    Args:
        snapshot: what is known of the bytes in which it was first seen.
        publisher: the publisher as the record knows it.
    """
    figure = recorded.figure
    address, capture = _archived(web_address(recorded.address))
    # A file that somebody handed in was retrieved from its address at an unknown time.
    retrieved = snapshot.retrieved_at if snapshot and snapshot.status is not None else None
    return Citation(
        figure=recorded.id,
        document=recorded.document,
        snapshot=recorded.snapshot,
        authority=one_line(sentences.authority_words(figure)),
        says=one_line(f"{sentences.figure_words(figure)}, {sentences.as_of_words(figure)}"),
        chain=one_line(sentences.chain_words(figure)),
        quote=one_line(figure.evidence.quote),
        title=one_line(recorded.title) if recorded.title else None,
        address=address,
        publisher=one_line(figure.publisher) if figure.publisher else None,
        kind=publisher.kind if publisher else None,
        published=figure.published,
        accessed=retrieved.date() if retrieved else None,
        language=snapshot.language if snapshot else None,
        capture=capture,
    )


def _archived(address: str | None) -> tuple[str | None, Capture | None]:
    """The original page and its copy, for an address at a web archive that names both."""
    match = _CAPTURE.fullmatch(address or "")
    if match is None or address is None:
        return address, None
    year, month, day, original = match.groups()
    try:
        taken = date(int(year), int(month), int(day))
    except ValueError:
        return address, None
    return original, Capture(address, taken)
