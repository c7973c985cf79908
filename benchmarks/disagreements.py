"""
How fast disagreements are found in a whole record, beside a plain SQL self-join and a pandas merge.

    uv pip install --python .venv/bin/python pandas     # no dependency: only this comparison needs it
    .venv/bin/python benchmarks/disagreements.py [FIGURES]

The world is generated: 2,000 definitions in 200 events, a fifth of them with one facet unstated and no more than two
comparable neighbours each, 50 issuers, three years. It is recorded in SQLite as a data set would be. Times are wall
time; what the two slow ways would need for all figures is extrapolated by the square of the number of figures.
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
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from db.records import Chain, Count, Definition, Document, Event, Evidence, Figure, Hold, Reading, Recording, Snapshot
from db.store import Store
from tracker.filtering import Asked
from tracker.overviews import overview_of
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
    chance = random.Random(number)  # noqa: S311 - a world, not a secret
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
        snapshot = Snapshot(sha256="ab" * 32, size=1, retrieved_at=SEEN_AT, warc_file="f", warc_offset=0, warc_length=1)
        document = Document(address=f"https://{issuer.replace(' ', '-')}.example/table", publisher=issuer)
        store.record(Recording(document, snapshot, Reading(reader_version="1"), several))


def recorded(url: str, number: int) -> float:
    """Record the world in a new store; returns the seconds it took."""
    with Store(url) as store:
        return seconds(lambda: record(store, number))[0]


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


def in_bisection(rows: list[tuple[int, str, int, int, int, int]]) -> int:
    """Pairs of one definition and two issuers in force on one day whose numbers differ, as the product counts them."""
    from db.records import RecordedFigure
    from reports.overview import overview

    definitions = [Definition(tally="cumulative", outcome="killed", place=f"place {row}") for row in range(2_000)]
    chains = {row[1]: Chain(issuer=row[1], authority=row[1]) for row in rows}
    made: dict[int, list[RecordedFigure]] = {}
    for place, (definition, issuer, day, _, low, _) in enumerate(rows):
        figure = Figure.model_construct(
            count=Count.model_construct(low=low, best=low, high=low, qualifier="exact", text=""),
            share=None, definition=definitions[definition], chain=chains[issuer],
            evidence=Evidence.model_construct(quote="", row_key=None), publisher=issuer, period=None,
            published=date.fromordinal(day), as_of=date.fromordinal(day), as_of_time=None, as_of_basis="stated",
            earlier_value_of=None, event=f"event {definition}",
        )  # fmt: skip
        made.setdefault(definition, []).append(
            RecordedFigure(f"{place:064x}", figure, "recorded", SEEN_AT, "d", None, None, "s")
        )
    return sum(overview(figures).summary.naive for figures in made.values())


def in_sql(rows: list[tuple[int, str, int, int, int, int]]) -> int:
    """The same by a self-join in SQLite, with the index that it needs."""
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE f (definition, issuer, day, until, low, high)")
        database.executemany("INSERT INTO f VALUES (?, ?, ?, ?, ?, ?)", rows)
        database.execute("CREATE INDEX by_definition ON f (definition, day, until, issuer, low, high)")
        query = """
            SELECT count(*) FROM f AS a JOIN f AS b ON a.definition = b.definition
            WHERE a.issuer < b.issuer AND a.day < b.until AND b.day < a.until AND (a.low > b.high OR b.low > a.high)
        """
        return int(database.execute(query).fetchone()[0])


def in_pandas(rows: list[tuple[int, str, int, int, int, int]]) -> int:
    """The same by merging a table with itself."""
    pandas = importlib.import_module("pandas")
    table = pandas.DataFrame(rows, columns=["definition", "issuer", "day", "until", "low", "high"])
    pairs = table.merge(table, on="definition")
    meet = (pairs.issuer_x < pairs.issuer_y) & (pairs.day_x < pairs.until_y) & (pairs.day_y < pairs.until_x)
    return int((meet & ((pairs.low_x > pairs.high_y) | (pairs.low_y > pairs.high_x))).sum())


def compare_with_slow_ways(number: int) -> None:
    """Time all three on one world of exact counts, and see that they agree."""
    rows = intervals(COMPARED)
    ways: dict[str, Callable[[Any], int]] = {"by bisection": in_bisection, "SQL self-join": in_sql}
    if importlib.util.find_spec("pandas"):
        ways["pandas merge"] = in_pandas
    else:
        print("pandas merge           not installed: uv pip install --python .venv/bin/python pandas")
    found: dict[str, tuple[float, int]] = {}
    for name, way in ways.items():
        found[name] = seconds(lambda way=way: way(rows))  # type: ignore[misc]
    print(f"one definition at a time, {len(rows):,} exact counts of {COMPARED:,} figures:")
    for name, (took, pairs) in found.items():
        ratio = took / found["by bisection"][0]
        slow = "" if name == "by bisection" else f", {took * (number / COMPARED) ** 2:,.0f} s for {number:,} figures"
        print(f"  {name:20} {took:8.2f} s, ratio {ratio:5.1f}, {pairs:,} pairs{slow}")
    if len({pairs for _, pairs in found.values()}) != 1:
        sys.exit("they do not agree")


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    took: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in (number // 10, number):
            url = f"sqlite:///{Path(name) / f'{size}.db'}"
            # Another process, so that what the world takes while it is made is not measured with the question.
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                recording = apart.submit(recorded, url, size).result()
            with Store(url) as store:
                shared, found = seconds(lambda store=store: overview_of(store))  # type: ignore[misc]
                took[size], _ = seconds(lambda store=store: overview_of(store, processes=1))  # type: ignore[misc]
                counted = found.summary
                print(f"{size:,} figures, recorded in {recording:.0f} s: whole record {shared:.1f} s,")
                print(f"  by one process {took[size]:.1f} s")
                print(f"  {len(found.stretches):,} stretches; of {counted.naive:,} pairs of different numbers")
                print(
                    f"  {counted.bound_aware:,} have no number in common, {counted.time_and_scope_aware:,} contradict"
                )
                if size == number:
                    one_event(store)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ratio = took[number] / took[number // 10]
        print(f"ten times the figures: {ratio:.1f} times the time of one process; {memory:.0f} MB in this process")
    compare_with_slow_ways(number)


def one_event(store: Store) -> None:
    """`history` and `disagreements` of one event, warm."""
    asked = Asked(event="event 7")
    for name, question in (("history", history_of), ("disagreements", disagreements_of)):
        question(store, asked)
        times = [seconds(lambda question=question: question(store, asked))[0] for _ in range(3)]  # type: ignore[misc, operator]
        print(f"  {name} of one event  {min(times):.2f} s")


if __name__ == "__main__":
    main()
