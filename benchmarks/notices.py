"""
What notices cost a visit that gives new figures, where somebody listens.

    .venv/bin/python benchmarks/notices.py [FIGURES OF THE EVENT] [FIGURES BESIDE]

The world is generated: one event with ten counts and fifty authorities over three years, and figures of other events
beside it. A document of ten figures is recorded many times, each time with new numbers; what is measured is the
processor time from its recording to its notices in the queue.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db.records import Chain, Count, Definition, Document, Event, Evidence, Figure, Hold, Reading, Recording, Snapshot
from db.store import Store
from db.watches import Watch, add_watch, begin_run
from tracker.noticing import Noticing

ISSUERS, DAYS, NEW, VISITS = 50, 3 * 365, 10, 20
START = date(2021, 1, 1)
SEEN_AT = datetime(2024, 1, 1, tzinfo=UTC)
FACETS = (
    {}, {"age": "child"}, {"sex": "female"}, {"status": "civilian"}, {"basis": "identified"},
)  # fmt: skip


def definitions_of(event: int) -> list[Definition]:
    """Ten counts of one event."""
    place = f"District {event}"
    counted = [{"outcome": outcome, "place": place, **facets} for outcome in ("killed", "injured") for facets in FACETS]
    return [Definition.model_validate({"tally": "cumulative", "since": START, **facets}) for facets in counted]


def figure(event: int, definition: Definition, issuer: str, day: date, number: int, row: str) -> Figure:
    """One figure of a table."""
    return Figure(
        count=Count.exactly(number, str(number)),
        definition=definition,
        chain=Chain(issuer=issuer, authority=issuer),
        evidence=Evidence(quote=f"killed: {number}", row_key=row, locator=f"row={row}", zone="table"),
        publisher=issuer,
        published=day,
        as_of=day,
        as_of_basis="stated",
        origin="imported",
        event=f"event {event}",
    )


def world(events: range, each: int) -> Iterator[tuple[Figure, Hold | None]]:
    """So many figures of each event, spread over counts, authorities and days; numbers grow with time."""
    chance = random.Random(each)  # noqa: S311 - a world, not a secret
    for event in events:
        definitions = definitions_of(event)
        for row in range(each):
            days = chance.randrange(DAYS)
            issuer = f"issuer {chance.randrange(ISSUERS)}"
            number = 1_000 + 3 * days + chance.randrange(-200, 200)
            yield (
                figure(event, chance.choice(definitions), issuer, START + timedelta(days), number, f"{event} {row}"),
                None,
            )


def recording(address: str, figures: list[tuple[Figure, Hold | None]], seen: int = 0) -> Recording:
    """A table at an address as it was seen at one of several times."""
    snapshot = Snapshot(
        sha256=f"{hash((address, seen)) & (2**256 - 1):064x}", size=1, retrieved_at=SEEN_AT, media_type="text/csv",
        warc_file="a", warc_offset=0, warc_length=1,
    )  # fmt: skip
    return Recording(Document(address=address), snapshot, Reading(reader_version="benchmark"), figures)


def main() -> None:
    """Record the world, then visit."""
    of_event, beside = (int(word) for word in (*sys.argv[1:], "5000", "0")[:2])
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{Path(folder) / 'store.db'}") as store:
        events = range(1, 1 + beside // 5_000)
        with store.writing() as writer:
            for event in (0, *events):
                writer.add_event(Event(name=f"event {event}"))
        store.record(recording("https://a.example/", list(world(range(1), of_event))))
        if events:
            store.record(recording("https://b.example/", list(world(events, 5_000))))
        visit(store, of_event + beside)


def visit(store: Store, size: int) -> None:
    """Ten new figures of the last day, many times, by turns of all authorities and counts."""
    watch = Watch(
        "w", "dataset", "https://c.example/", 3_600, None, "UTC", None, None, None, None, "active", None, 0, 0,
        SEEN_AT, SEEN_AT,
    )  # fmt: skip
    add_watch(store, watch)
    chance, took = random.Random(1), list[float]()  # noqa: S311 - a world, not a secret
    for number in range(VISITS):
        slot = SEEN_AT + timedelta(hours=number)
        begin_run(store, "w", slot, slot)
        day = START + timedelta(DAYS + number)
        new = [
            figure(
                0,
                one,
                f"issuer {chance.randrange(ISSUERS)}",
                day,
                4_500 + 3 * number + chance.randrange(200),
                f"{number} {place}",
            )
            for place, one in enumerate(definitions_of(0))
        ]
        recorded = store.record(recording("https://c.example/", [(one, None) for one in new], number))
        began = time.process_time()
        Noticing(store, replace(watch), slot).recorded(recorded.document, watch.address)
        took.append(time.process_time() - began)
    each = [1_000 * seconds / NEW for seconds in took]
    print(f"{size:,} figures: {statistics.median(each):.1f} ms a new figure (worst {max(each):.1f})")


if __name__ == "__main__":
    main()
