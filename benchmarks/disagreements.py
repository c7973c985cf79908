"""
How fast disagreements are found in a whole record, beside a plain SQL self-join and a pandas merge.

    uv pip install --python .venv/bin/python pandas     # no dependency: only this comparison needs it
    .venv/bin/python benchmarks/disagreements.py [FIGURES]

The world is generated: 2,000 definitions in 200 events, a fifth of them with one facet unstated and no more than two
comparable neighbours each, 50 issuers, three years. It is recorded in SQLite as a data set would be. Times are wall
time; what the two slow ways would need for all figures is extrapolated from the pairs that they would have to make.
"""

import importlib
import importlib.util
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from db.records import Chain, Count, Definition, Document, Event, Evidence, Figure, Hold, Reading, Recording, Snapshot
from db.store import Store
from tracker.filtering import Asked
from tracker.questions import disagreements_of, history_of

EVENTS, ISSUERS, DAYS = 200, 50, 3 * 365
COMPARED = 100_000
START = date(2021, 1, 1)
SEEN_AT = datetime(2024, 1, 1, tzinfo=UTC)


def definitions_of(event: int) -> list[Definition]:
    """Ten counts of one event; the second and the fifth leave unsaid where, which the first and fourth say."""
    place = f"District {event}"
    counted: list[dict[str, Any]] = [
        {"outcome": "killed", "place": place},
        {"outcome": "killed"},
        {"outcome": "killed", "place": place, "age": "child"},
        {"outcome": "injured", "place": place},
        {"outcome": "injured"},
        {"outcome": "missing", "place": place},
        {"outcome": "displaced", "place": place},
        {"outcome": "detained", "place": place},
        {"outcome": "killed", "place": place, "sex": "female"},
        {"outcome": "released", "place": place},
    ]
    return [Definition(tally="cumulative", since=START, **facets) for facets in counted]


def figures(number: int) -> Iterator[tuple[Figure, Hold | None]]:
    """So many figures, spread evenly over definitions, issuers and days; numbers grow with time."""
    chance = random.Random(number)
    definitions = [(f"event {event}", one) for event in range(EVENTS) for one in definitions_of(event)]
    chains = [Chain(issuer=f"issuer {place}", authority=f"issuer {place}") for place in range(ISSUERS)]
    scale = [chance.randrange(100, 5_000) for _ in definitions]
    words: tuple[Any, ...] = ("exact", "exact", "exact", "at_least", "approximately")
    for row in range(number):
        place = row * len(definitions) // number
        event, definition = definitions[place]
        chain, day = chains[chance.randrange(ISSUERS)], START + timedelta(chance.randrange(DAYS))
        counted = scale[place] + (day - START).days + chance.randrange(-20, 20)
        qualifier = chance.choice(words)
        low = counted if qualifier in ("exact", "at_least") else None
        high = counted if qualifier == "exact" else None
        yield (
            Figure(
                count=Count(low=low, best=counted, high=high, qualifier=qualifier, text=str(counted)),
                definition=definition,
                chain=chain,
                evidence=Evidence(quote=f"killed: {counted}", row_key=f"{row}", locator=f"row={row}", zone="table"),
                publisher=chain.issuer,
                published=day,
                as_of=day,
                as_of_basis="stated",
                origin="imported",
                event=event,
            ),
            None,
        )


def record(store: Store, number: int) -> None:
    """Record the world, one document an issuer: each speaks in its own voice."""
    with store.writing() as writer:
        for event in range(EVENTS):
            writer.add_event(Event(name=f"event {event}", from_day=START))
    by_issuer: dict[str, list[tuple[Figure, Hold | None]]] = {}
    for figure, hold in figures(number):
        by_issuer.setdefault(figure.publisher or "", []).append((figure, hold))
    for issuer, several in by_issuer.items():
        snapshot = Snapshot(
            sha256="ab" * 32, size=1, retrieved_at=SEEN_AT, warc_file="f", warc_offset=0, warc_length=1
        )
        document = Document(address=f"https://{issuer.replace(' ', '-')}.example/table", publisher=issuer)
        store.record(Recording(document, snapshot, Reading(reader_version="1"), several))


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long work takes, and its result."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def intervals(number: int) -> list[tuple[int, str, int, int, int, int]]:
    """
    The world as a plain table, of exact counts only: what the slow ways can say of it too.

    A row is a definition, an issuer, the first day in force, the day after the last, low and high.
    """
    latest: dict[tuple[Any, str | None], dict[date, int]] = {}
    keys: dict[bytes, int] = {}
    for figure, _ in figures(number):
        if figure.count and figure.as_of and figure.count.qualifier == "exact":
            line = (keys.setdefault(figure.definition.key, len(keys)), figure.chain.issuer)
            latest.setdefault(line, {})[figure.as_of] = figure.count.best or 0
    rows = []
    for (definition, issuer), by_day in latest.items():
        days = sorted(by_day)
        for day, following in zip(days, [*days[1:], date.max], strict=True):
            rows.append((definition, issuer or "", day.toordinal(), following.toordinal(), by_day[day], by_day[day]))
    return rows


