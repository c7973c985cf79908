"""
What is visited on a schedule, what came of each visit, and what addresses answered last.

None of it is part of the record: it may change, and no ledger entry speaks of it. Every change is one short
transaction, so that a worker that is killed leaves it whole.
"""

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.engine import writing
from db.errors import InvalidRecord, UnknownRecord
from db.store import Store
from db.tables import metadata
from db.vocabulary import WatchKind

_T = metadata.tables
WATCH, RUN, VISITED, HOST, WORKER = (_T[name] for name in ("watch", "run", "visited", "host", "worker"))
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
        planned_at: when `next_due` was chosen; where now lies before it, the clock has gone back since.
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
    planned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One visit of a watch, and what came of it; a run without an end is under way, or its worker died."""

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


@contextmanager
def _changing(store: Store) -> Iterator[Connection]:
    with writing(store.engine) as connection:
        yield connection


def add_watch(store: Store, watch: Watch) -> None:
    """
    Keep a new watch.

    Raises:
        InvalidRecord: there is one of this name.
    """
    with _changing(store) as connection:
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
    with _changing(store) as connection:
        connection.execute(update(WATCH).where(WATCH.c.name == name).values(**values))
    return replace(watch, **values)


def remove_watch(store: Store, name: str) -> None:
    """Forget a watch; what it recorded and its runs stay."""
    watch_named(store, name)
    with _changing(store) as connection:
        connection.execute(delete(WATCH).where(WATCH.c.name == name))


def due(store: Store, now: datetime) -> list[Watch]:
    """The active watches whose time has come, the longest waiting first."""
    query = select(WATCH).where(WATCH.c.state == "active", WATCH.c.next_due <= now).order_by(WATCH.c.next_due)
    with store.reading() as connection:
        return [_watch(row) for row in connection.execute(query).mappings()]


def planned_ahead_of(store: Store, now: datetime) -> list[Watch]:
    """The active watches whose next visit was planned later than now: the clock has gone back since."""
    query = select(WATCH).where(WATCH.c.state == "active", WATCH.c.planned_at > now)
    with store.reading() as connection:
        return [_watch(row) for row in connection.execute(query).mappings()]


def plan_again(store: Store, watch: Watch, next_due: datetime, now: datetime) -> None:
    """Choose another next visit, unless somebody else chose one since this watch was read."""
    as_read = (WATCH.c.name == watch.name, WATCH.c.next_due == watch.next_due, WATCH.c.planned_at == watch.planned_at)
    with _changing(store) as connection:
        free = _free_slot(connection, watch.name, next_due)
        connection.execute(update(WATCH).where(*as_read).values(next_due=free, planned_at=now))


def _free_slot(connection: Connection, watch: str, slot: datetime) -> datetime:
    """The slot; where the clock went back and it was taken before, the first free second after it."""
    while connection.execute(select(RUN.c.key).where(RUN.c.watch == watch, RUN.c.slot == slot)).first():
        slot += timedelta(seconds=1)
    return slot


def begin_run(store: Store, watch: str, slot: datetime, now: datetime) -> bool:
    """
    Take a slot of a watch's schedule; whether it was still free, or its run never ended.

    However many schedulers there are, the database lets a slot be begun once.
    """
    try:
        with _changing(store) as connection:
            taken = select(RUN.c.ended_at).where(RUN.c.watch == watch, RUN.c.slot == slot)
            if (found := connection.execute(taken).first()) is not None:
                return found[0] is None
            key = connection.execute(select(func.coalesce(func.max(RUN.c.key), 0))).scalar_one() + 1
            connection.execute(insert(RUN).values(key=key, **_columns(Run(watch, slot, now))))
            return True
    except IntegrityError:
        return False


def end_run(store: Store, run: Run, watch: Mapping[str, Any]) -> None:
    """Say what came of a run, and change its watch, in one transaction; a slot that was taken is never due again."""
    told = {name: value for name, value in _columns(run).items() if name not in ("watch", "slot", "started_at")}
    with _changing(store) as connection:
        connection.execute(update(RUN).where(RUN.c.watch == run.watch, RUN.c.slot == run.slot).values(**told))
        values = dict(watch)
        if "next_due" in values:
            values["next_due"] = _free_slot(connection, run.watch, values["next_due"])
        connection.execute(update(WATCH).where(WATCH.c.name == run.watch).values(**values))


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
        return [
            Run(**{field.name: row[field.name] for field in fields(Run)})
            for row in connection.execute(query).mappings()
        ]


def visited(store: Store, address: str) -> Visited | None:
    """What an address answered last; None if it was never asked."""
    with store.reading() as connection:
        row = connection.execute(select(VISITED).where(VISITED.c.address == address)).mappings().first()
    return Visited(**row) if row is not None else None


def keep_visited(store: Store, answer: Visited) -> None:
    """Keep what an address answered; when it was first seen stays."""
    with _changing(store) as connection:
        known = connection.execute(select(VISITED.c.first_seen).where(VISITED.c.address == answer.address)).first()
        columns = _columns(answer)
        if known is None:
            connection.execute(insert(VISITED).values(**columns))
        else:
            columns.pop("first_seen")
            connection.execute(update(VISITED).where(VISITED.c.address == answer.address).values(**columns))


def take_turn(store: Store, host: str, now: datetime, spacing: timedelta) -> datetime:
    """
    When this caller may ask a host: now, or after those that took a turn before, each `spacing` after the other.

    All workers of a store take their turns here, so that a host is asked no faster however many they are. Where the
    clock went back since the last turn was taken, the wait that was left then counts from now.
    """
    with _changing(store) as connection:
        known = connection.execute(select(HOST.c.free_at, HOST.c.taken_at).where(HOST.c.name == host)).first()
        free_at, taken_at = known if known is not None else (now, None)
        turn = max(now, free_at) if taken_at is None or taken_at <= now else now + (free_at - taken_at)
        taken = {"free_at": turn + spacing, "taken_at": now}
        if known is None:
            connection.execute(insert(HOST).values(name=host, **taken))
        else:
            connection.execute(update(HOST).where(HOST.c.name == host).values(**taken))
    return turn


def say_alive(store: Store, worker: str, now: datetime) -> None:
    """Note that a worker is at work."""
    with _changing(store) as connection:
        known = connection.execute(update(WORKER).where(WORKER.c.id == worker).values(seen_at=now)).rowcount
        if not known:
            connection.execute(insert(WORKER).values(id=worker, seen_at=now))


def forget_worker(store: Store, worker: str) -> bool:
    """Take a worker off the list; whether it was this caller who did."""
    with _changing(store) as connection:
        return bool(connection.execute(delete(WORKER).where(WORKER.c.id == worker)).rowcount)


def last_words(store: Store) -> dict[str, datetime]:
    """When each worker last said that it is alive, by its own clock."""
    with store.reading() as connection:
        return dict(connection.execute(select(WORKER.c.id, WORKER.c.seen_at)).tuples())
