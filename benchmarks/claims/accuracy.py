"""
How often a claim gets the right verdict, over claims made from public series and claims written by hand.

    .venv/bin/python benchmarks/claims/accuracy.py DATA [CLAIMS_OF_EACH_KIND]

DATA holds the folders `techforpalestine` and `economist-ukraine` with the files that the shipped mappings read. Prints
every miss, and the confusion matrix: a row for the right verdict, a column for the one given.
"""

import json
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from generate import Made, claims
from handwritten import HANDWRITTEN
from world import build, run

from db.store import Store
from reports.claims.verdicts import VERDICTS
from tracker.checking import Checker, Given, checking
from tracker.errors import TrackerError


def given(checker: Checker, text: str, on: str | None, event: str | None) -> tuple[str, str]:
    """The verdict given, and its sentence; verdicts of several numbers are joined."""
    try:
        found = checker.check(text, Given(on=date.fromisoformat(on) if on else None, event=event))
    except TrackerError as error:
        return "error", str(error)
    return "+".join(one.verdict for one in found), found[0].because


def matrix(counted: Counter[tuple[str, str]]) -> list[str]:
    """The confusion matrix as lines of text."""
    others = sorted({verdict for _, verdict in counted} - set(VERDICTS))
    columns = [*VERDICTS, *others]
    lines = [" " * 14 + " ".join(f"{column[:7]:>7}" for column in columns)]
    for right in VERDICTS:
        cells = " ".join(f"{counted[right, column] or '.':>7}" for column in columns)
        lines.append(f"{right:<13} {cells}")
    return lines


def main() -> None:
    """Build the store, check the claims, print what was missed."""
    data, each = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/store.db"
        build(url, data)
        figures = json.loads(run(url, "figures", "--json"))["figures"]
        asked = [(one, None) for one in claims(figures, each)]
        asked += [(Made("by hand", text, right, on), event) for text, right, on, event in HANDWRITTEN]
        counted: Counter[tuple[str, str]] = Counter()
        strong = 0
        with Store(url) as store, checking(store) as checker:
            for made, event in asked:
                verdict, because = given(checker, made.text, made.on, event)
                counted[made.verdict, verdict] += 1
                if verdict != made.verdict:
                    strong += verdict in ("supported", "contradicted")
                    print(f"missed ({made.how}): {made.text} [{made.on}]")
                    print(f"    right: {made.verdict}; given: {verdict}: {because}")
    print("\n".join(matrix(counted)))
    right = sum(number for (one, other), number in counted.items() if one == other)
    total = sum(counted.values())
    print(
        f"{right} of {total} ({right / total:.1%}); {len(HANDWRITTEN)} of them by hand; supported or contradicted "
        f"where the right verdict is another: {strong} ({strong / total:.1%})"
    )


if __name__ == "__main__":
    main()
