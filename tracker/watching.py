"""Making watches: their addresses, schedules and events are checked before they are kept."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from db.known import event_named
from db.store import Store
from db.vocabulary import Outcome, Status, WatchKind
from db.watches import Watch, add_watch, change_watch, remove_watch, watches
from sources.addresses import canonical_address
from sources.datasets import load_mapping
from sources.errors import UnreadableInput
from tracker.errors import UnusableSchedule
from tracker.filtering import Asked, resolved
from tracker.schedules import SHORTEST, checked_zone, following, seconds_of


def new_watch(
    store: Store,
    address: str,
    kind: WatchKind,
    *,
    name: str | None = None,
    every: str | None = None,
    cron: str | None = None,
    timezone: str = "UTC",
    publisher: str | None = None,
    event: str | None = None,
    mapping: str | None = None,
    match: str | None = None,
    notices: Asked | None = None,
    now: datetime | None = None,
) -> Watch:
    """
    Keep a watch that is due at once.

    Args:
        notices: of which figures there are notices: by outcome, group, status, place and event.
    Raises:
        UnusableSchedule, RefusedAddress, MappingError, UnknownRecord, InvalidRecord: what was given cannot be used.
    """
    watch = _checked(
        store, address, kind, name=name, every=every, cron=cron, timezone=timezone, publisher=publisher, event=event,
        mapping=mapping, match=match, notices=notices or Asked(), moment=now or datetime.now(UTC),
    )  # fmt: skip
    add_watch(store, watch)
    return watch


def _checked(
    store: Store,
    address: str,
    kind: WatchKind,
    *,
    name: str | None,
    every: str | None,
    cron: str | None,
    timezone: str,
    publisher: str | None,
    event: str | None,
    mapping: str | None,
    match: str | None,
    notices: Asked,
    moment: datetime,
) -> Watch:
    """A watch that is due at once, everything in it usable."""
    canonical_address(address)
    if (every is None) == (cron is None):
        raise UnusableSchedule(f"watch {name or address!r}: say how often with `every`, or when with `cron`")
    if (kind == "dataset") != (mapping is not None):
        raise UnusableSchedule(f"watch {name or address!r}: a dataset needs its mapping, and nothing else has one")
    seconds = seconds_of(every) if every is not None else None
    if seconds is not None and seconds < SHORTEST.total_seconds():
        raise UnusableSchedule(f"{every!r} is too often: the least is one minute")
    checked_zone(timezone)
    following(moment, moment, every=seconds, cron=cron, timezone=timezone)
    if mapping is not None:
        load_mapping(mapping)
    if match is not None:
        checked_pattern(match, kind)
    told = resolved(store, notices)
    return Watch(
        name=name or address,
        kind=kind,
        address=address.strip(),
        every=seconds,
        cron=cron,
        timezone=timezone,
        publisher=publisher,
        event=event_named(store, event).name if event else None,
        mapping=mapping,
        match=match,
        state="active",
        why=None,
        failures=0,
        figures=0,
        added_at=moment,
        next_due=moment,
        notice_outcome=told.outcome,
        notice_group=told.group,
        notice_status=told.status,
        notice_place=told.place,
        notice_event=told.event,
    )


def checked_pattern(match: str, kind: str) -> None:
    """
    See that a pattern chooses entries of a list.

    Raises:
        UnusableSchedule: it cannot be read, or there is no list.
    """
    if kind not in ("feed", "sitemap"):
        raise UnusableSchedule(f"match {match!r}: only the entries of a feed or sitemap are chosen")
    try:
        re.compile(match)
    except re.error as error:
        raise UnusableSchedule(f"{match!r} is no regular expression: {error}") from error


@dataclass(frozen=True, slots=True)
class Synced:
    """What a file of watches changed, by name."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


_NOTICES = ("notice_outcome", "notice_group", "notice_status", "notice_place", "notice_event")
_KEYS = frozenset(
    {"name", "address", "kind", "every", "cron", "timezone", "publisher", "event", "map", "match", *_NOTICES}
)
_SETTINGS = ("kind", "address", "every", "cron", "timezone", "publisher", "event", "mapping", "match", *_NOTICES)


def sync(store: Store, path: Path, *, prune: bool = False, now: datetime | None = None) -> Synced:
    """
    Make the watches as a TOML file has them, one `[[watch]]` each; all of it or, on an error, nothing.

    Args:
        prune: remove the watches that the file does not name.
    Raises:
        UnusableSchedule, RefusedAddress, MappingError, UnknownRecord, UnreadableInput: the message names the watch.
    """
    return sync_tables(store, watch_tables(path), str(path), prune=prune, now=now)


def sync_tables(
    store: Store, tables: Sequence[dict[str, Any]], where: str, *, prune: bool = False, now: datetime | None = None
) -> Synced:
    """The same for tables that were read already; `where` is what messages call them."""
    moment = now or datetime.now(UTC)
    wanted = [_of_table(store, table, moment) for table in tables]
    names = [watch.name for watch in wanted]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UnusableSchedule(f"{where}: two watches are named {twice!r}")
    known = {watch.name: watch for watch in watches(store)}
    changed = []
    for watch in wanted:
        before = known.get(watch.name)
        if before is None:
            add_watch(store, watch)
        elif values := {
            name: getattr(watch, name) for name in _SETTINGS if getattr(watch, name) != getattr(before, name)
        }:
            change_watch(store, watch.name, **values, next_due=moment)
            changed.append(watch.name)
    removed = [name for name in known if name not in names] if prune else []
    for name in removed:
        remove_watch(store, name)
    added = [name for name in names if name not in known]
    same = [name for name in names if name in known and name not in changed]
    return Synced(tuple(added), tuple(changed), tuple(same), tuple(removed))


def watch_tables(path: Path) -> list[dict[str, Any]]:
    """
    The `[[watch]]` tables of a TOML file, unchecked.

    Raises:
        UnreadableInput: it cannot be read, is not TOML, or holds something else.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name a TOML file of watches") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} is not TOML: {error}") from error
    tables = told.get("watch")
    if not isinstance(tables, list) or set(told) != {"watch"} or not all(isinstance(table, dict) for table in tables):
        raise UnreadableInput(f"{path} holds something else than [[watch]] tables")
    return tables


def _of_table(store: Store, table: dict[str, Any], moment: datetime) -> Watch:
    name = table.get("name") or table.get("address")
    if unknown := sorted(set(table) - _KEYS):
        raise UnusableSchedule(f"watch {name!r}: unknown key {unknown[0]!r}; known: {', '.join(sorted(_KEYS))}")
    if wrong := next((key for key, value in table.items() if not isinstance(value, str)), None):
        raise UnusableSchedule(f"watch {name!r}: {wrong!r} is not a string")
    if "address" not in table or table.get("kind") not in get_args(WatchKind):
        raise UnusableSchedule(f"watch {name!r}: it needs an address, and a kind of {', '.join(get_args(WatchKind))}")
    return _checked(
        store,
        table["address"],
        table["kind"],
        name=table.get("name"),
        every=table.get("every"),
        cron=table.get("cron"),
        timezone=table.get("timezone", "UTC"),
        publisher=table.get("publisher"),
        event=table.get("event"),
        mapping=table.get("map"),
        match=table.get("match"),
        notices=_notices(name, table),
        moment=moment,
    )


def _notices(name: str | None, table: dict[str, Any]) -> Asked:
    """Of which figures there are notices, as a table says."""
    given = {key.removeprefix("notice_"): table[key] for key in _NOTICES if key in table}
    for key, words in (("outcome", get_args(Outcome)), ("status", get_args(Status))):
        if key in given and given[key] not in words:
            raise UnusableSchedule(f"watch {name!r}: 'notice_{key}' is one of {', '.join(words)}, not {given[key]!r}")
    return Asked(**given)
