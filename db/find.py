"""Finding figures: filters, and the recorded figures that pass them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, and_, func, not_, or_, select, type_coerce
from sqlalchemy.types import NullType

from db.acts import REVIEWS, state_after
from db.documents import text_groups
from db.errors import UnknownRecord
from db.known import event_and_within
from db.places import UNION, Places
from db.records import Act, Chain, Definition, Hold, RecordedFigure
from db.rows import FIGURE_COLUMNS, FigureColumns, chain_of, definition_of, figure_of
from db.store import Store
from db.tables import metadata
from db.types import Day, Instant
from db.unchecked import instant_of_row
from db.vocabulary import Outcome, State, Status

_T = metadata.tables
FIGURE, DOCUMENT, ENTRY, SOURCE, EVENT = (_T[name] for name in ("figure", "document", "entry", "source", "event"))
READING, SNAPSHOT, HELD, ACT = (_T[name] for name in ("reading", "snapshot", "held", "act"))


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What figures to find; every filter that is given must hold. Names are the recorded ones, not aliases.

    Attributes:
        event: filed under this event or one within it.
        source: named anywhere in the chain, or the publisher.
        issuer: the issuer or the authority.
        place: counted in this place or one within it.
        from_day, to_day: as-of days, both included; the published day where as-of is absent.
        as_known_on: published on this day or before; figures without a published day are left out.
        as_recorded_on: taken into this store at this instant or before.
        held: only the figures that the gate holds, which are otherwise left out; one that a person accepted is held
            no longer.
        after_entry: taken in after this many entries of the ledger.
        latest: no more than so many, those of the last days.
    """

    event: str | None = None
    source: str | None = None
    issuer: str | None = None
    publisher: str | None = None
    outcome: Outcome | None = None
    group: str | None = None
    status: Status | None = None
    place: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    as_known_on: date | None = None
    as_recorded_on: datetime | None = None
    held: bool = False
    document: str | None = None
    after_entry: int | None = None
    latest: int | None = None


def find_figures(store: Store, filters: Filters = Filters()) -> list[RecordedFigure]:
    """
    The recorded figures that pass, by as-of day (else published day), then in the order of recording.

    Raises:
        UnknownRecord: the filter names an event that nobody made.
    """
    with store.reading() as connection:
        definitions = _definitions(connection, filters)
        chains = _chains(connection, filters)
        query = _query(connection, filters, definitions, chains)
        if query is None:
            return []
        if filters.latest is not None:
            query = _latest(query, filters.latest)
        return list(_recorded(connection, connection.execute(query), definitions, chains, filters.as_recorded_on))


def _latest(query: Select[Any], most: int) -> Select[Any]:
    """The last figures of a query in its own order."""
    day = func.coalesce(FIGURE.c.as_of, FIGURE.c.published)
    kept = query.with_only_columns(FIGURE.c.key, maintain_column_froms=True).order_by(None)
    kept = kept.order_by(day.is_not(None).desc(), day.desc(), FIGURE.c.key.desc()).limit(most)
    return query.where(FIGURE.c.key.in_(kept.correlate(None).scalar_subquery()))


def count_figures(store: Store, filters: Filters) -> int:
    """How many recorded figures pass."""
    with store.reading() as connection:
        query = _query(connection, filters, _definitions(connection, filters), _chains(connection, filters))
        if query is None:
            return 0
        counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
        return int(connection.execute(counted).scalar_one())


def ids_recorded_after(store: Store, document: str, entry: int) -> frozenset[str]:
    """The figures of a document, held ones too, that were taken in after this many entries of the ledger."""
    query = select(FIGURE.c.id).join(DOCUMENT, DOCUMENT.c.key == FIGURE.c.document)
    query = query.where(DOCUMENT.c.id == bytes.fromhex(document), FIGURE.c.entry > entry)
    with store.reading() as connection:
        return frozenset(bytes(one).hex() for one in connection.execute(query).scalars())


def figure_by_id(store: Store, identifier: str) -> RecordedFigure:
    """
    One recorded figure by its whole id (see `acts.find_id` for prefixes), held or not.

    Raises:
        UnknownRecord: it is not recorded here.
    """
    with store.reading() as connection:
        definitions, chains = _definitions(connection, Filters()), _chains(connection, Filters())
        query = _select().where(FIGURE.c.id == bytes.fromhex(identifier))
        found = list(_recorded(connection, connection.execute(query), definitions, chains, None))
    if not found:
        raise UnknownRecord(f"figure {identifier[:12]} is not recorded here")
    return found[0]


def shares_of(
    connection: Connection, definitions: Sequence[int], as_recorded_on: datetime | None = None
) -> list[RecordedFigure]:
    """The recorded shares of these definitions (the store's keys), by the day they speak of."""
    if not definitions:
        return []
    known, chains = _definitions(connection, Filters()), _chains(connection, Filters())
    wanted = and_(FIGURE.c.definition.in_(definitions), FIGURE.c.is_share == 1, is_used(as_recorded_on))
    query = _select(as_recorded_on).where(wanted, *_days(Filters(as_recorded_on=as_recorded_on)))
    return list(_recorded(connection, connection.execute(query), known, chains, as_recorded_on))


def _definitions(connection: Connection, filters: Filters) -> dict[int, Definition]:
    rows = connection.execute(select(_T["definition"])).mappings()
    every = {row["key"]: definition_of(row) for row in rows}
    return {key: definition for key, definition in every.items() if _counts(definition, filters)}


def _counts(definition: Definition, filters: Filters) -> bool:
    return (
        (filters.outcome is None or definition.outcome == filters.outcome)
        and (filters.status is None or definition.status == filters.status)
        and (filters.group is None or filters.group in (definition.group or "").split(UNION))
        and (filters.place is None or _lies_within(definition.place, filters.place))
    )


def _lies_within(place: str | None, outer: str) -> bool:
    if place is None:
        return False
    places = Places.shipped()
    return any(part == outer or places.contains(outer, part) for part in place.split(UNION))


def _chains(connection: Connection, filters: Filters) -> dict[int, Chain]:
    rows = connection.execute(select(_T["chain"])).mappings()
    every = {row["key"]: chain_of(row) for row in rows}
    if filters.issuer is None:
        return every
    return {key: chain for key, chain in every.items() if filters.issuer in (chain.issuer, chain.authority)}


def _names(chain: Chain) -> set[str | None]:
    side_by_side = {name for names in chain.parallel for name in names}
    return {*chain.attribution, *side_by_side, chain.issuer, chain.authority}


def _filed_event(as_recorded_on: datetime | None = None) -> ColumnElement[Any]:
    """The event under which a figure stands: the last filing, else the one it was recorded with."""
    filings = select(ACT.c.other).where(ACT.c.figure_id == FIGURE.c.id, ACT.c.kind == "file")
    if as_recorded_on is not None:
        filings = filings.where(ACT.c.recorded_at <= as_recorded_on)
    last = filings.order_by(ACT.c.key.desc()).limit(1).correlate(FIGURE).scalar_subquery()
    return func.coalesce(last, EVENT.c.name)


def _may_be_filed_under(names: list[str]) -> Iterator[ColumnElement[bool]]:
    """What the indexes find: figures recorded with one of these events, or ever filed under one."""
    yield FIGURE.c.event.in_(select(EVENT.c.key).where(EVENT.c.name.in_(names)))
    yield FIGURE.c.id.in_(select(ACT.c.figure_id).where(ACT.c.kind == "file", ACT.c.other.in_(names)))


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    """A column as the driver gives it: decoding days and instants row by row takes longer than reading the rows."""
    return type_coerce(column, NullType()).label(column.name) if isinstance(column.type, Day | Instant) else column


def _select(as_recorded_on: datetime | None = None) -> Select[Any]:
    return (
        select(
            *(_plain(column) for column in FIGURE.c),
            DOCUMENT.c.id.label("document_id"),
            DOCUMENT.c.address,
            SOURCE.c.name.label("publisher_name"),
            _filed_event(as_recorded_on).label("event_name"),
            _plain(ENTRY.c.recorded_at),
            READING.c.title,
            SNAPSHOT.c.sha256,
            HELD.c.rule,
            HELD.c.reason,
        )
        .join(DOCUMENT, DOCUMENT.c.key == FIGURE.c.document)
        .join(ENTRY, ENTRY.c.seq == FIGURE.c.entry)
        .join(READING, READING.c.key == FIGURE.c.reading)
        .join(SNAPSHOT, SNAPSHOT.c.key == READING.c.snapshot)
        .outerjoin(SOURCE, SOURCE.c.key == DOCUMENT.c.publisher)
        .outerjoin(EVENT, EVENT.c.key == FIGURE.c.event)
        .outerjoin(HELD, HELD.c.figure_id == FIGURE.c.id)
        .order_by(func.coalesce(FIGURE.c.as_of, FIGURE.c.published), FIGURE.c.published, FIGURE.c.key)
    )


def _query(
    connection: Connection, filters: Filters, definitions: Mapping[int, Definition], chains: Mapping[int, Chain]
) -> Select[Any] | None:
    """The query for these filters; None where no definition or chain passes."""
    conditions: list[ColumnElement[bool]] = [
        not_(is_used(filters.as_recorded_on)) if filters.held else is_used(filters.as_recorded_on)
    ]
    if filters.outcome or filters.status or filters.group or filters.place:
        conditions.append(FIGURE.c.definition.in_(definitions))
    if filters.issuer:
        conditions.append(FIGURE.c.chain.in_(chains))
    if filters.source:
        naming = [key for key, chain in chains.items() if filters.source in _names(chain)]
        conditions.append(or_(FIGURE.c.chain.in_(naming), SOURCE.c.name == filters.source))
    if filters.publisher:
        conditions.append(SOURCE.c.name == filters.publisher)
    if filters.event:
        within = event_and_within(connection, filters.event)
        conditions.append(or_(*_may_be_filed_under(within)))
        conditions.append(_filed_event(filters.as_recorded_on).in_(within))
    if filters.document:
        conditions.append(DOCUMENT.c.id == bytes.fromhex(filters.document))
    if filters.after_entry is not None:
        conditions.append(FIGURE.c.entry > filters.after_entry)
    if not definitions or not chains:
        return None
    return _select(filters.as_recorded_on).where(and_(*conditions, *_days(filters)))


def is_used(as_recorded_on: datetime | None = None) -> ColumnElement[bool]:
    """Whether answers may use a figure: the gate does not hold it, or the last review accepted it."""
    reviews = select(ACT.c.kind).where(ACT.c.figure_id == FIGURE.c.id, ACT.c.kind.in_(REVIEWS))
    if as_recorded_on is not None:
        reviews = reviews.where(ACT.c.recorded_at <= as_recorded_on)
    last = reviews.order_by(ACT.c.key.desc()).limit(1).correlate(FIGURE).scalar_subquery()
    return or_(HELD.c.figure_id.is_(None), func.coalesce(last, "") == "accept")


def _days(filters: Filters) -> Iterator[ColumnElement[bool]]:
    day: ColumnElement[Any] = func.coalesce(FIGURE.c.as_of, FIGURE.c.published, type_=FIGURE.c.as_of.type)
    if filters.from_day:
        yield day >= filters.from_day
    if filters.to_day:
        yield day <= filters.to_day
    if filters.as_known_on:
        published: Column[Any] = FIGURE.c.published
        yield published <= filters.as_known_on
    if filters.as_recorded_on:
        yield ENTRY.c.recorded_at <= filters.as_recorded_on


def _recorded(
    connection: Connection,
    rows: Iterable[Row[Any]],
    definitions: Mapping[int, Definition],
    chains: Mapping[int, Chain],
    as_recorded_on: datetime | None,
) -> Iterator[RecordedFigure]:
    acts, groups = _acts(connection, as_recorded_on), text_groups(connection, as_recorded_on)
    for row in rows:
        yield _recorded_figure(tuple(row), definitions, chains, acts, groups)


_COLUMNS = len(FIGURE_COLUMNS)


def _recorded_figure(
    row: Sequence[Any],
    definitions: Mapping[int, Definition],
    chains: Mapping[int, Chain],
    acts: Mapping[bytes, list[Act]],
    groups: Mapping[int, str],
) -> RecordedFigure:
    columns = FigureColumns(*row[:_COLUMNS])
    document, address, publisher, event, recorded_at, title, sha256, rule, reason = row[_COLUMNS:]
    identifier = bytes(columns.id)
    about = tuple(acts.get(identifier, ()))
    return RecordedFigure(
        id=identifier.hex(),
        figure=figure_of(columns, definitions[columns.definition], chains[columns.chain], publisher, event),
        state=state_after(about, is_held=rule is not None) if about or rule is not None else "recorded",
        recorded_at=instant_of_row(recorded_at),
        document=bytes(document).hex(),
        address=address,
        title=title,
        snapshot=bytes(sha256).hex(),
        hold=Hold(rule, reason) if rule is not None else None,
        acts=about,
        same_text=groups.get(columns.document),
        nth=columns.nth,
    )


def _acts(connection: Connection, as_recorded_on: datetime | None) -> dict[bytes, list[Act]]:
    """What was done about figures, filings apart (they are in the event column)."""
    query = select(ACT).where(ACT.c.kind != "file").order_by(ACT.c.key)
    if as_recorded_on is not None:
        query = query.where(ACT.c.recorded_at <= as_recorded_on)
    about: dict[bytes, list[Act]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        about[bytes(row["figure_id"])].append(
            Act(
                id=bytes(row["id"]).hex(),
                kind=row["kind"],
                figure=bytes(row["figure_id"]).hex(),
                other=row["other"],
                by=row["by_whom"],
                on_day=row["on_day"],
                reason=row["reason"],
                recorded_at=row["recorded_at"],
            )
        )
    return about


def acted_on(
    connection: Connection, as_recorded_on: datetime | None = None
) -> dict[bytes, tuple[State, tuple[Act, ...]]]:
    """The state of each figure about which something was done, and what."""
    about = _acts(connection, as_recorded_on)
    return {figure: (state_after(acts, is_held=False), tuple(acts)) for figure, acts in about.items()}


def last_filings(connection: Connection, as_recorded_on: datetime | None = None) -> dict[bytes, str]:
    """The event under which each figure that was filed by an act stands."""
    query = select(ACT.c.figure_id, ACT.c.other).where(ACT.c.kind == "file").order_by(ACT.c.key)
    if as_recorded_on is not None:
        query = query.where(ACT.c.recorded_at <= as_recorded_on)
    return {bytes(figure): event for figure, event in connection.execute(query)}
