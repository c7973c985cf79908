"""
The figures that a claim may be about, looked up by index: by line and day, by number, by id.

A line is what one authority's figures of one full definition under one event make. However many figures a store
holds, a look takes one descent into an index for each line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, select

from db.documents import text_groups
from db.find import acted_on, last_filings, shares_of
from db.records import Chain, Definition, Evidence, Hold, RecordedFigure
from db.rows import chain_of, definition_of
from db.streaming import NOTHING_DONE, SLIM_COLUMNS, slim_figure
from db.tables import metadata
from db.types import instant_text
from db.unchecked import unchecked
from db.vocabulary import Modality, Origin, Zone

_T = metadata.tables
UNKNOWN_DAY = date.max
"""Stands for a publication day that is not recorded, which is known only where everything is."""
_SAME_NUMBER = 400
"""The most figures of one number that are looked at."""
_USED = (
    "(held.figure_id IS NULL OR (SELECT kind FROM act WHERE act.figure_id = figure.id "
    "AND kind IN ('accept', 'reject') ORDER BY act.key DESC LIMIT 1) = 'accept')"
)
_JOINS = (
    "JOIN document ON document.key = figure.document JOIN entry ON entry.seq = figure.entry "
    "JOIN reading ON reading.key = figure.reading LEFT JOIN source ON source.key = document.publisher "
    "LEFT JOIN held ON held.figure_id = figure.id"
)
_OF_SNAPSHOT = "JOIN snapshot ON snapshot.key = reading.snapshot"
_WORDS = (
    "figure.id, figure.words, figure.modality, figure.origin, figure.quote, figure.prefix, figure.suffix, "
    "figure.start_at, figure.end_at, figure.zone, figure.locator, figure.row_key, document.id, document.address, "
    "reading.title, snapshot.sha256, held.rule, held.reason"
)
_NUMBER = "coalesce(figure.best, figure.low, figure.high)"

_REFILED = (
    "SELECT DISTINCT figure.definition, coalesce(figure.authority, 0), coalesce(figure.event, 0), act.other "
    "FROM figure JOIN act ON act.figure_id = figure.id WHERE act.kind = 'file'"
)


_Key = TypeVar("_Key", int, bytes)


@dataclass(frozen=True, slots=True)
class Line:
    """Whose figures of which definition stand under which event, by name; keys are the store's own."""

    definition: int
    authority: str | None
    event: str | None
    authority_key: int
    event_key: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A figure that was found, slim (without its words), with the key of its definition."""

    figure: RecordedFigure
    definition: int


class _Part(NamedTuple):
    """Which figures of a line: on one side of a day, in which order, and how many."""

    days: str
    order: str
    depth: int


class Lines:
    """
    One state of a store, asked for the figures near a claim.

    Attributes:
        definitions: all definitions by their key.
    """

    def __init__(self, connection: Connection, *, as_recorded_on: datetime | None = None) -> None:
        """Take in what figures refer to; figures themselves are read when they are asked for."""
        self._connection = connection
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - a connection in a transaction has one
        self._cursor = raw.cursor()
        self._is_sqlite = connection.dialect.name == "sqlite"
        # SQLite keeps days as text.
        day = "" if self._is_sqlite else "DATE "
        self._ever, self._never = f"{day}'9999-12-31'", f"{day}'0001-01-01'"
        self._as_recorded_on = as_recorded_on
        self.definitions: dict[int, Definition] = {
            row["key"]: definition_of(row) for row in connection.execute(select(_T["definition"])).mappings()
        }
        self._sources: dict[int, str] = dict(self._rows("SELECT key, name FROM source"))
        self._events: dict[int, str] = dict(self._rows("SELECT key, name FROM event"))
        self._event_keys = {name: key for key, name in self._events.items()}
        self._chains: dict[int, Chain] = {}
        self._undated = {key for (key,) in self._rows("SELECT DISTINCT definition FROM figure WHERE as_of IS NULL")}
        self._acted_on = acted_on(connection, as_recorded_on)
        self._filed = last_filings(connection, as_recorded_on)
        self._texts = text_groups(connection, as_recorded_on)
        self._lines: dict[int, dict[str | None, list[Line]]] = {}
        self._of_event: dict[str | None, frozenset[int]] = {}
        self._refiled = self._rows(_REFILED) if self._filed else []

    def close(self) -> None:
        """Let go of the cursor."""
        self._cursor.close()

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        self._cursor.execute(statement if self._is_sqlite else statement.replace("?", "%s"), values)
        found: list[tuple[Any, ...]] = self._cursor.fetchall()
        return found

    def kinds(self, definitions: Iterable[int]) -> list[tuple[int, str | None]]:
        """Under which events figures of these definitions stand: each definition with each event."""
        definitions = list(definitions)
        self._take_lines([key for key in definitions if key not in self._lines])
        return [(key, event) for key in definitions for event in self._lines[key]]

    def lines(self, kinds: Iterable[tuple[int, str | None]]) -> list[Line]:
        """The lines of definitions under events; a line of which figures were filed elsewhere stands there too."""
        kinds = list(kinds)
        self._take_lines([key for key, _ in kinds if key not in self._lines])
        return [line for key, event in kinds for line in self._lines[key].get(event, ())]

    def _take_lines(self, missing: Sequence[int]) -> None:
        for chunk in _chunks(sorted(set(missing))):
            self._lines.update((key, {}) for key in chunk)
            marks = ", ".join("?" * len(chunk))
            query = f"SELECT definition, authority, event FROM line WHERE definition IN ({marks})"  # noqa: S608
            for key, authority, event in self._rows(query, *chunk):
                self._take_line(key, authority, event, self._events.get(event))
        for key, authority, event, filed in self._refiled:
            if key in missing:
                self._take_line(key, authority, event, filed)

    def _take_line(self, key: int, authority: int, event: int, name: str | None) -> None:
        line = Line(key, self._sources.get(authority), name, authority, event)
        several = self._lines[key].setdefault(name, [])
        if line not in several:
            several.append(line)

    def definitions_of(self, event: str | None) -> frozenset[int]:
        """The definitions of the figures under one event, or under none."""
        found = self._of_event.get(event)
        if found is None:
            rows = self._rows(
                "SELECT DISTINCT definition FROM line WHERE event = ?", self._event_keys.get(event or "", 0)
            )
            filed = {row[0] for row in self._refiled if row[3] == event}
            found = self._of_event[event] = frozenset(filed.union(row[0] for row in rows))
        return found

    def up_to(self, lines: Sequence[Line], day: date, published: date, depth: int) -> list[Looked]:
        """
        The last figures of each line that speak of this day or an earlier one, and those that name no day.

        Args:
            published: the last day of publication; `UNKNOWN_DAY` for all, those without such a day included.
            depth: how many of each line, the latest.
        """
        known = self._until(published)
        dated = _Part("figure.as_of <= ?", "figure.as_of DESC, coalesce(figure.published, figure.as_of) DESC", depth)
        undated = _Part("figure.as_of IS NULL", f"coalesce(figure.published, {self._never}) DESC", depth)
        found = self._of_lines(lines, dated, [self._day(day), *known])
        without_day = [line for line in lines if line.definition in self._undated]
        return [*found, *self._of_lines(without_day, undated, known)]

    def after(self, lines: Sequence[Line], day: date, published: date) -> list[Looked]:
        """The first figure of each line that speaks of a later day."""
        following = _Part("figure.as_of > ?", "figure.as_of, coalesce(figure.published, figure.as_of)", 1)
        return self._of_lines(lines, following, [self._day(day), *self._until(published)])

    def _until(self, published: date) -> list[Any]:
        """The values that bound publication and recording."""
        values = [self._day(published)]
        if self._as_recorded_on is not None:
            values.append(self._instant(self._as_recorded_on))
        return values

    def _keys_of(self, part: "_Part", *, placed: bool, has_authority: bool, has_event: bool) -> str:
        """A query for the keys of the figures of one line: its own keys as marks, or as columns of `line`."""
        recorded = " AND entry.recorded_at <= ?" if self._as_recorded_on else ""
        entry = "JOIN entry ON entry.seq = figure.entry " if self._as_recorded_on else ""
        own = [
            "figure.definition = line.definition",
            _equal("figure.authority", "line.authority", is_there=has_authority),
            _equal("figure.event", "line.event", is_there=has_event),
        ]
        if placed:
            own = [re.sub(r"line\.\w+", "?", condition) for condition in own]
        return (
            f"SELECT figure.key FROM figure {entry}LEFT JOIN held ON held.figure_id = figure.id "  # noqa: S608
            f"WHERE {' AND '.join(own)} AND figure.is_share = 0 AND {part.days} "
            f"AND coalesce(figure.published, {self._ever}) <= ?{recorded} AND {_USED} "
            f"ORDER BY {part.order}, figure.key DESC LIMIT {part.depth}"
        )

    def _of_lines(self, lines: Sequence[Line], part: "_Part", values: Sequence[Any]) -> list[Looked]:
        found: list[tuple[Any, ...]] = []
        look = self._one_by_one if self._is_sqlite else self._all_at_once
        for has_authority, has_event in product((True, False), repeat=2):
            several = [
                line
                for line in lines
                if bool(line.authority_key) == has_authority and bool(line.event_key) == has_event
            ]
            if several:
                found += look(several, part, values, has_authority=has_authority, has_event=has_event)
        return self._looked(found)

    def _day(self, day: date) -> Any:
        return day.isoformat() if self._is_sqlite else day

    def _instant(self, instant: datetime) -> Any:
        return instant_text(instant) if self._is_sqlite else instant

    def _one_by_one(
        self,
        lines: Sequence[Line],
        part: "_Part",
        values: Sequence[Any],
        *,
        has_authority: bool,
        has_event: bool,
    ) -> list[tuple[Any, ...]]:
        """SQLite answers a small question in microseconds; one that holds another makes it build tables first."""
        keys: list[int] = []
        statement = self._keys_of(part, placed=True, has_authority=has_authority, has_event=has_event)
        for line in lines:
            own = [key for key in (line.definition, line.authority_key, line.event_key) if key]
            keys += [key for (key,) in self._rows(statement, *own, *values)]
        found: list[tuple[Any, ...]] = []
        for chunk in _chunks(keys):
            marks = ", ".join("?" * len(chunk))
            found += self._rows(
                f"SELECT {SLIM_COLUMNS} FROM figure {_JOINS} WHERE figure.key IN ({marks})",  # noqa: S608
                *chunk,
            )
        return found

    def _all_at_once(
        self,
        lines: Sequence[Line],
        part: "_Part",
        values: Sequence[Any],
        *,
        has_authority: bool,
        has_event: bool,
    ) -> list[tuple[Any, ...]]:
        """PostgreSQL takes the lines as one table, in one round trip."""
        asked = self._keys_of(part, placed=False, has_authority=has_authority, has_event=has_event)
        statement = (
            f"SELECT {SLIM_COLUMNS} FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) "  # noqa: S608
            f"AS line (definition, authority, event) CROSS JOIN LATERAL ({asked}) AS near "
            f"JOIN figure ON figure.key = near.key {_JOINS}"
        )
        keys = [[getattr(line, name) for line in lines] for name in ("definition", "authority_key", "event_key")]
        return self._rows(statement, *keys, *values)

    def with_number(
        self, low: int, high: int, definitions: Sequence[int], *, published: date = UNKNOWN_DAY
    ) -> list[Looked]:
        """
        The figures of these definitions whose number lies between two, both included; a few hundred at most.

        Args:
            published: the last day of publication; `UNKNOWN_DAY` for all.
        """
        found: list[Looked] = []
        for chunk in _chunks(definitions):
            found += self._numbered(chunk, low, high, published)
        return found

    def _numbered(self, keys: Sequence[int], low: int, high: int, published: date) -> list[Looked]:
        among = f"figure.definition IN ({', '.join('?' * len(keys))})"
        conditions = [among, f"{_NUMBER} BETWEEN ? AND ?", "figure.is_share = 0", _USED]
        values: list[Any] = [*keys, low, high]
        if published != UNKNOWN_DAY:
            conditions.append(f"coalesce(figure.published, {self._ever}) <= ?")
            values.append(self._day(published))
        if self._as_recorded_on is not None:
            conditions.append("entry.recorded_at <= ?")
            values.append(self._instant(self._as_recorded_on))
        statement = (
            f"SELECT {SLIM_COLUMNS} FROM figure {_JOINS} WHERE {' AND '.join(conditions)} "  # noqa: S608
            "ORDER BY coalesce(figure.as_of, figure.published) DESC, figure.key DESC LIMIT ?"
        )
        return self._looked(self._rows(statement, *values, _SAME_NUMBER))

    def shares(self, definitions: Sequence[int]) -> list[RecordedFigure]:
        """The shares recorded of these definitions, with their words."""
        return shares_of(self._connection, definitions, self._as_recorded_on)

    def _looked(self, rows: Iterable[Sequence[Any]]) -> list[Looked]:
        rows = list(rows)
        self._take_chains({row[6] for row in rows})
        found = []
        for row in rows:
            identifier = bytes(row[1])
            state, acts = self._acted_on.get(identifier, NOTHING_DONE)
            event = self._filed.get(identifier) or self._events.get(row[-1])
            definition, chain = self.definitions[row[5]], self._chains[row[6]]
            slim = slim_figure(row[:-1], definition, chain, event, state, acts, self._texts.get(row[2]))
            found.append(Looked(slim, row[5]))
        return found

    def _take_chains(self, keys: set[int]) -> None:
        for chunk in _chunks(sorted(keys - self._chains.keys())):
            query = select(_T["chain"]).where(_T["chain"].c.key.in_(chunk))
            for row in self._connection.execute(query).mappings():
                self._chains[row["key"]] = chain_of(row)

    def whole(self, figures: Sequence[RecordedFigure]) -> dict[str, RecordedFigure]:
        """Slim figures with their words and where these stand, by id."""
        slim = {bytes.fromhex(one.id): one for one in figures}
        found: dict[str, RecordedFigure] = {}
        for chunk in _chunks(list(slim)):
            marks = ", ".join("?" * len(chunk))
            statement = f"SELECT {_WORDS} FROM figure {_JOINS} {_OF_SNAPSHOT} WHERE figure.id IN ({marks})"  # noqa: S608
            for row in self._rows(statement, *chunk):
                one = slim[bytes(row[0])]
                found[one.id] = _with_words(one, _Words(*row))
        return found

    def how_many(self, lines: Sequence[Line], most: int) -> int:
        """How many figures these lines hold, counted no further than `most`."""
        counted = 0
        for line in lines:
            authority = _equal("authority", "?", is_there=bool(line.authority_key))
            event = _equal("event", "?", is_there=bool(line.event_key))
            statement = (
                "SELECT count(*) FROM (SELECT 1 FROM figure "  # noqa: S608 - our own words
                f"WHERE definition = ? AND {authority} AND {event} LIMIT ?) AS counted"
            )
            keys = [key for key in (line.definition, line.authority_key, line.event_key) if key]
            counted += self._rows(statement, *keys, most - counted)[0][0]
            if counted >= most:
                break
        return counted


class _Words(NamedTuple):
    """What a slim figure lacks."""

    id: bytes
    words: str
    modality: Modality
    origin: Origin
    quote: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    zone: Zone
    locator: str | None
    row_key: str | None
    document: bytes
    address: str | None
    title: str | None
    snapshot: bytes
    rule: str | None
    reason: str | None


def _with_words(one: RecordedFigure, words: _Words) -> RecordedFigure:
    figure = one.figure
    evidence = unchecked(Evidence, {name: getattr(words, name) for name in Evidence.model_fields})
    count = figure.count.model_copy(update={"text": words.words}) if figure.count is not None else None
    given = {"count": count, "evidence": evidence, "modality": words.modality, "origin": words.origin}
    return replace(
        one,
        figure=figure.model_copy(update=given),
        document=bytes(words.document).hex(),
        address=words.address,
        title=words.title,
        snapshot=bytes(words.snapshot).hex(),
        hold=Hold(words.rule, words.reason or "") if words.rule is not None else None,
    )


def _equal(column: str, value: str, *, is_there: bool) -> str:
    """A condition that an index serves: no comparison with a value finds an absent one."""
    return f"{column} = {value}" if is_there else f"{column} IS NULL"


def _chunks(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """The keys in portions that a statement can name."""
    return (keys[place : place + 500] for place in range(0, len(keys), 500))
