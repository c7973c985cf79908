"""Making watches: their addresses, schedules and events are checked before they are kept."""

from datetime import UTC, datetime

from db.known import event_named
from db.store import Store
from db.watches import Kind, Watch, add_watch
from sources.addresses import canonical_address
from sources.datasets import load_mapping
from tracker.errors import UnusableSchedule
from tracker.schedules import SHORTEST, checked_zone, following, seconds_of


def new_watch(
    store: Store,
    address: str,
    kind: Kind,
    *,
    name: str | None = None,
    every: str | None = None,
    cron: str | None = None,
    timezone: str = "UTC",
    publisher: str | None = None,
    event: str | None = None,
    mapping: str | None = None,
    match: str | None = None,
    now: datetime | None = None,
) -> Watch:
    """
    Keep a watch that is due at once.

    Raises:
        UnusableSchedule, RefusedAddress, MappingError, UnknownRecord, InvalidRecord: what was given cannot be used.
    """
    canonical_address(address)
    moment = now or datetime.now(UTC)
    seconds = seconds_of(every) if every is not None else None
    if seconds is not None and seconds < SHORTEST.total_seconds():
        raise UnusableSchedule(f"{every!r} is too often: the least is one minute")
    checked_zone(timezone)
    following(moment, moment, every=seconds, cron=cron, timezone=timezone)
    if mapping is not None:
        load_mapping(mapping)
    watch = Watch(
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
    )
    add_watch(store, watch)
    return watch
