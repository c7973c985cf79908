"""What the store knows beside figures: sources with their links and methods, events, documents, readings."""

import difflib
import zlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, func, select, text

from db.errors import UnknownRecord
from db.records import (
    Alias,
    AuthorityRule,
    Event,
    KeptSnapshot,
    Method,
    Reading,
    RecordedFigure,
    Snapshot,
    Source,
    SourceLink,
)
from db.store import Store
from db.tables import metadata

_T = metadata.tables


def stored_sources(store: Store) -> list[Source]:
    """Every source that the store names, by name."""
    with store.reading() as connection:
        aliases: dict[int, list[Alias]] = defaultdict(list)
        for row in connection.execute(select(_T["source_alias"]).order_by(_T["source_alias"].c.name)).mappings():
            aliases[row["source"]].append(Alias(name=row["name"], language=row["language"] or None))
        rows = connection.execute(select(_T["source"]).order_by(_T["source"].c.name)).mappings()
        return [
            Source(
                name=row["name"],
                kind=row["kind"],
                country=row["country"],
                party=row["party"],
                aliases=tuple(aliases[row["key"]]),
            )
            for row in rows
        ]


def stored_links(store: Store) -> tuple[list[SourceLink], list[AuthorityRule]]:
    """Every link between sources and every authority rule, in the order of recording."""
    with store.reading() as connection:
        links = connection.execute(select(_T["source_link"]).order_by(_T["source_link"].c.entry)).mappings()
        rules = connection.execute(select(_T["authority"]).order_by(_T["authority"].c.entry)).mappings()
        return (
            [SourceLink(**_without_keys(row)) for row in links],
            [AuthorityRule(**_without_keys(row)) for row in rules],
        )


def stored_methods(store: Store) -> list[Method]:
    """Every recorded method version, by source and day."""
    table = _T["method"]
    with store.reading() as connection:
        rows = connection.execute(select(table).order_by(table.c.source, table.c.from_day)).mappings()
        return [Method(**_without_keys(row)) for row in rows]


def _without_keys(row: Any) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
        if name not in ("id", "key", "entry")
    }


def stored_events(store: Store) -> list[Event]:
    """Every event, by name."""
    with store.reading() as connection:
        return _events(connection)


def _events(connection: Connection) -> list[Event]:
    event, alias = _T["event"], _T["event_alias"]
    aliases: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(select(alias).order_by(alias.c.name)).mappings():
        aliases[row["event"]].append(row["name"])
    rows = connection.execute(select(event).order_by(event.c.name)).mappings().all()
    names = {row["key"]: row["name"] for row in rows}
    return [
        Event(
            name=row["name"],
            within=names.get(row["within"]),
            place=row["place"],
            from_day=row["from_day"],
            to_day=row["to_day"],
            aliases=tuple(aliases[row["key"]]),
        )
        for row in rows
    ]


def event_named(store: Store, name: str) -> Event:
    """
    The event of this name or alias, letter case aside.

    Raises:
        UnknownRecord: there is none; the message names the near ones.
    """
    with store.reading() as connection:
        return _named(_events(connection), name)


def event_and_within(connection: Connection, name: str) -> list[str]:
    """
    The names of an event and of all events within it.

    Raises:
        UnknownRecord: there is no event of this name or alias.
    """
    events = _events(connection)
    found = [_named(events, name).name]
    for holder in found:  # grows while it is read: children of children follow
        found += [event.name for event in events if event.within == holder and event.name not in found]
    return found


def _named(events: list[Event], name: str) -> Event:
    wanted = name.casefold()
    for event in events:
        if wanted in {known.casefold() for known in (event.name, *event.aliases)}:
            return event
    known = [known for event in events for known in (event.name, *event.aliases)]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    hint = f"near: {', '.join(near)}" if near else "make it with `casualty-figures events add`"
    raise UnknownRecord(f"event {name!r} is not recorded; {hint}")


def snapshot_of(store: Store, figure: RecordedFigure) -> tuple[Snapshot, Reading]:
    """The snapshot and the reading in which a figure was first seen."""
    query = text(
        "SELECT snapshot.sha256, size, retrieved_at, status, media_type, warc_file, warc_offset, warc_length, "
        "reader_version, reading.title, reading.language, reading.published, text.body FROM figure "
        "JOIN reading ON reading.key = figure.reading JOIN snapshot ON snapshot.key = reading.snapshot "
        "LEFT JOIN text ON text.sha256 = reading.text_sha256 WHERE figure.id = :id"
    ).columns(retrieved_at=_T["snapshot"].c.retrieved_at.type, published=_T["reading"].c.published.type)
    with store.reading() as connection:
        row = connection.execute(query, {"id": bytes.fromhex(figure.id)}).mappings().one()
    body = row["body"]
    return (
        Snapshot(
            sha256=bytes(row["sha256"]).hex(),
            **{name: row[name] for name in Snapshot.model_fields if name != "sha256"},
        ),
        Reading(
            text=zlib.decompress(body).decode() if body is not None else None,
            **{name: row[name] for name in Reading.model_fields if name != "text"},
        ),
    )


_AT_ONCE = 500
"""Documents asked for in one statement; databases bound the number of parameters."""


def kept_snapshots(store: Store, documents: Iterable[str]) -> list[KeptSnapshot]:
    """Every snapshot of these documents (ids in hex), by document, then in the order of retrieval."""
    document, snapshot, reading = _T["document"], _T["snapshot"], _T["reading"]
    query = (
        select(document.c.id, snapshot, reading.c.reader_version, reading.c.language)
        .join(snapshot, snapshot.c.document == document.c.key)
        .outerjoin(reading, reading.c.snapshot == snapshot.c.key)
        .order_by(document.c.id, snapshot.c.retrieved_at, snapshot.c.sha256, reading.c.key)
    )
    wanted = iter(sorted({bytes.fromhex(one) for one in documents}))
    found: list[KeptSnapshot] = []
    with store.reading() as connection:
        while some := list(islice(wanted, _AT_ONCE)):
            rows = connection.execute(query.where(document.c.id.in_(some))).mappings()
            found += (_kept(list(same)) for _, same in groupby(rows, lambda row: row["key"]))
    return found


def _kept(rows: list[Any]) -> KeptSnapshot:
    """One snapshot from a row for each of its readings."""
    first = rows[0]
    languages = [row["language"] for row in rows if row["language"]]
    return KeptSnapshot(
        document=bytes(first["id"]).hex(),
        sha256=bytes(first["sha256"]).hex(),
        readers=tuple(row["reader_version"] for row in rows if row["reader_version"]),
        language=languages[-1] if languages else None,
        **{name: first[name] for name in ("size", "retrieved_at", "status", "media_type")},
    )


def reader_versions(store: Store, figure: RecordedFigure) -> list[str]:
    """The versions of the readers that have read the snapshot in which a figure was first seen."""
    query = text(
        "SELECT other.reader_version FROM figure JOIN reading ON reading.key = figure.reading "
        "JOIN reading AS other ON other.snapshot = reading.snapshot WHERE figure.id = :id ORDER BY other.key"
    )
    with store.reading() as connection:
        return list(connection.execute(query, {"id": bytes.fromhex(figure.id)}).scalars())


def counts(store: Store) -> dict[str, int]:
    """How many rows each recorded table holds."""
    names = (
        "source",
        "event",
        "document",
        "snapshot",
        "reading",
        "definition",
        "chain",
        "figure",
        "held",
        "act",
        "entry",
    )
    with store.reading() as connection:
        found = {name: connection.execute(select(func.count()).select_from(_T[name])).scalar_one() for name in names}
        return {**found, "entry": connection.execute(select(_T["ledger_head"].c.size)).scalar_one()}
