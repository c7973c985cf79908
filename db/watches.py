"""
What is visited on a schedule, what came of each visit, and what addresses answered last.

None of it is part of the record: it may change, and no ledger entry speaks of it. Every change is one short
transaction, so that a worker that is killed leaves it whole.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, text, update

from db.checkpoints import ledger_size
from db.engine import operating
from db.errors import InvalidRecord, UnknownRecord
from db.store import Store
from db.tables import metadata
from db.vocabulary import Outcome, Status, WatchKind

_T = metadata.tables
WATCH, RUN, VISITED, HOST, WORKER, NOTICE = (
    _T[name] for name in ("watch", "run", "visited", "host", "worker", "notice")
)
WatchState = Literal["active", "paused"]
RunOutcome = Literal["changed", "unchanged", "failed", "nothing_found"]


@dataclass(frozen=True, slots=True)
class Watch:
    """
    An address that is visited on a schedule.

    Attributes:
        every: seconds between visits; None where `cron` says when, in `timezone`.
        match: a regular expression that an entry's address or title must hold, for feeds and sitemaps.
        why: why it is paused.
        failures: visits that failed one after another.
        figures: all figures that its visits have given.
        notice_outcome, notice_group, notice_status, notice_place, notice_event: of which figures there are notices, as
            filters by recorded names; all of None: of every figure.
    """

    name: str
    kind: WatchKind
    address: str
    every: int | None
    cron: str | None
    timezone: str
    publisher: str | None
    event: str | None
    mapping: str | None
    match: str | None
    state: WatchState
    why: str | None
    failures: int
    figures: int
    added_at: datetime
    next_due: datetime
    notice_outcome: Outcome | None = None
    notice_group: str | None = None
    notice_status: Status | None = None
    notice_place: str | None = None
    notice_event: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """
    One visit of a watch, and what came of it; a run without an end is under way, or its worker died.

    `ledger_size` is how many entries the ledger held when it was begun: what it recorded stands after them.
    """

    watch: str
    slot: datetime
    started_at: datetime
    ended_at: datetime | None = None
    outcome: RunOutcome | None = None
    pages: int = 0
    unchanged: int = 0
    new: int = 0
    held: int = 0
    failed: int = 0
    cause: str | None = None
    ledger_size: int | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    """What an address answered last."""

    address: str
    status: int
    etag: str | None
    last_modified: str | None
    sha256: bytes | None
    first_seen: datetime
    last_seen: datetime


def add_watch(store: Store, watch: Watch) -> None:
    """
    Keep a new watch.

    Raises:
        InvalidRecord: there is one of this name.
    """
    with operating(store.engine) as connection:
        _count_alone(connection)
        key = connection.execute(select(func.coalesce(func.max(WATCH.c.key), 0))).scalar_one() + 1
        if connection.execute(select(WATCH.c.key).where(WATCH.c.name == watch.name)).first():
            raise InvalidRecord(f"there is a watch named {watch.name!r}: choose another name with --name")
        connection.execute(insert(WATCH).values(key=key, **_columns(watch)))


def _columns(shape: Any) -> dict[str, Any]:
    return {field.name: getattr(shape, field.name) for field in fields(shape)}


def watches(store: Store) -> list[Watch]:
    """All watches by name."""
    with store.reading() as connection:
        return [_watch(row) for row in connection.execute(select(WATCH).order_by(WATCH.c.name)).mappings()]


def watch_named(store: Store, name: str) -> Watch:
    """
    The watch of this name.

    Raises:
        UnknownRecord: there is none; the message names the near ones.
    """
    with store.reading() as connection:
        row = connection.execute(select(WATCH).where(WATCH.c.name == name)).mappings().first()
        if row is not None:
            return _watch(row)
        names = list(connection.execute(select(WATCH.c.name)).scalars())
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
    hint = f"near: {', '.join(near)}" if near else "`casualty-figures watch list` names them all"
    raise UnknownRecord(f"there is no watch named {name!r}; {hint}")


def _watch(row: Mapping[Any, Any]) -> Watch:
    return Watch(**{field.name: row[field.name] for field in fields(Watch)})


def change_watch(store: Store, name: str, **values: Any) -> Watch:
    """Change some fields of a watch; gives it as it is then."""
    watch = watch_named(store, name)
    with operating(store.engine) as connection:
        connection.execute(update(WATCH).where(WATCH.c.name == name).values(**values))
    return replace(watch, **values)


def remove_watch(store: Store, name: str) -> None:
    """Forget a watch and the notices that wait; what it recorded and its runs stay."""
    watch_named(store, name)
    with operating(store.engine) as connection:
        connection.execute(delete(NOTICE).where(NOTICE.c.watch == name))
        connection.execute(delete(WATCH).where(WATCH.c.name == name))


def due(store: Store, now: datetime) -> list[Watch]:
    """The active watches whose time has come, the longest waiting first."""
    query = select(WATCH).where(WATCH.c.state == "active", WATCH.c.next_due <= now).order_by(WATCH.c.next_due)
    with store.reading() as connection:
        return [_watch(row) for row in connection.execute(query).mappings()]


def begin_run(store: Store, watch: str, slot: datetime, now: datetime) -> bool:
    """
    Take a slot of a watch's schedule; whether it was still free, or its run never ended.

    However many schedulers there are, the database lets a slot be begun once.
    """
    with operating(store.engine) as connection:
        _count_alone(connection)
        taken = select(RUN.c.ended_at).where(RUN.c.watch == watch, RUN.c.slot == slot)
        if (found := connection.execute(taken).first()) is not None:
            return found[0] is None
        key = connection.execute(select(func.coalesce(func.max(RUN.c.key), 0))).scalar_one() + 1
        run = Run(watch, slot, now, ledger_size=ledger_size(connection))
        connection.execute(insert(RUN).values(key=key, **_columns(run)))
        return True


def _count_alone(connection: Connection) -> None:
    """Keys are counted by one transaction at a time: on SQLite all are; on PostgreSQL those that ask for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE run IN SHARE ROW EXCLUSIVE MODE"))


def end_run(store: Store, run: Run, watch: Mapping[str, Any], seen_again: Sequence[Visited] = ()) -> None:
    """Say what came of a run and which addresses stood unchanged, and change its watch, in one transaction."""
    kept = ("watch", "slot", "started_at", "ledger_size")
    told = {name: value for name, value in _columns(run).items() if name not in kept}
    with operating(store.engine) as connection:
        for answer in seen_again:
            note_visited(connection, answer)
        connection.execute(update(RUN).where(RUN.c.watch == run.watch, RUN.c.slot == run.slot).values(**told))
        connection.execute(update(WATCH).where(WATCH.c.name == run.watch).values(**watch))


def run_of(store: Store, watch: str, slot: datetime) -> Run | None:
    """The run of a slot; None where it was never begun."""
    with store.reading() as connection:
        row = connection.execute(select(RUN).where(RUN.c.watch == watch, RUN.c.slot == slot)).mappings().first()
    return _run(row) if row is not None else None


def _run(row: Mapping[Any, Any]) -> Run:
    return Run(**{field.name: row[field.name] for field in fields(Run)})


def is_under_way(store: Store) -> bool:
    """Whether any run was begun and not ended."""
    with store.reading() as connection:
        return connection.execute(select(RUN.c.key).where(RUN.c.ended_at.is_(None)).limit(1)).first() is not None


def runs(store: Store, *, watch: str | None = None, failing: bool = False, limit: int = 50) -> list[Run]:
    """The last runs, the latest first."""
    query = select(RUN).order_by(RUN.c.key.desc()).limit(limit)
    if watch is not None:
        query = query.where(RUN.c.watch == watch)
    if failing:
        query = query.where(RUN.c.outcome.in_(("failed", "nothing_found")))
    with store.reading() as connection:
        return [_run(row) for row in connection.execute(query).mappings()]


def visited(store: Store, address: str) -> Visited | None:
    """What an address answered last; None if it was never asked."""
    with store.reading() as connection:
        row = connection.execute(select(VISITED).where(VISITED.c.address == address)).mappings().first()
    return Visited(**row) if row is not None else None


def visited_among(store: Store, addresses: Sequence[str]) -> set[str]:
    """Those of some addresses that were asked before."""
    found: set[str] = set()
    with store.reading() as connection:
        for start in range(0, len(addresses), 500):
            chunk = addresses[start : start + 500]
            query = select(VISITED.c.address).where(VISITED.c.address.in_(chunk))
            found.update(connection.execute(query).scalars())
    return found


def keep_visited(store: Store, answer: Visited) -> None:
    """Keep what an address answered; when it was first seen stays."""
    with operating(store.engine) as connection:
        note_visited(connection, answer)


def note_visited(connection: Connection, answer: Visited) -> None:
    """The same inside the caller's transaction."""
    connection.execute(_KEEP_VISITED, _columns(answer))


_KEEP_VISITED = text("""
    INSERT INTO visited (address, status, etag, last_modified, sha256, first_seen, last_seen)
    VALUES (:address, :status, :etag, :last_modified, :sha256, :first_seen, :last_seen)
    ON CONFLICT (address) DO UPDATE SET status = excluded.status, etag = excluded.etag,
        last_modified = excluded.last_modified, sha256 = excluded.sha256, last_seen = excluded.last_seen
""")


def take_turn(store: Store, host: str, now: datetime, spacing: timedelta) -> datetime:
    """
    When this caller may ask a host: now, or after those that took a turn before, each `spacing` after the other.

    All workers of a store take their turns here, so that a host is asked no faster however many they are.
    """
    with operating(store.engine) as connection:
        connection.execute(_KNOW_HOST, {"host": host, "now": now})
        free_at = connection.execute(select(HOST.c.free_at).where(HOST.c.name == host).with_for_update()).scalar_one()
        turn: datetime = max(now, free_at)
        connection.execute(update(HOST).where(HOST.c.name == host).values(free_at=turn + spacing))
    return turn


_KNOW_HOST = text("INSERT INTO host (name, free_at) VALUES (:host, :now) ON CONFLICT (name) DO NOTHING")


def say_alive(store: Store, worker: str, now: datetime) -> None:
    """Note that a worker is at work."""
    with operating(store.engine) as connection:
        known = connection.execute(update(WORKER).where(WORKER.c.id == worker).values(seen_at=now)).rowcount
        if not known:
            connection.execute(insert(WORKER).values(id=worker, seen_at=now))


def forget_worker(store: Store, worker: str) -> bool:
    """Take a worker off the list; whether it was this caller who did."""
    with operating(store.engine) as connection:
        return bool(connection.execute(delete(WORKER).where(WORKER.c.id == worker)).rowcount)


def silent_workers(store: Store, since: datetime) -> list[str]:
    """The workers that said nothing since."""
    with store.reading() as connection:
        return list(connection.execute(select(WORKER.c.id).where(WORKER.c.seen_at < since)).scalars())
