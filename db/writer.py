"""
One writing transaction at work: local keys, interned rows, bulk rows and ledger entries.

A store has one writer at a time (engine.py), so keys are counted here and not asked of the database. The
small statements go straight to the driver: they decide how many documents a second are recorded.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection

from db.canonical import canonical_bytes, content_id
from db.errors import UnknownRecord
from db.ledger import completed_nodes, leaf_hash
from db.records import AuthorityRule, Chain, Definition, Document, Event, Method, Reading, Snapshot, Source, SourceLink
from db.rows import FIGURE_COLUMNS, FigureColumns, chain_row, definition_row, placeholders
from db.types import instant_text

SourceFacts = tuple[tuple[Source, ...], tuple[SourceLink, ...], tuple[AuthorityRule, ...]]
FactsOf = Callable[[Iterable[str]], SourceFacts]
"""What is known of some sources: they and those they are linked to, their links, their authorities."""


def no_facts(_names: Iterable[str]) -> SourceFacts:
    """Nothing is known of any source."""
    return (), (), ()


@dataclass(slots=True)
class Interned:
    """
    Keys of rows that never change, kept between transactions; what a failed one added is forgotten.

    `next_keys` are the next local keys of tables when the ledger had `size` entries: everything recorded adds an
    entry, so they still hold where the ledger has grown by nobody else's hand.
    """

    definitions: dict[bytes, int] = field(default_factory=dict)
    chains: dict[bytes, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    facts: set[bytes] = field(default_factory=set)
    lines: set[tuple[int, int, int]] = field(default_factory=set)
    next_keys: dict[str, int] = field(default_factory=dict)
    size: int = 0

    def clear(self) -> None:
        """Forget everything, after a transaction that was rolled back."""
        for kept in (
            self.definitions,
            self.chains,
            self.sources,
            self.events,
            self.facts,
            self.lines,
            self.next_keys,
        ):
            kept.clear()


class Writer:
    """Writes rows and ledger entries inside the caller's transaction, which the store's writer lock protects."""

    def __init__(self, connection: Connection, interned: Interned, recorded_at: datetime, facts_of: FactsOf) -> None:
        """
        `recorded_at` is the one instant at which this transaction's records were taken in; `facts_of` gives what
        is known of a source that the store is about to name for the first time.
        """
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - a connection in a transaction has one
        self.connection = connection
        self._cursor = raw.cursor()
        self.is_sqlite = connection.dialect.name == "sqlite"
        self.interned = interned
        self.recorded_at = recorded_at.astimezone(UTC)
        self._facts_of = facts_of
        ((size,),) = self.rows("SELECT size FROM ledger_head")
        if interned.size != size:
            interned.next_keys.clear()
            interned.size = size
        self._next = interned.next_keys

    # Statements

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query written with `?` marks."""
        self._cursor.execute(self._marked(statement), values)
        found: list[tuple[Any, ...]] = self._cursor.fetchall()
        return found

    def insert(self, table: str, values: Mapping[str, Any]) -> None:
        """One row."""
        self._cursor.execute(self._marked(_insertion(table, tuple(values))), tuple(values.values()))

    def insert_rows(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        """Many small rows at once."""
        if rows:
            self._cursor.executemany(self._marked(_insertion(table, columns)), rows)

    def insert_figures(self, rows: Iterable[FigureColumns]) -> None:
        """Many rows of `figure` at once."""
        names = ", ".join(FIGURE_COLUMNS)
        if not self.is_sqlite:
            with self._cursor.copy(f"COPY figure ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = placeholders(FIGURE_COLUMNS, "?")
        self._cursor.executemany(f"INSERT INTO figure ({names}) VALUES ({marks})", rows)  # noqa: S608

    def key(self, table: str, column: str = "key") -> int:
        """The next local key of a table."""
        if table not in self._next:
            self._next[table] = self.rows(f"SELECT coalesce(max({column}), 0) FROM {table}")[0][0] + 1  # noqa: S608
        key = self._next[table]
        self._next[table] = key + 1
        return key

    def keys(self, table: str, count: int) -> int:
        """The first of `count` local keys of a table, all of them taken."""
        first = self.key(table)
        self._next[table] = first + count
        return first

    def _marked(self, statement: str) -> str:
        return statement if self.is_sqlite else statement.replace("?", "%s")

    # The ledger

    def next_entry(self) -> int:
        """The key that the next entry will have."""
        following = self.key("entry", "seq")
        self._next["entry"] = following
        return following

    def append_entry(self, kind: str, content: Mapping[str, Any]) -> int:
        """
        Add one entry with the canonical bytes of its content; returns its key, its place in the ledger plus one.

        Rows that belong to the entry are inserted after it.
        """
        body = canonical_bytes({"kind": kind, "recorded_at": instant_text(self.recorded_at), **content})
        seq, leaf = self.key("entry", "seq"), leaf_hash(body)
        self.insert("entry", {"seq": seq, "kind": kind, "body": body, "leaf": leaf, "recorded_at": self.recorded_at})
        for level, position, digest in completed_nodes(seq - 1, leaf, self._stored_node):
            if level:
                self.insert("node", {"level": level, "position": position, "hash": digest})
        self._cursor.execute(self._marked("UPDATE ledger_head SET size = ? WHERE one = 1"), (seq,))
        self.interned.size = seq
        return seq

    def _stored_node(self, level: int, position: int) -> bytes:
        if level == 0:
            return bytes(self.rows("SELECT leaf FROM entry WHERE seq = ?", position + 1)[0][0])
        return bytes(self.rows("SELECT hash FROM node WHERE level = ? AND position = ?", level, position)[0][0])

    # Interned rows

    def source(self, name: str) -> int:
        """
        The key of a source. One that is named for the first time is recorded with what is known of it; a name
        that nobody described is recorded as given, kind `other`.
        """
        key = self.interned.sources.get(name)
        if key is None:
            found = self.rows("SELECT key FROM source WHERE name = ?", name)
            key = found[0][0] if found else self._first_named(name)
            self.interned.sources[name] = key
        return key

    def _first_named(self, name: str) -> int:
        sources, links, rules = self._facts_of((name,))
        known = {source.name: source for source in sources}
        key = self._new_source(known.pop(name, Source(name=name)))
        self.interned.sources[name] = key
        for source in known.values():
            self.add_source(source)
        for link in links:
            self.fact(link)
        for rule in rules:
            self.fact(rule)
        return key

    def _new_source(self, source: Source) -> int:
        entry = self.append_entry("source", {"source": source.model_dump()})
        key = self.key("source")
        self.insert(
            "source",
            {
                "key": key,
                "id": source.id,
                "name": source.name,
                "kind": source.kind,
                "country": source.country,
                "party": source.party,
                "entry": entry,
            },
        )
        for alias in dict.fromkeys(source.aliases):
            self._insert_alias(key, alias.name, alias.language, entry)
        return key

    def _insert_alias(self, source: int, name: str, language: str | None, entry: int) -> None:
        self.insert("source_alias", {"source": source, "name": name, "language": language or "", "entry": entry})

    def add_source(self, source: Source) -> bool:
        """Record a source, or the aliases that it newly has; returns whether anything was new."""
        if not self.rows("SELECT 1 FROM source WHERE name = ?", source.name):
            self.interned.sources[source.name] = self._new_source(source)
            return True
        key = self.source(source.name)
        known = {(name, language) for name, language in self.rows(
            "SELECT name, language FROM source_alias WHERE source = ?", key
        )}  # fmt: skip
        new = [alias for alias in dict.fromkeys(source.aliases) if (alias.name, alias.language or "") not in known]
        if new:
            entry = self.append_entry(
                "alias", {"source": source.name, "aliases": [alias.model_dump() for alias in new]}
            )
            for alias in new:
                self._insert_alias(key, alias.name, alias.language, entry)
        return bool(new)

    def fact(self, fact: SourceLink | AuthorityRule | Method) -> bool:
        """Record a link, an authority or a method version once; returns whether it was new."""
        table = _FACT_TABLES[type(fact)]
        content = fact.model_dump()
        identifier = content_id({table: content})
        if identifier in self.interned.facts:
            return False
        is_new = not self.rows(f"SELECT 1 FROM {table} WHERE id = ?", identifier)  # noqa: S608
        if is_new:
            self.source(fact.source)
            entry = self.append_entry(table, {table: content})
            columns = {name: _as_json(value) for name, value in content.items()}
            self.insert(table, {"id": identifier, **columns, "entry": entry})
        self.interned.facts.add(identifier)
        return is_new

    def event(self, name: str) -> int:
        """
        The key of an event.

        Raises:
            UnknownRecord: nobody made it.
        """
        key = self.interned.events.get(name)
        if key is None:
            found = self.rows("SELECT key FROM event WHERE name = ?", name)
            if not found:
                raise UnknownRecord(f"event {name!r} is not recorded: make it with `casualty-figures events add`")
            key = self.interned.events[name] = found[0][0]
        return key

    def add_event(self, made: Event) -> bool:
        """Record an event, or the aliases that it newly has; returns whether anything was new."""
        found = self.rows("SELECT key FROM event WHERE name = ?", made.name)
        if not found:
            within = self.event(made.within) if made.within else None
            entry = self.append_entry("event", {"event": made.model_dump()})
            key = self.key("event")
            self.insert(
                "event",
                {
                    "key": key,
                    "id": made.id,
                    "name": made.name,
                    "within": within,
                    "place": made.place,
                    "from_day": made.from_day,
                    "to_day": made.to_day,
                    "entry": entry,
                },
            )
            new = list(dict.fromkeys(made.aliases))
        else:
            key = found[0][0]
            known = {name for (name,) in self.rows("SELECT name FROM event_alias WHERE event = ?", key)}
            new = [alias for alias in dict.fromkeys(made.aliases) if alias not in known]
            if not new:
                return False
            entry = self.append_entry("event_alias", {"event": made.name, "aliases": new})
        for alias in new:
            self.insert("event_alias", {"event": key, "name": alias, "entry": entry})
        return True

    def definition(self, definition: Definition) -> int:
        """The key of a definition."""
        key = self.interned.definitions.get(definition.key)
        if key is None:
            found = self.rows("SELECT key FROM definition WHERE id = ?", definition.key)
            if found:
                key = found[0][0]
            else:
                key = self.key("definition")
                columns = definition_row(definition)
                self.insert("definition", {"key": key, "id": definition.key, "core": definition.core_key, **columns})
            self.interned.definitions[definition.key] = key
        return key

    def chain(self, chain: Chain, publisher: str | None) -> int:
        """The key of a chain, every source in it recorded."""
        key = self.interned.chains.get(chain.key)
        if key is None:
            found = self.rows("SELECT key FROM chain WHERE id = ?", chain.key)
            key = found[0][0] if found else self._new_chain(chain, publisher)
            self.interned.chains[chain.key] = key
        return key

    def _new_chain(self, chain: Chain, publisher: str | None) -> int:
        side_by_side = (name for names in chain.parallel for name in names)
        for name in (publisher, *chain.attribution, *side_by_side, chain.issuer, chain.authority, *chain.compiled_from):
            if name:
                self.source(name)
        key = self.key("chain")
        self.insert("chain", {"key": key, "id": chain.key, **chain_row(chain)})
        return key

    def line(self, definition: int, authority: int | None, event: int | None) -> None:
        """See that figures of this definition, authority and event will be found (db/lines.py)."""
        line = (definition, authority or 0, event or 0)
        if line in self.interned.lines:
            return
        found = self.rows("SELECT 1 FROM line WHERE definition = ? AND authority = ? AND event = ?", *line)
        if not found:
            self.insert("line", dict(zip(("definition", "authority", "event"), line, strict=True)))
        self.interned.lines.add(line)

    # Documents

    def document(self, document: Document) -> tuple[int, bool]:
        """The key of a document, and whether it is new."""
        found = self.rows("SELECT key FROM document WHERE id = ?", document.id)
        if found:
            return found[0][0], False
        publisher = self.source(document.publisher) if document.publisher else None
        key = self.key("document")
        sha256 = bytes.fromhex(document.bytes_sha256) if document.bytes_sha256 else None
        self.insert(
            "document",
            {
                "key": key,
                "id": document.id,
                "address": document.address,
                "publisher": publisher,
                "published": document.published,
                "bytes_sha256": sha256,
            },
        )
        return key, True

    def snapshot(self, document: int, snapshot: Snapshot, *, of_new: bool) -> tuple[int, bool]:
        """The key of a snapshot of this document, and whether it is new; a new document has none before."""
        sha256 = bytes.fromhex(snapshot.sha256)
        sought = "SELECT key FROM snapshot WHERE document = ? AND sha256 = ?"
        if not of_new and (found := self.rows(sought, document, sha256)):
            return found[0][0], False
        key = self.key("snapshot")
        self.insert("snapshot", {"key": key, **snapshot.model_dump(), "sha256": sha256, "document": document})
        return key, True

    def reading(self, snapshot: int, reading: Reading, *, of_new: bool) -> tuple[int, bool]:
        """The key of a reading of this snapshot by this reader's version, and whether it is new."""
        sought = "SELECT key FROM reading WHERE snapshot = ? AND reader_version = ?"
        if not of_new and (found := self.rows(sought, snapshot, reading.reader_version)):
            return found[0][0], False
        key = self.key("reading")
        columns = reading.model_dump(exclude={"text"})
        text_sha256 = self._text(reading.text) if reading.text is not None else None
        self.insert("reading", {"key": key, "snapshot": snapshot, "text_sha256": text_sha256, **columns})
        return key, True

    def _text(self, text: str) -> bytes:
        encoded = text.encode()
        sha256 = hashlib.sha256(encoded).digest()
        if not self.rows("SELECT 1 FROM text WHERE sha256 = ?", sha256):
            self.insert("text", {"sha256": sha256, "body": zlib.compress(encoded)})
        return sha256


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({placeholders(columns, "?")})'  # noqa: S608 - our own names


_FACT_TABLES = {SourceLink: "source_link", AuthorityRule: "authority", Method: "method"}


def _as_json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (tuple, list, dict)) else value
