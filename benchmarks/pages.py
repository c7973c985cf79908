"""
How fast a large report becomes a page: putting it together, and writing the HTML; processor time, memory, size.

    .venv/bin/python benchmarks/pages.py [FIGURES]

The world is that of benchmarks/disagreements.py: 200 events, 2,000 definitions, 50 issuers.
"""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from disagreements import recorded

from db.store import Store
from reports.render.html import html
from tracker.collecting import without_cycle_search
from tracker.filtering import Asked
from tracker.questions import report_of


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'world.db'}"
        recorded(url, number)
        with Store(url) as store, without_cycle_search():
            start = time.process_time()
            report = report_of(store, Asked(), datetime.now(UTC))
            made = time.process_time()
            page = html(report)
            written = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number:,} figures: report {made - start:.1f} s, page {written - made:.1f} s of processor time,")
    print(f"  {memory:.0f} MB of memory, {len(page) / 1e6:.1f} MB of file")


if __name__ == "__main__":
    main()
