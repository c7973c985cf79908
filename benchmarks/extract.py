"""
Precision, recall and speed of the extractor on labelled incident texts.

    python benchmarks/extract.py LABELLED.jsonl [--misses N]

Each line holds `text`, and for `killed` and `injured` a number or null, with `literal_killed` and
`literal_injured` telling whether the number stands in the text. For each outcome: recall is the share of
texts (label literally there) in which some figure equals the label; "largest" the share in which the
largest figure does; precision is the share of texts with figures, label known and literal or 0, in which some
figure equals the label.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sources.extract import extract

OUTCOMES = {
    "killed": {"killed", "killed_or_missing"},
    "injured": {"injured", "hospitalised"},
}


def labelled(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def published(text: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(text["date"])
    except (KeyError, TypeError, ValueError):
        return None


def values(figures: list[Any], outcomes: set[str]) -> list[int]:
    return [figure.count.value for figure in figures if figure.count and figure.definition.outcome in outcomes]


def measure(texts: list[dict[str, Any]], read: list[list[Any]], outcome: str, misses: int) -> None:
    there = some = largest = answered = right = 0
    for text, figures in zip(texts, read, strict=True):
        label, literal = text.get(outcome), text.get(f"literal_{outcome}")
        if label is None:
            continue
        found = values(figures, OUTCOMES[outcome])
        if literal:
            there += 1
            some += label in found
            largest += bool(found) and max(found) == label
            if label not in found and misses > 0:
                misses -= 1
                print(f"  missed {outcome} {label}, found {found}: {text['text'][:400]}")
        if found and (literal or label == 0):
            answered += 1
            right += label in found
    print(
        f"{outcome}: {there} texts; recall {some / max(there, 1):.3f}; largest {largest / max(there, 1):.3f};"
        f" precision {right / max(answered, 1):.3f} of {answered} texts with figures"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each outcome")
    options = parser.parse_args()
    texts = list(labelled(options.path))
    extract("One person was killed.")
    begun = time.perf_counter()
    read = [extract(text["text"], published=published(text)) for text in texts]
    took = time.perf_counter() - begun
    for outcome in OUTCOMES:
        measure(texts, read, outcome, options.misses)
    size = sum(len(text["text"]) for text in texts)
    print(
        f"{len(texts) / took:.0f} texts/s, {size / took / 1e6:.2f} MB/s on one core, "
        f"{size // len(texts)} characters a text"
    )


if __name__ == "__main__":
    sys.exit(main())
