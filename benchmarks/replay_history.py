"""
Replays the public history of a dataset commit by commit, as if each commit had been imported on its day.

    python benchmarks/replay_history.py REVISIONS.jsonl

A line of the file is a row of the Gaza daily series in one commit: `commit`, `commit_time`, `report_date`, `kind`, and
`new` (added), `changes` (column to [old, new]) or `old` (removed). Printed are the cells that changed after they were
published (old and new both given; without extrapolated and report columns), what kind of step each is to the history of
its series, and which publications the gate held.
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
from db.store import Store
from reports.history import histories
from sources.archive import Archive
from tracker.importing import import_dataset

MAPPING = "techforpalestine-gaza-daily"
LEFT_OUT = ("ext_", "report_")
LATER_COLUMNS = ("famine", "aid")


def commits(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    with path.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines if line.strip())
        for commit, changed in groupby(rows, key=lambda row: str(row["commit"])):
            yield commit, list(changed)


def today(column: str) -> str:
    """A column under its present name: early commits say martyred for killed."""
    return column.replace("martyred", "killed")


def changed_cells(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for column, (old, new) in row.get("changes", {}).items():
            if old is not None and new is not None and not column.startswith(LEFT_OUT):
                yield str(row["report_date"]), today(column)


def columns(path: Path) -> dict[str, None]:
    """Every column that any commit has, under its present name."""
    rows = [row for _, changed in commits(path) for row in changed]
    return {today(name): None for row in rows for name in (*row.get("new", {}), *row.get("changes", {}))}


def applied(
    rows: list[dict[str, Any]], state: dict[str, dict[str, Any]], every: dict[str, None]
) -> list[dict[str, Any]]:
    """Bring the rows up to a commit; what they are after it."""
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
    return sorted(touched, key=lambda row: str(row["report_date"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    options = parser.parse_args()
    state: dict[str, dict[str, Any]] = {}
    every = columns(options.path)
    cells: set[tuple[str, str]] = set()
    count = changes = 0
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/store.db") as store:
        archive, rows_file = Archive(Path(folder) / "archive"), Path(folder) / "rows.json"
        for commit, rows in commits(options.path):
            count += 1
            changed = list(changed_cells(rows))
            cells.update(changed)
            changes += len(changed)
            touched = applied(rows, state, every)
            if not touched:
                continue
            rows_file.write_text(json.dumps(touched), encoding="utf-8")
            outcome = import_dataset(store, archive, rows_file, MAPPING)
            if outcome.held:
                print(f"held at {rows[0]['commit_time']} ({commit[:10]}): {outcome.held} figures")
        held = find_figures(store, Filters(held=True))
        figures = find_figures(store, Filters())
        steps = Counter(step.change for series in histories(figures) for step in series.steps)
    print(
        f"{count} commits in {time.perf_counter() - begun:.0f} s; {len(cells)} cells changed after publication, ",
        end="",
    )
    outside = sum(not any(word in column for word in LATER_COLUMNS) for _, column in cells)
    print(f"{outside} of them outside the famine and aid columns; {changes} changes in all")
    print("steps: " + ", ".join(f"{change} {number:,}" for change, number in steps.most_common()))
    print("held, by column: ", end="")
    print(Counter(recorded.figure.evidence.quote.partition(":")[0] for recorded in held).most_common())
    for instant in sorted({recorded.recorded_at for recorded in held}):
        some = [recorded for recorded in held if recorded.recorded_at == instant]
        print(f"at one commit {len(some)}:")
        for recorded in some[:6]:
            reason = recorded.hold.reason if recorded.hold else ""
            print(f"  {recorded.figure.published} {recorded.figure.evidence.quote}: {reason}")


if __name__ == "__main__":
    sys.exit(main())
