"""
Replays the public history of a dataset commit by commit, as if each commit had been imported on its day.

    python benchmarks/replay_history.py REVISIONS.jsonl [--whole]

A line of the file is a row of the Gaza daily series in one commit: `commit`, `commit_time`, `report_date`, `kind`, and
`new` (added), `changes` (column to [old, new]) or `old` (removed). Printed are the cells that changed after they were
published (old and new both given; without extrapolated and report columns), what kind of step each such change is to
the history of its series, and what the gate held at which commit. `--whole` imports every row at every commit, as a
scheduled import does, and not only the rows that the commit touched.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from db.find import Filters, find_figures
from db.records import RecordedFigure
from db.store import Store
from reports.history import histories
from sources.archive import Archive
from tracker.importing import import_dataset

MAPPING = "techforpalestine-gaza-daily"
LEFT_OUT = ("ext_", "report_")
LATER_COLUMNS = ("famine", "aid")
SHOWN = 6
"""So many held figures of a commit are printed."""
Row = dict[str, Any]
Cell = tuple[str, str]
Change = tuple[Cell, Any, Any]


def commits(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Each commit with the rows that it touched."""
    with path.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines if line.strip())
        for commit, changed in groupby(rows, key=lambda row: str(row["commit"])):
            yield commit, list(changed)


def today(column: str) -> str:
    """A column under its present name: early commits say martyred for killed."""
    return column.replace("martyred", "killed")


def changed_cells(rows: list[Row]) -> Iterator[Change]:
    """The cells that a commit changed after publication, each with its old and new value."""
    for row in rows:
        for column, (old, new) in row.get("changes", {}).items():
            if old is not None and new is not None and not column.startswith(LEFT_OUT):
                yield (str(row["report_date"]), today(column)), old, new


def columns(path: Path) -> dict[str, None]:
    """Every column that any commit has, under its present name."""
    rows = [row for _, changed in commits(path) for row in changed]
    return {today(name): None for row in rows for name in (*row.get("new", {}), *row.get("changes", {}))}


def applied(rows: list[Row], state: dict[str, Row], every: dict[str, None]) -> list[Row]:
    """Bring the rows up to a commit; what those that it touched are after it."""
    touched = []
    for row in rows:
        day = str(row["report_date"])
        if row["kind"] == "removed":
            state.pop(day, None)
            continue
        now = state.setdefault(day, {**every, "report_date": day})
        now.update({today(name): value for name, value in row.get("new", {}).items()})
        now.update({today(name): new for name, (_, new) in row.get("changes", {}).items()})
        touched.append(now)
    return by_day(touched)


def by_day(rows: list[Row]) -> list[Row]:
    """Rows in the order of their days."""
    return sorted(rows, key=lambda row: str(row["report_date"]))


def cell_of(recorded: RecordedFigure) -> Cell:
    """The day and column of a data row's figure."""
    day, _, column = (recorded.figure.evidence.row_key or "").partition(" ")
    return day.removeprefix("report_date="), column


def told_changes(changes: list[Change], store: Store) -> Counter[str]:
    """What became of each change: held, a return to a number recorded before, or the step that its new value is."""
    kinds: dict[tuple[Cell, int | None], str] = {}
    for series in histories(find_figures(store, Filters())):
        for step in series.steps:
            kinds.setdefault((cell_of(step.figure), best(step.figure)), step.change)
    for recorded in find_figures(store, Filters(held=True)):
        kinds.setdefault((cell_of(recorded), best(recorded)), "held")
    had: set[tuple[Cell, Any]] = set()
    told: Counter[str] = Counter()
    for cell, old, new in changes:
        had.add((cell, old))
        told[
            "back to an earlier number" if (cell, new) in had else kinds.get((cell, new), "not taken by the mapping")
        ] += 1
    return told


def best(recorded: RecordedFigure) -> int | None:
    """The number of a data row's figure."""
    return recorded.figure.count.best if recorded.figure.count is not None else None


def print_held(held: list[RecordedFigure]) -> None:
    """What the gate held, by column, and the first of each commit with the reasons."""
    print("held, by column:", Counter(cell_of(recorded)[1] for recorded in held).most_common())
    for _, together in groupby(sorted(held, key=lambda one: one.recorded_at), key=lambda one: one.recorded_at):
        some = list(together)
        print(f"at one commit {len(some)}: {Counter(one.hold.rule for one in some if one.hold).most_common()}")
        for recorded in some[:SHOWN]:
            reason = recorded.hold.reason if recorded.hold else ""
            print(f"  {recorded.figure.published} {recorded.figure.evidence.quote}: {reason}")


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?", help="the revisions; without them nothing is replayed")
    parser.add_argument("--whole", action="store_true", help="import every row at every commit")
    options = parser.parse_args()
    if options.path is None:
        print("no file of revisions is given: nothing is replayed")
        return
    state: dict[str, Row] = {}
    every = columns(options.path)
    changes: list[Change] = []
    count = 0
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/store.db") as store:
        archive, rows_file = Archive(Path(folder) / "archive"), Path(folder) / "rows.json"
        for commit, rows in commits(options.path):
            count += 1
            changes += changed_cells(rows)
            touched = applied(rows, state, every)
            taken = by_day(list(state.values())) if options.whole else touched
            if not taken:
                continue
            rows_file.write_text(json.dumps(taken), encoding="utf-8")
            outcome = import_dataset(store, archive, rows_file, MAPPING)
            if outcome.held:
                new = f"{outcome.held} of {outcome.new} new figures"
                print(f"held at {rows[0]['commit_time']} ({commit[:10]}): {new}")
        kinds = told_changes(changes, store)
        held = find_figures(store, Filters(held=True))
    cells = {cell for cell, _, _ in changes}
    outside = sum(not any(word in column for word in LATER_COLUMNS) for _, column in cells)
    print(f"{count} commits in {time.perf_counter() - begun:.0f} s")
    print(f"{len(cells)} cells changed after publication, {outside} of them outside the famine and aid columns;")
    print(f"{len(changes)} changes in all: " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))
    print_held(held)


if __name__ == "__main__":
    sys.exit(main())
