"""The rows that single ledger entries vouch for (sources, links, events, acts), told in the entries' own words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.canonical import canonical_bytes
from db.tables import metadata
from db.types import instant_text

_T = metadata.tables
Content = dict[str, Any]


def told_by_rows(connection: Connection) -> dict[int, Content]:
    """What the rows of each entry say now, by entry, in the form in which the writer put it into the entry."""
    told: dict[int, Content] = defaultdict(dict)
    for part in (_sources, _aliases, _facts, _events, _event_aliases, _acts, _deletions, _copies):
        for entry, content in part(connection):
            for name, value in content.items():
                _join(told[entry], name, value)
    return dict(told)


def _join(content: Content, name: str, value: Any) -> None:
    """Lay a row's words into an entry's content; aliases of one entry are a list."""
    if name == "aliases":
        content.setdefault("aliases", []).extend(value)
    else:
        content[name] = value


def _sources(connection: Connection) -> Iterator[tuple[int, Content]]:
    for row in connection.execute(select(_T["source"])).mappings():
        yield row["entry"], {"source": {name: row[name] for name in ("name", "kind", "country", "party")}}


def _aliases(connection: Connection) -> Iterator[tuple[int, Content]]:
    source, alias = _T["source"], _T["source_alias"]
    query = select(alias, source.c.name.label("of"), source.c.entry.label("made_by")).join(source)
    for row in connection.execute(query).mappings():
        content: Content = {"aliases": [{"name": row["name"], "language": row["language"] or None}]}
        if row["entry"] != row["made_by"]:
            content["source"] = row["of"]
        yield row["entry"], content


def _facts(connection: Connection) -> Iterator[tuple[int, Content]]:
    for table in ("source_link", "authority", "method"):
        for row in connection.execute(select(_T[table])).mappings():
            yield row["entry"], {table: {name: row[name] for name in row if name not in ("id", "entry")}}


def _events(connection: Connection) -> Iterator[tuple[int, Content]]:
    event = _T["event"]
    names = {row.key: row.name for row in connection.execute(select(event.c.key, event.c.name))}
    for row in connection.execute(select(event)).mappings():
        said = {name: row[name] for name in ("name", "place", "from_day", "to_day")}
        yield row["entry"], {"event": {**said, "within": names.get(row["within"])}}


def _event_aliases(connection: Connection) -> Iterator[tuple[int, Content]]:
    event, alias = _T["event"], _T["event_alias"]
    query = select(alias, event.c.name.label("of"), event.c.entry.label("made_by")).join(event)
    for row in connection.execute(query).mappings():
        content: Content = {"aliases": [row["name"]]}
        if row["entry"] != row["made_by"]:
            content["event"] = row["of"]
        yield row["entry"], content


def _acts(connection: Connection) -> Iterator[tuple[int, Content]]:
    for row in connection.execute(select(_T["act"])).mappings():
        yield (
            row["entry"],
            {
                "act": row["kind"],
                "figure": bytes(row["figure_id"]).hex() if row["figure_id"] is not None else None,
                "other": row["other"],
                "by": row["by_whom"],
                "on_day": row["on_day"],
                "reason": row["reason"],
                "number": row["key"],
            },
        )


def _deletions(connection: Connection) -> Iterator[tuple[int, Content]]:
    deletion, document = _T["deletion"], _T["document"]
    query = select(deletion, document.c.id).outerjoin(document, document.c.key == deletion.c.document)
    for row in connection.execute(query).mappings():
        said = {name: row[name] for name in ("address", "status")}
        told = {**said, "document": _hex(row["id"]), "seen_at": instant_text(row["seen_at"])}
        yield row["entry"], {"deletion": told}


def _copies(connection: Connection) -> Iterator[tuple[int, Content]]:
    copy = _T["copy"]
    query = select(_T["document"].c.key, _T["document"].c.id)
    ids = {row.key: row.id for row in connection.execute(query)}
    for row in connection.execute(select(copy)).mappings():
        measured = {name: row[name] for name in ("resemblance", "containment", "method")}
        both = {name: _hex(ids.get(row[name])) for name in ("document", "other")}
        yield row["entry"], {"copy": {**both, **measured}}


def _hex(identifier: Any) -> str | None:
    return bytes(identifier).hex() if identifier is not None else None


def in_entry_words(body: Content) -> Content:
    """An entry's body without what its columns hold, its aliases laid beside the record they belong to."""
    content = {name: value for name, value in body.items() if name not in ("kind", "recorded_at")}
    for name in ("source", "event"):
        if isinstance(content.get(name), dict) and "aliases" in content[name]:
            content = {**content, name: dict(content[name])}
            content["aliases"] = content[name].pop("aliases")
    return content


def as_compared(content: Content) -> bytes:
    """Canonical bytes in which the order of aliases does not matter and instants are in UTC."""
    return canonical_bytes({name: _ordered(name, value) for name, value in content.items()})


def _ordered(name: str, value: Any) -> Any:
    if name == "aliases":
        return sorted(value, key=lambda alias: canonical_bytes({"alias": alias}))
    if name == "retrieved_at":
        return instant_text(datetime.fromisoformat(value) if isinstance(value, str) else value)
    return value
