from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Act, Method, RecordedFigure
from reports.comparison import Surroundings
from reports.disagreements import disagreements
from reports.overview import overview

Make = Callable[..., RecordedFigure]
METHODS = (
    Method(source="A", from_day=date(2024, 1, 1), text="at work", criteria=("work_related",)),
    Method(source="B", from_day=date(2024, 1, 4), text="all", criteria=("off_duty",)),
)
FIGURES = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.one_of(st.integers(95, 105), st.just(1_000), st.tuples(st.just(96), st.just(103))),
            "by": st.sampled_from(["A", "B", "C", None]),
            "on": st.integers(1, 9).map(lambda day: f"2024-01-0{day}"),
        },
        optional={
            "qualifier": st.sampled_from(["at_least", "at_most", "approximately", "nearly"]),
            "publisher": st.sampled_from(["The Example Gazette", "A"]),
            "published": st.integers(1, 9).map(lambda day: f"2024-01-0{day}"),
            "basis_of_day": st.sampled_from(["publication", "statement"]),
            "time": st.sampled_from(["08:00", "18:00"]),
            "event": st.sampled_from([None, "al-Ahli hospital blast"]),
            "state": st.sampled_from(["retracted", "voided"]),
            "period": st.sampled_from([("2024-01-01", "2024-01-02"), ("2024-01-02", "2024-01-03")]),
            "outcome": st.sampled_from(["injured", "casualties", "killed_or_injured"]),
            "tally": st.sampled_from(["incident", "period", "stock", "unstated"]),
            "place": st.sampled_from(["Gaza Strip", "Gaza City", "West Bank"]),
            "basis": st.sampled_from(["verified", "estimated", "excess", "reported"]),
            "age": st.just("child"),
            "group": st.just("Palestinians"),
            "since": st.sampled_from(["2024-01-01", "2024-01-05"]),
            "document": st.sampled_from(["one", "two"]),
            "snapshot": st.just("b"),
        },
    ),
    min_size=2,
    max_size=16,
)


def told(found: Any) -> list[tuple[Any, ...]]:
    """What both answers say of each span."""
    return [
        (one.event, one.definition.key, one.other and one.other.key, one.relation, one.from_day, one.to_day)
        for one in found
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(FIGURES, st.booleans())
def test_the_overview_says_what_the_full_answer_says(
    recorded: Make, surroundings: Surroundings, rows: list[dict[str, Any]], with_methods: bool
) -> None:
    figures = [recorded(**_fitting(row)) for row in rows]
    options: dict[str, Any] = {"surroundings": surroundings, "methods": METHODS if with_methods else ()}
    full, brief = disagreements(figures, **options), overview(figures, **options)
    assert brief.summary == full.summary
    assert sorted(told(brief.stretches), key=str) == sorted(told(full.disagreements), key=str)


def _fitting(row: dict[str, Any]) -> dict[str, Any]:
    """A range has no other qualifier, only a running total or an incident a first day."""
    left_out = {"qualifier"} if isinstance(row["number"], tuple) else set()
    if row.get("tally") in ("period", "stock", "unstated"):
        left_out.add("since")
    return {name: value for name, value in row.items() if name not in left_out}


def test_contradictions_come_first_and_say_whether_they_are_resolved(
    recorded: Make, surroundings: Surroundings, act: Callable[..., Act]
) -> None:
    found = overview(
        [
            recorded(1_000, by="A", on="2024-01-01"),
            recorded(900, by="B", on="2024-01-03"),
            recorded(1_000, by="B", on="2024-01-06"),
            recorded(10, by="A", on="2024-01-01", outcome="missing"),
            recorded(20, by="B", on="2024-01-02", outcome="missing"),
            recorded(5, by="C", on="2024-01-09", outcome="missing"),
        ],
        surroundings=surroundings,
    )
    assert [(one.relation, one.definition.outcome, one.resolved, one.to_day) for one in found.stretches] == [
        ("contradict", "missing", False, None),
        ("contradict", "killed", True, date(2024, 1, 5)),
        ("compatible", "missing", False, date(2024, 1, 8)),
        ("agree", "killed", False, None),
    ]


def test_a_figure_that_another_replaces_that_day_meets_no_figure_of_the_day(
    recorded: Make, surroundings: Surroundings
) -> None:
    figures = [
        recorded(100, by="A", on="2024-01-01"),
        recorded(90, by="B", on="2024-01-10"),
        recorded(120, by="A", on="2024-01-10"),
    ]
    for found in (overview(figures, surroundings=surroundings), disagreements(figures, surroundings=surroundings)):
        assert found.summary.naive == 1
