"""
Claims made from recorded figures by named transformations, each with the verdict that it must get.

The right verdict follows from how the claim was made and from the rows of the series alone: nothing of the checker is
asked. A source is named only where the recorded figure is its own; what is altered names nobody, or a made-up outlet.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
NOUNS = {
    (None, None, None): "people",
    ("child", None, None): "children",
    ("adult", "female", None): "women",
    (None, None, "health_worker"): "health workers",
    (None, None, "media_worker"): "media workers",
    (None, None, "civil_defence_worker"): "civil defence workers",
}
PLACES = {"Gaza Strip": "in the Gaza Strip", "West Bank": "in the West Bank", "Lebanon": "in Lebanon"}
OUTLET = "The Fictional Ledger"
ELSEWHERE = ("Sudan", "Myanmar", "Haiti", "Ethiopia", "Mali", "Nepal")


@dataclass(frozen=True, slots=True)
class Made:
    """A claim, the day it was made if that is said, and the verdict it must get."""

    how: str
    text: str
    verdict: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a cumulative series."""

    day: date
    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """A series of one authority with the words for what it counts; `alone` where no other authority counts the same."""

    authority: str
    place: str
    noun: str
    outcome: str
    rows: tuple[Row, ...]
    alone: bool


def day_words(day: date) -> str:
    """A day as English texts write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def series_of(figures: list[dict[str, Any]]) -> list[Told]:
    """The cumulative series of known authorities that the templates have words for, one number a day, never falling."""
    found: dict[tuple[Any, ...], dict[date, int]] = defaultdict(dict)
    kept_by: dict[tuple[Any, ...], set[str | None]] = defaultdict(set)
    for figure in figures:
        counted, count = figure["definition"], figure["count"]
        people = (counted["age"], counted["sex"], counted["status"])
        is_plain = counted["tally"] == "cumulative" and counted["cause"] is None and counted["basis"] is None
        if not (is_plain and people in NOUNS and counted["place"] in PLACES and counted["outcome"] != "displaced"):
            continue
        what = (counted["place"], people, counted["outcome"], counted["since"])
        kept_by[what[:3]].add(figure["authority"])
        if figure["authority"] and count["low"] == count["high"] and figure["as_of"] == figure["published"]:
            found[*what, figure["authority"]][date.fromisoformat(figure["as_of"])] = count["best"]
    told = []
    for (place, people, outcome, since, authority), by_day in found.items():
        rows = tuple(Row(day, by_day[day]) for day in sorted(by_day))
        one_baseline = sum(other[:3] == (place, people, outcome) and other[4] == authority for other in found) == 1
        rises = all(one.number <= other.number for one, other in pairwise(rows))
        if len(rows) > 15 and one_baseline and rises and since:
            alone = kept_by[place, people, outcome] == {authority}
            told.append(Told(authority, place, NOUNS[people], outcome, rows, alone))
    return told


def claims(figures: list[dict[str, Any]], number: int, seed: int = 2026) -> list[Made]:
    """So many claims of each transformation, drawn evenly from the series."""
    chance = random.Random(seed)  # noqa: S311 - a draw, not a secret
    told = series_of(figures)
    recorded = {figure["count"]["best"] for figure in figures if figure["count"]}
    makers = (
        _supported_named, _supported_bare, _supported_rounded, _supported_published, _superseded, _premature,
        _misattributed, _outcome_conflated, _one_day_for_total, _contradicted_above, _contradicted_below,
        _elsewhere, _consistent_floor, _superseded_floor, _between_days,
    )  # fmt: skip
    made: list[Made] = []
    for maker in makers:
        found: dict[str, Made] = {}
        tries = 0
        while len(found) < number and tries < 4_000:
            tries += 1
            for one in maker(chance, chance.choice(told), recorded):
                found.setdefault(one.text + str(one.on), one)
        made += list(found.values())[:number]
    return made


def _stable(told: Told, place: int) -> bool:
    """Whether the number differs from those of the days around."""
    rows = told.rows
    return 3 < place < len(rows) - 3 and rows[place - 1].number < rows[place].number < rows[place + 1].number


def _toll(told: Told, number: int, day: date, words: str = "") -> str:
    return f"{words}{number:,} {told.noun} had been {told.outcome} {PLACES[told.place]} by {day_words(day)}"


def _supported_named(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    yield Made(
        "number and day of a named source", f"{_toll(told, row.number, row.day)}, {told.authority} said.", "supported"
    )


def _supported_bare(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    if told.alone:
        row = chance.choice(told.rows)
        yield Made("number and day, bare", _toll(told, row.number, row.day) + ".", "supported")


def _supported_rounded(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    rounded = round(row.number, -(len(str(row.number)) - 2))
    if told.alone and row.number > 200 and rounded != row.number:
        yield Made("rounded to two digits, about", _toll(told, rounded, row.day, "About ") + ".", "supported")


def _supported_published(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    if told.alone:
        text = f"{row.number:,} {told.noun} have been {told.outcome} {PLACES[told.place]}, {told.authority} said."
        yield Made("day of publication only", text, "supported", row.day.isoformat())


def _superseded(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    place = chance.randrange(len(told.rows))
    later = [row for row in told.rows[place:] if row.day > told.rows[place].day + timedelta(20)]
    if told.alone and later and later[0].number > told.rows[place].number * 1.02 + 3:
        row = chance.choice(later)
        yield Made("an earlier number, later day", _toll(told, told.rows[place].number, row.day) + ".", "superseded")


def _premature(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    place = chance.randrange(len(told.rows))
    earlier = [row for row in told.rows[:place] if row.day < told.rows[place].day - timedelta(20)]
    if told.alone and earlier and earlier[-1].number < told.rows[place].number * 0.98 - 3:
        row = chance.choice(earlier)
        yield Made("a later number, earlier day", _toll(told, told.rows[place].number, row.day) + ".", "premature")


def _misattributed(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    text = f"{_toll(told, row.number, row.day)}, according to {OUTLET}."
    yield Made("another source named", text, "misattributed")


def _outcome_conflated(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    other = {"killed": "injured", "injured": "killed"}[told.outcome]
    if _digits(row.number) >= 3:
        text = f"{row.number:,} {told.noun} had been {other} {PLACES[told.place]} by {day_words(row.day)}."
        yield Made("injured for killed, or the reverse", text, "conflated")


def _one_day_for_total(chance: random.Random, told: Told, _recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    if _digits(row.number) >= 3:
        place, day = PLACES[told.place], day_words(row.day)
        text = f"{row.number:,} {told.noun} were {told.outcome} {place} in a single day, on {day}."
        yield Made("one day for a running total", text, "conflated")


def _contradicted_above(chance: random.Random, told: Told, recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    number = row.number * 3 + chance.randrange(11, 97)
    is_new = told.alone and number not in recorded and number % 10 and row.day > told.rows[0].day + timedelta(10)
    if is_new and number > told.rows[-1].number * 1.1 and row.number > 100:
        yield Made("far above the number of the day", _toll(told, number, row.day) + ".", "contradicted")


def _contradicted_below(chance: random.Random, told: Told, recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    number = told.rows[0].number // 2 + 3
    if told.alone and number not in recorded and number % 10 and row.number > number * 4:
        yield Made("far below every number", _toll(told, number, row.day) + ".", "contradicted")


def _elsewhere(chance: random.Random, told: Told, recorded: set[int]) -> Iterator[Made]:
    number = chance.randrange(101, 9_999)
    if number not in recorded:
        day = day_words(chance.choice(told.rows).day)
        yield Made(
            "an event nobody recorded",
            f"{number:,} people had been killed in {chance.choice(ELSEWHERE)} by {day}.",
            "not_recorded",
        )


def _consistent_floor(chance: random.Random, told: Told, recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    scale = 10 ** (len(str(row.number)) - 2)
    floor = row.number // scale * scale
    if told.alone and row.number > 300 and floor not in recorded and floor < row.number:
        yield Made("a rounded floor", _toll(told, floor, row.day, "More than ") + ".", "consistent")


def _superseded_floor(chance: random.Random, told: Told, recorded: set[int]) -> Iterator[Made]:
    row = chance.choice(told.rows)
    floor = int(row.number * 0.9) | 1
    if told.alone and row.number > 2_000 and floor not in recorded and _digits(floor) >= 3:
        yield Made("a precise floor below the number", _toll(told, floor, row.day, "More than ") + ".", "superseded")


def _between_days(chance: random.Random, told: Told, recorded: set[int]) -> Iterator[Made]:
    place = chance.randrange(len(told.rows) - 1)
    row, following = told.rows[place], told.rows[place + 1]
    number = (row.number + following.number) // 2
    if told.alone and following.number - row.number > 8 and number not in recorded and number % 10:
        yield Made("between two reports", _toll(told, number, row.day) + ".", "consistent")


def _digits(number: int) -> int:
    return len(str(number).rstrip("0"))
