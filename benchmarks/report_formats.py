"""
How fast a provenance report of many figures is built and rendered in each format.

    .venv/bin/python benchmarks/report_formats.py [FIGURES] [ENDING ...]

The store is generated: days, four places and counts (see record_rows.py). Building (reading the figures, their history
and their disagreements) is told apart from rendering; both in seconds of processor time.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from record_rows import MAPPING, rows_file

from db.store import Store
from reports.provenance import Report
from reports.render.formats import REPORT_FORMATS
from sources.archive import Archive
from tracker.collecting import without_cycle_search
from tracker.filtering import Asked
from tracker.importing import import_dataset
from tracker.questions import report_of

NUMBER = 100_000


def made_report(folder: Path, number: int) -> Report:
    """A report of a generated store."""
    path, mapping = rows_file(folder, number), folder / "map.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    with Store(f"sqlite:///{folder / 'store.db'}") as store:
        import_dataset(store, Archive(folder / "archive"), path, str(mapping))
        start = time.process_time()
        report = report_of(store, Asked(), datetime.now(UTC))
        print(f"{'building':12} {len(report.figures) / (time.process_time() - start):10,.0f} figures/s")
    return report


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory() as name:
        report = made_report(Path(name), number)
    # PROV takes some 25 KB of memory a figure: name it, with fewer figures.
    for ending in sys.argv[2:] or (one for one in REPORT_FORMATS if not one.startswith(".prov")):
        most = REPORT_FORMATS[ending].most
        if most is not None and len(report.figures) > most:
            print(f"{ending:12} holds at most {most:,} figures")
            continue
        render = REPORT_FORMATS[ending].renderer()
        start = time.process_time()
        with without_cycle_search():  # as the command does
            written = render(report)
        took = time.process_time() - start
        print(f"{ending:12} {len(report.figures) / took:10,.0f} figures/s, {len(written) / 1e6:8.1f} MB")


if __name__ == "__main__":
    main()
