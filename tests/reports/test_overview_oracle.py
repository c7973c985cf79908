"""
An exhaustive count of small worlds, written from the rules and not from the code: every pair on every day.

Each authority counts a thing on one line, in documents of its own, so that who is in force on a day is plain.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.places import Places
from db.records import Act, Event, RecordedFigure
from reports.comparison import Surroundings
from reports.disagreements import disagreements
from reports.nesting import Nesting
from reports.overview import overview

Make = Callable[..., RecordedFigure]
START = date(2024, 1, 1)
DAYS = 18
SIEGE = "the siege"
HAPPENED = {
    "killed": {"killed"},
    "injured": {"injured"},
    "killed_or_injured": {"killed", "injured"},
    "casualties": {"killed", "injured", "unclear"},
}
STRICTNESS = {"identified": 1, "verified": 1, "certified": 2}


@dataclass(frozen=True)
class Line:
    """What one authority counts."""

    authority: str
    outcome: str
    age: str | None
    place: str | None
    basis: str | None

    @property
    def core(self) -> tuple[str, str | None, str | None]:
        return self.outcome, self.age, self.place


@dataclass(frozen=True)
class Report:
    """A figure as the rules see it; days are counted from the first."""

    line: Line
    day: int
    number: int
    qualifier: str
    dated: bool
    withdrawn: int | None


@dataclass
class World:
    tally: str
    ended: int | None
    reports: list[Report]
    replaced: dict[Report, int] = field(default_factory=dict)
    before: dict[Report, Report | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for report in self.reports:
            same = [other for other in self.reports if other.line == report.line]
            later = [r.day for r in same if r.day > report.day and (r.withdrawn is None or r.withdrawn > r.day)]
            self.replaced[report] = min(later, default=DAYS)
            stood = [r for r in same if r.day < report.day and (r.withdrawn is None or r.withdrawn > report.day)]
            self.before[report] = max(stood, key=lambda r: r.day, default=None)

    def in_force(self, day: int) -> list[Report]:
        return [
            report
            for report in self.reports
            if report.day <= day < self.replaced[report] and (report.withdrawn is None or day < report.withdrawn)
        ]

    def is_over(self, report: Report) -> bool:
        if self.tally == "incident":
            return self.ended is None or self.ended <= report.day
        return self.ended is not None and self.ended <= report.day

    def speaks_of_all(self, report: Report) -> bool:
        if report.line.basis in ("estimated", "excess"):
            return True
        worded = report.qualifier in ("approximately", "at_most")
        return report.line.basis is None and worded and self.is_over(report)

    def step(self, report: Report) -> int | None:
        before = self.before[report]
        return abs(before.number - report.number) if before else None


def rounding(number: int) -> int:
    digits = str(number)
    unit = int("1" + "0" * (len(digits) - len(digits.rstrip("0"))))
    if unit == 1:
        return 2 if digits.endswith("5") and number >= 15 else 0
    return min(unit // 2, number // 10)


def bounds(report: Report) -> tuple[float, float]:
    number = report.number
    if report.qualifier == "approximately":
        return number - 2 * rounding(number), number + 2 * rounding(number)
    low = number if report.qualifier in ("exact", "at_least") else -1
    return low, number if report.qualifier in ("exact", "at_most") else float("inf")


def facets(one: Line, other: Line) -> list[tuple[str, str]]:
    """Each facet in which two lines differ with how the first stands to the second; unsaid places are the same."""
    found = []
    if one.outcome != other.outcome:
        first, second = HAPPENED[one.outcome], HAPPENED[other.outcome]
        narrower, wider = first < second, first > second
        unclear = "casualties" in (one.outcome, other.outcome)
        found.append(
            ("outcome", "overlapping" if unclear or not (narrower or wider) else "narrower" if narrower else "wider")
        )
    if one.age != other.age:
        found.append(("age", "narrower" if one.age else "wider"))
    if one.place != other.place and one.place and other.place:
        found.append(("place", "different"))
    if one.basis != other.basis:
        strict, other_strict = STRICTNESS.get(one.basis or "", 0), STRICTNESS.get(other.basis or "", 0)
        if "excess" in (one.basis, other.basis):
            found.append(("basis", "different"))
        elif "estimated" in (one.basis, other.basis):
            found.append(("basis", "overlapping"))
        else:
            found.append(("basis", "narrower" if strict > other_strict else "wider"))
    return sorted(found, key=lambda pair: pair[1] != "different")


def comparable(one: Line, other: Line) -> bool:
    """Whether the core counts are: basis aside."""
    return one.core[:2] == other.core[:2] and (one.place == other.place or not (one.place and other.place))


def ceiling_binds(world: World, ceiling: Report, floor: Report) -> bool:
    everyone = world.speaks_of_all(ceiling)
    if everyone and world.is_over(ceiling):
        return True
    if not ceiling.dated or floor.day > ceiling.day:
        return False
    if everyone:
        return True
    strict = STRICTNESS.get(floor.line.basis or "", 0) >= STRICTNESS.get(ceiling.line.basis or "", 0)
    return strict and not world.speaks_of_all(floor)


def lies_above(world: World, floor: Report, ceiling: Report) -> bool:
    return bounds(floor)[0] > bounds(ceiling)[1] and ceiling_binds(world, ceiling, floor)


def order_unknown(world: World, one: Report, other: Report) -> bool:
    if one.day != other.day or world.speaks_of_all(one) or world.speaks_of_all(other):
        return False
    gap = abs(one.number - other.number)
    steps = [step for report in (one, other) if (step := world.step(report)) is not None]
    return one.day <= 7 or any(gap <= step for step in steps)


def verdict(world: World, one: Report, other: Report) -> tuple[str, tuple[str, ...]]:
    """The relation of two reports, and the facets that set them apart."""
    differing = facets(one.line, other.line)
    named = tuple(name for name, relation in differing if relation != "same")
    kinds = {relation for _, relation in differing}
    unknown = order_unknown(world, one, other)
    if not kinds or (named == ("basis",) and "different" not in kinds):
        if lies_above(world, one, other) or lies_above(world, other, one):
            return ("compatible" if unknown else "contradict"), ()
        return ("agree" if one.number == other.number else "compatible"), ()
    if kinds == {"narrower"} or kinds == {"wider"}:
        part, whole = (one, other) if kinds == {"narrower"} else (other, one)
        if lies_above(world, part, whole) and not unknown:
            return "contradict", named
    return "not_comparable", named


def pairs_on(world: World, day: int) -> Iterator[tuple[Report, Report]]:
    for one, other in combinations(world.in_force(day), 2):
        if one.line.authority != other.line.authority and HAPPENED[one.line.outcome] & HAPPENED[other.line.outcome]:
            yield one, other


def counted(world: World) -> tuple[int, int, int, dict[str, int]]:
    pairs = {pair for day in range(DAYS) for pair in pairs_on(world, day)}
    naive = [pair for pair in pairs if pair[0].number != pair[1].number]
    unmet = [
        (one, other) for one, other in naive if bounds(one)[0] > bounds(other)[1] or bounds(other)[0] > bounds(one)[1]
    ]
    apart = Counter(found[1][0] for one, other in naive if (found := verdict(world, one, other))[0] == "not_comparable")
    return len(naive), len(unmet), sum(verdict(world, *pair)[0] == "contradict" for pair in unmet), dict(apart)


def runs(relations: Sequence[str | None]) -> list[tuple[str, int, int | None]]:
    """Days of one relation in a row; what still stands on the last day is open."""
    found: list[tuple[str, int, int | None]] = []
    for day, relation in enumerate(relations):
        if relation and (day == 0 or relations[day - 1] != relation):
            last = next((later - 1 for later in range(day, DAYS) if relations[later] != relation), None)
            found.append((relation, day, last))
    return found


def of_one_count(world: World, clique: frozenset[Line]) -> list[tuple[str, int, int | None]]:
    """The spans between the authorities of one count: stronger relations hide weaker ones."""
    by_day = [
        {
            verdict(world, one, other)[0]
            for one, other in pairs_on(world, day)
            if one.line in clique and other.line in clique
        }
        - {"not_comparable"}
        for day in range(DAYS)
    ]
    shown = ["contradict" if "contradict" in day else "stand" if day else None for day in by_day]
    return [
        ("contradict", first, last)
        if relation == "contradict"
        else (
            "agree"
            if all(day == {"agree"} for day in by_day[first : None if last is None else last + 1])
            else "compatible",
            first,
            last,
        )
        for relation, first, last in runs(shown)
    ]


def cliques(lines: Sequence[Line]) -> list[frozenset[Line]]:
    """The largest sets of lines of which every two are comparable."""
    sets = [
        frozenset(some)
        for size in range(1, len(lines) + 1)
        for some in combinations(lines, size)
        if all(comparable(one, other) for one, other in combinations(some, 2))
    ]
    return [one for one in sets if not any(one < other for other in sets)]


def across(world: World) -> set[int]:
    """The days on which some part lies above its whole."""
    return {
        day
        for day in range(DAYS)
        for one, other in pairs_on(world, day)
        if verdict(world, one, other)[0] == "contradict" and not comparable(one.line, other.line)
    }


AUTHORITIES = "ABCD"
LINES = st.builds(
    Line,
    st.sampled_from(AUTHORITIES),
    st.sampled_from(sorted(HAPPENED)),
    st.sampled_from([None, "child"]),
    st.sampled_from([None, "Gaza Strip", "West Bank"]),
    st.sampled_from([None, None, "verified", "certified", "estimated", "excess"]),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    lines = draw(
        st.lists(LINES, min_size=2, max_size=6, unique_by=lambda line: (line.authority, line.outcome, line.age))
    )
    moments = st.tuples(st.sampled_from(lines), st.integers(0, DAYS - 5))
    reports = [
        Report(
            line,
            day,
            draw(st.integers(93, 110)),
            draw(st.sampled_from(["exact", "exact", "at_least", "at_most", "approximately"])),
            draw(st.booleans()) or draw(st.booleans()),
            draw(st.sampled_from([None, None, None, day, day + 1, day + 4])),
        )
        for line, day in draw(st.lists(moments, min_size=2, max_size=14, unique=True))
    ]
    # A day that is only that of publication goes back on no line, and repeats nothing: own documents, later days.
    return World(draw(st.sampled_from(["cumulative", "incident"])), draw(st.sampled_from([None, 0, 9])), reports)


def recorded_world(world: World, recorded: Make, act: Callable[..., Act]) -> list[RecordedFigure]:
    def on(day: int) -> str:
        return str(START + timedelta(day))

    return [
        recorded(
            one.number,
            one.qualifier,
            by=one.line.authority,
            on=on(one.day),
            basis_of_day="stated" if one.dated else "publication",
            state="recorded" if one.withdrawn is None else "retracted",
            acts=() if one.withdrawn is None else (act("retract", on=on(one.withdrawn), reason="withdrawn"),),
            event=SIEGE,
            tally=world.tally,
            outcome=one.line.outcome,
            age=one.line.age,
            place=one.line.place,
            basis=one.line.basis,
        )
        for one in world.reports
    ]


def siege(world: World, places: Places) -> Surroundings:
    last = None if world.ended is None else START + timedelta(world.ended)
    return Surroundings(Nesting([Event(name=SIEGE, from_day=START, to_day=last)]), places)


def is_repeated(world: World) -> bool:
    """Whether a line gives one number twice without a day of its own: the record takes the second for the first."""
    return any(
        before is not None and not report.dated and before.number == report.number
        for report in world.reports
        for before in world.reports
        if before.line == report.line and before.day < report.day
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(worlds().filter(lambda world: not is_repeated(world)))
def test_the_counts_and_the_days_are_those_of_every_pair_on_every_day(
    recorded: Make, act: Callable[..., Act], places: Places, world: World
) -> None:
    found = overview(recorded_world(world, recorded, act), surroundings=siege(world, places))
    summary = found.summary
    assert (
        summary.naive,
        summary.bound_aware,
        summary.time_and_scope_aware,
        dict(summary.not_comparable),
    ) == counted(world)
    told = [
        (one.relation, (one.from_day - START).days, None if one.to_day is None else (one.to_day - START).days)
        for one in found.stretches
        if one.other is None
    ]
    lines = list({report.line: None for report in world.reports})
    expected = [span for clique in cliques(lines) for span in of_one_count(world, clique)]
    assert sorted(told, key=str) == sorted(expected, key=str)
    days = {
        day
        for one in found.stretches
        if one.other is not None and one.relation == "contradict"
        for day in range((one.from_day - START).days, (one.to_day - START).days + 1 if one.to_day else DAYS)
    }
    assert days == across(world)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(worlds())
def test_the_full_answer_counts_the_same_pairs(
    recorded: Make, act: Callable[..., Act], places: Places, world: World
) -> None:
    figures, around = recorded_world(world, recorded, act), siege(world, places)
    summary = disagreements(figures, surroundings=around).summary
    assert summary == overview(figures, surroundings=around).summary
    if not is_repeated(world):
        assert summary.naive == counted(world)[0]


@pytest.mark.parametrize(("number", "expected"), [(100, 10), (110, 5), (95, 2), (97, 0)])
def test_the_oracle_rounds_as_the_rules_say(number: int, expected: int) -> None:
    assert rounding(number) == expected
