"""What the record says of documents beside their figures: when they were seen, were gone, and are alike in text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, true, union_all

from db.resemblance import Likeness
from db.store import Store
from db.tables import metadata

_T = metadata.tables
_DOCUMENT, _SOURCE, _ENTRY, _COPY, _DELETION = (
    _T[name] for name in ("document", "source", "entry", "copy", "deletion")
)
_SNAPSHOT, _READING, _SIGHTING, _FIGURE, _VISITED = (
    _T[name] for name in ("snapshot", "reading", "sighting", "figure", "visited")
)
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Deletion:
    """
    An address of a document that answered that nothing is there any more; why is not known.

    Attributes:
        seen_again: when something was next seen there, so far as that is known.
    """

    address: str
    status: int
    seen_at: datetime
    seen_again: datetime | None


@dataclass(frozen=True, slots=True)
class Alike:
    """A document with nearly the same text; who took it from whom is not known."""

    document: str
    address: str | None
    publisher: str | None
    published: date | None
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class AboutDocument:
    """
    What is recorded of one document.

    Attributes:
        deletions: in the order of time.
        same_text: of the documents with nearly its text the one that was published first, then recorded first; None
            where that is the document itself.
        copies: how many documents that come after it have nearly its text.
    """

    deletions: tuple[Deletion, ...] = ()
    same_text: Alike | None = None
    copies: int = 0


NOTHING_KNOWN = AboutDocument()


@dataclass(frozen=True, slots=True)
class Seen:
    """When a figure was first and last seen in its document, aware instants."""

    first: datetime
    last: datetime


def about_documents(
    store: Store, identifiers: Iterable[str], as_recorded_on: datetime | None = None
) -> dict[str, AboutDocument]:
    """What is recorded of documents (their ids in hex), for those of which anything is."""
    found: dict[str, AboutDocument] = {}
    wanted = sorted({bytes.fromhex(identifier) for identifier in identifiers})
    with store.reading() as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            query = select(_DOCUMENT.c.key, _DOCUMENT.c.id).where(_DOCUMENT.c.id.in_(wanted[start : start + _AT_ONCE]))
            ids = {row.key: bytes(row.id).hex() for row in connection.execute(query)}
            gone = _deletions(connection, list(ids), as_recorded_on)
            alike = _alike(connection, list(ids), as_recorded_on)
            for key in gone.keys() | alike.keys():
                before = [one for is_before, one in alike.get(key, ()) if is_before]
                after = len(alike.get(key, ())) - len(before)
                found[ids[key]] = AboutDocument(tuple(gone.get(key, ())), before[0] if before else None, after)
    return found


def _by_then(as_recorded_on: datetime | None) -> ColumnElement[bool]:
    return true() if as_recorded_on is None else _ENTRY.c.recorded_at <= as_recorded_on


def _deletions(
    connection: Connection, documents: Sequence[int], as_recorded_on: datetime | None
) -> dict[int, list[Deletion]]:
    query = (
        select(_DELETION)
        .join(_ENTRY, _ENTRY.c.seq == _DELETION.c.entry)
        .where(_DELETION.c.document.in_(documents), _by_then(as_recorded_on))
        .order_by(_DELETION.c.seen_at, _DELETION.c.entry)
    )
    found: dict[int, list[Deletion]] = defaultdict(list)
    for row in connection.execute(query).all():
        again = None if as_recorded_on else _seen_after(connection, row)
        found[row.document].append(Deletion(row.address, row.status, row.seen_at, again))
    return found


def _seen_after(connection: Connection, deletion: Any) -> datetime | None:
    """The first snapshot of the document from after a deletion, or the address's last visit, if something was there."""
    later = select(func.min(_SNAPSHOT.c.retrieved_at, type_=_SNAPSHOT.c.retrieved_at.type)).where(
        _SNAPSHOT.c.document == deletion.document, _SNAPSHOT.c.retrieved_at > deletion.seen_at
    )
    visit = select(_VISITED.c.last_seen).where(
        _VISITED.c.address == deletion.address, _VISITED.c.last_seen > deletion.seen_at
    )
    seen = [connection.execute(query).scalar() for query in (later, visit)]
    return min((at for at in seen if at is not None), default=None)


def _links(as_recorded_on: datetime | None) -> Select[Any]:
    return select(_COPY).join(_ENTRY, _ENTRY.c.seq == _COPY.c.entry).where(_by_then(as_recorded_on))


def _alike(
    connection: Connection, documents: Sequence[int], as_recorded_on: datetime | None
) -> dict[int, list[tuple[bool, Alike]]]:
    """For each document those with nearly its text in their order, and whether they come before it."""
    linked = or_(_COPY.c.document.in_(documents), _COPY.c.other.in_(documents))
    links = connection.execute(_links(as_recorded_on).where(linked)).all()
    known = _described(connection, {key for row in links for key in (row.document, row.other)})
    wanted, found = set(documents), defaultdict(list)
    for row in links:
        for one, other in ((row.document, row.other), (row.other, row.document)):
            if one in wanted:
                about = known[other]
                alike = Alike(
                    bytes(about.id).hex(), about.address, about.publisher, about.published,
                    Likeness(row.resemblance, row.containment),
                )  # fmt: skip
                found[one].append((_order(about.published, other), alike))
    return {
        key: [(order < _order(known[key].published, key), alike) for order, alike in sorted(several, key=itemgetter(0))]
        for key, several in found.items()
    }


def _order(published: date | None, key: int) -> tuple[date, int]:
    """Documents with nearly the same text come in the order of publication, then of recording."""
    return published or date.max, key


def _described(connection: Connection, keys: Iterable[int]) -> dict[int, Any]:
    wanted, found = sorted(keys), {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(
                _DOCUMENT.c.key,
                _DOCUMENT.c.id,
                _DOCUMENT.c.address,
                _DOCUMENT.c.published,
                _SOURCE.c.name.label("publisher"),
            )
            .outerjoin(_SOURCE, _SOURCE.c.key == _DOCUMENT.c.publisher)
            .where(_DOCUMENT.c.key.in_(wanted[start : start + _AT_ONCE]))
        )
        found.update({row.key: row for row in connection.execute(query)})
    return found


def text_groups(connection: Connection, as_recorded_on: datetime | None = None) -> dict[int, str]:
    """A mark for each document (local key) with nearly the text of another, the same for all that are joined so."""
    joined: dict[int, int] = {}
    for row in connection.execute(_links(as_recorded_on)):
        one, other = _root(joined, row.document), _root(joined, row.other)
        joined[max(one, other)] = min(one, other)
    return {key: str(_root(joined, key)) for key in list(joined)}


def _root(joined: dict[int, int], key: int) -> int:
    while joined.setdefault(key, key) != key:
        joined[key] = joined[joined[key]]
        key = joined[key]
    return key


def seen(store: Store, figure: str) -> Seen:
    """
    When a figure (its id in hex) was first and last seen.

    A visit that finds the same bytes leaves no snapshot: the last of these is read from what the address answered.
    """
    identifier = bytes.fromhex(figure)
    readings = union_all(
        select(_FIGURE.c.reading).where(_FIGURE.c.id == identifier),
        select(_SIGHTING.c.reading).where(_SIGHTING.c.figure_id == identifier),
    )
    snapshots = (
        select(_SNAPSHOT.c.retrieved_at, _SNAPSHOT.c.sha256, _DOCUMENT.c.id)
        .join(_READING, _READING.c.snapshot == _SNAPSHOT.c.key)
        .join(_DOCUMENT, _DOCUMENT.c.key == _SNAPSHOT.c.document)
        .where(_READING.c.key.in_(readings))
    )
    with store.reading() as connection:
        rows = connection.execute(snapshots).all()
        visits = select(_VISITED.c.last_seen).where(
            _VISITED.c.document == rows[0].id, _VISITED.c.sha256.in_([row.sha256 for row in rows])
        )
        visited = connection.execute(visits).scalars().all()
    retrieved = [row.retrieved_at for row in rows]
    return Seen(min(retrieved), max([*retrieved, *visited]))
