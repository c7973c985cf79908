"""
What it costs to find out whether a text is nearly that of an earlier document, as a store grows, and what is found.

    .venv/bin/python benchmarks/copies.py [DOCUMENTS]

Texts of some 300 made-up words: articles that share a few paragraphs of background, and bulletins of one office that
share all their words and differ in their numbers. Every tenth document prints an earlier text again, with a line of
its own and three other words. Seconds are of processor time.
"""

import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from db.copies import record_copies
from db.records import Document, Reading, Recording, Snapshot
from db.store import Store

RETRIEVED = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = [
    f"{a}{b}{c}" for a in ("bar", "len", "mor", "sun", "tal") for b in ("do", "ke", "mi") for c in ("ra", "vu", "n")
]
SEEDED = random.Random(7)  # noqa: S311 - no secret
BACKGROUND = [SEEDED.choices(WORDS, k=45) for _ in range(40)]
BULLETIN = SEEDED.choices(WORDS, k=300)
REPORTS = 5


def article(chosen: random.Random) -> list[str]:
    """Two hundred words of its own, a number, and two known paragraphs."""
    own = [f"{chosen.choice(WORDS)}{chosen.choice(WORDS)}" for _ in range(200)]
    return [*own, str(chosen.randrange(10_000)), *chosen.choice(BACKGROUND), *chosen.choice(BACKGROUND)]


def bulletin(chosen: random.Random) -> list[str]:
    """The office's words, with a number of the day in place of every tenth."""
    return [str(chosen.randrange(100_000)) if place % 10 == 0 else word for place, word in enumerate(BULLETIN)]


def again(words: list[str], chosen: random.Random) -> list[str]:
    """A text as another outlet prints it."""
    printed = ["headline", *(chosen.choice(WORDS) for _ in range(10)), *words]
    for _ in range(3):
        place = chosen.randrange(11, len(printed))
        if not printed[place].isdigit():
            printed[place] = chosen.choice(WORDS)
    return printed


def recording(number: int, words: list[str]) -> Recording:
    """A document without figures."""
    text = " ".join(words)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    place = {"warc_file": "none", "warc_offset": 0, "warc_length": 1}
    snapshot = Snapshot(sha256=sha256, size=len(text), retrieved_at=RETRIEVED, **place)
    document = Document(address=f"https://outlet-{number}.example/")
    return Recording(document, snapshot, Reading(reader_version="benchmark-1", text=text), [])


def measure(kind: Callable[[random.Random], list[str]], documents: int, folder: Path) -> None:
    """Record so many documents and print the cost of the comparison as the store grows."""
    chosen, earlier, spent = SEEDED, [], []
    missed = wrong = 0
    with Store(f"sqlite:///{folder / kind.__name__}.db") as store:
        for number in range(documents):
            is_copy = number % 10 == 9
            words = again(chosen.choice(earlier[-500:]), chosen) if is_copy else kind(chosen)
            if not is_copy:
                earlier.append(words)
            recorded = recording(number, words)
            with store.writing() as writer:
                document, _ = writer.document(recorded.document)
                snapshot, _ = writer.snapshot(document, recorded.snapshot, of_new=True)
                reading, _ = writer.reading(snapshot, recorded.reading, of_new=True)
                began = time.process_time()
                found = record_copies(writer, document, reading, recorded.reading.text or "")
                spent.append(time.process_time() - began)
            missed += is_copy and not found
            wrong += not is_copy and bool(found)
            if (number + 1) % (documents // REPORTS) == 0:
                last = spent[-documents // REPORTS :]
                cost = f"median {statistics.median(last) * 1e6:.0f} us, mean {statistics.mean(last) * 1e6:.0f} us"
                print(f"{kind.__name__:>10} {number + 1:>9,} documents: {cost}; missed {missed}, wrong {wrong}")


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 12_000
    with tempfile.TemporaryDirectory(prefix="casualty-figures-copies-") as scratch:
        for texts in (article, bulletin):
            measure(texts, asked, Path(scratch))
