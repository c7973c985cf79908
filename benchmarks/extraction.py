"""
How well and how fast casualty figures are read from text, beside a plain regex and a general quantity extractor.

    python benchmarks/extraction.py [--labelled LABELLED.jsonl] [--misses N]

Quality: the reviewed passages of the tests, by number alone (F1), by number and outcome (precision, recall, F1), and
for figures that match, how often each field is right. Speed: dense text (those passages over and over) and general
text (Python's own language reference, which tells of no casualties), on one core and on all. Then one long document
of twice and ten times the size, and hostile megabytes.

`--labelled` takes incident texts, a line each with `text`, `date` and for `killed` and `injured` a number or null, with
`literal_killed` and `literal_injured` telling whether it stands in the text. Recall is the share of texts (label
literally there) in which some figure equals the label; "largest" the share in which the largest figure does; precision
the share of texts with figures, label known and literal or 0, in which some figure equals it.

The general extractor is quantulum3, which is none of our dependencies: `pip install quantulum3` to see it beside ours.
"""

import argparse
import importlib.util
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from pydoc_data.topics import topics  # type: ignore[import-untyped]  # prose of the standard library, without types
from typing import Any, NamedTuple

from db.records import Figure
from sources.extract import extract

GOLDEN = Path(__file__).parent.parent / "tests/sources/extract/golden/passages.json"
OUTCOMES = {"killed": {"killed", "killed_or_missing"}, "injured": {"injured", "hospitalised"}}
FIELDS = ("qualifier", "group", "status", "age", "sex", "place", "cause", "actor", "basis", "tally", "since", "hours")
KEYWORDS = {
    "killed": ("killed", "dead", "died", "deaths", "killing", "death toll", "bodies", "fatalities", "kill"),
    "injured": ("injured", "wounded", "injuring", "wounding", "hurt", "injuries"),
    "missing": ("missing",),
    "displaced": ("displaced", "homeless", "fled"),
    "captured": ("hostage", "kidnapped", "abducted", "captured"),
    "casualties": ("casualties", "victims"),
}
DIGITS = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d+\b")


class Told(NamedTuple):
    """A number of people as a reader of text tells it."""

    value: int
    outcome: str | None


Reader = Callable[[str], list[Told]]


def ours(text: str) -> list[Told]:
    """Our figures, shares left out."""
    figures = extract(text, published=date(2024, 5, 10))
    return [Told(figure.count.value or 0, figure.definition.outcome) for figure in figures if figure.count]


def plain_regex(text: str) -> list[Told]:
    """Digits, each with the outcome of the nearest keyword within 60 characters."""
    return [
        Told(int(found.group().replace(",", "")), outcome)
        for found in DIGITS.finditer(text)
        if (outcome := nearest(text, found.start(), found.end())) is not None
    ]


def nearest(text: str, start: int, end: int) -> str | None:
    low = text.lower()
    near: list[tuple[int, str]] = []
    for outcome, words in KEYWORDS.items():
        for word in words:
            after, before = low.find(word, end, end + 60), low.rfind(word, max(0, start - 60), start)
            near += [(after - end, outcome)] if after >= 0 else []
            near += [(start - before - len(word), outcome)] if before >= 0 else []
    return min(near)[1] if near else None


def quantities(text: str) -> list[Told]:
    """The quantities that quantulum3 finds without a unit of measure, with the outcome of the nearest keyword."""
    from quantulum3 import parser  # type: ignore[import-not-found]

    return [
        Told(int(found.value), outcome)
        for found in parser.parse(text)
        if found.unit.entity.name in ("dimensionless", "unknown")
        and (outcome := nearest(text, *found.span)) is not None
    ]


def f1(right: int, told: int, expected: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision, recall = right / max(told, 1), right / max(expected, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def quality(passages: Sequence[dict[str, Any]], read: Reader) -> str:
    """One line: number alone, then number and outcome."""
    numbers = both = told = expected = 0
    for passage in passages:
        want = [Told(value(one), one["outcome"]) for one in passage["figures"] if "share_of" not in one]
        have = read(passage["text"])
        numbers += sum((Counter(one.value for one in want) & Counter(one.value for one in have)).values())
        both += sum((Counter(want) & Counter(have)).values())
        told, expected = told + len(have), expected + len(want)
    number, pair = f1(numbers, told, expected), f1(both, told, expected)
    return f"number F1 {number[2]:.3f}; number and outcome: P {pair[0]:.3f} R {pair[1]:.3f} F1 {pair[2]:.3f}"


def value(figure: dict[str, Any]) -> int:
    return int(next(figure[bound] for bound in ("best", "low", "high") if bound in figure))


def fields(passages: Sequence[dict[str, Any]]) -> str:
    """How often each field is right on figures whose words and outcome match."""
    right: Counter[str] = Counter()
    matched = 0
    for passage in passages:
        figures = extract(passage["text"], published=date.fromisoformat(passage["published"]), publisher="P")
        have = {(said(one), one.definition.outcome): one for one in figures}
        for want in passage["figures"]:
            figure = have.get((want["text"], want["outcome"]))
            if figure is None:
                continue
            matched += 1
            for name in FIELDS:
                own = getattr(figure.count or figure.share if name == "qualifier" else figure.definition, name)
                right[name] += str(own) == str(want.get(name))
            right["attribution"] += list(figure.chain.attribution) == want.get("attribution", [])
            right["part_of"] += figure.part_of == want.get("part_of")
    return f"{matched} figures: " + ", ".join(f"{name} {count / max(matched, 1):.3f}" for name, count in right.items())


def said(figure: Figure) -> str:
    number = figure.count or figure.share
    return number.text if number is not None else ""


def labelled(path: Path, misses: int) -> None:
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    read = [extract(text["text"], published=published(text)) for text in texts]
    for outcome, kinds in OUTCOMES.items():
        measure(texts, read, outcome, kinds, misses)


def published(text: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(text["date"])
    except (KeyError, TypeError, ValueError):
        return None


def measure(texts: list[dict[str, Any]], read: list[list[Figure]], outcome: str, kinds: set[str], misses: int) -> None:
    there = some = largest = answered = right = 0
    for text, figures in zip(texts, read, strict=True):
        label, literal = text.get(outcome), text.get(f"literal_{outcome}")
        if label is None:
            continue
        found = [one.count.value or 0 for one in figures if one.count and one.definition.outcome in kinds]
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


def speed(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Megabytes (of UTF-8) a second on one core."""
    begun = time.perf_counter()
    for text in texts:
        read(text)
    return size(texts) / (time.perf_counter() - begun) / 1e6


def size(texts: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def on_all_cores(texts: Sequence[str]) -> float:
    """The same on as many processes as there are cores, their start left out."""
    cores = os.cpu_count() or 1
    shares = [list(texts[core::cores]) for core in range(cores)]
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(count_all, [["One person was killed."]] * cores))
        begun = time.perf_counter()
        list(pool.map(count_all, shares))
        return size(texts) / (time.perf_counter() - begun) / 1e6


def count_all(texts: list[str]) -> int:
    return sum(len(extract(text)) for text in texts)


def hostile() -> Iterator[tuple[str, str]]:
    yield "digits", "1" * 1_000_000
    yield "grouped digits", "1," * 500_000
    yield "brackets", "(" * 1_000_000
    yield "number words", "one " * 250_000
    yield "killed 1", "killed 1 " * 110_000
    yield "one Arabic item of counts", "شهيد ١٢ " * 70_000
    yield "Arabic lines of 400 counts", ("شهيد ١٢ " * 400 + "\n") * 180


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, help="labelled incident texts")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each outcome")
    options = parser.parse_args()
    passages = json.loads(GOLDEN.read_text(encoding="utf-8"))
    dense = [passage["text"] for passage in passages] * 10
    general = [str(text) for text in topics.values()]
    readers: dict[str, Reader] = {"ours": ours, "plain regex": plain_regex}
    if importlib.util.find_spec("quantulum3"):
        readers["quantulum3"] = quantities
    else:
        print("quantulum3 is not installed and is left out: pip install quantulum3")
    extract("One person was killed.")
    print(f"{len(passages)} reviewed passages, {sum(len(one['figures']) for one in passages)} figures")
    for name, read in readers.items():
        few = dense if name != "quantulum3" else dense[: len(passages)]
        dense_speed, general_speed = speed(read, few), speed(read, general if name != "quantulum3" else general[:20])
        print(f"{name:<12} {quality(passages, read)}; {dense_speed:.2f} MB/s dense, {general_speed:.2f} MB/s general")
    print(f"fields: {fields(passages)}")
    print(f"all {os.cpu_count()} cores: {on_all_cores(dense):.2f} MB/s dense")
    if options.labelled:
        labelled(options.labelled, options.misses)
    paragraphs = "\n\n".join(dense[: 2 * len(passages)])
    for times in (1, 2, 10):
        text = (paragraphs + "\n\n") * times * (500_000 // len(paragraphs) + 1)
        print(f"one document of {len(text.encode()) / 1e6:.1f} MB: {speed(extract, [text]):.2f} MB/s")
    for name, text in hostile():
        begun = time.perf_counter()
        found = len(extract(text))
        took = time.perf_counter() - begun
        print(f"hostile, {name}: {len(text.encode()) / 1e6:.1f} MB in {took:.1f} s, {found} figures")


if __name__ == "__main__":
    sys.exit(main())
